"""Raw HTML for builders without HTML, or with XHTML: its text, and well-formed tags."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext.newsroom.markdown.html import VOID, format_attributes, parse_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

_HIDDEN = frozenset(["script", "style", "template", "svg"])
# fmt: off
_INLINE = frozenset(
    [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
        "tt", "u", "var",
    ]
)
# fmt: on
_SHOWN = frozenset(["iframe", "video", "audio", "embed", "source"])
_TAG = re.compile(r"""<[a-zA-Z][\w-]*(?:[^"'<>]|"[^"]*"|'[^']*')*+>""")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|#)\w+;")


def plain_html(content: str) -> list[nodes.Node]:
    """Return what HTML says, as paragraphs; a caption is emphasised, and a film is the link to it.

    :param content: the HTML.
    """
    reader = _Reader()
    reader.feed(content)
    reader.close()
    reader.end()
    return reader.found


class _Reader(HTMLParser):
    """Collects paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[nodes.Node] = []
        self._text = ""
        self._hidden = 0
        self._caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag == "br":
            self._text += " "
        elif tag not in _INLINE:
            self.end()
        self._caption = self._caption or tag == "figcaption"
        url = next((value for name, value in attrs if name == "src" and value), "")
        if tag in _SHOWN and url.startswith(("https://", "http://")):
            self.found.append(nodes.paragraph("", "", nodes.reference("", url, refuri=url)))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag not in _INLINE:
            self.end()
        self._caption = self._caption and tag != "figcaption"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._text += data

    def end(self) -> None:
        """End a paragraph."""
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            shown: nodes.Node = nodes.emphasis("", text) if self._caption else nodes.Text(text)
            self.found.append(nodes.paragraph("", "", shown))


def as_xml(content: str) -> str:
    """Return HTML whose tags and characters are written as XML wants them.

    :param content: the HTML.
    """
    return _ENTITY.sub(lambda entity: escape(unescape(entity[0])), _TAG.sub(lambda tag: _close(tag[0]), content))


def _close(source: str) -> str:
    name, attributes = parse_tag(source)
    values: Mapping[str, str] = {key: value.replace("<", "&lt;") for key, value in attributes.items()}
    ended = name in VOID or source.endswith("/>")
    return f"<{name}{format_attributes(values)}{' />' if ended else '>'}"
