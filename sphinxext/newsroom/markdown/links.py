"""Links as in Python-Markdown: targets with spaces, titles with quotes, and a space before the reference."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import helpers
from markdown_it.common.utils import normalizeReference, unescapeAll

from sphinxext.newsroom.markdown.failed_matches import memory

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.markdown.dispatch import Rules

_LONGEST = 500
_BRACKET = re.compile(r"[()\n]")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')$""")


_REFERENCE = re.compile(r"\s\[([^\[\]]*)\]")


def lenient_links(md: MarkdownIt) -> None:
    """Let targets of links and images have spaces in them, and titles quotes.

    :param md: the parser.
    """
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkDestination=_parse_target,
        parseLinkTitle=_parse_title,
    )


def _parse_target(source: str, begin: int, end: int) -> Any:
    result = helpers.parseLinkDestination(source, begin, end)
    if source.startswith("<", begin) or not result.ok or not source.startswith((" ", "\t"), result.pos):
        return result
    closing = _closing_bracket(source, begin, min(end, begin + _LONGEST))
    rest = source[result.pos : closing].strip() if closing is not None else ""
    if closing is None or not rest or rest[0] in "\"'(":
        return result
    target = _TITLE.sub("", source[begin:closing]).rstrip()
    result.str, result.pos = unescapeAll(target), begin + len(target)
    return result


def _closing_bracket(source: str, begin: int, end: int) -> int | None:
    depth = 0
    for match in _BRACKET.finditer(source, begin, end):
        if match[0] == "\n":
            return None
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return match.start()
    return None


def _parse_title(source: str, begin: int, end: int, before: Any = None) -> Any:
    result = helpers.parseLinkTitle(source, begin, end, before)
    quote = source[begin : begin + 1]
    if before is None and result.ok and quote in {'"', "'"} and not source.startswith((")", " ", "\n"), result.pos):
        # A quote within the title; the last one before the bracket ends it.
        last = source.find(f"{quote})", result.pos, min(end, begin + _LONGEST))
        if last >= 0 and "\n" not in source[begin:last]:
            result.str, result.pos = unescapeAll(source[begin + 1 : last]), last + 1
    return result


def spaced_references(rules: Rules) -> None:
    """Read ``[text] [reference]``, with a space or the end of a line between.

    :param rules: the rules of the parser.
    """
    rules.inline("[", _spaced_reference)


def _has_spaced(state: StateInline) -> bool:
    known = memory(state)
    if "spaced" not in known:
        known["spaced"] = "] [" in state.src or "]\n[" in state.src
    return bool(known["spaced"])


def _spaced_reference(state: StateInline, silent: bool) -> bool:
    references = state.env.get("references")
    if not references or not _has_spaced(state):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    match = _REFERENCE.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if match is None:
        return False
    begin = state.pos + 1
    target = references.get(normalizeReference(match[1] or state.src[begin:label_end]))
    if target is None:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {
            "href": target["href"],
            **({"title": target["title"]} if target.get("title") else {}),
        }
        before, state.pos, state.posMax = state.posMax, begin, label_end
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = before
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
