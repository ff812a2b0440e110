"""The outline of a reStructuredText file is what docutils makes of the file."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.front_matter.rst_outline import RstOutline
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from tests.conftest import examples

QUIET = {"report_level": 5, "halt_level": 6, "warning_stream": False, "doctitle_xform": False, "docinfo_xform": False}
LINES = st.sampled_from(
    [
        "",
        "",
        "Title",
        "Go",
        "==",
        "=====",
        "-----",
        "@@@@@",
        "::",
        "Text::",
        "  indented",
        "- item",
        "1. one",
        "a) b",
        ":date: 2024-01-31",
        ":a b:",
        ".. comment",
        ".. _label:",
        "__ target",
        ">>> code",
        "> quoted",
        "====  ===",
        "..",
        "-v",
        "+---+",
        "日本",
        "日本語です",
        ".. note::",
        "   text",
        "term",
        "----",
        "=",
        "xxxxxxxxxxxxxxxxxxxxxxx",
    ]
)


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        ("", RstOutline()),
        (":date: 1\n:title: A\n\nText.\n", RstOutline(top=range(2))),
        (":date: 1\n\nA\n=\n\nText.\n", RstOutline(top=range(1), title="A")),
        ("A\n=\n:date: 1\n:tags: a,\n   b\n\n:pin: yes\nText\n", RstOutline(title="A", below_title=range(2, 7))),
        (":orphan:\n\nA\n=\n\n:date: 1\n", RstOutline(top=range(1), title="A", below_title=range(5, 6))),
        (".. _a:\n\n:date: 1\n\n.. c\n\n:tags: a\n", RstOutline(top=range(2, 3))),
        ("Text.\n\n:date: 1\n\nA\n=\n", RstOutline(title="A")),
        ("A\n=\n\nText.\n\n:date: 1\n", RstOutline(title="A")),
        ("A\n=\n\nB\n-\n\n:date: 1\n", RstOutline(title="A")),
        ("+---+\n| a |\n+---+\n\nA\n=\n", RstOutline(title="A")),
        ("===  ===\na    b\n===  ===\n\nA\n=\n", RstOutline(title="A")),
    ],
)
def test_the_outline_has_the_title_and_the_fields_around_it(text, outline):
    assert read_outline(text) == outline


@given(st.lists(LINES, max_size=12).map("\n".join))
@examples(60)
def test_the_title_is_that_of_docutils(text):
    document = publish_doctree(text, settings_overrides=QUIET)
    section = next(iter(document.findall(nodes.section)), None)
    expected = "" if section is None else str(getattr(section[0], "rawsource", "")).split("\n")
    assert read_outline(text).title in expected
    assert bool(read_outline(text).title) == (section is not None)


@given(st.text(max_size=60))
@examples(40)
def test_any_text_has_an_outline(text):
    assert read_outline(text.replace("\r", "\n")) is not None


def test_no_directive_is_run(tmp_path):
    secret = tmp_path / "secret.rst"
    secret.write_text("Title\n=====\n")
    assert read_outline(f".. include:: {secret}\n\nOwn\n---\n").title == "Own"
