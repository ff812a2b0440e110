"""Find the documents of a site like Sphinx, with its patterns, which no library implements."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

# What Sphinx never takes for a document.
NEVER = ("**/_sources", ".#*", "**/.#*", "*.lproj/**")
_SPECIAL = re.compile(r"\*\*|\*|\?|\[(!?\]?[^\]]*)\]|.", re.DOTALL)


def pattern_matcher(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Return a function that tells whether a path matches a pattern of Sphinx.

    :param pattern: such as ``**/draft-?.md``; ``*`` and ``?`` match anything but ``/``.
    """
    return re.compile("".join(map(_as_regex, _SPECIAL.finditer(pattern))) + "$").match


def _as_regex(part: re.Match[str]) -> str:
    fixed = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    if part.group() in fixed:
        return fixed[part.group()]
    characters = part[1]
    if not characters:
        return re.escape(part.group())
    characters = characters.replace("\\", "\\\\")
    if characters.startswith("!"):
        return f"[^/{characters[1:]}]"
    return f"[\\{characters}]" if characters.startswith("^") else f"[{characters}]"


def find_sources(
    root: Path, *, include: Iterable[str], exclude: Iterable[str], suffixes: tuple[str, ...]
) -> Iterator[str]:
    """Yield the files that Sphinx would take for documents, relative to a folder with ``/``.

    :param root: the source folder.
    :param include: patterns of what is a document.
    :param exclude: patterns of files and folders that are left out.
    :param suffixes: what the names of documents end with.
    """
    included = [pattern_matcher(pattern) for pattern in include]
    excluded = [pattern_matcher(pattern) for pattern in (*exclude, *NEVER)]
    start = os.fspath(root)
    for folder, folders, files in os.walk(start, followlinks=True):
        below = os.path.relpath(folder, start).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        folders[:] = sorted(
            name for name in folders if not any(matches(_normal(prefix + name)) for matches in excluded)
        )
        for name in sorted(files):
            if not name.endswith(suffixes):
                continue
            path = _normal(prefix + name)
            if any(matches(path) for matches in included) and not any(matches(path) for matches in excluded):
                yield path


def _normal(path: str) -> str:
    return path if path.isascii() else unicodedata.normalize("NFC", path)
