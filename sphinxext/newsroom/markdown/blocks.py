"""Blocks with indented content."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

INDENT = 4
"""By how many columns content is indented; a tab is as many."""


def line_text(state: StateBlock, line: int) -> str:
    """Return a line without its indentation.

    :param state: the parser.
    :param line: number of the line.
    """
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def content_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """Return the line after the last one of an indented block.

    :param state: the parser.
    :param start: the first line that may belong to it.
    :param end: the line after the last possible one.
    :param indent: the column where content begins.
    """
    last = start
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < indent:
            break
        last = line + 1
    return last


def parse_inside(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Parse lines as the content of a block.

    :param state: the parser.
    :param start: the first line.
    :param end: the line after the last one.
    :param indent: the column where content begins.
    """
    before = state.blkIndent, state.lineMax, state.parentType, state.tight
    state.blkIndent, state.lineMax, state.parentType = indent, end, "container"
    state.md.block.tokenize(state, start, end)
    state.blkIndent, state.lineMax, state.parentType, state.tight = before
    state.line = end


def push_inline(state: StateBlock, content: str, line: int) -> Token:
    """Add text that is to be parsed as one line of Markdown.

    :param state: the parser.
    :param content: the text.
    :param line: its line.
    """
    token = state.push("inline", "", 0)
    token.content = content
    token.map = [line, line + 1]
    token.children = []
    return token
