"""Posts that are broken, hostile or very long: read all the same, in steps that grow with the text and no faster."""

from __future__ import annotations

import itertools
import random
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.markdown.grammar import enable, myst_extensions
from sphinxext.newsroom.markdown.snippets import Included
from sphinxext.newsroom.markdown.syntax_hints import Presence
from tests.conftest import examples, post
from tests.markdown_cases import EXTENSIONS, read_cases

PARSED = SimpleNamespace(
    extensions=parse_markdown_extensions(EXTENSIONS),
    knows_icon=lambda _: False,
    read_snippet=lambda _: None,
    included=Included(),
)
BEFORE = ("", "\n", "\n\n", "\n    ", "\n\n    ", "\n\n        ", "\n- ", "\n1. ", "\n> ", "\n\t", " ", "\r\n")
# What constructs begin with, hold and end with.
PIECES = (
    *('!!! note "T"', "??? tip", '=== "A"', "/// note | T", "///", "/// tab | A", "/// define", "/// figure-caption"),
    *(
        "<div markdown>",
        "</div>",
        "<figure markdown>",
        "<p>",
        "<br>",
        "<!-- c -->",
        "{ .x #y }",
        "{: a=b }",
        "```",
        "``` { .py }",
    ),
    *(
        "~~~",
        "# (1)!",
        "[a](b c)",
        "![a](b.svg#only-dark)",
        "[a] [b]",
        "[a]: b",
        "[[a]]",
        "[^1]",
        "[^1]:",
        "*[a]: b",
        "a",
        "a b",
    ),
    *(
        "==",
        "^^",
        "~~",
        "^",
        "~",
        "++",
        "++ctrl+c++",
        "{++",
        "++}",
        "{--a--}",
        "{~~a~>b~~}",
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
    ),
    *(
        ":smile:",
        ":material-x:",
        "#!py x",
        "`",
        "**",
        "*",
        "粗体。**后",
        "https://a.b/c_d",
        "www.a.bc",
        "a@b.cd",
        "1/2",
        "1st",
    ),
    *(
        "| a | b |\n|---|---|\n| `a|b` | c |",
        ":   def",
        "- [x] a",
        "---",
        "===",
        "#H",
        "1) a",
        "{{ a }}",
        "[x][a.b]",
        "   ",
    ),
)
UNITS = (
    *("!!! note\n    a\n\n", '=== "a"\n    b\n\n', "<div markdown>\n\n", "==a ^^b ", "\\[a\n", "[a](b c ", "x{ .a"),
    *(
        "++a",
        ":a",
        "/// note\n",
        "/// note\na\n///\n\n",
        "![a](b)\n/// caption\nc\n///\n\n",
        "{++a ",
        "{~~a~>",
        "[[a ",
        "[a] [b] ",
    ),
    *(
        "[^a]:\n  b\n\n",
        "#a\n\n",
        "   -  a\n\n   b\n\n",
        "   1.  a\n",
        "| `a|b` | c |\n",
        "**a。**b ",
        "(**a",
        "1/2 1st ",
        "www.a.bc ",
    ),
    *(
        "<p>a\n",
        "</div>\n",
        "- a\n\n    !!! note\n        b\n\n",
        "> ??? note\n>     a\n\n",
        "``` { .py\n",
        "`a ",
        "$a ",
        "a^",
        "*[a",
        "\\begin{a}\n",
        "\\begin{a} b\n",
        "://",
        "http://",
        "[",
        "(a)=\n",
    ),
)

HOSTILE = {
    "crlf": '!!! note "A"\r\n\r\n    - b\r\n\r\n        === "C"\r\n\r\n            d\r\n',
    "tabs": '!!! note\n\n\t- a\n\n\t\t=== "T"\n\n\t\t\tb\n',
    "unclosed": '!!! note\n    ```py\n    x\n\n<div markdown>\n\n    ==a **b `c\n\n=== "x"\n',
    "deep": "".join("    " * depth + "!!! note\n" for depth in range(300)),
    "divs": "<div markdown>\n" * 200 + "a\n" + "</div>\n" * 200,
    "empty": '!!! note\n!!! note\n??? a\n=== ""\n===\n<p markdown></p>\n![]( )\n[]()\n{: }\n:::\n++++\n====\n',
    "script": '!!! note "<script>a</script>"\n    ==<b>==\n\n`x`{ onclick="a()" .\'"><script> }',
    "braces": "{: .a " * 500,
    "quote": "> !!! note\n>     a\n> b\n\n- ??? tip\n      c\n  d",
    "footnote": 'a[^1]\n\n[^1]:\n    !!! note\n        b\n\n    === "T"\n        c',
}


def test_nothing_breaks_the_build(site):
    files = {f"blog/posts/{name}.md": post(f"# {name}\n\n{body}", slug=name) for name, body in HOSTILE.items()}
    built = site(files, newsroom_markdown_extensions=EXTENSIONS).build()
    assert len([url for url in built.urls() if url.startswith("blog/2024/06/18/")]) == len(HOSTILE)
    assert built.soup("blog/2024/06/18/crlf").select_one(".admonition .newsroom-tab p").get_text() == "d"
    assert built.soup("blog/2024/06/18/tabs").select_one(".admonition .newsroom-tab p").get_text() == "b"
    assert built.soup("blog/2024/06/18/quote").select("blockquote .admonition, li details")


def parser(text):
    """Return a parser with every construct that a text may hold."""
    presence = Presence.of(text)
    config = MdParserConfig(enable_extensions=myst_extensions(PARSED.extensions, presence))
    md = create_md_parser(config, SphinxRenderer)
    enable(md, PARSED, presence)  # type: ignore[arg-type]
    return md


def steps(text: str) -> int:
    """Return how many functions are called while a text is parsed, which is the same on every machine."""
    md = parser(text)
    calls = itertools.count()
    sys.setprofile(lambda *_: next(calls))
    try:
        md.parse(text)
    finally:
        sys.setprofile(None)
    return next(calls)


@pytest.mark.parametrize("unit", UNITS)
def test_long_posts_take_steps_in_proportion(unit):
    """Twice the text takes about twice the steps: nothing is searched again for each place where it might begin."""
    steps(unit)
    assert steps(unit * 400) < 2.2 * steps(unit * 200)


def test_an_example_of_everything_ten_thousand_lines_long_is_read():
    """Each line of a long post costs what it costs in a short one."""
    text = "".join(f"{case.source}\n\n" for case in read_cases() if "8<" not in case.source)
    times = 10_000 // text.count("\n") + 1
    assert steps(text * times) < 1.5 * times * steps(text)


@settings(examples(100), derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(BEFORE), st.sampled_from(PIECES)), max_size=14))
def test_no_text_breaks_the_parser(pieces):
    """Pieces of constructs one after another, at any depth: all that opens is closed."""
    text = "".join(before + piece for before, piece in pieces)
    SyntaxTreeNode(parser(text).parse(text))


def test_no_text_breaks_the_renderer(site):
    chance = random.Random(6)  # noqa: S311 - the same posts each time
    texts = ["".join(chance.choice(BEFORE) + chance.choice(PIECES) for _ in range(12)) for _ in range(60)]
    files = {f"blog/posts/{n}.md": post(f"# Post\n\n{text}", slug=f"p{n}") for n, text in enumerate(texts)}
    built = site(files, newsroom_markdown_extensions=EXTENSIONS).build()
    assert len([url for url in built.urls() if url.startswith("blog/2024/06/18/p")]) == len(texts)
