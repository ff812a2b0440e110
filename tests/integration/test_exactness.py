"""After any edits, a build that starts from the last one gives what a clean build gives, and writes no more than that."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.edited_site import CHOICES, FILES, OPTIONS, SLOTS, EditedSite

BOUNDED = settings(
    derandomize=True,
    max_examples=4,
    stateful_step_count=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
IS_LONG = settings.get_current_profile_name() == "exactness"
THEMES = ("basic", "pydata_sphinx_theme") if IS_LONG else ("basic",)


EDITS = st.one_of(
    [
        st.tuples(st.just(slot), st.just(name), st.sampled_from(values))
        for name, values in CHOICES.items()
        for slot in SLOTS
    ]
    + [st.tuples(st.just(name), st.sampled_from(values)) for name, values in {**FILES, **OPTIONS}.items()] * 2
    + [st.tuples(st.just("days"), st.integers(min_value=1, max_value=4))] * 4
)
"""One edit: of a post, of another file, of an option, or the passing of time."""


class Edits(RuleBasedStateMachine):
    """Edits of a site, a few before each build."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.environment = mock.patch.dict(os.environ)
        self.environment.start()

    @initialize(builder=st.sampled_from(("dirhtml", "html")), theme=st.sampled_from(THEMES))
    def start(self, builder, theme) -> None:
        self.site = EditedSite(folder=Path(self.folder.name), builder=builder, theme=theme)

    @rule(edits=st.lists(EDITS, min_size=1, max_size=3))
    def change(self, edits) -> None:
        self.site.change(edits)

    def teardown(self) -> None:
        self.environment.stop()
        self.folder.cleanup()


class Checkouts(Edits):
    """The same, each time in a fresh checkout with the cache of the build before."""

    @initialize(builder=st.sampled_from(("dirhtml", "html")))
    def start(self, builder) -> None:
        self.site = EditedSite(folder=Path(self.folder.name), builder=builder, fresh_checkouts=True)


FOUND: dict[str, list[list[tuple[Any, ...]]]] = {
    "a list to which the edit adds nothing": [[("e", "present", True)], [("b", "authors", ("docs", "guest"))]],
    "navigation that the theme does not show": [
        [("guide.md", FILES["guide.md"][3])],
        [("index.md", FILES["index.md"][1])],
    ],
    "another address, which a path stands for": [
        [("guide.md", FILES["guide.md"][4])],
        [("a", "slug", "other"), ("b", "slug", "same")],
    ],
    "a title that a link shows": [
        [("b", "link_text", ""), ("a", "slug", "same"), ("c", "link", "a"), ("c", "link_text", "")],
        [("a", "title", "Beta & <b>")],
    ],
    "a title that the text above a list shows": [
        [("a", "slug", "same"), ("blog/index.md", FILES["blog/index.md"][3])],
        [("a", "title", "Beta & <b>")],
    ],
    "an ordinary page that becomes a post of the future": [
        [("old.md", FILES["old.md"][2]), ("side.md", FILES["side.md"][3])],
        [("days", 8)],
    ],
    "other Markdown": [
        [("a", "text", "Another (c) rest.")],
        [("newsroom_markdown_extensions", OPTIONS["newsroom_markdown_extensions"][1])],
    ],
    "text above a list that is gone": [
        [(slot, "categories", ("News",)) for slot in "abc"]
        + [("blog/category/news.md", FILES["blog/category/news.md"][1])],
        [("blog/category/news.md", None)],
    ],
    "a template that is gone": [
        [("_templates/newsroom/post.html", FILES["_templates/newsroom/post.html"][1])],
        [("_templates/newsroom/post.html", None)],
    ],
}
"""Sequences of edits that went wrong once, by what they are about."""


@pytest.mark.parametrize("found", FOUND)
def test_what_went_wrong_once_is_exact(tmp_path, monkeypatch, found):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site = EditedSite(folder=tmp_path)
    for edits in FOUND[found]:
        site.change(edits)


def test_another_theme_and_builder_are_exact(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site = EditedSite(folder=tmp_path, theme="pydata_sphinx_theme", builder="html")
    site.change([("guide.md", FILES["guide.md"][3]), ("a", "title", "Same"), ("d", "present", True)])
    site.change([("index.md", FILES["index.md"][1]), ("b", "draft", True), ("days", 4)])


def test_mentions_are_exact(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site = EditedSite(folder=tmp_path)
    site.change(
        [
            ("reference.md", FILES["reference.md"][-1]),
            ("newsroom_mentions_domains", ("std",)),
            ("html_sidebars", OPTIONS["html_sidebars"][1]),
            ("a", "mention", "{confval}`size`"),
        ]
    )
    site.change([("b", "mention", "[](/guide.md)"), ("c", "mention", "{term}`word`")])
    site.change([("b", "title", "Same"), ("a", "draft", True), ("c", "mention", "{confval}`size`")])


def test_fresh_checkouts_are_exact(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site = EditedSite(folder=tmp_path, fresh_checkouts=True)
    site.change([("guide.md", FILES["guide.md"][3]), ("a", "text", "Another (c) rest.")])
    site.change([("old.md", "# Very old\n\nText.\n"), ("d", "present", True)])


if IS_LONG:
    TestCheckouts = Checkouts.TestCase
    TestCheckouts.settings = settings()


def test_releases_and_old_posts_are_exact(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    site = EditedSite(folder=tmp_path)
    site.change(
        [("reference.md", FILES["reference.md"][3]), ("a", "release", "1.0"), ("b", "mention", "[](/guide.md)")]
    )
    site.change(
        [("guide.md", FILES["guide.md"][1]), ("reference.md", FILES["reference.md"][4]), ("b", "release", "1.10")]
    )
    site.change([("a", "draft", True), ("c", "release", "1.0"), ("c", "superseded_by", "guide.md")])
    site.change([("newsroom_old_after", 600), ("newsroom_post_mentions", True)])
    site.change([("guide.md", FILES["guide.md"][3]), ("a", "draft", False), ("a", "slug", "other"), ("days", 400)])
    site.change([("a", "release", None), ("b", "present", False), ("c", "present", False)])


TestEdits = Edits.TestCase
TestEdits.settings = settings() if IS_LONG else BOUNDED
