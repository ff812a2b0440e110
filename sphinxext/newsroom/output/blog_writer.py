"""Write the pages and feeds of one blog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext.newsroom.ablog.pages import is_list_of_ablog
from sphinxext.newsroom.ablog.site_templates import COLLECTION
from sphinxext.newsroom.blog.pagination import SubscribePage, build_views
from sphinxext.newsroom.directives.post_list import documents_with_lists
from sphinxext.newsroom.environment.post_source import list_documents
from sphinxext.newsroom.feeds.sphinx_feeds import Feeds
from sphinxext.newsroom.pages.context_builders import ContextBuilders
from sphinxext.newsroom.pages.list_context import ListContexts
from sphinxext.newsroom.pages.renderer import Renderer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.ablog.site_templates import SiteTemplates
    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.feeds.sphinx_plan import FeedPlans


@dataclass(frozen=True, kw_only=True, slots=True)
class BlogWriter:
    """Writes one blog of the site."""

    section: BlogSection
    pages: ContextBuilders
    views: Mapping[str, View]
    lists: ListContexts
    renderer: Renderer
    feeds: Feeds

    @property
    def pagenames(self) -> tuple[str, ...]:
        """Its pages: posts and lists."""
        return (*self.section.blog.by_docname, *self.views)


def make_blog_writer(
    app: Sphinx, site: Site, section: BlogSection, plans: FeedPlans, templates: SiteTemplates
) -> BlogWriter:
    """Return what writes a blog.

    :param app: the application.
    :param site: its site.
    :param section: the blog, its index complete.
    :param plans: the feeds of all blogs.
    :param templates: what the site has of ABlog's templates.
    """
    pages = ContextBuilders(app, site, section.blog)
    planned = plans.of(section)
    made = build_views(
        section.blog,
        title=section.options.title,
        has_feeds=bool(planned),
        with_own_list=_with_own_list(app, site, section),
        whole=lambda kind, pagename: COLLECTION in templates.own and is_list_of_ablog(kind, pagename, app),
    )
    views = {view.pagename: view for view in made}
    pages.navigation.subscribe = next((name for name, view in views.items() if isinstance(view, SubscribePage)), "")
    feeds = Feeds(app, site, section, pages=pages, planned=planned)
    lists = ListContexts(section.blog, pages, feeds=feeds)
    renderer = Renderer(app, site, section, pages=pages, lists=lists, views=views, feeds=feeds, templates=templates)
    return BlogWriter(
        section=section,
        pages=pages,
        views=views,
        lists=lists,
        renderer=renderer,
        feeds=feeds,
    )


def _with_own_list(app: Sphinx, site: Site, section: BlogSection) -> AbstractSet[str]:
    """Return the documents below which no posts are shown: they list posts by a directive, or the site wants it so."""
    env, shows = app.env, section.options.list_posts
    if shows is None:
        return list_documents(env) | documents_with_lists(env)
    return frozenset() if shows else env.found_docs - site.project.generated
