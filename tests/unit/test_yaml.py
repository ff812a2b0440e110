"""YAML as the blog writes it for the parsers of documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.utils.yaml import dump_line, load

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_mapping_on_one_line_is_read_as_it_was(values):
    line = dump_line(values)
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == values


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"kernelspec": {"name": "python3"}}, '{"kernelspec": {"name": "python3"}}'),
        ({"a": date(2024, 1, 31), date(2024, 1, 31): 1}, '{"a": "2024-01-31", "2024-01-31": 1}'),
        ({"a": "x\ny\x85"}, '{"a": "x\\ny\\U00000085"}'),
    ],
)
def test_what_json_has_no_form_for_is_text(values: dict[Any, Any], line):
    assert dump_line(values) == line


@pytest.mark.parametrize(
    "text", ["[" * 60 + "]" * 60, "a: " + "{b: " * 60 + "1" + "}" * 60, "- " * 60 + "x", "? " * 60 + "x"]
)
def test_deep_nesting_is_found_in_every_notation(text):
    assert "on more than 50 levels" in load(text)[1][0][0]
    assert load("[" * 45 + "]" * 45)[1] == ()
