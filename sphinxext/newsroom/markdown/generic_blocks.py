"""Generic blocks, ``/// note | Title``, as in ``pymdownx.blocks``."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.markdown.block_types import block_types
from sphinxext.newsroom.markdown.blocks import INDENT, line_text, parse_inside
from sphinxext.newsroom.utils.yaml import load

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.dispatch import Rules

_HEAD = re.compile(r"(/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*(.*?)[ ]*)?")
_END = re.compile(r"/{3,}[ ]*")
_CODE = re.compile(r"`{3,}|~{3,}")


def generic_blocks(rules: Rules, extensions: MarkdownExtensions) -> None:
    """Read blocks between slashes.

    :param rules: the rules of the parser.
    :param extensions: the site's extensions, which say which types there are.
    """
    types = block_types(extensions)

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        head = _HEAD.fullmatch(line_text(state, start)) if state.src.startswith("///", begin) else None
        if head is None:
            return False
        block = types.get(head[2].lower())
        if block is None:
            if not silent:
                state.push("unknown_block", "", 0).meta = {"name": head[2]}
                state.tokens[-1].map = [start, start + 1]
            return False
        if silent:
            return True
        first, options = _read_options(state, start + 1, end)
        last = _find_end(state, first, end, len(head[1]))
        block.open(state, start, last, head[3], options)
        parse_inside(state, first, last, state.blkIndent)
        block.close(state)
        state.line = min(last + 1, end)
        return True

    if types:
        rules.block("/", rule)


def _read_options(state: StateBlock, start: int, end: int) -> tuple[int, dict[str, Any]]:
    """Return the line behind the options of a block, and the options."""
    line = start
    while line < end and not state.isEmpty(line) and state.sCount[line] - state.blkIndent >= INDENT:
        line += 1
    if line == start:
        return start, {}
    text = state.getLines(start, line, state.blkIndent, keepLastLF=True)
    found, _ = load(textwrap.dedent(text))
    return (line, {str(key): value for key, value in found.items()}) if isinstance(found, dict) else (start, {})


def _find_end(state: StateBlock, start: int, end: int, length: int) -> int:
    """Return the line that ends a block: as many slashes as began it, outside of code."""
    fence = ""
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.blkIndent:
            return line
        text = line_text(state, line)
        code = _CODE.match(text)
        if fence:
            if code and code[0].startswith(fence) and not text.strip("`~ \t"):
                fence = ""
        elif code:
            fence = code[0]
        elif _END.fullmatch(text) and len(text.rstrip()) == length:
            return line
    return end
