"""Prepare the HTML of a post for feeds."""

from __future__ import annotations

from lxml import etree

from sphinxext.newsroom.utils.html import drop, drop_heading_links, parse, serialise
from sphinxext.newsroom.utils.html_links import URL_ATTRIBUTES, absolute, map_candidates, rebase, resolve_root
from sphinxext.newsroom.utils.urls import runs_script

_NOT_IN_FEEDS = ("base", "button", "iframe", "link", "meta", "noscript", "script", "style")


def feed_html(body: str, *, page_url: str, base_url: str) -> str:
    """Return a whole post as HTML for a feed: links absolute, nothing in it that only works on the page.

    :param body: the HTML as the page shows it, or :attr:`.RenderedPost.excerpt`.
    :param page_url: the URL of the page from the root of the site.
    :param base_url: the URL of the site, ending in ``/``.
    """
    root = parse(body)
    rebase(root, page_url, anchors=True)
    drop_heading_links(root)
    for element in list(root.iter(*_NOT_IN_FEEDS, "input", etree.Comment, etree.PI)):
        # The boxes of a task list tell what is done.
        if element.tag != "input" or element.get("type") != "checkbox":
            drop(element)
    # The parser takes what follows an embedded thing for its content.
    for element in list(root.iter("embed", "form")):
        element.drop_tag()
    for element in root.iter():
        for name, value in element.attrib.items():
            is_picture = name == "src" and value.strip().lower().startswith("data:image/")
            if name.startswith("on") or (name in URL_ATTRIBUTES and runs_script(value) and not is_picture):
                del element.attrib[name]
            elif name in URL_ATTRIBUTES:
                element.set(name, absolute(value, base_url))
            elif name == "srcset":
                element.set(name, map_candidates(value, lambda url: absolute(url, base_url)))
    return resolve_root(serialise(root), base_url)
