"""Cache of rendered posts: written when a post is written, read when lists and feeds are rendered."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom import __version__
from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
from sphinxext.newsroom.utils.cache import load_cached, store_cached

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinxext.newsroom.models import Post


class RenderedPostStore:
    """Cache with one file for each document that contains posts."""

    def __init__(self, folder: Path) -> None:
        """Use a folder.

        :param folder: the cache folder for one output folder.
        """
        self._folder = folder / "posts"
        self._load = lru_cache(maxsize=512)(self._read)

    def save(self, docname: str, rendered_posts: Mapping[str, RenderedPost]) -> None:
        """Store the rendered posts of a document.

        :param docname: the document.
        :param rendered_posts: by key of the post.
        """
        text = json.dumps(
            {key: rendered_post.as_dict() for key, rendered_post in rendered_posts.items()}, ensure_ascii=False
        )
        store_cached(self._file(docname), text.encode("utf-8", errors="surrogatepass"), version=__version__)

    def load(self, docname: str) -> Mapping[str, RenderedPost]:
        """Return the rendered posts of a document, none if they are missing or damaged.

        :param docname: the document.
        """
        return self._load(docname)

    def description(self, post: Post) -> str:
        """Return the description of a post: that of its front matter, else the beginning of its text if that is known.

        :param post: the post.
        """
        rendered_post = self.load(post.docname).get(post.key)
        return post.front_matter.description or (rendered_post.description if rendered_post else "")

    def save_intro(self, docname: str, head: str) -> None:
        """Store the introduction of a list, for its later pages.

        :param docname: the document.
        :param head: HTML with links from the root of the site.
        """
        store_cached(self._file(docname).with_suffix(".head"), head.encode(), version=__version__)

    def load_intro(self, docname: str) -> str | None:
        """Return the introduction of a list, None if it is missing or damaged.

        :param docname: the document that is the first page of the list.
        """
        content = load_cached(self._file(docname).with_suffix(".head"), version=__version__)
        return None if content is None else content.decode()

    def save_feed(self, docname: str, content: str, *, version: str) -> None:
        """Store the text of a post for feeds, so that a new post does not require rendering all others.

        :param docname: the document, which is one post.
        :param content: HTML.
        :param version: the fingerprint of its inputs.
        """
        text = content.encode("utf-8", errors="surrogatepass")
        store_cached(self._file(docname).with_suffix(".feed"), text, version=version)

    def load_feed(self, docname: str, *, version: str) -> str | None:
        """Return the cached text of a post for feeds, None if there is none.

        :param docname: the document.
        :param version: the fingerprint of its current inputs.
        """
        content = load_cached(self._file(docname).with_suffix(".feed"), version=version)
        return None if content is None else content.decode("utf-8", errors="surrogatepass")

    def exists(self, docname: str) -> bool:
        """Return whether a document has been written.

        :param docname: the document.
        """
        return self._file(docname).is_file()

    def forget(self) -> None:
        """Discard what is in memory, because other processes have written files."""
        self._load.cache_clear()

    def remove(self, docname: str) -> None:
        """Delete the cached data of a document.

        :param docname: the document.
        """
        for suffix in (".json", ".head", ".feed"):
            self._file(docname).with_suffix(suffix).unlink(missing_ok=True)

    def _file(self, docname: str) -> Path:
        # All in one folder: creating a folder for each post takes longer than writing the file.
        return (
            self._folder / f"{hashlib.blake2b(docname.encode(errors='surrogatepass'), digest_size=12).hexdigest()}.json"
        )

    def _read(self, docname: str) -> Mapping[str, RenderedPost]:
        if (content := load_cached(self._file(docname), version=__version__)) is None:
            return {}
        kept: dict[str, dict[str, Any]] = json.loads(content)
        return {key: RenderedPost(**values) for key, values in kept.items()}
