"""Abbreviations, ``*[HTML]: Hypertext Markup Language``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from sphinxext.newsroom.markdown.blocks import line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

    from sphinxext.newsroom.markdown.dispatch import Rules

_DEFINITION = re.compile(r"\*\[([^\]\\]+)\][ ]?:[ ]*(.*?)[ ]*")
_PLACE = "newsroom_abbreviations"


def abbreviations(rules: Rules) -> None:
    """Read definitions, and mark the abbreviations in the text.

    :param rules: the rules of the parser.
    """
    rules.block("*", _define)
    rules.md.core.ruler.after("inline", "abbreviation", _mark)


def _define(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = _DEFINITION.fullmatch(line_text(state, start))
    if match is None:
        return False
    if not silent:
        meaning = match[2].strip("\"'") if match[2] in {"''", '""'} else match[2]
        state.env.setdefault(_PLACE, {})[match[1].strip()] = meaning
        state.line = start + 1
    return True


def _mark(state: StateCore) -> None:
    known = {name: meaning for name, meaning in state.env.get(_PLACE, {}).items() if meaning}
    if not known:
        return
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
    for token in state.tokens:
        if token.type == "inline" and token.children and pattern.search(token.content):
            token.children = [part for child in token.children for part in _split(child, pattern, known)]


def _split(token: Token, pattern: re.Pattern[str], known: dict[str, str]) -> list[Token]:
    if token.type != "text":
        return [token]
    parts: list[Token] = []
    position = 0
    for match in pattern.finditer(token.content):
        if match.start() > position:
            parts.append(token.copy(content=token.content[position : match.start()]))
        # Text inside of a pair, so that the anchor of a heading has its words.
        parts += (
            Token("abbreviation_open", "abbr", 1, level=token.level, meta={"meaning": known[match[0]]}),
            token.copy(content=match[0], level=token.level + 1),
            Token("abbreviation_close", "abbr", -1, level=token.level),
        )
        position = match.end()
    if not parts:
        return [token]
    if position < len(token.content):
        parts.append(token.copy(content=token.content[position:]))
    return parts
