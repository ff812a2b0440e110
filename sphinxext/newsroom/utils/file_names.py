"""File names as authors write them in URLs: unchanged, or percent-encoded."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote


def readings(path: str) -> tuple[str, ...]:
    """Return the possible meanings of a path, likeliest first: a name can contain a percent sign.

    :param path: such as ``my pic.png`` or ``my%20pic.png``.
    """
    decoded = unquote(path)
    return (path,) if decoded == path else (path, decoded)


@cache
def file_order(path: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts files as MkDocs does: in each folder index first, then files by name, then folders.

    :param path: a file, relative with ``/``.
    """
    *folders, name = path.split("/")
    is_index = (name.rpartition(".")[0] or name) in {"index", "README"}
    return (*((1, 0, folder) for folder in folders), (0, 0 if is_index else 1, name))
