"""Resolve the images of posts and authors: their URLs and sizes."""

from __future__ import annotations

import hashlib
import posixpath
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.util.images import get_image_size

from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.utils.file_names import readings
from sphinxext.newsroom.utils.files import file_stamp
from sphinxext.newsroom.utils.urls import is_web_url

# Reasons that are not obvious.
TOLD = frozenset({Restriction.BROKEN_LINK, Restriction.LEADS_OUTSIDE, Restriction.UNPUBLISHED})

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.copy_rules import CopyRules
    from sphinxext.newsroom.models import Author, Image, Post
    from sphinxext.newsroom.pages import context_types


class Images:
    """Finds pictures, and has those of the source folder copied."""

    def __init__(self, app: Sphinx, copy_rules: CopyRules, *, remote_avatars: bool) -> None:
        """Prepare for an application.

        :param app: the application.
        :param copy_rules: tells which files may be copied.
        :param remote_avatars: whether pictures of authors may come from other sites.
        """
        self._app, self._copy_rules, self._remote_avatars = app, copy_rules, remote_avatars
        self.files: dict[str, str] = {}
        """The files that were looked for, relative to the source folder, each with its stamp."""
        self.targets: set[str] = set()
        """The output paths of the files that were found, relative to the root of the site."""
        self._size, self._file = cache(_size), cache(self._found)
        self.copied = cache(self._copied)
        """Registers a source file to be copied with the images, and returns its relative URL; empty if it does not exist.
        The path can be percent-encoded."""

    def _copied(self, path: str) -> str:
        file = self._file(path)
        if file is None:
            return ""
        images = getattr(self._app.builder, "images", None)
        if images is not None:
            # An absolute path keeps it apart from the same picture used in a text, which has its own name.
            images[str(file)] = posixpath.basename(self._target(path))
        self.targets.add(self._target(path))
        return quote(self._target(path))

    def _target(self, path: str) -> str:
        """Return the path in the output of a file that is copied."""
        path = self._meant(path)
        name = PurePosixPath(path)
        digest = hashlib.blake2b(path.encode(), digest_size=4).hexdigest()
        return f"{getattr(self._app.builder, 'imagedir', '_images')}/{name.stem}-{digest}{name.suffix}"

    def exists(self, path: str) -> bool:
        """Return whether there is a file that can be copied; it is not copied for that.

        :param path: relative to the source folder.
        """
        if self._file(path) is None:
            return False
        self.targets.add(self._target(path))
        return True

    def avatar(self, author: Author) -> str:
        """Return a URL, or the path of the file from the root of the site; empty where initials are shown.

        :param author: the author.
        """
        avatar = author.avatar
        if not avatar or avatar.startswith("data:"):
            return avatar
        if not is_url(avatar):
            return self.copied(avatar.lstrip("/"))
        home = base_url(self._app.config)
        is_ours = bool(home) and avatar.startswith(home.rstrip("/") + "/")
        return avatar if is_ours or self._remote_avatars else ""

    def is_missing(self, author: Author) -> bool:
        """Return whether an author has a picture in the source folder that is not there.

        :param author: the author.
        """
        return bool(author.avatar) and not is_url(author.avatar) and not self.exists(author.avatar.lstrip("/"))

    def cover(self, post: Post) -> context_types.Image | None:
        """Return the cover image of a post, with its size where that is known; None if there is none.

        :param post: the post.
        """
        image = post.front_matter.image
        source = self.resolved(post, image.src) if image else ""
        if image is None or not source:
            return None
        width, height = self._size(self._file(self._path(post, image.src)))
        return {
            "src": source,
            "dark": self.resolved(post, image.dark),
            "alt": image.alt or "",
            "width": width,
            "height": height,
        }

    def of_site(self, source: str, *, alt: str) -> context_types.Image | None:
        """Return a picture that an option names, as :meth:`cover` does that of a post.

        :param source: a URL, or a path below the source folder.
        :param alt: its alternative text.
        """
        path = "" if is_url(source) else source.lstrip("/")
        url = source if is_web_url(source) else self.copied(path)
        width, height = self._size(self._file(path))
        return {"src": url, "dark": "", "alt": alt, "width": width, "height": height} if url else None

    def resolved(self, post: Post, source: str) -> str:
        """Return where an image of a post will be, empty if it is not there.

        :param post: the post.
        :param source: a URL, or a path relative to the post, else to the source folder; ``/x`` is only the latter.
        """
        if not source or is_url(source):
            return source if self._is_shown(source) else ""
        return self.copied(self._path(post, source))

    def missing(self, image: Image, post: Post) -> list[str]:
        """Return what an image names that is not there.

        :param image: the image.
        :param post: the post.
        """
        sources = [source for source in (image.src, image.dark) if source]
        return [source for source in sources if not (self._is_shown(source) or self.exists(self._path(post, source)))]

    @staticmethod
    def _is_shown(source: str) -> bool:
        """Return whether a source is a URL that a page can show."""
        return is_web_url(source) or source.startswith("data:image/")

    def why_missing(self, source: str, post: Post | None = None) -> str:
        """Return why a picture is not copied, as part of a message.

        :param source: what a post or an author names.
        :param post: the post.
        """
        path = source.lstrip("/") if post is None else self._path(post, source)
        restriction = self.restriction(path) if path else None
        return f"is left out: {restriction}" if restriction in TOLD else "is not there"

    def _path(self, post: Post, source: str) -> str:
        """Return the path of an image from the source folder; empty for a URL."""
        if is_url(source):
            return ""
        folder = PurePosixPath(post.path).parent.as_posix()
        candidate = posixpath.normpath(posixpath.join(folder, source))
        if self._copy_rules.restriction(candidate) not in {None, Restriction.MISSING, Restriction.OUTSIDE}:
            # It is there, so that it is meant.
            return source.lstrip("/") if source.startswith("/") else candidate
        # Where the plugins rss and social of MkDocs made the picture known, all paths start at the source folder.
        return source.lstrip("/") if source.startswith("/") or self._file(candidate) is None else candidate

    def _found(self, path: str) -> Path | None:
        if not path:
            return None
        name = self._meant(path)
        self.files |= {read: file_stamp(Path(self._app.srcdir / read)) for read in readings(path)}
        return Path(self._app.srcdir / name).resolve() if self.restriction(name) is None else None

    def restriction(self, path: str) -> Restriction | None:
        """Return why a file is not copied, None if it is.

        :param path: relative to the source folder.
        """
        return self._copy_rules.restriction(self._meant(path))

    def _meant(self, path: str) -> str:
        """Return the path that is there: as it is written, or decoded; as it is written if there is none."""
        found = (name for name in readings(path) if self._copy_rules.restriction(name) is not Restriction.MISSING)
        return next(found, path)


def _size(file: Path | None) -> tuple[int, int] | tuple[None, None]:
    """Return width and height of a picture, which keep its place free until it is loaded."""
    size = get_image_size(file) if file is not None else None
    return size if size and min(size) > 0 else (None, None)
