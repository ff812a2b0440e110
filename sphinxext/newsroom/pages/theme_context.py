"""The theme's context of a page of the blog: title, breadcrumbs, sidebars, table of contents."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from sphinx.util.matching import patmatch

from sphinxext.newsroom.ablog.urls import list_urls
from sphinxext.newsroom.blog.pagination import ListPage
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.jinja import render
from sphinxext.newsroom.pages.sidebar_patterns import sidebars_by_name
from sphinxext.newsroom.pages.theme_metadata import HIDES_CONTENTS
from sphinxext.newsroom.pages.toctree_navigation import lead_to_index

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types

# The primary sidebar of pydata-sphinx-theme; its header has the navigation of the site.
FURO_END = ("sidebar/ethical-ads.html", "sidebar/scroll-end.html")
"""What ends the part of furo's sidebar that scrolls."""
CHAPTER_NAVIGATION = ("sidebar-collapse", "sidebar-nav-bs")


class ThemeContext:
    """Puts what the theme reads into the contexts of the pages of one blog."""

    def __init__(self, app: Sphinx, blog: Blog, *, permalinks: Container[str]) -> None:
        """Use a blog whose index is complete.

        :param permalinks: the posts whose docname is their permalink.
        """
        self._app, self._blog, self._permalinks = app, blog, permalinks

    def choose_columns_of_post(self, post: Post, context: dict[str, Any]) -> None:
        """Choose what is next to a post; templates of the site that make a part of it look there.

        :param context: the context of its page, changed in place.
        """
        if "toc" in post.front_matter.hide:
            _hide_toc(context)
        hidden = "navigation" in post.front_matter.hide
        if hidden or post.docname in self._permalinks:
            # A page that was declared to be a post is where its author put it, among chapters perhaps.
            self._choose_sidebars(post.docname, context, hidden=hidden)

    def add_post(self, post: Post, data: context_types.PostData, context: dict[str, Any]) -> None:
        """Add the rest of what the theme shows around a post.

        :param context: the context of its page, changed in place.
        """
        context["prev"] = context["next"] = None
        if not context.get("parents"):
            context["parents"] = self._parents(data["breadcrumbs"], None, context)
        lead_to_index(context, self._blog.index)
        if post.front_matter.title:
            context["title"] = str(escape(post.front_matter.title))
        if post.front_matter.canonical_link:
            context["pageurl"] = post.front_matter.canonical_link

    def add_list(self, view: View, data: context_types.PageData, context: dict[str, Any]) -> None:
        """Add what the theme shows around a page that is not a post.

        :param context: its context, changed in place.
        """
        if not data["has_heading"] or (isinstance(view, ListPage) and view.number > 1):
            context["title"] = str(escape(numbered_title(view, data["title"])))
        if data.get("has_toc"):
            context["toc"] = render(self._app, "newsroom/partials/toc.html", context, view=data)
            context["display_toc"] = True
        else:
            _hide_toc(context)
        context["prev"] = context["next"] = None
        if view.pagename != self._blog.index:
            context["parents"] = self._parents(data["breadcrumbs"], data["overview"], context)
            lead_to_index(context, self._blog.index)
        hidden = "navigation" in data["hide"]
        self._choose_sidebars(view.pagename, context, former=self.former_names(view), hidden=hidden)

    def _parents(
        self, breadcrumbs: Iterable[list[str]], overview: context_types.PageLink | None, context: Mapping[str, Any]
    ) -> list[dict[str, str]]:
        """Return the breadcrumbs of a page as themes get them from Sphinx."""
        home, index = self._app.config.root_doc, self._blog.index
        pages = {page: title for page, title in breadcrumbs if page != home or page == index}
        if overview is not None:
            pages[overview["page"]] = overview["title"]
        return [{"link": context["pathto"](page), "title": str(escape(title))} for page, title in pages.items()]

    # -- Sidebars

    def _choose_sidebars(
        self, pagename: str, context: dict[str, Any], *, former: Iterable[str] = (), hidden: bool = False
    ) -> None:
        """Choose sidebars by ABlog's name of a page, too, and leave out the navigation inside a chapter.

        That would be empty in the blog; it stays where the site asks for it.
        """
        if hidden:
            context["sidebars"] = []
            return
        named = sidebars_by_name(self._app.config.html_sidebars, pagename, former)
        if named is not None:
            context["sidebars"] = named
        matching = [
            pattern
            for pattern in self._app.config.html_sidebars
            if any(patmatch(name, pattern) for name in (pagename, *former))
        ]
        shown = list(context.get("sidebars") or ())
        if not any(pattern != "**" for pattern in matching):
            shown = [name for name in shown if name.removesuffix(".html") not in CHAPTER_NAVIGATION]
            context["sidebars"] = shown
        if not matching:
            own = [f"newsroom/sidebars/{name}.html" for name in self._blog.options.sidebars]
            place = next((number for number, name in enumerate(shown) if name in FURO_END), len(shown))
            context["sidebars"] = [*shown[:place], *own, *shown[place:]]

    def former_names(self, view: View) -> Iterable[str]:
        """Return the names that ABlog has for a list.

        :param view: a page of the list.
        """
        first = view.first if isinstance(view, ListPage) else view.pagename
        return self._former_names.get(first, ())

    @cached_property
    def _former_names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        if self._app.config.html_sidebars:
            for former, pagename, _title in list_urls(self._blog, self._app.config):
                names.setdefault(pagename, []).append(former)
        return names


def numbered_title(view: View, title: str) -> str:
    """Return the title of a page of a list, with its number on later ones."""
    number = view.number if isinstance(view, ListPage) else 1
    return title if number == 1 else _("%(title)s – page %(number)d") % {"title": title, "number": number}


def _hide_toc(context: dict[str, Any]) -> None:
    context["meta"] = {**(context.get("meta") or {}), **HIDES_CONTENTS}
