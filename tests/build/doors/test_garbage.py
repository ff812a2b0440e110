"""Python looks for garbage less often while a build runs, and as before when it has ended."""

from __future__ import annotations

import gc

import pytest

from sphinxext.newsroom.build import extension
from sphinxext.newsroom.build.doors import garbage, opening
from tests.conftest import post

FILES = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n",
    "blog/posts/a.md": post("# First\n\nText."),
    "_templates/layout.html": "{% extends '!layout.html' %}",
}


@pytest.fixture
def seen(monkeypatch):
    """Note the thresholds of each page."""
    found = []
    add_context = extension._add_context

    def note(*arguments):
        found.append(gc.get_threshold())
        add_context(*arguments)

    monkeypatch.setattr(extension, "_add_context", note)
    return found


@pytest.mark.parametrize(
    ("before", "during"),
    [((700, 10, 10), garbage.RARELY), ((100_000, 5, 5), (100_000, 5, 5)), ((0, 10, 10), (0, 10, 10))],
    ids=["as Python does", "less often", "never"],
)
def test_what_somebody_has_chosen_is_kept(site, seen, before, during):
    kept = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        site(FILES).build()
        assert set(seen) == {during}
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*kept)


def test_all_is_not_looked_through_at_the_end():
    before = gc.get_threshold()
    whole = []

    def note(_phase, info):
        whole.extend([info] if info["generation"] == 2 else [])

    gc.set_threshold(1_000_000, 1_000_000, 1_000_000)
    try:
        for _ in range(before[2] + 2):
            gc.collect(1)
        assert gc.get_count()[2] > before[2]
        gc.callbacks.append(note)
        garbage._look_as_before(before)
        assert gc.get_count()[1:] == (0, 0)
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*before)
    assert whole == []
    assert gc.get_freeze_count() == 0


def test_pages_are_the_same(site, monkeypatch):
    built = site(FILES).build()
    ours = built.snapshot()
    monkeypatch.setattr(opening, "look_for_garbage_rarely", lambda _app: None)
    assert built.build(fresh=True).snapshot() == ours
