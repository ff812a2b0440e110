"""Lists as in Python-Markdown: the content of an item is indented by four columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block.list import list_block

from sphinxext.newsroom.markdown.blocks import INDENT, line_text
from sphinxext.newsroom.markdown.failed_matches import memory

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_MARKERS = frozenset("-+*0123456789")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}\.)[ \t]+(?=\S)")
_BRACKET = re.compile(r"\d{1,9}\)(?:[ \t]|$)")


def lists(md: MarkdownIt, *, brackets: bool) -> None:
    """Read lists.

    :param md: the parser.
    :param brackets: whether ``1)`` begins an item.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if state.src[begin : begin + 1] not in _MARKERS:
            return False
        if not brackets and _BRACKET.match(line_text(state, start)):
            return False
        if not silent and state.sCount[start] > state.blkIndent:
            _pull_items(state, start, end)
        return list_block(state, start, end, silent)

    md.block.ruler.at("list", rule, {"alt": ["paragraph", "reference", "blockquote"]})


def _pull_items(state: StateBlock, start: int, end: int) -> None:
    """Move items to the left whose own text begins so far to the right that what is indented by four is not theirs."""
    base, blank = state.blkIndent, False
    seen = memory(state)
    if start < seen.get(("items", base), 0):
        return
    for line in range(start, end):
        if state.isEmpty(line):
            blank = True
            continue
        column = state.sCount[line]
        seen["items", base] = line + 1
        if column <= base and (blank or column < base):
            return
        blank = False
        if base < column < base + INDENT and (item := _ITEM.match(line_text(state, line))):
            state.sCount[line] -= max(0, min(column - base, column + item.end() - base - INDENT))
