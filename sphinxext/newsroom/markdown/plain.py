"""Fallbacks for builders without HTML, with standard docutils nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext.newsroom.markdown.nodes import (
    newsroom_code,
    newsroom_details,
    newsroom_element,
    newsroom_icon,
    newsroom_inline,
    newsroom_media,
    newsroom_summary,
    newsroom_tab,
    newsroom_tabs,
)
from sphinxext.newsroom.markdown.raw_html import as_xml, plain_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

_ANNOTATION = re.compile(r"\((\d+)\)!")
# After everything that adds nodes to a document.
_LATE = 950


def register_plain_nodes(app: Sphinx) -> None:
    """Replace nodes that only HTML has.

    :param app: the application.
    """

    class PlainNodes(SphinxPostTransform):
        """Outside of HTML, say the same with the nodes that every builder knows."""

        default_priority = _LATE

        def run(self, **_: Any) -> None:
            """Replace the nodes."""
            if app.builder.format != "html":
                _replace(self.document, _PLAIN)
                _replace_raw(self.document)
            elif app.builder.name == "epub":
                _replace(self.document, _BOOK)
                _prepare_book(self.document)

    app.add_post_transform(PlainNodes)


def _replace(document: nodes.document, replacements: Mapping[type[nodes.Element], Any]) -> None:
    for kind, replacement in replacements.items():
        for node in list(document.findall(kind)):
            node.parent.replace(node, replacement(node))


def _replace_raw(document: nodes.document) -> None:
    for node in _raw_html(document):
        if not isinstance(node.parent, nodes.TextElement):
            node.parent.replace(node, plain_html(node.astext()))
        elif (text := node.astext().lower()).startswith("<br"):
            node.parent.replace(node, nodes.Text(" "))
        elif text.startswith("<input") and "task-list" in text:
            node.parent.replace(node, nodes.Text("[x] " if "checked=" in text else "[ ] "))


def _prepare_book(document: nodes.document) -> None:
    """Let nothing be folded, and all HTML be XML."""
    for details in document.findall(newsroom_details):
        details["open"] = True
    for raw in _raw_html(document):
        raw.children = [nodes.Text(as_xml(raw.astext()))]


def _raw_html(document: nodes.document) -> list[nodes.raw]:
    """Return the raw HTML of posts; that of other pages is as MyST has it."""
    return [node for node in document.findall(nodes.raw) if node.get("newsroom")]


def _plain_media(node: nodes.Element) -> nodes.Node | list[nodes.Node]:
    if node.get("tag", "img") != "img":
        return []
    attributes = {name: node[name] for name in ("uri", "alt", "candidates", "width", "height") if name in node}
    return nodes.image("", **attributes)


def _plain_icon(node: nodes.Element) -> nodes.Node:
    return nodes.Text(node.get("sign") or f"({node['words']})")


def _from(node: nodes.Element, replacement: nodes.Element) -> nodes.Element:
    """Show translators the text of the file and its location."""
    # ``uid`` is Sphinx's: a node without one is not a message.
    for name in ("source", "line", "rawsource", "uid"):
        if hasattr(node, name):
            setattr(replacement, name, getattr(node, name))
    return replacement


def _plain_tab(node: nodes.Element) -> list[nodes.Node]:
    title, content = node.children
    assert isinstance(title, nodes.Element)  # noqa: S101 - the renderer made it
    return [_from(title, nodes.paragraph("", "", nodes.strong("", "", *title.children))), *content.children]


def _plain_details(node: nodes.Element) -> nodes.Node:
    return nodes.admonition("", *node.children, classes=node["classes"])


def _plain_element(node: nodes.Element) -> nodes.Node:
    if node["tag"] == "figcaption":
        for paragraph in node.children:
            if isinstance(paragraph, nodes.paragraph):
                paragraph.children = [nodes.emphasis("", "", *paragraph.children)]
    return nodes.container("", *node.children, classes=node["classes"])


def _plain_inline(node: nodes.Element) -> nodes.Node:
    kind = {"kbd": nodes.literal, "mark": nodes.emphasis, "ins": nodes.emphasis}.get(node["tag"], nodes.inline)
    before = behind = ""
    if node["tag"] == "del":
        before = behind = "~~"  # without a sign, it would say the contrary
    elif "comment" in node["classes"]:
        before, behind = " [", "]"
    children = [nodes.Text(before), *node.children, nodes.Text(behind)] if before else node.children
    return kind("", "", *children)


def _plain_code(node: nodes.Element) -> nodes.Node:
    """Return code with its marks as numbers, which those of the list below are."""
    text = _ANNOTATION.sub(r"(\1)", node.astext())
    attributes = {name: value for name, value in node.attributes.items() if name != "annotations"}
    return nodes.literal_block(text, text, **attributes)


# What does not work in books either.
_BOOK: Mapping[type[nodes.Element], Any] = {
    newsroom_tab: _plain_tab,
    newsroom_tabs: lambda node: list(node.children),
}
_PLAIN: Mapping[type[nodes.Element], Any] = {
    newsroom_media: _plain_media,
    newsroom_icon: _plain_icon,
    newsroom_summary: lambda node: _from(node, nodes.title("", "", *node.children)),
    newsroom_details: _plain_details,
    **_BOOK,
    newsroom_element: _plain_element,
    newsroom_inline: _plain_inline,
    newsroom_code: _plain_code,
}
