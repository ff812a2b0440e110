"""CriticMarkup: ``{++added++}``, ``{--deleted--}``, ``{~~old~>new~~}``, ``{==highlighted==}``, ``{>>comment<<}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.failed_matches import memory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_CLOSING: Mapping[str, str] = {"++": "++}", "--": "--}", "==": "==}", ">>": "<<}", "~~": "~~}"}
_TOKENS: Mapping[str, str] = {"++": "insert", "--": "delete", "==": "mark", ">>": "comment"}
# What is not shown when changes are accepted or rejected.
_GONE: Mapping[str, frozenset[str]] = {
    "view": frozenset(),
    "accept": frozenset(["--", ">>"]),
    "reject": frozenset(["++", ">>"]),
}


def critic(rules: Rules, mode: str) -> None:
    """Read changes.

    :param rules: the rules of the parser.
    :param mode: ``view`` shows them as changes, ``accept`` and ``reject`` show the text with and without them.
    """
    gone = _GONE.get(mode, frozenset())

    def rule(state: StateInline, silent: bool) -> bool:
        kind = state.src[state.pos + 1 : state.pos + 3]
        closing = _CLOSING.get(kind)
        begin = state.pos + 3
        end = _find(state, closing, begin) if closing is not None else -1
        if end < 0:
            return False
        pieces = [(kind, begin, end)]
        if kind == "~~":
            between = state.src.find("~>", begin, end)
            if between < 0:
                return False
            pieces = [("--", begin, between), ("++", between + 2, end)]
        if not silent:
            for piece, first, last in pieces:
                if piece not in gone:
                    _push(state, _TOKENS[piece] if mode == "view" else "", first, last)
        state.pos = end + 3
        return True

    rules.inline("{", rule)


def _find(state: StateInline, closing: str, begin: int) -> int:
    # Where one search found nothing, no later one will.
    hopeless = memory(state)
    key = ("critic", closing, state.posMax)
    if key in hopeless:
        return -1
    end = state.src.find(closing, begin, state.posMax)
    if end < 0:
        hopeless[key] = begin
    return end


def _push(state: StateInline, name: str, begin: int, end: int) -> None:
    if name:
        state.push(f"{name}_open", "", 1)
    before, state.pos, state.posMax = state.posMax, begin, end
    state.md.inline.tokenize(state)
    state.posMax = before
    if name:
        state.push(f"{name}_close", "", -1)
