"""Attribute lists, ``{: .class #id key=value }``, after the element they apply to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.blocks import line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from sphinxext.newsroom.markdown.dispatch import Rules

_LIST = re.compile(r"\{:?[ ]*([^{}\n ][^{}\n]*)\}")
_ITEM = re.compile(
    r"""\s*(?:([.#])([^\s.#={}"']+)|([\w:@.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'{}]+)|([\w:@-]+))(?=\s|[.#]|$)"""
)
# What can be followed by attributes; the opening token of a pair gets them.
_SINGLE = frozenset(["image", "code_inline", "icon", "emoji", "keys"])
_CELLS = frozenset(["td_open", "th_open"])


def attributes(rules: Rules) -> None:
    """Read attribute lists.

    :param rules: the rules of the parser.
    """
    # Found while text is read, so that nothing in them is taken for markup; given out when all else is known.
    rules.inline("{", _find)
    rules.block("{", _give_raw)
    rules.md.inline.ruler2.push("attribute_list", _give_inline)
    rules.md.core.ruler.after("inline", "attribute_list", _give_blocks)


def parse_attributes(source: str) -> dict[str, str] | None:
    """Return the attributes of a list, None if it is none.

    :param source: the text between the braces, without colon.
    """
    found: dict[str, str] = {}
    position = 0
    while position < len(source.rstrip()):
        match = _ITEM.match(source, position)
        if match is None:
            return None
        kind, name, key, value, word = match.groups()
        if kind == "#":
            found["id"] = name
        elif kind == ".":
            found["class"] = f"{found.get('class', '')} {name}".strip()
        elif key:
            value = value[1:-1] if value[0] in "\"'" else value
            found[key] = f"{found.get('class', '')} {value}".strip() if key == "class" else value
        else:
            found[word] = word
        position = match.end()
    return found


def _give_raw(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Give a list directly below a block of code or raw HTML to that."""
    raw = state.tokens[-1] if state.tokens else None
    if raw is None or raw.type not in {"fence", "html_block"} or raw.map is None or raw.map[1] != start:
        return False
    if raw.type == "html_block" and not state.level:
        return False  # Python-Markdown has taken it out of the text before it looks for attributes
    match = _LIST.fullmatch(line_text(state, start).rstrip())
    found = parse_attributes(match[1]) if match else None
    if not found:
        return False
    if not silent:
        give(raw, found)
        state.line = start + 1
    return True


def _find(state: StateInline, silent: bool) -> bool:
    match = _LIST.match(state.src, state.pos, state.posMax)
    if match is None or state.src.startswith("`", match.end()):
        return False
    found = parse_attributes(match[1])
    if not found:
        return False
    if not silent:
        token = state.push("attribute_list", "", 0)
        token.content = match[0]
        token.meta = {"attributes": found}
    state.pos = match.end()
    return True


def give(token: Token, attributes: dict[str, str]) -> None:
    """Add attributes to a token.

    :param token: the token.
    :param attributes: what it gets; classes are added to those that it has.
    """
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        else:
            token.attrSet(name, value)


def _give_inline(state: StateInline) -> None:
    """Apply each attribute list to the element directly before it; a list after text is for the block, or is text."""
    if "{" not in state.src:
        return
    kept: list[Token] = []
    for token in state.tokens:
        if token.type != "attribute_list":
            kept.append(token)
            continue
        owner = _owner(kept)
        if owner is None:
            kept.append(token)
        else:
            give(owner, token.meta["attributes"])
    state.tokens[:] = kept


def _owner(tokens: list[Token]) -> Token | None:
    index = len(tokens) - 1
    while index >= 0 and tokens[index].type == "text" and not tokens[index].content:
        index -= 1
    if index < 0:
        return None
    last = tokens[index]
    if last.type in _SINGLE:
        return last
    if last.nesting != -1:
        return None
    opening = last.type.removesuffix("_close") + "_open"
    depth = 0
    for token in reversed(tokens[: index + 1]):
        depth += (token.type == last.type) - (token.type == opening)
        if not depth:
            return token
    return None


def _give_blocks(state: StateCore) -> None:
    """Give a list at the end of a heading, a cell or a paragraph to that; the others are text."""
    for index, token in enumerate(state.tokens):
        children = token.children
        if (
            token.type != "inline"
            or not children
            or "{" not in token.content
            or not any(c.type == "attribute_list" for c in children)
        ):
            continue
        last = children[-1]
        block = state.tokens[index - 1]
        if last.type == "attribute_list" and _is_for_block(block, children[:-1]):
            give(block, last.meta["attributes"])
            children.pop()
            while children and children[-1].type == "softbreak":
                children.pop()
            if children and children[-1].type == "text":
                children[-1].content = children[-1].content.rstrip()
        for child in children:
            if child.type == "attribute_list":
                child.type = "text"


def _is_for_block(block: Token, before: list[Token]) -> bool:
    if not before:
        return False
    if block.type == "heading_open" or block.type in _CELLS:
        return before[-1].type == "text" and before[-1].content.endswith(" ")
    return block.type == "paragraph_open" and before[-1].type == "softbreak"
