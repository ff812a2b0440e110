"""Builds as whole processes: what they cost, and what they write."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.contestants import Contestant

# Python keeps what it compiles, as it does of packages that pip installs: else only those would be compiled before.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONHASHSEED": "0"
}
_NAMES_KEPT = 50
_LOG_END = 4000
# Linux counts in KiB, macOS in bytes.
_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


class BuildError(Exception):
    """A build that failed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a process took, its children included."""

    wall: float
    cpu: float
    memory: int
    """The peak, in bytes, of the largest process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement(Cost):
    """What a build took and wrote."""

    pages: int
    """How many HTML pages were written."""
    environment: int
    """The size of ``environment.pickle`` after it, in bytes; 0 where there is none."""
    showing: tuple[str, ...] = ()
    """The files that were written and show the edit."""
    others: tuple[str, ...] = ()
    """The other files that were written after an edit (the first, if they are many)."""


def build(contestant: Contestant, *, jobs: str, fresh: bool = False, edition: str = "") -> Measurement:
    """Build a site and measure it.

    :param contestant: the site.
    :param jobs: how many processes may be used.
    :param fresh: whether there is nothing yet of an earlier build.
    :param edition: a word that was put into a post before, for which the files written are searched.
    """
    if fresh:
        clean(contestant)
    before = _times(contestant.output)
    cost = run(contestant.command(jobs), log=contestant.source.parent / "build.log")
    after = _times(contestant.output)
    written = sorted(name for name, moment in after.items() if before.get(name) != moment)
    showing = [name for name in written if edition and edition.encode() in (contestant.output / name).read_bytes()]
    others = sorted(set(written) - set(showing)) if edition else []
    pickled = contestant.caches / "environment.pickle"
    return Measurement(
        **asdict(cost),
        pages=sum(name.endswith(".html") for name in written),
        environment=pickled.stat().st_size if pickled.exists() else 0,
        showing=tuple(showing),
        others=tuple(others[:_NAMES_KEPT]),
    )


def run(command: list[str], *, log: Path) -> Cost:
    """Run a command, wait for its end, and return what it took.

    :param command: the command.
    :param log: the file for what it says.
    """
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)  # or it would be waited for again
    if process.returncode:
        raise BuildError(f"{' '.join(command)} failed:\n{log.read_text(errors='replace')[-_LOG_END:]}")
    return Cost(
        wall=round(wall, 3), cpu=round(usage.ru_utime + usage.ru_stime, 3), memory=usage.ru_maxrss * _MEMORY_UNIT
    )


def clean(contestant: Contestant) -> None:
    """Remove all that builds have made.

    :param contestant: the site.
    """
    for folder in (contestant.output, contestant.caches):
        shutil.rmtree(folder, ignore_errors=True)


def _times(folder: Path) -> dict[str, int]:
    """Return when each file below a folder was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }
