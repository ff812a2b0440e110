"""Overviews of many terms are divided by letters."""

from __future__ import annotations

from sphinxext.newsroom.pages.taxonomy_context import MANY_TERMS, group_by_letter

NAMES = ["2024", "7 days", "…", "ablog", "Älter", "zeta"]


def term(name):
    return {"name": name, "page": name, "count": 1, "description": "", "author": None}


def letters(names):
    return [
        (group["letter"], [term["name"] for term in group["terms"]]) for group in group_by_letter([*map(term, names)])
    ]


def test_terms_are_grouped_by_their_first_letter_without_accents():
    filler = [f"b{number}" for number in range(MANY_TERMS - len(NAMES))]
    assert letters([*NAMES[:5], *filler, "zeta"]) == [
        ("0–9", ["2024", "7 days"]),
        ("#", ["…"]),
        ("A", ["ablog", "Älter"]),
        ("B", filler),
        ("Z", ["zeta"]),
    ]


def test_few_terms_and_terms_in_another_order_are_not_grouped():
    assert letters(NAMES) == []
    assert letters(["a", "b"] * MANY_TERMS) == [], "by the number of posts"
    assert letters([f"a{number}" for number in range(MANY_TERMS)]) == [], "one letter"
