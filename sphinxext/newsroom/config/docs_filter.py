"""Decide which files of a MkDocs site are published, by ``exclude_docs``, ``draft_docs`` and the rules of MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathspec import GitIgnoreSpec

from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.config.mkdocs import MkdocsSettings

# What MkDocs excludes unless the site includes it again (``!.assets``).
ALWAYS = (".*", "/templates/")


class DocsFilter:
    """Tells which files of the docs folder are excluded; patterns are those of a ``.gitignore``, as in MkDocs."""

    def __init__(self, *, exclude: Iterable[str] = (), drafts: Iterable[str] = ()) -> None:
        """Compile patterns.

        :param exclude: the patterns of ``exclude_docs``.
        :param drafts: those of ``draft_docs``, unless drafts are shown.
        """
        self._excluded = GitIgnoreSpec.from_lines([*ALWAYS, *exclude])
        drafts = list(drafts)
        self._drafts = GitIgnoreSpec.from_lines(drafts) if drafts else None

    def excludes(self, path: str) -> bool:
        """Return whether a file is not published.

        :param path: relative to the docs folder.
        """
        return self._excluded.match_file(path) or self.is_draft(path)

    def is_draft(self, path: str) -> bool:
        """Return whether ``draft_docs`` names a file, and drafts are not shown.

        :param path: relative to the docs folder.
        """
        return self._drafts is not None and self._drafts.match_file(path)


def read_docs_filter(settings: MkdocsSettings, *, shows_drafts: bool) -> tuple[DocsFilter, list[Problem]]:
    """Return the filter that a ``mkdocs.yml`` describes, and problems with its patterns.

    :param settings: the file.
    :param shows_drafts: whether what ``draft_docs`` names is published in this build.
    """
    problems: list[Problem] = []
    exclude, drafts = (_patterns(settings.values.get(name), name, problems) for name in ("exclude_docs", "draft_docs"))
    return DocsFilter(exclude=exclude, drafts=() if shows_drafts else drafts), problems


def _patterns(value: Any, name: str, problems: list[Problem]) -> list[str]:
    """Return the patterns that can be used; those of a list are taken, too, although MkDocs wants text."""
    if value is None:
        return []
    lines = [str(line) for line in value] if isinstance(value, list) else str(value).splitlines()
    found = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            message = f"{name}: {line!r} is not a pattern of a .gitignore file; it is left out."
            problems.append(Problem(subtype=Subtype.MKDOCS, message=message))
        else:
            found.append(line)
    return found
