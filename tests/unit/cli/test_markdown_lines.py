"""Lines of Markdown without their code: the same code that a parser of CommonMark finds."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from sphinxext.newsroom.cli.markdown_lines import lines_without_code, numbered_lines


@pytest.mark.parametrize(
    "line",
    [
        "a `b` c",
        "``a ` b`` c",
        "`` a`b `` c `d`",
        "a ``b` c",
        "`a`` b `c",
        "`a`` b` c",
        "a `b",
        "` a `` b `` c",
        "a ```b`` c``` d",
    ],
)
def test_code_in_a_line_is_that_of_commonmark(line):
    (inline,) = (token for token in MarkdownIt("commonmark").parse(line) if token.type == "inline")
    text = "".join(token.content for token in inline.children if token.type == "text")
    assert list(lines_without_code(line)) == [(1, text)]


def test_fences_belong_to_the_code():
    text = "a\n```python\nb\n~~~\n``\n````\nc\r\n  ~~~\nd\n```\n~~~\ne"
    assert [(number, line) for number, line, is_code in numbered_lines(text, 5) if not is_code] == [
        (5, "a"),
        (11, "c"),
        (16, "e"),
    ]
    assert list(lines_without_code("~~~\na\n~~~~\nb `c`\n", 3)) == [(6, "b ")]


@pytest.mark.parametrize(
    "text",
    [
        "```a``` b\n\nc\n",
        "```\na\n```b\nc\n```\n\nd\n",
        "~~~ a`b\nc\n~~~\n\nd\n",
        "```\na\n~~~\n``\n````  \nb\n",
    ],
)
def test_blocks_of_code_are_those_of_commonmark(text):
    blocks = [token.map for token in MarkdownIt("commonmark").parse(text) if token.type == "fence" and token.map]
    expected = {number for start, end in blocks for number in range(start + 1, end + 1)}
    assert {number for number, _line, is_code in numbered_lines(text) if is_code} == expected


def test_a_fence_that_is_never_closed_makes_the_rest_code():
    assert [is_code for _number, _line, is_code in numbered_lines("a\n```\nb\n")] == [False, True, True]
