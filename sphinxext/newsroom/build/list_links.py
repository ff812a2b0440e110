"""Links to lists by the files that Material makes of them, such as ``../archive/2024.md``."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext.newsroom.build.labels import link
from sphinxext.newsroom.build.reading import paths_of
from sphinxext.newsroom.build.site import get_site

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
    app.add_post_transform(_resolver(app))


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
    """Return the documents that are written again because a list that they lead to has come or gone.

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


def _resolver(app: Sphinx) -> type[SphinxPostTransform]:
    """Return the transform that turns such links into links to the lists.

    :param app: the application.
    """

    class ResolveListLinks(SphinxPostTransform):
        """Resolve the links of a document before MyST looks for what they mean, and warns."""

        default_priority = 8

        def run(self, **_kwargs: Any) -> None:
            """Resolve them, if any leads to a list."""
            docname = self.env.docname
            known = self.env.metadata[docname].get(_KEY, {})
            if not any(known.values()):
                return
            for node in list(self.document.findall(addnodes.pending_xref)):
                page = next((path for path in _paths(app, docname, node) if known.get(path)), "")
                if page:
                    shown = nodes.inline("", "", *(child.deepcopy() for child in node[0].children))
                    anchor = node["reftarget"].partition("#")[2]
                    node.replace_self(link(app, docname, page, shown, anchor=anchor))

    return ResolveListLinks


def _paths(app: Sphinx, docname: str, node: addnodes.pending_xref) -> list[str]:
    if node.get("reftype") != "myst" or node.get("refdomain") == "doc":
        return []
    stem, suffix = posixpath.splitext(str(node["reftarget"]).partition("#")[0])
    return paths_of(app, docname, stem) if suffix in app.config.source_suffix else []


def _lists(app: Sphinx) -> frozenset[str]:
    """Return the pages of all labels, and those that list labels."""
    catalogs = get_site(app).blog.catalogs
    labels = (collection.pagename for catalog in catalogs for collection in catalog.collections)
    return frozenset([*labels, *(catalog.pagename for catalog in catalogs)])
