"""The plan of a migration: which files are written, what has to be done by hand, and which URLs there are."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.edits import unified_diff
from sphinxext.newsroom.utils.urls import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Names that Windows takes for devices, whatever follows the first dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LARGEST_DIFF = 100_000


class Status(StrEnum):
    """What writing does to a file."""

    NEW = "new"
    SAME = "unchanged"
    CONFLICT = "exists"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFile:
    """A file that is to be written."""

    path: str
    """Relative to the target folder, with ``/``."""
    content: bytes
    purpose: str
    """What it is, in a few words."""
    before: bytes | None = None
    """The file that it is made from, for the difference; None if it is made from nothing."""
    source: str = ""
    """That file, as it is shown."""

    @property
    def is_copy(self) -> bool:
        """Whether it is a file of the old site as it is."""
        return self.before == self.content


@dataclass(frozen=True, kw_only=True, slots=True)
class Todo:
    """What has no equivalent in the new site, and what to do about it."""

    what: str
    advice: str
    path: str = ""
    line: int | None = None

    @property
    def place(self) -> str:
        """Where it is, as ``path:line``."""
        return f"{self.path}:{self.line}" if self.path and self.line else self.path


@dataclass(kw_only=True, slots=True)
class Plan:
    """Everything that a migration does; nothing is written before :meth:`write`."""

    generator: str
    source: Path
    target: Path
    files: dict[str, PlannedFile] = field(default_factory=dict)
    todos: list[Todo] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    """What was found and taken over: setting or subject, and what became of it."""
    urls: dict[str, str] = field(default_factory=dict)
    """The URLs of the old site, as paths without leading ``/``, each with what keeps it."""
    lost: dict[str, str] = field(default_factory=dict)
    """The URLs that the new site cannot have, each with the reason."""
    steps: list[str] = field(default_factory=list)
    """What to do next, as Markdown."""

    def add(self, planned: PlannedFile) -> bool:
        """Add a file; return whether its path is one that can be written.

        :param planned: the file.
        """
        if reason := unsafe_path(planned.path):
            self.todo(f"`{planned.path}` is left out: {reason}", "rename it in the old site", path=planned.source)
            return False
        other = self.files.get(planned.path)
        if other is None:
            self.files[planned.path] = planned
            return True
        if other.content != planned.content:
            what = f"`{planned.path}` is left out: it is also made from {other.source or other.purpose}"
            self.todo(what, "rename one of them in the old site", path=planned.source)
        return other.content == planned.content

    def todo(self, what: str, advice: str, *, path: str = "", line: int | None = None) -> None:
        """Add something that has to be done by hand; the same thing is only said once for a place.

        :param what: what has no equivalent.
        :param advice: what to do.
        :param path: where it is.
        :param line: on which line.
        """
        found = Todo(what=what, advice=advice, path=path, line=line)
        if found not in self.todos:
            self.todos.append(found)

    def status(self, planned: PlannedFile) -> Status:
        """Return what writing would do to a file.

        :param planned: the file.
        """
        file = self.target / planned.path
        if not os.path.lexists(file):
            return Status.NEW
        try:
            return Status.SAME if file.is_file() and file.read_bytes() == planned.content else Status.CONFLICT
        except OSError:
            return Status.CONFLICT

    @property
    def conflicts(self) -> list[str]:
        """The paths where other files are already, which are never overwritten."""
        return [path for path, planned in self.files.items() if self.status(planned) is Status.CONFLICT]

    def diff(self) -> Iterator[str]:
        """Yield the differences, as ``git diff`` shows them, of files that are made or changed; not of copies."""
        for planned in self.files.values():
            if planned.is_copy or self.status(planned) is Status.SAME:
                continue
            try:
                before, after = (planned.before or b"").decode(), planned.content.decode()
            except UnicodeDecodeError:
                continue
            if len(after) <= _LARGEST_DIFF:
                yield unified_diff(before, after, planned.path)

    def write(self) -> list[str]:
        """Write the files that are not there yet, and return the paths of those that cannot be written."""
        failed = []
        if self.files:
            self.target.mkdir(parents=True, exist_ok=True)
        root = self.target.resolve()
        for planned in self.files.values():
            if self.status(planned) is not Status.NEW:
                continue
            file = self.target / planned.path
            try:
                # A link to a folder elsewhere does not lead out of the target.
                if not _existing_parent(file).resolve().is_relative_to(root):
                    failed.append(planned.path)
                    continue
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("xb") as opened:
                    opened.write(planned.content)
            except OSError:
                failed.append(planned.path)
        return failed


def _existing_parent(file: Path) -> Path:
    return next(folder for folder in file.parents if folder.exists())


def unsafe_path(path: str) -> str:
    """Return why a path cannot be one in the target folder; empty if it can.

    :param path: relative to the target folder, with ``/``.
    """
    if not path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "it is no relative path"
    if posixpath.normpath(path) != path or ".." in PurePosixPath(path).parts:
        return "it would leave the folder"
    if found := UNSAFE.search(path):
        return f"its name has the character {found.group()!r}"
    if any(_DEVICE.fullmatch(part) or part.endswith((" ", ".")) for part in PurePosixPath(path).parts):
        return "Windows cannot have a file of that name"
    return ""
