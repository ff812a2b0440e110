"""HTML blocks as Python-Markdown sees them: from a tag to the one that closes it, with Markdown inside where that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.markdown.blocks import push_inline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_SPAN = frozenset(
    ["address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th"]
)
_RAW = frozenset(["canvas", "math", "option", "pre", "script", "style", "textarea"])
_BLOCK = frozenset(
    """article aside blockquote center colgroup details div dl fieldset figcaption figure footer form header hgroup
    html iframe main map menu nav noscript object ol output progress section table tbody tfoot thead tr ul video""".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# A code block, a piece of code, a comment, a tag.
_PIECE = re.compile(
    r"""^[ \t>]*(?P<fence>`{3,}|~{3,})
      | (?P<ticks>`+)
      | (?P<comment><!--)
      | <(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)""",
    re.MULTILINE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""\s*([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?|\s*/(?!>)""")


def html_blocks(md: MarkdownIt, *, markdown_inside: bool) -> None:
    """Take HTML from a tag to the one that closes it, blank lines and all.

    :param md: the parser.
    :param markdown_inside: whether ``markdown`` in a tag asks for Markdown inside.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith("<", begin) or state.is_code_block(start):
            return False
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

    md.block.ruler.before("html_block", "html_pair", rule, {"alt": ["paragraph", "reference", "blockquote"]})


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
    """Return attributes as they stand in a tag, with quotes; what stands in them was written for HTML already.

    :param attributes: the attributes.
    """
    return "".join(f' {name}="{str(value).replace(chr(34), "&quot;")}"' for name, value in attributes.items())


def _pair_tags(source: str) -> dict[int, tuple[int, int, int]]:
    """Return, for each tag that is closed, where it ends, where its closing tag begins, and where that ends."""
    pairs: dict[int, tuple[int, int, int]] = {}
    stack: list[tuple[str, int, int]] = []
    opened: dict[str, int] = {}
    position = 0
    comments_end = source.rfind("-->")
    while match := _PIECE.search(source, position):
        position = match.end()
        if match["fence"]:
            fence = re.compile(rf"^[ \t>]*{match['fence']}[`~]*[ \t]*$", re.MULTILINE)
            line_end = source.find("\n", position)
            closing = fence.search(source, line_end + 1) if line_end >= 0 else None
            position = closing.end() if closing else len(source)
        elif match["ticks"]:
            line_end = source.find("\n", position)
            closing_ticks = source.find(match["ticks"], position, line_end if line_end >= 0 else len(source))
            if closing_ticks >= 0:
                position = closing_ticks + len(match["ticks"])
        elif match["comment"]:
            if position <= comments_end:
                position = source.find("-->", position) + 3
        else:
            tag_end = _tag_end(source, position)
            tag = match["tag"].lower()
            if tag_end is None or (tag not in _BLOCK and tag not in _SPAN and tag not in _RAW):
                continue
            if not match["close"]:
                if source[tag_end - 2] != "/" and tag not in _VOID:
                    stack.append((tag, match.start(), tag_end))
                    opened[tag] = opened.get(tag, 0) + 1
            elif opened.get(tag):
                while stack:
                    name, begin, inner = stack.pop()
                    opened[name] -= 1
                    if name == tag:
                        pairs[begin] = (inner, match.start(), tag_end)
                        break
            position = tag_end
    return pairs


def _tag_end(source: str, position: int) -> int | None:
    match = re.compile(r"""(?:[^"'<>]|"[^"<>]*"|'[^'<>]*')*+>""").match(source, position)
    return match.end() if match else None


def _parse_between(state: StateBlock, start: int, inner: int, closing: int) -> None:
    """Parse what stands between two tags, which may share their lines with it."""
    first = _line_at(state, start, inner)
    last = _line_at(state, first, closing)
    before = state.bMarks[first], state.tShift[first], state.sCount[first]
    line_end, state.eMarks[last] = state.eMarks[last], closing
    begin = first if state.src[inner : state.eMarks[first]].strip() else first + 1
    end = last + 1 if state.src[max(inner, state.bMarks[last]) : closing].strip() else last
    if begin == first:
        _begin_at(state, first, inner)
    _parse_lines(state, begin, end)
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


def _parse_lines(state: StateBlock, start: int, end: int) -> None:
    if start >= end:
        return
    before = state.lineMax, state.parentType, state.tight
    state.lineMax, state.parentType = end, "container"
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType, state.tight = before


def _parse_rest(state: StateBlock, line: int, position: int) -> None:
    """Parse what stands behind a closing tag on its line."""
    if state.src[position : state.eMarks[line]].strip():
        before = state.bMarks[line], state.tShift[line], state.sCount[line]
        _begin_at(state, line, position)
        _parse_lines(state, line, line + 1)
        state.bMarks[line], state.tShift[line], state.sCount[line] = before
    state.line = line + 1
