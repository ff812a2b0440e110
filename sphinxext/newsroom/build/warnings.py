"""The one place where problems become warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinxext.newsroom.core.problems import Problem

logger = logging.getLogger(__name__)


def warn(problems: Iterable[Problem], root: Path) -> None:
    """Log problems, each once, as warnings of type ``newsroom`` with file and line.

    :param problems: what is wrong.
    :param root: the source folder, to show full paths as Sphinx does.
    """
    for problem in dict.fromkeys(problems):
        location = None
        if problem.path is not None:
            # Without a line, Sphinx would take the path for a docname.
            location = f"{root / problem.path}:{problem.line or 1}"
        logger.warning("%s", problem.message, location=location, type="newsroom", subtype=problem.subtype.value)
