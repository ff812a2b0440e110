"""What a small file could ask for without end is refused, with a message, in time that grows with the file."""

from __future__ import annotations

import itertools
import json
import sys

import pytest

from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.content.authors import parse_authors
from sphinxext.newsroom.content.scanner import Candidate, Scanner
from sphinxext.newsroom.front_matter.merge import merge
from sphinxext.newsroom.front_matter.notebooks import NotANotebookError, check_notebook
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.markdown.fences import parse_fence
from sphinxext.newsroom.markdown.snippets import Included, expand_code, read_snippet
from sphinxext.newsroom.utils.limits import (
    MAX_HIGHLIGHTED_LINES,
    MAX_LINE_NUMBER,
    MAX_NOTEBOOK_DEPTH,
    MAX_SNIPPET_DEPTH,
    MAX_YAML_DEPTH,
)
from sphinxext.newsroom.utils.yaml import YamlSourceMap, find_excess, load

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 40)
)
MERGED = "a0: &a0 {k: x, l: x}\n" + "".join(
    f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 10)}]}}\n" for level in range(1, 20)
)
LONG = f"a: &a {'x' * 10_000}\nb: [{', '.join(['*a'] * 2000)}]\n"
EXCESSIVE = {
    "bomb": (BOMB, "no end of items; expected 10,000 at most"),
    "merged": (MERGED, "no end of items; expected 10,000 at most"),
    "long": (LONG, "add 20,000,000 characters; expected 1,000,000 at most"),
    "circle": ("a: &a [*a]\n", "is inside its own anchor"),
    "wide circle": ("a: &a {b: [{c: *a}]}\n", "is inside its own anchor"),
    "deep": ("a: " + "[" * 500 + "]" * 500 + "\n", f"more than {MAX_YAML_DEPTH} levels"),
    "deeper": ("a: " + "[" * 100_000 + "\n", ""),
}


@pytest.mark.parametrize(("text", "message"), EXCESSIVE.values(), ids=EXCESSIVE)
def test_yaml_that_would_be_endless_is_refused_with_a_message(tmp_path, text, message):
    assert load("date: 2024-01-01\n" + text)[0] is None
    [(said, line)] = load("date: 2024-01-01\n" + text, first_line=2)[1]
    assert message in said
    assert line is not None
    front_matter, _, problems = parse(f"---\n{text}---\n\nText\n", path="a.md")
    assert front_matter.extra == {}
    assert message in problems[0].message
    assert message in parse_authors("authors:\n  x: 1\n" + text, path="a.yml")[1][0].message
    (tmp_path / "mkdocs.yml").write_text(text)
    settings, [problem] = read_mkdocs(tmp_path / "mkdocs.yml")
    assert settings.values == {}
    assert message in problem.message
    if message:
        excess = find_excess(text)
        assert excess is not None
        assert message in excess[0]


def test_plain_aliases_are_resolved():
    text = "base: &base {a: 1, b: [1, 2]}\nx: *base\ny: {<<: *base, a: 2}\nz: [*base, *base]\n"
    data, problems = load(text)
    assert problems == ()
    assert data["y"] == {"a": 2, "b": [1, 2]}
    assert find_excess(text) is None
    assert find_excess("a: [") is None


@pytest.mark.parametrize("number", ["1" + ":1" * 50_000, "0x" + "f" * 100_000, "9" * 100_000, "1." + "0" * 100_000])
def test_a_number_that_is_too_long_is_text(number):
    data, problems = load(f"readtime: {number}\n")
    assert data == {"readtime": number}
    assert problems == ()
    front_matter, _, [problem] = parse(f"---\ndate: 2024-01-01\nreadtime: {number}\n---\n", path="a.md")
    assert front_matter.readtime is None
    assert problem.line == 3


@pytest.mark.parametrize(
    "value",
    ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0000-01-01", "10000-01-01"],
)
def test_dates_at_the_ends_of_time_raise_no_error(value):
    text = f"---\ndate: {value}\nupdated: {value}\nannounce_until: {value}\n---\n"
    front_matter, _, problems = parse(text, path="a.md")
    assert front_matter.dates or problems


@pytest.mark.parametrize("value", ["1e99", "1e999", ".inf", "-.inf", ".nan", "0x" + "f" * 60, "-1", "1" * 99])
@pytest.mark.parametrize("key", ["readtime", "pin", "excerpt", "image", "draft", "id", "slug", "title", "tags"])
def test_huge_numbers_in_any_field_raise_no_error(key, value):
    parse(f"---\ndate: 2024-01-01\n{key}: {value}\n---\n", path="a.md")


def test_lists_are_joined_without_comparing_each_with_each():
    class Text(str):
        __slots__ = ()
        compared = 0
        __hash__ = str.__hash__

        def __eq__(self, other):
            Text.compared += 1
            return str.__eq__(self, other)

    below = [Text(f"a{number}") for number in range(1000)]
    merged = merge({"tags": below}, {"tags": [Text(f"b{number}") for number in range(1000)]})
    assert len(merged["tags"]) == 2000
    assert Text.compared < 10_000
    assert merge({"x": [{"a": 1}]}, {"x": [{"a": 1}, {"a": 2}, "b"]}) == {"x": [{"a": 1}, {"a": 2}, "b"]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "levels"),
        ('{"cells": ' + "[" * 300 + "]" * 300 + "}", "levels"),
        ("[]", "list of cells"),
        ('{"cells": 1}', "list of cells"),
        ("no json", "not JSON"),
    ],
)
def test_what_is_no_notebook_is_left_out_with_a_message(tmp_path, text, message):
    with pytest.raises(NotANotebookError, match=message):
        check_notebook(text)
    (tmp_path / "a.ipynb").write_text(text)
    scanner = Scanner(tmp_path, read_rst=read_outline)
    assert scanner.scan([Candidate(path="a.ipynb", declared=False)]) == {}
    assert scanner.unreadable == {"a.ipynb"}
    assert message in scanner.problems[0].message


def test_notebooks_may_be_as_deep_as_notebooks_are():
    metadata: object = "x"
    for _ in range(MAX_NOTEBOOK_DEPTH - 5):
        metadata = [metadata]
    check_notebook(json.dumps({"cells": [], "metadata": metadata}))


def test_snippets_are_not_put_into_themselves_and_add_no_more_than_the_limit():
    included = Included()
    assert included.reject("a.md", "text") == ""
    with included.inside("text"):
        assert "includes itself" in included.reject("other/../a.md", "text")
        for depth in range(MAX_SNIPPET_DEPTH - 1):
            included._open.append(str(depth))
        assert f"{MAX_SNIPPET_DEPTH} snippets around it" in included.reject("b.md", "more")
    assert "1,000,000 characters" in included.reject("c.md", "x" * 1_000_001)
    code, missing = expand_code('--8<-- "a"\n' * 2000, lambda _: "x" * 1000, Included())
    assert len(code) < 1_100_000
    assert "1,000,000 characters" in missing["a"]


def test_numbers_of_lines_are_as_large_as_files_can_be():
    nine = "9" * 5000
    fence = parse_fence(f'py linenums="{nine}" hl_lines="3 1-{nine} {" 1-99999" * 50}"')
    assert fence.first_line == MAX_LINE_NUMBER
    assert len(fence.highlighted) == MAX_HIGHLIGHTED_LINES
    assert fence.highlighted[:3] == (3, 1, 2)
    assert parse_fence('py hl_lines="5-3 2"').highlighted == (2,)


def test_snippets_may_name_lines_that_no_file_has(tmp_path):
    (tmp_path / "a.md").write_text("1\n2\n3\n")
    for lines, found in {f"2:{'9' * 5000}": "2\n3", f"{'9' * 5000}": "", "0:2": "1\n2"}.items():
        snippet = read_snippet(f"a.md:{lines}", bases=[tmp_path], inside=[tmp_path])
        assert snippet is not None
        assert snippet[0] == found


def test_places_of_a_long_front_matter_are_looked_up_and_not_searched():
    count = 3000
    text = "".join(f"k{number}: {number}\n" for number in range(count))
    text += "tags:\n" + "".join(f"- t{number}\n" for number in range(count)) + "- t0\nx: [1]\nx: [2]\n"
    places = YamlSourceMap(text, 2)
    assert places.line("k0") == 2
    calls = itertools.count()
    sys.setprofile(lambda *_: next(calls))
    try:
        for number in range(count):
            assert places.line(f"k{number}") == number + 2
            assert places.item_line(f"t{number}", "tags") == count + 3 + number
    finally:
        sys.setprofile(None)
    assert next(calls) < 100 * count
    assert places.item_line("2", "x") == places.line("x") == 2 * count + 5
    assert places.item_line("none", "tags") == places.line("tags")
