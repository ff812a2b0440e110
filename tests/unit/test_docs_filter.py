"""Which files of a MkDocs site are published."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.config.docs_filter import read_docs_filter
from sphinxext.newsroom.config.mkdocs import MkdocsSettings


def excluded(*paths, shows_drafts=False, **values):
    found, problems = read_docs_filter(MkdocsSettings(values=values), shows_drafts=shows_drafts)
    return [path for path in paths if found.excludes(path)], [problem.message for problem in problems]


def test_patterns_are_those_of_gitignore():
    patterns = "internal/\n*.draft.md\n# a comment\n\n/top.md\n!internal/public.md\n"
    paths = ["internal/a.md", "a/internal/b.png", "x.draft.md", "top.md", "a/top.md", "internal/public.md", "index.md"]
    assert excluded(*paths, exclude_docs=patterns) == (paths[:4], [])


def test_hidden_files_and_templates_are_left_out_unless_they_are_included():
    paths = [".env", "a/.git/config", "templates/a.html", ".well-known/b.txt", "a/templates/c.md"]
    assert excluded(*paths) == (paths[:4], [])
    assert excluded(*paths, exclude_docs="!.well-known\n") == (paths[:3], [])


def test_drafts_are_excluded_unless_they_are_shown():
    assert excluded("drafts/a.md", "a.md", draft_docs="drafts/")[0] == ["drafts/a.md"]
    assert excluded("drafts/a.md", "a.md", draft_docs="drafts/", shows_drafts=True)[0] == []
    assert excluded("drafts/a.md", draft_docs="drafts/", exclude_docs="a.md", shows_drafts=True)[0] == ["drafts/a.md"]


@pytest.mark.parametrize("value", ["!\nsecret/", ["!", "secret/"]])
def test_a_pattern_that_cannot_be_used_is_reported_and_the_others_hold(value):
    paths, [message] = excluded("secret/a.md", "a.md", exclude_docs=value)
    assert paths == ["secret/a.md"]
    assert message == "exclude_docs: '!' is not a pattern of a .gitignore file; it is left out."
