"""Render the body and the head of each page of the blog with templates, into the context of the theme's page.

The theme's own ``page.html`` shows them, so that they work with any theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from markupsafe import escape

from sphinxext.newsroom.ablog.pages import page_context, template_of
from sphinxext.newsroom.ablog.site_templates import POSTCARD, POSTNAVY
from sphinxext.newsroom.blog.pagination import ListPage
from sphinxext.newsroom.excerpts.sphinx_excerpt_from_html import RenderedPostBuilder
from sphinxext.newsroom.pages.deprecated_names import with_old_keys
from sphinxext.newsroom.pages.events import EVENT_MARK, event_words
from sphinxext.newsroom.pages.head import EMPTY_HEAD, Metadata
from sphinxext.newsroom.pages.jinja import path_to_root, render
from sphinxext.newsroom.pages.list_context import TEMPLATES
from sphinxext.newsroom.pages.list_entries import ListEntries
from sphinxext.newsroom.pages.list_intro import NO_TITLE
from sphinxext.newsroom.pages.post_title import lift_title
from sphinxext.newsroom.pages.theme_context import ThemeContext, numbered_title
from sphinxext.newsroom.utils.html import inline_html, text_of
from sphinxext.newsroom.utils.html_links import resolve_root, root_relative
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinxext.newsroom.ablog.site_templates import SiteTemplates
    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders
    from sphinxext.newsroom.pages.list_context import FeedLinks, ListContexts

POST_TEMPLATE = "newsroom/post.html"


class Renderer:
    """Renders the pages of one blog."""

    def __init__(
        self,
        app: Sphinx,
        site: Site,
        section: BlogSection,
        *,
        pages: ContextBuilders,
        lists: ListContexts,
        views: Mapping[str, View],
        feeds: FeedLinks,
        templates: SiteTemplates,
    ) -> None:
        """Prepare for an application.

        :param views: every page of the blog that is not a post, by pagename.
        :param templates: what the site has of ABlog's templates.
        """
        self._app, self._site, self._section = app, site, section
        self._pages, self._lists, self._views, self._feeds = pages, lists, views, feeds
        self._templates = templates
        self._metadata = Metadata(app, pages.urls, pages.citations)
        self._post_renderer = RenderedPostBuilder(app, section.options)
        self.list_entries = ListEntries(app, site, section.options, render=self._render)
        """The posts in lists."""
        self.theme = ThemeContext(app, section.blog, permalinks=site.project.permalinks)
        """The theme's part of the context of these pages."""

    # -- Posts

    def lift_title(self, doctree: nodes.document, docname: str) -> None:
        """Take the title out of a document whose title the template shows.

        :param doctree: a document about to be written, changed in place.
        """
        is_post = self._section.options.post_header and self.single_post(docname) is not None
        view = self._views.get(docname)
        # The list of an author's posts is headed by the author, whose name the document has for a title.
        is_author = isinstance(view, ListPage) and view.kind == "author"
        if builds_html_pages(self._app.builder) and (is_post or is_author):
            lift_title(doctree)

    def single_post(self, docname: str) -> Post | None:
        """Return the post that a document is, None if it is none or holds several."""
        keys = self._section.blog.by_docname.get(docname, ())
        return self._section.blog.posts[keys[0]] if keys == (docname,) else None

    def add_context(self, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        """Put our part into the context of a page.

        :param context: its context, changed in place.
        :param doctree: its document, None for a generated page.
        """
        if doctree is None:
            return
        if pagename in self._section.blog.by_docname:
            self._add_post(pagename, context)
        elif (view := self._views.get(pagename)) is not None:
            self._add_list(view, context)

    def _add_post(self, docname: str, context: dict[str, Any]) -> None:
        titles = self._app.env.titles
        heading = titles[docname].astext() if docname in titles else NO_TITLE
        rendered_posts = self._save_rendered_posts(docname, context, heading)
        if (post := self.single_post(docname)) is None:
            return
        data, rendered_post = self._pages.posts.page(post), rendered_posts[post.key]
        if heading == NO_TITLE:
            context["title"] = str(escape(post.title))
        self.theme.choose_columns_of_post(post, context)
        view = self._post_context(post, data, rendered_post, context)
        template = self._pages.templates.choose(post.front_matter.template, usual=POST_TEMPLATE)
        context["body"] = self._render(template, context, view=view, usual=POST_TEMPLATE)
        context["newsroom_post"] = with_old_keys(self._app, view)
        self.theme.add_post(post, data, context)
        context["newsroom_head"] = self._metadata.post(
            post,
            data,
            context,
            headline=text_of(rendered_post.title) or post.title,
            description=post.front_matter.description or rendered_post.description,
            words=rendered_post.words,
            minutes=view["minutes"],
        )

    def _save_rendered_posts(self, docname: str, context: dict[str, Any], heading: str) -> dict[str, RenderedPost]:
        """Save what lists and feeds show of the posts of a document."""
        rendered_posts: dict[str, RenderedPost] = {}
        for key in self._section.blog.by_docname[docname]:
            post = self._section.blog.posts[key]
            title = self._pages.titles.of_post(post)
            title = context["title"] if heading == title else str(escape(title))
            rendered_posts[key] = self._post_renderer.make(post, context["body"], title=title)
        self._site.rendered_posts.save(docname, rendered_posts)
        return rendered_posts

    def _post_context(
        self, post: Post, data: context_types.PostData, rendered_post: RenderedPost, context: dict[str, Any]
    ) -> context_types.PostContext:
        options, templates = self._section.options, self._templates
        # Where a template of the site shows them already, we do not.
        has_own_byline = templates.makes_head(post.docname, context)
        has_own_adjacent_posts = templates.shows(POSTNAVY, post.docname, context)
        minutes = rendered_post.minutes if options.post_readtime else None
        citations = self._pages.citations
        return {
            **data,
            "citation_html": rendered(citations.formatter.format(data["citation"]["item"])) if data["citation"] else "",
            "reference_list": [rendered(entry) for entry in citations.reference_list(post, context["body"])],
            "title": rendered(inline_html(context["title"])),
            "minutes": data["minutes"] or minutes,
            "words": rendered_post.words,
            "body": rendered(context["body"]),
            "bios": [_with_links(author, context) for author in data["bios"]],
            "has_header": options.post_header,
            "has_footer": options.post_footer,
            "has_byline": not has_own_byline,
            "has_adjacent_posts": not has_own_adjacent_posts,
            "postcard": None if has_own_byline else self._ablog_part(POSTCARD, context),
            "postnavy": None if has_own_adjacent_posts else self._ablog_part(POSTNAVY, context),
        }

    def _ablog_part(self, template: str, context: Mapping[str, Any]) -> str | None:
        """Return what the site's own copy of a template of ABlog's makes, None if it has none."""
        if template not in self._templates.own:
            return None
        return rendered(html_builder(self._app).templates.render(template, dict(context)))

    # -- Lists

    def _add_list(self, view: View, context: dict[str, Any]) -> None:
        """Put a list below the intro that somebody wrote."""
        if self.own_template(view):
            self.fill_for_site(view, context)
            return
        intro = context["body"]
        if self._section.options.pagination_keep_content:
            page_url = self._app.builder.get_target_uri(view.pagename)
            self._site.rendered_posts.save_intro(view.pagename, root_relative(intro, page_url))
        self._fill(view, context, intro=intro)

    def add_generated(self, context: dict[str, Any]) -> None:
        """Make the body of a list page that no document represents.

        :param context: the context of the page, as :meth:`.SiteWriter.collect_pages` gave it.
        """
        if (view := context.pop("newsroom_view", None)) is None:
            return
        if self.own_template(view):
            self.fill_for_site(view, context)
        else:
            self._fill(view, context)

    def own_template(self, view: View) -> str:
        """Return the template of the site that makes a page of a list, empty if that is made by ours."""
        return template_of(self._app, view, self._templates.own)

    def fill_for_site(self, view: View, context: dict[str, Any]) -> None:
        """Tell a template of the site what ABlog would tell it of a page.

        :param context: the context of the page, changed in place.
        """
        data = self._lists.of(view)
        own = page_context(self._app, view)
        self.theme.add_list(view, data, context)
        context["newsroom_head"] = self._metadata.view(view, data, context, title=data["title"])
        context |= own

    def _fill(self, view: View, context: dict[str, Any], *, intro: str | None = None) -> None:
        data = self._lists.of(view)
        self.theme.add_list(view, data, context)
        self.fill(view, data, context, intro=intro)

    def fill(
        self,
        view: View,
        data: context_types.ViewData,
        context: dict[str, Any],
        *,
        intro: str | None = None,
    ) -> None:
        """Render the body of a list page, and the metadata in its head.

        :param context: the context of the page, changed in place.
        :param intro: the text above the list; None for what is repeated of it on later pages.
        """
        if intro is None:
            intro = resolve_root(self.repeated_intro(view), path_to_root(context))
        context["newsroom_head"] = self._metadata.view(view, data, context, title=numbered_title(view, data["title"]))
        shown: dict[str, Any] = {**data, "intro": rendered(intro)}
        if isinstance(view, ListPage):
            shown["entries"] = self.list_entries.of_page(cast("context_types.ListData", data), context)
        if data["author"]:
            shown["author"] = _with_links(data["author"], context)
        context["body"] = self._render(data["template"], context, view=shown, usual=TEMPLATES[type(view)])

    # -- Intros

    def repeated_intro(self, view: View) -> str:
        """Return the intro of a list that is repeated on its later pages, with links from the root of the site."""
        first = self.intro_document(view)
        return (self._site.rendered_posts.load_intro(first) or "") if first else ""

    def intro_document(self, view: View) -> str:
        """Return the document whose text a later page of a list repeats, empty if it repeats none."""
        if not (isinstance(view, ListPage) and view.number > 1 and self._section.options.pagination_keep_content):
            return ""
        return view.first if view.first in self._app.env.found_docs else ""

    # -- Rendering

    def _render(self, template: str, context: Mapping[str, Any], usual: str = "", **data: Any) -> str:
        feed = next(iter(self._feeds.of_blog), None)
        return render(self._app, template, context, usual=usual, feed=feed, **data)


def _with_links(author: context_types.AuthorWithBio, context: Mapping[str, Any]) -> context_types.AuthorWithBio:
    """Return an author whose bio has links as the page sees them."""
    return {**author, "bio": rendered(resolve_root(author["bio"], path_to_root(context)))}


def head_html(
    app: Sphinx, context: dict[str, Any], feeds: Iterable[context_types.Feed], *, event_assets: Sequence[str] = ()
) -> str:
    """Return the metadata in the head of a page.

    :param context: the context of the page; what was put there for this is taken out.
    :param feeds: the feeds that the page announces.
    :param event_assets: the style sheet and the script of pages that show events, if the site has any.
    """
    page: context_types.PageHead = context.pop("newsroom_head", None) or EMPTY_HEAD
    shows_events = bool(event_assets) and EVENT_MARK in str(context.get("body", ""))
    head: context_types.HeadContext = {
        **page,
        "feeds": [*feeds],
        "event_assets": [*event_assets] if shows_events else [],
        "event_words": event_words() if shows_events else "",
    }
    return render(app, "newsroom/head.html", context, head=head)
