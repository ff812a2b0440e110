"""Files of the blog that are no pages of Sphinx's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.build.whole_files import write_whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_file(app: Sphinx, path: str, content: bytes) -> None:
    """Write a file whole or not at all, if its content has changed.

    :param app: the application.
    :param path: its path from the root of the site.
    :param content: what it holds.
    """
    write_whole(app, Path(app.outdir) / path, content)
