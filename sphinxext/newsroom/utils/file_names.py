"""File names as authors write them in URLs: unchanged, or percent-encoded."""

from __future__ import annotations

from urllib.parse import unquote


def readings(path: str) -> tuple[str, ...]:
    """Return what a path can mean, the likeliest first: a name can have a percent sign of its own.

    :param path: such as ``my pic.png`` or ``my%20pic.png``.
    """
    decoded = unquote(path)
    return (path,) if decoded == path else (path, decoded)
