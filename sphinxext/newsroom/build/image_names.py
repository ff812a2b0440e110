"""Images in texts whose names have spaces or other letters than ASCII.

MyST-Parser percent-encodes the paths of images, as those of URLs, and the directives of docutils take spaces out of them;
Sphinx then looks for files of those names.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext.newsroom.core.file_names import readings
from sphinxext.newsroom.core.files import is_regular
from sphinxext.newsroom.core.urls import scheme

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def find_images(app: Sphinx, doctree: nodes.document) -> None:
    """Have images name their files, before Sphinx collects them.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    for image in doctree.findall(nodes.image):
        uri = image.get("uri", "")
        # What ends with an asterisk stands for several files, of which each builder takes one.
        if uri and not scheme(uri) and not uri.startswith("//") and not uri.endswith(".*"):
            image["uri"] = _existing(app.env, uri)


def _existing(env: BuildEnvironment, uri: str) -> str:
    """Return the path of the file that an image means; the path as it is if there is none."""
    for path in readings(uri):
        if is_regular(env.relfn2path(path, env.docname)[1]):
            return path
    folder, name = posixpath.split(uri)
    place = Path(env.relfn2path(folder or ".", env.docname)[1])
    try:
        found = [file.name for file in place.iterdir() if " " in file.name and "".join(file.name.split()) == name]
    except (OSError, ValueError):
        return uri
    return posixpath.join(folder, found[0]) if len(found) == 1 else uri
