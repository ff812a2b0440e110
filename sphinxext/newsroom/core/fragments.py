"""What a rendered post gives to lists and feeds: its excerpt, its text, its length.

The HTML of a post is taken apart once. Links are stored as seen from the root of the site, with a mark where the way to
the root belongs, so that a list or feed only has to put that way in.
"""

from __future__ import annotations

import hashlib
import math
import posixpath
import re
from copy import deepcopy
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from lxml import etree, html

from sphinxext.newsroom.core.urls import runs_script

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT_MARK = "https://newsroom-root.invalid/"
"""Stands for the way from a page to the root of the site; a URL, so that it is written like one."""

_URL_ATTRIBUTES = ("href", "xlink:href", "src", "poster", "data", "action", "formaction", "cite")
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
_LINKS = ("a", "area")
_NOT_READ = ("object", "script", "style", "svg")
_SEEN_WITHOUT_TEXT = ("audio", "canvas", "embed", "hr", "iframe", "img", "input", "math", "object", "svg", "video")
_NOT_IN_FEEDS = ("base", "button", "iframe", "link", "meta", "noscript", "script", "style")
_EMPTY_WITHOUT_MARKER = ("p", "li", "ul", "ol", "div", "section", "blockquote")
# Paragraphs here belong to something else; they are no running text.
_SET_APART = ("aside", "blockquote", "dd", "details", "figcaption", "figure", "li", "td", "th")
_TITLES = re.compile(r"(?:^|\s)(?:admonition|\S+-title|title|rubric|caption)(?:$|\s)")
_CANDIDATE = re.compile(r"\s*(?P<url>[^\s,](?:\S*[^\s,])?)(?P<size>\s[^,]*)?(?:,|$)")
_LOCAL_URL = re.compile(r"url\(\s*(['\"]?)#")
# Chinese, Japanese and Korean characters: words are not set apart by spaces there. Compiled where a text
# is not plain ASCII, for that takes longer than all other patterns here.
_CJK = (
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc\U00020000-\U000323af]"
)
CJK_PER_MINUTE = 500
"""How many such characters a reader is thought to read a minute."""
# Tags that would end what the parser reads.
_WHOLE_PAGE = re.compile(r"</?(?:html|body)\b[^>]*>", re.IGNORECASE)
# HTML parsers end at these, or refuse them.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
    """Number of words; of Chinese, Japanese and Korean text, of characters."""
    minutes: int
    """How long it takes to read, at least 1."""
    description: str
    """The first paragraph as plain text, shortened."""

    def as_dict(self) -> dict[str, Any]:
        """Return the fragment as plain data."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def digest(self) -> str:
        """What changes whenever a list or feed that shows this has to change."""
        return hashlib.blake2b(repr(tuple(self.as_dict().items())).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How much there is to read."""

    words: int = 0
    characters: int = 0
    """Chinese, Japanese and Korean characters; they are in no word."""
    images: int = 0


def build_fragment(
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
) -> Fragment:
    """Take a rendered post apart.

    :param body: its HTML, without the title.
    :param title: its title as HTML.
    :param page_url: the address of its page from the root of the site, with an anchor if the post is a part of the page.
    :param unique: what makes its ids different from those of all other posts.
    :param separator: the comment that ends the excerpt.
    :param paragraphs: how many paragraphs make the excerpt of a post without that comment; 0 for the whole post.
    :param image: which of its images ends the excerpt, from 1, if it is not in there anyway; 0 for none.
    :param words_per_minute: reading speed.
    :param count_title: whether the title is part of the text, and read with it.
    """
    root = _parse(body)
    count = count_words(*([_parse(title)] if count_title else []), root)
    _drop_heading_links(root)
    description = _description(root)
    marked = _find_marker(root, separator) is not None
    shown = next(islice(root.iter("img"), image - 1, None), None) if image > 0 else None
    more = cut_at_marker(root, separator) or (not marked and paragraphs > 0 and cut_after_paragraphs(root, paragraphs))
    if shown is not None and root not in shown.iterancestors():
        etree.SubElement(root, "p").append(_without_tail(shown))
    _separate_ids(root, unique)
    _rebase(root, page_url, anchors=True)
    for heading in list(root.iter(*_HEADINGS)):
        heading.tag = _HEADINGS[heading.tag]
    return Fragment(
        title=inline_html(title),
        excerpt=_serialise(root),
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


def place(fragment_html: str, root: str) -> str:
    """Return stored HTML with its links as a page sees them.

    :param fragment_html: such as :attr:`Fragment.excerpt`.
    :param root: the way from that page to the root of the site, ending in ``/``, or the site's own URL.
    """
    # An empty link would lead to the page itself.
    return fragment_html.replace(ROOT_MARK, root or "./")


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

    :param body: the HTML as the page shows it, or :attr:`Fragment.excerpt`.
    :param page_url: the address of the page from the root of the site.
    :param base_url: the URL of the site, ending in ``/``.
    """
    root = _parse(body)
    _rebase(root, page_url, anchors=True)
    _drop_heading_links(root)
    for element in list(root.iter(*_NOT_IN_FEEDS, "input", etree.Comment, etree.PI)):
        # The boxes of a task list tell what is done.
        if element.tag != "input" or element.get("type") != "checkbox":
            _drop(element)
    # The parser takes what follows an embedded thing for its content.
    for element in list(root.iter("embed", "form")):
        element.drop_tag()
    for element in root.iter():
        for name, value in element.attrib.items():
            is_picture = name == "src" and value.strip().lower().startswith("data:image/")
            if name.startswith("on") or (name in _URL_ATTRIBUTES and runs_script(value) and not is_picture):
                del element.attrib[name]
            elif name in _URL_ATTRIBUTES:
                element.set(name, _absolute(value, base_url))
            elif name == "srcset":
                element.set(name, _map_candidates(value, lambda url: _absolute(url, base_url)))
    return place(_serialise(root), base_url)


def _absolute(url: str, base_url: str) -> str:
    """Return the full URL of an address from the root of the site or of its server; any other as it is."""
    # What is below the root is put in its place with everything else.
    if not url.startswith(("/", f"{ROOT_MARK}..")):
        return url
    try:
        return urljoin(base_url, url.removeprefix(ROOT_MARK))
    except ValueError:
        return url


def reading_minutes(count: Count, words_per_minute: int) -> int:
    """Return the minutes that it takes to read a text.

    The first image takes 12 seconds, each further one a second less, down to 3.

    :param count: what there is to read.
    :param words_per_minute: reading speed.
    """
    seconds = math.ceil(count.words / words_per_minute * 60 + count.characters / CJK_PER_MINUTE * 60)
    seconds += sum(max(12 - index, 3) for index in range(count.images))
    return max(1, math.ceil(seconds / 60))


def count_words(*roots: html.HtmlElement) -> Count:
    """Return what there is to read in parsed HTML.

    Words are counted as Material for MkDocs does, but for Chinese, Japanese and Korean ones, of which it takes a whole
    sentence for one.

    :param roots: the parsed HTML, in its parts.
    """
    text = "\n".join(map(_read, roots))
    images = sum(1 for root in roots for _ in root.iter("img"))
    rest, characters = (text, 0) if text.isascii() else re.subn(_CJK, " ", text)
    words = len(re.findall(r"\w+", rest)) if characters else len(re.split(r"\W+", text))
    return Count(words=words, characters=characters, images=images)


def _read(root: html.HtmlElement) -> str:
    """Return the text that a reader reads."""
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
    element, parent = marker, marker.getparent()
    parent.remove(element)
    # What held nothing but the marker is no part of the text.
    while not len(parent) and not (parent.text or "").strip() and parent is not root:
        if parent.tag not in _EMPTY_WITHOUT_MARKER:
            break
        element, parent = parent, parent.getparent()
        parent.remove(element)
    return more


def cut_after_paragraphs(root: html.HtmlElement, count: int) -> bool:
    """Remove all that follows the first paragraphs; return whether anything did.

    :param root: the parsed HTML.
    :param count: how many paragraphs stay.
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
    if _TITLES.search(paragraph.get("class", "")) or not _read(paragraph).strip():
        return False
    return not any(
        above.tag in _SET_APART or _TITLES.search(above.get("class", "")) for above in paragraph.iterancestors()
    )


def _shows_something(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return False
    return next(element.iter(*_SEEN_WITHOUT_TEXT), None) is not None or bool(_read(element).strip())


@cache
def _marker_pattern(separator: str) -> re.Pattern[str]:
    inner = separator.strip().removeprefix("<!--").removesuffix("-->").strip()
    return re.compile(r"\s*" + re.escape(inner) + r"\s*", re.IGNORECASE)


def _find_marker(root: html.HtmlElement, separator: str) -> Any:
    pattern = _marker_pattern(separator)
    return next((c for c in root.iter(etree.Comment) if pattern.fullmatch(c.text or "")), None)


def _parse(source: str) -> html.HtmlElement:
    # A parser of its own: it keeps no state between posts, and takes what is nested deeply.
    parser = html.HTMLParser(huge_tree=True)
    text = _WHOLE_PAGE.sub("", _UNREADABLE.sub("", source))
    return html.fragment_fromstring(text, create_parent="div", parser=parser)


def _serialise(root: html.HtmlElement) -> str:
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>").strip()


def inline_html(source: str) -> str:
    """Return inline HTML without links and ids, so that it can stand inside a link.

    :param source: HTML of a title.
    """
    if "<" not in source:
        return _UNREADABLE.sub("", source)
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
    return _flat(_parse(source)) if "<" in source or "&" in source else " ".join(_UNREADABLE.sub("", source).split())


def _description(root: html.HtmlElement, limit: int = 200) -> str:
    paragraphs = [p for p in root.iter("p") if not _TITLES.search(p.get("class", ""))]
    # Running text first; a post of nothing but lists or quotations has none.
    for paragraph in chain(filter(_is_running_text, paragraphs), paragraphs):
        if text := _flat(paragraph):
            return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
    return ""


def _flat(element: html.HtmlElement) -> str:
    """Return the text of an element on one line."""
    copy = deepcopy(element)
    for line_break in copy.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(_read(copy).split())


def _rebase(root: html.HtmlElement, page_url: str, *, anchors: bool = False) -> None:
    """Write every link to the site itself as seen from its root; links to places in the page too, if that is asked for."""
    here = urldefrag(page_url).url

    def rebase(url: str) -> str:
        return _from_root(here, url)

    for element in root.iter(etree.Element):
        for name in _URL_ATTRIBUTES:
            value = element.get(name)
            if value is None or (not value and element.tag not in _LINKS):
                continue
            if not value.startswith("#") or (anchors and element.tag in _LINKS):
                element.set(name, rebase(value))
        if srcset := element.get("srcset"):
            element.set("srcset", _map_candidates(srcset, rebase))


def _map_candidates(srcset: str, change: Callable[[str], str]) -> str:
    """Return a ``srcset`` with each of its URLs changed."""
    found = _CANDIDATE.finditer(srcset)
    return ", ".join(change(match["url"]) + (match["size"] or "").rstrip() for match in found)


def _from_root(here: str, url: str) -> str:
    """Return a relative URL with the root mark before its way from the root of the site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme or parts.netloc or url.startswith("/"):
        return url
    path = here
    if parts.path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), parts.path))
        if path == ".":
            path = ""
        elif parts.path.rpartition("/")[2] in {"", ".", ".."}:
            path += "/"
    return ROOT_MARK + urlunsplit(("", "", path, parts.query, parts.fragment))


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
            if name in {"href", "xlink:href"} and value.startswith("#") and element.tag not in _LINKS:
                element.set(name, f"#{unique}-{value[1:]}")
            elif _LOCAL_URL.search(value):
                element.set(name, _LOCAL_URL.sub(rf"url(\1#{unique}-", value))


def _drop_heading_links(root: html.HtmlElement) -> None:
    for anchor in root.xpath("//a[contains(concat(' ', @class, ' '), ' headerlink ')]"):
        _drop(anchor)


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
