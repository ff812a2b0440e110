"""Data of the environment by document: removed with a document, merged between processes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sphinxext.newsroom.utils.sphinx_env import DocumentData


@pytest.fixture
def data(monkeypatch):
    monkeypatch.setattr(DocumentData, "ALL", [])
    return DocumentData("links", dict[str, str]), DocumentData("lists", set[str])


def test_data_is_made_once_for_each_environment(data):
    links, _lists = data
    env: Any = SimpleNamespace()
    other: Any = SimpleNamespace()
    links(env)["a"] = "x"
    assert links(env) == {"a": "x"}
    assert links(other) == {}
    assert list(data) == DocumentData.ALL


def test_a_document_that_is_gone_takes_its_data_along(data):
    links, lists = data
    env: Any = SimpleNamespace(links={"a": "x", "b": "y"}, lists={"a", "b"})
    for found in DocumentData.ALL:
        found.clear(env, "a")
        found.clear(env, "nowhere")
    assert (links(env), lists(env)) == ({"b": "y"}, {"b"})


def test_only_what_another_process_has_read_is_merged(data):
    links, lists = data
    env: Any = SimpleNamespace(links={"a": "old"}, lists={"a"})
    other: Any = SimpleNamespace(links={"a": "stale", "b": "new"}, lists={"a", "b", "c"})
    for found in DocumentData.ALL:
        found.merge(env, frozenset({"b", "d"}), other)
    assert (links(env), lists(env)) == ({"a": "old", "b": "new"}, {"a", "b"})
