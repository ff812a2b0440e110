"""Which files may be copied into the output."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sphinxext.newsroom.environment.copy_rules import CopyRules, Restriction

CONFIG = {
    "exclude_patterns": ["_build", "drafts", "**/secret.*"],
    "source_suffix": {".md": "markdown", ".rst": "restructuredtext"},
    "templates_path": ["_templates"],
    "html_static_path": ["_static"],
    "html_extra_path": [],
}
PUBLISHED = [
    "index.md",
    "blog/posts/pic.png",
    "blog/posts/a.md",
    "_static/logo.svg",
    "blog/posts/a.md.txt",
    "data/.x/../t.csv",
]
PRIVATE = [
    *("conf.py", ".env", "blog/.authors.yml", "blog/posts/.meta.yml", ".git/config", "mkdocs.yml", "docs/mkdocs.yml"),
    *("_templates/page.html", "_build/html/index.html", "drafts/x/pic.png", "blog/posts/secret.png", "_sources/x.md"),
    *("_static/.hidden", "blog/people.yml", "blog/posts/a.md~", "blog/posts/A.MD.bak", "state/env.pickle"),
]


@pytest.fixture
def copy_rules(tmp_path):
    source = tmp_path / "src"
    for path in [*PUBLISHED, *PRIVATE, "blog/posts/draft.md", "blog/posts/part.md", "blog/posts/Shout.MD"]:
        file = source / os.path.normpath(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    (tmp_path / "outside.txt").write_text("outside")
    app = SimpleNamespace(
        srcdir=source,
        confdir=source,
        outdir=source / "_build/html",
        doctreedir=source / "state",
        config=SimpleNamespace(**CONFIG),
    )
    made = CopyRules(
        cast("Any", app), excludes=lambda path: path.startswith("internal/"), own_files=["blog/people.yml"]
    )
    made.mark_unpublished(["blog/posts/draft.md"], partly=["blog/posts/part.md"])
    return made


@pytest.mark.parametrize("path", PUBLISHED)
def test_a_file_of_the_site_may_be_copied(copy_rules, path):
    assert copy_rules.restriction(path) is None
    assert copy_rules.restriction("/" + path) is None


@pytest.mark.parametrize("path", PRIVATE)
def test_a_file_that_the_site_excludes_is_not_copied(copy_rules, path):
    assert copy_rules.restriction(path) is Restriction.EXCLUDED


@pytest.mark.parametrize(
    ("path", "restriction"),
    [
        ("blog/posts/draft.md", Restriction.UNPUBLISHED),
        ("/blog/posts/../posts/./draft.md", Restriction.UNPUBLISHED),
        ("blog/posts/part.md", Restriction.UNPUBLISHED),
        ("blog/posts/Shout.MD", Restriction.NO_PAGE),
        ("blog/posts/draft%2emd", Restriction.MISSING),
        ("blog/posts", Restriction.IRREGULAR),
        ("../outside.txt", Restriction.OUTSIDE),
        ("blog/../../outside.txt", Restriction.OUTSIDE),
        ("x" * 300, Restriction.MISSING),
        ("a\0b", Restriction.MISSING),
        ("index.md/x", Restriction.MISSING),
    ],
)
def test_the_reason_is_told(copy_rules, path, restriction):
    assert copy_rules.restriction(path) is restriction


@pytest.mark.parametrize(
    ("target", "restriction"),
    [
        ("blog/posts/draft.md", Restriction.UNPUBLISHED),
        ("conf.py", Restriction.EXCLUDED),
        (".env", Restriction.EXCLUDED),
        ("drafts/x/pic.png", Restriction.EXCLUDED),
        ("../outside.txt", Restriction.LEADS_OUTSIDE),
        ("gone.txt", Restriction.BROKEN_LINK),
        ("link.txt", Restriction.BROKEN_LINK),
        ("blog/posts/pic.png", None),
    ],
)
def test_a_symbolic_link_is_what_it_leads_to(copy_rules, tmp_path, target, restriction):
    (tmp_path / "src/link.txt").symlink_to(target)
    assert copy_rules.restriction("link.txt") is restriction


def test_a_file_below_a_linked_folder_is_where_the_folder_is(copy_rules, tmp_path):
    (tmp_path / "src/out").symlink_to(tmp_path)
    (tmp_path / "src/in").symlink_to(tmp_path / "src/blog/posts")
    assert copy_rules.restriction("out/outside.txt") is Restriction.LEADS_OUTSIDE
    assert copy_rules.restriction("in/draft.md") is Restriction.UNPUBLISHED
    assert copy_rules.restriction("in/pic.png") is None


def test_another_name_of_an_unpublished_source_is_found(copy_rules, tmp_path):
    os.link(tmp_path / "src/blog/posts/draft.md", tmp_path / "src/other.txt")
    assert copy_rules.restriction("other.txt") is Restriction.UNPUBLISHED
    assert copy_rules.is_unpublished(str(Path(tmp_path / "src/other.txt")))
    assert copy_rules.is_unpublished("blog/posts/part.md")
    assert not copy_rules.is_unpublished("blog/posts/part.md", partly=False)
    assert not copy_rules.is_unpublished("blog/posts/a.md")


def test_a_pipe_is_not_copied(copy_rules, tmp_path):
    os.mkfifo(tmp_path / "src/pipe.txt")
    assert copy_rules.restriction("pipe.txt") is Restriction.IRREGULAR


def test_ordinary_pages_have_the_rules_of_sphinx_but_for_unpublished_posts(copy_rules):
    assert copy_rules.restriction_of_page("conf.py") is None
    assert copy_rules.restriction_of_page("blog/posts/draft.md") is Restriction.UNPUBLISHED
    assert copy_rules.restriction_of_page("internal/x.txt") is Restriction.EXCLUDED_BY_MKDOCS


def test_an_output_folder_around_the_sources_excludes_nothing(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.png").write_text("a")
    folders = {"srcdir": tmp_path / "src", "confdir": tmp_path, "outdir": tmp_path, "doctreedir": tmp_path / "src"}
    app = SimpleNamespace(**folders, config=SimpleNamespace(**CONFIG))
    assert CopyRules(cast("Any", app)).restriction("a.png") is None
