"""Text layout of social cards: supported characters and line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width, normalize

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Measure = Callable[[str], float]

LONGEST = 400  # characters; no card has room for more
MARKS = 2
"""How many marks one letter can carry: more would reach into the lines around it."""
ELLIPSIS = "…"
JOINERS = "\u200c\u200d"
VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
SYMBOLS = frozenset({"Sk", "So"})
# Where scripts that are written without spaces do not break.
CLOSING = frozenset({"Pe", "Pf", "Po", "Lm", "Mn", "Mc"})
OPENING = frozenset({"Ps", "Pi"})
SMALL_KANA = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """A size of type, and how many lines of it there is room for."""

    pixels: int
    lines: int


def presentable(text: str) -> str:
    """Return a text as a picture can show it: on one line, without what changes directions, and not longer than that.

    :param text: the raw text.
    """
    cut = collapse_whitespace(VARIATIONS.sub("", normalize("NFC", text[: 4 * LONGEST])))
    kept: list[str] = []
    marks = 0
    for character in cut:
        kind = category(character)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks <= MARKS and (kind not in UNSEEN or character in JOINERS):
            kept.append(character)
    shown = collapse_whitespace("".join(kept))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + ELLIPSIS


def is_symbol(character: str) -> bool:
    """Return whether a text says the same without a character, as without an emoji.

    :param character: the character.
    """
    return category(character) in SYMBOLS


def fit(text: str, width: float, sizes: Sequence[Size], measure: Callable[[int], Measure]) -> tuple[int, list[str]]:
    """Return the largest size at which a text has room, and its lines, which are about as long as each other.

    :param text: the text.
    :param width: how wide a line can be.
    :param sizes: the sizes, largest first; at the last one a text that is too long is cut.
    :param measure: gives what tells the width of a text at a size.
    """
    for size in sizes:
        length = cache(measure(size.pixels))
        lines = _wrap(text, width, length)
        if len(lines) <= size.lines:
            return size.pixels, _balanced(text, lines, width, length)
    last = sizes[-1]
    return last.pixels, [*lines[: last.lines - 1], cut(" ".join(lines[last.lines - 1 :]), width, length, more=True)]


def cut(text: str, width: float, measure: Measure, *, more: bool = False) -> str:
    """Return a text on one line, its end replaced by an ellipsis if it has no room.

    :param text: the text.
    :param width: how wide the line can be.
    :param measure: tells the width of a text.
    :param more: whether the text is longer than what is given.
    """
    text = text[:LONGEST]
    if not more and measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + ELLIPSIS) <= width else (low, middle - 1)
    kept = text[:low].removesuffix(ELLIPSIS)
    # A whole word looks better, where that does not leave half a line.
    words, space, _rest = kept.rpartition(" ")
    return (words if space and len(words) > len(kept) * 2 / 3 else kept).rstrip(" ,;:–—-.") + ELLIPSIS


def _balanced(text: str, lines: list[str], width: float, measure: Measure) -> list[str]:
    """Return the lines of the narrowest column that has no more of them."""
    narrow, wide = width / 3, width
    while wide - narrow > 8:  # noqa: PLR2004 - pixels, which are not visible
        middle = (narrow + wide) / 2
        if len(found := _wrap(text, middle, measure)) <= len(lines):
            lines, wide = found, middle
        else:
            narrow = middle
    return lines


def _wrap(text: str, width: float, measure: Measure) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece in _fitting(_pieces(text), width, measure):
        if line and used + measure(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += measure(piece)
    return [*lines, line.rstrip()]


def _fitting(pieces: Iterable[str], width: float, measure: Measure) -> Iterator[str]:
    """Yield pieces; a piece that is too long for a line is yielded character by character."""
    for piece in pieces:
        if measure(piece.rstrip()) <= width:
            yield piece
        else:
            yield from _letters(piece)


def _letters(text: str) -> Iterator[str]:
    letter = ""
    for character in text:
        if letter and category(character) not in {"Mn", "Mc", "Me"} and character not in JOINERS:
            yield letter
            letter = ""
        letter += character
    yield letter


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text behind each of which a line can end."""
    piece = text[:1]
    for before, character in pairwise(text):
        if _can_break(before, character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _can_break(before: str, character: str) -> bool:
    if before == " " or (before in "-/–—" and character.isalpha()):
        return True
    if "W" not in {east_asian_width(before), east_asian_width(character)}:
        return False
    return not (
        character == " "
        or category(character) in CLOSING
        or character in SMALL_KANA
        or character in JOINERS
        or category(before) in OPENING
    )
