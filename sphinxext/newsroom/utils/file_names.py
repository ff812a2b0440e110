"""File names as authors write them in URLs: unchanged, or percent-encoded."""

from __future__ import annotations

from urllib.parse import unquote


def readings(path: str) -> tuple[str, ...]:
    """Return the possible meanings of a path, likeliest first: a name can contain a percent sign.

    :param path: such as ``my pic.png`` or ``my%20pic.png``.
    """
    decoded = unquote(path)
    return (path,) if decoded == path else (path, decoded)
