"""A Sphinx extension that speeds up the build of any site without changing its output.

While an application builds, it patches functions of Sphinx, docutils and MyST-Parser, one module for each, and reverts
all patches when the last build in the process has ended. Only tested versions are patched, and only functions that nothing
else has patched.
"""

from __future__ import annotations

from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import getLogger

from sphinxext.newsroom.speedups import (
    checksums,
    docutils_defaults,
    event_messages,
    garbage_collection,
    markdown_parser,
    smart_quotes,
    tree_walks,
)
from sphinxext.newsroom.speedups.patch import Changes
from sphinxext.newsroom.tuning import connect_tuning

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinxext.newsroom.speedups.patch import Change

__all__ = ["ALL", "setup"]

logger = getLogger(__name__)

ALL: tuple[Change, ...] = (
    *tree_walks.PATCHES,
    *docutils_defaults.PATCHES,
    markdown_parser.PATCH,
    smart_quotes.PATCH,
    checksums.PATCH,
    event_messages.PATCH,
    garbage_collection.CHANGE,
)
_CHANGES = Changes(ALL)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension; nothing is patched before the application builds.

    :param app: the application.
    """
    connect_tuning(app)
    build = app.build

    @wraps(build)
    def build_patched(*args: Any, **kwargs: Any) -> None:
        with _CHANGES.applied() as omitted:
            if omitted:
                logger.info("newsroom.speedups: without %s", "; ".join(omitted))
            build(*args, **kwargs)

    # Around the whole build: what is patched is restored even where an interrupt or a listener's error ends it.
    app.build = build_patched  # type: ignore[method-assign]
    return {"version": version("sphinxext-newsroom"), "parallel_read_safe": True, "parallel_write_safe": True}
