"""Two builds of one site into one folder at the same time both end well."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import INDEX, post

CONF = """
project = "Node"
extensions = ["myst_parser", "sphinxext.newsroom"]
html_baseurl = "https://node.example/"
"""


def test_two_builds_into_one_folder_end_well(tmp_path):
    source = tmp_path / "src"
    (source / "blog" / "posts").mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.md").write_text(INDEX)
    for number in range(20):
        text = post(f"# Post {number}\n\nText.", tags=[f"t{number % 5}"])
        (source / "blog" / "posts" / f"p{number}.md").write_text(text)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "dirhtml", str(source), str(tmp_path / "out")]
    builds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for build in builds:
        _, said = build.communicate(timeout=600)
        assert build.returncode == 0, said
    assert len(list((tmp_path / "out" / "blog" / "2024").rglob("p*/index.html"))) == 20
    assert not list((tmp_path / "out").rglob(".newsroom-*"))
    assert not list((tmp_path / "out").rglob("*.new"))
