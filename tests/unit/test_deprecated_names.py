"""Old names of templates, classes and keys, without building a site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, TemplateNotFound

from sphinxext.newsroom.pages.deprecated_names import OldKeys, TemplateLoader
from sphinxext.newsroom.pages.jinja import OWN

ENVIRONMENT = Environment(autoescape=True)
OLD, NEW = "newsroom/partials/facts.html", "newsroom/partials/post_meta.html"


def loader(**templates: str) -> TemplateLoader:
    # As of an extension that has templates in memory; such a loader has no folders.
    bridge = SimpleNamespace(loaders=[DictLoader(templates), FileSystemLoader(OWN)])
    app: Any = None
    return TemplateLoader(bridge, OWN, app)


@pytest.mark.parametrize("asked", [OLD, NEW])
@pytest.mark.parametrize(
    ("templates", "expected"),
    [({OLD: "old"}, "old"), ({NEW: "new"}, "new"), ({OLD: "old", NEW: "new"}, "new")],
    ids=["old", "new", "both"],
)
def test_a_template_of_the_site_is_found_by_either_name(asked, templates, expected):
    assert loader(**templates).get_source(ENVIRONMENT, asked)[0] == expected


def test_without_a_template_of_the_site_both_names_are_ours():
    old, new = (loader().get_source(ENVIRONMENT, name) for name in (OLD, NEW))
    assert old[:2] == new[:2]
    assert 'class="newsroom-meta newsroom-facts"' in new[0]


@pytest.mark.parametrize("name", ["layout.html", "newsroom/course.html"])
def test_other_templates_are_left_to_other_loaders(name):
    with pytest.raises(TemplateNotFound):
        loader().get_source(ENVIRONMENT, name)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p class="newsroom-facts own">', '<p class="newsroom-facts newsroom-meta own">'),
        ("<p class='newsroom-facts'>", "<p class='newsroom-facts newsroom-meta'>"),
        ('<p class="newsroom-facts-of-mine">', '<p class="newsroom-facts-of-mine">'),
        ('<p id="newsroom-facts">', '<p id="newsroom-facts">'),
        ("<style>.newsroom-facts {}</style>", "<style>.newsroom-facts {}</style>"),
    ],
)
def test_old_classes_in_templates_of_the_site_get_the_new_ones_beside_them(source, expected):
    assert loader(**{NEW: source}).get_source(ENVIRONMENT, NEW)[0] == expected


def test_old_keys_are_read_and_reported():
    reported = []
    data = OldKeys({"has_more": True, "title": "A"}, lambda *names: reported.append(names))
    assert (data["more"], data["title"]) == (True, "A")
    assert reported == [("more", "has_more")]
    for unknown in ("ways", "nothing"):
        with pytest.raises(KeyError):
            data[unknown]
    assert len(reported) == 1
