"""Anchors of headings, called as Python-Markdown calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify

from sphinxext.newsroom.core.slugs import load_slugify

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext.newsroom.core.markdown_extensions import MarkdownExtensions


def heading_slugs(extensions: MarkdownExtensions) -> Callable[[str], str]:
    """Return the function that makes an anchor of a heading.

    :param extensions: the site's extensions; ``toc`` can name another function than the usual one.
    """
    raise NotImplementedError
