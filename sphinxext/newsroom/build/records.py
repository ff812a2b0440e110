"""What the last build wrote, so that this one writes only what has changed and removes what is gone."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.build.fragments import state_name

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.builders import Builder

VERSION = 5


def fingerprint(data: Any) -> str:
    """Return a short text that differs whenever plain data differs.

    :param data: anything made of plain values, lists and mappings.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


class Records:
    """Fingerprints of pages and digests of fragments, by name."""

    def __init__(self, folder: Path, builder: Builder) -> None:
        """Read what the last build left.

        :param folder: where the extension keeps its files.
        :param builder: the builder whose output is meant.
        """
        self._file = folder / state_name(builder) / "records.json"
        self.outputs: dict[str, str] = {}
        """Fingerprint of each page and file that the blog is responsible for."""
        self.fragments: dict[str, str] = {}
        """Digest of each post's fragment, by key."""
        self.inputs = ""
        """Fingerprint of all that the outputs were made of; empty if something was wrong with it."""
        self.files: dict[str, str] = {}
        """Stamps of files that the outputs show or lead to, by path relative to the source folder."""
        self.everywhere = ""
        """Fingerprint of what stands on every page: the announcement, the feeds in its head."""
        self.listings: dict[str, str] = {}
        """Fingerprint of what the lists in each document show."""
        self.references: dict[str, str] = {}
        """Fingerprint of what each document links to by name."""
        try:
            stored = json.loads(self._file.read_bytes())
            if stored["version"] == VERSION:
                self.outputs, self.fragments = dict(stored["outputs"]), dict(stored["fragments"])
                self.inputs, self.files = str(stored["inputs"]), dict(stored["files"])
                self.listings, self.everywhere = dict(stored["listings"]), str(stored["everywhere"])
                self.references = dict(stored["references"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        self.before = dict(self.outputs)

    def save(self) -> None:
        """Keep the records for the next build."""
        content = {
            "version": VERSION,
            "outputs": self.outputs,
            "fragments": self.fragments,
            "inputs": self.inputs,
            "files": self.files,
            "listings": self.listings,
            "everywhere": self.everywhere,
            "references": self.references,
        }
        text = json.dumps(content, sort_keys=True).encode()
        if self._file.is_file() and self._file.read_bytes() == text:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_bytes(text)
        new.replace(self._file)
