"""A format of feeds, as it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedFormat:
    """A format in which feeds can be written."""

    name: str
    """Its name in :confval:`newsroom_feed_files`."""
    title: str
    """Its name for readers."""
    media_type: str
    suffixes: tuple[str, ...]
    """Suffixes of its files."""
    new_writer: Callable[[], Any]
    """Returns a :class:`.FeedWriter`; called only if a feed has to be written."""
    version: str = ""
    """Differs when the same posts give another file than before."""
