"""Navigation of the theme: on pages that stand in no toctree, the entry of the blog is the one where a reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Callable

CURRENT = "current"


def lead_to_index(context: dict[str, Any], index: str) -> None:
    """Have the toctree of a page show the index of the blog as current.

    Sphinx marks the entry of the page itself, and what is above it; posts and lists have none.

    :param context: the context of a page of the blog, changed in place.
    :param index: the index of that blog.
    """
    toctree: Callable[..., str] | None = context.get("toctree")
    if not callable(toctree):
        return
    made, href = toctree, context["pathto"](index)

    def marked_toctree(**options: Any) -> str:
        return mark_current(made(**options), href)

    context["toctree"] = marked_toctree


def mark_current(toctree: str, href: str) -> str:
    """Return a toctree with an entry, and all above it, marked as current; one that has a current entry stays.

    :param toctree: HTML.
    :param href: where the entry leads.
    """
    if not toctree.strip():
        return toctree
    root = lxml_html.fragment_fromstring(toctree, create_parent="div")
    if root.find_class(CURRENT):
        return toctree
    entry = next((link for link in root.iter("a") if link.get("href") == href), None)
    if entry is None:
        return toctree
    for element in entry.iterancestors("li", "ul"):
        element.classes.add(CURRENT)
    return "".join(lxml_html.tostring(child, encoding="unicode") for child in root)
