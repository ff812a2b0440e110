"""Whether a post is published, a draft or scheduled; ``posts.build_posts`` leaves the others out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED
from sphinxext.newsroom.problems import Subtype

if TYPE_CHECKING:
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
