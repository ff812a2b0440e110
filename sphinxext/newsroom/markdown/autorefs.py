"""References to documented objects, ``[text][package.object]``, as in mkdocstrings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_inline import link

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_OBJECT = re.compile(r"\[([A-Za-z_]\w*(?:\.\w+)+)?\]")
_NAME = re.compile(r"`?([A-Za-z_]\w*(?:\.\w+)+)`?")


def autorefs(rules: Rules) -> None:
    """Read references to objects where no definition of a link is meant.

    :param rules: the rules of the parser.
    """
    rules.inline("[", link)
    rules.inline("[", _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    start = state.pos
    end = state.md.helpers.parseLinkLabel(state, start)
    match = _OBJECT.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if match is None:
        return False
    name = match[1]
    if name is None:
        written = _NAME.fullmatch(state.src, start + 1, end)
        name = written[1] if written else None
    if name is None:
        return False
    if not silent:
        token = state.push("autoref_open", "", 1)
        token.meta = {"target": name, "behind": f"]{match[0]}"}
        before, state.pos, state.posMax = state.posMax, start + 1, end
        state.md.inline.tokenize(state)
        state.posMax = before
        state.push("autoref_close", "", -1)
    state.pos = match.end()
    return True
