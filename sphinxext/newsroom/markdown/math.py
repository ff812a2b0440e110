r"""Formulas in brackets, ``\(…\)`` and ``\[…\]``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline


def bracket_math(md: MarkdownIt) -> None:
    """Read formulas in brackets.

    :param md: the parser.
    """
    md.inline.ruler.before("escape", "math_brackets", _inline)
    md.block.ruler.before("fence", "math_brackets", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith((r"\(", r"\["), start):
        return False
    closing = r"\)" if state.src[start + 1] == "(" else r"\]"
    end = state.src.find(closing, start + 2, state.posMax)
    content = state.src[start + 2 : end].strip() if end >= 0 else ""
    if not content:
        return False
    if not silent:
        token = state.push("math_inline" if closing == r"\)" else "math_inline_double", "math", 0)
        token.content = content
    state.pos = end + 2
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(r"\[", begin) or state.is_code_block(start):
        return False
    for line in range(start, end):
        if line > start and (state.isEmpty(line) or state.sCount[line] < state.blkIndent):
            return False
        text = state.src[state.bMarks[line] : state.eMarks[line]].rstrip()
        if text.endswith(r"\]") and not (line == start and text.strip() == r"\]"):
            if silent:
                return True
            lines = state.getLines(start, line + 1, state.blkIndent, keepLastLF=False).strip()
            token = state.push("math_block", "math", 0)
            token.content = lines.removeprefix(r"\[").removesuffix(r"\]").strip()
            token.map = [start, line + 1]
            state.line = line + 1
            return True
    return False
