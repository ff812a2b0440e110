"""The feeds of a site: where they stand, and that none overwrites anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.build.ablog.settings import feed_templates
from sphinxext.newsroom.build.config import base_url
from sphinxext.newsroom.core.feeds.plan import plan_feeds
from sphinxext.newsroom.core.files import is_regular
from sphinxext.newsroom.core.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext.newsroom.build.section import Section
    from sphinxext.newsroom.core.feeds.plan import PlannedFeed


class FeedPlans:
    """Which feeds each blog of a site has."""

    def __init__(self, app: Sphinx, sections: Sequence[Section]) -> None:
        """Give every feed its path, unless something else stands there.

        :param app: the application.
        :param sections: the blogs, their indexes complete.
        """
        self.problems: list[Problem] = []
        self._has_relative = not base_url(app.config)
        self._plans: dict[str, tuple[PlannedFeed, ...]] = {}
        self._owners: dict[str, str] = {}
        templates = tuple(feed_templates(app.config))
        for section in sections:
            planned = plan_feeds(section.blog, templates) if _can_be_written(app.config) else ()
            self._plans[section.blog.index] = tuple(feed for feed in planned if self._claim(app, section, feed))

    @property
    def are_relative(self) -> bool:
        """Whether there are feeds whose links are relative."""
        return self._has_relative and any(self._plans.values())

    def of(self, section: Section) -> tuple[PlannedFeed, ...]:
        """Return the feeds of a blog.

        :param section: the blog.
        """
        return self._plans[section.blog.index]

    def main(self, section: Section) -> str:
        """Return the path of the feed of a blog that people are led to, empty if there is none.

        :param section: the blog.
        """
        return next((feed.path for feed in self.of(section)), "")

    def _claim(self, app: Sphinx, section: Section, feed: PlannedFeed) -> bool:
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
    """Return whether the site says where it will be, or nothing at all; what is no URL has been reported."""
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
