"""Links in cached HTML, which lists and feeds show on other pages than the one it was rendered for.

They are stored relative to the root of the site, with a placeholder for the path to the root, which a list or feed replaces.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from lxml import etree

from sphinxext.newsroom.utils.html import parse, serialise
from sphinxext.newsroom.utils.urls import is_relative

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import html

ROOT_MARK = "https://newsroom-root.invalid/"
"""Placeholder for the path from a page to the root of the site; a URL, so that it is escaped like one."""
URL_ATTRIBUTES = ("href", "xlink:href", "src", "poster", "data", "action", "formaction", "cite")
LINKS = ("a", "area")
_CANDIDATE = re.compile(r"\s*(?P<url>[^\s,](?:\S*[^\s,])?)(?P<size>\s[^,]*)?(?:,|$)")


def resolve_root(fragment_html: str, root: str) -> str:
    """Return stored HTML with its links as a page sees them.

    :param fragment_html: such as :attr:`.RenderedPost.excerpt`.
    :param root: the path from that page to the root of the site, ending in ``/``, or the base URL.
    """
    # An empty link would point to the page itself.
    return fragment_html.replace(ROOT_MARK, root or "./")


def root_relative(body: str, page_url: str) -> str:
    """Return HTML with its links as seen from the root of the site, for :func:`resolve_root`.

    :param body: HTML as a page shows it.
    :param page_url: the URL of that page from the root of the site.
    """
    root = parse(body)
    rebase(root, page_url)
    return serialise(root)


def rebase(root: html.HtmlElement, page_url: str, *, anchors: bool = False) -> None:
    """Write every link to the site itself as seen from its root.

    :param root: the parsed HTML, changed in place.
    :param page_url: the URL of its page from the root of the site.
    :param anchors: whether links to places in the page are, too.
    """
    here = urldefrag(page_url).url

    def seen_from_root(url: str) -> str:
        return _root_relative(here, url)

    for element in root.iter(etree.Element):
        for name in URL_ATTRIBUTES:
            value = element.get(name)
            if value is None or (not value and element.tag not in LINKS):
                continue
            if not value.startswith("#") or (anchors and element.tag in LINKS):
                element.set(name, seen_from_root(value))
        if srcset := element.get("srcset"):
            element.set("srcset", map_candidates(srcset, seen_from_root))


def absolute(url: str, base_url: str) -> str:
    """Return the absolute URL of a link above the root of the site, or to the root of its server; any other unchanged.

    :param url: a URL.
    :param base_url: the URL of the site, ending in ``/``; a relative one where it is not known.
    """
    if is_relative(base_url):
        # Links relative to the root of the server do not depend on the site.
        return url.replace(ROOT_MARK, base_url, 1) if url.startswith(ROOT_MARK) else url
    # What is below the root is put in its place with everything else.
    if not url.startswith(("/", f"{ROOT_MARK}..")):
        return url
    try:
        return urljoin(base_url, url.removeprefix(ROOT_MARK))
    except ValueError:
        return url


def map_candidates(srcset: str, change: Callable[[str], str]) -> str:
    """Return a ``srcset`` with each of its URLs changed.

    :param srcset: the value of the attribute.
    :param change: returns what becomes of a URL.
    """
    found = _CANDIDATE.finditer(srcset)
    return ", ".join(change(match["url"]) + (match["size"] or "").rstrip() for match in found)


def _root_relative(here: str, url: str) -> str:
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
