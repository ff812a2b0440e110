"""HTML blocks as in Python-Markdown: from a tag to its closing tag, with Markdown inside if enabled."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.markdown.blocks import parse_inside, push_inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.rules_block import StateBlock

    from sphinxext.newsroom.markdown.dispatch import Rules

_SPAN = frozenset(
    [
        "address",  # codespell:ignore address
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "legend",
        "li",
        "p",
        "summary",
        "td",
        "th",
    ]
)
_RAW = frozenset(["canvas", "math", "option", "pre", "script", "style", "textarea"])
_BLOCK = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "center",
        "colgroup",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "html",
        "iframe",
        "main",
        "map",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "output",
        "progress",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "video",
    ]
)
VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "source", "track", "wbr"])
"""Tags without content, which nothing closes."""
_PAIRED = _SPAN | _RAW | _BLOCK
# A code block, a piece of code, a comment, a tag.
_PIECE = re.compile(
    r"""^[ \t>]*(?P<fence>`{3,}|~{3,})
      | (?P<ticks>`+)
      | (?P<comment><!--)
      | <(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)""",
    re.MULTILINE | re.VERBOSE,
)
_TAG_END = re.compile(r"""(?:[^"'<>]|"[^"<>]*"|'[^'<>]*')*+>""")
_ATTRIBUTE = re.compile(r"""\s*([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?|\s*/(?!>)""")


def html_blocks(rules: Rules, *, markdown_inside: bool) -> None:
    """Take HTML from a tag to the one that closes it, blank lines and all.

    :param rules: the rules of the parser.
    :param markdown_inside: whether ``markdown`` in a tag asks for Markdown inside.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        pairs = state.env.setdefault("newsroom_html", {})
        if state.src not in pairs:
            pairs[state.src] = _pair_tags(state.src)
        found = pairs[state.src].get(begin)
        if found is None or found[2] > state.eMarks[end - 1]:
            return False
        if silent:
            return True
        inner, closing, behind = found
        tag, attributes = parse_tag(state.src[begin:inner])
        wanted = str(attributes.pop("markdown", "0")).lower() if markdown_inside else "0"
        last = _line_at(state, start, behind)
        if wanted in {"0", "off"} or tag in _RAW:
            token = state.push("html_block", "", 0)
            token.map = [start, last + 1]
            lines = state.getLines(start, last + 1, state.blkIndent, keepLastLF=False)
            token.content = lines[: len(lines) - (state.eMarks[last] - behind)] + "\n"
        else:
            token = state.push("html_element_open", tag, 1)
            token.map = [start, last + 1]
            token.meta = {"tag": tag, "attributes": attributes}
            span = wanted == "span" or (wanted != "block" and tag in _SPAN)
            if span:
                push_inline(state, state.src[inner:closing].strip(), start)
            else:
                _parse_between(state, start, inner, closing)
            state.push("html_element_close", tag, -1)
        _parse_rest(state, last, behind)
        return True

    rules.block("<", rule)


def parse_tag(source: str) -> tuple[str, dict[str, str]]:
    """Return the name and the attributes of an opening tag; values are as written, without quotes.

    :param source: the tag.
    """
    inside = source.strip().removeprefix("<").removesuffix(">").rstrip("/")
    name = re.match(r"[\w-]*", inside)
    end = name.end() if name else 0
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(inside, end):
        if match[1]:
            value = match[2]
            attributes.setdefault(match[1].lower(), "1" if value is None else value.strip("\"'"))
    return inside[:end].lower(), attributes


def format_attributes(attributes: Mapping[str, Any]) -> str:
    """Return attributes as in a tag, with quotes; their values are already escaped.

    :param attributes: the attributes.
    """
    return "".join(f' {name}="{str(value).replace(chr(34), "&quot;")}"' for name, value in attributes.items())


def _pair_tags(source: str) -> dict[int, tuple[int, int, int]]:
    """Return, for each tag that is closed, where it ends, where its closing tag begins, and where that ends."""
    pairs: dict[int, tuple[int, int, int]] = {}
    stack: list[tuple[str, int, int]] = []
    opened: Counter[str] = Counter()
    for name, is_closing, begin, end in _tags(source):
        if not is_closing:
            stack.append((name, begin, end))
            opened[name] += 1
        elif opened[name]:
            # Tags in between that were never closed are not pairs.
            while (last := stack.pop())[0] != name:
                opened[last[0]] -= 1
            opened[name] -= 1
            pairs[last[1]] = (last[2], begin, end)
    return pairs


def _tags(source: str) -> Iterator[tuple[str, bool, int, int]]:
    """Yield the name of each tag of a block, whether it is a closing one, where it begins and where it ends."""
    position = 0
    while match := _PIECE.search(source, position):
        position = match.end()
        if match["tag"] is None:
            position = _behind(source, match)
            continue
        name, closing = match["tag"].lower(), bool(match["close"])
        end = _TAG_END.match(source, position)
        if end is not None and name in _PAIRED:
            position = end.end()
            if closing or source[position - 2] != "/":
                yield name, closing, match.start(), position


def _behind(source: str, piece: re.Match[str]) -> int:
    """Return where code or a comment ends."""
    position = piece.end()
    line_end = source.find("\n", position)
    if piece["fence"]:
        closing = re.compile(rf"^[ \t>]*{piece['fence']}[`~]*[ \t]*$", re.MULTILINE)
        match = closing.search(source, line_end + 1) if line_end >= 0 else None
        return match.end() if match else len(source)
    mark, limit = (
        ("-->", len(source)) if piece["comment"] else (piece["ticks"], line_end if line_end >= 0 else len(source))
    )
    found = source.find(mark, position, limit)
    return found + len(mark) if found >= 0 else position


def _parse_between(state: StateBlock, start: int, inner: int, closing: int) -> None:
    """Parse the content between two tags, which may be on the same lines."""
    first = _line_at(state, start, inner)
    last = _line_at(state, first, closing)
    before = state.bMarks[first], state.tShift[first], state.sCount[first]
    line_end, state.eMarks[last] = state.eMarks[last], closing
    begin = first if state.src[inner : state.eMarks[first]].strip() else first + 1
    end = last + 1 if state.src[max(inner, state.bMarks[last]) : closing].strip() else last
    indent = state.sCount[start]
    if begin == first:
        _begin_at(state, first, inner)
    _parse_lines(state, begin, end, indent)
    state.bMarks[first], state.tShift[first], state.sCount[first] = before
    state.eMarks[last] = line_end


def _line_at(state: StateBlock, line: int, position: int) -> int:
    while state.eMarks[line] < position:
        line += 1
    return line


def _begin_at(state: StateBlock, line: int, position: int) -> None:
    """Let a line begin in its middle."""
    rest = state.src[position : state.eMarks[line]]
    state.bMarks[line] = position
    state.tShift[line] = len(rest) - len(rest.lstrip())
    state.sCount[line] = state.blkIndent


def _parse_lines(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Parse lines that belong together, as far as they are indented further than the tag that holds them."""
    if start >= end:
        return
    columns = state.sCount[start:end]
    state.sCount[start:end] = [max(column, indent) for column in columns]
    parse_inside(state, start, end, indent)
    state.sCount[start:end] = columns


def _parse_rest(state: StateBlock, line: int, position: int) -> None:
    """Parse the text after a closing tag on its line."""
    if state.src[position : state.eMarks[line]].strip():
        before = state.bMarks[line], state.tShift[line], state.sCount[line]
        _begin_at(state, line, position)
        _parse_lines(state, line, line + 1, state.blkIndent)
        state.bMarks[line], state.tShift[line], state.sCount[line] = before
    state.line = line + 1
