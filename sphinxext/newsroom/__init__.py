"""A blog for Sphinx documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"
__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension.

    :param app: the application.
    """
    from sphinxext.newsroom.extension import register

    register(app)
    return {
        "version": __version__,
        # Every version reads all documents anew.
        "env_version": crc32(__version__.encode()),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
