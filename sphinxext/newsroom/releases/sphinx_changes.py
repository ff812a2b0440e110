"""Collect ``versionadded``, ``versionchanged``, ``deprecated`` and ``versionremoved`` from each document that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.releases.changes import Change, Fragment, first_sentence
from sphinxext.newsroom.utils.sphinx_env import DocumentData
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

document_changes = DocumentData("newsroom_changes", dict[str, list[Change]])
"""The changes that each document tells, by docname."""
LABEL = "versionmodified"
"""The class of the words with the version."""


def collect_changes(app: Sphinx, doctree: nodes.document) -> None:
    """Record what has changed in which version.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    docname = app.env.docname
    # Posts announce changes; they are not the place that documents them.
    if get_site(app).is_post(docname):
        return
    if found := [_change(node, docname) for node in doctree.findall(addnodes.versionmodified)]:
        document_changes(app.env)[docname] = found


def _change(node: addnodes.versionmodified, docname: str) -> Change:
    place = _place(node)
    sentence = first_sentence(_fragments(node))
    if not sentence and isinstance(place.element, addnodes.desc):
        content = next(iter(place.element.findall(addnodes.desc_content)), None)
        first = next((child for child in content or () if isinstance(child, nodes.paragraph)), None)
        sentence = first_sentence(_fragments(first)) if first is not None else ()
    return Change(
        kind=str(node["type"]),
        version=collapse_whitespace(str(node["version"])),
        docname=docname,
        anchor=place.anchor,
        name=place.name,
        is_object=not isinstance(place.element, nodes.section),
        sentence=sentence,
    )


class _Place:
    """What contains a change."""

    def __init__(self, element: nodes.Node, anchor: str = "", name: str = "") -> None:
        self.element, self.anchor, self.name = element, anchor, name


def _place(node: nodes.Element) -> _Place:
    """Return the nearest object, term or section around a directive that a link can lead to."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, addnodes.desc):
            signature = next((child for child in parent if isinstance(child, addnodes.desc_signature)), None)
            if signature is not None and signature["ids"]:
                return _Place(parent, str(signature["ids"][0]), _object_name(signature))
        elif isinstance(parent, nodes.definition_list_item):
            term = next((term for term in parent.findall(nodes.term) if term["ids"]), None)
            if term is not None:
                return _Place(parent, str(term["ids"][0]), _text(term))
        elif isinstance(parent, nodes.section):
            if isinstance(parent.parent, nodes.document):
                # The title of the page.
                return _Place(parent)
            return _Place(parent, str(parent["ids"][0]), _text(parent.next_node(nodes.title)))
        parent = parent.parent
    return _Place(nodes.section())


def _object_name(signature: addnodes.desc_signature) -> str:
    # As Sphinx names it in tables of contents: with its class, without its arguments.
    if signature.get("_toc_name"):
        return str(signature["_toc_name"])
    parts = (next(iter(signature.findall(part)), None) for part in (addnodes.desc_addname, addnodes.desc_name))
    shown = "".join(part.astext() for part in parts if part is not None) or signature.astext()
    return collapse_whitespace(shown)


def _text(element: nodes.Element | None) -> str:
    return collapse_whitespace(element.astext()) if element is not None else ""


def _fragments(element: nodes.Element) -> Iterator[Fragment]:
    """Yield the text of the first paragraph, without the words with the version."""
    paragraph = element if isinstance(element, nodes.paragraph) else element.next_node(nodes.paragraph)
    for text in paragraph.findall(nodes.Text) if paragraph is not None else ():
        is_code, parent = False, text.parent
        while parent is not None and parent is not paragraph:
            if LABEL in parent["classes"]:
                break
            is_code = is_code or isinstance(parent, nodes.literal)
            parent = parent.parent
        else:
            yield Fragment(str(text), is_code)
