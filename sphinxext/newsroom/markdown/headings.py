"""Headings without a space after the hash signs, ``#Heading``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import line_text, push_inline

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

_HEADING = re.compile(r"(#{1,6})(?![\s#])(.*?)[ \t]*#*[ \t]*")


def headings(rules: Rules) -> None:
    """Read headings as Python-Markdown does.

    :param rules: the rules of the parser.
    """
    rules.block("#", _rule)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = _HEADING.fullmatch(line_text(state, start))
    if match is None or not match[2]:
        return False
    if not silent:
        tag = f"h{len(match[1])}"
        token = state.push("heading_open", tag, 1)
        token.markup, token.map = match[1], [start, start + 1]
        push_inline(state, match[2], start)
        state.push("heading_close", tag, -1).markup = match[1]
        state.line = start + 1
    return True
