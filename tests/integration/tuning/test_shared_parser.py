"""Documents are read with one parser, and none sees what another has left."""

from __future__ import annotations

from unittest.mock import patch

import myst_parser.parsers.sphinx_ as myst
import pytest
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser

from sphinxext.newsroom.tuning.shared_parser import SharedParser
from tests.conftest import DEFAULTS, WITH_SPEEDUPS, post

CONFIG = MdParserConfig()


@pytest.fixture
def parsers():
    return SharedParser(create_md_parser)


def read(parsers, config=CONFIG, renderer=SphinxRenderer):
    """Make a parser as MyST-Parser does for each document, and use it."""
    made = parsers(config, renderer)
    with patch.object(renderer, "render", lambda *_: ""):
        made.render("text")
    return made


def test_one_parser_is_used_again_as_it_was_made(parsers):
    first = read(parsers)
    first.options["document"] = "a document"
    first.renderer.current_node = "a node"
    second = read(parsers)
    assert second is first
    assert "document" not in second.options
    assert "current_node" not in vars(second.renderer)
    assert second.get_active_rules() == create_md_parser(CONFIG, SphinxRenderer).get_active_rules()


def test_equal_settings_share_a_parser_that_has_those_of_the_document(parsers):
    first, equal = read(parsers), MdParserConfig()
    again = parsers(equal, SphinxRenderer)
    assert again is first
    assert again.options["myst_config"] is equal


def test_other_settings_have_other_parsers(parsers):
    class Renderer(SphinxRenderer):
        """Another renderer."""

    first = read(parsers)
    own = read(parsers, MdParserConfig(enable_extensions={"deflist"}))
    assert own is not first
    assert read(parsers, renderer=Renderer) is not first
    assert type(read(parsers, renderer=Renderer).renderer) is Renderer


def test_a_parser_whose_rules_were_switched_off_is_not_used_again(parsers):
    first = read(parsers)
    first.disable("table")
    assert read(parsers) is not first


def test_a_document_that_is_read_meanwhile_has_another_parser(parsers):
    outer = parsers(CONFIG, SphinxRenderer)
    inner = read(parsers)
    assert inner is not outer
    with patch.object(SphinxRenderer, "render", lambda *_: ""):
        outer.render("text")
    assert read(parsers) is outer


def test_a_parser_that_fails_is_used_again(parsers):
    first = parsers(CONFIG, SphinxRenderer)
    with (
        patch.object(SphinxRenderer, "render", side_effect=ValueError("no text")),
        pytest.raises(ValueError, match="no text"),
    ):
        first.render("text")
    assert read(parsers) is first


WITHOUT_BLOG = ["myst_parser", "sphinxext.newsroom.speedups"]


@pytest.mark.parametrize(
    "extensions", [DEFAULTS["extensions"], WITH_SPEEDUPS, WITHOUT_BLOG], ids=["blog", "both", "speedups"]
)
def test_a_build_makes_few_parsers(site, monkeypatch, extensions):
    made = []
    create = MarkdownIt.__init__

    def note(self, *arguments, **options):
        made.append(1)
        create(self, *arguments, **options)

    monkeypatch.setattr(MarkdownIt, "__init__", note)
    files = {
        f"blog/posts/{name}.md": post(f"# Post {name}\n\n## Part\n\nText[^n].\n\n[^n]: Note.") for name in "abcdef"
    }
    built = site(
        {**files, "own.md": "---\nmyst:\n  enable_extensions: [deflist]\n---\n# Own\n\nA\n: B\n"},
        extensions=extensions,
    ).build()
    assert len(made) < len(files)
    assert built.soup("/own/").select_one("dl dd").get_text(strip=True) == "B"
    page = "/blog/posts/c/" if extensions == WITHOUT_BLOG else "/blog/2024/06/18/post-c/"
    assert len(built.soup(page).select("aside.footnote")) == 1


@pytest.mark.parametrize("extensions", [DEFAULTS["extensions"], WITH_SPEEDUPS], ids=["blog", "both"])
def test_a_function_that_a_site_has_replaced_is_used(site, monkeypatch, extensions):
    made = []

    def create(config, renderer):
        made.append(config)
        return create_md_parser(config, renderer)

    monkeypatch.setattr(myst, "create_md_parser", create)
    site({f"blog/posts/{name}.md": post(f"# Post {name}") for name in "ab"}, extensions=extensions).build()
    assert len(made) >= 3
