"""Which changes of files are real: neither files that are the same, nor files that each build writes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LOOPS = 3
"""How many builds in a row a file has to be the only cause of."""


class ChangeTracker:
    """Knows the last content of each file that has changed."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Know nothing.

        :param say: shows a message.
        """
        self._say = say
        self._digests: dict[str, str] = {}
        self._loops: dict[str, int] = {}
        self._written: set[str] = set()

    def changed(self, paths: Iterable[str], *, is_building: bool) -> list[str]:
        """Return the files whose content differs from that of their last change.

        :param paths: files that were written, or are gone.
        :param is_building: whether a build is running, which may have written them.
        """
        found = []
        for path in sorted(set(paths)):
            digest = _digest(Path(path))
            if self._digests.get(path) == digest:
                continue
            self._digests[path] = digest
            if is_building and path in self._written:
                continue
            self._written.discard(path)
            found.append(path)
        return found

    def finished(self, during: Iterable[str], *, causes: Iterable[str]) -> list[str]:
        """Return the files for whose sake another build is due, without those that every build writes.

        :param during: the files that have changed during a build.
        :param causes: the files that the build was started for.
        """
        changed, before = set(during), set(causes)
        loops = changed if changed and changed == before else set()
        self._loops = {path: self._loops.get(path, 0) + 1 for path in loops}
        written = {path for path, number in self._loops.items() if number >= _LOOPS}
        for path in sorted(written - self._written):
            self._say(f"{path} is written by each build: it is not watched while one is running")
        self._written |= written
        return sorted(changed - written)


def _digest(file: Path) -> str:
    try:
        return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return "is a folder" if file.is_dir() else ""
