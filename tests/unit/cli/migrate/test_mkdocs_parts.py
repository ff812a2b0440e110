"""Colours, variables and the text of conf.py."""

from __future__ import annotations

import ast

import pytest
import yaml

from sphinxext.newsroom.cli.migrate.colours import Palette, read_palette, readable
from sphinxext.newsroom.cli.migrate.conf_text import conf_text
from sphinxext.newsroom.cli.migrate.hosting import Host, find_host, hosting_file
from sphinxext.newsroom.cli.migrate.macros import Delimiters, Macros, find_macros, read_variables


def test_colours_are_readable_in_both_schemes():
    assert readable("#4051b5", "light") == "#4051b5"
    assert readable("#ffec3d", "light") == "#847700"
    assert readable("#336699", "dark") == "#4785c2"
    assert readable("#000000", "dark") == "#808080"


def test_palettes():
    assert read_palette({"palette": {"primary": "deep-purple"}}, []).colours == {
        "light": {"primary": "#7e56c2"},
        "dark": {"primary": "#7e56c2"},
    }
    toggles = [
        {"scheme": "slate", "primary": "custom"},
        {"scheme": "default", "primary": "custom", "accent": "nothing"},
    ]
    found = read_palette({"palette": toggles}, ["a { --md-primary-fg-color : #ABC; }"])
    assert found == Palette(colours={"dark": {"primary": "#aabbcc"}, "light": {"primary": "#aabbcc"}}, default="dark")
    assert read_palette("readthedocs", []) == Palette(colours={})
    assert found.css("sphinx_rtd_theme") == ""
    assert found.theme_options("furo")["dark_css_variables"]["color-brand-primary"] == "#aabbcc"
    assert 'html[data-theme="light"] {\n  --pst-color-primary: ' in found.css("sphinx_book_theme")


def test_conf_is_python_whatever_is_in_it():
    value = {"a": ["x" * 90, 'quote " and \\ and \u2028', None, True, 1.5], "b\n": {"c": ("d",)}, "π": "é"}
    text = conf_text("Intro.", [("Comment.", {"option": value}), ("None.", {})])
    [assignment] = [statement for statement in ast.parse(text).body if isinstance(statement, ast.Assign)]
    assert ast.literal_eval(assignment.value) == {**value, "b\n": {"c": ["d"]}}
    assert "None." not in text
    assert all(line.isprintable() for line in text.splitlines())


VALUES = {"site_name": "Site", "extra": {"release": "2.4", "team": {"mail": "a@b", "phone": 1}, "list": [{"x": "y"}]}}


def macros(text, delimiters=None, **options):
    variables, unread = read_variables(VALUES, options, options.pop("folder", None))
    assert unread == []
    found = Macros()
    find_macros("a.md", text, variables, delimiters or Delimiters(), found)
    return found


def test_variables_that_pages_use_are_taken_and_no_others():
    found = macros("{{ release }} {{team.mail}}\n{{ config.site_name }} {{ list[0].x }} {{- extra.release -}}\n")
    assert found.used == {
        "release": "2.4",
        "team": {"mail": "a@b"},
        "config": {"site_name": "Site"},
        "list": [{"x": "y"}],
        "extra": {"release": "2.4"},
    }
    assert found.lines == []


def test_code_is_reported_with_its_line():
    found = macros(
        "a {{ button() }}\n{% for x in y %}\n`{{ release }}` [x]({{ release }}/a)\n```\n{{ other }}\n{{ release }}\n```\n"
    )
    assert found.used == {}
    assert [(line, text) for _page, line, text, _advice in found.lines] == [
        (1, "{{ button() }}"),
        (2, "{% for x in y %}"),
        (3, "{{ release }}"),
        (3, "{{ release }}"),
        (6, "{{ release }}"),
    ]


def test_other_delimiters():
    options = {"j2_variable_start_string": "[[", "j2_variable_end_string": "]]"}
    delimiters = Delimiters.of(options)
    assert delimiters.for_myst == ("[", "]")
    assert macros("[[ release ]] {{ release }}", delimiters).used == {"release": "2.4"}
    assert Delimiters.of({"j2_variable_start_string": "[[["}).for_myst is None
    assert Delimiters().for_myst is None


@pytest.mark.parametrize("included", [["data.yml"], "data.yml", [{"data": "data.yml"}], {"data": "data.yml"}])
def test_variables_from_files(tmp_path, included):
    (tmp_path / "data.yml").write_text("api: v3\n", encoding="utf-8")
    variables, unread = read_variables(VALUES, {"include_yaml": included}, tmp_path)
    assert unread == []
    assert (variables.get("data") or variables)["api"] == "v3"


def test_variables_from_elsewhere_are_not_read(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.yml").write_text("api: v3\n", encoding="utf-8")
    (tmp_path / "site" / "bad.yml").write_text("a: [\n", encoding="utf-8")
    variables, unread = read_variables(
        VALUES, {"include_yaml": ["../secret.yml", "bad.yml", "gone.yml"]}, tmp_path / "site"
    )
    assert unread == ["../secret.yml", "bad.yml", "gone.yml"]
    assert "api" not in variables


def test_hosts_are_found_by_their_files(tmp_path):
    assert find_host(tmp_path) is Host.GITHUB
    (tmp_path / ".gitlab-ci.yml").touch()
    assert find_host(tmp_path) is Host.GITLAB
    (tmp_path / ".readthedocs.yml").touch()
    assert find_host(tmp_path) is Host.READTHEDOCS
    for host in (Host.GITHUB, Host.GITLAB, Host.READTHEDOCS):
        path, text = hosting_file(host, docs="docs", builder="html")
        assert path
        assert "-b html docs" in text
        assert isinstance(yaml.safe_load(text), dict)
        assert "--against urls.txt" in text
        assert "{" not in text.replace("permissions: {}", "")
    assert hosting_file(Host.NONE, docs="docs", builder="html") == ("", "")
