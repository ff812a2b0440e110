"""HTML as a tree: parse, serialize, and extract text."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import etree, html

_NOT_READ = ("object", "script", "style", "svg")
# Tags that would end what the parser reads.
_WHOLE_PAGE = re.compile(r"</?(?:html|body)\b[^>]*>", re.IGNORECASE)
# HTML parsers end at these, or refuse them.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(source: str) -> html.HtmlElement:
    """Return HTML as the children of an element.

    :param source: a part of a page.
    """
    # A separate parser: it has no state between posts, and accepts deep nesting.
    parser = html.HTMLParser(huge_tree=True)
    text = _WHOLE_PAGE.sub("", _UNREADABLE.sub("", source))
    return html.fragment_fromstring(text, create_parent="div", parser=parser)


def serialise(root: html.HtmlElement) -> str:
    """Return parsed HTML as text.

    :param root: what :func:`parse` returned.
    """
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>").strip()


def drop(element: Any) -> None:
    """Remove an element or comment, but not the text after it.

    :param element: the element.
    """
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def drop_heading_links(root: html.HtmlElement) -> None:
    """Remove the links of headings to themselves.

    :param root: the parsed HTML.
    """
    for anchor in root.xpath("//a[contains(concat(' ', @class, ' '), ' headerlink ')]"):
        drop(anchor)


def read_text(root: html.HtmlElement) -> str:
    """Return the text that a reader reads.

    :param root: the parsed HTML.
    """
    texts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in _NOT_READ:
            walk.skip_subtree()
        elif event == "start":
            texts.append(element.text or "")
        if event != "start" and element is not root:
            texts.append(element.tail or "")
    return "".join(texts)


def flat_text(element: html.HtmlElement) -> str:
    """Return the text of an element on one line.

    :param element: the element.
    """
    copy = deepcopy(element)
    for line_break in copy.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(read_text(copy).split())


def text_of(source: str) -> str:
    """Return HTML as plain text on one line.

    :param source: HTML, such as a title.
    """
    return flat_text(parse(source)) if "<" in source or "&" in source else " ".join(_UNREADABLE.sub("", source).split())


def inline_html(source: str) -> str:
    """Return inline HTML without links and ids, so that it can be inside a link.

    :param source: HTML of a title.
    """
    if "<" not in source:
        return _UNREADABLE.sub("", source)
    root = parse(source)
    for element in list(root.iter("a")):
        element.drop_tag()
    for element in root.iter():
        element.attrib.pop("id", None)
    return serialise(root)
