"""Highlight the blog in the theme's navigation on pages that are in no toctree.

While such a page is written, it is placed below the index of its blog. Not earlier, because the pages of the blog would then
come between its index and the next chapter; and only this page, because for every page Sphinx and themes traverse all
pages below another.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx

CURRENT = "current"


def place_below_index(app: Sphinx, index_of: Callable[[str], str | None]) -> None:
    """Place each page of a blog below its index while the builder of an application writes it.

    :param app: the application; its builder makes pages.
    :param index_of: gives the index of the blog that a page belongs to, None for any other page.
    """
    builder: Any = html_builder(app)
    handle_page = builder.handle_page

    def handle_page_below_index(pagename: str, *args: Any, **kwargs: Any) -> None:
        index = index_of(pagename)
        if index is None or index == pagename:
            handle_page(pagename, *args, **kwargs)
            return
        with below(app, index, pagename):
            handle_page(pagename, *args, **kwargs)

    builder.handle_page = handle_page_below_index


@contextmanager
def below(app: Sphinx, index: str, pagename: str) -> Iterator[None]:
    """Place a page below the index of its blog, unless it is in a toctree.

    :param app: the application.
    :param index: the index.
    :param pagename: the page.
    """
    includes = app.env.toctree_includes
    before = includes.get(index)
    if not any(pagename in children for children in includes.values()):
        includes[index] = [*(before or ()), pagename]
    try:
        yield
    finally:
        if before is None:
            includes.pop(index, None)
        else:
            includes[index] = before


def lead_to_index(context: dict[str, Any], index: str) -> None:
    """Have the toctree of a page show the index of the blog as current.

    Sphinx marks the entry of the current page and its ancestors as current; posts and lists have no entry.

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
    :param href: the target of the entry.
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
