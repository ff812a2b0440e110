"""Anchors of headings and tabs."""

from __future__ import annotations

import pytest
from markdown.extensions.toc import unique

from sphinxext.newsroom.markdown.anchors import UniqueNames

NAMES = ["a", "a", "a_1", "a", "", "", "b_2", "b_2", "b", "b", "a_7", "a", "_1", "c_007", "c_007"]


@pytest.mark.parametrize("taken", [(), ("a", "b_3", "_2")])
def test_names_are_those_of_python_markdown(taken):
    ours, theirs = UniqueNames(taken), set(taken)
    assert [ours.take(name) for name in NAMES] == [unique(name, theirs) for name in NAMES]


def test_many_equal_names_take_little_time():
    names = UniqueNames()
    assert [names.take("a") for _ in range(50_000)][-1] == "a_49999"
