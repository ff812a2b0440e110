"""Remove obsolete files from the output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.files import remove_below
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def remove_file(app: Sphinx, path: str) -> None:
    """Delete a file, and the folders that it leaves empty.

    :param app: the application.
    :param path: the path from the root of the site.
    """
    remove_below(Path(app.outdir) / path, Path(app.outdir))


def remove_page(app: Sphinx, pagename: str) -> None:
    """Delete a page, its source, and the notebook that nbsphinx copies.

    :param app: the application.
    :param pagename: the page.
    """
    remove_below(Path(html_builder(app).get_outfilename(pagename)), Path(app.outdir))
    if "nbsphinx" in app.extensions:
        remove_file(app, f"{pagename}.ipynb")
    remove_source(app, pagename)


def remove_source(app: Sphinx, pagename: str) -> None:
    """Delete the source that is shown of a page.

    :param app: the application.
    :param pagename: the page.
    """
    outdir, name = Path(app.outdir), Path(pagename).name
    for source in (outdir / "_sources" / pagename).parent.glob(f"{name}.*"):
        if source.name.split(".")[0] == name.split(".")[0]:
            remove_below(source, outdir)
