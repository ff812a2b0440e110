"""Warnings of a build as annotations of GitHub Actions."""

from __future__ import annotations

import pytest

BAD = "---\ndate: 2024-01-31\nauthors: [nobody]\n---\n\n# Bad\n\n{nothing}`x`\n"
INDEX = "# Home\n\n```{toctree}\nblog/index\nmissing\n```\n"


@pytest.fixture
def build(site, tmp_path, monkeypatch, capsys):
    def build_site(*, on_github: bool, jobs: int = 1, **conf):
        if on_github:
            monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        made = site(
            {"index.md": INDEX, "blog/posts/bad.md": BAD, "blog/posts/two.md": BAD.replace("Bad", "Two")}, **conf
        )
        made.build(jobs=jobs)
        return sorted(line for line in capsys.readouterr().out.splitlines() if line.startswith("::"))

    return build_site


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_warning_stands_once_on_its_line(build, jobs):
    lines = build(on_github=True, newsroom_annotations=True, jobs=jobs)
    author = "author 'nobody' is not in blog/.authors.yml."
    assert [line for line in lines if "newsroom.author" in line] == [
        f"::warning file=src/blog/posts/{name}.md,line=3,col=11,endColumn=16,title=newsroom.author::{author}"
        for name in ("bad", "two")
    ]
    assert [
        line.partition("::")[2].partition(",title")[0] for line in lines if "myst.role" in line or "nothing" in line
    ] == [
        f"{kind} file=src/blog/posts/{name}.md,line=8,col=2,endColumn=8"
        for kind in ("warning",)
        for name in ("bad", "two")
    ]
    assert sum("toc.not_readable" in line and "file=src/index.md" in line for line in lines) == 1
    assert len(lines) == 5


def test_what_is_suppressed_is_not_annotated(build):
    lines = build(on_github=True, newsroom_annotations=True, suppress_warnings=["newsroom.author", "toc"])
    assert len(lines) == 2


@pytest.mark.parametrize(("on_github", "asked"), [(False, True), (True, False)])
def test_annotations_are_for_sites_that_ask_for_them_on_github(build, on_github, asked):
    assert build(on_github=on_github, newsroom_annotations=asked) == []
