"""Feeds that ABlog's ``blog_feed_templates`` names, with entries that its templates make."""

from __future__ import annotations

import feedparser
import pytest

from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

HASHTAGS = "{{ title }}{% for tag in post.tags %} #{{ tag.name|trim()|replace(' ', '') }}{% endfor %}"
TEMPLATES = {
    "atom": {},
    "social": {"title": "{{ blog.blog_title }}: {{ title }}", "summary": "{{ post_url }}", "content": HASHTAGS},
}


def files(**front_matter: object) -> dict[str, str | bytes]:
    labels = {"tags": ["Open House", "courses"], "categories": ["News"], **front_matter}
    return {
        "blog/posts/a.md": post("# A `<b>` & great *course*\n\nText of A.", **labels),
        "notes/b.rst": "B\n=\n\n.. post:: 2024-01-02\n\nText of B.\n",
    }


def entries(built, url: str):
    return feedparser.parse(built.text(url)).entries


def test_each_name_has_a_feed_of_its_entries(site):
    built = site(files(), blog_feed_templates=TEMPLATES, blog_feed_fulltext=True).build()
    assert built.warnings == []
    feeds = {name for name in built.snapshot() if name.endswith(".xml")}
    assert feeds == {f"blog/{folder}{name}.xml" for folder in ("", "category/news/") for name in TEMPLATES}
    usual, b = entries(built, "/blog/atom.xml")
    assert usual.title == "A <b> & great course"
    assert [(tag.term, tag.label) for tag in usual.tags] == [
        ("News", "News"),
        ("OpenHouse", "Open House"),
        ("courses", "courses"),
    ]
    made, of_b = entries(built, "/blog/social.xml")
    assert (made.id, made.updated, made.tags) == (usual.id, usual.updated, usual.tags)
    assert made.title == f"Blog: {usual.title}"
    assert made.summary == usual.link == "https://node.example/blog/2024/06/18/a---great-course/"
    assert (of_b.title, of_b.summary, of_b.content[0].value) == ("Blog: B", b.link, "B")
    # Posts cannot inject markup into the output of a template.
    assert "A &amp;lt;b&amp;gt;" in built.text("/blog/social.xml")
    assert made.content[0].value.endswith("great course #OpenHouse #courses")


def test_content_of_a_template_keeps_the_markup_of_the_post(site):
    templates = {
        "long": {"content": "{{ content }}<p>{{ feed_title }} {{ feed_entry.title() }} {{ post.date.year }}</p>"}
    }
    built = site(files(), blog_feed_templates=templates, blog_feed_archives=True).build()
    assert built.warnings == []
    _, b = entries(built, "/blog/long.xml")
    assert b.content[0].value.endswith("<p>Text of B.</p>\n</section><p>Blog: long B 2024</p>")
    # What a template says may differ from feed to feed.
    [entry] = entries(built, "/blog/tag/courses/long.xml")
    assert "<p>Blog: courses: long A" in entry.content[0].value
    assert not (built.out / "blog/atom.xml").exists()


def test_they_follow_the_posts(site):
    templates = {"summary": "", "content": "{{ feed_posts|length }} {{ post.next or '-' }}"}
    conf = {"blog_feed_templates": {"social": templates}}
    made = site(files(), **conf).build()
    made.write({"blog/posts/c.md": post("# C\n\nText.", date="2025-01-01")}).build()
    a = entries(made, "/blog/social.xml")[1]
    assert a.content[0].value == "3 C"
    incremental = made.snapshot()
    assert incremental == made.build(fresh=True).snapshot()
    # A text that the templates do not show is not in the feed.
    file = made.file("/blog/social.xml")
    before = file.stat().st_mtime_ns
    made.write({"notes/b.rst": "B\n=\n\n.. post:: 2024-01-02\n\nAnother text of B.\n"}).build()
    assert "Another" in made.text("/notes/b/")
    assert file.stat().st_mtime_ns == before
    made.write({"notes/b.rst": "Bee\n===\n\n.. post:: 2024-01-02\n\nAnother text of B.\n"}).build()
    assert "Bee" in made.text("/blog/social.xml")


def test_a_template_that_fails_is_reported_and_the_usual_text_stands(site):
    made = site(files(), blog_feed_templates={"social": {"content": "{{ 1 / 0 }}", "title": "{{ nothing.more }}"}})
    for _ in range(2):
        built = made.build()
        assert len(built.warnings) == 2
        assert all("[newsroom.feed]" in warning and "blog_feed_templates" in warning for warning in built.warnings)
    assert [entry.title for entry in entries(built, "/blog/social.xml")][1] == "B"


def test_its_path_may_be_taken(site):
    conf = {
        "blog_feed_templates": {"feed": {}},
        "newsroom_feed_files": {"rss": "feed.xml"},
        "newsroom_feed_catalogs": [],
    }
    built = site(files(), **conf).build()
    assert [
        warning for warning in built.warnings if "blog_feed_templates: 'blog/feed.xml'" in warning
    ] == built.warnings
    assert feedparser.parse(built.text("/blog/feed.xml")).version == "rss20"


@pytest.mark.parametrize(
    "value",
    [
        ["social"],
        {"social": None},
        {5: {}},
        {"../social": {}},
        {"a/b": {}},
        {"social": {"link": "x"}},
        {"social": {"title": 5}},
        {"social": {"title": "{{ title"}},
        {"social": {"title": "{% for %}"}},
    ],
    ids=str,
)
def test_what_is_no_template_is_reported(site, value):
    built = site(files(), blog_feed_templates=value).build()
    ours = [warning for warning in built.warnings if "[newsroom.config]" in warning]
    assert len(ours) == 1
    assert "blog_feed_templates = " in ours[0]
    assert len(entries(built, "/blog/atom.xml")) == 2
    assert {name for name in built.snapshot() if name.endswith(".xml")} == {
        "blog/atom.xml",
        "blog/category/news/atom.xml",
    }
