"""A blog inside Sphinx documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"
__all__ = ["__version__", "setup"]

# Counts up with every change of what the extension keeps in Sphinx's environment.
ENV_VERSION = 2


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load the extension.

    :param app: the application.
    """
    from sphinxext.newsroom.build.extension import register

    register(app)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
