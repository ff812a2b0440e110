"""Smart symbols: ``(c)``, ``+/-``, ``-->``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.syntax_hints import Presence

_FRACTIONS: Mapping[str, str] = {
    "1/4": "¼",
    "1/2": "½",
    "3/4": "¾",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/5": "⅕",
    "2/5": "⅖",
    "3/5": "⅗",
    "4/5": "⅘",
    "1/6": "⅙",
    "5/6": "⅚",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
}
# What is replaced, by the option that turns it off.
_SYMBOLS: Mapping[str, Mapping[str, str]] = {
    "trademark": {"(tm)": "™"},
    "copyright": {"(c)": "©"},
    "registered": {"(r)": "®"},
    "plusminus": {"+/-": "±"},
    "arrows": {"<-->": "↔", "-->": "→", "<--": "←"},
    "notequal": {"=/=": "≠"},
    "care_of": {"c/o": "℅"},
    "fractions": _FRACTIONS,
}
# Characters that must not be adjacent to a symbol.
_BOUNDS: Mapping[str, tuple[str, str]] = {
    r"\d": (r"\d", r"(?!\d)"),
    "c": (r"\w", r"\b"),
    "-->": ("-", ""),
    "<--$": ("", "(?!-)"),
}
_MAYBE_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)")
_ORDINAL = re.compile(r"(?<![\w.])(\d*(?:1(?=st)|2(?=nd)|3(?=rd)|\d(?=th)))(st|nd|rd|th)(?!\w)")


def symbols(md: MarkdownIt, extensions: MarkdownExtensions, presence: Presence) -> None:
    """Replace the notation of a symbol.

    :param md: the parser.
    :param extensions: the site's extensions; each kind can be off.
    :param presence: what the document may hold.
    """
    table: dict[str, str] = {}
    for option, pairs in _SYMBOLS.items():
        if extensions.option("pymdownx.smartsymbols", option, default=True):
            table |= pairs
    pattern = re.compile("|".join(_bounded(source) for source in sorted(table, key=len, reverse=True)))

    def replace(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline" and token.children and pattern.search(token.content):
                for child in token.children:
                    if child.type == "text":
                        child.content = pattern.sub(lambda match: table[match[0]], child.content)

    if presence.has(*table):
        md.core.ruler.push("symbols", replace)
    if extensions.option("pymdownx.smartsymbols", "ordinal_numbers", default=True) and presence.matches(_MAYBE_ORDINAL):
        md.core.ruler.push("ordinals", _raise_ordinals)


def _bounded(source: str) -> str:
    """Return a pattern for the notation of a symbol, at word boundaries: not ``21/2`` for ``1/2``."""
    before, behind = next((sides for first, sides in _BOUNDS.items() if re.match(first, source)), ("", ""))
    # The lookbehind comes last: a pattern that begins with a character is found fast.
    literal = re.escape(source)
    return literal + (f"(?<!{before}{literal})" if before else "") + behind


def _raise_ordinals(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and _MAYBE_ORDINAL.search(token.content):
            token.children = [part for child in token.children for part in _split(child)]


def _split(token: Token) -> list[Token]:
    """Return text with the letters of ordinal numbers set apart."""
    if token.type != "text":
        return [token]
    *pieces, rest = _ORDINAL.split(token.content)
    parts: list[Token] = []
    for before, number, letters in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        parts += [
            token.copy(content=before + number),
            Token("superscript_open", "sup", 1),
            token.copy(content=letters),
            Token("superscript_close", "sup", -1),
        ]
    return [*parts, token.copy(content=rest)]
