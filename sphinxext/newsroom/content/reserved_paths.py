"""Output paths that pages of a blog must not use, because Sphinx or other extensions write them."""

from __future__ import annotations

import posixpath
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ReservedPaths:
    """Looks up paths; names that are the same file on some file systems are equal."""

    def __init__(self, files: Mapping[str, str] | None = None, folders: Mapping[str, str] | None = None) -> None:
        """Start with what is known.

        :param files: what each file is, by its path in the output.
        :param folders: what each folder is, in which there is no place for pages.
        """
        self._files = {_key(path): what for path, what in (files or {}).items()}
        self._folders = {_key(path): what for path, what in (folders or {}).items()}

    def with_files(self, paths: Iterable[str], what: str) -> ReservedPaths:
        """Return the same with more files.

        :param paths: their paths in the output.
        :param what: what they are.
        """
        made = ReservedPaths()
        made._files = {**dict.fromkeys(map(_key, paths), what), **self._files}
        made._folders = self._folders
        return made

    def file_at(self, pagename: str) -> str | None:
        """Return what the file is that a page would replace or be mistaken for, None if there is none.

        :param pagename: the page; its file is one of several, which differ by builder.
        """
        key = _key(pagename).removesuffix(".html").removesuffix("/index")
        files = (key, f"{key}.html", f"{key}/index.html")
        return next((self._files[file] for file in files if file in self._files), None)

    def owner(self, pagename: str) -> str | None:
        """Return what conflicts with a page, None if nothing does.

        :param pagename: the page.
        """
        if (found := self.file_at(pagename)) is not None:
            return found
        folder = _key(pagename)
        while folder:
            if folder in self._folders:
                return self._folders[folder]
            folder = posixpath.dirname(folder)
            if folder in self._files:
                return self._files[folder]
        return None


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path.strip("/")).casefold()
