"""Check what only a build can know, such as cross-references: run one, and read its warnings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.errors import CommandError
from sphinxext.newsroom.reports.finding import Finding, mark
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.cli.locate import Place

_LINE = re.compile(
    r"(?:(?P<path>.+?)(?::docstring of [^:]+)?(?::(?P<line>\d+))?:? )?(?P<level>WARNING|ERROR|CRITICAL|SEVERE): "
    r"(?P<message>.*?)(?: \[(?P<code>[\w.-]+)\])?"
)


def build_findings(place: Place, *, base: Path) -> list[Finding]:
    """Build a site with its drafts, and return its warnings; no page is written.

    :param place: where the site is.
    :param base: the folder that paths are shown from.
    :raises CommandError: when the site cannot be built.
    """
    if place.conf is None:
        message = "--build needs a conf.py; 'newsroom migrate mkdocs' makes one"
        raise CommandError(message)
    with TemporaryDirectory(prefix="newsroom-check-") as folder:
        warnings = Path(folder) / "warnings.txt"
        command = [sys.executable, "-m", "sphinx", "-b", "dummy", "-q", "-E", "-t", "drafts", "-w", os.fspath(warnings)]
        command += ["-c", os.fspath(place.conf.parent), os.fspath(place.source), os.fspath(Path(folder) / "out")]
        environment = {**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"}
        done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603 - Sphinx
        text = warnings.read_text(encoding="utf-8", errors="replace") if warnings.is_file() else ""
        findings = list(dict.fromkeys(_findings(text, base)))
        if done.returncode and not findings:
            lines = done.stderr.decode(errors="replace").strip().splitlines() or ["Sphinx has ended without a message"]
            message = f"the site cannot be built: {lines[-1]}"
            raise CommandError(message)
    return findings


def _findings(text: str, base: Path) -> Iterator[Finding]:
    for line in text.splitlines():
        if (match := _LINE.fullmatch(line)) is None:
            continue  # a message of several lines
        file = Path(os.path.normpath(match["path"])) if match["path"] else None
        path, number, content = "", None, ""
        if file is not None and file.is_file():
            path = (file.relative_to(base) if file.is_relative_to(base) else file).as_posix()
            number = int(match["line"] or 1)
            lines = read_bytes(file).decode("utf-8-sig", errors="replace").splitlines()
            content = lines[number - 1] if 0 < number <= len(lines) else ""
        column, end_column = mark(match["message"], content)
        yield Finding(
            code=match["code"] or "sphinx",
            message=match["message"],
            severity="warning" if match["level"] == "WARNING" else "error",
            path=path,
            line=number,
            column=column,
            end_column=end_column,
            text=content,
        )
