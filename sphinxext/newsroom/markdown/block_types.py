"""The types of generic blocks, each converted to the tokens of an equivalent construct."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sphinxext.newsroom.markdown.blocks import push_inline
from sphinxext.newsroom.markdown.translated_labels import numbered, type_title
from sphinxext.newsroom.utils.translatable import translatable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions

_ADMONITIONS = ("note", "attention", "caution", "danger", "error", "tip", "hint", "warning", "important")
_CAPTIONS = (
    ("caption", ""),
    ("figure-caption", translatable("Figure %s.")),
    ("table-caption", translatable("Table %s.")),
)
_TAG = re.compile(r"([A-Za-z][\w-]*)((?:[.#][\w-]+)*)((?:\[[^\]]*\])*)")
_NAME = re.compile(r"([.#])([\w-]+)")
_ATTRIBUTE = re.compile(r"""\[\s*([\w:-]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\]\s]*))?\s*\]""")


class BlockType(Protocol):
    """The start and end of a block."""

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        """Add the tokens before the content."""

    def close(self, state: StateBlock) -> None:
        """Add the tokens after the content."""


def block_types(extensions: MarkdownExtensions) -> Mapping[str, BlockType]:
    """Return the types of blocks by name.

    :param extensions: the site's extensions.
    """
    found: dict[str, BlockType] = {}
    for extension, token, usual in (("admonition", "admonition", _ADMONITIONS), ("details", "folded", ())):
        name = f"pymdownx.blocks.{extension}"
        if name in extensions:
            found[extension] = _Titled(token=token)
            for own, classes, title in _own_types(extensions.option(name, "types", usual)):
                found[own] = _Titled(token=token, classes=classes, title=title)
    if "pymdownx.blocks.tab" in extensions:
        found["tab"] = _Tab()
    if "pymdownx.blocks.html" in extensions:
        found["html"] = _Html()
    if "pymdownx.blocks.definition" in extensions:
        found["define"] = _Definition()
    if "pymdownx.blocks.caption" in extensions:
        found |= {name: _Caption(prefix=prefix) for name, prefix in _CAPTIONS}
    return found


def _own_types(listed: Any) -> Iterator[tuple[str, str, str]]:
    """Yield name, class and title of the types that a site lists."""
    for item in listed if isinstance(listed, list | tuple) else ():
        named = item if isinstance(item, dict) else {"name": item}
        name = str(named.get("name", ""))
        classes = str(named.get("class", name))
        yield name.lower(), classes, str(named.get("title", _title(classes)))


def _title(name: str) -> str:
    return re.sub(r"[_-]+", " ", name).title()


def _attributes(options: dict[str, Any]) -> dict[str, str]:
    found = options.get("attrs")
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Titled:
    """An admonition, or one that folds."""

    token: str
    classes: str = ""
    title: str = ""

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        kind = self.classes or str(options.get("type") or "")
        attributes = _attributes(options)
        token = state.push(f"{self.token}_open", "div", 1)
        token.map = [start, end]
        token.meta = {
            "classes": [*kind.lower().split(), *attributes.get("class", "").split()],
            "open": options.get("open") is True,
        }
        title = type_title(self.title or _title(kind)) if argument is None else argument
        if title:
            state.push(f"{self.token}_title_open", "p", 1).map = [start, start + 1]
            push_inline(state, title, start)
            state.push(f"{self.token}_title_close", "p", -1)

    def close(self, state: StateBlock) -> None:
        state.push(f"{self.token}_close", "div", -1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tab:
    """A content tab; one that follows another belongs to its set."""

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        before = state.tokens[-1] if state.tokens else None
        if before is not None and before.type == "tab_set_close" and options.get("new") is not True:
            state.tokens.pop()
            state.level += 1
        else:
            state.push("tab_set_open", "div", 1).map = [start, end]
        token = state.push("tab_open", "div", 1)
        token.map = [start, end]
        token.meta = {"selected": options.get("select") is True, "extension": "pymdownx.blocks.tab"}
        state.push("tab_title_open", "p", 1).map = [start, start + 1]
        push_inline(state, argument or "", start)
        state.push("tab_title_close", "p", -1)

    def close(self, state: StateBlock) -> None:
        state.push("tab_close", "div", -1)
        state.push("tab_set_close", "div", -1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Html:
    """An element of HTML, said like a selector: ``div.class#id[attribute=value]``."""

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        match = _TAG.fullmatch((argument or "").strip())
        attributes = _attributes(options)
        if match:
            for sign, name in _NAME.findall(match[2]):
                key = "class" if sign == "." else "id"
                attributes[key] = f"{attributes.get(key, '')} {name}".strip() if key == "class" else name
            attributes |= {name: value.strip("\"'") for name, value in _ATTRIBUTE.findall(match[3])}
        _open_element(state, match[1].lower() if match else "div", [start, end], attributes)

    def close(self, state: StateBlock) -> None:
        state.push("html_element_close", "", -1)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Definition:
    """A list of definitions: paragraphs are terms, the items of lists are what is said of them."""

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        state.push("dl_open", "dl", 1).map = [start, end]

    def close(self, state: StateBlock) -> None:
        opened = next(i for i in range(len(state.tokens) - 1, -1, -1) if _is_open_list(state.tokens, i, state.level))
        kept: list[Token] = []
        for token in state.tokens[opened + 1 :]:
            depth = token.level - state.level
            if depth == 0 and token.type.startswith("paragraph"):
                token.type, token.tag, token.hidden = token.type.replace("paragraph", "dt"), "dt", False
            elif depth == 0 and token.type.startswith(("bullet_list", "ordered_list")):
                continue
            elif depth == 1 and token.type.startswith("list_item"):
                token.type, token.tag = token.type.replace("list_item", "dd"), "dd"
            kept.append(token)
        state.tokens[opened + 1 :] = kept
        state.push("dl_close", "dl", -1)


def _is_open_list(tokens: list[Token], index: int, level: int) -> bool:
    return tokens[index].type == "dl_open" and tokens[index].level == level - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class _Caption:
    """A caption: the block before it becomes a figure."""

    prefix: str

    def open(self, state: StateBlock, start: int, end: int, argument: str | None, options: dict[str, Any]) -> None:
        level = state.level
        index = next((i for i in range(len(state.tokens) - 1, -1, -1) if _begins_block(state.tokens[i], level)), None)
        before = [] if index is None else state.tokens[index:]
        if before:
            del state.tokens[-len(before) :]
        _open_element(state, "figure", [start, end], _attributes(options))
        state.tokens += before
        _open_element(state, "figcaption", [start, end], {})
        if self.prefix:
            counts: dict[str, int] = state.env.setdefault("newsroom_captions", {})
            counts[self.prefix] = counts.get(self.prefix, 0) + 1
            state.tokens[-1].meta["prefix"] = numbered(self.prefix, argument or counts[self.prefix])

    def close(self, state: StateBlock) -> None:
        if self.prefix:
            opened = next(i for i in range(len(state.tokens) - 1, -1, -1) if "prefix" in state.tokens[i].meta)
            text = state.tokens[opened + 2] if opened + 2 < len(state.tokens) else None
            if text is not None and text.type == "inline":
                text.content = f"{state.tokens[opened].meta['prefix']} {text.content}"
            del state.tokens[opened].meta["prefix"]
        state.push("html_element_close", "figcaption", -1)
        state.push("html_element_close", "figure", -1)


def _begins_block(token: Token, level: int) -> bool:
    return token.level == level and token.nesting >= 0 and token.type != "inline"


def _open_element(state: StateBlock, tag: str, lines: list[int], attributes: dict[str, str]) -> None:
    token = state.push("html_element_open", tag, 1)
    token.map = lines
    token.meta = {"tag": tag, "attributes": attributes}
