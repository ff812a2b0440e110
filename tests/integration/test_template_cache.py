"""Compiled templates are cached between builds, and change nothing."""

from __future__ import annotations

import sys
from functools import wraps
from types import ModuleType
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from jinja2.ext import Extension
from jinja2.filters import do_lower

from sphinxext.newsroom.pages.template_cache import TemplateCache
from tests.conftest import DEFAULTS, post


def environment(folder, source="{{ 1 + 1 }}", **options):
    made = Environment(loader=DictLoader({"page.html": source}), **options)  # noqa: S701 - nothing to escape
    made.bytecode_cache = TemplateCache(folder)
    return made


def cached(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file())


def compiles(made, monkeypatch):
    """Return what is compiled when a template is shown."""
    compiled = []
    original = made._generate

    def count(*given, **named):
        compiled.append(1)
        return original(*given, **named)

    monkeypatch.setattr(made, "_generate", count)
    assert made.get_template("page.html").render() == "2"
    return len(compiled)


def test_a_template_is_compiled_once(tmp_path, monkeypatch):
    assert compiles(environment(tmp_path), monkeypatch) == 1
    assert compiles(environment(tmp_path), monkeypatch) == 0


def test_a_template_that_has_changed_is_compiled_again(tmp_path, monkeypatch):
    environment(tmp_path).get_template("page.html")
    assert compiles(environment(tmp_path, "{{ 4 - 2 }}"), monkeypatch) == 1


def test_other_extensions_of_jinja_have_other_files(tmp_path, monkeypatch):
    environment(tmp_path).get_template("page.html")
    assert compiles(environment(tmp_path, extensions=["jinja2.ext.do"]), monkeypatch) == 1


def own(value):
    return f"own {value}"


@wraps(do_lower)
def disguised(value):
    return f"own {value}"


class OwnExtension(Extension):
    """An extension of a site."""


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.filters.update(own=own),
        lambda made: made.filters.update(upper=own),
        lambda made: made.filters.update(upper=disguised),
        lambda made: made.tests.update(own=own),
        lambda made: made.add_extension(OwnExtension),
        lambda made: setattr(made, "finalize", own),
        lambda made: setattr(made, "autoescape", own),
        lambda made: made.policies.update({"json.dumps_function": own}),
    ],
    ids=["filter", "replaced filter", "decorated filter", "test", "extension", "finalize", "autoescape", "policy"],
)
def test_nothing_is_cached_where_a_site_changes_what_templates_are_compiled_to(tmp_path, change):
    made = environment(tmp_path)
    change(made)
    made.get_template("page.html")
    assert cached(tmp_path) == []


def test_nothing_is_read_from_the_cache_where_a_site_has_replaced_a_filter(tmp_path):
    source = "{{ 'A' | lower }}"
    assert environment(tmp_path, source).get_template("page.html").render() == "a"
    assert len(cached(tmp_path)) == 1
    made = environment(tmp_path, source)
    made.filters["lower"] = own
    assert made.get_template("page.html").render() == "own A"
    made = environment(tmp_path, source)
    made.filters["lower"] = made.filters["upper"]  # another one of Jinja's
    assert made.get_template("page.html").render() == "A"


def test_other_settings_of_jinja_have_other_files(tmp_path):
    source = "{{ '<a>' | e }}\n{% if true %}\nb{% endif %}"
    assert environment(tmp_path, source).get_template("page.html").render() == "&lt;a&gt;\n\nb"
    assert environment(tmp_path, source, trim_blocks=True).get_template("page.html").render() == "&lt;a&gt;\nb"


def test_a_filter_that_a_site_changes_shows_its_new_value(site, monkeypatch):
    layout = "{% extends '!layout.html' %}{% block footer %}<i id='mark'>{{ 'v' | mark }}</i>{% endblock %}"
    files = {"_templates/layout.html": layout, "blog/posts/a.md": post("# First\n\nText.")}
    conf = {"extensions": [*DEFAULTS["extensions"], "own_filter"], "templates_path": ["_templates"]}
    made = site(files, html_theme="alabaster", **conf)
    made.shares_work = False  # which includes templates
    for number in "12":

        def add_filter(app, number=number):
            app.builder.templates.environment.filters["mark"] = lambda text: text + number

        extension: Any = ModuleType("own_filter")
        extension.setup = lambda app, add=add_filter: app.connect("builder-inited", add) and {}
        monkeypatch.setitem(sys.modules, extension.__name__, extension)
        made.write({"index.md": f"# Home {number}\n\n```{{toctree}}\nblog/index\n```\n"}).build()
        assert made.soup("/").select_one("#mark").get_text() == f"v{number}"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="flipped"),
        pytest.param(lambda _content: b"", id="empty"),
    ],
)
def test_a_damaged_file_is_compiled_again(tmp_path, monkeypatch, damage):
    environment(tmp_path).get_template("page.html")
    (file,) = cached(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert compiles(environment(tmp_path), monkeypatch) == 1
    assert compiles(environment(tmp_path), monkeypatch) == 0


def test_nothing_is_cached_where_there_is_no_room(tmp_path, monkeypatch):
    (tmp_path / "templates").write_text("in the way", encoding="utf-8")
    assert compiles(environment(tmp_path), monkeypatch) == 1


def test_pages_are_the_same_with_and_without(site, monkeypatch):
    made = site({"blog/posts/a.md": post("# First\n\nText."), "blog/posts/b.md": post("# Second\n\nText.")})
    made.shares_work = False  # which includes templates
    first = made.build().snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(TemplateCache, "load_bytecode", lambda *_: None)
        assert made.build(fresh=True).snapshot() == first
    made.write({"blog/posts/a.md": post("# Other\n\nText.")}).build()
    made.write({"blog/posts/a.md": post("# First\n\nText.")}).build()
    assert made.snapshot() == first
