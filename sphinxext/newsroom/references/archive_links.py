"""Resolve links to lists by Material's file names, such as ``../archive/2024.md``."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.utils.sphinx_documents import paths_of
from sphinxext.newsroom.utils.sphinx_transforms import BEFORE_LINKS, change_before_writing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_KEY = "newsroom_list_links"


def connect(app: Sphinx) -> None:
    """Connect what answers to Sphinx's events; the lists are known when the blog is complete.

    :param app: the application.
    """
    app.connect("doctree-read", _note)
    app.connect("env-updated", _outdated)
    # MyST looks for what they mean just after, and warns.
    change_before_writing(app, _resolve, priority=BEFORE_LINKS + 3)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Record which paths of a document can mean a list.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    docname = app.env.docname
    found = [path for node in doctree.findall(addnodes.pending_xref) for path in _paths(app, docname, node)]
    if found:
        # Whether there are such lists is known once all documents are read.
        app.env.metadata[docname][_KEY] = dict.fromkeys(found, False)


def _outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the documents to write again because a list that they link to was added or removed.

    :param app: the application.
    :param env: the environment, all documents read.
    """
    lists = _lists(app)
    outdated = []
    for docname, metadata in env.metadata.items():
        known: dict[str, bool] = metadata.get(_KEY, {})
        now = {path: path in lists for path in known}
        if now != known:
            metadata[_KEY] = now
            outdated.append(docname)
    return outdated


def _resolve(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Resolve such links of a document about to be written."""
    known = app.env.metadata[docname].get(_KEY, {})
    if not any(known.values()):
        return
    for node in list(document.findall(addnodes.pending_xref)):
        page = next((path for path in _paths(app, docname, node) if known.get(path)), "")
        if page:
            shown = nodes.inline("", "", *(child.deepcopy() for child in node[0].children))
            anchor = node["reftarget"].partition("#")[2]
            node.replace_self(link(app, docname, page, shown, anchor=anchor))


def _paths(app: Sphinx, docname: str, node: addnodes.pending_xref) -> list[str]:
    if node.get("reftype") != "myst" or node.get("refdomain") == "doc":
        return []
    stem, suffix = posixpath.splitext(str(node["reftarget"]).partition("#")[0])
    return paths_of(app, docname, stem) if suffix in app.config.source_suffix else []


def _lists(app: Sphinx) -> frozenset[str]:
    """Return the pages of all labels, and those that list labels."""
    taxonomies = get_site(app).blog.taxonomies
    labels = (collection.pagename for taxonomy in taxonomies for collection in taxonomy.collections)
    return frozenset([*labels, *(taxonomy.pagename for taxonomy in taxonomies)])
