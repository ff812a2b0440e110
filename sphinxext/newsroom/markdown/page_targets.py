"""Link targets within a page besides headings: ids in raw HTML, and content tabs with slugs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinxext.newsroom.markdown.anchors import UniqueNames, load_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions

TABS = "newsroom_tabs"
"""The attribute of tabs that names the extension which has read them."""
_HAS_ID = re.compile(r"\b(?:id|name)\s*=", re.IGNORECASE)


def note_targets(document: nodes.document, env: BuildEnvironment, extensions: MarkdownExtensions) -> None:
    """Give tabs their ids, and let links find these and the ids in raw HTML.

    :param document: a document that has been rendered.
    :param env: the environment.
    :param extensions: the site's extensions.
    """
    # Where MyST-Parser looks for headings: id, and the text of a link without text.
    known: dict[str, tuple[int | None, str, str]] = getattr(document, "myst_slugs", {})
    found = {name: f"#{name}" for name in _html_ids(document)}
    found |= _name_tabs(document, extensions, used={*document.ids, *known, *found})
    new = {name: (None, name, text) for name, text in found.items() if name not in known}
    if new:
        document.myst_slugs = {**known, **new}  # type: ignore[attr-defined]
        env.metadata[env.docname]["myst_slugs"] = document.myst_slugs  # type: ignore[attr-defined]


# -- Tabs --------------------------------------------------------------------------------------------------------------


def _name_tabs(document: nodes.document, extensions: MarkdownExtensions, *, used: Iterable[str]) -> dict[str, str]:
    """Give tabs the ids that pymdown-extensions gives them, where the site asks for slugs; return each with its title."""
    wanted = {name: load_slugs(extensions, name) for name in ("pymdownx.tabbed", "pymdownx.blocks.tab")}
    if not any(wanted.values()):
        return {}
    found: dict[str, str] = {}
    names = UniqueNames(used)
    # Those of a set come before those inside of them.
    tabs = [tab for parent in document.findall(nodes.Element) for tab in parent.children if _is_tab(tab)]
    for tab in cast("list[nodes.Element]", tabs):
        slugify = wanted.get(tab[TABS])
        if slugify is None:
            continue
        title = tab.children[0].astext()
        slug = slugify(title)
        if extensions.option(tab[TABS], "combine_header_slug") is True and (above := _heading_slug(tab)):
            slug = above + str(extensions.option(tab[TABS], "separator", "-")) + slug
        name = names.take(slug)
        found[name] = title
        if "tab" in tab:
            tab["tab"] = name
        else:
            # The tabs of sphinx-design have other ids.
            cast("nodes.Element", tab.children[-1]).insert(0, nodes.target("", "", ids=[name]))
    return found


def _is_tab(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and TABS in node


def _heading_slug(node: nodes.Element) -> str:
    """Return the slug of the heading above an element."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            return str(parent.get("slug") or next(iter(parent["ids"]), ""))
        parent = parent.parent
    return ""


# -- Raw HTML ----------------------------------------------------------------------------------------------------------


def _html_ids(document: nodes.document) -> Iterator[str]:
    """Yield the ids in raw HTML, and in HTML elements that contain Markdown."""
    for node in document.findall(nodes.Element):
        attributes = node.get("attributes")
        if isinstance(attributes, dict) and attributes.get("id"):
            yield str(attributes["id"])
        elif isinstance(node, nodes.raw) and node.get("format") == "html" and _HAS_ID.search(text := node.astext()):
            reader = _Ids()
            reader.feed(text)
            reader.close()
            yield from reader.found


class _Ids(HTMLParser):
    """Collects what a URL's fragment can name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and (name == "id" or (name == "name" and tag == "a")):
                self.found.append(value)
