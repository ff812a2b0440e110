"""The index of mentions: what posts refer to, reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Target(NamedTuple):
    """The target of a reference."""

    page: str
    """A docname, or the URL of an object of another project."""
    anchor: str = ""
    """The id of a section or object on that page; empty for the page itself."""


class MentionIndex:
    """The posts that mention each target, in the order in which they were added."""

    def __init__(self) -> None:
        self._order: dict[str, None] = {}
        self._by_page: dict[str, dict[str, None]] = {}
        self._by_target: dict[Target, dict[str, None]] = {}

    def add(self, key: str, targets: Iterable[Target], *, page: str) -> None:
        """Add what a post mentions.

        :param key: the post.
        :param targets: where its references lead.
        :param page: its own page, which it does not mention.
        """
        self._order[key] = None
        for target in targets:
            if target.page != page:
                self._by_page.setdefault(target.page, {})[key] = None
                self._by_target.setdefault(target, {})[key] = None

    def on_page(self, page: str) -> tuple[str, ...]:
        """Return the posts that mention a page, or anything on it.

        :param page: a docname, or a URL.
        """
        return tuple(self._by_page.get(page, ()))

    def of(self, targets: Iterable[Target]) -> tuple[str, ...]:
        """Return the posts that mention one of several targets; a page is mentioned with everything on it.

        :param targets: the targets.
        """
        found = {key for target in targets for key in self._keys(target)}
        # Any target has its posts in the order of the index, but several together do not.
        return tuple(key for key in self._order if key in found)

    def _keys(self, target: Target) -> Iterable[str]:
        return self._by_target.get(target, ()) if target.anchor else self._by_page.get(target.page, ())

    def targets(self) -> Iterable[Target]:
        """Return everything that a post mentions."""
        return self._by_target.keys()
