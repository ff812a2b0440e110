"""Log problems as warnings."""

from __future__ import annotations

from logging import ERROR, WARNING, Handler, getLogger
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext.newsroom.problems import Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from logging import LogRecord
    from pathlib import Path

    from sphinxext.newsroom.problems import Problem

logger = logging.getLogger(__name__)
TYPE = "newsroom"


def warn(problems: Iterable[Problem], root: Path, severity: Mapping[Subtype, str] = MappingProxyType({})) -> None:
    """Log problems, each once, as warnings or errors of type ``newsroom`` with file and line.

    :param problems: the problems.
    :param root: the source folder, to show full paths as Sphinx does.
    :param severity: ``ignore``, ``warn`` or ``error`` for kinds of problem; what is not named is a warning.
    """
    for problem in dict.fromkeys(problems):
        level = severity.get(problem.subtype, "warn")
        if level == "ignore":
            continue
        location = None
        if problem.path is not None:
            # Without a line, Sphinx would take the path for a docname.
            location = f"{root / problem.path}:{problem.line or 1}"
        log = logger.error if level == "error" else logger.warning
        log("%s", problem.message, location=location, type=TYPE, subtype=problem.subtype.value)


class ErrorWatch(Handler):
    """Notices our errors in Sphinx's log, including those from worker processes."""

    def __init__(self) -> None:
        """Begin; Sphinx ends it when it sets up another application."""
        super().__init__(WARNING)
        self.has_error = False
        self.has_seen_template = False
        """Whether there was a mistake in a template."""
        getLogger(logging.NAMESPACE).addHandler(self)

    def emit(self, record: LogRecord) -> None:
        """Look at what is logged."""
        if getattr(record, "type", "") == TYPE:
            self.has_error = self.has_error or record.levelno >= ERROR
            self.has_seen_template = self.has_seen_template or getattr(record, "subtype", "") == Subtype.TEMPLATE.value
