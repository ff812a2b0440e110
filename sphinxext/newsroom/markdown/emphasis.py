"""Strong and emphasised text where CommonMark would not see it: beside punctuation, as Chinese and Japanese need it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline


def emphasis(md: MarkdownIt) -> None:
    """Let asterisks open before anything but space and close behind anything but space.

    :param md: the parser.
    """
    md.inline.ruler.before("emphasis", "asterisks", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    end = start
    while end < state.posMax and state.src[end] == "*":
        end += 1
    scanned = state.scanDelims(start, canSplitWord=True)
    before = state.src[start - 1] if start else " "
    behind = state.src[end] if end < state.posMax else " "
    can_open = scanned.can_open or (not before.isspace() and _opens(behind))
    can_close = scanned.can_close or (not behind.isspace() and _closes(before))
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def _opens(character: str) -> bool:
    return character in "\"'`[" or unicodedata.category(character) in {"Ps", "Pi"}


def _closes(character: str) -> bool:
    """Return whether this is punctuation that can end a phrase."""
    category = unicodedata.category(character)
    return category[0] in "PS" and category not in {"Ps", "Pi"} and character not in "*_"
