"""A blog for Sphinx documentation."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinxext.newsroom.api import (
        Author,
        Blog,
        Collection,
        Dates,
        Entry,
        Feed,
        FeedWriter,
        FrontMatter,
        Image,
        Link,
        Post,
        Taxonomy,
        add_feed_format,
        add_taxonomy,
        get_blog,
    )

__version__ = "0.1.0"
__all__ = [
    "Author",
    "Blog",
    "Collection",
    "Dates",
    "Entry",
    "Feed",
    "FeedWriter",
    "FrontMatter",
    "Image",
    "Link",
    "Post",
    "Taxonomy",
    "__version__",
    "add_feed_format",
    "add_taxonomy",
    "get_blog",
    "setup",
]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension.

    :param app: the application.
    """
    from sphinxext.newsroom.extension import register

    register(app)
    return {
        "version": __version__,
        # Each version of the extension reads all documents again.
        "env_version": crc32(__version__.encode()),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def __getattr__(name: str) -> Any:
    """Return a public name; most who import this package need only its version, or one of its modules."""
    if name in __all__:
        return getattr(import_module("sphinxext.newsroom.api"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
