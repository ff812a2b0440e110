"""Excerpts as nodes, for lists that stand inside of documents."""

from __future__ import annotations

import posixpath
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri

from sphinxext.newsroom.build.reading import find_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

# What belongs to the place where it stands, and would be wrong or twice there anywhere else.
BOUND = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.footnote,
    nodes.citation,
    nodes.target,
    nodes.system_message,
    addnodes.index,
    addnodes.toctree,
)


def cut_excerpt(doctree: nodes.document, *, separator: str, paragraphs: int, image: int = 0) -> list[nodes.Node]:
    """Return what stands before the excerpt marker of a post; without one, its first paragraphs.

    :param doctree: the post.
    :param separator: the marker.
    :param paragraphs: how many paragraphs make the excerpt of a post without marker.
    :param image: which of its images ends the excerpt, from 1, if it is not in there anyway; 0 for none.
    """
    section = next(iter(doctree.findall(nodes.section)), None)
    copy = (doctree if section is None else section).deepcopy()
    copy.children = [node for node in copy.children if not isinstance(node, nodes.title)]
    shown = next(islice(copy.findall(nodes.image), image - 1, None), None) if image > 0 else None
    found = _before_marker(copy, separator=separator, paragraphs=paragraphs)
    if shown is not None and not any(node is shown for part in found for node in part.findall(nodes.image)):
        found.append(shown)
    return found


def _before_marker(copy: nodes.Element, *, separator: str, paragraphs: int) -> list[nodes.Node]:
    marker = next((node for node in copy.findall(_may_mark) if _words(node.astext()) == _words(separator)), None)
    if marker is None:
        found: list[nodes.Node] = [node for node in copy.children if isinstance(node, nodes.paragraph)]
        return found[:paragraphs]
    node: Any = marker
    while node is not copy:
        del node.parent[node.parent.index(node) + 1 :]
        node = node.parent
    marker.parent.remove(marker)
    return list(copy.children)


def _may_mark(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.raw, nodes.comment))


def _words(comment: str) -> str:
    return re.sub(r"^<!--|-->$", "", comment.strip()).strip().casefold()


def transplant(app: Sphinx, excerpt: Iterable[nodes.Node], *, source: str, target: str) -> list[nodes.Node]:
    """Return a copy of nodes that can stand in another document: nothing that can be there only once, links kept right.

    :param app: the application.
    :param excerpt: nodes of a document whose references are not resolved yet.
    :param source: that document.
    :param target: the document where the copy will stand.
    """
    root = nodes.container("", *(node.deepcopy() for node in excerpt))
    for bound in [node for node in root.findall(nodes.Element) if isinstance(node, BOUND)]:
        bound.parent.remove(bound)
    for element in root.findall(nodes.Element):
        for name in ("ids", "names", "dupnames", "backrefs"):
            if element.get(name):
                element[name] = []
    for reference in root.findall(nodes.reference):
        if anchor := reference.attributes.pop("refid", None):
            reference["refuri"] = _address(app, source, target, anchor)
    for xref in root.findall(addnodes.pending_xref):
        xref["refdoc"] = target
        if (anchor := xref.attributes.pop("reflocalid", None)) is not None:
            xref.attributes |= {"refdomain": "doc", "reftarget": source, "reftargetid": anchor}
        elif xref["reftype"] == "doc" and xref.get("refdomain") == "std":
            found = find_document(app, source, str(xref["reftarget"]))
            xref["reftarget"] = "/" + (found or posixpath.join(posixpath.dirname(source), xref["reftarget"]))
    return list(root.children)


def _address(app: Sphinx, source: str, target: str, anchor: str) -> str:
    try:
        return str(app.builder.get_relative_uri(target, source)) + f"#{anchor}"
    except NoUri:
        return ""
