"""Whether a post is published, a draft or scheduled, and which files are therefore left out of a build.

The files that :func:`find_unpublished` returns are posts of no blog, and :mod:`.environment.blog_project` takes them out of the
documents before Sphinx reads any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED
from sphinxext.newsroom.problems import Subtype

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.models import FrontMatter


def is_unpublished_only_by_date(source: Source) -> bool:
    """Return whether a post would be published if its date were valid."""
    is_reported = any(problem.subtype is Subtype.DATE for problem in source.problems)
    return source.front_matter.dates is None and not source.front_matter.draft and is_reported


def publication_state(front_matter: FrontMatter, *, declared: bool, options: Options, now: datetime) -> str:
    """Return whether a post is published, a draft or scheduled.

    :param front_matter: its front matter.
    :param declared: whether it is a post of ABlog's.
    :param options: the options of its blog.
    :param now: the time of the build.
    """
    if front_matter.draft is not None:
        return DRAFT if front_matter.draft else PUBLISHED
    if front_matter.dates is None:
        # ABlog's rule: a post without a date is a draft.
        return DRAFT if declared else PUBLISHED
    if front_matter.dates.created > now and (declared or options.draft_if_future_date):
        return SCHEDULED
    return PUBLISHED


def find_states(
    sources: Mapping[str, Source], *, declared: Collection[str], options: Options, now: datetime
) -> dict[str, str]:
    """Return whether each post is published, a draft or scheduled, by path.

    :param sources: the scanned files, by path.
    :param declared: the paths of ABlog's posts.
    :param options: the options of the blog.
    :param now: the time of the build.
    """
    states = {}
    for path, source in sources.items():
        state = publication_state(source.front_matter, declared=path in declared, options=options, now=now)
        # Without a date a post has no position in lists; as a draft it is visible in previews, and not lost.
        states[path] = DRAFT if path not in declared and source.front_matter.dates is None else state
    return states


def find_unpublished(states: Mapping[str, str], *, show_drafts: bool) -> frozenset[str]:
    """Return the paths of the posts that are left out of a build.

    :param states: the state of each post, by path.
    :param show_drafts: whether drafts and scheduled posts are shown.
    """
    return frozenset() if show_drafts else frozenset(path for path, state in states.items() if state != PUBLISHED)
