"""Write the warnings of a build as annotations, which GitHub shows on the lines of a pull request."""

from __future__ import annotations

import os
import re
import sys
from logging import ERROR, WARNING, Handler, getLogger
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext.newsroom import __version__
from sphinxext.newsroom.config.sphinx_config import read_options
from sphinxext.newsroom.reports.finding import Finding, mark
from sphinxext.newsroom.reports.formats import to_github

if TYPE_CHECKING:
    from logging import LogRecord

    from sphinx.application import Sphinx

# Such as /docs/page.md:3, and /module.py:docstring of module.name:3.
_LOCATION = re.compile(r"(?P<path>.+?)(?::docstring of [^:]+)?(?::(?P<line>\d+))?:?")
_TYPES = re.compile(r" \[[\w.]+\]$")


class AnnotationHandler(Handler):
    """Collects what Sphinx logs as warnings or errors, in all processes of a build."""

    def __init__(self) -> None:
        """Start collecting; Sphinx removes the handler when another application is set up."""
        super().__init__(WARNING)
        # Sphinx delays some records and logs them twice. Its own handlers complete their locations in the meantime.
        self.records: dict[int, LogRecord] = {}
        getLogger(logging.NAMESPACE).addHandler(self)

    def emit(self, record: LogRecord) -> None:
        """Collect a record."""
        self.records[id(record)] = record


def annotate_warnings(app: Sphinx) -> None:
    """Collect the warnings of this build if the site asks for annotations and GitHub Actions can show them.

    :param app: the application.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true" or not read_options(app)[0].annotations:
        return
    handler = AnnotationHandler()

    def write(app: Sphinx, _exception: Exception | None) -> None:
        findings = [make_finding(app, record) for record in handler.records.values() if not is_suppressed(app, record)]
        sys.stdout.write(to_github(list(dict.fromkeys(findings)), version=__version__))
        sys.stdout.flush()

    app.connect("build-finished", write, priority=1000)


def is_suppressed(app: Sphinx, record: LogRecord) -> bool:
    """Return whether the site suppresses a warning.

    :param app: the application.
    :param record: the warning.
    """
    types = getattr(record, "type", None) or "", getattr(record, "subtype", None) or ""
    return logging.is_suppressed_warning(*types, app.config.suppress_warnings)


def make_finding(app: Sphinx, record: LogRecord) -> Finding:
    """Return a warning with its place in the sources.

    :param app: the application.
    :param record: the warning.
    """
    message = str(record.msg) % record.args if record.args else str(record.msg)
    message = _TYPES.sub("", message)
    types = [name for key in ("type", "subtype") if (name := getattr(record, key, None))]
    match = _LOCATION.fullmatch(str(getattr(record, "location", None) or ""))
    file = Path(os.path.normpath(Path(app.srcdir) / match["path"])) if match else None
    path, line, text = "", None, ""
    if file is not None and file.is_file():
        path = from_workspace(file)
        line = int(match["line"] or 1) if match else 1
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        text = lines[line - 1] if 0 < line <= len(lines) else ""
    column, end_column = mark(message, text)
    return Finding(
        code=".".join(types) or "sphinx",
        message=message,
        severity="error" if record.levelno >= ERROR else "warning",
        path=path,
        line=line,
        column=column,
        end_column=end_column,
        text=text,
    )


def from_workspace(file: Path) -> str:
    """Return the path of a file in the repository, or from the current folder.

    :param file: the file.
    """
    workspace = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    file = file.resolve()
    return (file.relative_to(workspace) if file.is_relative_to(workspace) else file).as_posix()
