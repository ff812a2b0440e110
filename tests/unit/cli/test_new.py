"""``newsroom new``: a post where the site has its posts, with names that the site knows."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from sphinxext.newsroom.cli.new_post import Layout

POST = "---\ndate: 2025-0{n}-03\ncategories: [News]\nauthors: [lena]\ntags: [git]\n---\n\n# Post {n}\n"
AUTHORS = "authors:\n  lena:\n    name: Training team\n"
KNOWN = {"blog/.authors.yml": AUTHORS, "blog/posts/one.md": POST.replace("{n}", "1")}


def test_a_post_has_what_was_said_and_the_marker(site, run):
    root = site(KNOWN)
    result = run("new", "Winter school: 2026", "-a", "lena", "-k", "News", "-t", "a: b", "-t", "git", "--draft")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{os.path.join('blog', 'posts', 'winter-school-2026.md')}\n"  # noqa: PTH118
    assert (root / "blog/posts/winter-school-2026.md").read_bytes().decode() == (
        "---\ndate: 2026-01-01\ndraft: true\nauthors:\n  - lena\ncategories:\n  - News\ntags:\n  - 'a: b'\n  - git\n---\n\n"
        "# Winter school: 2026\n\n\n\n<!-- more -->\n\n"
    )
    assert run("check").exit_code == 0


def test_keys_that_are_not_given_are_not_written(site, run):
    root = site({})
    run("new", "Õpetus ja töö", "--slug", "work", "--date", "31 March 2026", "--series", "Git")
    text = (root / "blog/posts/work.md").read_text(encoding="utf-8")
    assert text.startswith("---\ndate: 2026-03-31\nslug: work\nseries: Git\n---\n\n# Õpetus ja töö\n")
    assert run("check").exit_code == 0


def test_a_file_that_is_there_stays(site, run):
    root = site(KNOWN)
    result = run("new", "One", "--date", "2026-01-01")
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert result.stdout == ""
    assert (root / "blog/posts/one.md").read_text(encoding="utf-8") == KNOWN["blog/posts/one.md"]


@pytest.mark.parametrize("option", ["-a", "-k"])
def test_an_unknown_name_is_told_with_the_nearest_one(site, run, option):
    root = site(KNOWN)
    wrong, right = {"-a": ("lenna", "lena"), "-k": ("Newz", "News")}[option]
    result = run("new", "Two", option, wrong)
    assert result.exit_code == 1
    assert f"Did you mean {right!r}?" in result.stderr
    assert not (root / "blog/posts/two.md").exists()
    assert run("new", "Two", option, wrong, "--force").exit_code == 0
    assert (root / "blog/posts/two.md").exists()


def test_only_allowed_categories_are_known(site, run):
    site(KNOWN, conf="newsroom_categories_allowed = ['Training']\n")
    assert "category 'News' is not in newsroom_categories_allowed" in run("new", "Two", "-k", "News").stderr


def test_the_first_categories_of_a_site_are_free(site, run):
    site({})
    assert run("new", "Two", "-k", "Anything").exit_code == 0


def test_a_dry_run_writes_nothing(site, run):
    root = site({})
    result = run("new", "Two", "--dry-run")
    assert result.stdout.endswith("# Two\n\n\n\n<!-- more -->\n\n")
    assert "two.md" in result.stderr
    assert not (root / "blog").exists()


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["2025/a.md", "2024/b.md", "c.md"], "2026/new-one.md"),
        (["2025/01/a.md", "2025/02/b.md"], "2026/02/new-one.md"),
        (["2025-01-03-a.md", "2025-02-03-b.md"], "2026-02-05-new-one.md"),
        (["a/index.md", "b/index.md"], "new-one/index.md"),
        (["2025/2025-01-03-a/index.md"], "2026/2026-02-05-new-one/index.md"),
        (["events/a.md", "events/b.md"], "new-one.md"),
    ],
)
def test_the_file_stands_where_the_site_has_its_posts(site, run, paths, expected):
    root = site(
        {f"blog/posts/{path}": POST.replace("{n}", str(n)) for n, path in enumerate(paths, 1)}
        | {"blog/.authors.yml": AUTHORS}
    )
    run("new", "New one", "--date", "2026-02-05")
    assert (root / "blog/posts" / expected).is_file()


def test_a_slug_cannot_lead_out_of_the_folder(site, run):
    root = site({})
    run("new", "X", "--slug", "../../evil/..")
    assert [file.parent for file in root.rglob("*evil*")] == [root / "blog/posts"]


def test_a_layout_makes_paths_of_posts_with_a_date(site):
    from datetime import date

    layout = Layout(folder="%Y/%m", is_dated=True, is_bundle=True)
    assert layout.path("x", date(2026, 2, 5), ".md") == "2026/02/2026-02-05-x/index.md"


def test_a_post_in_restructuredtext_is_what_the_site_reads(site, run):
    root = site(KNOWN)
    run("new", "Über uns", "-f", "rst", "-k", "News", "-a", "lena", "--no-draft")
    text = (root / "blog/posts/über-uns.rst").read_text(encoding="utf-8")
    assert text.startswith(":date: 2026-01-01\n:draft: false\n:authors: lena\n:categories: News\n\nÜber uns\n========")
    assert text.endswith("\n.. more\n\n")
    assert run("check").exit_code == 0


def test_a_notebook_is_what_the_site_reads(site, run):
    root = site({}, conf="extensions = ['myst_nb', 'sphinxext.newsroom']\n")
    run("new", "A notebook", "-f", "ipynb", "-t", "git")
    notebook = json.loads((root / "blog/posts/a-notebook.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], len(notebook["cells"])) == (4, 1)
    assert run("check").exit_code == 0
    assert json.loads(run("list", "-f", "json").stdout)[0]["title"] == "A notebook"


def test_a_format_that_the_site_does_not_read_is_refused(site, run):
    site({})
    result = run("new", "A notebook", "-f", "ipynb")
    assert result.exit_code == 3
    assert "add 'myst_nb' to extensions" in result.stderr


def test_the_template_of_the_site_makes_the_text(site, run):
    root = site(
        {
            "_templates/newsroom/archetype.md": "{{ front_matter }}\n# {{ title }} ({{ date }})\n\nBy {{ authors|join(' and ') }}\n\n{{ marker }}\n"
        },
        conf="templates_path = ['_templates']\n",
    )
    run("new", "Hello", "-a", "a", "-a", "b", "--force")
    text = (root / "blog/posts/hello.md").read_text(encoding="utf-8")
    assert text.endswith("---\n\n# Hello (2026-01-01)\n\nBy a and b\n\n<!-- more -->\n")


def test_a_template_with_a_mistake_ends_with_3_and_its_line(site, run):
    site({"t.md": "one\n{{ nothing }}\n"})
    assert run("new", "Hello", "--template", "t.md").exit_code == 3
    site({"t.md": "one\n{% if %}\n"})
    assert "t.md:2: " in run("new", "Hello", "--template", "t.md").stderr


def test_what_a_build_would_say_of_the_new_post_is_said(site, run):
    site({"t.md": "---\ndate: soon\n---\n"})
    assert "'date' is 'soon'" in run("new", "Hello", "--template", "t.md").stderr


@pytest.mark.parametrize(
    "arguments", [["new", "X", "--date", "soon"], ["new", " "], ["new", "X", "--blog", "blgo"], ["new"]]
)
def test_a_wrong_command_line_ends_with_2(site, run, arguments):
    root = site({})
    assert run(*arguments).exit_code == 2
    assert not (root / "blog").exists()


def test_a_post_is_written_into_the_blog_that_is_named(site, run):
    root = site({}, conf="newsroom_blogs = [{'blog_dir': 'blog'}, {'blog_dir': 'events'}]\n")
    run("new", "X", "--blog", "events")
    assert (root / "events/posts/x.md").is_file()


def test_the_editor_opens_the_post(site, run, monkeypatch, tmp_path):
    root = site({})
    log = tmp_path / "log"
    script = tmp_path / "editor.py"
    script.write_text(f"import sys; open({str(log)!r}, 'w').write(sys.argv[-1])", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
    assert run("new", "X", "--edit").exit_code == 0
    assert log.read_text(encoding="utf-8") == str(root / "blog/posts/x.md")


def test_an_editor_that_is_not_there_ends_with_3(site, run, monkeypatch):
    root = site({})
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert run("new", "X", "--edit").exit_code == 3
    assert (root / "blog/posts/x.md").is_file()


def test_names_of_the_site_are_completed(site):
    from sphinxext.newsroom.cli.commands.new_command import _authors, _categories, _complete, _used

    site(KNOWN)
    assert _complete(_authors)("le") == ["lena"]
    assert _complete(_categories)("n") == ["News"]
    assert _complete(_used("tags"))("") == ["git"]
    assert _complete(_authors)("x") == []


def test_the_guide_shows_what_the_command_says(site, run):
    guide = (Path(__file__).parents[3] / "docs/how-to/editors-day.md").read_text(encoding="utf-8")
    team = "authors:\n  training:\n    name: Training team\n"
    posts = {"blog/posts/one.md": "---\ndate: 2025-01-03\ncategories: [Training]\n---\n\n# One\n"}
    (template,) = re.findall(r":caption: _templates/newsroom/archetype.md\n\n(.*?)```", guide, re.DOTALL)
    root = site(
        {"blog/.authors.yml": team, **posts, "_templates/newsroom/archetype.md": template},
        conf="newsroom_draft_if_future_date = True\ntemplates_path = ['_templates']\n",
    )
    shown = re.findall(r"```console\n\$ newsroom (.*)\n((?:(?!```).*\n)*)```", guide)
    assert len(shown) == 6
    for line, expected in shown:
        arguments = [word for word in shlex.split(line.partition(" > ")[0]) if word != "--edit"]
        if "--drafts" in arguments:
            file = root / "blog/posts/winter-school.md"
            file.write_text(file.read_text(encoding="utf-8").replace("2026-01-01", "2027-01-15"), encoding="utf-8")
        result = run(*arguments)
        if expected and "check" not in arguments:
            assert re.sub(" +", " ", result.output) == re.sub(" +", " ", expected)
        else:
            assert result.exit_code == 0


@pytest.mark.parametrize("kind", ["event", "course"])
def test_a_post_that_announces_something(site, run, kind):
    root = site({})
    result = run("new", "Winter school", f"--{kind}", "--date", "2027-01-15", "--release", "2.10")
    assert result.exit_code == 0
    text = (root / result.stdout.strip()).read_text(encoding="utf-8")
    assert f"{kind}:\n  start: 2027-01-15\n  end: 2027-01-15\n  place: online\nrelease: '2.10'\n" in text
    assert result.stderr == ""
    assert run("check").exit_code == 0


def test_a_post_announces_an_event_or_a_course(site, run):
    site({})
    assert run("new", "Both", "--event", "--course").exit_code == 2
    assert "a field list cannot have" in run("new", "Rst", "--event", "--format", "rst").stderr
