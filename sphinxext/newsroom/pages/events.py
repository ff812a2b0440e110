"""Events on pages, as plain data."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext.newsroom.event_models import Event
    from sphinxext.newsroom.models import Post

EVENT_MARK = "data-newsroom-event"
"""The attribute by which the script finds events."""


def event_words() -> str:
    """Return the words that the script needs, as JSON."""
    from sphinxext.newsroom.pages.event_context import words

    return json.dumps({str(name): word for name, word in words().items()}, ensure_ascii=False)


def event_data(post: Post) -> dict[str, Any] | None:
    """Return what a post says about its event as plain data, None without one.

    :param post: the post.
    """
    event = post.front_matter.event
    if event is None:
        return None
    data = asdict(event)
    # Line numbers are not shown.
    del data["lines"]
    return data


def event_scripts(
    event: Event | None, *, categories: Sequence[str], tags: Sequence[str], **values: Any
) -> list[dict[str, Any]]:
    """Return the structured data of an event, one document for each script.

    :param event: the event of a post, None for most.
    :param categories: names.
    :param tags: names.
    :param values: as for :func:`event_documents`.
    """
    if event is None:
        return []
    # Few posts have one.
    from sphinxext.newsroom.metadata.event_json_ld import event_documents

    return event_documents(event, keywords=[*dict.fromkeys((*categories, *tags))], **values)
