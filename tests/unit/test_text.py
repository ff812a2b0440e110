"""What somebody wrote into a field changes nothing but itself."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\ttext\nin two lines", "plain\ttext\nin two lines"),
        ("a\x00b\x1bc\x7fd\x85e\ufffef\U0001ffffg\ud800h", "abcdefgh"),
        ("\u200fשל", "\u200fשל"),
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u202eabc\u202c d", "\u202eabc\u202c d"),
        ("a\u2067b\u202ec", "a\u2067b\u202ec\u202c\u2069"),
        ("\u2067b\u202ec\u2069 d", "\u2067b\u202ec\u2069 d"),
        ("\u202eb\u2067c\u202c", "\u202eb\u2067c\u202c\u2069\u202c"),
        ("\u202ea\nb", "\u202ea\u202c\nb"),
    ],
)
def test_nothing_reaches_out_of_a_text(text, expected):
    assert sanitize(text) == expected


@given(st.text() | st.text(st.sampled_from("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")))
def test_a_harmless_text_stays_as_it_is(text):
    once = sanitize(text)
    assert sanitize(once) == once
    assert all(unicodedata.category(character) not in {"Cc", "Cs"} or character in "\t\n\r" for character in once)


def test_a_text_can_be_put_on_one_line():
    assert collapse_whitespace(" a\n\tb\u2028c ") == "a b c"


def test_front_matter_is_made_harmless():
    text = '---\ndate: 2024-01-31\ntitle: "a\\0b"\ntags: ["\\u202ex"]\nauthors: [{name: "R\\x1b"}]\nown: "\\x07"\n---\n'
    front_matter, _split, problems = parse(text, path="a.md")
    assert [(problem.line, problem.message.split(" in ")[0]) for problem in problems] == [
        (line, "there are control characters") for line in (3, 5, 6)
    ]
    assert (front_matter.title, front_matter.tags) == ("ab", ("\u202ex\u202c",))
    assert (front_matter.authors[0].name, front_matter.extra) == ("R", {"own": ""})
    fields, _split, _problems = parse(":date: 2024-01-31\n:title: a\x07b\n", path="a.rst")
    assert fields.title == "ab"
