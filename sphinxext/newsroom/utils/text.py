"""Sanitize text from files, so that it is safe to show anywhere."""

from __future__ import annotations

import re

_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
# No part of any text: HTML and XML forbid them. Tabs and the ends of lines are none of them.
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
# If not closed, these change the direction of the following text. Each with its closing character.
_CLOSED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def sanitize(text: str) -> str:
    """Return a text without control characters, and with each change of direction closed at its end.

    :param text: the raw text.
    """
    text = _CONTROLS.sub("", text)
    if _DIRECTIONS.search(text) is None:
        return text
    lines = text.split("\n")
    return "\n".join(line + _missing_ends(line) for line in lines)


def has_controls(text: str) -> bool:
    """Return whether there are characters in a text that :func:`sanitize` leaves out.

    :param text: the raw text.
    """
    return _CONTROLS.search(text) is not None


def collapse_whitespace(text: str) -> str:
    """Return a text with one space wherever it has space or the end of a line.

    :param text: any text.
    """
    return " ".join(text.split())


def _missing_ends(line: str) -> str:
    """Return what closes the changes of direction that a line leaves open; their effect ends with a paragraph."""
    missing: list[str] = []
    for character in _DIRECTIONS.findall(line):
        if character in _CLOSED_BY:
            missing.append(_CLOSED_BY[character])
        elif character in missing:
            # Closing an isolate closes the embeddings in it; closing an embedding does not reach out of an isolate.
            inner = missing[::-1].index(character)
            if character == "\u2069" or "\u2069" not in missing[len(missing) - inner :]:
                del missing[len(missing) - 1 - inner :]
    return "".join(reversed(missing))
