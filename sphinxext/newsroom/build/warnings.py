"""The one place where problems become warnings."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sphinxext.newsroom.core.problems import Problem, Subtype

logger = logging.getLogger(__name__)


def warn(problems: Iterable[Problem], root: Path, severity: Mapping[Subtype, str] = MappingProxyType({})) -> bool:
    """Log problems, each once, as warnings or errors of type ``newsroom`` with file and line; tell if any is an error.

    :param problems: what is wrong.
    :param root: the source folder, to show full paths as Sphinx does.
    :param severity: ``ignore``, ``warn`` or ``error`` for kinds of problem; what is not named is a warning.
    """
    failed = False
    for problem in dict.fromkeys(problems):
        level = severity.get(problem.subtype, "warn")
        if level == "ignore":
            continue
        location = None
        if problem.path is not None:
            # Without a line, Sphinx would take the path for a docname.
            location = f"{root / problem.path}:{problem.line or 1}"
        failed = failed or level == "error"
        log = logger.error if level == "error" else logger.warning
        log("%s", problem.message, location=location, type="newsroom", subtype=problem.subtype.value)
    return failed
