"""The build manifest: what the last build wrote, so that this one writes only changes and removes obsolete files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinxext.newsroom import __version__
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.sphinx_builders import cache_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.builders import Builder

# Names mean the same in every version.
OF_ALL = "names"
FORMAT = f"{__version__} 12"


class Manifest:
    """Fingerprints of pages and digests of rendered posts, by name.

    They are on disk only between builds: if they are missing, the last build was interrupted, and it is unknown which
    pages are as they should be. The names of all files that may have been written are in a separate file, which always exists.
    """

    def __init__(self, folder: Path, builder: Builder, *, stamp: str) -> None:
        """Read what the last build left.

        :param folder: the cache folder of the extension.
        :param builder: the builder whose output is meant.
        :param stamp: what all pages depend on; of a build with another one, only the names are known.
        """
        self._file = folder / cache_name(builder) / "records.json"
        self._names_file = self._file.with_name("names.json")
        self._stamp = stamp
        self.outputs: dict[str, str] = {}
        """Fingerprint of each page and file that the blog is responsible for."""
        self.rendered_posts: dict[str, str] = {}
        """Digest of each rendered post, by key."""
        self.inputs = ""
        """Fingerprint of all that the outputs were made of, except for texts; empty if something was wrong with it."""
        self.texts = ""
        """Fingerprint of when the documents were last read."""
        self.files: dict[str, str] = {}
        """Stamps of files that the outputs show or lead to, by path relative to the source folder."""
        self.images: list[str] = []
        """Paths in the output of the files that front matter, authors and options name."""
        self.site_wide = ""
        """Fingerprint of everything that is on every page: the announcement, the feeds in its head."""
        self.listings: dict[str, str] = {}
        """Fingerprint of what the lists in each document show."""
        self.references: dict[str, str] = {}
        """Fingerprint of what each document links to by name."""
        self.mentions: dict[str, str] = {}
        """Fingerprint of the mentions that each document shows, except for those in lists."""
        self.releases: dict[str, str] = {}
        """Fingerprint of the posts that the versions in each document lead to."""
        self.numbers: dict[str, str] = {}
        """Fingerprint of the numbers of figures and equations that each document shows."""
        self.indexes: list[str] = []
        """Stamps of the search index and of the inventory, as they were left."""
        self.inventory = ""
        """Fingerprint of what the inventory lists."""
        self.is_complete = False
        """Whether the last build was finished, and every page is known to be as it left it."""
        names = load_cached(self._names_file, version=OF_ALL)
        self._names: set[str] = set(json.loads(names)) if names is not None else set()
        if (content := load_cached(self._file, version=FORMAT)) is not None:
            previous = json.loads(content)
            self.outputs, self.rendered_posts = previous["outputs"], previous["rendered_posts"]
            self.inputs, self.texts, self.files = previous["inputs"], previous["texts"], previous["files"]
            self.listings, self.numbers = previous["listings"], previous["numbers"]
            self.references, self.mentions = previous["references"], previous["mentions"]
            self.releases = previous["releases"]
            self.site_wide, self.indexes = previous["site_wide"], previous["indexes"]
            self.inventory, self.images = previous["inventory"], previous["images"]
            self.is_complete = previous["stamp"] == stamp
        if not self.is_complete:
            self.invalidate()
        self.previous = dict(self.outputs)

    def invalidate(self) -> None:
        """Take no page for what the last build made of it; only the names stay known."""
        self.is_complete = False
        self.inputs = self.inventory = ""
        self.outputs = dict.fromkeys(self.outputs.keys() | self._names, "")
        self.previous = dict(self.outputs)

    def invalidate_next(self) -> None:
        """Have the next build write every page: what is wrong with a page is found when it is written."""
        self._stamp = ""

    def begin(self, names: Iterable[str]) -> None:
        """Note what this build may write, before it writes anything.

        :param names: pages and files.
        """
        self._save_names(self.previous.keys() | names)
        self._file.unlink(missing_ok=True)

    def save(self) -> None:
        """Keep the records for the next build: this one is finished."""
        content = {
            "stamp": self._stamp,
            "outputs": self.outputs,
            "rendered_posts": self.rendered_posts,
            "inputs": self.inputs,
            "texts": self.texts,
            "files": self.files,
            "images": self.images,
            "listings": self.listings,
            "site_wide": self.site_wide,
            "indexes": self.indexes,
            "inventory": self.inventory,
            "references": self.references,
            "mentions": self.mentions,
            "releases": self.releases,
            "numbers": self.numbers,
        }
        store_cached(self._file, json.dumps(content, sort_keys=True).encode(), version=FORMAT)
        self._save_names(set(self.outputs))

    def _save_names(self, names: set[str]) -> None:
        if names != self._names:
            store_cached(self._names_file, json.dumps(sorted(names)).encode(), version=OF_ALL)
            self._names = names
