"""Tables with a vertical bar inside code in a cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block.table import table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

# A character that is in no text replaces the bar while the cells are separated.
_STAND_IN = "\ue07c"
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)")


def tables(md: MarkdownIt) -> None:
    """Let bars within code be code.

    :param md: the parser.
    """
    md.block.ruler.at("table", _rule, {"alt": ["paragraph", "reference"]})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if start + 2 > end or "|" not in state.src[state.bMarks[start] : state.eMarks[start]]:
        return False
    if silent or not table(state, start, end, True):
        return table(state, start, end, silent)
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
    begin, behind = state.bMarks[start], state.eMarks[last - 1]
    before = state.src[begin:behind]
    hidden = _CODE.sub(lambda code: code[0].replace("|", _STAND_IN), before)
    if hidden == before:
        return table(state, start, end, silent)
    first, source = len(state.tokens), state.src
    state.src = source[:begin] + hidden + source[behind:]
    try:
        return table(state, start, end, silent)
    finally:
        state.src = source
        for token in state.tokens[first:]:
            token.content = token.content.replace(_STAND_IN, "|")
