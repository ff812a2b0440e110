"""Problems: suggestions help, and are not made where nothing is near."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.problems import Subtype, nearest, suggestion

VALID = ("categories", "tags", "date", "training-team")


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("catagories", "categories"),
        ("Categories", "categories"),
        ("training team", "training-team"),
        ("dat", "date"),
        ("zzz", None),
        ("", None),
        ("!!!", None),
        (None, None),
        (12, None),
    ],
)
def test_the_nearest_valid_value_is_found(found, meant):
    assert nearest(found, VALID) == meant
    assert suggestion(found, VALID) == (f" Did you mean {meant!r}?" if meant else "")


def test_nothing_is_near_when_nothing_is_valid():
    assert (nearest("a", []), suggestion("a", ())) == (None, "")


@pytest.mark.parametrize("subtype", Subtype)
def test_a_kind_of_problem_is_called_by_one_word_of_small_letters(subtype):
    assert f"newsroom.{subtype}" == f"newsroom.{subtype.name.lower()}"
