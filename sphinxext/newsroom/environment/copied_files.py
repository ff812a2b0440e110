"""Remove images and downloads that no page uses any more from the output."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

DOWNLOADS = "_downloads"


def copied_files(app: Sphinx) -> set[str]:
    """Return the paths in the output of all images and downloads that documents use.

    :param app: the application.
    """
    images = getattr(app.builder, "imagedir", "_images")
    # Sphinx 9 has paths, Sphinx 8 texts.
    downloads: dict[Any, tuple[set[str], Any]] = dict(app.env.dlfiles)
    return {
        *(f"{images}/{name}" for _docnames, name in app.env.images.values()),
        *(f"{DOWNLOADS}/{PurePosixPath(name)}" for _docnames, name in downloads.values()),
    }


def used_sources(env: BuildEnvironment) -> set[str]:
    """Return the files that documents use as images and downloads, relative to the source folder.

    :param env: the environment.
    """
    return {str(PurePosixPath(path)) for path in (*env.images, *env.dlfiles)}
