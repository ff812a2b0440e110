"""Files of doctrees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.files import remove_below

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def remove_doctree(app: Sphinx, docname: str) -> None:
    """Delete the doctree of a document that is gone, which Sphinx leaves.

    :param app: the application.
    :param docname: the document.
    """
    folder = Path(app.doctreedir)
    remove_below(folder / f"{docname}.doctree", folder)
