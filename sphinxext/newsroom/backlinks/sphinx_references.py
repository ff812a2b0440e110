"""What posts refer to, collected as it is written while they are read; it is resolved only if a page asks for mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

# What says nothing about where a reference leads.
_IRRELEVANT = frozenset({*nodes.Element.basic_attributes, "refwarn", "reftitle"})


class Reference(NamedTuple):
    """A reference in a document with posts."""

    attributes: dict[str, Any]
    """Those of the unresolved reference, or the ``refuri`` of one that is resolved already."""
    sections: tuple[str, ...]
    """Ids of the sections around it, where a document holds several posts."""


post_references = DocumentData("newsroom_references", dict[str, list[Reference]])
"""What the posts of each document refer to, by docname."""


def connect(app: Sphinx) -> None:
    """Collect the references of posts while they are read.

    :param app: the application.
    """
    app.connect("doctree-read", _collect)


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    docname, site = app.env.docname, get_site(app)
    if not site.is_post(docname):
        return
    has_one_post = docname in site.planned
    found: dict[str, Reference] = {}
    for node, attributes in _references(doctree):
        sections = () if has_one_post else tuple(_sections_around(node))
        found.setdefault(repr((sorted(attributes.items()), sections)), Reference(attributes, sections))
    if found:
        post_references(app.env)[docname] = list(found.values())


def _references(doctree: nodes.document) -> Iterator[tuple[nodes.Element, dict[str, Any]]]:
    for xref in doctree.findall(addnodes.pending_xref):
        yield xref, {name: value for name, value in xref.attributes.items() if name not in _IRRELEVANT}
    for link in doctree.findall(nodes.reference):
        # MyST-Parser has found the object of another project already.
        if "inv_match" in link:
            yield link, {"refuri": link["refuri"]}


def _sections_around(node: nodes.Node) -> Iterator[str]:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            yield from parent["ids"]
        parent = parent.parent
