"""The entries of feeds: what a feed says of each post, with its dates, id and links."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from functools import cached_property
from html import escape
from itertools import islice
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sphinx.errors import ExtensionError

from sphinxext.newsroom import __version__
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.feeds.content import feed_html
from sphinxext.newsroom.feeds.feed import CitedWork, Entry, Label, Person, Picture
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.html import text_of
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.identifiers import permalink_urn
from sphinxext.newsroom.utils.limits import MAX_FEED_AUTHORS, MAX_FEED_LABELS
from sphinxext.newsroom.utils.sphinx_events import FEED_ENTRY, has_handlers
from sphinxext.newsroom.utils.urls import absolute_url, is_web_url, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.feeds.plan import PlannedFeed
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders

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


class FeedUrls:
    """The URLs in feeds. Without a base URL they are relative to the folder of the feed."""

    def __init__(self, app: Sphinx) -> None:
        """Find the base URL.

        :param app: the application.
        """
        self._app, self.base = app, base_url(app.config)

    def root(self, planned: PlannedFeed) -> str:
        """Return the URL of the site for a feed: the base URL, or else a relative URL such as ``../``.

        :param planned: the feed.
        """
        return self.base or "../" * planned.path.count("/")

    def of_path(self, root: str, path: str) -> str:
        """Return the URL of a path from the root of the site; a URL is returned unchanged.

        :param root: the URL of the site for the feed.
        :param path: the path or URL; empty for none.
        """
        if not path or is_url(path):
            return path
        if self.base:
            return absolute_url(self.base, path)
        # Links relative to the root of the server do not depend on the site.
        return path if path.startswith("/") else root + path.removeprefix("./") or "./"

    def of_page(self, root: str, pagename: str) -> str:
        """Return the URL of a page, empty for no page.

        :param root: the URL of the site for the feed.
        :param pagename: the page.
        """
        return self.of_path(root, self._app.builder.get_target_uri(pagename) or "./") if pagename else ""

    def urn(self, name: str) -> str:
        """Return an id that is reproducible on every machine, for a site without base URL.

        :param name: what is identified.
        """
        return permalink_urn(f"{self._app.config.project}/{name}")


class FeedEntries:
    """The entries of the feeds of one blog."""

    def __init__(
        self, app: Sphinx, site: Site, section: BlogSection, *, pages: ContextBuilders, urls: FeedUrls
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        :param section: the blog.
        :param pages: creates template contexts.
        :param urls: the URLs in feeds.
        """
        self._app, self._site, self._section, self._pages, self._urls = app, site, section, pages, urls
        self._topics = {kind.name for kind in site.kinds if kind.is_topic}
        # Without a base URL, the text of a post differs by feed.
        self._without_text: dict[tuple[str, str], tuple[Entry, str]] = {}
        self._entries: dict[tuple[str, str], Entry] = {}

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """The id of each post; a duplicate id belongs to the oldest post."""
        owners: dict[str, str] = {}
        blog = self._section.blog
        for post in reversed(blog.recent()):
            if identifier := post.front_matter.id:
                owners.setdefault(identifier, post.key)
        return {key: identifier for identifier, key in owners.items()}

    def problems(self) -> Iterator[Problem]:
        """Yield the posts with the id of another post."""
        owners = {identifier: key for key, identifier in self._ids.items()}
        for post in self._section.blog.posts.values():
            identifier = post.front_matter.id
            if identifier and post.key not in self._ids:
                other = self._section.blog.posts[owners[identifier]].path
                message = f"the id {identifier!r} is already that of {other}; feeds use the URL of the post instead."
                line = self._site.reporter.locate(post.path, "id")
                yield Problem(subtype=Subtype.DUPLICATE, message=message, path=post.path, line=line)

    @cached_property
    def _overviews(self) -> Mapping[str, str]:
        """The page of each overview, by taxonomy."""
        return {taxonomy.kind: taxonomy.pagename for taxonomy in self._section.blog.taxonomies}

    def without_text(self, key: str, root: str) -> tuple[Entry, str]:
        """Return an entry without its text, and its fingerprint.

        :param key: the post.
        :param root: the URL of the site for the feed.
        """
        if (key, root) not in self._without_text:
            entry = self._new_entry(self._section.blog.posts[key], root)
            self._without_text[key, root] = entry, fingerprint(asdict(entry))
        return self._without_text[key, root]

    def _new_entry(self, post: Post, root: str) -> Entry:
        pages, data, external = self._pages, self._pages.posts.summary(post), post.front_matter.external_link
        url = self._urls.of_page(root, post.docname) + (f"#{post.anchor}" if post.anchor else "")
        shown = {author["id"]: author for author in data["authors"]}
        return Entry(
            id=self._ids.get(post.key) or self._made_id(post, url),
            url=self._urls.of_path(root, external) if external else url,
            title=post.title,
            summary=_joined(self._dates(post), post.front_matter.description),
            content="",
            published=post.created,
            updated=post.updated or post.created,
            authors=tuple(self._person(author, shown[author.id], root) for author in post.authors[:MAX_FEED_AUTHORS]),
            labels=tuple(islice(self._labels(post, root), MAX_FEED_LABELS)),
            picture=self._picture(data["cover"], root),
            license=pages.posts.license_of(post),
            doi=post.front_matter.doi,
            version=post.front_matter.version,
            references=tuple(
                CitedWork(url=found.link, text=pages.citations.reference_text(found), cito=found.cito)
                for found in post.front_matter.references
            ),
            funding=post.front_matter.funding,
        )

    def _made_id(self, post: Post, url: str) -> str:
        """Return the id of a post that sets none. A DOI is none: one that comes later would make another entry."""
        if not self._urls.base:
            return self._urls.urn(post.key)
        return permalink_urn(url) if self._section.options.feed_ids == "uuid" else url

    def _dates(self, post: Post) -> str:
        """Return when and where the event of a post takes place, empty without one."""
        event = post.front_matter.event
        return self._pages.events.sentence(event) if event is not None else ""

    def _with_dates(self, post: Post, content: str) -> str:
        """Return the text of a post after the dates of its event: programs read them from the first line."""
        text = self._dates(post)
        return f"<p>{escape(text)}</p>\n{content}" if text and content else content

    def _person(self, author: Author, data: context_types.Author, root: str) -> Person:
        # An ORCID iD does not change if the author or the site moves, and identifies the author to harvesters.
        own = author.url if is_web_url(author.url) else ""
        url = author.orcid or own or self._urls.of_page(root, data["page"])
        return Person(name=author.name, url=url, email=author.email, avatar=self._urls.of_path(root, data["avatar"]))

    def _labels(self, post: Post, root: str) -> Iterator[Label]:
        for collection in self._section.blog.labels.get(post.key, ()):
            if collection.kind in self._topics:
                name = self._pages.titles.of_collection(collection)
                overview = self._urls.of_page(root, self._overviews[collection.kind])
                yield Label(term=collection.name, name=name, scheme=overview)

    def _picture(self, cover: context_types.Image | None, root: str) -> Picture | None:
        if cover is None:
            return None
        source = cover["src"]
        if is_url(source):
            url, size = source, 0
        else:
            url, file = self._urls.of_path(root, source), Path(self._app.outdir) / unquote(source)
            size = file.stat().st_size if file.is_file() else 0
        if scheme(url) not in {"", "http", "https"}:
            return None
        suffix = PurePosixPath(url.partition("?")[0]).suffix.lower()
        return Picture(
            url=url,
            media_type=PICTURE_TYPES.get(suffix, ""),
            size=size,
            width=cover["width"],
            height=cover["height"],
        )

    def complete(self, key: str, root: str) -> Entry:
        """Return an entry with its text, which is prepared once for all feeds with the same links.

        :param key: the post, rendered.
        :param root: the URL of the site for the feed.
        """
        if (key, root) not in self._entries:
            entry, post = self.without_text(key, root)[0], self._section.blog.posts[key]
            rendered_post = self._site.rendered_posts.load(post.docname).get(key)
            if rendered_post is not None:
                entry = replace(
                    entry,
                    title=text_of(rendered_post.title),
                    summary=entry.summary
                    if post.front_matter.description
                    else _joined(entry.summary, rendered_post.description),
                    content=self._with_dates(post, self._content(post, rendered_post, root)),
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
        if options.feed_fulltext and post.front_matter.references:
            content += self._references(post, content)
        return content

    def _references(self, post: Post, content: str) -> str:
        """Return the list of works that a post cites, unless its text has one; archives find it by heading and classes."""
        if not (entries := self._pages.citations.reference_list(post, content)):
            return ""
        works = "".join(f'<div class="csl-entry">{entry}</div>' for entry in entries)
        return f'\n<h2>References</h2>\n<div class="csl-bib-body">{works}</div>'


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


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
