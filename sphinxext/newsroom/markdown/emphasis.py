"""Strong and emphasized text next to punctuation, where CommonMark does not recognize it, as in Chinese and Japanese."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from markdown_it.rules_inline.state_inline import Delimiter

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules


def emphasis(rules: Rules) -> None:
    """Let asterisks open before any non-space and close after any non-space.

    :param rules: the rules of the parser.
    """
    rules.inline("*", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    if silent:
        return False
    start = end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start else " "
    behind = state.src[end] if end < state.posMax else " "
    opens = not before.isspace() and _opens(behind)
    closes = not behind.isspace() and _closes(before)
    if not opens and not closes:
        return False  # CommonMark says the same
    scanned = state.scanDelims(start, canSplitWord=True)
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens or scanned.can_open,
                close=closes or scanned.can_close,
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
