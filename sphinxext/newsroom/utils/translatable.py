"""Mark text for translation where it is defined; it is translated where it is shown."""

from __future__ import annotations


def translatable(text: str) -> str:
    """Return a text as it is, and have the catalogues of translations list it.

    :param text: English words.
    """
    return text
