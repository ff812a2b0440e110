"""A door to Sphinx: do not make a formatter of Pygments, and its stylesheet, for every block of code.

Formatters keep nothing between two blocks, and the stylesheet that each makes for itself is not used. That takes more than
one per cent of a build with one block on each page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygments.formatters import HtmlFormatter
from sphinx.highlighting import PygmentsBridge

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygments.formatter import Formatter
    from sphinx.builders import Builder


def remember_formatters(builder: Builder) -> None:
    """Have a builder make a formatter once for each way in which code is shown.

    :param builder: the builder.
    """
    for name in ("highlighter", "dark_highlighter"):
        bridge = getattr(builder, name, None)
        if isinstance(bridge, PygmentsBridge) and bridge.formatter is HtmlFormatter:
            bridge.get_formatter = _remembered(bridge.get_formatter)  # type: ignore[method-assign]


def _remembered(make: Callable[..., Formatter[str]]) -> Callable[..., Formatter[str]]:
    known: dict[str, Formatter[str]] = {}

    def get_formatter(**options: Any) -> Formatter[str]:
        key = repr(sorted(options.items()))
        if key not in known:
            known[key] = make(**options)
        return known[key]

    return get_formatter
