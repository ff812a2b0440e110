"""The posts in a list: each with its stored excerpt, rendered with the template of the list's layout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.excerpts.rules import with_named_words
from sphinxext.newsroom.pages.jinja import path_from_root, path_to_root
from sphinxext.newsroom.pages.list_layout import layout_of
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.markup import rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.pages import context_types

TEMPLATES = {
    "list": "newsroom/partials/entry.html",
    "cards": "newsroom/partials/card.html",
    "table": "newsroom/partials/table_row.html",
}
"""The template of one post in each layout of a list."""


class ListEntries:
    """Renders the posts in the lists of one blog."""

    def __init__(self, app: Sphinx, site: Site, options: Options, *, render: Callable[..., str]) -> None:
        """Start without entries.

        :param app: the application.
        :param site: its site.
        :param options: the options of the blog.
        :param render: renders a template with a context and data.
        """
        self._app, self._site, self._options, self._render = app, site, options, render
        self._entries: dict[tuple[Any, ...], str] = {}

    def of_page(self, data: context_types.ListData, context: Mapping[str, Any]) -> list[context_types.ListedPost]:
        """Return the posts of a list page with their HTML, with links relative to the page.

        :param data: the list.
        :param context: the context of the page.
        """
        root = path_to_root(context)
        return [
            {**entry, "html": rendered(resolve_root(self.html(entry, data, context), root))}
            for entry in data["entries"]
        ]

    def html(
        self,
        entry: context_types.ListEntry,
        layout: context_types.ListLayout,
        context: Mapping[str, Any],
        *,
        without_text: bool = False,
    ) -> str:
        """Return a post as all lists of one layout show it, with links from the root of the site; it is rendered once.

        :param entry: the post.
        :param layout: the layout of the list.
        :param context: the context of the page.
        :param without_text: show nothing of the post that is only known once it is rendered.
        """
        key = (entry["key"], without_text, layout["fingerprint"])
        if key not in self._entries:
            rendered_post = None
            if not without_text:
                rendered_post = self._site.rendered_posts.load(entry["page"]).get(entry["key"])
            post = self._with_excerpt(entry, rendered_post)
            context = {**context, "pathto": path_from_root(self._app)}
            # Nothing else of the list: the entry is in all lists of this layout.
            view = layout_of(layout)
            self._entries[key] = self._render(TEMPLATES[view["layout"]], context, view=view, post=post)
        return self._entries[key]

    def _with_excerpt(
        self, entry: context_types.ListEntry, rendered_post: RenderedPost | None
    ) -> context_types.RenderedEntry:
        if rendered_post is None:
            return {
                **entry,
                "title": entry["plain_title"],
                "excerpt": "",
                "summary": "",
                "has_more": True,
                "has_images": False,
            }
        minutes = rendered_post.minutes if self._options.post_readtime else None
        has_images = rendered_post.more and "<img" in rendered_post.excerpt
        excerpt = with_named_words(rendered_post.excerpt) if has_images else rendered_post.excerpt
        return {
            **entry,
            "title": rendered(rendered_post.title),
            "excerpt": rendered(excerpt),
            "summary": entry["description"] or rendered_post.description,
            "has_more": rendered_post.more,
            "has_images": has_images,
            "minutes": entry["minutes"] or minutes,
        }
