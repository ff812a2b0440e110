"""A small site on disk, and the command run in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from sphinxext.newsroom.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

CONF = 'extensions = ["myst_parser", "sphinxext.newsroom"]\n'
INDEX = "# Home\n"
SERVICES = ("GITHUB_", "READTHEDOCS", "GITLAB_", "CI_", "NETLIFY", "VERCEL", "CF_PAGES")


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a function that writes a site and makes its folder the current one."""
    for name in list(os.environ):
        if name.startswith(SERVICES):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NEWSROOM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    root: Path = tmp_path / "site"

    def write(files: dict[str, str | bytes], *, conf: str = "") -> Path:
        for name, text in {"conf.py": CONF + conf, "index.md": INDEX, **files}.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.chdir(root)
        return root

    return write


@pytest.fixture
def run():
    """Return a function that runs the command."""

    def run_command(*arguments: str) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run_command
