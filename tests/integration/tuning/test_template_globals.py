"""Global names of templates are those of Jinja."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from sphinxext.newsroom.tuning.template_globals import Globals, read_globals_directly
from tests.conftest import post

TEMPLATES = {
    "page.html": "{{ word }}{% include 'part.html' %}{% from 'macros.html' import shown with context %}{{ shown() }}",
    "part.html": "-{{ word }}{{ range(2) | list }}",
    "macros.html": "{% macro shown() %}+{{ word }}{% endmacro %}",
}


def environments():
    for change in (lambda _environment: None, read_globals_directly):
        made = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
        change(made)
        yield made


@pytest.mark.parametrize("own", [None, {}, {"word": "own"}, {"other": 1}])
def test_templates_are_the_same(own):
    shown = []
    for made in environments():
        made.globals["word"] = "one"
        # Jinja puts more names into the dictionary that it is given.
        first = made.get_template("page.html", globals=None if own is None else own.copy()).render()
        made.globals["word"] = "two"  # a later change is seen
        second = made.get_template("page.html", globals={"word": "late"}).render()
        shown.append((first, second, made.get_template("part.html").render(word="three")))
    assert shown[0] == shown[1]


def test_both_dictionaries_are_asked():
    names = Globals({"a": 1}, {"a": 2, "b": 3})
    assert (dict(names), set(names), len(names)) == ({"a": 1, "b": 3}, {"a", "b"}, 2)
    names.maps[0].clear()
    assert (dict(names), list(names), names.get("c")) == ({"a": 2, "b": 3}, ["a", "b"], None)
    with pytest.raises(KeyError):
        names["c"]


def test_the_templates_of_a_site_have_them(site):
    built = site({"blog/posts/a.md": post("# First\n\nText.")}).build()
    template = built.app.builder.templates.environment.get_template("page.html")
    assert isinstance(template.globals, Globals)
