"""Admonitions, ``!!! note "Title"``, and collapsible ones, ``??? note`` and ``???+ note``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import INDENT, content_end, line_text, parse_inside, push_inline
from sphinxext.newsroom.markdown.translated_labels import type_title

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

# Marker, type with further classes, title.
_HEAD = re.compile(r'(!!!|\?\?\?\+?)([\w\- ]*)(?:"(.*)")?')


def admonitions(rules: Rules, *, plain: bool, folding: bool) -> None:
    """Read admonitions.

    :param rules: the rules of the parser.
    :param plain: whether ``!!!`` is one.
    :param folding: whether ``???`` is one.
    """
    starts = ("!!!",) * plain + ("???",) * folding

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith(starts, begin):
            return False
        match = _HEAD.fullmatch(line_text(state, start).rstrip())
        # One that folds may have nothing but a title.
        if match is None or not (match[2].strip() or (match[3] is not None and match[1] != "!!!")):
            return False
        if silent:
            return True
        classes = match[2].lower().split()
        title = match[3] if match[3] is not None else type_title(match[2].split()[0].capitalize())
        indent = state.sCount[start] + INDENT
        stop = content_end(state, start + 1, end, indent)
        name = "folded" if match[1] != "!!!" else "admonition"
        token = state.push(f"{name}_open", "div", 1)
        token.map = [start, stop]
        token.meta = {"classes": classes, "open": match[1].endswith("+")}
        if title:
            token = state.push(f"{name}_title_open", "p", 1)
            token.map = [start, start + 1]
            push_inline(state, title, start)
            state.push(f"{name}_title_close", "p", -1)
        parse_inside(state, start + 1, stop, indent)
        state.push(f"{name}_close", "div", -1)
        return True

    if starts:
        rules.block("!?", rule)
