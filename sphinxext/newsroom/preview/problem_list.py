"""The problems of a site in a live preview: what each build has found, and what of it is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class PreviewProblem(NamedTuple):
    """A warning or an error of a build."""

    path: str
    line: int | None
    message: str
    code: str
    severity: str

    def __str__(self) -> str:
        """Return one line: where it is, and what."""
        place = f"{self.path}:{self.line or 1}: " if self.path else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]"


class ProblemList:
    """The problems that are known."""

    def __init__(self) -> None:
        """Start without any."""
        self.error = ""
        """Why the last build failed, empty if it did not."""
        self._problems: dict[PreviewProblem, None] = {}

    @property
    def problems(self) -> list[PreviewProblem]:
        """The problems, by file and line."""
        return sorted(self._problems, key=lambda problem: (problem.path, problem.line or 0, problem.message))

    def update(self, found: Iterable[PreviewProblem], *, read: Collection[str], complete: str) -> list[PreviewProblem]:
        """Take over what a build has found, and return what is new.

        :param found: the problems of the build.
        :param read: the files that it has read or written; what is not found again in them is solved.
        :param complete: what the codes of problems begin with that every build finds.
        """
        self.error = ""
        now = dict.fromkeys(found)
        known = self._problems
        remaining = {
            problem: None
            for problem in known
            if problem.path and problem.path not in read and not problem.code.startswith(complete)
        }
        self._problems = remaining | now
        return [problem for problem in now if problem not in known]
