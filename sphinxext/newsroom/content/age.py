"""The age of posts: which of them may be out of date."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from sphinxext.newsroom.content.categories import term_key

if TYPE_CHECKING:
    from datetime import datetime

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.models import Post


def is_old(post: Post, options: Options, now: datetime) -> bool:
    """Return whether a post is older than its blog, or a category of it, allows.

    :param post: the post; only its last update counts.
    :param options: the options of its blog.
    :param now: the time of the build.
    """
    days = _limit(post, options)
    if not days or post.front_matter.evergreen:
        return False
    # By day, as builds depend on the day.
    return _last_change(post).date() + timedelta(days=days) < now.astimezone(UTC).date()


def is_before(post: Post, day: str) -> bool:
    """Return whether a post was last changed before a day.

    :param post: the post.
    :param day: in ISO 8601; empty: no post was.
    """
    return bool(day) and _last_change(post).date().isoformat() < day


def _limit(post: Post, options: Options) -> int:
    """Return after how many days a post is old, 0 for never; of several categories, the most patient decides."""
    by_category = {term_key(name): days for name, days in options.old_after_categories.items()}
    found = [by_category[key] for name in post.front_matter.categories if (key := term_key(name)) in by_category]
    if found:
        return 0 if 0 in found else max(found)
    return options.old_after or 0


def _last_change(post: Post) -> datetime:
    return (post.updated or post.created).astimezone(UTC)
