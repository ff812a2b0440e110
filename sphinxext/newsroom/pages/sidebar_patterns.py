"""Apply ``html_sidebars`` patterns for former page names to the pages that replaced them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.matching import patmatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def sidebars_by_name(patterns: Mapping[str, Iterable[str]], pagename: str, former: Iterable[str]) -> list[str] | None:
    """Return the sidebars of a page, None if no pattern names it by a former name.

    As in Sphinx, a pattern without wildcards goes before one with them, and of several with them the first is taken.

    :param patterns: ``html_sidebars``.
    :param pagename: the page.
    :param former: its former names.
    """
    names = (pagename, *former)
    found = {
        pattern: [name for name in names if patmatch(name, pattern)]
        for pattern in patterns
        if any(patmatch(name, pattern) for name in names)
    }
    if all(pagename in matches for matches in found.values()):
        return None
    plain = [pattern for pattern in found if not any(char in pattern for char in "*?[")]
    return list(patterns[plain[-1] if plain else next(iter(found))])
