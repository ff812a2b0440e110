"""Footnotes whose text begins on the next line, with any indentation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import INDENT, line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

_HEAD = re.compile(r"\[\^[^\]\s]+\]:(.*)")


def footnotes(rules: Rules) -> None:
    """Treat the lines directly below the label of a footnote as its text.

    :param rules: the rules of the parser.
    """
    rules.block("[", _indent_text)


def _indent_text(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Prepare a footnote for the rule that reads it."""
    head = None if silent else _HEAD.fullmatch(line_text(state, start))
    line, indent = start + 1, state.blkIndent + INDENT
    while head and not head[1].strip() and line < end and not state.isEmpty(line):
        if state.sCount[line] < state.blkIndent or _HEAD.match(line_text(state, line)):
            break
        state.sCount[line] = max(state.sCount[line], indent)
        line += 1
    return False
