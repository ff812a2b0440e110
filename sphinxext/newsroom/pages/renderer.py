"""Render the body and the head of each page of the blog with templates, into the context of the theme's page.

The theme's own ``page.html`` shows them, so that they work with any theme.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from docutils import nodes
from markupsafe import escape
from sphinx.util.matching import patmatch

from sphinxext.newsroom.ablog.pages import page_context, template_of
from sphinxext.newsroom.ablog.site_templates import POSTCARD, POSTNAVY
from sphinxext.newsroom.ablog.urls import list_urls
from sphinxext.newsroom.blog.pagination import ListPage, Overview, SubscribePage
from sphinxext.newsroom.excerpts.rules import with_named_words
from sphinxext.newsroom.excerpts.sphinx_rendered_post import PostRenderer
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.context import path_to_root
from sphinxext.newsroom.pages.deprecated_names import with_old_keys
from sphinxext.newsroom.pages.head import Metadata
from sphinxext.newsroom.pages.jinja import path_from_root, render
from sphinxext.newsroom.pages.list_intro import NO_TITLE
from sphinxext.newsroom.pages.navigation import lead_to_index
from sphinxext.newsroom.pages.sidebar_patterns import sidebars_by_name
from sphinxext.newsroom.pages.theme import HIDES_CONTENTS
from sphinxext.newsroom.utils.html import inline_html, text_of
from sphinxext.newsroom.utils.html_links import resolve_root, root_relative
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup
    from sphinx.application import Sphinx

    from sphinxext.newsroom.ablog.site_templates import SiteTemplates
    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context import Pages

# What pydata-sphinx-theme shows in its left column; its header leads through the site.
CHAPTER_NAVIGATION = ("sidebar-collapse", "sidebar-nav-bs")
# The template of one post in each look of a list.
ENTRIES = {"list": "entry", "cards": "card", "table": "table_row"}

# The template of a page of a list, of overviews and of the list of feeds, unless the page asks for another.
USUAL_OF_VIEWS: Mapping[type, str] = {
    ListPage: "newsroom/list.html",
    Overview: "newsroom/overview.html",
    SubscribePage: "newsroom/subscribe.html",
}


class post_title(nodes.title):  # noqa: N801 - docutils finds visitors by the name of the class
    """The title of a post in a document about to be written: searched like any title, but shown by our template."""


def skip_title(_translator: Any, _node: post_title) -> None:
    """Leave the title out of the text."""
    raise nodes.SkipNode


class FeedLinks(Protocol):
    """Tells which feeds a page leads to, each as ``{path, title, type, format, changed}``."""

    @property
    def of_blog(self) -> list[dict[str, str]]:
        """The feeds of all posts."""

    def of_page(self, pagename: str) -> list[dict[str, str]]:
        """Return the feeds that hold what a page lists."""

    def groups(self) -> list[dict[str, Any]]:
        """Return the feeds of collections, by taxonomy."""


class Renderer:
    """Renders the pages of one build."""

    def __init__(
        self,
        app: Sphinx,
        site: Site,
        section: BlogSection,
        *,
        pages: Pages,
        views: Mapping[str, View],
        feeds: FeedLinks,
        templates: SiteTemplates,
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        :param section: the blog.
        :param pages: what the pages show.
        :param views: the lists, by pagename.
        :param feeds: its feeds.
        :param templates: what the site has of ABlog's templates.
        """
        self.templates = templates
        self.app, self.site, self.section = app, site, section
        self.pages, self.views, self.feeds = pages, views, feeds
        self.subscribe = next((view.pagename for view in views.values() if isinstance(view, SubscribePage)), "")
        self.metadata = Metadata(app, pages)
        self._rendered_posts = PostRenderer(app, section.options)
        self._entries: dict[tuple[Any, ...], str] = {}

    # -- Pages of documents

    def lift_title(self, doctree: nodes.document, docname: str) -> None:
        """Take the title of a post out of its text; the template shows it above author and date.

        :param doctree: a document about to be written.
        :param docname: its name.
        """
        is_headed = self.section.options.post_header and self.single_post(docname)
        if not builds_html_pages(self.app.builder) or not (is_headed or self._author_list(docname)):
            return
        title = next(iter(doctree.findall(nodes.title)), None)
        if title is not None and isinstance(title.parent, nodes.section) and title.parent.parent is doctree:
            title.replace_self(post_title(title.rawsource, "", *title.children, **title.attributes))

    def _author_list(self, docname: str) -> bool:
        """Return whether a document stands above the posts of an author, whose name it has for a title."""
        view = self.views.get(docname)
        return isinstance(view, ListPage) and view.kind == "author"

    def single_post(self, docname: str) -> Post | None:
        """Return the post that a document is, None if it is none or holds several.

        :param docname: the document.
        """
        keys = self.section.blog.by_docname.get(docname, ())
        return self.section.blog.posts[keys[0]] if keys == (docname,) else None

    def add_context(self, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        """Put our part into the context of a page.

        :param pagename: the page.
        :param context: its context, changed in place.
        :param doctree: its document, None for a generated page.
        """
        if doctree is None:
            return
        if pagename in self.section.blog.by_docname:
            self._add_post(pagename, context)
        elif (view := self.views.get(pagename)) is not None:
            self._add_view(view, context)

    def _add_post(self, docname: str, context: dict[str, Any]) -> None:
        body, titles = context["body"], self.app.env.titles
        heading = titles[docname].astext() if docname in titles else NO_TITLE
        rendered_posts: dict[str, RenderedPost] = {}
        for key in self.section.blog.by_docname[docname]:
            post = self.section.blog.posts[key]
            title = self.pages.title_of(post)
            title = context["title"] if heading == title else str(escape(title))
            rendered_posts[key] = self._rendered_posts.make(post, body, title=title)
        self.site.rendered_posts.save(docname, rendered_posts)
        if (single := self.single_post(docname)) is None:
            return
        post = single
        rendered_post = rendered_posts[post.key]
        data = self.pages.post(post)
        minutes = post.front_matter.readtime or (rendered_post.minutes if self.section.options.post_readtime else None)
        if heading == NO_TITLE:
            context["title"] = str(escape(post.title))
        if "toc" in post.front_matter.hide:
            context["meta"] = {**(context.get("meta") or {}), **HIDES_CONTENTS}
        hidden = "navigation" in post.front_matter.hide
        if hidden or docname in self.site.project.permalinks:
            # A page that was declared to be a post stands where its author put it, among chapters perhaps.
            self._choose_sidebars(docname, context, hidden=hidden)
        view = {
            **data,
            **self._parts_of_site(docname, context),
            "title": rendered(inline_html(context["title"])),
            "minutes": minutes,
            "words": rendered_post.words,
            "body": rendered(body),
            "bios": self._with_bios(data["bios"], context),
        }
        template = self.pages.template(post.front_matter.template, "newsroom/post.html")
        context["body"] = self._render(template, context, view=view, usual="newsroom/post.html")
        context["newsroom_post"] = with_old_keys(self.app, view)
        context["prev"] = context["next"] = None
        if not context.get("parents"):
            context["parents"] = self._parents(data, context)
        lead_to_index(context, self.section.blog.index)
        if post.front_matter.title:
            context["title"] = str(escape(post.front_matter.title))
        if post.front_matter.canonical_link:
            context["pageurl"] = post.front_matter.canonical_link
        context["newsroom_head"] = self.metadata.post(
            post,
            data,
            context,
            headline=text_of(rendered_post.title) or post.title,
            description=post.front_matter.description or rendered_post.description,
            words=rendered_post.words,
            minutes=minutes,
        )

    def _parts_of_site(self, docname: str, context: Mapping[str, Any]) -> dict[str, Any]:
        """Return which parts of a post the templates of the site make, and what they show where they stand in our place."""
        options, templates = self.section.options, self.templates
        has_facts, has_neighbours = (
            templates.makes_head(docname, context),
            templates.shows(POSTNAVY, docname, context),
        )

        def made(template: str, is_placed: bool) -> Markup | None:
            if is_placed or template not in templates.own:
                return None
            return rendered(html_builder(self.app).templates.render(template, dict(context)))

        return {
            "has_header": options.post_header,
            "has_footer": options.post_footer,
            "has_byline": not has_facts,
            "has_adjacent_posts": not has_neighbours,
            "postcard": made(POSTCARD, has_facts),
            "postnavy": made(POSTNAVY, has_neighbours),
        }

    @staticmethod
    def _with_bios(authors: Iterable[Mapping[str, Any]], context: dict[str, Any]) -> list[dict[str, Any]]:
        """Put in what authors say about themselves, with links as the page sees them."""
        root = path_to_root(context)
        return [{**author, "bio": rendered(resolve_root(author["bio"], root))} for author in authors]

    def _parents(self, data: Mapping[str, Any], context: Mapping[str, Any]) -> list[dict[str, str]]:
        """Return the breadcrumbs of a page of the blog."""
        home, index = self.app.config.root_doc, self.section.blog.index
        pages = {page: title for page, title in data["breadcrumbs"] if page != home or page == index}
        if above := data.get("overview"):
            pages[above["page"]] = above["title"]
        return [{"link": context["pathto"](page), "title": str(escape(title))} for page, title in pages.items()]

    def _choose_sidebars(
        self, pagename: str, context: dict[str, Any], *, former: Iterable[str] = (), hidden: bool = False
    ) -> None:
        """Choose sidebars by ABlog's name of a page, too, and leave out the navigation inside a chapter.

        That would be empty in the blog; it stays where the site asks for it.
        """
        if hidden:
            context["sidebars"] = []
            return
        named = sidebars_by_name(self.app.config.html_sidebars, pagename, former)
        if named is not None:
            context["sidebars"] = named
        patterns = [pattern for pattern in self.app.config.html_sidebars if pattern != "**"]
        if not any(patmatch(name, pattern) for name in (pagename, *former) for pattern in patterns):
            context["sidebars"] = [
                name for name in context.get("sidebars", ()) if name.removesuffix(".html") not in CHAPTER_NAVIGATION
            ]

    def former_names(self, view: View) -> Iterable[str]:
        """Return the names that ABlog has for a list.

        :param view: a page of the list.
        """
        first = view.first if isinstance(view, ListPage) else view.pagename
        return self._former_names.get(first, ())

    @cached_property
    def _former_names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        if self.app.config.html_sidebars:
            for former, pagename, _title in list_urls(self.section.blog, self.app.config):
                names.setdefault(pagename, []).append(former)
        return names

    # -- Pages of lists

    def _add_view(self, view: View, context: dict[str, Any]) -> None:
        """Put a list below the text that somebody wrote above it."""
        if self.own_template(view):
            self.fill_for_site(view, context)
            return
        head = context["body"]
        if self.section.options.pagination_keep_content:
            page_url = self.app.builder.get_target_uri(view.pagename)
            self.site.rendered_posts.save_intro(view.pagename, root_relative(head, page_url))
        self._fill(view, context, head=head)

    def own_template(self, view: View) -> str:
        """Return the template of the site that makes a page of a list, empty if that is made by ours.

        :param view: the page.
        """
        return template_of(self.app, view, self.templates.own)

    def fill_for_site(self, view: View, context: dict[str, Any]) -> None:
        """Tell a template of the site what ABlog would tell it of a page.

        :param view: the page.
        :param context: the context of the page, changed in place.
        """
        data = self.data_of(view)
        own = page_context(self.app, view)
        self.frame(view, data, context)
        context["newsroom_head"] = self.metadata.view(view, data, context, title=data["title"])
        context |= own

    def _fill(self, view: View, context: dict[str, Any], *, head: str | None = None) -> None:
        data = self.data_of(view)
        self.frame(view, data, context)
        self.fill(view, data, context, head=head)

    def frame(self, view: View, data: Mapping[str, Any], context: dict[str, Any]) -> None:
        """Say what the theme shows around a list.

        :param view: a page of the list.
        :param data: what it shows.
        :param context: the context of the page, changed in place.
        """
        if not data["has_heading"] or (isinstance(view, ListPage) and view.number > 1):
            context["title"] = str(escape(_title(view, data)))
        if data.get("has_toc"):
            context["toc"] = self._render("newsroom/partials/toc.html", context, view=data)
            context["display_toc"] = True
        else:
            context["meta"] = {**(context.get("meta") or {}), **HIDES_CONTENTS}
        context["prev"] = context["next"] = None
        if view.pagename != self.section.blog.index:
            context["parents"] = self._parents(data, context)
            lead_to_index(context, self.section.blog.index)
        hidden = "navigation" in data["hide"]
        self._choose_sidebars(view.pagename, context, former=self.former_names(view), hidden=hidden)

    def fill(self, view: View, data: Mapping[str, Any], context: dict[str, Any], *, head: str | None = None) -> None:
        """Make the body of a list page, and say what programs read in its head.

        :param view: the page.
        :param data: what it shows.
        :param context: the context of the page, changed in place.
        :param head: the text above the list; None for what is repeated of it on later pages.
        """
        if head is None:
            head = resolve_root(self.kept_head(view), path_to_root(context))
        context["newsroom_head"] = self.metadata.view(view, data, context, title=_title(view, data))
        shown = self._with_entries(data, context) if isinstance(view, ListPage) else data
        if shown.get("author"):
            [author] = self._with_bios([shown["author"]], context)
            shown = {**shown, "author": author}
        shown = {**shown, "intro": rendered(head)}
        context["body"] = self._render(data["template"], context, view=shown, usual=USUAL_OF_VIEWS[type(view)])

    def data_of(self, view: View) -> dict[str, Any]:
        """Return what a page shows that is no post, but for what is only known once posts are rendered.

        :param view: the page.
        """
        if isinstance(view, ListPage):
            own = [] if view.kind == "index" else self.feeds.of_page(view.first)
            return {**self.pages.list_page(view), "feeds": own, **self._ways}
        if isinstance(view, SubscribePage):
            feeds = {"feeds": self.feeds.of_blog, "groups": self.feeds.groups()}
            return {**self.pages.subscribe_page(view), **feeds, **self._ways}
        return {**self.pages.overview(view), **self._ways}

    @property
    def _ways(self) -> dict[str, Any]:
        return {"subscribe": self.subscribe, "has_navigation": self.section.options.list_navigation}

    def _with_entries(self, data: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
        """Put the rendered posts into a list page, with links as the page sees them."""
        root = path_to_root(context)
        entries = [
            {**entry, "html": rendered(resolve_root(self.entry_html(entry, data, context), root))}
            for entry in data["entries"]
        ]
        return {**data, "entries": entries}

    def entry_html(self, entry: Mapping[str, Any], data: Mapping[str, Any], context: Mapping[str, Any]) -> str:
        """Return a post as all lists of one look show it, with links from the root of the site; it is rendered once.

        :param entry: the post, as :meth:`Pages.list_entry` gives it.
        :param data: the list, as :meth:`Pages.shown` describes its look.
        :param context: what templates get.
        """
        # Of a bare post, nothing is shown that is only known once it is rendered.
        is_bare = entry.get("bare", False)
        key = (entry["key"], is_bare, data["fingerprint"])
        if key not in self._entries:
            rendered_post = None if is_bare else self.site.rendered_posts.load(entry["page"]).get(entry["key"])
            shown = {
                **entry,
                "title": entry["plain_title"],
                "excerpt": "",
                "summary": "",
                "has_more": True,
                "has_images": False,
            }
            if rendered_post is not None:
                minutes = rendered_post.minutes if self.section.options.post_readtime else None
                has_images = rendered_post.more and "<img" in rendered_post.excerpt
                shown |= {
                    "title": rendered(rendered_post.title),
                    "excerpt": rendered(
                        with_named_words(rendered_post.excerpt) if has_images else rendered_post.excerpt
                    ),
                    "has_images": has_images,
                    "has_more": rendered_post.more,
                    "minutes": entry["minutes"] or minutes,
                    "summary": entry["description"] or rendered_post.description,
                }
            context = {**context, "pathto": path_from_root(self.app)}
            template = f"newsroom/partials/{ENTRIES[data['layout']]}.html"
            self._entries[key] = self._render(template, context, view=data, post=shown)
        return self._entries[key]

    def fill_generated(self, context: dict[str, Any]) -> None:
        """Make the body of a list page that no document stands for.

        :param context: the context of the page, as :meth:`collect_pages` gave it.
        """
        if (view := context.pop("newsroom_view", None)) is None:
            return
        if self.own_template(view):
            self.fill_for_site(view, context)
        else:
            self._fill(view, context)

    def kept_head(self, view: View) -> str:
        """Return the text above a list that is repeated on its later pages, with links from the root of the site.

        :param view: a page of the list.
        """
        first = self.headed_by(view)
        return (self.site.rendered_posts.load_intro(first) or "") if first else ""

    def headed_by(self, view: View) -> str:
        """Return the document whose text a later page of a list repeats, empty if it repeats none.

        :param view: a page of the list.
        """
        if not (isinstance(view, ListPage) and view.number > 1 and self.section.options.pagination_keep_content):
            return ""
        return view.first if view.first in self.app.env.found_docs else ""

    # -- Rendering

    def _render(self, template: str, context: Mapping[str, Any], usual: str = "", **data: Any) -> str:
        feed = next(iter(self.feeds.of_blog), None)
        return render(self.app, template, context, usual=usual, feed=feed, **data)


def _title(view: View, data: Mapping[str, Any]) -> str:
    """Return the title of a page of a list, with its number on later ones."""
    title: str = data["title"]
    number = view.number if isinstance(view, ListPage) else 1
    return title if number == 1 else _("%(title)s – page %(number)d") % {"title": title, "number": number}


def head_html(app: Sphinx, context: dict[str, Any], feeds: list[dict[str, str]]) -> str:
    """Return what programs read in the head of a page.

    :param app: the application.
    :param context: the context of the page; what was put there for this is taken out.
    :param feeds: path, title and type of each feed that the page announces.
    """
    return render(app, "newsroom/head.html", context, head={"feeds": feeds, **context.pop("newsroom_head", {})})
