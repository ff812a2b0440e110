"""Quotation marks become curly as they always do, and texts without any are passed over."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from docutils.utils.smartquotes import educate_tokens
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx.transforms import SphinxSmartQuotes

from sphinxext.newsroom.build.doors.smart_quotes import pass_over_plain_texts
from tests.conftest import post

pass_over_plain_texts()
OURS: Any = SphinxSmartQuotes.get_tokens
ORIGINAL = OURS.__wrapped__
PIECES = st.text(st.sampled_from("ab 1\"'-.`\\&;#46<>\x00…ü\n"), max_size=12)


class Transform:
    def __init__(self, action):
        self.smartquotes_action = action


def curled(get_tokens, pieces, action):
    block = nodes.paragraph()
    for number, piece in enumerate(pieces):
        block.append(nodes.literal("", piece) if number % 4 == 3 else nodes.emphasis("", nodes.Text(piece)))
    texts = list(block.findall(nodes.Text))
    return list(educate_tokens(get_tokens(Transform(action), texts), attr=action, language="en"))


@pytest.mark.parametrize("action", ["qDe", "q", "d", "De", "Bqi", "bw", "1", "2", "-1"])
@settings(max_examples=60)
@given(pieces=st.lists(PIECES, max_size=6))
@example(pieces=["plain", '"quoted"', "and &#46; this", "it's", "&quot;", "...", "a -- b"])
def test_texts_are_the_same(action, pieces):
    assert curled(OURS, pieces, action) == curled(ORIGINAL, pieces, action)


def test_plain_texts_are_passed_over():
    kinds = [kind for kind, _text in OURS(Transform("qDe"), [nodes.Text("One. Two, three!")])]
    assert kinds == ["literal"]


def test_a_page_has_curly_marks(site):
    built = site({"blog/posts/a.md": post('# A "first"\n\nPlain *words* "quoted" -- and so on...')}).build()
    text = " ".join(built.soup("/blog/2024/06/18/a-first/").get_text().split())
    assert "A “first”" in text
    assert "Plain words “quoted” – and so on…" in text
