"""Marks around text: ``==mark==``, ``^^insert^^``, ``~~delete~~``, ``a^2^``, ``H~2~O``; keys, ``++ctrl+c++``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pymdownx import keymap_db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

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


def inline_marks(md: MarkdownIt, marks: Iterable[Mark]) -> None:
    """Read pairs of markers.

    :param md: the parser.
    :param marks: which of them.
    """
    for mark in marks:
        md.inline.ruler.before("strikethrough", mark.name, _pair(mark))


def _pair(mark: Mark) -> Callable[[StateInline, bool], bool]:
    marker, size = mark.marker, len(mark.marker)

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not state.src.startswith(marker, start):
            return False
        inner = start + size
        if inner >= state.posMax or state.src[inner].isspace() or state.src[inner] == marker[0]:
            return False
        if size == 1 and start > 0 and state.src[start - 1] == marker:
            return False
        # Where one search found nothing, no later one will: unclosed markers stay linear.
        hopeless = state.env.setdefault("newsroom_unclosed", {})
        key = (id(state.src), mark.name, state.posMax)
        if inner >= hopeless.get(key, state.posMax + 1):
            return False
        end = _find_end(state, inner, mark)
        if end is None:
            hopeless[key] = inner
            return False
        if end < 0:
            return False
        if not silent:
            state.push(f"{mark.name}_open", "", 1).markup = marker
            before, state.pos, state.posMax = state.posMax, inner, end
            state.md.inline.tokenize(state)
            state.posMax = before
            state.push(f"{mark.name}_close", "", -1).markup = marker
        state.pos = end + size
        return True

    return rule


def _find_end(state: StateInline, start: int, mark: Mark) -> int | None:
    """Return where the closing marker is, None if there is none, -1 if spaces forbid it."""
    marker, position = mark.marker, start
    while (end := state.src.find(marker, position, state.posMax)) >= 0:
        if not mark.spaces and re.search(r"\s", state.src[start:end]):
            return -1
        doubled = len(marker) == 1 and state.src[end : end + 2] == marker * 2
        if end > start and not state.src[end - 1].isspace() and state.src[end - 1] != "\\" and not doubled:
            return end
        position = end + (2 if doubled else len(marker))
    return None


def keys(md: MarkdownIt, *, names: dict[str, str] | None = None, separator: str = "+") -> None:
    """Read keyboard keys.

    :param md: the parser.
    :param names: the site's own names of keys.
    :param separator: what stands between keys.
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

    md.inline.ruler.before("strikethrough", "keys", rule)


def _split(source: str) -> list[str]:
    return re.findall(r"""[\w-]+|"[^"\n]+"|'[^'\n]+'""", source)


def _key(source: str, known: dict[str, str]) -> tuple[str, str]:
    """Return the class and the text of a key."""
    if source[0] in "\"'":
        return "", source[1:-1]
    name = keymap_db.aliases.get(source.lower(), source.lower())
    return f"key-{name}", known.get(name, source)
