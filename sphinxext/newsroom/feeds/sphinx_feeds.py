"""Announce the feeds of a blog in pages, and write them at the end of the build."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from sphinxext.newsroom import __version__
from sphinxext.newsroom.ablog.feed_templates import FeedTemplates
from sphinxext.newsroom.config.sphinx_config import is_set
from sphinxext.newsroom.config.sphinx_registry import feed_formats
from sphinxext.newsroom.feeds.feed import Feed
from sphinxext.newsroom.feeds.plan import MENTIONS, RELEASES
from sphinxext.newsroom.feeds.sphinx_entries import FeedEntries, FeedUrls
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import language_tag
from sphinxext.newsroom.utils.sphinx_events import FEED_ENTRY, has_handlers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.feeds.feed import Entry
    from sphinxext.newsroom.feeds.formats import FeedWriter
    from sphinxext.newsroom.feeds.plan import PlannedFeed
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders


class Changes(Protocol):
    """Fingerprints that show which feeds have changed since the last build."""

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has changed since the last build."""

    def combine(self, name: str, inputs: Callable[[], Any], texts: Any) -> str:
        """Return the fingerprint of a feed."""


class Feeds:
    """The feeds of one blog."""

    def __init__(
        self, app: Sphinx, site: Site, section: BlogSection, *, pages: ContextBuilders, planned: tuple[PlannedFeed, ...]
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        :param section: the blog.
        :param pages: creates template contexts.
        :param planned: its feeds.
        """
        self._app, self._site, self._section, self._pages = app, site, section, pages
        self._planned, self._formats = planned, feed_formats(app)
        self._urls = FeedUrls(app)
        self._entries = FeedEntries(app, site, section, pages=pages, urls=self._urls)
        self._writers: dict[tuple[str, str], FeedWriter] = {}
        self._templates = FeedTemplates(app, new_feed=_new_feed, new_entry=_new_entry)
        self._of_mentions: dict[tuple[str, str], list[context_types.Feed]] = {}
        self._of_pages: dict[str, list[context_types.Feed]] = {}
        for feed in planned:
            if not feed.number and not feed.copy_of:
                shown: context_types.Feed = {
                    "path": quote(feed.path),
                    "title": self._title(feed),
                    "type": self._formats[feed.format].media_type,
                    "format": self._formats[feed.format].title,
                    "changed": "1" if feed.by_update else "",
                }
                if feed.collection is not None and feed.collection.kind == MENTIONS:
                    self._of_mentions.setdefault((feed.page, feed.collection.id), []).append(shown)
                else:
                    self._of_pages.setdefault(feed.page, []).append(shown)

    def problems(self) -> Iterator[Problem]:
        """Yield the posts with the id of another post."""
        return self._entries.problems()

    # -- For pages

    def of_page(self, pagename: str) -> list[context_types.Feed]:
        """Return the feeds with the posts of a page, as ``{path, title, type, format, changed}``.

        :param pagename: the first page of a list.
        """
        return self._of_pages.get(pagename, [])

    def of_mentions(self, docname: str, name: str) -> list[context_types.Feed]:
        """Return the feeds of the posts that mention a page or object.

        :param docname: the page that asks for them.
        :param name: what is mentioned, as the page names it.
        """
        return self._of_mentions.get((docname, name), [])

    def all_of_mentions(self, docname: str) -> list[context_types.Feed]:
        """Return the feeds of mentions that a page asks for.

        :param docname: the page.
        """
        return [feed for (page, _name), feeds in self._of_mentions.items() if page == docname for feed in feeds]

    @property
    def of_blog(self) -> list[context_types.Feed]:
        """The feeds of all posts."""
        return self.of_page(self._section.blog.index)

    def groups(self) -> list[context_types.FeedGroup]:
        """Return the feeds of terms by taxonomy, for the page that lists feeds."""
        groups: list[context_types.FeedGroup] = []
        page = self._section.blog.releases_page
        if page and (feeds := self.of_page(page)):
            title = self._pages.titles.of_releases(page)
            groups.append({"title": title, "terms": [{"name": title, "page": page, "feeds": feeds}]})
        for overview, taxonomy in zip(self._pages.navigation.overviews, self._section.blog.taxonomies, strict=True):
            terms: list[context_types.TermFeeds] = [
                {"name": self._pages.titles.of_collection(collection), "page": collection.pagename, "feeds": feeds}
                for collection in taxonomy.collections
                if (feeds := self.of_page(collection.pagename))
            ]
            if terms:
                groups.append({"title": overview["title"], "terms": terms})
        return groups

    # -- Files

    @property
    def paths(self) -> list[str]:
        """The paths of the feeds from the root of the site."""
        return [feed.path for feed in self._planned]

    def write(self, fingerprints: Changes, *, ensure_rendered: Callable[[Iterable[str]], None]) -> dict[str, str]:
        """Write the feeds that have changed; return the fingerprint of each by path.

        :param fingerprints: show which have changed.
        :param ensure_rendered: ensures that the cached data of posts is available.
        """
        written = {
            feed.path: self._write(feed, fingerprints, ensure_rendered=ensure_rendered) for feed in self._planned
        }
        if problems := self._templates.problems():
            self._site.manifest.inputs = ""
            self._site.reporter.report(problems)
        return written

    def _write(
        self, planned: PlannedFeed, fingerprints: Changes, *, ensure_rendered: Callable[[Iterable[str]], None]
    ) -> str:
        manifest, file, name = self._site.manifest, Path(self._app.outdir) / planned.path, "/" + planned.path
        before, is_there = manifest.previous.get(name, ""), file.is_file()
        handled = has_handlers(self._app, FEED_ENTRY)
        if fingerprints.is_unchanged and before and is_there and not handled:
            return before

        def inputs() -> list[Any]:
            options, root = self._section.options, self._urls.root(planned)
            entries = [self._entries.without_text(key, root)[1] for key in planned.posts]
            about = {**asdict(self._feed(planned)), "entries": entries}
            version = self._formats[planned.format].version
            return [
                __version__,
                planned.format,
                version,
                planned.templates,
                about,
                options.feed_fulltext,
                options.feed_titles,
            ]

        def complete() -> Feed:
            ensure_rendered(planned.posts)
            return self._complete(planned)

        feed = None
        texts: list[Any] = [manifest.rendered_posts.get(key, "") for key in planned.posts]
        if handled or self._templates.is_set(planned.templates):
            # A template can show anything of a post, and a handler can change anything of an entry.
            feed = complete()
            texts = [asdict(entry) for entry in feed.entries]
        current = fingerprints.combine(name, inputs, texts)
        if before != current or not is_there:
            if (content := self._render(planned, feed or complete())) is None:
                return ""
            write_output_file(self._app, file, content)
        return current

    def _render(self, planned: PlannedFeed, feed: Feed) -> bytes | None:
        """Return the file of a feed; None if the writer of its format fails, which may be another extension's."""
        try:
            content = self._writer(planned).write(feed)
            if not isinstance(content, bytes):
                reason = f"its writer returned {type(content).__name__}; expected bytes"
                raise TypeError(reason)  # noqa: TRY301 - reported like any other mistake of the writer
        except Exception as error:  # noqa: BLE001 - one feed never takes the site down
            message = f"the feed {planned.path!r} is not written: {type(error).__name__}: {error}."
            # What is wrong is said in every build.
            self._site.manifest.inputs = ""
            self._site.reporter.report([Problem(subtype=Subtype.FEED, message=message)])
            return None
        return content

    def _writer(self, planned: PlannedFeed) -> FeedWriter:
        if planned.templates:
            # The same post may be another entry in the next feed.
            return self._new_writer(planned.format)
        key = planned.format, self._urls.root(planned)
        if key not in self._writers:
            self._writers[key] = self._new_writer(planned.format)
        return self._writers[key]

    def _new_writer(self, name: str) -> FeedWriter:
        writer: FeedWriter = self._formats[name].new_writer()
        return writer

    def _complete(self, planned: PlannedFeed) -> Feed:
        """Return a feed with its entries."""
        feed = self._feed(planned)
        entries = [self._entries.complete(key, self._urls.root(planned)) for key in planned.posts]
        if planned.templates:
            options = self._section.options
            entries = self._templates.fill(
                planned.templates,
                feed,
                zip(planned.posts, entries, strict=True),
                pagename=planned.page,
                feed_length=options.feed_length,
                feed_fulltext=options.feed_fulltext,
                base_url=self._urls.base,
                url=self._urls.base,
            )
        return replace(feed, entries=entries)

    def _title(self, feed: PlannedFeed) -> str:
        title = self._section.options.title
        if feed.collection is not None:
            title = _("%(title)s: %(label)s") % {
                "title": title,
                "label": self._label(feed.collection),
            }
        if feed.templates not in {"", "atom"}:
            # ABlog's default name is not descriptive; any other name distinguishes feeds of the same posts.
            title = _("%(title)s: %(label)s") % {"title": title, "label": feed.templates}
        return _("%s: changes") % title if feed.by_update else title

    def _label(self, collection: Collection) -> str:
        if collection.kind == RELEASES:
            return self._pages.titles.of_releases(collection.pagename)
        return collection.name if collection.kind == MENTIONS else self._pages.titles.of_collection(collection)

    def _feed(self, planned: PlannedFeed) -> Feed:
        """Return the metadata of a feed, without entries."""
        config, pages, root = self._app.config, self._pages, self._urls.root(planned)
        description = pages.titles.list_intro(planned.page).description
        subtitle = description if planned.collection is not None else self._section.options.feed_subtitle or description
        rights = config.copyright if isinstance(config.copyright, (list, tuple)) else [config.copyright]
        return Feed(
            title=self._title(planned),
            subtitle=subtitle,
            url=self._urls.of_path(root, quote(planned.copy_of or planned.path)),
            page_url=self._urls.of_page(root, planned.page),
            language=language_tag(self._app),
            rights=", ".join(line for line in rights if isinstance(line, str)),
            publisher=self._publisher(),
            entries=(),
            current=self._urls.of_path(root, quote(planned.current)),
            older=self._urls.of_path(root, quote(planned.older)),
            newer=self._urls.of_path(root, quote(planned.newer)),
            urn="" if self._urls.base else self._urls.urn(planned.current or planned.copy_of or planned.path),
        )

    def _publisher(self) -> str:
        """Return the publisher of the site, if an option sets it; else the title of the blog."""
        config = self._app.config
        return next(
            (str(config[name]) for name in ("author", "project") if is_set(config, name)), self._pages.titles.of_index()
        )


def _new_feed(feed: Feed, *, media_type: str) -> Any:
    from sphinxext.newsroom.feeds.atom_rss import new_generator

    return new_generator(feed, media_type=media_type)


def _new_entry(entry: Entry) -> Any:
    from sphinxext.newsroom.feeds.atom_rss import new_entry

    return new_entry(entry)
