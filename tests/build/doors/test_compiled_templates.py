"""Compiled templates are kept between builds, and change nothing."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from sphinxext.newsroom.build.doors.compiled_templates import CompiledTemplates
from tests.conftest import post


def environment(folder, source="{{ 1 + 1 }}", **options):
    made = Environment(loader=DictLoader({"page.html": source}), **options)  # noqa: S701 - nothing to escape
    made.bytecode_cache = CompiledTemplates(folder, made)
    return made


def kept(folder):
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


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="flipped"),
        pytest.param(lambda _content: b"", id="empty"),
    ],
)
def test_what_is_damaged_is_compiled_again(tmp_path, monkeypatch, damage):
    environment(tmp_path).get_template("page.html")
    (file,) = kept(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    assert compiles(environment(tmp_path), monkeypatch) == 1
    assert compiles(environment(tmp_path), monkeypatch) == 0


def test_nothing_is_kept_where_there_is_no_room(tmp_path, monkeypatch):
    (tmp_path / "templates").write_text("in the way", encoding="utf-8")
    assert compiles(environment(tmp_path), monkeypatch) == 1


def test_pages_are_the_same_with_and_without(site, monkeypatch):
    made = site({"blog/posts/a.md": post("# First\n\nText."), "blog/posts/b.md": post("# Second\n\nText.")})
    first = made.build().snapshot()
    with monkeypatch.context() as patch:
        patch.setattr(CompiledTemplates, "load_bytecode", lambda *_: None)
        assert made.build(fresh=True).snapshot() == first
    made.write({"blog/posts/a.md": post("# Other\n\nText.")}).build()
    made.write({"blog/posts/a.md": post("# First\n\nText.")}).build()
    assert made.snapshot() == first
