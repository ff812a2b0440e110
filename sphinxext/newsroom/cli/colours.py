"""Coloured output of problems, for terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sphinxext.newsroom.reports.formats import describe, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.reports.finding import Finding

_COLOURS = {"warning": "yellow", "error": "red"}


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings as the plain text does, in colour.

    :param findings: the problems.
    """
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        line = Text(describe(finding))
        line.highlight_regex(r"^\S+?:(?=\s)", "bold")
        line.highlight_regex(rf"\b{finding.severity}: ", f"bold {_COLOURS[finding.severity]}")
        line.highlight_regex(r"\[[\w.]+\]$", "dim")
        console.print(line)
        below = Text(excerpt(finding), end="")
        below.highlight_regex(r"\^+$", _COLOURS[finding.severity])
        below.highlight_regex(r"^ *\d* \|", "dim")
        console.print(below, end="")
