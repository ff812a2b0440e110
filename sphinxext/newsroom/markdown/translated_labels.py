"""Text that Markdown adds for readers, translated."""

from __future__ import annotations

# Sphinx's own words come first, so that a note has the same title in any format; then those of the blog.
from sphinx.locale import _

from sphinxext.newsroom.utils.translatable import translatable

_TYPES = (
    translatable("Abstract"),
    translatable("Summary"),
    translatable("Info"),
    translatable("Todo"),
    translatable("Success"),
    translatable("Check"),
    translatable("Done"),
    translatable("Question"),
    translatable("Help"),
    translatable("Failure"),
    translatable("Fail"),
    translatable("Missing"),
    translatable("Bug"),
    translatable("Example"),
    translatable("Quote"),
    translatable("Cite"),
    translatable("Note"),
    translatable("Attention"),
    translatable("Caution"),
    translatable("Danger"),
    translatable("Error"),
    translatable("Tip"),
    translatable("Hint"),
    translatable("Warning"),
    translatable("Important"),
)


def type_title(title: str) -> str:
    """Return the title of an admonition that is only called by its type, in the language of the site.

    :param title: the type, as Python-Markdown would write it.
    """
    return str(_(title)) if title in _TYPES else title


def numbered(prefix: str, number: str | int) -> str:
    """Return the prefix of a caption, in the language of the site.

    :param prefix: English words with a place for the number.
    :param number: the number.
    """
    return str(_(prefix)) % number
