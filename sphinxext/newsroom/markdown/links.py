"""Targets of links and images as Python-Markdown takes them: with spaces."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from markdown_it import helpers
from markdown_it.common.utils import unescapeAll

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_LONGEST = 500
_BRACKET = re.compile(r"[()\n]")
_TITLE = re.compile(r"""\s+(?:"[^"]*"|'[^']*')$""")


def targets_with_spaces(md: MarkdownIt) -> None:
    """Let targets of links and images have spaces in them.

    :param md: the parser.
    """
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkDestination=_parse_target,
        parseLinkTitle=helpers.parseLinkTitle,
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
