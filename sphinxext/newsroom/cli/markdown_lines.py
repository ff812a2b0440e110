"""Go through the lines of a Markdown text, and tell code from the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
"""Code in a line, with its backticks."""
# Text behind backticks can be the language, but a backtick in it makes the line a piece of code.
_FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})(.*)")


def numbered_lines(text: str, first: int = 1) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines of a text, with their number, and whether each belongs to a fenced code block.

    :param text: the text.
    :param first: the number of its first line.
    """
    fence = ""
    for number, line in enumerate(text.splitlines(), start=first):
        match = _FENCE.match(line)
        yield number, line, bool(fence or match)
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence) and not match[2].strip():
            fence = ""


def lines_without_code(text: str, first: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the lines outside of fenced code blocks, with their number; code in them is left out.

    :param text: the text.
    :param first: the number of its first line.
    """
    for number, line, is_code in numbered_lines(text, first):
        if not is_code:
            yield number, CODE_SPAN.sub("", line)
