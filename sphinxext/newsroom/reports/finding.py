"""One problem with its place, as all formats need it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.problems import Problem

Severity = Literal["warning", "error"]
_QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One problem, its severity, and the text that it is about."""

    code: str
    """Such as ``newsroom.category``."""
    message: str
    severity: Severity = "warning"
    path: str = ""
    """The file, relative to the folder that paths are shown from, with ``/``; empty for the whole site."""
    line: int | None = None
    column: int | None = None
    """The first character that is meant, counted from 1."""
    end_column: int | None = None
    """The one behind the last."""
    text: str = ""
    """The line itself, without its end."""
    fixable: bool = False
    """Whether ``newsroom check --fix`` corrects it."""


def make_finding(
    problem: Problem, *, severity: Severity, path: str, line: int | None, text: str, fixable: bool = False
) -> Finding:
    """Return a problem as a finding.

    :param problem: the problem.
    :param severity: how severe the site takes it.
    :param path: the file as it is shown.
    :param line: its line, counted from 1.
    :param text: that line.
    :param fixable: whether the program can correct it.
    """
    column, end_column = mark(problem.message, text, [edit.old for edit in problem.edits if edit.path == problem.path])
    return Finding(
        code=f"newsroom.{problem.subtype.value}",
        message=problem.message,
        severity=severity,
        path=path,
        line=line,
        column=column,
        end_column=end_column,
        text=text,
        fixable=fixable,
    )


def mark(message: str, text: str, first: Iterable[str] = ()) -> tuple[int | None, int | None]:
    """Return the columns of what a message is about: of the first thing that it quotes from the line, else of the line.

    :param message: the message.
    :param text: the line.
    :param first: what is looked for first.
    """
    if not text.strip():
        return None, None
    for quoted in (*first, *(one or other for one, other in _QUOTED.findall(message))):
        if (start := text.find(quoted)) >= 0:
            return start + 1, start + 1 + len(quoted)
    start = len(text) - len(text.lstrip())
    return start + 1, len(text.rstrip()) + 1
