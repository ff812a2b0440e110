"""What lists on any page can be asked for, and what they then hold."""

from __future__ import annotations

from dataclasses import replace
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from sphinxext.newsroom.blog.query import Query, parse_query, select, unknown_labels
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Subtype
from tests.unit.samples import day, post

if TYPE_CHECKING:
    from sphinxext.newsroom.models import Post

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
            "'view' is 'crads'; expected 'list', 'cards', 'table' or 'month'. It is left out. Did you mean 'cards'?",
        ),
        ({"sort": "newst"}, "Did you mean 'newest'?"),
        ({"match": "some"}, "expected 'any' or 'all'"),
        ({"excerpt": "sumary"}, "Did you mean 'summary'?"),
        ({"fields": "date, authors"}, "Did you mean 'author'?"),
        ({"since": "yesterday"}, "'yesterday' is not a day, month or year; expected one such as 2026-11-20"),
        ({"until": "2026-13"}, "'2026-13' is not a day, month or year"),
        ({"until": "0000"}, "'0000' is not a day, month or year"),
        ({"until": "9999-12"}, "'9999-12' is not a day, month or year"),
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


# -- Events


def event(name: str, created: str, yaml: str) -> Post:
    text = f"---\ndate: 2026-01-01\nevent:\n{indent(yaml, '  ')}\n---\n"
    front_matter, _, problems = parse(text, path="x.md")
    assert problems == ()
    return post(name, created, event=front_matter.event)


EVENTS = [
    event("next year", "2026-01-05", "start: 2027-05-10"),
    event("soon", "2026-01-04", "start: 2026-10-01 09:00\nend: 16:00\nregistration: https://forms.example/"),
    event("now", "2026-01-03", "start: 2026-09-20\nend: 2026-09-22\nregistration: https://forms.example/"),
    event("twice", "2026-01-02", "instances: [{start: 2026-06-01}, {start: 2026-12-01}]"),
    event("over", "2026-01-01", "start: 2026-02-01"),
    event("long over", "2026-01-06", "start: 2025-02-01"),
    post("none", "2026-01-07"),
]


@pytest.mark.parametrize(
    ("values", "titles"),
    [
        ({"when": "upcoming"}, ["soon", "twice", "next year"]),
        ({"when": "upcoming, running"}, ["now", "soon", "twice", "next year"]),
        ({"when": "running"}, ["now"]),
        ({"when": "past"}, ["twice", "over", "long over"]),
        ({"when": "past", "sort": "soonest"}, ["long over", "over", "twice"]),
        ({"when": "upcoming", "sort": "newest"}, ["next year", "soon", "twice"]),
        ({"when": "upcoming", "count": "1"}, ["soon"]),
        ({"registration": "open"}, ["soon"]),
        ({"registration": "closed"}, ["now"]),
        ({"sort": "latest", "count": "2"}, ["next year", "twice"]),
    ],
)
def test_events_are_listed_by_their_state(values, titles):
    query, problems = parse_query(values)
    assert problems == ()
    assert [found.title for found in select(EVENTS, query, now=day("2026-09-21T12:00"))] == titles


def test_a_state_that_events_do_not_have_is_reported():
    query, [problem] = parse_query({"when": "upcomming"})
    assert (query.when, "expected 'upcoming', 'running' or 'past'" in problem.message) == ((), True)
    assert "Did you mean 'upcoming'?" in problem.message
