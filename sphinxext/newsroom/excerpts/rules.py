"""Rules for where the excerpt of a post ends."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree

from sphinxext.newsroom.utils.html import flat_text, parse, read_text, serialise

if TYPE_CHECKING:
    from lxml import html

_SEEN_WITHOUT_TEXT = ("audio", "canvas", "embed", "hr", "iframe", "img", "input", "math", "object", "svg", "video")
_EMPTY_WITHOUT_MARKER = ("p", "li", "ul", "ol", "div", "section", "blockquote")
# Paragraphs in these elements are not running text.
_SET_APART = ("aside", "blockquote", "dd", "details", "figcaption", "figure", "li", "td", "th")
_TITLES = re.compile(r"(?:^|\s)(?:admonition|\S+-title|title|rubric|caption)(?:$|\s)")


def find_marker(root: html.HtmlElement, separator: str) -> Any:
    """Return the first excerpt marker, None if there is none.

    :param root: the parsed HTML.
    :param separator: the marker.
    """
    pattern = _marker_pattern(separator)
    return next((c for c in root.iter(etree.Comment) if pattern.fullmatch(c.text or "")), None)


@cache
def _marker_pattern(separator: str) -> re.Pattern[str]:
    inner = separator.strip().removeprefix("<!--").removesuffix("-->").strip()
    return re.compile(r"\s*" + re.escape(inner) + r"\s*", re.IGNORECASE)


def cut_at_marker(root: html.HtmlElement, separator: str) -> bool:
    """Remove the excerpt marker and all that follows it; return whether anything followed.

    The element that contains the marker (a list, a paragraph) is closed properly.

    :param root: the parsed HTML.
    :param separator: the marker.
    """
    marker = find_marker(root, separator)
    if marker is None:
        return False
    more = _cut_after(marker)
    element, parent = marker, marker.getparent()
    parent.remove(element)
    # Remove elements that contained nothing but the marker.
    while not len(parent) and not (parent.text or "").strip() and parent is not root:
        if parent.tag not in _EMPTY_WITHOUT_MARKER:
            break
        element, parent = parent, parent.getparent()
        parent.remove(element)
    return more


def cut_after_paragraphs(root: html.HtmlElement, count: int) -> bool:
    """Remove all that follows the first paragraphs; return whether anything did.

    :param root: the parsed HTML.
    :param count: the number of paragraphs to keep.
    """
    paragraphs = [p for p in root.iter("p") if _is_running_text(p)]
    if len(paragraphs) < count:
        return False
    return _cut_after(paragraphs[count - 1])


def _cut_after(element: html.HtmlElement) -> bool:
    more = bool((element.tail or "").strip())
    element.tail = None
    while (parent := element.getparent()) is not None:
        for sibling in list(element.itersiblings()):
            more = more or _shows_something(sibling) or bool((sibling.tail or "").strip())
            parent.remove(sibling)
        if parent.getparent() is not None:
            more = more or bool((parent.tail or "").strip())
            parent.tail = None
        element = parent
    return more


def _is_running_text(paragraph: html.HtmlElement) -> bool:
    if is_caption_class(paragraph.get("class", "")) or not read_text(paragraph).strip():
        return False
    return not any(
        above.tag in _SET_APART or is_caption_class(above.get("class", "")) for above in paragraph.iterancestors()
    )


def is_caption_class(classes: str) -> bool:
    """Return whether an element is a note, a title or a caption, by its classes.

    :param classes: separated by spaces.
    """
    return _TITLES.search(classes) is not None


def _shows_something(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return next(element.iter(*_SEEN_WITHOUT_TEXT), None) is not None or bool(read_text(element).strip())


def with_named_words(excerpt: str) -> str:
    """Return an excerpt with microformats for its text, because parsers would replace an image by its alternative text.

    :param excerpt: the excerpt as HTML, with images.
    """
    root = parse(f"<div>{excerpt}</div>")
    for element in root.iterchildren(etree.Element):
        _name_words(element)
    return serialise(root)


def _name_words(element: html.HtmlElement) -> None:
    if _has_own_text(element) or (next(element.iter("img"), None) is None and read_text(element).strip()):
        element.set("class", f"{element.get('class', '')} p-summary".strip())
        return
    for part in element.iterchildren(etree.Element):
        _name_words(part)


def _has_own_text(element: html.HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(part.tail for part in element)))


def first_words(root: html.HtmlElement, limit: int = 200) -> str:
    """Return the first paragraph as plain text, shortened.

    :param root: the parsed HTML.
    :param limit: the maximum number of characters.
    """
    paragraphs = [p for p in root.iter("p") if not is_caption_class(p.get("class", ""))]
    # Running text first; a post with only lists or quotations has none.
    for paragraph in chain(filter(_is_running_text, paragraphs), paragraphs):
        if text := flat_text(paragraph):
            return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
    return ""
