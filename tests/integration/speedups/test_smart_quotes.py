"""Quotation marks become curly as they always do, and texts without any are skipped."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from docutils.utils.smartquotes import educate_tokens
from hypothesis import example, given
from hypothesis import strategies as st
from sphinx.transforms import SphinxSmartQuotes

from sphinxext.newsroom.speedups.smart_quotes import skip_plain_texts
from tests.conftest import WITH_SPEEDUPS, examples, post

ORIGINAL: Any = SphinxSmartQuotes.get_tokens
OURS: Any = skip_plain_texts(ORIGINAL)
PIECES = st.text(st.sampled_from("ab 1\"'-.`\\&;#46<>\x00…ü\n"), max_size=12)


def transform(action, kind=SphinxSmartQuotes):
    made = kind.__new__(kind)  # without a document
    made.smartquotes_action = action
    return made


def curled(get_tokens, pieces, action):
    block = nodes.paragraph()
    for number, piece in enumerate(pieces):
        block.append(nodes.literal("", piece) if number % 4 == 3 else nodes.emphasis("", nodes.Text(piece)))
    texts = list(block.findall(nodes.Text))
    return list(educate_tokens(get_tokens(transform(action), texts), attr=action, language="en"))


@pytest.mark.parametrize("action", ["qDe", "q", "d", "De", "Bqi", "bw", "1", "2", "-1"])
@examples(40)
@given(pieces=st.lists(PIECES, max_size=6))
@example(pieces=["plain", '"quoted"', "and &#46; this", "it's", "&quot;", "...", "a -- b"])
def test_texts_are_the_same(action, pieces):
    assert curled(OURS, pieces, action) == curled(ORIGINAL, pieces, action)


def test_plain_texts_are_skipped():
    kinds = [kind for kind, _text in OURS(transform("qDe"), [nodes.Text("One. Two, three!")])]
    assert kinds == ["literal"]


def test_a_subclass_gets_the_tokens_that_it_gets_from_sphinx():
    class Own(SphinxSmartQuotes):
        """A transform of a site, which may look at the tokens."""

    texts = [nodes.Text("One. Two, three!")]
    assert list(OURS(transform("qDe", Own), texts)) == list(ORIGINAL(transform("qDe", Own), texts))


def test_a_page_has_curly_marks(site):
    built = site(
        {"blog/posts/a.md": post('# A "first"\n\nPlain *words* "quoted" -- and so on...')}, extensions=WITH_SPEEDUPS
    ).build()
    text = " ".join(built.soup("/blog/2024/06/18/a-first/").get_text().split())
    assert "A “first”" in text
    assert "Plain words “quoted” – and so on…" in text
