"""``newsroom check``: every problem with its line, in every format, and what can be corrected."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from pydantic import BaseModel
from sarif_pydantic import Sarif

from sphinxext.newsroom.cli import site as site_module

ROOT = Path(__file__).parents[3]
CONF = 'extensions = ["myst_parser", "sphinxext.newsroom"]\n'

GOOD = "---\ndate: 2024-01-31\ncategories: [News]\n---\n\n# One\n"
BAD = "---\ndate: 2024-01-31\ncategries: [News]\nauthors: [lenna]\n---\n\n# Two\n"
AUTHORS = "authors:\n  lena:\n    name: Training team\n"


def report(result):
    return json.loads(result.stdout)["problems"]


def codes(result):
    return [(problem["code"], problem["path"], problem["line"]) for problem in report(result)]


def test_text_shows_the_line_and_marks_what_is_meant(site, run):
    site({"blog/posts/two.md": BAD, "blog/.authors.yml": AUTHORS})
    result = run("check")
    assert result.stdout == (
        "blog/posts/two.md:3:1: warning: 'categries' is not a known key and is ignored. Did you mean 'categories'? "
        "[newsroom.front_matter]\n"
        "   3 | categries: [News]\n"
        "     | ^^^^^^^^^^\n"
        "blog/posts/two.md:4:11: warning: author 'lenna' is not in blog/.authors.yml. Did you mean 'lena'? "
        "[newsroom.author]\n"
        "   4 | authors: [lenna]\n"
        "     |           ^^^^^\n"
    )
    assert result.stderr == "2 problems in 1 file; --fix corrects 1\n"


def test_json_has_all_that_text_has(site, run):
    site({"blog/posts/two.md": BAD, "blog/.authors.yml": AUTHORS})
    data = json.loads(run("check", "--format", "json").stdout)
    assert data["summary"] == {"errors": 0, "warnings": 2}
    assert data["problems"][0] == {
        "code": "newsroom.front_matter",
        "message": "'categries' is not a known key and is ignored. Did you mean 'categories'?",
        "severity": "warning",
        "path": "blog/posts/two.md",
        "line": 3,
        "column": 1,
        "end_column": 11,
        "text": "categries: [News]",
        "fixable": True,
    }


def test_github_gets_annotations_that_it_can_read(site, run):
    root = site({"blog/posts/a,b 100%.md": "# No date\n"})
    (root / ".git").mkdir()
    assert run("check", "--format", "github").stdout == (
        "::warning file=blog/posts/a%2Cb 100%25.md,line=1,col=1,endColumn=9,title=newsroom.date::"
        "there is no date, so the post is a draft; expected for instance 'date: 2024-01-31'.\n"
    )


def test_annotations_are_the_format_of_github_actions(site, run, monkeypatch):
    root = site({"docs/conf.py": CONF, "docs/index.md": "# H\n", "docs/blog/posts/x.md": "# No date\n"})
    (root / "conf.py").unlink()
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    monkeypatch.chdir(root / "docs")
    assert "file=docs/blog/posts/x.md,line=1" in run("check").stdout
    assert "::warning" not in run("check", "--format", "text").stdout


def unknown_properties(model):
    found = list(model.model_extra or ())
    for value in dict(model).values():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                found += unknown_properties(item)
    return found


def test_sarif_is_what_code_scanning_takes(site, run):
    root = site({"blog/posts/two á.md": BAD, "blog/.authors.yml": AUTHORS})
    (root / ".git").mkdir()
    sarif = Sarif.model_validate_json(run("check", "--format", "sarif").stdout)
    # The models do not know this property of the standard.
    assert unknown_properties(sarif) == ["columnKind"]
    (run_,) = sarif.runs
    assert [result.rule_id for result in run_.results] == ["newsroom.front_matter", "newsroom.author"]
    (location,) = run_.results[0].locations
    assert location.physical_location.artifact_location.uri == "blog/posts/two%20%C3%A1.md"
    region = location.physical_location.region
    assert (region.start_line, region.start_column, region.end_column) == (3, 1, 11)
    for result in run_.results:
        assert run_.tool.driver.rules[result.rule_index].id == result.rule_id


def test_junit_has_a_failure_for_each_problem(site, run):
    site({"blog/posts/two.md": BAD, "blog/.authors.yml": AUTHORS})
    root = ET.fromstring(run("check", "--format", "junit").stdout)  # noqa: S314 - ours
    assert root.attrib == {"name": "newsroom", "tests": "2", "failures": "2", "errors": "0"}
    assert [case.get("name") for case in root.iter("testcase")] == ["newsroom.front_matter:3", "newsroom.author:4"]
    assert [failure.get("type") for failure in root.iter("failure")] == ["newsroom.front_matter", "newsroom.author"]


def test_junit_without_problems_has_a_test_that_passes(site, run):
    site({"blog/posts/one.md": GOOD})
    root = ET.fromstring(run("check", "--format", "junit").stdout)  # noqa: S314 - ours
    assert root.get("failures") == "0"
    assert len(list(root.iter("testcase"))) == 1


@pytest.mark.parametrize("format_", ["json", "github", "sarif", "junit"])
def test_a_file_gets_the_report_and_the_terminal_text(site, run, format_):
    root = site({"blog/posts/two.md": BAD})
    result = run("check", "--format", format_, "--output", "out/report")
    assert (root / "out/report").read_text(encoding="utf-8") == run("check", "--format", format_).stdout
    assert "\n     | ^^^^" in result.stdout


def test_control_characters_do_not_break_a_report(site, run):
    site({"blog/posts/x.md": b"---\ndate: \x1b]0;x\x07 tomorrow\n---\n# X\n"})
    result = run("check", "--format", "junit")
    ET.fromstring(result.stdout)  # noqa: S314 - ours
    assert "\x1b" not in run("check", "--format", "text").stdout


def test_kinds_of_problem_are_selected_and_ignored(site, run):
    site({"blog/posts/two.md": BAD, "blog/posts/x.md": "# No date\n"})
    assert {code for code, *_ in codes(run("check", "-f", "json", "--select", "date"))} == {"newsroom.date"}
    left = run("check", "-f", "json", "--ignore", "newsroom.date,author")
    assert {code for code, *_ in codes(left)} == {"newsroom.front_matter"}


def test_an_unknown_kind_is_told_with_the_nearest_one(site, run):
    site({})
    assert "Did you mean 'category'?" in run("check", "--select", "categry").stderr


def test_only_problems_of_the_named_files_are_shown(site, run):
    site({"blog/posts/two.md": BAD, "blog/posts/x.md": "# No date\n"}, conf="newsroom_blog_view = 'card'\n")
    assert codes(run("check", "-f", "json", "blog/posts/x.md")) == [("newsroom.date", "blog/posts/x.md", 1)]
    assert {path for _, path, _ in codes(run("check", "-f", "json", "blog"))} == {
        "blog/posts/two.md",
        "blog/posts/x.md",
    }
    assert codes(run("check", "-f", "json", "conf.py")) == [("newsroom.config", "conf.py", 2)]


def test_a_file_is_checked_from_anywhere(site, run, monkeypatch, tmp_path):
    root = site({"blog/posts/x.md": "# No date\n"})
    monkeypatch.chdir(tmp_path)
    file = root / "blog/posts/x.md"
    assert codes(run("check", "-f", "json", file)) == [("newsroom.date", "site/blog/posts/x.md", 1)]


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("warn", "warning", 1),
        ("warn", "error", 0),
        ("error", "error", 1),
        ("error", "never", 0),
        ("ignore", "warning", 0),
    ],
)
def test_the_severity_of_the_site_decides(site, run, severity, fail_on, code):
    site({"blog/posts/x.md": "# No date\n"}, conf=f"newsroom_severity = {{'date': {severity!r}}}\n")
    assert run("check", "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize("entry", ["newsroom", "newsroom.date"])
def test_what_the_site_suppresses_is_not_shown(site, run, entry):
    site({"blog/posts/x.md": "# No date\n"}, conf=f"suppress_warnings = [{entry!r}]\n")
    assert run("check").exit_code == 0


def test_a_wrong_option_is_shown_where_conf_sets_it(site, run):
    site({}, conf="\nnewsroom_blog_view = 'card'\nnewsroom_blog_vew = 1\n")
    assert (
        codes(run("check", "-f", "json"))
        == [("newsroom.config", "conf.py", 4), ("newsroom.config", "conf.py", 3)][::-1]
    )


def test_drafts_and_scheduled_posts_are_checked(site, run):
    site(
        {
            "blog/posts/a.md": "---\ndate: 2024-01-31\ndraft: true\nauthors: [nobody]\n---\n# A\n",
            "blog/posts/b.md": "---\ndate: 2999-01-31\nauthors: [nobody]\n---\n# B\n",
        },
        conf="newsroom_draft_if_future_date = True\n",
    )
    assert [path for _, path, _ in codes(run("check", "-f", "json"))] == ["blog/posts/a.md", "blog/posts/b.md"]


def test_a_site_that_only_has_a_mkdocs_file_is_checked(site, run):
    root = site({"mkdocs.yml": "site_name: X\nplugins: [blog]\n", "docs/blog/posts/x.md": "# No date\n"})
    (root / "conf.py").unlink()
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    assert codes(run("check", "-f", "json")) == [("newsroom.date", "docs/blog/posts/x.md", 1)]


def test_conf_may_stand_above_the_documents(site, run):
    root = site({"docs/index.md": "# Home\n", "docs/blog/posts/x.md": "# No date\n"})
    (root / "index.md").unlink()
    assert codes(run("check", "-f", "json")) == [("newsroom.date", "docs/blog/posts/x.md", 1)]
    assert codes(run("check", "-f", "json", "-c", ".", "-s", "docs")) == [("newsroom.date", "docs/blog/posts/x.md", 1)]


def test_authors_of_conf_are_known(site, run):
    site(
        {"blog/posts/x.md": "---\ndate: 2024-01-31\nauthors: [team]\n---\n# X\n"},
        conf="blog_authors = {'team': ('Training team', None)}\n",
    )
    assert run("check").exit_code == 0


def test_authors_files_and_folder_defaults_are_checked(site, run):
    site(
        {
            "blog/.authors.yml": "authors:\n  a:\n    nam: A\n",
            "blog/posts/.meta.yml": "draft: maybe\n",
            "blog/posts/x.md": GOOD,
        }
    )
    assert {path for _, path, _ in codes(run("check", "-f", "json"))} >= {"blog/.authors.yml", "blog/posts/.meta.yml"}


def test_posts_in_other_formats_are_checked(site, run):
    site(
        {
            "blog/posts/r.rst": ":dat: 2024-01-31\n\nTitle\n=====\n",
            "blog/posts/n.ipynb": json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        },
        conf="extensions = ['myst_nb', 'sphinxext.newsroom']\n",
    )
    assert {path for _, path, _ in codes(run("check", "-f", "json"))} == {"blog/posts/r.rst", "blog/posts/n.ipynb"}


# -- Corrections


def test_what_has_one_right_answer_is_corrected_and_nothing_else(site, run):
    before = (
        b'\xef\xbb\xbf---\r\ndate: "31 Jan 2024"  # then\r\ncategries: [E- Learning]\r\n---\r\n\r\n# T\r\n\r\n'
        b"caf\xc3\x83\xc2\xa9 \tnoir\r\nno end"
    )
    after = (
        b"\xef\xbb\xbf---\r\ndate: 2024-01-31  # then\r\ncategories: [E- Learning]\r\n---\r\n\r\n# T\r\n\r\n"
        b"caf\xc3\xa9 \tnoir\r\nno end"
    )
    root = site({"blog/posts/x.md": before})
    result = run("check", "--fix")
    assert (root / "blog/posts/x.md").read_bytes() == after
    assert result.exit_code == 0
    assert result.stderr == "1 file corrected\n1 posts, no problems\n"


def test_every_post_gets_the_usual_spelling_of_a_category(site, run):
    posts = {f"blog/posts/{n}.md": f"---\ndate: 2024-01-0{n}\ncategories: [{name}]\n---\n# P{n}\n" for n, name in
             enumerate(["e-learning", "E-Learning", "E-Learning", "'E- Learning'", "e-learning", "E-Learning"], 1)}  # fmt: skip
    root = site(posts)
    assert run("check", "--fix").exit_code == 0
    texts = [(root / path).read_text(encoding="utf-8") for path in posts]
    assert [text.count("[E-Learning]") + text.count("['E-Learning']") for text in texts] == [1] * 6


def test_a_diff_writes_nothing(site, run):
    root = site({"blog/posts/two.md": BAD, "blog/.authors.yml": AUTHORS})
    result = run("check", "--fix", "--diff")
    assert "-categries: [News]\n+categories: [News]\n" in result.stdout
    assert (root / "blog/posts/two.md").read_text(encoding="utf-8") == BAD
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2024-01-31\ncategries: [A]\ncategories: [B]\n---\n# X\n",
        "---\ndate: 2024-01-31\ncategries: [A]\ncategory: B\n---\n# X\n",
        "---\ndate: 01/02/2024\n---\n# X\n",
    ],
)
def test_what_has_no_single_right_answer_stays(site, run, text):
    root = site({"blog/posts/x.md": text})
    result = run("check", "--fix")
    assert (root / "blog/posts/x.md").read_text(encoding="utf-8") == text
    assert result.exit_code == 1
    assert "--fix" not in result.stderr


def test_only_the_named_files_are_corrected(site, run):
    root = site({"blog/posts/one.md": BAD, "blog/posts/two.md": BAD.replace("Two", "One")})
    run("check", "--fix", "blog/posts/one.md")
    assert "categories" in (root / "blog/posts/one.md").read_text(encoding="utf-8")
    assert "categries" in (root / "blog/posts/two.md").read_text(encoding="utf-8")


# -- Caches


def test_what_has_not_changed_is_not_read_again(site, run, monkeypatch):
    root = site({"blog/posts/two.md": BAD})
    reads = count()
    read = site_module.StaticSite._discover
    monkeypatch.setattr(site_module.StaticSite, "_discover", lambda self: (next(reads), read(self)))
    first = run("check")
    assert run("check").stdout == first.stdout
    assert next(reads) == 1
    (root / "blog/posts/new.md").write_text("# No date\n", encoding="utf-8")
    assert "new.md" in run("check").stdout
    (root / "conf.py").write_text(CONF + "newsroom_authors = False\n", encoding="utf-8")
    assert "lenna" not in run("check").stdout
    (root / "blog/posts/.meta.yml").write_text("draft: maybe\n", encoding="utf-8")
    assert ".meta.yml" in run("check").stdout


def test_nothing_is_kept_on_request(site, run, tmp_path):
    site({"blog/posts/two.md": BAD})
    run("check", "--no-cache")
    assert not (tmp_path / "cache").exists()


def test_nothing_is_written_into_the_site(site, run):
    root = site({"blog/posts/two.md": BAD})
    before = sorted(root.rglob("*"))
    run("check")
    assert sorted(root.rglob("*")) == before


# -- Where it is called from


@pytest.fixture(scope="session")
def executables(tmp_path_factory):
    """Return a folder with the command as a program."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "newsroom"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sphinxext.newsroom "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.skipif(os.name != "posix", reason="the steps are for Bash")
def test_the_action_checks_what_it_is_told_to(site, executables):
    site({"blog/posts/a b.md": "# No date\n", "blog/posts/two.md": BAD})
    install, check = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    assert install["run"].endswith('"$GITHUB_ACTION_PATH"')
    environment = {**os.environ, "PATH": f"{executables}:{os.environ['PATH']}"}

    def run_step(arguments, paths):
        told = {"ARGUMENTS": arguments, "PATHS": paths}
        assert told.keys() == check["env"].keys()
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]]
        return subprocess.run(command, env={**environment, **told}, capture_output=True, text=True, check=False)

    everything = run_step("", "")
    assert (everything.returncode, everything.stdout.count("::warning")) == (1, 3)
    named = run_step("--fail-on error --select date", "blog/posts/a b.md\n")
    assert (named.returncode, named.stdout.count("::warning file=blog/posts/a b.md")) == (0, 1)


def test_the_hook_checks_the_files_of_a_commit(site, run):
    site({"blog/posts/a.md": "# No date\n", "blog/posts/two.md": BAD})
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    files = re.compile(hook["files"])
    for name in (
        "blog/posts/a.md",
        "blog/.authors.yml",
        "blog/posts/.meta.yml",
        "conf.py",
        "docs/conf.py",
        "mkdocs.yml",
    ):
        assert files.search(name)
    assert not files.search("setup.py")
    program, *arguments = hook["entry"].split()
    assert program == "newsroom"
    assert run(*arguments, "blog/posts/a.md").stdout.count("warning: ") == 1
