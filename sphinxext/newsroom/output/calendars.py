"""Files of events: calendars of blogs and posts, and the style sheet and script of pages that show events."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from sphinxext.newsroom.blog.calendars import MEDIA_TYPE, SUFFIX, has_dates, plan_calendars
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.feeds.sphinx_plan import extra_file
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.output.page_assets import asset_path, asset_url, write_assets
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.events.calendar import CalendarPost
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.output.blog_writer import BlogWriter
    from sphinxext.newsroom.output.write_order import WriteOrder
    from sphinxext.newsroom.pages.context_types import Feed

SITEMAP = "sitemap-events.xml"
ASSETS = ("newsroom-events.css", "newsroom-events.js")


def _link(path: str, title: str) -> Feed:
    return {"path": path, "title": title, "type": MEDIA_TYPE, "format": "iCalendar", "changed": ""}


class CalendarFiles:
    """The calendar files of all blogs."""

    def __init__(self, app: Sphinx, site: Site, blog_writers: Sequence[BlogWriter]) -> None:
        """Find the posts with events.

        :param app: the application.
        :param site: its site, the index complete.
        :param blog_writers: of all blogs.
        """
        self._app, self._site = app, site
        self._blog_writers = blog_writers
        self._posts = {
            writer.section.index: [post for post in writer.section.blog.posts.values() if has_dates(post)]
            for writer in blog_writers
        }
        self._planned = {writer.section.index: [*plan_calendars(writer.section.blog)] for writer in blog_writers}

    @property
    def paths(self) -> list[str]:
        """The path of each file from the root of the site."""
        calendars = [path for writer in self._blog_writers for path in self._paths(writer)]
        assets = [asset_path(name) for name in ASSETS] if calendars else []
        return [*calendars, *assets, *([SITEMAP] if self._has_sitemap else [])]

    @cached_property
    def _has_sitemap(self) -> bool:
        """Whether pages of events have a sitemap: their URLs are known, and the site has no such file."""
        has_urls = any(self._planned.values()) and bool(base_url(self._app.config))
        return has_urls and extra_file(self._app, SITEMAP) is None

    @cached_property
    def assets(self) -> list[str]:
        """The style sheet and the script as pages name them, with checksums; none in a site without events."""
        if not any(self._posts.values()):
            return []
        return [asset_url(name) for name in ASSETS]

    @cached_property
    def of_blogs(self) -> list[Feed]:
        """The calendars of all blogs that have events, as the head of a page names them."""
        return [calendar for writer in self._blog_writers for calendar in self._of_blog(writer)]

    def of_page(self, writer: BlogWriter, pagename: str, *, first: str = "") -> list[Feed]:
        """Return the calendars that the head of a page names: that of its event, and that of its blog.

        :param writer: what writes the blog.
        :param pagename: the page.
        :param first: the first page of the list that it is part of, empty for none.
        """
        own = [post for post in self._posts[writer.section.index] if post.docname == pagename]
        titles = writer.pages.titles
        listed = [
            _link(calendar.path, titles.of_collection(calendar.collection))
            for calendar in self._planned[writer.section.index]
            if calendar.collection is not None and calendar.page == first
        ]
        return [*(_link(self._post_path(post), titles.of_post(post)) for post in own), *listed, *self._of_blog(writer)]

    def _of_blog(self, writer: BlogWriter) -> list[Feed]:
        title = writer.pages.titles.of_index()
        planned = self._planned[writer.section.index]
        return [_link(calendar.path, title) for calendar in planned if calendar.collection is None]

    def write(self, write_order: WriteOrder) -> None:
        """Write the files that are not as they should be.

        :param write_order: renders posts again whose descriptions are not known.
        """
        if not any(self._posts.values()):
            return
        write_order.ensure_posts_rendered([post.key for posts in self._posts.values() for post in posts])
        from sphinxext.newsroom.events.calendar import make_calendar

        write_assets(self._app, ASSETS)
        root, host = Path(self._app.outdir), urlsplit(base_url(self._app.config)).hostname or ""
        for writer in self._blog_writers:
            posts = self._posts[writer.section.index]
            pages, made = writer.pages, {post.key: self._calendar_post(writer, post) for post in posts}
            files = [([post.key], self._post_path(post), post.docname, pages.titles.of_post(post)) for post in posts]
            for calendar in self._planned[writer.section.index]:
                label = calendar.collection
                title = pages.titles.of_collection(label) if label else pages.titles.of_index()
                files.append(([*calendar.posts], calendar.path, calendar.page, title))
            for keys, path, page, title in files:
                content = make_calendar(
                    [made[key] for key in keys],
                    name=title,
                    url=pages.urls.of_page(page),
                    source=pages.urls.absolute(path),
                    host=host,
                )
                write_output_file(self._app, root / path, content)
        if self._has_sitemap:
            write_output_file(self._app, root / SITEMAP, self._sitemap().encode())

    def _sitemap(self) -> str:
        """Return the pages of published events, as registries read them."""
        entries = [
            f"  <url><loc>{escape(writer.pages.urls.of_page(post.docname))}</loc>"
            f"<lastmod>{(post.updated or post.created).isoformat()}</lastmod></url>"
            for writer in self._blog_writers
            for post in self._posts[writer.section.index]
            if post.state == PUBLISHED and not post.front_matter.canonical_link
        ]
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *sorted(entries),
            "</urlset>",
        ]
        return "\n".join(lines) + "\n"

    def _paths(self, writer: BlogWriter) -> list[str]:
        paths = [self._post_path(post) for post in self._posts[writer.section.index]]
        return [*paths, *(calendar.path for calendar in self._planned[writer.section.index])]

    @staticmethod
    def _post_path(post: Post) -> str:
        return post.docname + SUFFIX

    def _calendar_post(self, writer: BlogWriter, post: Post) -> CalendarPost:
        from sphinxext.newsroom.events.calendar import CalendarPost

        front_matter, pages, blog = post.front_matter, writer.pages, writer.section.blog
        assert front_matter.event is not None  # noqa: S101 - those without are left out
        return CalendarPost(
            event=front_matter.event,
            title=pages.titles.of_post(post),
            description=self._site.rendered_posts.description(post),
            url=pages.urls.of_page(post.docname),
            identifier=front_matter.id or f"{blog.index}-{post.docname}",
            created=post.created,
            updated=post.updated,
            categories=tuple(dict.fromkeys(pages.posts.keywords(post))),
            with_email=blog.options.event_emails,
        )
