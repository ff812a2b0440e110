"""Words for readers that stand where no translation is at hand: they are translated where they are shown."""

from __future__ import annotations


def translatable(text: str) -> str:
    """Return a text as it is, and have the catalogues of translations list it.

    :param text: English words.
    """
    return text
