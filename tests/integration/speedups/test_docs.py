"""The page about the speedups names every patch, and its examples run."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from sphinxext.newsroom import speedups
from sphinxext.newsroom.speedups.patch import Patch
from tests.conftest import ROOT

PAGE = (ROOT / "docs/how-to/faster-builds.md").read_text(encoding="utf-8")
EXAMPLES = [block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "timeit" in block]


@pytest.mark.parametrize("change", speedups.ALL, ids=lambda change: change.name)
def test_every_patch_is_named(change):
    if isinstance(change, Patch):
        owner = change.target.replace(":", ".")
        assert any(f"`{name}`" in PAGE for name in (f"{owner}.{change.attribute}", f"Node.{change.attribute}"))
    else:
        assert "`gc.set_threshold`" in PAGE


def test_each_section_has_an_example():
    sections = PAGE.partition("## What it patches")[2].split("\n### ")[1:]
    assert len(sections) == len(EXAMPLES)
    assert all("Gain:" in section and "Obsolete once" in section for section in sections)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_shows_times(example):
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(float(line) > 0 for line in done.stdout.splitlines())
