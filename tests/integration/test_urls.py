"""``newsroom urls`` with built sites: what it says of a lost URL brings the URL back."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from sphinxext.newsroom.cli.main import app

pytestmark = pytest.mark.theme("basic")

POST = "---\ndate: 2024-01-31\nslug: {slug}\n---\n\n# First steps\n"
CONF = 'extensions = ["myst_parser", "sphinxext.newsroom"]\nhtml_baseurl = "https://node.example/"\n'


def test_the_redirect_that_is_printed_saves_the_url(site, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSROOM_CACHE_DIR", str(tmp_path / "cache"))
    conf = tmp_path / "conf" / "conf.py"
    conf.parent.mkdir()
    conf.write_text(CONF, encoding="utf-8")
    made = site({"blog/posts/first.md": POST.format(slug="one")}).build()
    place = ["--conf-dir", str(conf.parent), "--source", str(made.folder / "src")]
    listed = str(tmp_path / "urls.txt")

    def run(*arguments):
        return CliRunner().invoke(app, ["urls", str(made.out), *arguments, *place])

    assert run("--output", listed).exit_code == 0
    assert run("--against", listed).exit_code == 0
    made.write({"blog/posts/first.md": POST.format(slug="two")}).build()
    result = run("--against", listed)
    assert result.exit_code == 1
    match = re.fullmatch(r"/blog/2024/01/31/one/ is lost; add to blog/posts/first.md:\n(.*)", result.stdout, re.DOTALL)
    assert match is not None
    lines = "".join(f"{line.removeprefix('  ')}\n" for line in match[1].splitlines())
    made.write({"blog/posts/first.md": POST.format(slug="two").replace("\n---\n\n", f"\n{lines}---\n\n", 1)}).build()
    assert run("--against", listed).exit_code == 0
