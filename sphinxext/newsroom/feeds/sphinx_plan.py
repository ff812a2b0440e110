"""Plan the feeds of a site, so that none overwrites another file."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.ablog.settings import feed_templates
from sphinxext.newsroom.ablog.urls import legacy_urls
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.feeds.plan import plan_copy, plan_feeds, plan_mentions, plan_year
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import is_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.feeds.plan import PlannedFeed

ABLOG_FORMAT = "atom"
"""The format of ABlog's feeds."""


class FeedPlans:
    """The feeds of each blog of a site."""

    def __init__(self, app: Sphinx, sections: Sequence[BlogSection], *, keeps_ablog_urls: bool) -> None:
        """Assign every feed its path, unless another file has it.

        :param app: the application.
        :param sections: the blogs, their indexes complete.
        :param keeps_ablog_urls: whether what ABlog has at other URLs is there as well.
        """
        self.problems: list[Problem] = []
        self._has_relative = not base_url(app.config)
        self._plans: dict[str, tuple[PlannedFeed, ...]] = {}
        self._owners: dict[str, str] = {}
        templates = tuple(feed_templates(app.config))
        for section in sections:
            planned = plan_feeds(section.blog, templates) if _can_be_written(app.config) else ()
            self._plans[section.blog.index] = tuple(feed for feed in planned if self._reserve(app, section, feed))
        if sections and keeps_ablog_urls and app.config.blog_feed_archives:
            main = sections[0]
            copies = [feed for feed in self._ablog_copies(main, app.config) if not self._is_taken(app, main, feed)]
            self._plans[main.blog.index] += tuple(copies)

    def add_mentions(self, app: Sphinx, section: BlogSection, mentioned: Iterable[Collection]) -> None:
        """Add the feeds of posts that mention a page or object.

        :param app: the application.
        :param section: the blog that they belong to.
        :param mentioned: the posts of each.
        """
        if _can_be_written(app.config):
            feeds = (feed for collection in mentioned for feed in plan_mentions(section.blog, collection))
            self._plans[section.blog.index] += tuple(feed for feed in feeds if self._reserve(app, section, feed))

    def _ablog_copies(self, section: BlogSection, config: Config) -> Iterator[PlannedFeed]:
        """Yield feeds for the URLs at which ABlog has those of lists, where ours are at others."""
        blog = section.blog
        feeds = [feed for feed in self.of(section) if feed.format == ABLOG_FORMAT and not feed.number]
        feeds = [feed for feed in feeds if not feed.by_update]
        # Options of this extension choose among the feeds that ABlog's option asks for.
        has_archive, root = "archive" in blog.options.feed_catalogs, blog.options.blog_dir.removeprefix(".")
        for folder, page, _title in legacy_urls(blog, config):
            of_page = [feed for feed in feeds if feed.collection is not None and feed.page == page]
            for feed in of_page:
                yield plan_copy(feed, folder)
            parent, year = posixpath.split(folder)
            if has_archive and not of_page and parent == root and year.isdecimal():
                for feed in feeds:
                    if feed.collection is None:
                        yield plan_year(blog, year, page, feed, folder)

    @property
    def are_relative(self) -> bool:
        """Whether there are feeds whose links are relative."""
        return self._has_relative and any(self._plans.values())

    def of(self, section: BlogSection) -> tuple[PlannedFeed, ...]:
        """Return the feeds of a blog.

        :param section: the blog.
        """
        return self._plans[section.blog.index]

    def main(self, section: BlogSection) -> str:
        """Return the path of the main feed of a blog, empty if there is none.

        :param section: the blog.
        """
        return next((feed.path for feed in self.of(section)), "")

    def _is_taken(self, app: Sphinx, section: BlogSection, feed: PlannedFeed) -> bool:
        """Return whether there is something at the path of a feed; if not, the feed has it."""
        if not feed.posts or feed.path in self._owners or extra_file(app, feed.path):
            return True
        self._owners[feed.path] = f"a feed of {section.options.title!r}"
        return False

    def _reserve(self, app: Sphinx, section: BlogSection, feed: PlannedFeed) -> bool:
        owner = self._owners.get(feed.path) or extra_file(app, feed.path)
        if owner is None:
            self._owners[feed.path] = f"a feed of {section.options.title!r}"
            return True
        option = "blog_feed_templates" if feed.templates else "newsroom_feed_files"
        message = (
            f"{option}: {feed.path!r} is the path of {owner} already; this feed of {section.options.title!r} "
            "is not written."
        )
        self.problems.append(Problem(subtype=Subtype.DUPLICATE, message=message))
        return False


def _can_be_written(config: Config) -> bool:
    """Return whether the site says where it will be, or nothing at all; what is not a URL has been reported."""
    return bool(base_url(config)) or not (config.html_baseurl or config.blog_baseurl)


def extra_file(app: Sphinx, path: str) -> str | None:
    """Return what ``html_extra_path`` has at a path, None if there is nothing.

    :param app: the application.
    :param path: a path from the root of the site.
    """
    for entry in app.config.html_extra_path:
        place = Path(app.confdir) / entry
        if is_regular(place / path) or (place.name == path and is_regular(place)):
            return f"a file of html_extra_path ({entry})"
    return None
