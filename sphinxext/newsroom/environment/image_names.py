"""Resolve images whose file names contain spaces or non-ASCII letters.

MyST-Parser percent-encodes image paths like URLs, and docutils' directives remove spaces from them; Sphinx then looks for
files with those names.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.environment.unpublished_references import replace_image
from sphinxext.newsroom.markdown.media import path_of
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.file_names import readings
from sphinxext.newsroom.utils.files import is_regular
from sphinxext.newsroom.utils.urls import scheme

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def find_images(app: Sphinx, doctree: nodes.document) -> None:
    """Have images name their files, before Sphinx collects them.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    _leave_out_impossible(app, doctree)
    for image in doctree.findall(nodes.image):
        uri = image.get("uri", "")
        # A name that ends with an asterisk matches several files; each builder selects one.
        if uri and not scheme(uri) and not uri.startswith("//") and not uri.endswith(".*"):
            image["uri"] = _existing(app.env, uri)


def _leave_out_impossible(app: Sphinx, doctree: nodes.document) -> None:
    """Leave out images and downloads whose names stop Sphinx when it looks for their files."""
    named: list[nodes.Element] = [*doctree.findall(nodes.image), *doctree.findall(addnodes.download_reference)]
    for node in named:
        is_image = isinstance(node, nodes.image)
        target = str(node.get("uri" if is_image else "reftarget", ""))
        if not target or scheme(target) or "://" in target or path_of(app.env, target) is not None:
            continue
        kind = "image" if is_image else "link to"
        message = f"the {kind} {target!r} is left out: no file can have that name, or links are circular."
        here = str(app.env.doc2path(app.env.docname, base=False))
        line = get_source_line(node)[1]
        get_site(app).reporter.report([Problem(subtype=Subtype.LINK, message=message, path=here, line=line)])
        if is_image:
            replace_image(node)
        else:
            node.replace_self(node.children)


def _existing(env: BuildEnvironment, uri: str) -> str:
    """Return the path of the file that an image means; the path as it is if there is none."""
    for path in readings(uri):
        file = path_of(env, path)
        if file is not None and is_regular(file):
            return path
    folder, name = posixpath.split(uri)
    place = path_of(env, folder or ".")
    if place is None:
        return uri
    try:
        found = [file.name for file in Path(place).iterdir() if " " in file.name and "".join(file.name.split()) == name]
    except (OSError, ValueError):
        return uri
    return posixpath.join(folder, found[0]) if len(found) == 1 else uri
