"""Content tabs, ``=== "Title"``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import INDENT, content_end, line_text, parse_inside, push_inline

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

# `!` begins a new set, `+` shows this tab first.
_HEAD = re.compile(r'===([!+]{0,2})[ \t]*(?:"(.*?)"|\'(.*?)\')[ \t]*')


def tabs(rules: Rules) -> None:
    """Read content tabs; those that follow each other are one set.

    :param rules: the rules of the parser.
    """
    rules.block("=", _rule)


def _head(state: StateBlock, line: int) -> re.Match[str] | None:
    if not state.src.startswith("===", state.bMarks[line] + state.tShift[line]):
        return None
    return _HEAD.fullmatch(line_text(state, line))


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    head = _head(state, start)
    if head is None:
        return False
    if silent:
        return True
    column = state.sCount[start]
    tab_set = state.push("tab_set_open", "div", 1)
    line = start
    while head is not None:
        stop = content_end(state, line + 1, end, column + INDENT)
        token = state.push("tab_open", "div", 1)
        token.map = [line, stop]
        token.meta = {"selected": "+" in head[1], "extension": "pymdownx.tabbed"}
        state.push("tab_title_open", "p", 1).map = [line, line + 1]
        push_inline(state, head[2] if head[2] is not None else head[3], line)
        state.push("tab_title_close", "p", -1)
        parse_inside(state, line + 1, stop, column + INDENT)
        state.push("tab_close", "div", -1)
        line = stop
        following = state.skipEmptyLines(stop)
        head = None
        if following < end and state.sCount[following] == column:
            head = _head(state, following)
            if head is not None and "!" in head[1]:
                head = None
            line = stop if head is None else following
    tab_set.map = [start, line]
    state.push("tab_set_close", "div", -1)
    state.line = line
    return True
