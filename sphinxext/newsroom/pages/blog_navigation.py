"""The blog navigation: links to the index and the overviews, and breadcrumbs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.pages.context_types import NavigationItem, PageLink
    from sphinxext.newsroom.pages.titles import Titles


class BlogNavigation:
    """Makes the contexts of navigation, which are the same on all pages of a blog."""

    def __init__(self, env: BuildEnvironment, blog: Blog, titles: Titles) -> None:
        """Use a blog whose index is complete.

        :param env: the environment, all documents read.
        """
        self._env, self._blog, self._titles = env, blog, titles
        self.subscribe = ""
        """Pagename of the list of feeds, empty if there is none."""

    @cached_property
    def index(self) -> PageLink:
        """The index of the blog."""
        return {"page": self._blog.index, "title": self._titles.of_index()}

    @cached_property
    def overviews(self) -> list[NavigationItem]:
        """The overviews of the taxonomies, in their order."""
        return [
            {"kind": taxonomy.kind, "title": self._titles.of_taxonomy(taxonomy), "page": taxonomy.pagename}
            for taxonomy in self._blog.taxonomies
        ]

    @cached_property
    def items(self) -> list[NavigationItem]:
        """The overviews, and the page of releases if there is one."""
        page = self._blog.releases_page
        if not page:
            return self.overviews
        return [*self.overviews, {"kind": "releases", "title": self._titles.of_releases(page), "page": page}]

    @cached_property
    def breadcrumbs(self) -> list[list[str]]:
        """Page and title of each page above the index of the blog, from the home page on, and of the index."""
        env, index = self._env, self._blog.index
        relations, above = env.collect_relations(), [env.config.root_doc]
        parents: list[str] = []
        parent = relations[index][0] if index in relations else None
        while parent is not None and parent not in (*above, *parents):
            parents.append(parent)
            parent = relations[parent][0] if parent in relations else None
        pages = [page for page in (*above, *reversed(parents)) if page in env.titles and page != index]
        return [*([page, str(env.titles[page].astext())] for page in pages), [index, self._titles.of_index()]]
