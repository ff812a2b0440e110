"""Stubs: pages that ``autosummary`` writes into the source folder, next to the file that requests them."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AUTOSUMMARY = re.compile(r"(?m)^(?P<indent>[ ]*)\.\. autosummary::.*(?P<block>(?:\n(?:[ \t]*|(?P=indent)[ ]+\S.*)$)*)")
_TOCTREE = re.compile(r"(?m)^[ ]*:toctree:[ \t]*(.*)$")
_NAME = re.compile(r"(?m)^[ ]+~?([a-zA-Z_][\w.]*)")


@dataclass(frozen=True, kw_only=True)  # without slots, like the cached models
class StubFolder:
    """The stubs of a file."""

    path: str
    """The folder, relative to the source folder."""
    names: tuple[str, ...] = ()
    """The objects that they are about, perhaps without the name of their module."""

    def has(self, path: str) -> bool:
        """Return whether a file can be one of the stubs.

        :param path: relative to the source folder.
        """
        file = PurePosixPath(path)
        if file.parent.as_posix() != self.path:
            return False
        stem = file.name.removesuffix(file.suffix)
        return any(f".{stem}.".endswith(f".{name}.") or f".{stem}".startswith(f".{name}.") for name in self.names)


def find_stub_folders(text: str, *, path: str) -> tuple[StubFolder, ...]:
    """Return where the stubs are that a file asks for.

    :param text: the text of the file.
    :param path: the file, relative to the source folder.
    """
    if "autosummary::" not in text:
        return ()
    found = []
    for match in _AUTOSUMMARY.finditer(text):
        block = match["block"]
        if (option := _TOCTREE.search(block)) is not None:
            folder = posixpath.normpath(posixpath.join(posixpath.dirname(path), option[1].strip()))
            found.append(StubFolder(path=folder, names=tuple(_NAME.findall(block))))
    return tuple(found)


def find_stubs(paths: Iterable[str], folders: Iterable[StubFolder]) -> set[str]:
    """Return the files that are stubs.

    :param paths: files that may be, relative to the source folder.
    :param folders: where stubs are.
    """
    by_path: dict[str, list[StubFolder]] = {}
    for folder in folders:
        by_path.setdefault(folder.path, []).append(folder)
    return {
        path for path in paths if any(folder.has(path) for folder in by_path.get(posixpath.dirname(path) or ".", ()))
    }
