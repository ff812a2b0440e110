"""Coordinate writing: which pages have to be written, in which order, and which files are obsolete."""

from __future__ import annotations

from collections import ChainMap
from functools import partial
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinxext.newsroom.ablog.environment import env_drafts
from sphinxext.newsroom.ablog.index import AblogIndex, add_ablog, blog_of, find_ablog_index
from sphinxext.newsroom.ablog.site_templates import SiteTemplates
from sphinxext.newsroom.backlinks.sphinx_stale import get_stale_references
from sphinxext.newsroom.blog.pagination import ListPage, ReleasesPage
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.directives.ablog_postlist import excerpt_paragraphs
from sphinxext.newsroom.directives.mentions import domain_problems, mention_feeds
from sphinxext.newsroom.environment.post_source import list_documents, post_links
from sphinxext.newsroom.feeds.sphinx_plan import FeedPlans, extra_file
from sphinxext.newsroom.output.blog_writer import make_blog_writer
from sphinxext.newsroom.output.cleanup import remove_file, remove_page, remove_source
from sphinxext.newsroom.output.files import OutputFiles, page_file, page_files
from sphinxext.newsroom.output.fingerprints import Fingerprints, fingerprint_of_site
from sphinxext.newsroom.output.layout_cache import PAGE, LayoutCache
from sphinxext.newsroom.output.missing_targets import Checks
from sphinxext.newsroom.output.not_found_page import NOT_FOUND, find_not_found_page
from sphinxext.newsroom.output.outdated_documents import find_outdated_documents
from sphinxext.newsroom.output.outdated_lists import OutdatedLists
from sphinxext.newsroom.output.redirects import keeps_ablog_urls
from sphinxext.newsroom.output.search_index import record_files
from sphinxext.newsroom.output.source_links import link_to_source
from sphinxext.newsroom.output.write_order import WriteOrder
from sphinxext.newsroom.pages.announcement import add_announcement, find_announcement
from sphinxext.newsroom.pages.comments import add_comments
from sphinxext.newsroom.pages.hidden_parts import hide_parts
from sphinxext.newsroom.pages.renderer import head_html
from sphinxext.newsroom.pages.sidebars import Sidebars
from sphinxext.newsroom.pages.titles import Titles
from sphinxext.newsroom.references.domain import get_domain
from sphinxext.newsroom.releases.sphinx_releases import get_releases
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_atomic import remove_new_files
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder
from sphinxext.newsroom.utils.sphinx_events import BLOG_READY
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.urls import absolute_url

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.output.blog_writer import BlogWriter
    from sphinxext.newsroom.output.not_found_page import NotFoundPage
    from sphinxext.newsroom.pages.context_types import Announcement, Feed
    from sphinxext.newsroom.problems import Problem


logger = logging.getLogger(__name__)
RELATIVE_FEEDS = "newsroom: feeds have relative links; set html_baseurl to the URL of the site for complete ones."


class SiteWriter:
    """Writes the blogs of one build."""

    fingerprints: Fingerprints
    """Made when all documents are read, as :attr:`write_order` is."""
    write_order: WriteOrder
    outdated_lists: OutdatedLists
    not_found_page: NotFoundPage | None
    files: OutputFiles

    def __init__(self, app: Sphinx, site: Site) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        """
        self.app, self.site = app, site
        self.blog_writers: tuple[BlogWriter, ...] = ()
        self.writers_by_page: dict[str, BlogWriter] = {}
        """The writer of each page of a blog."""
        self.views: dict[str, View] = {}
        """The pages of lists, of all blogs."""
        self.sidebars = Sidebars(app, site)
        self.announcement: Announcement | None = None
        self._generated_pages: set[str] = set()
        """The pages without a document that this build has written, those of other extensions among them."""

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has changed since the last build."""
        return bool(self.blog_writers) and self.fingerprints.is_unchanged

    # -- Before writing

    def complete(self, env: BuildEnvironment) -> list[str]:
        """Complete the index, and return the documents that have to be written again because what they show has changed.

        :param env: the environment, all documents read.
        """
        if not self.site.options.enabled:
            return []
        self.site.complete(env)
        self.app.emit(BLOG_READY, self.site.blog)
        titles = Titles(env, self.site, self.site.blog)
        get_domain(env).fill(self.app, titles)
        plans = FeedPlans(self.app, self.site.sections, keeps_ablog_urls=keeps_ablog_urls(self.site))
        self._share_with_ablog(plans, titles)
        if not builds_html_pages(self.app.builder):
            return []
        plans.add_mentions(self.app, self.site.main, mention_feeds(self.app))
        if plans.are_relative:
            logger.info(RELATIVE_FEEDS)
        templates = SiteTemplates(self.app)
        self._make_blog_writers(plans, templates)
        self.announcement = find_announcement(self.site, titles.of_post)
        self.sidebars.feeds = [blog_writer.feeds.of_blog for blog_writer in self.blog_writers]
        if not self.sidebars.are_sound():
            self.site.manifest.invalidate()
        problems = [
            *self.files.find(env.found_docs | self.writers_by_page.keys()),
            *plans.problems,
            *domain_problems(self.app),
            *get_stale_references(self.app).problems(),
            *get_releases(self.app).index.problems(self.site.reporter.locate),
        ]
        site_wide = self._site_wide_fingerprint(env, templates)
        on_every_page = fingerprint([fingerprint_of_site(self.app, self.writers_by_page.keys()), site_wide])
        self.fingerprints = Fingerprints(
            self.site, env, self.writers_by_page, on_every_page=on_every_page, card_style=self.files.card_style
        )
        self.outdated_lists = OutdatedLists(
            self.app, self.site, self.views, self.fingerprints, self.write_order, feeds_of=self._head_feeds
        )
        indexes = [blog_writer.pages.navigation.index for blog_writer in self.blog_writers]
        self.not_found_page = find_not_found_page(
            self.app, self.site.options, indexes, on_every_page=self.fingerprints.on_every_page
        )
        self._mark_orphans(env)
        self._report(problems)
        self._begin_manifest()
        return find_outdated_documents(self.app, env, self.fingerprints, site_wide, lists=self.views.keys())

    def _share_with_ablog(self, plans: FeedPlans, titles: Titles) -> None:
        """Give ABlog's directives, sidebars and templates the index."""
        site = self.site
        now = site.now.astimezone(site.zone)
        index = AblogIndex(
            self.app,
            site.blog,
            feed=plans.main(site.main),
            title_of=titles.of_post,
            excerpt_of=partial(excerpt_paragraphs, self.app),
            now=now,
        )
        build_state(self.app).ablog = index
        index.share()

    def _make_blog_writers(self, plans: FeedPlans, templates: SiteTemplates) -> None:
        self.blog_writers = tuple(
            make_blog_writer(self.app, self.site, section, plans, templates) for section in self.site.sections
        )
        self.writers_by_page = {
            name: blog_writer for blog_writer in self.blog_writers for name in blog_writer.pagenames
        }
        self.views = {name: view for blog_writer in self.blog_writers for name, view in blog_writer.views.items()}
        self.write_order = WriteOrder(self.app, self.site, self.writers_by_page, self.views)
        self.files = OutputFiles(self.app, self.site, self.blog_writers)

    def _site_wide_fingerprint(self, env: BuildEnvironment, templates: SiteTemplates) -> str:
        """Return the fingerprint of what every page shows of the blogs."""
        own_templates = [sorted(templates.own), sorted(templates.included)]
        inputs = [
            self.announcement,
            self.sidebars.feeds,
            self.files.calendars.of_blogs,
            self.files.calendars.assets,
            self.files.on_every_page,
            own_templates,
        ]
        # Other posts and lists are only in the navigation on their pages.
        return fingerprint([*inputs, self._posts_in_toctrees(env)])

    def _mark_orphans(self, env: BuildEnvironment) -> None:
        """Silence Sphinx's warnings about posts and lists that no toctree has: the index of the blog leads to them."""
        for pagename in self.writers_by_page.keys() & env.found_docs - {
            section.blog.index for section in self.site.sections
        }:
            env.metadata[pagename].setdefault("orphan", True)

    def _report(self, problems: list[Problem]) -> None:
        if not self.fingerprints.is_unchanged:
            for blog_writer in self.blog_writers:
                problems += Checks(self.app, self.site, blog_writer).problems()
        if problems:
            # Every build reports them, so the next one has to look again.
            self.site.manifest.inputs = ""
        self.site.reporter.report(problems)

    def _begin_manifest(self) -> None:
        """Record what this build may write, before it writes anything, so that nothing of it is ever left over."""
        site = self.site
        names = ["/" + path for path in self.files.plan(self.fingerprints)]
        names += [NOT_FOUND] if self.not_found_page is not None else []
        if not site.manifest.is_complete:
            remove_new_files(self.app)
            self.sidebars.forget()
        # These may have been ordinary pages and files, which the manifest does not have.
        names += [*site.project.removed_documents, *site.removed, *("/" + path for path in site.previously_copied)]
        site.manifest.begin([*self.writers_by_page, *names])
        site.manifest.outputs |= dict.fromkeys(names, "")
        self.files.copy_assets()

    def _posts_in_toctrees(self, env: BuildEnvironment) -> list[Any]:
        """Return the toctrees that name posts, with titles: themes show them, and what comes next, on any page."""
        posts = self.site.blog.by_docname.keys()
        return [
            [docname, [(child, env.titles[child].astext()) for child in children if child in env.titles]]
            for docname, children in sorted(env.toctree_includes.items())
            if not posts.isdisjoint(children) and docname not in posts
        ]

    def write_lists_last(self) -> None:
        """Have documents that show excerpts written after those that the excerpts are from.

        Sphinx writes in the order of names, or several documents at once. The wrapped method is meant to be overridden
        by builders; an extension has no other means of ordering documents.
        """
        builder = self.app.builder
        write_documents = builder.write_documents

        def write_documents_in_groups(docnames: AbstractSet[str]) -> None:
            # Those that turned out to be drafts have been read, so that Sphinx would write them.
            docnames = docnames & self.app.env.found_docs
            if not self.writers_by_page:
                write_documents(docnames)
                return
            self.fingerprints.record_state()
            if len(docnames) > 1 and self.app.parallel > 1:
                blog_of(self.app)  # once, not in every process that writes
            for group in self.write_order.groups(docnames):
                self.write_order.begin(group, docnames)
                write_documents(group)
                self.write_order.record_written(group)
            self.outdated_lists.record_written(docnames)

        builder.write_documents = write_documents_in_groups  # type: ignore[method-assign]

    def index_of(self, pagename: str) -> str | None:
        """Return the index of the blog that a page belongs to, None for any other page.

        :param pagename: the page.
        """
        return self.writers_by_page[pagename].section.blog.index if pagename in self.writers_by_page else None

    # -- Pages

    def lift_title(self, doctree: nodes.document, docname: str) -> None:
        """Take the title of a post out of its text; the template shows it above author and date.

        :param doctree: a document about to be written.
        :param docname: its name.
        """
        if docname in self.writers_by_page:
            self.writers_by_page[docname].renderer.lift_title(doctree, docname)

    def record_generated_page(self, pagename: str) -> None:
        """Note that this build has written a page without a document, perhaps one of another extension.

        :param pagename: the page.
        """
        self._generated_pages.add(pagename)

    def add_context(self, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> str | None:
        """Put our part into the context of a page; return the template of the site that makes it, if one does.

        :param pagename: the page.
        :param context: its context, changed in place.
        :param doctree: its document, None for a generated page.
        """
        if not builds_html_pages(self.app.builder):
            return None
        # Sphinx names the canonical URL where html_baseurl is set; it may be known from elsewhere.
        context["pageurl"] = context.get("pageurl") or self._canonical_url(pagename)
        if (index := find_ablog_index(self.app)) is not None:
            add_ablog(self.app, context, index)
        context["newsroom_sidebar"] = self.sidebars.function(pagename, context)
        if self.announcement is not None:
            add_announcement(self.app, self.announcement, context)
        if (fill := context.pop("newsroom_fill", None)) is not None:
            fill(context)
            return None
        if doctree is not None:
            link_to_source(self.app, pagename, context)
            if any(env_drafts(self.app.env).get(pagename, {}).values()):
                # Its source has the posts in it that were cut out.
                context["sourcename"] = ""
                remove_source(self.app, pagename)
        if (blog_writer := self.writers_by_page.get(pagename)) is not None:
            blog_writer.renderer.add_generated(context)
            blog_writer.renderer.add_context(pagename, context, doctree)
        elif doctree is not None and self.site.mkdocs is not None:
            hide_parts(self.app.env, pagename, context)
        if doctree is not None and self.blog_writers and pagename not in self.views:
            post = blog_writer.renderer.single_post(pagename) if blog_writer is not None else None
            url = self.blog_writers[0].pages.urls.of_page(pagename)
            add_comments(self.app, pagename, context, post=post, url=url)
        context["metatags"] = context.get("metatags", "") + self._head_html(context)
        return (
            (blog_writer.renderer.own_template(view) or None)
            if blog_writer and (view := self.views.get(pagename))
            else None
        )

    def _canonical_url(self, pagename: str) -> str | None:
        uri = html_builder(self.app).get_target_uri(pagename) or "./"
        return absolute_url(base_url(self.app.config), uri) or None

    def _head_html(self, context: dict[str, Any]) -> str:
        assets = self.files.calendars.assets if self.blog_writers else []
        return head_html(self.app, context, self._head_feeds(context["pagename"]), event_assets=assets)

    def _head_feeds(self, pagename: str) -> list[Feed]:
        """Return the feeds and calendars that a page leads programs to, first those of what it lists."""
        if not self.blog_writers:
            return []
        blog_writer, view = self.writers_by_page.get(pagename), self.views.get(pagename)
        if blog_writer is None:
            feeds = [feed for blog_writer in self.blog_writers for feed in blog_writer.feeds.of_blog]
            return [*self.blog_writers[0].feeds.all_of_mentions(pagename), *feeds, *self.files.calendars.of_blogs]
        first = view.first if isinstance(view, ListPage) and view.kind != "index" else ""
        own = blog_writer.feeds.of_page(first) if first else []
        if isinstance(view, ReleasesPage):
            own = blog_writer.feeds.of_page(pagename)
        calendars = self.files.calendars.of_page(blog_writer, pagename, first=first)
        return [*own, *blog_writer.feeds.of_blog, *calendars]

    def feeds_of_mentions(self, docname: str, name: str) -> list[Feed]:
        """Return the feeds of the posts that mention a page or object.

        :param docname: the page that asks for them.
        :param name: what is mentioned, as the page names it.
        """
        return self.blog_writers[0].feeds.of_mentions(docname, name) if self.blog_writers else []

    # -- Lists

    def collect_pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the pages of lists that have to be written, and write documents whose list has changed."""
        if not self.blog_writers:
            return
        self.outdated_lists.write_documents()
        layouts = LayoutCache(self.app, self.site.state, self._head_html)
        for pagename in self.outdated_lists.find_pages():
            view, blog_writer = self.views[pagename], self.writers_by_page[pagename]
            is_own = bool(blog_writer.renderer.own_template(view))
            if is_own or not (isinstance(view, ListPage) and layouts.write(view, blog_writer)):
                yield pagename, {**PAGE, "newsroom_view": view}, "page.html"
        if self.not_found_page is not None:
            self.not_found_page.write(self.site.manifest.previous)

    # -- After writing

    def finish(self) -> None:
        """Write the feeds and other files, remove what is gone, and save the manifest."""
        if not builds_html_pages(self.app.builder):
            return
        self.sidebars.refresh()
        manifest = self.site.manifest
        if self.blog_writers:
            written = self.files.write(self.fingerprints, self.write_order, self._generated_pages)
            files = {"/" + path: found for path, found in written.items()}
            if self.not_found_page is not None:
                files[NOT_FOUND] = self.not_found_page.fingerprint
            manifest.images = sorted(self.files.images)
        else:
            files, manifest.images = {}, []
        manifest.outputs |= files
        self._remove_gone(files.keys())
        record_files(self.app)
        if self.blog_writers:
            checked = [blog_writer.pages.images.files for blog_writer in self.blog_writers]
            manifest.files = dict(ChainMap(*checked, self.fingerprints.kept(manifest.files)))
        if self.site.reporter.has_wrong_template:
            manifest.invalidate_next()
        manifest.save()

    def _remove_gone(self, files: AbstractSet[str]) -> None:
        """Remove the pages and files of earlier builds that this one does not have."""
        outputs, documents = self.site.manifest.outputs, self.app.env.found_docs
        current = {*self.writers_by_page, *list_documents(self.app.env), *post_links(self.app.env), *files}
        gone = sorted(outputs.keys() - current)
        others = {name.casefold() for name in files}
        pages = page_files(self.app, {*self.writers_by_page, *documents, *self._generated_pages}) if gone else set()
        for name in gone:
            del outputs[name]
            if name.startswith("/"):
                if name[1:].casefold() not in pages and extra_file(self.app, name[1:]) is None:
                    remove_file(self.app, name[1:])
            elif name not in documents:
                # A redirect or a file of the site may have taken the place of the page.
                path = page_file(self.app, name).relative_to(self.app.outdir).as_posix()
                is_taken = f"/{path}".casefold() in others or extra_file(self.app, path) is not None
                remove_source(self.app, name) if is_taken else remove_page(self.app, name)
                self.site.rendered_posts.remove(name)
