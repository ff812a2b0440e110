"""Markdown as in Python-Markdown and its extensions, on MyST-Parser: a separate extension for any Sphinx site.

``extensions = ["myst_parser", "sphinxext.newsroom.markdown"]`` needs no blog; the blog loads it automatically.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension.

    :param app: the application.
    """
    from sphinxext.newsroom.markdown.extension import register

    register(app)
    installed = version("sphinxext-newsroom")
    return {
        "version": installed,
        # Each version of the extension reads all documents again.
        "env_version": crc32(installed.encode()),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
