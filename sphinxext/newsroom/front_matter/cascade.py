"""Front matter that posts inherit from the ``.meta.yml`` files of their folders, as in Material for MkDocs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.merge import merge
from sphinxext.newsroom.front_matter.parse import parse_defaults
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import exists, is_regular, unusable
from sphinxext.newsroom.utils.symlinks import link_fault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE_NAME = ".meta.yml"


def read_folder_defaults(root: Path, paths: Iterable[str]) -> tuple[dict[str, dict[str, Any]], tuple[Problem, ...]]:
    """Return what each file inherits, by path; files that inherit nothing are left out.

    The nearest folder wins for a single value; lists are joined, those of the outer folders first.

    :param root: the source folder.
    :param paths: files below it, relative with ``/``.
    """
    folders: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []

    def defaults_of(folder: str) -> dict[str, Any]:
        if folder not in folders:
            outer = defaults_of(posixpath.dirname(folder)) if folder else {}
            file = root / folder / FILE_NAME
            own: dict[str, Any] = {}
            path = posixpath.join(folder, FILE_NAME)
            if fault := link_fault(file, root):
                # It may have said that the posts are drafts.
                own = {"draft": True}
                message = f"the file is not read ({fault}), and posts that it holds for are drafts."
                problems.append(Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path))
            elif is_regular(file):
                try:
                    text = file.read_bytes().decode("utf-8-sig", errors="replace")
                except OSError as error:
                    problems.append(_unreadable(path, str(error.strerror)))
                else:
                    own, found = parse_defaults(text, path=path)
                    problems.extend(found)
            elif exists(file):
                problems.append(_unreadable(path, unusable(file)))
            folders[folder] = merge(outer, own) if own else outer
        return folders[folder]

    inherited = {path: defaults_of(posixpath.dirname(path)) for path in paths}
    return {path: defaults for path, defaults in inherited.items() if defaults}, tuple(problems)


def _unreadable(path: str, reason: str) -> Problem:
    message = f"the file cannot be read ({reason}); nothing of it is used."
    return Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path)
