"""Inline markup: ``==mark==``, ``^^insert^^``, ``~~delete~~``, ``a^2^``, ``H~2~O``; keys, ``++ctrl+c++``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pymdownx import keymap_db

from sphinxext.newsroom.markdown.failed_matches import memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_KEYS = re.compile(r"""\+\+((?:[\w-]+|"[^"\n]+"|'[^'\n]+')(?:\+(?:[\w-]+|"[^"\n]+"|'[^'\n]+'))*)\+\+""")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A pair of markers and what it makes of the text between."""

    marker: str
    name: str
    """Name of the tokens."""
    spaces: bool = True
    """Whether there may be spaces between."""


MARK = Mark(marker="==", name="mark")
INSERT = Mark(marker="^^", name="insert")
DELETE = Mark(marker="~~", name="delete")
SUPERSCRIPT = Mark(marker="^", name="superscript", spaces=False)
SUBSCRIPT = Mark(marker="~", name="subscript", spaces=False)


def inline_marks(rules: Rules, marks: Iterable[Mark]) -> None:
    """Read pairs of markers.

    :param rules: the rules of the parser.
    :param marks: the enabled delimiters.
    """
    for mark in marks:
        rules.inline(mark.marker[0], _pair(mark))


def _pair(mark: Mark) -> Callable[[StateInline, bool], bool]:
    marker = mark.marker

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not state.src.startswith(marker, start):
            return False
        inner = start + len(marker)
        end = _find_end(state, inner, mark) if _may_open(state, mark) else -1
        if end < 0:
            return False
        if not silent:
            state.push(f"{mark.name}_open", "", 1).markup = marker
            before, state.pos, state.posMax = state.posMax, inner, end
            state.md.inline.tokenize(state)
            state.posMax = before
            state.push(f"{mark.name}_close", "", -1).markup = marker
        state.pos = end + len(marker)
        return True

    return rule


def _may_open(state: StateInline, mark: Mark) -> bool:
    marker, inner = mark.marker, state.pos + len(mark.marker)
    if inner >= state.posMax or state.src[inner].isspace() or state.src[inner] == marker[0]:
        return False
    return len(marker) > 1 or state.pos == 0 or state.src[state.pos - 1] != marker


def _find_end(state: StateInline, start: int, mark: Mark) -> int:
    """Return where the closing marker is, -1 if there is none."""
    marker, position = mark.marker, start
    # Where one search found nothing, no later one will: unclosed markers stay linear.
    hopeless = memory(state)
    key = (mark.name, state.posMax)
    if start >= hopeless.get(key, state.posMax + 1):
        return -1
    while (end := state.src.find(marker, position, state.posMax)) >= 0:
        if not mark.spaces and re.search(r"\s", state.src[start:end]):
            return -1
        doubled = len(marker) == 1 and state.src[end : end + 2] == marker * 2
        if end > start and not state.src[end - 1].isspace() and state.src[end - 1] != "\\" and not doubled:
            return end
        position = end + (2 if doubled else len(marker))
    hopeless[key] = start
    return -1


def keys(rules: Rules, *, names: dict[str, str] | None = None, separator: str = "+") -> None:
    """Read keyboard keys.

    :param rules: the rules of the parser.
    :param names: the site's own names of keys.
    :param separator: the separator between keys.
    """
    known = {**keymap_db.keymap, **(names or {})}

    def rule(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("++", state.pos):
            return False
        match = _KEYS.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            token = state.push("keys", "", 0)
            token.content = match[0]
            token.meta = {"keys": [_key(key, known) for key in _split(match[1])], "separator": separator}
        state.pos = match.end()
        return True

    rules.inline("+", rule)


def _split(source: str) -> list[str]:
    return re.findall(r"""[\w-]+|"[^"\n]+"|'[^'\n]+'""", source)


def _key(source: str, known: dict[str, str]) -> tuple[str, str]:
    """Return the class and the text of a key."""
    if source[0] in "\"'":
        return "", source[1:-1]
    name = keymap_db.aliases.get(source.lower(), source.lower())
    return f"key-{name}", known.get(name, source)
