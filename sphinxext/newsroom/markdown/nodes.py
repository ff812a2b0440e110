"""Custom docutils nodes, and their HTML."""

from __future__ import annotations

import posixpath
import re
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext.newsroom.markdown.html import VOID, format_attributes
from sphinxext.newsroom.markdown.icons import has_icon_font

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ANNOTATION = re.compile(r"(?:(?:#|//|--|;|%)\s*)?\((\d+)\)!")


class newsroom_element(nodes.General, nodes.Element):  # noqa: N801
    """A block of HTML with its own content: ``tag`` and ``attributes``, which are HTML already."""


class newsroom_inline(nodes.Inline, nodes.TextElement):  # noqa: N801
    """The same within text."""


class newsroom_details(nodes.General, nodes.Element):  # noqa: N801
    """A collapsible block; its first child can be a summary."""


class newsroom_summary(nodes.Part, nodes.TextElement):  # noqa: N801
    """The summary of a collapsible block."""


class newsroom_tabs(nodes.General, nodes.Element):  # noqa: N801
    """A set of tabs."""


class newsroom_tab(nodes.Part, nodes.Element):  # noqa: N801
    """One of them: a title and an element with the content."""


class newsroom_tab_title(nodes.Part, nodes.TextElement):  # noqa: N801
    """The title of a tab."""


class newsroom_icon(nodes.Inline, nodes.Element):  # noqa: N801
    """An icon: ``words``, and ``drawing`` (SVG) or ``sign`` where there is one."""


class newsroom_autoref(nodes.Inline, nodes.TextElement):  # noqa: N801
    """The text of a reference that may lead nowhere; ``behind`` is what then is seen behind it."""


class newsroom_media(nodes.image):  # noqa: N801
    """An image with more attributes than docutils knows, or another tag with a file of the site."""


class newsroom_code(nodes.literal_block):  # noqa: N801
    """Code with annotations; ``annotations`` is what the anchors of their texts begin with."""


def register_nodes(app: Sphinx) -> None:
    """Teach Sphinx the nodes.

    :param app: the application.
    """
    app.add_node(newsroom_element, html=(_open_element, _close_element))
    app.add_node(newsroom_inline, html=(_open_element, _close_element))
    app.add_node(newsroom_details, html=(_open_details, _close_details))
    app.add_node(newsroom_summary, html=(_open_summary, _close_summary))
    app.add_node(newsroom_tabs, html=(_open_tabs, _close_tabs))
    app.add_node(newsroom_tab, html=(_open_tab, _close_tab))
    app.add_node(newsroom_tab_title, html=(_open_tab_title, _close_tab_title))
    app.add_node(newsroom_icon, html=(_write_icon, _close_tab))
    app.add_node(newsroom_media, html=(_write_media, _close_tab))
    app.add_node(newsroom_code, html=(_write_code, _close_tab))
    app.add_post_transform(SettleAutorefs)


def _open_element(self: Any, node: nodes.Element) -> None:
    attributes = dict(node["attributes"])
    if node["ids"]:
        attributes["id"] = node["ids"][0]
    if node["classes"]:
        attributes["class"] = escape(" ".join(node["classes"]))
    self.body.append(f"<{node['tag']}{format_attributes(attributes)}>")


def _close_element(self: Any, node: nodes.Element) -> None:
    self.body.append(f"</{node['tag']}>" + ("\n" if isinstance(node, newsroom_element) else ""))


def _open_details(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "details", **({"open": "open"} if node.get("open") else {})))


def _close_details(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _open_summary(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "summary", "", CLASS="admonition-title"))


def _close_summary(self: Any, node: nodes.Element) -> None:
    self.body.append("</summary>\n")


def _open_tabs(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS="newsroom-tabs"))


def _close_tabs(self: Any, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _open_tab(self: Any, node: nodes.Element) -> None:
    checked = ' checked="checked"' if node["selected"] else ""
    self.body.append(f'<input type="radio" id="{node["tab"]}" name="{node["set"]}"{checked} />\n')


def _close_tab(self: Any, node: nodes.Element) -> None:
    """Write nothing: what was opened is closed already."""


def _open_tab_title(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "label", "", **{"for": node.parent["tab"]}))


def _close_tab_title(self: Any, node: nodes.Element) -> None:
    self.body.append("</label>\n")


def _write_icon(self: Any, node: nodes.Element) -> None:
    """Write an icon: a picture for those who see it, its words for those who hear it."""
    classes = escape(" ".join(["newsroom-icon", *node["classes"]]))
    words = escape(node["words"])
    if drawing := node.get("drawing"):
        inside = drawing
    elif node.get("font") and has_icon_font(self.builder):
        inside = f'<i class="{escape(node["font"])}"></i>'
    else:
        inside = escape(node.get("sign") or "")
    hidden = f'<span aria-hidden="true">{inside}</span>' if inside else ""
    self.body.append(f'<span class="{classes}" role="img" aria-label="{words}">{hidden}</span>')


def _write_media(self: Any, node: nodes.Element) -> None:
    attributes = node["attributes"]
    if "tag" not in node:
        self.visit_image(node)
        self.body[-1] = self.body[-1].replace("<img ", f"<img{format_attributes(_escaped(attributes))} ", 1)
        return
    uri = node["uri"]
    if uri in self.builder.images:
        uri = posixpath.join(self.builder.imgpath, quote(self.builder.images[uri]))
    self.body.append(raw_tag(node, **{node["where"]: uri}))


def raw_tag(node: nodes.Element, **more: str) -> str:
    """Return a tag of raw HTML without its file.

    :param node: the media.
    :param more: further attributes.
    """
    end = " />" if node["tag"] in VOID else ">"
    return f"<{node['tag']}{format_attributes({**node['attributes'], **more})}{end}"


def _escaped(attributes: dict[str, str]) -> dict[str, str]:
    return {name: escape(value) for name, value in attributes.items()}


def _write_code(self: Any, node: nodes.Element) -> None:
    """Write code as ever, then put a link in place of every mark."""
    try:
        self.visit_literal_block(node)
    finally:
        prefix = node["annotations"]
        self.body[-1] = _ANNOTATION.sub(
            lambda match: f'<a class="newsroom-annotation" href="#{prefix}-{match[1]}">{match[1]}</a>', self.body[-1]
        )


class SettleAutorefs(SphinxPostTransform):
    """Show a reference that led nowhere as it was written."""

    default_priority = 20  # once references are resolved

    def run(self, **_: Any) -> None:
        """Replace the texts of references."""
        for node in list(self.document.findall(newsroom_autoref)):
            found = isinstance(node.parent, nodes.reference) or isinstance(node.parent.parent, nodes.reference)
            text = node.children if found else [nodes.Text("["), *node.children, nodes.Text(node["behind"])]
            node.parent.replace(node, text)
