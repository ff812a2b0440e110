"""Options of directives that name lines: a range of a thousand million lines would take all memory of the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives
from docutils.parsers.rst.languages import get_language

from sphinxext.newsroom.utils.limits import MAX_NAMED_LINES, MAX_TAB_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils.parsers.rst import Directive
    from sphinx.application import Sphinx

_RANGE = re.compile(r"\s*(\d*)\s*-\s*(\d+)\s*")
# Numbers with more digits are larger than any limit, and Python converts none of thousands of digits.
_MAX_DIGITS = 15


def connect(app: Sphinx) -> None:
    """Limit what directives with code take; those of other extensions in their place are limited as well.

    :param app: the application.
    """
    for name in ("code-block", "sourcecode", "literalinclude", "include"):
        base, _messages = directives.directive(name, get_language("en"), None)  # type: ignore[arg-type]
        if base is not None:
            app.add_directive(name, _limited(base), override=True)


def _limited(base: type[Directive]) -> type[Directive]:
    limits: dict[str, Callable[[Any], Any]] = {
        "emphasize-lines": limit_lines,
        "lines": limit_lines,
        "tab-width": limit_tab_width,
    }

    class Limited(base):  # type: ignore[misc,valid-type]
        """A directive whose options name a limited number of lines."""

        option_spec: ClassVar = {
            name: _converter(convert, limits[name]) if name in limits else convert
            for name, convert in (base.option_spec or {}).items()
        }

    return Limited


def _converter(convert: Callable[[str], Any], limit: Callable[[Any], Any]) -> Callable[[str], Any]:
    def convert_within_limit(text: str) -> Any:
        return limit(convert(text))

    return convert_within_limit


def limit_lines(lines: str) -> str:
    """Return line numbers and ranges so that they are not more than the limit; Sphinx reports those that do not exist.

    :param lines: such as ``1,3-5``.
    """
    room, limited = MAX_NAMED_LINES, list[str]()
    for part in lines.split(","):
        if match := _RANGE.fullmatch(part):
            start, end = (int(digits[:_MAX_DIGITS] or 1) for digits in match.groups())
            end = min(end, start + max(room, 1) - 1)
            room -= max(end - start + 1, 0)
            limited.append(f"{start}-{end}")
        else:
            limited.append(part)
    return ",".join(limited)


def limit_tab_width(width: int) -> int:
    """Return the width of a tab in spaces, within the limit.

    :param width: what the directive says.
    """
    return min(width, MAX_TAB_WIDTH)
