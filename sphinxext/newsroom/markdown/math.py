r"""Formulas in brackets, ``\(…\)`` and ``\[…\]``, and in environments of LaTeX, ``\begin{align}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import line_text
from sphinxext.newsroom.markdown.failed_matches import memory

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_BEGIN = re.compile(r"\\begin\{([a-z]+\*?)\}")


def bracket_math(rules: Rules) -> None:
    """Read formulas in brackets and environments.

    :param rules: the rules of the parser.
    """
    rules.inline("\\", _inline)
    rules.block("\\", _block)
    rules.block("\\", _environment)


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.startswith((r"\(", r"\["), start):
        return False
    closing = r"\)" if state.src[start + 1] == "(" else r"\]"
    # Where one search found nothing, no later one will: unclosed brackets stay linear.
    unclosed = memory(state)
    if unclosed.get(closing) == state.posMax:
        return False
    end = state.src.find(closing, start + 2, state.posMax)
    if end < 0:
        unclosed[closing] = state.posMax
        return False
    content = state.src[start + 2 : end].strip()
    if not content:
        return False
    if not silent:
        token = state.push("math_inline" if closing == r"\)" else "math_inline_double", "math", 0)
        token.content = content
    state.pos = end + 2
    return True


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(r"\[", begin):
        return False
    unclosed = memory(state)
    if start < unclosed.get("math", 0):
        return False
    for line in range(start, end):
        if line > start and (state.isEmpty(line) or state.sCount[line] < state.blkIndent):
            unclosed["math"] = line
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
    unclosed["math"] = end
    return False


def _environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = _BEGIN.match(line_text(state, start))
    if match is None:
        return False
    unclosed = memory(state)
    if start < unclosed.get(match[0], 0):
        return False
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            unclosed[match[0]] = line
            return False
        if line_text(state, line).rstrip().endswith(f"\\end{{{match[1]}}}"):
            if not silent:
                token = state.push("amsmath", "math", 0)
                token.content = state.getLines(start, line + 1, state.blkIndent, keepLastLF=False).strip()
                # Without a number: Python-Markdown gives none.
                token.meta = {"environment": match[1].rstrip("*"), "numbered": "*"}
                token.map = [start, line + 1]
                state.line = line + 1
            return True
    unclosed[match[0]] = end
    return False
