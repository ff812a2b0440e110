"""Names of templates, classes, macros and template data that have changed keep working, and their use is reported."""

from __future__ import annotations

import re

from sphinxext.newsroom.pages import deprecated_names
from sphinxext.newsroom.pages.jinja import OWN
from tests.conftest import ROOT, post

FACTS = """\
{% from "newsroom/partials/macros.html" import labels, time %}
<p class="newsroom-facts own">{{ time(post.created, "dt") }} {{ labels(pathto, post.category) }}</p>
"""
CARD = """\
<article class="newsroom-entry">
<h2>{{ post.title }}</h2>
{{ "more" if post.more else "whole" }} {{ view.look }} {{ post.extra.way }}
{% include "newsroom/partials/facts.html" %}
</article>
"""
LAYOUT = """\
{% extends "!layout.html" %}
{% block footer %}<i id="own">{{ newsroom_post.way[-1][1] if newsroom_post }}</i>{% endblock %}
"""
CSS = """\
.newsroom-entry { color: red }
.newsroom-facts, .newsroom-facts a { color: red }
.newsroom-facts-of-mine, #newsroom-by { color: red }
"""
TEXT = "Text.\n\n<!-- more -->\n\nMore text."
FILES = {
    "blog/posts/a.md": post(f"# First\n\n{TEXT}", categories=["News"], way="mine"),
    "blog/posts/b.md": post(f"# Second\n\n{TEXT}", date="2024-06-19", categories=["News"]),
    "_templates/newsroom/partials/facts.html": FACTS,
    "_templates/newsroom/partials/entry.html": CARD,
    "_templates/newsroom/partials/years.html": "<p id=years>Years</p>",
    "_templates/layout.html": LAYOUT,
    "_static/site.css": CSS,
}
CONF = {
    "templates_path": ["_templates"],
    "html_static_path": ["_static"],
    "html_theme": "alabaster",
    "html_sidebars": {"blog/**": ["newsroom/partials/years.html"]},
}


def renamed(kind, old, new, place=""):
    message = f"the {kind} {old!r} is now called {new!r}; the old name works until 0.3. [newsroom.deprecated]"
    return f"{place}: WARNING: {message}" if place else f"WARNING: {message}"


PARTIALS = "newsroom/partials/"
EXPECTED = [
    renamed("template", f"{PARTIALS}years.html", f"{PARTIALS}archive.html"),
    renamed(
        "template", f"{PARTIALS}years.html", f"{PARTIALS}archive.html", "_templates/newsroom/partials/years.html:1"
    ),
    renamed(
        "template", f"{PARTIALS}facts.html", f"{PARTIALS}post_meta.html", "_templates/newsroom/partials/entry.html:4"
    ),
    renamed(
        "template", f"{PARTIALS}facts.html", f"{PARTIALS}post_meta.html", "_templates/newsroom/partials/facts.html:1"
    ),
    renamed("CSS class", "newsroom-facts", "newsroom-meta", "_templates/newsroom/partials/facts.html:2"),
    renamed("macro", "labels", "terms", "_templates/newsroom/partials/facts.html:1"),
    renamed("CSS class", "newsroom-facts", "newsroom-meta", "_static/site.css:2"),
    renamed("key", "way", "breadcrumbs", "_templates/layout.html:2"),
    renamed("key", "more", "has_more", "_templates/newsroom/partials/entry.html:3"),
    renamed("key", "look", "layout", "_templates/newsroom/partials/entry.html:3"),
]


def test_a_site_with_old_names_is_built_and_told_once_of_each(site):
    built = site(FILES, **CONF).build()
    assert sorted(built.warnings) == sorted(EXPECTED)

    first = built.soup("blog").select(".newsroom-entry")[-1]
    assert first.h2.get_text() == "First"
    # The site's own template with the old name replaces ours, and has the class of the style sheet.
    assert set(first.select_one("p.own")["class"]) == {"newsroom-facts", "newsroom-meta", "own"}
    assert first.select_one("p.own a.p-category").get_text() == "News"
    assert " ".join(first.get_text().split()).startswith("First more list mine")
    assert built.soup("blog/2024/06/18/first").select_one("#own").get_text() == "Blog"
    assert built.soup("blog/2024/06/18/first").select_one(".sphinxsidebar #years") is not None


def test_renaming_the_files_of_a_site_is_as_good_as_writing_them_anew(site):
    built = site(FILES, **CONF).build()
    old, new = "_templates/newsroom/partials/facts.html", "_templates/newsroom/partials/post_meta.html"
    built.write({old: None, new: FACTS.replace("newsroom-facts own", "new")}).build()
    assert built.soup("blog").select(".newsroom-entry .new")
    assert built.snapshot() == built.build(fresh=True).snapshot()
    assert not [line for line in built.warnings if "facts.html:" in line]


def test_elements_have_the_old_classes_beside_the_new_ones(site):
    built = site({"blog/posts/a.md": FILES["blog/posts/a.md"], "blog/posts/b.md": FILES["blog/posts/b.md"]}).build()
    assert built.warnings == []
    pages = [
        built.soup(url) for url in ("blog", "blog/category", "blog/archive", "blog/subscribe", "blog/2024/06/18/first")
    ]
    for new, old in (("nav", "ways"), ("meta", "facts"), ("term", "collection"), ("prev-next", "neighbours")):
        found = {
            name: [element for page in pages for element in page.select(f".newsroom-{name}")] for name in (new, old)
        }
        assert found[new] == found[old] != [], new


def test_every_new_name_is_that_of_something():
    own = [file.relative_to(OWN).as_posix() for file in OWN.rglob("*.html")]
    assert set(deprecated_names.TEMPLATES.values()) <= set(own)
    assert not set(deprecated_names.TEMPLATES) & set(own)
    text = "\n".join((OWN / name).read_text(encoding="utf-8") for name in own)
    used = set(re.findall(r"newsroom-[a-z-]+", text))
    assert set(deprecated_names.CLASSES.values()) <= used
    assert not set(deprecated_names.CLASSES) & used
    macros = set(re.findall(r"macro (\w+)", (OWN / deprecated_names.MACRO_FILE).read_text(encoding="utf-8")))
    assert set(deprecated_names.MACROS.values()) <= macros
    assert not set(deprecated_names.MACROS) & macros
    css = (ROOT / "sphinxext/newsroom/static/newsroom.css").read_text(encoding="utf-8")
    assert not set(re.findall(r"\.(newsroom-[a-z-]+)", css)) & set(deprecated_names.CLASSES)
