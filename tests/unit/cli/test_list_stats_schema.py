"""``newsroom list``, ``stats`` and ``schema``: what is there, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sphinxext.newsroom.front_matter.split import split

ROOT = Path(__file__).parents[3]

SITE = {
    "blog/.authors.yml": "authors:\n  lena:\n    name: Training team\n",
    "blog/posts/a.md": "---\ndate: 2024-01-31\nauthors: [lena]\ncategories: [News, Git]\ntags: [x]\n---\n\n# =A|B, one\n\nFour words stand here.\n\n```\nx = 1\n```\n",
    "blog/posts/b.md": "---\ndate: 2025-12-31 18:00:00\ncategories: [News]\n---\n\n# B\n\nTwo words\n",
    "blog/posts/c.md": "---\ndate: 2026-01-02\n---\n\n# C\n",
    "blog/posts/d.md": "---\ndate: 2024-03-01\ndraft: true\n---\n\n# D\n",
    "blog/posts/e.md": "# E without a date\n",
}
CONF = "newsroom_draft_if_future_date = True\nhtml_baseurl = 'https://node.example/docs/'\n"


def titles(result):
    return [row["title"] for row in json.loads(result.stdout)]


def test_all_posts_are_listed_newest_first(site, run):
    site(SITE, conf=CONF)
    rows = json.loads(run("list", "--format", "json").stdout)
    assert [(row["state"], row["path"]) for row in rows] == [
        ("scheduled", "blog/posts/c.md"),
        ("draft", "blog/posts/e.md"),
        ("published", "blog/posts/b.md"),
        ("draft", "blog/posts/d.md"),
        ("published", "blog/posts/a.md"),
    ]
    assert rows[4] == {
        "date": "2024-01-31T00:00:00+00:00",
        "state": "published",
        "title": "=A|B, one",
        "authors": ["Training team"],
        "categories": ["News", "Git"],
        "url": "https://node.example/docs/blog/2024/01/31/ab-one/",
        "path": "blog/posts/a.md",
    }
    assert rows[1]["date"] == ""


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["--drafts"], ["E without a date", "D"]),
        (["--scheduled"], ["C"]),
        (["--published"], ["B", "=A|B, one"]),
        (["--drafts", "--scheduled"], ["C", "E without a date", "D"]),
    ],
)
def test_posts_are_listed_by_state(site, run, states, expected):
    site(SITE, conf=CONF)
    assert titles(run("list", "-f", "json", *states)) == expected


def test_urls_are_those_of_the_builder(site, run):
    site(SITE, conf=CONF + "html_baseurl = ''\n")
    urls = [row["url"] for row in json.loads(run("list", "-f", "json", "-b", "html", "--published").stdout)]
    assert urls == ["/blog/2025/12/31/b.html", "/blog/2024/01/31/ab-one.html"]


def test_posts_that_became_due_are_found(site, run, monkeypatch):
    site(SITE, conf=CONF)
    assert titles(run("list", "-f", "json", "--due-within", "24h")) == ["B"]
    assert titles(run("list", "-f", "json", "--due-within", "5h")) == []
    assert run("list", "--due-within", "5h", "--exit-code").exit_code == 1
    assert run("list", "--due-within", "1d", "--exit-code").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # 2 January
    assert titles(run("list", "-f", "json", "--due-within", "90m")) == ["C"]


def test_the_end_of_an_announcement_is_due(site, run):
    site({"blog/posts/a.md": "---\ndate: 2025-06-01\nannounce_until: 2025-12-31\n---\n# A\n"})
    assert titles(run("list", "-f", "json", "--due-within", "1h")) == ["A"]


def test_an_event_that_has_ended_is_due(site, run):
    site({"blog/posts/a.md": "---\ndate: 2025-06-01\nevent: {start: 2025-12-31 10:00, end: 23:30}\n---\n# A\n"})
    assert titles(run("list", "-f", "json", "--due-within", "1h")) == ["A"]
    assert titles(run("list", "-f", "json", "--due-within", "10m")) == []


def test_a_wrong_time_ends_with_2(site, run):
    site({})
    assert run("list", "--due-within", "soon").exit_code == 2


def test_a_table_has_a_line_for_each_post(site, run):
    site(SITE, conf=CONF)
    lines = run("list", "--published").stdout.splitlines()
    assert lines[0].split() == ["date", "state", "title", "authors", "categories", "url", "path"]
    assert lines[1].split()[:3] == ["2025-12-31", "published", "B"]
    assert len(lines) == 3


def test_csv_is_safe_to_open_in_a_spreadsheet(site, run):
    site(SITE, conf=CONF)
    rows = list(csv.DictReader(io.StringIO(run("list", "-f", "csv").stdout)))
    assert rows[4]["title"] == "'=A|B, one"
    assert rows[4]["categories"] == "News, Git"


def test_posts_of_one_blog_are_listed(site, run):
    site(
        {"events/posts/x.md": "---\ndate: 2024-01-01\n---\n# X\n", **SITE},
        conf="newsroom_blogs = [{'blog_dir': 'blog'}, {'blog_dir': 'events'}]\n",
    )
    assert titles(run("list", "-f", "json", "--blog", "events")) == ["X"]


# -- Figures


def test_figures_are_those_of_published_posts_by_year(site, run):
    site(SITE, conf=CONF)
    assert json.loads(run("stats", "-f", "json").stdout) == [
        {"year": "2025", "posts": 1, "words": 3, "authors": 0, "categories": 1, "tags": 0},
        {"year": "2024", "posts": 1, "words": 9, "authors": 1, "categories": 2, "tags": 1},
        {"year": "total", "posts": 2, "words": 12, "authors": 1, "categories": 2, "tags": 1},
    ]


def test_figures_by_label_tell_the_first_and_the_last_post(site, run):
    site(SITE, conf=CONF)
    assert json.loads(run("stats", "--by", "category", "-f", "json").stdout) == [
        {"category": "News", "posts": 2, "first": "2024-01-31", "last": "2025-12-31"},
        {"category": "Git", "posts": 1, "first": "2024-01-31", "last": "2024-01-31"},
    ]
    assert "Training team" in run("stats", "--by", "author").stdout
    assert "x" in run("stats", "--by", "tag").stdout


def test_figures_can_be_put_into_a_page(site, run):
    site(SITE, conf=CONF)
    assert run("stats", "-f", "md").stdout.splitlines()[:3] == [
        "| year | posts | words | authors | categories | tags |",
        "|---|---:|---:|---:|---:|---:|",
        "| 2025 | 1 | 3 | 0 | 1 | 0 |",
    ]
    assert run("stats", "-f", "csv").stdout.splitlines()[1] == "2025,1,3,0,1,0"


def test_a_site_without_posts_has_figures(site, run):
    site({})
    assert json.loads(run("stats", "-f", "json").stdout)[0]["posts"] == 0
    assert run("list").exit_code == 0


def test_words_of_notebooks_and_restructuredtext_are_counted(site, run):
    cell = {"cell_type": "markdown", "metadata": {}, "source": "---\ndate: 2024-01-01\n---\n# One two\n"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    site(
        {
            "blog/posts/n.ipynb": json.dumps(notebook),
            "blog/posts/r.rst": ":date: 2025-01-01\n\nOne\n===\n\nTwo three\n",
        },
        conf="extensions = ['myst_nb', 'sphinxext.newsroom']\n",
    )
    words = {row["year"]: row["words"] for row in json.loads(run("stats", "-f", "json").stdout)}
    assert words == {"2024": 2, "2025": 3, "total": 5}


# -- Schemas


def schema(run, name):
    made = json.loads(run("schema", name).stdout)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    return Draft202012Validator(made)


@pytest.mark.parametrize(
    ("front_matter", "is_valid"),
    [
        ({"date": "2024-01-31", "authors": ["a", {"name": "B"}], "tags": [1, "x"], "own": {"key": 1}}, True),
        ({"date": "2024-01-31 12:00:00"}, True),
        ({"date": "2024-01-31T12:00:00+02:00", "links": ["a.md", {"B": ["c.md"]}]}, True),
        ({"date": {"created": "2024-01-31", "updated": "2024-02-01"}, "image-alt": "x", "cover": "y.png"}, True),
        ({"date": "soon"}, False),
        ({"date": {"updated": "2024-02-01"}}, False),
        ({"draft": "yes"}, False),
        ({"categories": "News"}, False),
        ({"aliases": "old"}, False),
        ({"readtime": -1}, False),
    ],
)
def test_the_schema_of_front_matter_tells_right_from_wrong(run, front_matter, is_valid):
    assert schema(run, "front-matter").is_valid(front_matter) is is_valid


def test_the_schema_of_authors_takes_both_shapes(run):
    validator = schema(run, "authors")
    assert validator.is_valid({"authors": {"a": {"name": "A", "affiliations": ["B"]}}})
    assert validator.is_valid({"a": {"name": "A"}})
    assert not validator.is_valid({"authors": {"a": {"nam": "A"}}})
    assert not validator.is_valid({"a": "A"})


def test_the_schema_of_options_names_them_as_conf_does(run):
    validator = schema(run, "options")
    assert validator.is_valid({"newsroom_blog_view": "cards", "newsroom_mkdocs": "mkdocs.yml"})
    assert not validator.is_valid({"newsroom_blog_view": "card"})
    assert not validator.is_valid({"newsroom_blog_vew": "cards"})


def test_every_key_of_a_schema_is_described(run):
    for name in ("front-matter", "options"):
        for key, value in schema(run, name).schema["properties"].items():
            assert value["description"].strip(), key


def test_the_settings_of_an_editor_name_the_files_of_the_site(site, run):
    root = site({"docs/index.md": "# H\n"})
    (root / "index.md").unlink()
    settings = json.loads(run("schema", "--vscode").stdout)["yaml.schemas"]
    base = "https://sphinxext-newsroom.readthedocs.io/en/latest/schemas"
    assert settings == {
        f"{base}/authors.json": ["docs/blog/.authors.yml"],
        f"{base}/front-matter.json": ["docs/blog/posts/**/.meta.yml"],
    }


def test_the_posts_of_this_project_are_valid(run):
    validator = schema(run, "front-matter")
    posts = sorted((ROOT / "docs" / "news" / "posts").rglob("*.md"))
    assert posts
    for post in posts:
        front_matter = yaml.load(split(post.read_text(encoding="utf-8")).text, Loader=yaml.BaseLoader)  # noqa: S506 - texts
        # A loader that makes texts of everything, as dates in JSON are texts, has no yes and no.
        words = {"true": True, "false": False}
        values = {
            key: words.get(value, value) if isinstance(value, str) else value for key, value in front_matter.items()
        }
        assert list(validator.iter_errors(values)) == [], post


def test_upcoming_events(site, run):
    event = "---\ndate: 2025-01-31\ncourse:\n  start: {}\n  place: online\n---\n\n# {}\n"
    site(
        {
            "blog/posts/past.md": event.format("2025-03-01", "Past"),
            "blog/posts/next.md": event.format("2026-03-01", "Next"),
            "blog/posts/plain.md": "---\ndate: 2025-01-31\n---\n\n# Plain\n",
        }
    )
    result = run("list", "--upcoming", "--format", "json")
    assert [row["title"] for row in json.loads(result.stdout)] == ["Next"]
