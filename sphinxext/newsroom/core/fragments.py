"""What a rendered post gives to lists and feeds: its excerpt, its text, its length.

The HTML of a post is taken apart once. Links are stored as seen from the root of the site, with a mark where the way to
the root belongs, so that a list or feed only has to put that way in.
"""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT_MARK = "https://newsroom-root.invalid/"
"""Stands for the way from a page to the root of the site; a URL, so that it is written like one."""

_URL_ATTRIBUTES = ("href", "src", "poster", "data", "action")
_ID_ATTRIBUTES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
_NOT_READ = ("object", "script", "style", "svg")
_NOT_IN_FEEDS = ("script", "style", "noscript", "iframe", "form", "button", "input")
_HEADINGS = {f"h{level}": f"h{min(level + 1, 6)}" for level in range(1, 7)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragment:
    """What is kept of a rendered post."""

    title: str
    """The title as HTML without links."""
    excerpt: str
    """The excerpt as HTML, headings one level down, ids made unique, links from the root mark."""
    more: bool
    """Whether the post goes on behind the excerpt."""
    marked: bool
    """Whether the post says itself where its excerpt ends."""
    body: str
    """The whole post as HTML as its page shows it, without the title."""
    words: int
    minutes: int
    """How long it takes to read, at least 1."""
    description: str
    """The first paragraph as plain text, shortened."""

    def as_dict(self) -> dict[str, Any]:
        """Return the fragment as plain data."""
        return asdict(self)

    @property
    def digest(self) -> str:
        """What changes whenever a list or feed that shows this has to change."""
        return hashlib.blake2b(repr(tuple(asdict(self).items())).encode(), digest_size=12).hexdigest()


def build_fragment(
    body: str,
    *,
    title: str,
    page_url: str,
    unique: str,
    separator: str = "<!-- more -->",
    paragraphs: int = 0,
    words_per_minute: int = 265,
) -> Fragment:
    """Take a rendered post apart.

    :param body: its HTML, without the title.
    :param title: its title as HTML.
    :param page_url: the address of its page from the root of the site.
    :param unique: what makes its ids different from those of all other posts.
    :param separator: the comment that ends the excerpt.
    :param paragraphs: how many paragraphs make the excerpt of a post without that comment; 0 for the whole post.
    :param words_per_minute: reading speed.
    """
    root = _parse(body)
    words, images = count_words(root)
    description = _description(root)
    marked = _find_marker(root, separator) is not None
    if marked:
        more = cut_at_marker(root, separator)
    else:
        more = bool(paragraphs) and cut_after_paragraphs(root, paragraphs)
    _rebase(root, page_url)
    _separate_ids(root, page_url, unique)
    for heading in list(root.iter(*_HEADINGS)):
        heading.tag = _HEADINGS[heading.tag]
    for anchor in root.xpath("//a[contains(concat(' ', @class, ' '), ' headerlink ')]"):
        _drop(anchor)
    return Fragment(
        title=inline_html(title),
        excerpt=_serialise(root),
        more=more,
        marked=marked,
        body=body,
        words=words,
        minutes=reading_minutes(words, images, words_per_minute),
        description=description,
    )


def place(fragment_html: str, root: str) -> str:
    """Return stored HTML with its links as a page sees them.

    :param fragment_html: such as :attr:`Fragment.excerpt`.
    :param root: the way from that page to the root of the site, ending in ``/``, or the site's own URL.
    """
    return fragment_html.replace(ROOT_MARK, root)


def from_root(body: str, page_url: str) -> str:
    """Return HTML with its links as seen from the root of the site, for :func:`place`.

    :param body: HTML as a page shows it.
    :param page_url: the address of that page from the root of the site.
    """
    root = _parse(body)
    _rebase(root, page_url)
    return _serialise(root)


def feed_html(body: str, *, page_url: str, base_url: str) -> str:
    """Return a whole post as HTML for a feed: links absolute, nothing in it that only works on the page.

    :param body: the HTML as the page shows it.
    :param page_url: the address of the page from the root of the site.
    :param base_url: the URL of the site.
    """
    root = _parse(body)
    _rebase(root, page_url)
    for element in list(root.iter(*_NOT_IN_FEEDS)):
        if element.tag != "input":
            _drop(element)
    for comment in list(root.iter(etree.Comment)):
        _drop(comment)
    for anchor in root.xpath("//a[contains(concat(' ', @class, ' '), ' headerlink ')]"):
        _drop(anchor)
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith("on")]:
            del element.attrib[name]
        if (href := element.get("href", "")).startswith("#"):
            element.set("href", ROOT_MARK + page_url + href)
    return place(_serialise(root), base_url)


def reading_minutes(words: int, images: int, words_per_minute: int) -> int:
    """Return the minutes that it takes to read a text.

    The first image takes 12 seconds, each further one a second less, down to 3.

    :param words: number of words.
    :param images: number of images.
    :param words_per_minute: reading speed.
    """
    seconds = math.ceil(words / words_per_minute * 60)
    seconds += sum(max(12 - index, 3) for index in range(images))
    return max(1, math.ceil(seconds / 60))


def count_words(root: html.HtmlElement) -> tuple[int, int]:
    """Return the number of words and of images in parsed HTML, as Material for MkDocs counts them.

    :param root: the parsed HTML.
    """
    text = "".join(_texts(root))
    images = sum(1 for _ in root.iter("img"))
    return len(re.split(r"\W+", text)), images


def _texts(element: html.HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in _NOT_READ:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def cut_at_marker(root: html.HtmlElement, separator: str) -> bool:
    """Remove the excerpt marker and all that follows it; return whether anything followed.

    What the marker stands in (a list, a paragraph) stays whole and closed.

    :param root: the parsed HTML.
    :param separator: the marker.
    """
    marker = _find_marker(root, separator)
    if marker is None:
        return False
    more = _cut_after(marker)
    parent = marker.getparent()
    parent.remove(marker)
    if not len(parent) and not (parent.text or "").strip() and parent is not root and parent.tag == "p":
        _drop(parent)
    return more


def cut_after_paragraphs(root: html.HtmlElement, count: int) -> bool:
    """Remove all that follows the first paragraphs; return whether anything did.

    :param root: the parsed HTML.
    :param count: how many paragraphs stay.
    """
    paragraphs = [p for p in root.iter("p") if "".join(p.itertext()).strip()]
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


def _shows_something(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return (
        bool("".join(element.itertext()).strip())
        or element.tag in {"img", "hr", "video", "iframe", "svg"}
        or (element.find(".//img") is not None)
    )


@cache
def _marker_pattern(separator: str) -> re.Pattern[str]:
    inner = separator.strip().removeprefix("<!--").removesuffix("-->").strip()
    return re.compile(r"\s*" + re.escape(inner) + r"\s*", re.IGNORECASE)


def _find_marker(root: html.HtmlElement, separator: str) -> Any:
    pattern = _marker_pattern(separator)
    return next((c for c in root.iter(etree.Comment) if pattern.fullmatch(c.text or "")), None)


def _parse(source: str) -> html.HtmlElement:
    try:
        return html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        # lxml refuses control characters and lone surrogates.
        clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", source)
        return html.fragment_fromstring(clean, create_parent="div")


def _serialise(root: html.HtmlElement) -> str:
    text = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>").strip()


def inline_html(source: str) -> str:
    """Return inline HTML without links and ids, so that it can stand inside a link.

    :param source: HTML of a title.
    """
    if "<" not in source:
        return source
    root = _parse(source)
    for element in list(root.iter("a")):
        element.drop_tag()
    for element in root.iter():
        element.attrib.pop("id", None)
    return _serialise(root)


def text_of(source: str) -> str:
    """Return HTML as plain text on one line.

    :param source: HTML, such as a title.
    """
    return re.sub(r"\s+", " ", "".join(_parse(source).itertext())).strip()


def _description(root: html.HtmlElement, limit: int = 200) -> str:
    for paragraph in root.iter("p"):
        text = re.sub(r"\s+", " ", "".join(_texts(paragraph))).strip()
        if text:
            return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
    return ""


def _rebase(root: html.HtmlElement, page_url: str) -> None:
    """Write every link to the site itself as seen from its root."""
    here = ROOT_MARK + page_url
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in _URL_ATTRIBUTES:
            value = element.get(name)
            if value and not value.startswith("#"):
                element.set(name, _from_root(here, value))
        if srcset := element.get("srcset"):
            candidates = [part.strip().split(None, 1) for part in srcset.split(",") if part.strip()]
            element.set("srcset", ", ".join(" ".join([_from_root(here, part[0]), *part[1:]]) for part in candidates))


def _from_root(here: str, url: str) -> str:
    try:
        return url if url.startswith("/") else urljoin(here, url)
    except ValueError:
        return url


def _separate_ids(root: html.HtmlElement, page_url: str, unique: str) -> None:
    """Make ids differ from those of other posts, and links to places in the post lead to its page."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if identifier := element.get("id"):
            element.set("id", f"{unique}-{identifier}")
        for name in _ID_ATTRIBUTES:
            if references := element.get(name):
                element.set(name, " ".join(f"{unique}-{reference}" for reference in references.split()))
        if element.tag == "input" and element.get("name"):
            element.set("name", f"{unique}-{element.get('name')}")
        href = element.get("href", "")
        if href.startswith("#"):
            element.set("href", ROOT_MARK + page_url + href)


def _drop(element: Any) -> None:
    """Remove an element or comment, keeping the text behind it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
