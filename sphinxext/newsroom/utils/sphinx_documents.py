"""Find documents by path."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SOURCE = "newsroom_source"
"""The attribute of a reference in an excerpt that names the document where it was written."""


def paths_of(app: Sphinx, docname: str, target: str) -> list[str]:
    """Return what a path can mean in a document: it is relative to that or to its file.

    :param app: the application.
    :param docname: the document.
    :param target: the path, without suffix.
    """
    if target.startswith("/"):
        return [target.lstrip("/")]
    folders = [posixpath.dirname(docname), PurePosixPath(str(app.env.doc2path(docname, base=False))).parent.as_posix()]
    return [posixpath.normpath(posixpath.join(folder, target)) for folder in folders]


def find_document(app: Sphinx, refdoc: str, target: str) -> str | None:
    """Return the document that a path means, None if there is none.

    :param app: the application.
    :param refdoc: the document that contains the path; it can be relative to that or to its file.
    :param target: the path, without suffix.
    """
    project: Any = app.project
    for path in paths_of(app, refdoc, target):
        if (docname := project.permalink(path) or path) in app.env.all_docs:
            return docname
    return None
