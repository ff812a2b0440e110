"""Create a Pygments formatter once for each set of options instead of once for each code block.

A formatter has no state between two blocks, and builds a style sheet that Sphinx does not use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pygments.formatters import HtmlFormatter
from sphinx.highlighting import PygmentsBridge

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygments.formatter import Formatter
    from sphinx.builders import Builder


def cache_formatters(builder: Builder) -> None:
    """Cache the formatters of a builder by their options, where bridge and formatter are Sphinx's and Pygments' own.

    :param builder: the builder.
    """
    for name in ("highlighter", "dark_highlighter"):
        bridge = getattr(builder, name, None)
        if type(bridge) is PygmentsBridge and bridge.formatter is HtmlFormatter:
            bridge.get_formatter = _cached(bridge.get_formatter)  # type: ignore[method-assign]


def _cached(make: Callable[..., Formatter[str]]) -> Callable[..., Formatter[str]]:
    cache: dict[str, Formatter[str]] = {}

    def get_formatter(**options: Any) -> Formatter[str]:
        key = repr(sorted(options.items()))
        if key not in cache:
            cache[key] = make(**options)
        return cache[key]

    return get_formatter
