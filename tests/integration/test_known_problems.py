"""A live preview reports a mistake once; every other build, and one from nothing or with -W, reports all."""

from __future__ import annotations

import io
import shutil

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.conftest import DEFAULTS, post

FILES = {
    "blog/posts/a.md": post("# A", pin="perhaps", links=["nowhere.md"]),
    "blog/posts/b.md": "# No date\n",
}
NEW = {"blog/posts/c.md": post("# C", authors=["nobody"])}


def kinds(warnings: list[str]) -> list[str]:
    return sorted(warning.rpartition("[")[2] for warning in warnings)


ALL = ["newsroom.date]", "newsroom.front_matter]", "newsroom.link]"]


@pytest.fixture
def made(site, monkeypatch):
    monkeypatch.setenv("NEWSROOM_PREVIEW", "1")
    # Drafts stay hidden, so that the post without a date is only a message.
    return site(FILES, newsroom_draft_on_serve=False, html_theme="basic")


def test_a_preview_repeats_nothing_until_it_is_new(made, monkeypatch):
    assert kinds(made.build().warnings) == ALL
    assert made.build().warnings == []
    assert "3 problems of the blog that were reported before are not repeated." in made.status
    assert kinds(made.write(NEW).build().warnings) == ["newsroom.author]"]
    # What was fixed and comes back is new.
    made.write({"blog/posts/b.md": "---\ndate: 2024-01-01\n---\n\n# Dated\n"})
    assert made.build().warnings == []
    assert kinds(made.write({"blog/posts/b.md": FILES["blog/posts/b.md"]}).build().warnings) == ["newsroom.date]"]
    # Outside of the preview, and from nothing, all is said.
    everything = sorted([*ALL, "newsroom.author]"])
    assert kinds(made.build(fresh=True).warnings) == everything
    assert made.build().warnings == []
    monkeypatch.setattr("os.getppid", lambda: 1)
    assert kinds(made.build().warnings) == everything
    monkeypatch.setenv("NEWSROOM_PREVIEW", "0")
    for _ in range(2):
        assert kinds(made.build().warnings) == everything


def test_a_preview_that_fails_on_warnings_repeats_them(made):
    made.build()
    source, doctrees = made.folder / "src", made.folder / "_build" / "doctrees"
    warnings = io.StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            *(source, None, made.out, doctrees, "dirhtml"),
            confoverrides={**DEFAULTS, **made.conf, "exclude_patterns": ["_build"]},
            status=io.StringIO(),
            warning=warnings,
            warningiserror=True,
        )
        app.build()
    assert warnings.getvalue().count("newsroom.") == len(ALL)
    assert app.statuscode == 1
    shutil.rmtree(made.out)
