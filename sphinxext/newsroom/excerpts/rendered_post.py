"""The rendered title, excerpt, text and length of a post, for lists and feeds."""

from __future__ import annotations

import hashlib
import re
from copy import deepcopy
from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from sphinxext.newsroom.excerpts.reading_time import count_words, reading_minutes
from sphinxext.newsroom.excerpts.rules import cut_after_paragraphs, cut_at_marker, find_marker, first_words
from sphinxext.newsroom.utils.html import drop_heading_links, inline_html, parse, serialise
from sphinxext.newsroom.utils.html_links import LINKS, rebase

if TYPE_CHECKING:
    from lxml import html

_ID_ATTRIBUTES = (
    "for",
    "headers",
    "list",
    "form",
    "popovertarget",
    *(f"aria-{name}" for name in ("activedescendant", "controls", "describedby", "details", "errormessage")),
    *(f"aria-{name}" for name in ("flowto", "labelledby", "owns")),
)
# Elements whose name joins them with others, or can be linked to.
_NAMED = ("a", "details", "input", "map")
_LOCAL_URL = re.compile(r"url\(\s*(['\"]?)#")
_HEADINGS = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedPost:
    """The cached data of a rendered post."""

    title: str
    """The title as HTML without links."""
    excerpt: str
    """The excerpt as HTML, headings one level down, ids made unique, links from the root mark."""
    more: bool
    """Whether the post continues after the excerpt."""
    marked: bool
    """Whether the post marks the end of its excerpt."""
    body: str
    """The whole post as HTML as its page shows it, without the title."""
    words: int
    """Number of words; of Chinese, Japanese and Korean text, of characters."""
    minutes: int
    """Reading time in minutes, at least 1."""
    description: str
    """The first paragraph as plain text, shortened."""

    def as_dict(self) -> dict[str, Any]:
        """Return the rendered post as plain data."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def digest(self) -> str:
        """Fingerprint of everything that lists and feeds show."""
        return hashlib.blake2b(repr(tuple(self.as_dict().items())).encode(), digest_size=12).hexdigest()


def build_rendered_post(
    body: str,
    *,
    title: str,
    page_url: str,
    unique: str,
    separator: str = "<!-- more -->",
    paragraphs: int = 0,
    image: int = 0,
    words_per_minute: int = 265,
    count_title: bool = True,
) -> RenderedPost:
    """Take a rendered post apart.

    :param body: its HTML, without the title.
    :param title: its title as HTML.
    :param page_url: the URL of its page from the root of the site, with an anchor if the post is a part of the page.
    :param unique: what makes its ids different from those of all other posts.
    :param separator: the comment that ends the excerpt.
    :param paragraphs: how many paragraphs make the excerpt of a post without that comment; 0 for the whole post.
    :param image: which of its images ends the excerpt, from 1, if it is not in there anyway; 0 for none.
    :param words_per_minute: reading speed.
    :param count_title: whether the title is part of the text, and read with it.
    """
    root = parse(body)
    count = count_words(*([parse(title)] if count_title else []), root)
    drop_heading_links(root)
    description = first_words(root)
    marked = find_marker(root, separator) is not None
    shown = next(islice(root.iter("img"), image - 1, None), None) if image > 0 else None
    more = cut_at_marker(root, separator) or (not marked and paragraphs > 0 and cut_after_paragraphs(root, paragraphs))
    if shown is not None and root not in shown.iterancestors():
        etree.SubElement(root, "p").append(_without_tail(shown))
    _separate_ids(root, unique)
    rebase(root, page_url, anchors=True)
    for heading in list(root.iter(*_HEADINGS)):
        heading.tag = _HEADINGS[heading.tag]
    return RenderedPost(
        title=inline_html(title),
        excerpt=serialise(root),
        more=more,
        marked=marked,
        body=body,
        words=count.words + count.characters,
        minutes=reading_minutes(count, words_per_minute),
        description=description,
    )


def _without_tail(element: html.HtmlElement) -> html.HtmlElement:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _separate_ids(root: html.HtmlElement, unique: str) -> None:
    """Make ids differ from those of other posts; links to them become links to the page of the post later."""
    for element in root.iter(etree.Element):
        if identifier := element.get("id"):
            element.set("id", f"{unique}-{identifier}")
        for name in _ID_ATTRIBUTES:
            if references := element.get(name):
                element.set(name, " ".join(f"{unique}-{reference}" for reference in references.split()))
        if element.tag in _NAMED and (name := element.get("name")):
            element.set("name", f"{unique}-{name}")
        if element.get("usemap", "").startswith("#"):
            element.set("usemap", f"#{unique}-{element.get('usemap')[1:]}")
        # Parts of a drawing refer to each other, and stay together.
        for name, value in element.attrib.items():
            if name in {"href", "xlink:href"} and value.startswith("#") and element.tag not in LINKS:
                element.set(name, f"#{unique}-{value[1:]}")
            elif _LOCAL_URL.search(value):
                element.set(name, _LOCAL_URL.sub(rf"url(\1#{unique}-", value))
