"""Parse the first line of a fenced code block, as in Python-Markdown and pymdown-extensions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinxext.newsroom.markdown.attributes import parse_attributes
from sphinxext.newsroom.utils.limits import MAX_HIGHLIGHTED_LINES, MAX_LINE_NUMBER

_PLAIN = re.compile(
    r"""(?P<language>[\w#.+/-]*(?!\s*=))(?P<options>(?:(?:\s+|^)\w[\w-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))*)\s*"""
)
_OPTION = re.compile(r"""(\w[\w-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)""")
_BRACES = re.compile(r"(?P<language>[\w#.+/-]*)\s*\{:?\s*(?P<list>[^{}]*?)\s*\}\s*")
_LONGEST_NUMBER = 100  # digits; Python refuses those of several thousand
_LINES = re.compile(r"(\d+)(?:-(\d+))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fence:
    """The first line of a code block, parsed."""

    language: str = ""
    title: str = ""
    first_line: int | None = None
    """Number of the first line, None if lines have no numbers."""
    highlighted: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    identifier: str = ""
    unknown: tuple[str, ...] = ()
    """Options that code blocks do not have."""


def parse_fence(info: str) -> Fence | None:
    """Return what the first line of a code block says, None if it is not written as it should.

    :param info: the text after the backticks.
    """
    info = info.strip()
    match = _BRACES.fullmatch(info)
    classes: tuple[str, ...] = ()
    values: dict[str, str]
    if braces := match is not None:
        listed = parse_attributes(match["list"]) if match["list"] else {}
        if listed is None:
            return None
        values = dict(listed)
        names = values.pop("class", "").split()
        language = match["language"] or (names.pop(0) if names else "")
        classes = tuple(names)
    elif match := _PLAIN.fullmatch(info):
        language = match["language"]
        values = {key: value.strip("\"'") for key, value in _OPTION.findall(match["options"])}
    else:
        return None
    numbers = values.pop("linenums", values.pop("linenostart", "")).split()
    return Fence(
        language=language,
        title=values.pop("title", ""),
        first_line=line_number(numbers[0]) if numbers and numbers[0].isdecimal() else None,
        highlighted=_lines(values.pop("hl_lines", "")),
        classes=classes,
        identifier=values.pop("id", ""),
        # In braces, any attribute is allowed.
        unknown=() if braces else tuple(values),
    )


def _lines(source: str) -> tuple[int, ...]:
    """Return the numbers in a range such as ``1 3-5``."""
    lines: list[int] = []
    for match in _LINES.finditer(source):
        first, last = line_number(match[1]), line_number(match[2] or match[1])
        lines += range(first, min(last, first + MAX_HIGHLIGHTED_LINES - len(lines) - 1) + 1)
    return tuple(lines)


def line_number(digits: str) -> int:
    """Return the number of a line; where it has more digits than any file has lines, the largest one.

    :param digits: how it is written.
    """
    return min(int(digits), MAX_LINE_NUMBER) if len(digits) <= _LONGEST_NUMBER else MAX_LINE_NUMBER
