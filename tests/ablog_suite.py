"""Run ABlog's own tests with this extension added to each of their sites.

The tests and their sites are in the source distribution of the installed version; they are fetched for each run. The
session ``ablog`` of nox calls this; further arguments go to pytest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest

REPAIRED = {
    "test_skip_ablog_templates_but_missing_templates": "A site that leaves ABlog's templates out, and has none of its own, "
    "stops while it is written; here no page needs them.",
}
"""Tests that expect a defect of ABlog which is repaired here, each with what is repaired: they have to fail, and all others
to pass."""


class Expectations:
    """Tells pytest which tests fail, and that nothing else is left out."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            self.names.add(item.name)
            if item.name in REPAIRED:
                item.add_marker(pytest.mark.xfail(reason=REPAIRED[item.name], strict=True))


def fetch(folder: Path) -> Path:
    """Return the unpacked source distribution of the installed ABlog."""
    wanted = f"ablog=={version('ablog')}"
    arguments = ["download", "--quiet", "--no-deps", "--no-binary=ablog", f"--dest={folder}", wanted]
    subprocess.run([sys.executable, "-m", "pip", *arguments], check=True)
    [archive] = folder.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def prepare(source: Path, suite: Path) -> None:
    """Put tests and sites where they find each other, without ABlog's code: that is the installed one."""
    shutil.copytree(source / "src/ablog/tests", suite / "tests")
    shutil.copytree(source / "roots", suite / "roots")
    shutil.copy(source / "conftest.py", suite)
    shutil.copy(source / "setup.cfg", suite)
    for conf in (suite / "roots").glob("*/conf.py"):
        with conf.open("a", encoding="utf-8") as file:
            file.write('\nextensions = [*extensions, "sphinxext.newsroom"]\n')


def main() -> int | str:
    """Return what the session ends with: 0, or what is wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        suite = folder / "suite"
        try:
            prepare(fetch(folder), suite)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            return f"ABlog's tests cannot be had from its source distribution: {error}"
        expectations = Expectations()
        options = ["-c", str(suite / "setup.cfg"), "-p", "no:cacheprovider", "-p", "no:randomly", "-ra", "--tb=short"]
        # ABlog asks a transform for its application, which Sphinx 9 advises against.
        options += ["--show-capture=no", "-W", "ignore::PendingDeprecationWarning"]
        code = pytest.main([*options, str(suite / "tests"), *sys.argv[1:]], plugins=[expectations])
        if not code and len(sys.argv) == 1 and (unknown := REPAIRED.keys() - expectations.names):
            return f"ABlog has no such tests any more: {', '.join(sorted(unknown))}"
        return int(code)


if __name__ == "__main__":
    sys.exit(main())
