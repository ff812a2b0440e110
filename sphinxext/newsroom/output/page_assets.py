"""Style sheets and scripts that only some pages load: they are in the output of a site that has such pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

FOLDER = Path(__file__).resolve().parent.parent / "page_assets"


def asset_path(name: str) -> str:
    """Return the path of a file from the root of the site.

    :param name: its name.
    """
    return f"_static/{name}"


def asset_url(name: str) -> str:
    """Return the path of a file as pages name it, with its checksum.

    :param name: its name.
    """
    return f"{asset_path(name)}?v={fingerprint((FOLDER / name).read_text('utf-8'))[:8]}"


def write_assets(app: Sphinx, names: Iterable[str]) -> None:
    """Write files that are not as they should be.

    :param app: the application.
    :param names: their names.
    """
    for name in names:
        write_output_file(app, Path(app.outdir) / asset_path(name), (FOLDER / name).read_bytes())
