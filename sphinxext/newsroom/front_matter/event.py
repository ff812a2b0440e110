"""Find the event or course of a post in its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.event_models import COURSE, EVENT
from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from sphinxext.newsroom.event_models import Event
    from sphinxext.newsroom.validation.coerce import SourceMap


DATES = frozenset({"start", "instances"})
"""Keys of which a ``course`` that takes place has one."""


def read_event(
    mapping: Mapping[str, Any],
    values: Mapping[str, Any],
    source_map: SourceMap,
    *,
    path: str,
    zone: tzinfo,
    is_partial: bool = False,
) -> tuple[Event | None, tuple[Problem, ...]]:
    """Return the event that a post announces, None for most posts, and everything that is wrong with it.

    What the folders of a post say completes an event, but makes none of a post that has none itself.

    :param mapping: keys and values as the file has them.
    :param values: the checked values, completed by those of the folders.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    :param zone: the time zone of times that name none.
    :param is_partial: whether these are defaults, which need not be complete.
    """
    kinds = [
        kind for kind in (COURSE, EVENT) if _announces(kind, values.get(kind)) and isinstance(mapping.get(kind), dict)
    ]
    if not kinds:
        return None, ()
    from sphinxext.newsroom.events.parse import parse_event
    from sphinxext.newsroom.validation.coerce import text_keys

    kind = kinds[0]
    found, problems = parse_event(
        kind, text_keys(values[kind]), source_map=source_map, path=path, zone=str(zone), is_partial=is_partial
    )
    if len(kinds) > 1:
        message = "the post has 'course' and 'event'; expected one of them. 'event' is ignored."
        line = source_map.line(EVENT)
        problems = (*problems, Problem(subtype=Subtype.EVENT, message=message, path=path, line=line))
    return found, problems


def _announces(kind: str, value: Any) -> bool:
    """Return whether a value announces something. Sites have a ``course`` for their own templates, without dates."""
    return isinstance(value, dict) and (kind == EVENT or not DATES.isdisjoint(value))
