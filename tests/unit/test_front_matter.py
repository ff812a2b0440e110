"""Front matter: every key, right, nearly right and wrong; and nothing that somebody writes raises an error."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.front_matter.merge import merge
from sphinxext.newsroom.front_matter.parse import parse, parse_defaults
from sphinxext.newsroom.front_matter.schema import PostKeys
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.front_matter.split import line_of, split
from sphinxext.newsroom.models import Author, FrontMatter, Image, Link
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.dates import NotADateError, aware, read_date
from sphinxext.newsroom.validation.aliases import known_keys, misspelled
from tests.conftest import examples

TALLINN = ZoneInfo("Europe/Tallinn")


def post(yaml: str, body: str = "# Title\n") -> str:
    return f"---\n{yaml}\n---\n{body}"


def created(front_matter: FrontMatter) -> datetime | None:
    return front_matter.dates.created if front_matter.dates else None


def read(yaml: str, **options: Any) -> tuple[FrontMatter, list[tuple[int | None, str]]]:
    """Return what a post with a date and some further keys says, and what is wrong with them."""
    front_matter, _, problems = parse(post(f"date: 2024-01-31\n{yaml}"), path="blog/posts/x.md", **options)
    return front_matter, [(problem.line, problem.message) for problem in problems]


def when(yaml: str, **options: Any) -> tuple[Any, list[tuple[int | None, str]]]:
    """Return the dates of a post with one key, and what is wrong with it."""
    front_matter, _, problems = parse(post(yaml), path="blog/posts/x.md", **options)
    assert {problem.subtype for problem in problems} <= {Subtype.DATE}
    assert {problem.path for problem in problems} <= {"blog/posts/x.md"}
    return front_matter.dates, [(problem.line, problem.message) for problem in problems]


# -- The two parts of a text


@pytest.mark.parametrize(
    ("text", "yaml", "body", "body_line"),
    [
        ("---\na: 1\n---\nText\n", "a: 1\n", "Text\n", 4),
        ("---\na: 1\n...\nText\n", "a: 1\n", "Text\n", 4),
        ("--- \t\na: 1\n---\t \n\n\nText\n", "a: 1\n", "\n\nText\n", 4),
        ("---\na: 1\n---", "a: 1\n", "", 3),
        ("---\n---\nText", "", "Text", 3),
        ("---\na: 1\n---\n\n---\nb: 2\n---\n", "a: 1\n", "\n---\nb: 2\n---\n", 4),
        ("\ufeff---\na: 1\n---\nText", "a: 1\n", "Text", 4),
        ("---\r\na: 1\r\n---\r\nText\r\n", "a: 1\n", "Text\n", 4),
        ("---\na: |\n  ---\n---\nText", "a: |\n  ---\n", "Text", 5),
        ("---\na: ---b\n----\n---\nText", "a: ---b\n----\n", "Text", 5),
        ("---\n---\na: b\n---\nText", "---\na: b\n", "Text", 5),
        ("---\n---\na: b\n", "", "a: b\n", 3),
        ("---\n---\n\nText\n\n---\nText", "", "\nText\n\n---\nText", 3),
        ("# Title\n", "", "# Title\n", 1),
        ("", "", "", 1),
        ("----\nText\n---\n", "", "----\nText\n---\n", 1),
    ],
)
def test_a_text_is_split_at_its_fences(text, yaml, body, body_line):
    parts = split(text)
    assert (parts.text, parts.body, parts.body_line, parts.mistake) == (yaml, body, body_line, None)
    assert not yaml or parts.line == 2


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ndate: 2024-01-31\n\n# Title\n", 1, "has no closing line; expected '---'"),
        ("---\n\n# Comment\ndate:\n", 1, "has no closing line; expected '---'"),
        ("\n\n---\ndate: 2024-01-31\n---\n", 3, "must start on the first line"),
    ],
)
def test_front_matter_that_is_not_read_as_such_is_reported(text, line, message):
    front_matter, parts, (problem, *_) = parse(text, path="x.md")
    assert (problem.subtype, problem.line) == (Subtype.FRONT_MATTER, line)
    assert message in problem.message
    assert parts.body == text
    assert front_matter == FrontMatter()


def test_a_rule_at_the_top_is_no_front_matter():
    assert split("---\n\nSome text: nothing else.\n").mistake is None


@pytest.mark.parametrize(
    ("text", "body", "body_line"),
    [
        (":date: 2024-01-31\n:blogpost: true\n\nTitle\n=====\n", "\nTitle\n=====\n", 3),
        ("\n\n:date: 2024-01-31\n:blogpost: true\n\nText\n", "\nText\n", 5),
        ("Title\n=====\n\n:date: 2024-01-31\n:blogpost: true\n\nText\n", "Title\n=====\n\n\n\n\nText\n", 1),
        ("=====\nTitle\n=====\n:date: 2024-01-31\n:blogpost: true\n", "=====\nTitle\n=====\n\n\n", 1),
        (
            ".. _label:\n\n.. a comment\n   goes on\n\nTitle\n-----\n\n:date: 2024-01-31\n\n:blogpost: true\nText\n",
            ".. _label:\n\n.. a comment\n   goes on\n\nTitle\n-----\n\n\n\n\nText\n",
            1,
        ),
    ],
)
def test_a_field_list_is_front_matter_in_restructuredtext(text, body, body_line):
    front_matter, parts, problems = parse(text, path="x.rst", read_rst=read_outline)
    assert created(front_matter) == datetime(2024, 1, 31, tzinfo=UTC)
    assert front_matter.blogpost
    assert (parts.is_fields, parts.body, parts.body_line, problems) == (True, body, body_line, ())
    assert line_of(parts, "date") == text[: text.index(":date:")].count("\n") + 1
    assert line_of(parts, "blogpost") == text[: text.index(":blogpost:")].count("\n") + 1
    assert line_of(parts, "title") is None


def test_the_values_of_fields_are_read_as_what_their_keys_expect():
    text = (
        ":Date: May 07, 2024\n:tags: C++, C#,\n   日本語\n:author: Training team; Release team\n:category: News, How-to\n"
        ":draft: true\n:nocomments:\n:excerpt: 2\n:image: 1\n:readtime: 5\n:location: Tartu\n:language: Eesti\n"
        ":redirect: old/a, old/b\n:og:title: Social\n\nText\n"
    )
    front_matter, _, problems = parse(text, path="x.rst", read_rst=read_outline)
    assert problems == ()
    assert created(front_matter) == datetime(2024, 5, 7, tzinfo=UTC)
    assert front_matter.tags == ("C++", "C#", "日本語")
    assert front_matter.authors == ("Training team", "Release team")
    assert front_matter.categories == ("News", "How-to")
    assert (front_matter.draft, front_matter.comments) == (True, False)
    assert (front_matter.excerpt_paragraphs, front_matter.excerpt_image, front_matter.readtime) == (2, 1, 5)
    assert (front_matter.locations, front_matter.languages) == (("Tartu",), ("Eesti",))
    assert front_matter.redirects == ("old/a", "old/b")
    assert front_matter.extra["og:title"] == "Social"


def test_a_field_list_is_front_matter_in_markdown_only_with_a_known_key():
    assert split(":blogpost: true\n:date: Jan 1, 2024\n\n# Title\n").is_fields
    assert split(":calendar: 1 May\n\n# Title\n") == split("x").__class__(body=":calendar: 1 May\n\n# Title\n")
    assert not split("# Title\n\n:date: 2024-01-31\n").is_fields


def test_a_field_that_cannot_be_read_is_reported_with_its_line():
    _, _, (problem,) = parse(
        "Title\n=====\n\n:blogpost: true\n:date: soon\n", path="x.rst", read_rst=read_outline, ablog=True
    )
    assert (problem.line, problem.subtype) == (5, Subtype.DATE)


# -- YAML


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("title: News: more", 2, "Text that contains ': ' needs quotes"),
        ("a: 1\nb: [1, 2", 4, "not YAML"),
        ("a: 1\n\tb: 2", 3, "Indent with spaces"),
        ("a: 1\nb: !Important x", 3, "!Important"),
        ("? [a]\n: 1", 2, "unhashable key"),
        ("just some text", 2, "'just some text'; expected lines such as"),
        ("- a\n- b", 2, "['a', 'b']; expected lines such as"),
        ("a: &a [*a]", 2, "alias"),
        ("a: @x", 2, "needs quotes"),
        ("a: \x07", None, "not YAML"),
    ],
)
def test_what_is_not_yaml_is_reported_with_its_line(yaml, line, message):
    front_matter, parts, problems = parse(post(yaml), path="x.md")
    assert (problems[0].line, problems[0].subtype) == (line, Subtype.FRONT_MATTER)
    assert message in problems[0].message
    assert len(problems) == 1
    assert problems[0].message.endswith("The post is a draft until this is corrected.")
    assert front_matter == FrontMatter()
    assert parts.body == "# Title\n"


def test_of_a_repeated_key_the_last_counts():
    front_matter, problems = read("title: A\nslug: x\ntitle: B")
    assert (front_matter.title, front_matter.slug) == ("B", "x")
    assert problems == [(5, "'title' is given twice, on line 3 too; the last one counts.")]


def test_a_key_that_overrides_a_merged_one_is_not_repeated():
    assert read("base: &base {a: 1}\nmore:\n  <<: *base\n  a: 2")[1] == []


@pytest.mark.parametrize("yaml", ["2024: x", "true: x", "null: x", "1.5: x", "2024-01-31: x", "2024: x\ntitle: T"])
def test_keys_need_not_be_text(yaml):
    front_matter, problems = read(yaml)
    assert problems == []
    assert "x" in front_matter.extra.values()


@pytest.mark.parametrize("value", ["2024-13-45", "!!int x", "0x_", "!!bool maybe", "!!timestamp x"])
def test_a_scalar_that_yaml_cannot_make_sense_of_leaves_the_other_keys_alone(value):
    front_matter, problems = read(f"other: {value}\ntitle: T")
    assert (front_matter.title, problems) == ("T", [])


# -- Dates


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("date: 2024-01-31", datetime(2024, 1, 31, tzinfo=TALLINN)),
        ("date: 2024-01-31 10:11:12", datetime(2024, 1, 31, 10, 11, 12, tzinfo=TALLINN)),
        ("date: 2024-01-31T10:11:12Z", datetime(2024, 1, 31, 10, 11, 12, tzinfo=UTC)),
        ("date: {created: 2024-01-31}", datetime(2024, 1, 31, tzinfo=TALLINN)),
        ("date:\n  created: 2024-01-31 10:11:12", datetime(2024, 1, 31, 10, 11, 12, tzinfo=TALLINN)),
    ],
)
def test_a_date_that_is_right_passes(yaml, expected):
    dates, problems = when(yaml, timezone=TALLINN)
    assert (dates.created, dates.updated, dates.others, problems) == (expected, None, {}, [])
    assert dates.created.utcoffset() == expected.utcoffset()


def test_an_offset_stays_as_it_was_written():
    dates, problems = when("date: 2023-12-30 23:30:00+02:00")
    assert dates.created == datetime(2023, 12, 30, 23, 30, tzinfo=timezone(timedelta(hours=2)))
    assert (dates.created.day, dates.created.hour, problems) == (30, 23, [])


def test_dates_have_names():
    dates, problems = when("date:\n  created: 2024-01-31\n  updated: 2024-02-01\n  reviewed: 2024-03-01 12:00:00")
    assert dates.updated == datetime(2024, 2, 1, tzinfo=UTC)
    assert dates.others == {"reviewed": datetime(2024, 3, 1, 12, tzinfo=UTC)}
    assert problems == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"2024-01-31"', date(2024, 1, 31)),
        ("2024-1-1", date(2024, 1, 1)),
        ("2024/01/31", date(2024, 1, 31)),
        ("2024.1.31", date(2024, 1, 31)),
        ("2024-01-31 12:00", datetime(2024, 1, 31, 12, tzinfo=UTC)),
        ("2024/01/31 00:00", datetime(2024, 1, 31, tzinfo=UTC)),
        ("2024-01-31T12:00+02:00", datetime(2024, 1, 31, 10, tzinfo=UTC)),
        ("20240131", date(2024, 1, 31)),
        ("May 07, 2024", date(2024, 5, 7)),
        ("7 May 2024", date(2024, 5, 7)),
        ("January 3rd, 2024", date(2024, 1, 3)),
        ("31.01.2024", date(2024, 1, 31)),
        ("31/1/2024", date(2024, 1, 31)),
        ("1/31/2024", date(2024, 1, 31)),
        ("01.01.2024", date(2024, 1, 1)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_a_date_that_was_written_as_text_is_read_and_reported(written, expected):
    dates, problems = when(f"title: x\ndate: {written}")
    assert dates.created == aware(expected, UTC)
    ((line, message),) = problems
    assert line == 3
    assert "expected a date such as 2024-01-31. It is read as 20" in message


@pytest.mark.parametrize(
    ("yaml", "line", "message"),
    [
        ("date: soon", 2, "'date' is 'soon'; expected a date such as 2024-01-31. It is ignored."),
        ("date:", 2, "'date' is empty; expected a date such as 2024-01-31. It is ignored."),
        ("date: 2024-13-01", 2, "'date' is '2024-13-01'; expected a date"),
        ("date: 2024-31-01", 2, "'date' is '2024-31-01'; expected a date"),
        ("date: 2023-02-29", 2, "'date' is '2023-02-29'; expected a date"),
        ("date: 2024", 2, "'date' is 2024; expected a date"),
        ("date: 31 Jan", 2, "'date' is '31 Jan'; expected a date"),
        ("date: May 2024", 2, "'date' is 'May 2024'; expected a date"),
        ("date: Friday", 2, "'date' is 'Friday'; expected a date"),
        ("date: 12:30", 2, "'date' is 750; expected a date"),
        ("date: 02/03/2024", 2, "It is not clear which number is what; write the year first"),
        ("date: 02.03.24", 2, "It is not clear which number is what; write the year first"),
        ("date: 24-01-02", 2, "It is not clear which number is what; write the year first"),
        ("date: 0001-01-01", 2, "expected a date"),
        ("date: 9999-12-31", 2, "expected a date"),
        ("date: [2024-01-31]", 2, "expected a date"),
        ("date: true", 2, "'date' is true; expected a date"),
        ("date: {}", 2, "'date' is {}; expected a date such as 2024-01-31, or a mapping of dates with 'created'"),
        ("date: {updated: 2024-01-31}", 2, "a mapping of dates with 'created' among them"),
        ("date:\n  created: soon", 3, "'date.created' is 'soon'; expected a date"),
        ("title: x", 1, "there is no date, so the post is a draft"),
    ],
)
def test_without_a_usable_date_there_is_none(yaml, line, message):
    dates, problems = when(yaml)
    assert dates is None
    assert problems[0][0] == line
    assert message in problems[0][1]
    assert not any("there is no date" in text for _, text in problems[1:])


def test_a_wrong_second_date_does_not_hide_that_the_first_is_missing():
    _, problems = when("updated: soon")
    assert [line for line, _ in problems] == [2, 1]
    assert "there is no date" in problems[1][1]


@pytest.mark.parametrize(
    "yaml",
    [
        *("Draft: true", "DRAFT: yes", "drafts: true", "darft: true", "isDraft: true", "is_draft: 1", "draft-: 'true'"),
        *(
            "published: false",
            "Published: no",
            "publish: 'false'",
            "public: off",
            "published: draft",
            "unpublished: true",
        ),
        *(
            "status: draft",
            "Status: Draft",
            "status: draft, needs review",
            "post_status: private",
            "state: unpublished",
        ),
        *("visibility: hidden", "private: true", "hidden: yes", "draft: false\npublished: false"),
    ],
)
def test_what_looks_like_a_draft_is_one_and_says_so(yaml):
    front_matter, [(line, message)] = read(yaml)
    assert front_matter.draft
    assert line == 3 + yaml.count("\n")
    assert "taken for a draft and not published; expected 'draft: true'. Remove '" in message


@pytest.mark.parametrize(
    "yaml",
    [
        *("Draft: false", "drafts: no", "published: true", "published: 2024-01-31", "published:", "status: published"),
        *("state: open", "status: 3", "hidden: false", "public: true", "drafted_by: Mari", "status: [draft]"),
    ],
)
def test_what_only_sounds_like_a_draft_is_published(yaml):
    assert not read(yaml)[0].draft


def test_a_folder_can_say_in_other_words_that_its_posts_are_drafts():
    text = post("date: 2024-01-31")
    front_matter, _, problems = parse(text, path="x.md", defaults={"published": False})
    assert (front_matter.draft, problems) == (True, ())
    _, [problem] = parse_defaults("published: false\n", path="blog/posts/.meta.yml")
    assert "'published' is false" in problem.message
    assert not parse(post("date: 2024-01-31\ndraft: false"), path="x.md", defaults={"published": False})[0].draft


@pytest.mark.parametrize(
    ("yaml", "messages"),
    [
        ("categories: ['', News]", ["'categories' has ''"]),
        ("authors: ['  ']", ["'authors' has '  '"]),
        ("tags: [a, '']", ["'tags' has ''"]),
        ("series: ['']", ["'series' has ''"]),
        ("series: ''", ["'series' is ''"]),
        ("category: ''", ["'category' is ''"]),
        ("location: ['']\nlanguage: ['']", ["'location' has ''", "'language' has ''"]),
        ("hide: ['']", ["'hide' has ''"]),
        ("links: ['', {a: ''}]", ["'links' has ''", "'links.1.a' is ''"]),
        ("redirects: ['']", ["'redirects' has ''"]),
    ],
)
def test_an_empty_text_is_reported(yaml, messages):
    _, problems = read(yaml)
    assert len(problems) == len(messages)
    for number, (line, found) in enumerate(problems):
        assert (line, found.startswith(messages[number])) == (3 + number * yaml.count("\n"), True)


def test_a_date_that_is_not_understood_leaves_the_others_alone():
    dates, problems = when("date:\n  created: 2024-1-31\n  updated:\n  reviewed: soon")
    assert (dates.created, dates.updated, dates.others) == (datetime(2024, 1, 31, tzinfo=UTC), None, {})
    assert problems == [
        (3, "'date.created' is '2024-1-31'; expected a date such as 2024-01-31. It is read as 2024-01-31."),
        (4, "'date.updated' is empty; expected a date such as 2024-01-31. It is ignored."),
        (5, "'date.reviewed' is 'soon'; expected a date such as 2024-01-31. It is ignored."),
    ]


@pytest.mark.parametrize("key", ["updated", "lastmod", "last_modified", "date_update"])
@pytest.mark.parametrize("written", ["2024-02-01", '"2024-02-01"', "February 1, 2024"])
def test_the_date_of_a_change_has_several_names(key, written):
    front_matter, problems = read(f"{key}: {written}")
    assert front_matter.dates is not None
    assert front_matter.dates.updated == datetime(2024, 2, 1, tzinfo=UTC)
    assert problems == []


def test_the_date_of_a_change_stands_first_of_all_with_the_dates():
    dates, _ = when("date: {created: 2024-01-31, updated: 2024-02-01}\nlastmod: 2024-03-01")
    assert dates.updated == datetime(2024, 2, 1, tzinfo=UTC)
    assert when("lastmod: 2024-03-01")[0] is None


def test_ablog_reads_the_month_first_and_needs_no_date():
    assert when("date: 02/03/2024", ablog=True) == (when("date: 2024-02-03")[0], [])
    assert when("title: x", ablog=True) == (None, [])
    assert when("date: 2024", ablog=True)[0] is None


@given(st.text(max_size=30))
@examples(60)
def test_any_text_is_a_date_or_none(text):
    for month_first in (True, False):
        try:
            found = read_date(text, month_first=month_first)
        except NotADateError:
            continue
        assert isinstance(found, date)


# -- The other keys: what is right passes without a word

RIGHT = [
    ("authors: [release, training, release]", "authors", ("release", "training")),
    ("authors: []", "authors", ()),
    ("authors:\n  - id: release\n  - key: training", "authors", ("release", "training")),
    ("author: Training team, Release team", "authors", ("Training team", "Release team")),
    ("author: [Training team]", "authors", ("Training team",)),
    ("authors: [release]\nauthor: Training team", "authors", ("release",)),
    ("categories: [News, 'B, C', News]", "categories", ("News", "B, C")),
    ("categories: []", "categories", ()),
    ("categories: [C++, 'C#', Õpetus, 日本語]", "categories", ("C++", "C#", "Õpetus", "日本語")),
    ("category: News", "categories", ("News",)),
    ("category: News, How-to", "categories", ("News", "How-to")),
    ("category: [News, 'B, C']", "categories", ("News", "B, C")),
    ("tags: [a, 1, 1.5, true, a]", "tags", ("a", "1", "1.5", "True")),
    ("tags:", "tags", ()),
    ("draft: true", "draft", True),
    ("draft: yes", "draft", True),
    ("draft: off", "draft", False),
    ("draft:", "draft", None),
    ("", "draft", None),
    ("pin: true", "pin", True),
    ("pin:", "pin", False),
    ("readtime: 5", "readtime", 5),
    ("readtime: 0", "readtime", None),
    ("readtime: true", "readtime", 1),
    ("readtime:", "readtime", None),
    ("slug: my-post", "slug", "my-post"),
    ('slug: ""', "slug", ""),
    ("slug:", "slug", ""),
    ("title: 'A: B'", "title", "A: B"),
    ('title: ""', "title", ""),
    ('description: Some "q" <b>', "description", 'Some "q" <b>'),
    ("description:", "description", ""),
    ("description: 2024", "description", "2024"),
    ("hide: [toc, navigation]", "hide", ("toc", "navigation")),
    ("hide: []", "hide", ()),
    ("template: main.html", "template", "main.html"),
    ("icon: material/x", "icon", "material/x"),
    ("search: {exclude: true, boost: 2}", "search_exclude", True),
    ("search: {boost: 2}", "search_exclude", False),
    ("search:", "search_exclude", False),
    ("comments: false", "comments", False),
    ("comments: true", "comments", True),
    ("comments: {id: 5}", "comments", True),
    ("comments: 'no'", "comments", False),
    ("nocomments: true", "comments", False),
    ("nocomments: false", "comments", True),
    ("series: A course, from nothing", "series", ("A course, from nothing",)),
    ("series: [A course, Tools]", "series", ("A course", "Tools")),
    ("series:", "series", ()),
    ("location: Tartu, Tallinn", "locations", ("Tartu", "Tallinn")),
    ("location: [Tartu]", "locations", ("Tartu",)),
    ("language: Eesti", "languages", ("Eesti",)),
    ("redirect: old/a, /old/b/", "redirects", ("old/a", "old/b/")),
    ("redirects: [old/a]", "redirects", ("old/a",)),
    ("aliases:\n  - /old/a/", "redirects", ("old/a/",)),
    ("url_alias: /node/12", "redirects", ("node/12",)),
    ("external_link: https://example.org/x", "external_link", "https://example.org/x"),
    ('external_link: ""', "external_link", ""),
    ("id: 60A76C80-d399-11d9-b93c-0003939e0af6", "id", "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6"),
    ("id: https://example.org/?p=1", "id", "https://example.org/?p=1"),
    ("id: 'tag:example.org,2024:a'", "id", "tag:example.org,2024:a"),
    ("id: a-name", "id", ""),
    ("id: a-name", "extra", {"id": "a-name"}),
    ("id: 5", "extra", {"id": 5}),
    ("id: 'javascript:alert(1)'", "id", ""),
    ('id: "x:a b"', "id", ""),
    ("id:", "id", ""),
    ("license: CC-BY-4.0", "license", "CC-BY-4.0"),
    ("license: {content: CC-BY-4.0, code: MIT}", "license", "CC-BY-4.0"),
    ("license: {content: {id: CC-BY-4.0, name: x}}", "license", "CC-BY-4.0"),
    ("license: {code: MIT}", "license", ""),
    ("license: 5", "license", "5"),
    ("doi: 10.1234/abc", "doi", "10.1234/abc"),
    ("doi: https://doi.org/10.1234/a(b)c", "doi", "10.1234/a(b)c"),
    ("doi: 'doi: 10.1234/abc'", "doi", "10.1234/abc"),
    ('doi: ""', "doi", ""),
    ("canonical_link: https://example.org/x", "canonical_link", "https://example.org/x"),
    ("canonical: http://example.org/x", "canonical_link", "http://example.org/x"),
    ("image: cover.png", "image", Image(src="cover.png")),
    ("cover: https://example.org/a.png", "image", Image(src="https://example.org/a.png")),
    ("thumbnail: /a.png", "image", Image(src="/a.png")),
    ("image: a.png\nimage_alt: A tree", "image", Image(src="a.png", alt="A tree")),
    ("image: a.png\nimage-alt: A tree", "image", Image(src="a.png", alt="A tree")),
    ("image: {src: a.png, alt: A tree, dark: b.png}", "image", Image(src="a.png", alt="A tree", dark="b.png")),
    ("image: {path: a.png, width: 20}", "image", Image(src="a.png")),
    ("image: {url: a.png}", "image", Image(src="a.png")),
    ("image: {src: a.png, alt: ''}", "image", Image(src="a.png", alt="")),
    ("image: a.png\nimage_alt: ''", "image", Image(src="a.png", alt="")),
    ("image:\n  light: a.png\n  dark: b.png", "image", Image(src="a.png", dark="b.png")),
    ("image:", "image", None),
    ('image: ""', "image", None),
    ("image: false", "image", None),
    ("image: 2", "excerpt_image", 2),
    ("cover: 2", "image", None),
    ("image: 0", "excerpt_image", None),
    ("excerpt: 2", "excerpt_paragraphs", 2),
    ("excerpt: '2'", "excerpt_paragraphs", 2),
    ("excerpt: 0", "excerpt_paragraphs", None),
    ("excerpt: What this is about.", "excerpt_paragraphs", None),
    ("blogpost: true", "blogpost", True),
    ('blogpost: "True"', "blogpost", True),
    ("links: [guide/index.md]", "links", (Link(target="guide/index.md"),)),
    ("links: []", "links", ()),
    ("links:", "links", ()),
    ("links:\n  - Guide: guide/index.md#install", "links", (Link(title="Guide", target="guide/index.md#install"),)),
    ("links: {A: a.md, B: b.md}", "links", (Link(title="A", target="a.md"), Link(title="B", target="b.md"))),
    ("links:\n  - {A: a.md, B: b.md}", "links", (Link(title="A", target="a.md"), Link(title="B", target="b.md"))),
    ("links: [g:profiler.md]", "links", (Link(target="g:profiler.md"),)),
    (
        "links:\n  - Guides:\n    - a.md\n    - More:\n        B: b.md",
        "links",
        (
            Link(
                title="Guides",
                children=(Link(target="a.md"), Link(title="More", children=(Link(title="B", target="b.md"),))),
            ),
        ),
    ),
]


@pytest.mark.parametrize(("yaml", "field", "expected"), RIGHT)
def test_a_value_that_is_right_passes(yaml, field, expected):
    front_matter, problems = read(yaml)
    assert getattr(front_matter, field) == expected
    assert problems == []


# -- The other keys: what is nearly right is read, what is wrong is ignored; both are reported

WRONG = [
    (
        "authors: release",
        "authors",
        ("release",),
        ["'authors' is 'release'; expected a list. It is read as ['release']."],
    ),
    ("authors: a, b", "authors", ("a", "b"), ["It is read as ['a', 'b']."]),
    ("authors: 2024", "authors", ("2024",), ["'authors' is 2024; expected a list. It is read as ['2024']."]),
    (
        "authors: [release, 007]",
        "authors",
        ("release", "007"),
        ["'authors' has 7 in it; expected text. It is read as '007'."],
    ),
    (
        "authors: [release, null, [x]]",
        "authors",
        ("release",),
        ["'authors' has empty in it", "'authors' has ['x'] in it"],
    ),
    ("authors:", "authors", (), ["'authors' is empty; expected a list."]),
    ("authors: {id: release}", "authors", ("release",), ["expected a list"]),
    ("authors: [{id: release, title: x}]", "authors", ("release",), ["the further keys here are ignored"]),
    ("authors: [{5: x}]", "authors", ("x",), []),
    ("series: 2024", "series", ("2024",), ["'series' is 2024; expected text. It is read as '2024'."]),
    ("series: {name: A}", "series", (), ["'series' is {'name': 'A'}; expected text. It is ignored."]),
    ("series: [A, 2]", "series", ("A", "2"), ["'series' has 2 in it; expected text. It is read as '2'."]),
    ("categories: News", "categories", ("News",), ["'categories' is 'News'; expected a list. It is read as ['News']."]),
    (
        "categories: [2024]",
        "categories",
        ("2024",),
        ["'categories' has 2024 in it; expected text. It is read as '2024'."],
    ),
    ("categories: [on, 1.50]", "categories", ("on", "1.50"), ["It is read as 'on'.", "It is read as '1.50'."]),
    (
        "categories: [News, {a: b}]",
        "categories",
        ("News",),
        ["'categories' has {'a': 'b'} in it; expected text. It is ignored."],
    ),
    ("categories: {a: b}", "categories", (), ["'categories' is {'a': 'b'}; expected a list. It is ignored."]),
    ("categories:", "categories", (), ["'categories' is empty"]),
    ("tags: foo", "tags", ("foo",), ["'tags' is 'foo'; expected a list. It is read as ['foo']."]),
    ("tags: [2024-01-31]", "tags", ("2024-01-31",), ["It is read as '2024-01-31'."]),
    ("tags: [a, null]", "tags", ("a",), ["It is ignored."]),
    ("tags: {a: b}", "tags", (), ["expected a list. It is ignored."]),
    ("draft: 1", "draft", True, ["'draft' is 1; expected true or false. It is read as true."]),
    ("draft: 0", "draft", False, ["It is read as false."]),
    ('draft: "true"', "draft", True, ["'draft' is 'true'; expected true or false. It is read as true."]),
    ('draft: "false"', "draft", False, ["It is read as false."]),
    ("draft: not yet", "draft", True, ["'draft' is 'not yet'; expected true or false. It is read as true."]),
    ("pin: 1", "pin", True, ["'pin' is 1; expected true or false. It is read as true."]),
    ("pin: top", "pin", False, ["'pin' is 'top'; expected true or false. It is ignored."]),
    ("pin: ture", "pin", False, ["It is ignored. Did you mean 'true'?"]),
    ("pin: [true]", "pin", False, ["It is ignored."]),
    ("readtime: 2.5", "readtime", 3, ["'readtime' is 2.5; expected a whole number, 0 or more. It is read as 3."]),
    ("readtime: '4'", "readtime", 4, ["It is read as 4."]),
    ("readtime: 4 min", "readtime", 4, ["It is read as 4."]),
    ("readtime: -3", "readtime", None, ["'readtime' is -3; expected a whole number, 0 or more. It is ignored."]),
    ("readtime: .nan", "readtime", None, ["It is ignored."]),
    ("readtime: .inf", "readtime", None, ["It is ignored."]),
    ("readtime: long", "readtime", None, ["It is ignored."]),
    ("slug: 12", "slug", "12", ["'slug' is 12; expected text. It is read as '12'."]),
    ("slug: 012", "slug", "012", ["It is read as '012'."]),
    ("slug: [a]", "slug", "", ["'slug' is ['a']; expected text. It is ignored."]),
    ("title: 2024", "title", "2024", ["'title' is 2024; expected text. It is read as '2024'."]),
    ("title: 2024-01-31", "title", "2024-01-31", ["It is read as '2024-01-31'."]),
    ("title: yes", "title", "yes", ["'title' is true; expected text. It is read as 'yes'."]),
    ("title: 10:30", "title", "10:30", ["It is read as '10:30'."]),
    ("title:", "title", "", ["'title' is empty; expected text. It is ignored."]),
    ("title: [a]", "title", "", ["It is ignored."]),
    ("description: [a]", "description", "", ["'description' is ['a']; expected text. It is ignored."]),
    ("hide: toc", "hide", ("toc",), ["'hide' is 'toc'; expected a list. It is read as ['toc']."]),
    ("hide:", "hide", (), ["'hide' is empty; expected a list. It is read as []."]),
    ("hide: [toc, 5]", "hide", ("toc", "5"), ["It is read as '5'."]),
    ("template: 5", "template", "5", ["It is read as '5'."]),
    ("icon: [x]", "icon", "", ["It is ignored."]),
    (
        "search: false",
        "search_exclude",
        True,
        ["expected a mapping such as {exclude: true}. It is read as {'exclude': True}."],
    ),
    ("search: {exclude: 'true'}", "search_exclude", True, ["'search.exclude' is 'true'; expected true or false."]),
    ("search: no-index", "search_exclude", False, ["It is ignored."]),
    ("search: {exclude: maybe}", "search_exclude", False, ["'search.exclude' is 'maybe'; expected true or false."]),
    ("redirect: ../escape", "redirects", (), ["expected a path below the root of the site. It is ignored."]),
    ("redirect: [a/../../b, ok]", "redirects", ("ok",), ["It is ignored."]),
    ("aliases: https://example.org/x", "redirects", (), ["'aliases' has 'https://example.org/x' in it"]),
    ("redirect: //example.org/x", "redirects", (), ["It is ignored."]),
    ("redirect: [/]", "redirects", (), ["It is ignored."]),
    ("redirect: {a: b}", "redirects", (), ["It is ignored."]),
    (
        "external_link: 'javascript:alert(1)'",
        "external_link",
        "",
        ["expected a URL that starts with https:// or http://"],
    ),
    ("external_link: 5", "external_link", "", ["It is ignored."]),
    ("id: [a]", "id", "", ["'id' is ['a']; expected text. It is ignored."]),
    ("doi: abc", "doi", "", ["'doi' is 'abc'; expected a DOI such as 10.1234/abcd. It is ignored."]),
    ("doi: 10.12", "doi", "", ["It is ignored."]),
    ("canonical: example.org", "canonical_link", "", ["'canonical' is 'example.org'; expected a URL"]),
    (
        "image: [a.png]",
        "image",
        None,
        ["expected the path or URL of an image, or a mapping with 'src'. It is ignored."],
    ),
    ("image: {alt: A tree}", "image", None, ["It is ignored."]),
    ("image: true", "image", None, ["It is ignored."]),
    ("cover: 1.5", "image", None, ["'cover' is 1.5;"]),
    ("blogpost: maybe", "blogpost", None, ["'blogpost' is 'maybe'; expected true or false. It is ignored."]),
    ("links: a.md", "links", (Link(target="a.md"),), ["'links' is 'a.md'; expected a list of paths"]),
    ("links: 5", "links", (), ["'links' is 5; expected a list of paths"]),
    ("links:\n  - a.md\n  - 5", "links", (Link(target="a.md"),), ["'links' has 5 in it"]),
    ("links: ['javascript:x', a.md]", "links", (Link(target="a.md"),), ["It is ignored."]),
]


@pytest.mark.parametrize(("yaml", "field", "expected", "messages"), WRONG)
def test_a_value_that_is_not_right_is_reported_and_costs_no_other_key(yaml, field, expected, messages):
    front_matter, problems = read(f"subtitle: x\n{yaml}\nfootnote: y")
    found = getattr(front_matter, field)
    if field == "authors":
        found = tuple(author.id if isinstance(author, Author) else author for author in found)
    if messages:
        assert found == expected
    assert created(front_matter) == datetime(2024, 1, 31, tzinfo=UTC)
    assert (front_matter.extra["subtitle"], front_matter.extra["footnote"]) == ("x", "y")
    assert len(problems) >= len(messages)
    for (line, found_message), message in zip(problems, messages, strict=False):
        assert message in found_message
        assert line is not None
        assert line >= 4


def test_a_mistake_inside_a_list_is_reported_with_the_line_of_its_item():
    _, problems = read("categories:\n  - News\n  - 2024\nlinks:\n  - A: a.md\n  - B:\n  - C:\n      - 5\n      - D: ''")
    assert [line for line, _ in problems] == [5, 8, 10, 11]


def test_all_mistakes_of_a_file_come_at_once():
    yaml = "date: soon\nauthors: release\ncategories: [1]\ndraft: 1\npin: x\nlinks: 5\nreadtime: x\nslug: 1\ntitle: 1\nhide: toc"
    _, _, problems = parse(post(yaml), path="x.md")
    assert sorted(problem.line or 0 for problem in problems) == list(range(2, 12))


def test_ablogs_spellings_pass_without_a_word_in_a_post_marked_its_way():
    yaml = (
        "date: 'August 09, 2024'\nauthor: Training team, Release team\ncategory: a, b\ntags: x, y\nlocation: Tartu\n"
        "language: Eesti\nredirect: old/a\nimage: 1\nexcerpt: 1\ntitle: 2024\ndraft: 'true'\nauthors: release\n"
    )
    for ablog in (True, False):
        marked = yaml if ablog else f"blogpost: true\n{yaml}"
        front_matter, _, problems = parse(post(marked), path="x.md", ablog=ablog)
        assert problems == ()
        assert created(front_matter) == datetime(2024, 8, 9, tzinfo=UTC)
        assert (front_matter.tags, front_matter.authors, front_matter.title) == (("x", "y"), ("release",), "2024")
    assert parse(post("date: soon"), path="x.md", ablog=True)[2][0].line == 2


def test_an_author_can_be_written_into_the_post():
    front_matter, problems = read(
        "authors:\n  - name: Release team\n    orcid: 0000-0002-1825-0097\n    title: Makes releases\n  - training"
    )
    assert front_matter.authors == (
        Author(
            id="Release team",
            name="Release team",
            description="Makes releases",
            orcid="https://orcid.org/0000-0002-1825-0097",
        ),
        "training",
    )
    assert problems == []


def test_a_mistake_in_an_author_written_into_the_post_has_its_line():
    _, problems = read("authors:\n  - training\n  - name: Release team\n    url: javascript:x")
    assert problems[0][0] == 6
    assert problems[0][1].startswith("'authors.1.url' is 'javascript:x'")


# -- Keys of the writer's own

REAL_KEYS = """original_url url_alias course keywords schema_type preview date_update legacy canonical review subtitle
    license robots layout status orphan tocdepth myst jupytext kernelspec substitutions html_theme.sidebar_secondary.remove
    html_meta sd_hide_title og:title og:image og:description og:type exclude permalink sub_heading related_posts nosearch
    illustration rss social boost weight series event summary lead meta_description page_type last_update image_credit
    type id lang locale parent order nav_order toc toc_depth render_macros revision_date social_cards math
    mermaid path doi bibliography thanks abstract short_title authors_url data site""".split()  # noqa: SIM905


@pytest.mark.parametrize("key", REAL_KEYS)
def test_a_key_of_the_writers_own_is_kept_without_a_word(key):
    front_matter, problems = read(f"'{key}': 5") if key not in known_keys(PostKeys) else (None, [])
    assert problems == []
    assert front_matter is None or front_matter.extra == {key: 5}


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("catagories", "categories"),
        ("catgeory", "category"),
        ("autors", "authors"),
        ("auther", "author"),
        ("tag", "tags"),
        ("Tags", "tags"),
        ("dates", "date"),
        ("link", "links"),
        ("tilte", "title"),
        ("dtae", "date"),
        ("sulg", "slug"),
        ("descripton", "description"),
        ("read_time", "readtime"),
        ("external-link", "external_link"),
        ("comment", "comments"),
    ],
)
def test_a_key_that_looks_like_a_misspelling_is_reported(key, meant):
    front_matter, problems = read(f"{key}: x")
    assert problems == [(3, f"{key!r} is not a known key and is ignored. Did you mean {meant!r}?")]
    assert front_matter.extra == {key: "x"}


def test_no_known_key_is_a_misspelling():
    assert [key for key in known_keys(PostKeys) if misspelled(key, PostKeys)] == []


# -- Defaults from the folders of a post


def test_defaults_lie_under_what_the_post_says():
    defaults: dict[Any, Any] = {
        "authors": ["a", "b"],
        "categories": ["News"],
        "draft": True,
        "hide": ["toc"],
        "search": {"exclude": True, "boost": 1},
        "date": {"created": date(2020, 1, 1), "reviewed": date(2020, 2, 1)},
        "own": [1],
        "title": "Default",
        5: "x",
    }
    front_matter, _, problems = parse(
        post("date: {created: 2024-01-31}\nauthors: [c, a]\ndraft: false\nsearch: {boost: 2}\nown: [2]"),
        path="x.md",
        defaults=defaults,
    )
    assert problems == ()
    assert front_matter.authors == ("a", "b", "c")
    assert front_matter.categories == ("News",)
    assert (front_matter.draft, front_matter.hide, front_matter.title) == (False, ("toc",), "Default")
    assert front_matter.search_exclude
    assert created(front_matter) == datetime(2024, 1, 31, tzinfo=UTC)
    assert front_matter.dates is not None
    assert front_matter.dates.others == {"reviewed": datetime(2020, 2, 1, tzinfo=UTC)}
    assert front_matter.extra == {"own": [1, 2], "5": "x"}


@pytest.mark.parametrize(
    ("yaml", "defaults"),
    [
        ("date: 2024-01-31", {"date": {"created": date(2020, 1, 1)}}),
        ("date: {created: 2024-01-31}", {"date": date(2020, 1, 1)}),
        ("date: 2024-01-31\ndraft:", {"draft": True}),
        ("date: 2024-01-31\nown: {a: 1}", {"own": [1]}),
    ],
)
def test_where_types_clash_the_post_wins(yaml, defaults):
    front_matter, _, problems = parse(post(yaml), path="x.md", defaults=defaults)
    assert problems == ()
    assert created(front_matter) == datetime(2024, 1, 31, tzinfo=UTC)
    assert front_matter.draft is None


def test_a_default_stands_in_for_a_value_that_cannot_be_used():
    front_matter, _, problems = parse(post("date: soon"), path="x.md", defaults={"date": date(2024, 1, 31)})
    assert created(front_matter) == datetime(2024, 1, 31, tzinfo=UTC)
    assert len(problems) == 1


def test_defaults_of_several_folders_are_merged_alike():
    assert merge({"a": [1], "b": {"c": 1}}, {"a": [2, 1], "b": {"d": 2}, "e": 3}) == {
        "a": [1, 2],
        "b": {"c": 1, "d": 2},
        "e": 3,
    }


def test_a_file_of_defaults_is_checked_once_for_all_posts():
    defaults, problems = parse_defaults("draft: true\nauthors: release\n", path="blog/posts/.meta.yml")
    assert defaults == {"draft": True, "authors": "release"}
    assert [(problem.path, problem.line) for problem in problems] == [("blog/posts/.meta.yml", 2)]
    assert parse(post("date: 2024-01-31"), path="x.md", defaults=defaults)[2] == ()
    assert parse_defaults("", path=".meta.yml") == ({}, ())
    assert len(parse_defaults("- a", path=".meta.yml")[1]) == 1


# -- Lines


def test_later_stages_can_point_at_a_key_or_an_item():
    parts = split(post("title: x\ncategories:\n  - News\n  - Other\nauthors: [a, b]\nlinks:\n  - A: a.md"))
    assert line_of(parts, "title") == 2
    assert line_of(parts, "categories") == 3
    assert line_of(parts, "categories", "Other") == 5
    assert line_of(parts, "categories", "Absent") == 3
    assert line_of(parts, "authors", "b") == 6
    assert line_of(parts, "links", "a.md") == 8
    assert line_of(parts, "absent") is None
    assert line_of(split("no front matter"), "title") is None


# -- Nothing that somebody writes raises an error

FRAGMENTS = st.sampled_from(
    [
        *sorted(known_keys(PostKeys)),
        "created",
        "name",
        "id",
        "x",
        "2024-01-31",
        "'",
        '"',
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "&a ",
        "*a",
        "!!int ",
        "!!float ",
        "!!set ",
        "!!binary ",
        "!!str ",
        "!x ",
        "? ",
        "<<: ",
        "| ",
        "true",
        "null",
        "5",
        "-1.5",
        ".nan",
        "---\n",
        "\t",
        "é",
        "\x00",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3),
    max_leaves=6,
)


def check_anything(text: str, defaults: dict[str, Any] | None = None) -> None:
    for path, read_rst in (("x.md", None), ("x.rst", read_outline)):
        for ablog in (False, True):
            front_matter, parts, problems = parse(
                text, path=path, ablog=ablog, defaults=defaults, timezone=TALLINN, read_rst=read_rst
            )
            pickle.dumps(front_matter)
            line_of(parts, "title", "x")
            assert isinstance(front_matter, FrontMatter)
            assert all(problem.message and problem.path == path for problem in problems)


@given(st.text(max_size=80))
@examples(40)
def test_any_text_can_be_read(text):
    check_anything(text)
    check_anything(post(text))


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
@examples(40)
def test_any_yaml_can_be_read(text):
    check_anything(post(text))


@given(st.dictionaries(st.sampled_from(sorted(known_keys(PostKeys))), VALUES, max_size=4))
@examples(40)
def test_any_value_can_be_inherited(defaults):
    check_anything(post("title: x"), defaults)


def test_a_lone_surrogate_can_be_read():
    check_anything(post("title: \udcff"))


def test_deep_nesting_can_be_read():
    check_anything(post("title: " + "[" * 3000))
    check_anything(post("links: " + "[" * 900 + "]" * 900))


# -- The model


def test_every_field_is_lenient():
    """Whatever value a field gets, it never keeps the others from being read."""
    for key in sorted(known_keys(PostKeys)):
        for value in (
            "{a: {b: [c]}}",
            "[[[]]]",
            "[null]",
            "5",
            "-1",
            "1.5",
            "x",
            "''",
            "2024-01-31",
            "true",
            "!!binary aGk=",
        ):
            front_matter, _ = read(f"{key}: {value}\nown: 1" if key != "date" else "own: 1")
            assert front_matter.extra["own"] == 1


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("2026-11-20", datetime(2026, 11, 21, tzinfo=TALLINN)),
        ("20 November 2026", datetime(2026, 11, 21, tzinfo=TALLINN)),
        ("2026-11-20 12:00", datetime(2026, 11, 20, 12, tzinfo=TALLINN)),
        ("2026-11-20T12:00:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC)),
    ],
)
def test_an_announcement_ends_when_its_day_is_over(written, end):
    assert read(f"announce_until: {written}", timezone=TALLINN)[0].announce_until == end


def test_an_announcement_without_end_is_none():
    front_matter, [(line, message)] = read("announce_until: soon")
    assert (front_matter.announce_until, line) == (None, 3)
    assert "expected a date such as 2024-01-31" in message
