"""Announce the feeds of a blog in pages, and write them at the end of the build."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from sphinx.errors import ExtensionError

from sphinxext.newsroom import __version__
from sphinxext.newsroom.ablog.feed_templates import FeedTemplates
from sphinxext.newsroom.config.sphinx_config import base_url, is_set
from sphinxext.newsroom.config.sphinx_registry import feed_formats
from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.feeds.content import feed_html
from sphinxext.newsroom.feeds.model import Entry, Feed, Label, Person, Picture
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.html import text_of
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.limits import MAX_FEED_AUTHORS, MAX_FEED_LABELS
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import language_tag
from sphinxext.newsroom.utils.sphinx_events import FEED_ENTRY, has_handlers
from sphinxext.newsroom.utils.urls import absolute_url, is_web_url, scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.feeds.formats import FeedWriter
    from sphinxext.newsroom.feeds.plan import PlannedFeed
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders


class Changes(Protocol):
    """Fingerprints that show which feeds have changed since the last build."""

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has changed since the last build."""

    def combine(self, name: str, inputs: Callable[[], Any], texts: Any) -> str:
        """Return the fingerprint of a feed."""


# A table of our own: that of Python depends on the machine.
PICTURE_TYPES = MappingProxyType(
    {
        ".avif": "image/avif",
        ".gif": "image/gif",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }
)


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
        self._base = base_url(app.config)
        # Without a base URL, links are relative to the folder of the feed, so the text of a post differs by feed.
        self._entries_without_text: dict[tuple[str, str], tuple[Entry, str]] = {}
        self._entries: dict[tuple[str, str], Entry] = {}
        self._writers: dict[tuple[str, str], FeedWriter] = {}
        self._templates = FeedTemplates(app, new_feed=_new_feed, new_entry=_new_entry)
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
                self._of_pages.setdefault(feed.page, []).append(shown)

    # -- For pages

    def of_page(self, pagename: str) -> list[context_types.Feed]:
        """Return the feeds with the posts of a page, as ``{path, title, type, format, changed}``.

        :param pagename: the first page of a list.
        """
        return self._of_pages.get(pagename, [])

    @property
    def of_blog(self) -> list[context_types.Feed]:
        """The feeds of all posts."""
        return self.of_page(self._section.blog.index)

    def groups(self) -> list[context_types.FeedGroup]:
        """Return the feeds of terms by taxonomy, for the page that lists feeds."""
        groups: list[context_types.FeedGroup] = []
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
            options, root = self._section.options, self._root(planned)
            entries = [self._entry_without_text(key, root)[1] for key in planned.posts]
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
        key = planned.format, self._root(planned)
        if key not in self._writers:
            self._writers[key] = self._new_writer(planned.format)
        return self._writers[key]

    def _new_writer(self, name: str) -> FeedWriter:
        writer: FeedWriter = self._formats[name].new_writer()
        return writer

    def _complete(self, planned: PlannedFeed) -> Feed:
        """Return a feed with its entries."""
        feed = self._feed(planned)
        entries = [self._entry(key, self._root(planned)) for key in planned.posts]
        if planned.templates:
            options = self._section.options
            entries = self._templates.fill(
                planned.templates,
                feed,
                zip(planned.posts, entries, strict=True),
                pagename=planned.page,
                feed_length=options.feed_length,
                feed_fulltext=options.feed_fulltext,
                base_url=self._base,
                url=self._base,
            )
        return replace(feed, entries=entries)

    def _title(self, feed: PlannedFeed) -> str:
        title = self._section.options.title
        if feed.collection is not None:
            title = _("%(title)s: %(label)s") % {
                "title": title,
                "label": self._pages.titles.of_collection(feed.collection),
            }
        if feed.templates not in {"", "atom"}:
            # ABlog's default name is not descriptive; any other name distinguishes feeds of the same posts.
            title = _("%(title)s: %(label)s") % {"title": title, "label": feed.templates}
        return _("%s: changes") % title if feed.by_update else title

    def _feed(self, planned: PlannedFeed) -> Feed:
        """Return the metadata of a feed, without entries."""
        config, pages, root = self._app.config, self._pages, self._root(planned)
        description = pages.titles.list_intro(planned.page).description
        subtitle = description if planned.collection is not None else self._section.options.feed_subtitle or description
        rights = config.copyright if isinstance(config.copyright, (list, tuple)) else [config.copyright]
        return Feed(
            title=self._title(planned),
            subtitle=subtitle,
            url=self._url(root, quote(planned.copy_of or planned.path)),
            page_url=self._page_url(root, planned.page),
            language=language_tag(self._app),
            rights=", ".join(line for line in rights if isinstance(line, str)),
            publisher=self._publisher(),
            entries=(),
            current=self._url(root, quote(planned.current)),
            older=self._url(root, quote(planned.older)),
            newer=self._url(root, quote(planned.newer)),
            urn="" if self._base else self._urn(planned.current or planned.copy_of or planned.path),
        )

    def _publisher(self) -> str:
        """Return the publisher of the site, if an option sets it; else the title of the blog."""
        config = self._app.config
        return next(
            (str(config[name]) for name in ("author", "project") if is_set(config, name)), self._pages.titles.of_index()
        )

    # -- Entries

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """The id of each post; a duplicate id belongs to the oldest post."""
        owners: dict[str, str] = {}
        blog = self._section.blog
        for post in reversed(blog.recent()):
            if identifier := own_id(post):
                owners.setdefault(identifier, post.key)
        return {key: identifier for identifier, key in owners.items()}

    def problems(self) -> Iterator[Problem]:
        """Yield the posts with the id of another post."""
        owners = {identifier: key for key, identifier in self._ids.items()}
        for post in self._section.blog.posts.values():
            identifier = own_id(post)
            if identifier and post.key not in self._ids:
                other = self._section.blog.posts[owners[identifier]].path
                message = f"the id {identifier!r} is already that of {other}; feeds use the URL of the post instead."
                key = "id" if post.front_matter.id else "doi"
                line = self._site.reporter.locate(post.path, key)
                yield Problem(subtype=Subtype.DUPLICATE, message=message, path=post.path, line=line)

    @cached_property
    def _overviews(self) -> Mapping[str, str]:
        """The page of each overview, by taxonomy."""
        return {taxonomy.kind: taxonomy.pagename for taxonomy in self._section.blog.taxonomies}

    # -- URLs

    def _root(self, planned: PlannedFeed) -> str:
        """Return the URL of the site for a feed: the base URL, or else a relative URL such as ``../``."""
        return self._base or "../" * planned.path.count("/")

    def _url(self, root: str, path: str) -> str:
        """Return the URL of a path from the root of the site; a URL is returned unchanged."""
        if not path or is_url(path):
            return path
        if self._base:
            return absolute_url(self._base, path)
        # Links relative to the root of the server do not depend on the site.
        return path if path.startswith("/") else root + path.removeprefix("./") or "./"

    def _page_url(self, root: str, pagename: str) -> str:
        return self._url(root, self._app.builder.get_target_uri(pagename) or "./") if pagename else ""

    def _urn(self, name: str) -> str:
        """Return an id that is reproducible on every machine, for a site without base URL."""
        return uuid5(NAMESPACE_URL, f"{self._app.config.project}/{name}").urn

    def _entry_without_text(self, key: str, root: str) -> tuple[Entry, str]:
        """Return an entry without its text, and its fingerprint."""
        if (key, root) not in self._entries_without_text:
            entry = self._new_entry(self._section.blog.posts[key], root)
            self._entries_without_text[key, root] = entry, fingerprint(asdict(entry))
        return self._entries_without_text[key, root]

    def _new_entry(self, post: Post, root: str) -> Entry:
        pages, data, external = self._pages, self._pages.posts.summary(post), post.front_matter.external_link
        url = self._page_url(root, post.docname) + (f"#{post.anchor}" if post.anchor else "")
        shown = {author["id"]: author for author in data["authors"]}
        return Entry(
            id=self._ids.get(post.key) or (url if self._base else self._urn(post.key)),
            url=self._url(root, external) if external else url,
            title=post.title,
            summary=post.front_matter.description,
            content="",
            published=post.created,
            updated=post.updated or post.created,
            authors=tuple(self._person(author, shown[author.id], root) for author in post.authors[:MAX_FEED_AUTHORS]),
            labels=tuple(islice(self._labels(post, root), MAX_FEED_LABELS)),
            picture=self._picture(data["cover"], root),
            license=pages.posts.license_of(post),
        )

    def _person(self, author: Author, data: context_types.Author, root: str) -> Person:
        # An ORCID iD does not change if the author or the site moves, and identifies the author to harvesters.
        own = author.url if is_web_url(author.url) else ""
        url = author.orcid or own or self._page_url(root, data["page"])
        return Person(name=author.name, url=url, email=author.email, avatar=self._url(root, data["avatar"]))

    def _labels(self, post: Post, root: str) -> Iterator[Label]:
        topics = {kind.name for kind in self._site.kinds if kind.is_topic}
        for collection in self._section.blog.labels.get(post.key, ()):
            if collection.kind in topics:
                name = self._pages.titles.of_collection(collection)
                overview = self._page_url(root, self._overviews[collection.kind])
                yield Label(term=collection.name, name=name, scheme=overview)

    def _picture(self, cover: context_types.Image | None, root: str) -> Picture | None:
        if cover is None:
            return None
        source = cover["src"]
        if is_url(source):
            url, size = source, 0
        else:
            url, file = self._url(root, source), Path(self._app.outdir) / unquote(source)
            size = file.stat().st_size if file.is_file() else 0
        if scheme(url) not in {"", "http", "https"}:
            return None
        suffix = PurePosixPath(url.partition("?")[0]).suffix.lower()
        return Picture(url=url, media_type=PICTURE_TYPES.get(suffix, ""), size=size)

    def _entry(self, key: str, root: str) -> Entry:
        """Return an entry with its text, which is prepared once for all feeds with the same links."""
        if (key, root) not in self._entries:
            entry, post = self._entry_without_text(key, root)[0], self._section.blog.posts[key]
            rendered_post = self._site.rendered_posts.load(post.docname).get(key)
            if rendered_post is not None:
                entry = replace(
                    entry,
                    title=text_of(rendered_post.title),
                    summary=entry.summary or rendered_post.description,
                    content=self._content(post, rendered_post, root),
                )
            if has_handlers(self._app, FEED_ENTRY):
                entry = replace(entry)
                self._app.emit(FEED_ENTRY, post, entry)
                check_entry(entry)
            self._entries[key, root] = entry
        return self._entries[key, root]

    def _content(self, post: Post, rendered_post: RenderedPost, root: str) -> str:
        options, rendered_posts = self._section.options, self._site.rendered_posts
        if options.feed_titles:
            return ""
        base, page_url = root or "./", self._app.builder.get_target_uri(post.docname)
        version = fingerprint([__version__, rendered_post.digest, page_url, base, options.feed_fulltext])
        content = None if post.anchor else rendered_posts.load_feed(post.docname, version=version)
        if content is None:
            shown = rendered_post.body if options.feed_fulltext else resolve_root(rendered_post.excerpt, base)
            content = feed_html(shown, page_url=page_url, base_url=base)
            if not post.anchor:
                rendered_posts.save_feed(post.docname, content, version=version)
        return content


def _new_feed(feed: Feed, *, media_type: str) -> Any:
    from sphinxext.newsroom.feeds.atom_rss import new_generator

    return new_generator(feed, media_type=media_type)


def _new_entry(entry: Entry) -> Any:
    from sphinxext.newsroom.feeds.atom_rss import new_entry

    return new_entry(entry)


def check_entry(entry: Entry) -> None:
    """Check an entry that handlers may have changed.

    :param entry: the entry.
    :raises ~sphinx.errors.ExtensionError: when no feed can show it.
    """
    for name in ("id", "url", "title", "summary", "content"):
        if not isinstance(value := getattr(entry, name), str):
            message = f"{FEED_ENTRY}: the {name} of {entry.url!r} is {value!r}; expected text."
            raise ExtensionError(message)
    for name in ("published", "updated"):
        value = getattr(entry, name)
        if not isinstance(value, datetime) or value.tzinfo is None:
            message = f"{FEED_ENTRY}: {name} of {entry.url!r} is {value!r}; expected a datetime with a time zone."
            raise ExtensionError(message)
    if not entry.id:
        message = f"{FEED_ENTRY}: {entry.url!r} has no id any more; every entry needs one."
        raise ExtensionError(message)


def own_id(post: Post) -> str:
    """Return the URI that a post sets as its id, empty if there is none.

    :param post: the post.
    """
    front_matter = post.front_matter
    return front_matter.id or (f"https://doi.org/{front_matter.doi}" if front_matter.doi else "")
