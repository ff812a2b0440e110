"""Titles of posts and lists as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.list_intro import read_list_intro

if TYPE_CHECKING:
    from collections.abc import Container

    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.list_intro import ListIntro


class Titles:
    """Knows what posts and lists are called."""

    def __init__(self, env: BuildEnvironment, site: Site, blog: Blog) -> None:
        """Use a blog whose index is complete.

        :param env: the environment, all documents read.
        """
        self._env, self._blog = env, blog
        self._planned: Container[str] = site.planned
        self._permalinks: Container[str] = site.project.permalinks
        self._of_posts: dict[str, str] = {}
        self._list_intros: dict[str, ListIntro] = {}

    def of_post(self, post: Post) -> str:
        """Return the title of a post."""
        titles = self._env.titles
        if post.docname not in self._planned or post.docname not in titles:
            # ABlog's directive has found the title in the document, or has its own one.
            return post.title
        if post.front_matter.title and post.docname not in self._permalinks:
            # As with ABlog, whose lists show it while the page shows its own heading.
            return post.front_matter.title
        if post.docname not in self._of_posts:
            self._of_posts[post.docname] = str(titles[post.docname].astext()) or post.title
        return self._of_posts[post.docname]

    def list_intro(self, pagename: str) -> ListIntro:
        """Return the introduction of a list.

        :param pagename: the first page of the list.
        """
        if pagename not in self._list_intros:
            self._list_intros[pagename] = read_list_intro(self._env, pagename)
        return self._list_intros[pagename]

    def of_index(self) -> str:
        """Return the title of the blog: that of its index, if somebody wrote one."""
        return self.list_intro(self._blog.index).title or self._blog.options.title

    def of_collection(self, collection: Collection) -> str:
        """Return the name of a collection: the title of its page, if somebody wrote one."""
        return self.list_intro(collection.pagename).title or collection.name

    def of_releases(self, pagename: str) -> str:
        """Return the title of the page of releases: that of its document, if somebody wrote one.

        :param pagename: the page.
        """
        return self.list_intro(pagename).title or _("Releases")

    def of_taxonomy(self, taxonomy: Taxonomy) -> str:
        """Return the title of an overview: that of its page, if somebody wrote one."""
        return self.list_intro(taxonomy.pagename).title or _(taxonomy.title)
