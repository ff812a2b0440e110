"""The outline of a reStructuredText file; the parser is passed in, because this package does not import docutils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SUFFIXES = (".rst", ".txt", ".rest")
"""How the names of files in reStructuredText end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RstOutline:
    """The title of a text and the field lists around it. Lines are counted from 0."""

    title: str = ""
    """The first section title as it is written, without its adornment; empty if there is none."""
    top: range | None = None
    """The lines of the field list that comes before everything else but comments and targets."""
    below_title: range | None = None
    """The lines of the field list that comes first below the title."""


RstReader = Callable[[str], RstOutline]
"""Finds the outline of a text whose lines end with a line feed."""
