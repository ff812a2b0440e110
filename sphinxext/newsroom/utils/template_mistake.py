"""A mistake in a template of a site, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateMistake:
    """Where a template of the site has a mistake."""

    name: str
    """The template that was asked for."""
    file: Path
    line: int
    reason: str
