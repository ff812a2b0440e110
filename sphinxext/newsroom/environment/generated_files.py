"""Recognize files that other extensions write into the folders of posts at the start of a build: they are pages, not posts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom import __version__
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.files import file_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = "generated.json"


class GeneratedFiles:
    """Knows which files have been written between the beginning of a build and the search for documents."""

    def __init__(self, root: Path, state: Path, folders: Iterable[str], *, without: Iterable[Path]) -> None:
        """Look at what is there before other extensions write anything.

        :param root: the source folder.
        :param state: the folder of cache files.
        :param folders: the folders of posts, relative to the source folder.
        :param without: folders that have no sources in them.
        """
        self._root, self._without, self._file = root, frozenset(map(str, without)), state / FILE
        self._before = {path: file_stamp(root / path) for folder in folders for path in self._files(folder)}

    def _files(self, start: str) -> Iterator[str]:
        for folder, folders, names in os.walk(self._root / start):
            folders[:] = [name for name in folders if name[0] != "." and str(Path(folder, name)) not in self._without]
            for name in names:
                yield Path(folder, name).relative_to(self._root).as_posix()

    def find(self, files: Iterable[str]) -> set[str]:
        """Return those of some files that another extension has written, in this build or in an earlier one.

        :param files: files in the folders of posts, relative to the source folder.
        """
        previous = load_cached(self._file, version=__version__)
        known = set(json.loads(previous)) if previous else set()
        found = {path for path in files if path in known or self._before.get(path) != file_stamp(self._root / path)}
        if found != known:
            store_cached(self._file, json.dumps(sorted(found)).encode(), version=__version__)
        return found
