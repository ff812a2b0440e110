"""Python's garbage collector runs less often while a build runs, and as before when it has ended."""

from __future__ import annotations

import gc

import pytest

from sphinxext.newsroom import extension
from sphinxext.newsroom.speedups.garbage_collection import THRESHOLDS, restore
from tests.conftest import WITH_SPEEDUPS, post

FILES = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n",
    "blog/posts/a.md": post("# First\n\nText."),
    "_templates/layout.html": "{% extends '!layout.html' %}",
}


@pytest.fixture(autouse=True)
def thresholds_of_python():
    """Restore what processes start with: the tests collect less often."""
    before = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)
    gc.freeze()


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
    [((700, 10, 10), THRESHOLDS), ((100_000, 5, 5), (100_000, 5, 5)), ((0, 10, 10), (0, 10, 10))],
    ids=["the default", "less often", "never"],
)
def test_thresholds_that_somebody_has_chosen_stay(site, seen, before, during):
    defaults = gc.get_threshold()
    gc.set_threshold(*before)
    try:
        site(FILES, extensions=WITH_SPEEDUPS).build()
        assert set(seen) == {during}
        assert gc.get_threshold() == before
    finally:
        gc.set_threshold(*defaults)


def test_thresholds_that_are_changed_during_the_build_stay():
    before = gc.get_threshold()
    gc.set_threshold(1234, 5, 6)
    try:
        restore(before)
        assert gc.get_threshold() == (1234, 5, 6)
    finally:
        gc.set_threshold(*before)


def test_no_full_collection_follows_the_build():
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
        gc.set_threshold(*THRESHOLDS)
        restore(before)
        assert gc.get_count()[1:] == (0, 0)
    finally:
        gc.callbacks.remove(note)
        gc.set_threshold(*before)
    assert whole == []
    assert gc.get_freeze_count() == 0
