"""Templates of the site: what they get, and what a mistake in one of them costs."""

from __future__ import annotations

import pytest

from tests.conftest import INDEX, post

pytestmark = pytest.mark.theme("basic")

COURSE = """\
---
date: 2024-06-18
template: course.html
course:
  name: <b>Intro</b> course
  starts: 2024-09-01
  seats: 20
  topics: [HTML, CSS]
---

# A course

Text
"""
FILES = {
    "index.md": INDEX,
    "blog/posts/course.md": COURSE,
    "blog/posts/other.md": post("# Other\n\nText of the other", date="2024-06-17"),
    "_templates/newsroom/course.html": "<p class=course>{{ view.extra.course.name }}, {{ view.extra.course.starts }}, "
    "{{ view.extra.course.seats + 1 }}, {{ view.extra.course.topics|join('+') }}, {{ view.extra.nothing }}</p>{{ view.body }}",
}
RECENT = "newsroom/sidebars/recent.html"
ENTRY = "_templates/newsroom/partials/entry.html"


def test_keys_that_are_not_ours_are_data(site):
    entry = "<p class=entry>{{ post.extra.course.name if post.extra.course }}</p>"
    built = site({**FILES, ENTRY: entry}, templates_path=["_templates"]).build()
    assert built.warnings == []
    shown = built.soup("blog/2024/06/18/a-course").select_one(".course")
    assert shown.get_text() == "<b>Intro</b> course, 2024-09-01, 21, HTML+CSS, "
    assert shown.find("b") is None
    assert [entry.get_text() for entry in built.soup("blog").select(".entry")] == ["<b>Intro</b> course", ""]

    changed = COURSE.replace("seats: 20", "seats: 21").replace("Intro", "Advanced")
    after = built.write({"blog/posts/course.md": changed}).build().snapshot()
    assert ", 22, " in built.text("blog/2024/06/18/a-course")
    assert after == built.build(fresh=True).snapshot()


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_mistake_in_a_template_is_said_with_its_line_and_the_site_is_built(site):
    wrong = {
        "_templates/newsroom/course.html": "<p>\n{{ view.extra.nothing.name }}</p>",
        ENTRY: "<p>\n\n{% if post %}</p>",
        "_templates/newsroom/post.html": '{% include "newsroom/partials/none.html" %}',
        "_templates/newsroom/partials/post_meta.html": "\n{{ 1 / 0 }}",
        "_templates/newsroom/overview.html": "{{ pathto() }}",
    }
    built = site({**FILES, **wrong}, templates_path=["_templates"]).build()
    expected = {
        f"_templates/newsroom/{place}: WARNING: {message}; the template of the extension is shown in its place. "
        "[newsroom.template]"
        for place, message in (
            ("course.html:2", "newsroom/course.html cannot be used: 'dict object' has no attribute 'nothing'"),
            ("post.html:1", "newsroom/post.html cannot be used: there is no template 'newsroom/partials/none.html'"),
        )
    }
    assert expected <= set(built.warnings)
    assert len(built.warnings) == len(set(built.warnings)) == 4
    [syntax] = [line for line in built.warnings if "entry.html" in line]
    assert syntax.startswith(
        "_templates/newsroom/partials/entry.html:3: WARNING: newsroom/partials/entry.html cannot be"
    )
    assert "TypeError" in next(line for line in built.warnings if "overview.html:1" in line)
    assert "Text of the other" in built.soup("blog/2024/06/17/other").select_one("article").get_text()
    assert built.titles("blog") == ["A course", "Other"]
    assert built.soup("blog/2024/06/18/a-course").h1 is not None

    # It is said until it is fixed, and then nothing of it is left.
    assert set(built.build().warnings) == set(built.build(jobs=2).warnings) | expected
    fixed = dict.fromkeys(wrong) | {"_templates/newsroom/course.html": FILES["_templates/newsroom/course.html"]}
    after = built.write(fixed).build().snapshot()
    assert built.warnings == []
    assert after == built.build(fresh=True).snapshot()


def test_mistakes_in_templates_of_sidebars_and_of_sphinx_end_no_build(site):
    wrong = {
        f"_templates/{RECENT}": "<p>\n{{ nothing.name }}</p>",
        "_templates/newsroom/sidebars/tags.html": "\n\n{% if %}",
        "_templates/page.html": '{% extends "!page.html" %}\n{% block body %}{{ 1 / 0 }}{% endblock %}',
        "_templates/layout.html": '{% extends "!layout.html" %}\n\n{% block footer %}{{ nothing.at.all }}{% endblock %}',
    }
    sidebars = {"**": [f"newsroom/sidebars/{name}.html" for name in ("recent", "tags", "categories")]}
    files = {"index.md": INDEX, "blog/posts/a.md": post("# A\n\nText", tags=["x"], categories=["y"])}
    built = site({**files, **wrong}, templates_path=["_templates"], html_sidebars=sidebars, html_theme="alabaster")
    built.build()
    ours = "the template of the extension is shown in its place. [newsroom.template]"
    sphinx = "the template of Sphinx is shown in its place. [newsroom.template]"
    said = {
        f"_templates/{RECENT}:2: WARNING: {RECENT} cannot be used: 'nothing' is undefined; {ours}",
        "_templates/page.html:2: ERROR: page.html cannot be used: ZeroDivisionError: division by zero; " + sphinx,
        f"_templates/layout.html:3: ERROR: layout.html cannot be used: 'nothing' is undefined; {sphinx}",
    }
    assert said <= set(built.warnings)
    assert [line for line in set(built.warnings) - said if "sidebars/tags.html:3: WARNING: " not in line] == []
    assert built.app.statuscode == 1
    for url in ("/", "/blog/", "/blog/2024/06/18/a/"):
        shown = [part.get_text(" ", strip=True) for part in built.soup(url).select(".newsroom-sidebar")]
        assert len(shown) == 3, url
    assert set(built.build(jobs=2).warnings) == set(built.warnings)
    # Nothing of it is left when they are fixed.
    after = built.write(dict.fromkeys(wrong)).build().snapshot()
    assert built.warnings == []
    assert after == built.build(fresh=True).snapshot()
