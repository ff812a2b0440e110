"""Decide which source files may be copied into the output.

Everything that copies a file checks here first: front matter, Markdown, Sphinx's roles and directives in posts, and the
copying of files in the folders of posts.
"""

from __future__ import annotations

import os
import posixpath
import stat
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import DOTFILES, Matcher

from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils import symlinks
from sphinxext.newsroom.utils.files import has_encodable_name, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.application import Sphinx

# Settings of the site, wherever in the source folder they are.
SETTINGS = frozenset({".meta.yml", "mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml"})
# What editors and tools for merging append to the name of a file that they keep a copy of.
BACKUPS = ("~", ".bak", ".orig", ".rej", ".old", ".save", ".swp", ".tmp")


class Restriction(StrEnum):
    """Why a file is not copied."""

    MISSING = "it is not there"
    BROKEN_LINK = symlinks.BROKEN
    IRREGULAR = "it is not a regular file"
    UNREADABLE = "it cannot be read"
    OUTSIDE = "it is outside the source folder"
    LEADS_OUTSIDE = symlinks.LEADS_OUTSIDE
    UNPUBLISHED = "that post is a draft, or its time has not come"
    NO_PAGE = "it is the source of a page that is not part of the site"
    EXCLUDED = "the site excludes that file"
    EXCLUDED_BY_MKDOCS = "mkdocs.yml excludes that file"


class CopyRules:
    """Decides which files may be copied into the output of one build."""

    def __init__(
        self,
        app: Sphinx,
        *,
        excludes: Callable[[str], bool] = lambda _path: False,
        decides: Callable[[str], bool] = lambda _path: False,
        own_files: Iterable[str] = (),
        post_dirs: Iterable[str] = (),
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param excludes: whether ``mkdocs.yml`` excludes a file, by its path relative to the source folder.
        :param decides: whether it decides about a file that begins with a dot.
        :param post_dirs: the folders of posts, relative to the source folder.
        :param own_files: files of the blog's own that are never published, such as the authors file.
        """
        self._app, self._excluded_by_mkdocs, self._is_decided_by_mkdocs = app, excludes, decides
        self._root = Path(app.srcdir)
        self._own_files, self._post_dirs = frozenset(own_files), tuple(post_dirs)
        self._unpublished: frozenset[tuple[int, int]] = frozenset()
        self._unpublished_parts: frozenset[tuple[int, int]] = frozenset()
        self._unpublished_paths: frozenset[str] = frozenset()
        self._folders: dict[str, Path] = {}

    @cached_property
    def _real_root(self) -> Path:
        return self._root.resolve()

    @cached_property
    def _excluded(self) -> Matcher:
        return Matcher([*self._app.config.exclude_patterns, *EXCLUDE_PATHS])

    @cached_property
    def _static(self) -> tuple[tuple[Path, Matcher], ...]:
        """The folders that Sphinx copies as they are, each with what it leaves out there."""
        config = self._app.config
        folders = (Path(self._app.confdir) / entry for entry in (*config.html_static_path, *config.html_extra_path))
        excluded = Matcher([*config.exclude_patterns, "**/.*"])
        return tuple((folder.resolve(), excluded) for folder in folders if folder.is_dir())

    @cached_property
    def _private(self) -> tuple[Path, ...]:
        """Files and folders of the build itself."""
        app = self._app
        templates = (Path(app.confdir) / entry for entry in app.config.templates_path)
        own = (self._root / path for path in self._own_files)
        paths = (Path(app.confdir) / "conf.py", Path(app.outdir), Path(app.doctreedir), *templates, *own)
        # A folder that has the sources in it says nothing about them.
        return tuple(path for path in (path.resolve() for path in paths) if not self._real_root.is_relative_to(path))

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(self._app.config.source_suffix)

    def mark_unpublished(self, paths: Iterable[str], *, partly: Iterable[str] = ()) -> None:
        """Set the sources that hold unpublished posts.

        :param paths: those of which nothing is published, relative to the source folder.
        :param partly: pages with a section that is not published.
        """
        self._unpublished_paths = frozenset(paths)
        self._unpublished = self._identities(self._unpublished_paths)
        self._unpublished_parts = self._identities(partly)

    def _identities(self, paths: Iterable[str]) -> frozenset[tuple[int, int]]:
        return frozenset(filter(None, map(self._identity, paths)))

    def _identity(self, path: str) -> tuple[int, int] | None:
        """Return what a file shares with all its other names: links, and names that differ in case on some disks."""
        try:
            status = (self._root / path).stat()
        except (OSError, ValueError):
            return None
        return status.st_dev, status.st_ino

    def is_unpublished(self, path: str, *, partly: bool = True) -> bool:
        """Return whether a file is the source of an unpublished post, under whatever name.

        :param path: absolute, or relative to the source folder.
        :param partly: whether a page counts of which only a section is not published.
        """
        if not (self._unpublished or self._unpublished_parts):
            return False
        identity = self._identity(path)
        return identity in self._unpublished or (partly and identity in self._unpublished_parts)

    def restriction_of_page(self, path: str) -> Restriction | None:
        """Return why a file is not copied for a page that is not a post, None if it may be: there, Sphinx's rules hold.

        :param path: relative to the source folder.
        """
        if self.is_unpublished(path) or self._is_copy_of_unpublished(path):
            return Restriction.UNPUBLISHED
        if self._is_stray_source(path) and any(path.startswith(f"{folder}/") for folder in self._post_dirs):
            return Restriction.NO_PAGE
        return Restriction.EXCLUDED_BY_MKDOCS if self._excluded_by_mkdocs(path) else None

    def excludes(self, path: str) -> bool:
        """Return whether the site excludes a file or folder by its name.

        :param path: relative to the source folder.
        """
        return self._excluded_by_mkdocs(path) or self._is_hidden(path) or _matches(self._excluded, path)

    def restriction(self, path: str) -> Restriction | None:
        """Return why a file is not copied into the output, None if it may be.

        :param path: relative to the source folder.
        """
        path = posixpath.normpath(path.lstrip("/"))
        if path == ".." or path.startswith("../"):
            return Restriction.OUTSIDE
        try:
            file, status = self._located(path)
        except (OSError, ValueError, RuntimeError):
            return Restriction.BROKEN_LINK if os.path.islink(self._root / path) else Restriction.MISSING  # noqa: PTH114 - never raises
        if not file.is_relative_to(self._real_root):
            return Restriction.LEADS_OUTSIDE
        if not stat.S_ISREG(status.st_mode):
            return Restriction.IRREGULAR
        identity = status.st_dev, status.st_ino
        if path in self._unpublished_paths or identity in self._unpublished | self._unpublished_parts:
            return Restriction.UNPUBLISHED
        names = {path, file.relative_to(self._real_root).as_posix()}
        exclusion = next(filter(None, (self._exclusion(name, file) for name in sorted(names))), None)
        return exclusion or (None if os.access(file, os.R_OK) else Restriction.UNREADABLE)

    def reports_restriction(self, path: str, problems: list[Problem]) -> bool:
        """Return whether a file is left out that is copied without being named anywhere.

        :param path: relative to the source folder.
        :param problems: takes what is reported; not what the site excludes.
        """
        if not has_encodable_name(path):
            message = "the name of the file is not UTF-8, and it is left out; rename it."
            problems.append(Problem(subtype=Subtype.ENCODING, message=message, path=printable(path)))
            return True
        restriction = self.restriction(path)
        if restriction not in {None, Restriction.EXCLUDED, Restriction.EXCLUDED_BY_MKDOCS}:
            message = f"the file {path!r} is left out: {restriction}."
            problems.append(Problem(subtype=Subtype.LINK, message=message, path=path))
        return restriction is not None

    def _located(self, path: str) -> tuple[Path, os.stat_result]:
        """Return the real path of a file, and what the system knows about it."""
        folder, name = posixpath.split(path)
        if folder not in self._folders:
            self._folders[folder] = (self._root / folder).resolve(strict=True)
        file = self._folders[folder] / name
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            file = file.resolve(strict=True)
            status = file.stat()
        return file, status

    def _exclusion(self, path: str, file: Path) -> Restriction | None:
        is_private = posixpath.basename(path) in SETTINGS or self._is_backup(path)
        if is_private or any(file.is_relative_to(private) for private in self._private):
            return Restriction.EXCLUDED
        if self._is_stray_source(path):
            return Restriction.NO_PAGE
        if self._excluded_by_mkdocs(path):
            return Restriction.EXCLUDED_BY_MKDOCS
        for folder, excluded in self._static:
            if file.is_relative_to(folder):
                return Restriction.EXCLUDED if _matches(excluded, file.relative_to(folder).as_posix()) else None
        return Restriction.EXCLUDED if self._is_hidden(path) or _matches(self._excluded, path) else None

    def _is_hidden(self, path: str) -> bool:
        return not self._is_decided_by_mkdocs(path) and _matches(DOTFILES, path)

    def _is_backup(self, path: str) -> bool:
        """Return whether a file is a copy that an editor keeps of the source of a page: ``draft.md~``."""
        name = path.casefold()
        return any(name.endswith(tuple(suffix + backup for backup in BACKUPS)) for suffix in self._suffixes)

    def _is_copy_of_unpublished(self, path: str) -> bool:
        return any(path.endswith(end) and path.removesuffix(end) in self._unpublished_paths for end in BACKUPS)

    def _is_stray_source(self, path: str) -> bool:
        """Return whether a file looks like the source of a page, and is not read as one: ``draft.MD``."""
        return path.casefold().endswith(self._suffixes) and not path.endswith(self._suffixes)


def _matches(matcher: Matcher, path: str) -> bool:
    """Return whether a pattern matches a path or a folder that it is in."""
    return any(matcher(part) for part in _with_folders(path))


def _with_folders(path: str) -> Iterator[str]:
    while path:
        yield path
        path = posixpath.dirname(path)
