"""What makes the contexts of the pages of one blog: each kind of context has its own module.

In all of them a page is named by its pagename, of which templates make links.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sphinxext.newsroom.pages.author_context import AuthorContexts
from sphinxext.newsroom.pages.blog_navigation import BlogNavigation
from sphinxext.newsroom.pages.citations import Citations
from sphinxext.newsroom.pages.images import Images
from sphinxext.newsroom.pages.list_layout import ListLayouts
from sphinxext.newsroom.pages.page_urls import PageUrls
from sphinxext.newsroom.pages.post_context import PostContexts
from sphinxext.newsroom.pages.related_links import Links
from sphinxext.newsroom.pages.release_context import ReleaseContexts
from sphinxext.newsroom.pages.social_cards import Cards
from sphinxext.newsroom.pages.taxonomy_context import TaxonomyContexts
from sphinxext.newsroom.pages.templates import PageTemplates
from sphinxext.newsroom.pages.titles import Titles

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.pages.context_types import Image
    from sphinxext.newsroom.pages.event_context import EventContexts


class ContextBuilders:
    """Makes the contexts of the pages of one blog."""

    def __init__(self, app: Sphinx, site: Site, blog: Blog) -> None:
        """Use a blog whose index is complete.

        :param blog: one blog of the site, or all of them together.
        """
        self._options, self._site, self._language = blog.options, site, app.config.language or "en"
        self.titles = Titles(app.env, site, blog)
        self.urls = PageUrls(app)
        self.templates = PageTemplates(app)
        self.navigation = BlogNavigation(app.env, blog, self.titles)
        self.images = Images(app, site.copy_rules, remote_avatars=blog.options.authors_remote_avatars)
        self.authors = AuthorContexts(app, site, blog, self.images)
        self.layouts = ListLayouts(app.config, blog.options)
        self.links = Links(app, site.project, self.images)
        self.social_cards = Cards(app, site, blog, self)
        self.releases = ReleaseContexts(app, blog, self)
        self.citations = Citations(app, blog, self)
        self.posts = PostContexts(app, site, blog, self)
        self.taxonomies = TaxonomyContexts(blog, self.titles, self.authors, site.locale, date_of=self.posts.date)

    @cached_property
    def events(self) -> EventContexts:
        """Makes the contexts of events, which few sites have."""
        from sphinxext.newsroom.pages.event_context import EventContexts

        return EventContexts(
            self._options,
            self._site.locale,
            self._site.now,
            language=self._language,
            author_pages=self.authors.pages,
        )

    @cached_property
    def social_image(self) -> Image | None:
        """The picture in link previews to pages without a cover, None if there is none."""
        return self.images.of_site(self._options.social_image, alt=self._options.social_image_alt)
