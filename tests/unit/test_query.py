"""What lists on any page can be asked for, and what they then hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxext.newsroom.blog.query import Query, parse_query, select, unknown_labels
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Subtype
from tests.unit.samples import day, post

TRAINING, DOCS = Author(id="training", name="Training team"), Author(id="docs", name="Docs team")
POSTS = [
    post("pinned", "2024-01-15", pin=True, categories=("Training",), tags=("C++", "Python")),
    post("new", "2026-03-01", categories=("Services",), tags=("python",), authors=(TRAINING, DOCS)),
    replace(
        post("mid", "2025-12-31", categories=("Training", "Events"), series=("A Course", "Tools")),
        updated=day("2026-09-01"),
    ),
    post(
        "old",
        "2023-07-05",
        tags=("HPC",),
        authors=(DOCS,),
        series=("A course",),
        locations=("Tartu",),
        languages=("et",),
    ),
]


def listed(**values):
    query, problems = parse_query({name.replace("_", "-"): value for name, value in values.items()})
    assert problems == ()
    return [found.title for found in select(POSTS, query)]


@pytest.mark.parametrize(
    ("values", "titles"),
    [
        ({}, ["new", "mid", "pinned", "old"]),
        ({"count": "2"}, ["new", "mid"]),
        ({"sort": "oldest", "count": "2"}, ["old", "pinned"]),
        ({"sort": "title"}, ["mid", "new", "old", "pinned"]),
        ({"sort": "updated"}, ["mid", "new", "pinned", "old"]),
        ({"sort": "pinned"}, ["pinned", "new", "mid", "old"]),
        ({"category": "training"}, ["mid", "pinned"]),
        ({"category": "Training, Services"}, ["new", "mid", "pinned"]),
        ({"category": "Training, Events", "match": "all"}, ["mid"]),
        ({"category": "Training", "tag": "python"}, ["pinned"]),
        ({"tag": "C++"}, ["pinned"]),
        ({"tag": "python", "exclude_category": "Services"}, ["pinned"]),
        ({"exclude_author": "docs", "exclude_tag": "C++"}, ["mid"]),
        ({"author": "Docs team"}, ["new", "old"]),
        ({"author": "training"}, ["new"]),
        ({"series": "a course", "sort": "oldest"}, ["old", "mid"]),
        ({"series": "A course, Tools", "match": "all"}, ["mid"]),
        ({"exclude_series": "A course"}, ["new", "pinned"]),
        ({"location": "tartu"}, ["old"]),
        ({"language": "et"}, ["old"]),
        ({"since": "2025"}, ["new", "mid"]),
        ({"until": "2025"}, ["mid", "pinned", "old"]),
        ({"since": "2024-01", "until": "2025-12-31"}, ["mid", "pinned"]),
        ({"until": "2025-12-30"}, ["pinned", "old"]),
        ({"until": "2024-01-14"}, ["old"]),
        ({"until": "2023-07"}, ["old"]),
        ({"since": "5 July 2023", "until": "2023-07-05"}, ["old"]),
        ({"category": "Nothing"}, []),
        ({"category": ""}, ["new", "mid", "pinned", "old"]),
    ],
)
def test_a_list_holds_what_it_is_asked_for(values, titles):
    assert listed(**values) == titles


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"count": "three"}, "'count' is 'three'; expected a valid integer"),
        ({"count": "0"}, "'count' is '0'; expected greater than or equal to 1"),
        (
            {"view": "crads"},
            "'view' is 'crads'; expected 'list', 'cards' or 'table'. It is left out. Did you mean 'cards'?",
        ),
        ({"sort": "newst"}, "Did you mean 'newest'?"),
        ({"match": "some"}, "expected 'any' or 'all'"),
        ({"excerpt": "sumary"}, "Did you mean 'summary'?"),
        ({"fields": "date, authors"}, "Did you mean 'author'?"),
        ({"since": "yesterday"}, "'yesterday' is no day, month or year; expected one such as 2026-11-20"),
        ({"until": "2026-13"}, "'2026-13' is no day, month or year"),
        ({"until": "0000"}, "'0000' is no day, month or year"),
        ({"until": "9999-12"}, "'9999-12' is no day, month or year"),
        ({"date-format": "%Y"}, "is a pattern of strftime"),
    ],
)
def test_what_cannot_be_used_is_reported_and_left_out(values, message):
    query, [problem] = parse_query(values)
    assert query == Query()
    assert problem.subtype == Subtype.LIST
    assert message in problem.message


@pytest.mark.parametrize(
    ("values", "messages"),
    [
        ({"category": "Trainning"}, ["no post has the category 'Trainning'. Did you mean 'Training'?"]),
        ({"exclude-tag": "pyton"}, ["no post has the tag 'pyton'. Did you mean 'Python'?"]),
        ({"series": "A curse"}, ["no post has the series 'A curse'. Did you mean 'A Course'?"]),
        ({"author": "Docs Team, x"}, ["no post has the author 'x'."]),
        ({"tag": "Python", "category": "Agreed"}, []),
    ],
)
def test_a_label_that_no_post_has_is_reported_with_the_nearest_one(values, messages):
    found = unknown_labels(POSTS, parse_query(values)[0], {"category": ["Agreed"]})
    assert [problem.message for problem in found] == messages


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"fields": "date"}, ("date", "excerpt")),
        ({"fields": "date", "excerpt": "none"}, ("date",)),
        ({"view": "cards", "fields": "cover"}, ("cover", "description")),
        ({"view": "table", "fields": "tag"}, ("tag",)),
        ({"view": "table", "fields": "tag", "excerpt": "summary"}, ("tag", "description")),
    ],
)
def test_fields_and_excerpt_say_what_is_shown(values, shown):
    assert parse_query(values)[0].shown == shown
