"""Anchors of headings, called as Python-Markdown calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.core.permalinks import load_slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext.newsroom.core.markdown_extensions import MarkdownExtensions


def heading_slugs(extensions: MarkdownExtensions) -> Callable[[str], str]:
    """Return the function that makes an anchor of a heading.

    :param extensions: the site's extensions; ``toc`` can name another function than the usual one.
    """
    from markdown.extensions.toc import slugify

    wanted = extensions.option("toc", "slugify")
    separator = str(extensions.option("toc", "separator", "-"))
    function: Any = slugify
    if callable(wanted):
        function = wanted
    elif isinstance(wanted, str):
        try:
            function = load_slugify(wanted)
        except ValueError:
            function = slugify
    return lambda text: str(function(text, separator))
