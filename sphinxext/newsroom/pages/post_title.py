"""Move the title of a post from its text to the template."""

from __future__ import annotations

from typing import Any

from docutils import nodes


class post_title(nodes.title):  # noqa: N801 - docutils finds visitors by the name of the class
    """The title of a post in a document about to be written: searched like any title, but shown by our template."""


def skip_title(_translator: Any, _node: post_title) -> None:
    """Leave the title out of the text."""
    raise nodes.SkipNode


def lift_title(doctree: nodes.document) -> None:
    """Take the title of a document out of its text.

    :param doctree: a document about to be written, changed in place.
    """
    title = next(iter(doctree.findall(nodes.title)), None)
    if title is not None and isinstance(title.parent, nodes.section) and title.parent.parent is doctree:
        title.replace_self(post_title(title.rawsource, "", *title.children, **title.attributes))
