"""A registry of the URLs given out, so that no two pages share one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sphinxext.newsroom.content.reserved_paths import ReservedPaths

if TYPE_CHECKING:
    from collections.abc import Iterable


# Pages that Sphinx generates.
GENERATED = ("genindex", "py-modindex", "search")


def url_key(docname: str) -> str:
    """Return a key that is equal for docnames that any builder or file system writes to the same file.

    ``a`` and ``a/index`` are one page for ``dirhtml``, and on many disks names that differ in case, or in how accents are
    put together, are one file.

    :param docname: a docname.
    """
    return unicodedata.normalize("NFC", docname.removesuffix("/index")).casefold()


class UrlRegistry:
    """The URLs that are in use."""

    def __init__(self, taken: Iterable[str] = (), *, reserved: ReservedPaths | None = None) -> None:
        """Start with the URLs of other pages of the site.

        :param taken: docnames.
        :param reserved: paths of other files.
        """
        self._reserved = reserved or ReservedPaths()
        self._owners: dict[str, str] = {}
        self._next: dict[str, int] = {}
        for docname in (*taken, *GENERATED):
            self._owners.setdefault(url_key(docname), docname)

    def owner(self, docname: str) -> str | None:
        """Return the owner of a URL, or None if it is free.

        :param docname: the URL.
        """
        return self._owners.get(url_key(docname)) or self.reserved_for(docname)

    def reserved_for(self, docname: str) -> str | None:
        """Return what other file has a URL, None if there is none.

        :param docname: the URL.
        """
        return self._reserved.owner(docname)

    def reserve(self, docname: str, owner: str) -> str:
        """Reserve a URL, or the next free one with ``-2``, ``-3``, …, and return it.

        :param docname: the URL.
        :param owner: what reserves it, for messages.
        """
        wanted, key = docname, url_key(docname)
        # If many pages have the same URL, do not try all the numbers again for each.
        number = self._next.get(key, 2)
        while url_key(docname) in self._owners or self._reserved.file_at(docname):
            docname = numbered(wanted, number)
            number += 1
        if docname != wanted:
            self._next[key] = number
        self._owners[url_key(docname)] = owner
        return docname


def numbered(docname: str, number: int) -> str:
    """Return a docname with a number after its last part.

    :param docname: such as ``blog/2024/a``.
    :param number: such as 2, for ``blog/2024/a-2``.
    """
    stem, index = (docname.removesuffix("/index"), "/index") if docname.endswith("/index") else (docname, "")
    return f"{stem}-{number}{index}"
