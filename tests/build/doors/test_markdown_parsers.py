"""Documents are read with one parser, and none sees what another has left."""

from __future__ import annotations

import myst_parser.parsers.sphinx_ as myst
import pytest
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser

from sphinxext.newsroom.build.doors.markdown_parsers import ParserOfSite
from tests.conftest import post

CONFIG = MdParserConfig()


@pytest.fixture
def parsers():
    return ParserOfSite(create_md_parser)


def taken(parsers, config=CONFIG, renderer=SphinxRenderer):
    with parsers.reading():
        return parsers(config, renderer)


def test_one_parser_is_used_again_as_it_was_made(parsers):
    first = taken(parsers)
    first.options["document"] = "a document"
    first.renderer.current_node = "a node"
    second = taken(parsers)
    assert second is first
    assert "document" not in second.options
    assert "current_node" not in vars(second.renderer)
    assert second.get_active_rules() == create_md_parser(CONFIG, SphinxRenderer).get_active_rules()


def test_other_settings_have_other_parsers(parsers):
    class Renderer(SphinxRenderer):
        """Another renderer."""

    first = taken(parsers)
    own = taken(parsers, MdParserConfig(enable_extensions={"deflist"}))
    assert own is not first
    assert taken(parsers, renderer=Renderer) is not first
    assert type(taken(parsers, renderer=Renderer).renderer) is Renderer


def test_a_parser_whose_rules_were_switched_off_is_not_used_again(parsers):
    first = taken(parsers)
    first.disable("table")
    assert taken(parsers) is not first


def test_a_document_that_is_read_meanwhile_has_another_parser(parsers):
    with parsers.reading():
        outer = parsers(CONFIG, SphinxRenderer)
        with parsers.reading():
            assert parsers(CONFIG, SphinxRenderer) is not outer
        assert parsers(CONFIG, SphinxRenderer) is not outer
    assert taken(parsers) is outer


def test_nobody_else_gets_it(parsers):
    kept = taken(parsers)
    assert parsers(CONFIG, SphinxRenderer) is not kept


def test_a_build_makes_few_parsers(site, monkeypatch):
    made = []
    create = MarkdownIt.__init__

    def note(self, *arguments, **options):
        made.append(1)
        create(self, *arguments, **options)

    monkeypatch.setattr(MarkdownIt, "__init__", note)
    files = {
        f"blog/posts/{name}.md": post(f"# Post {name}\n\n## Part\n\nText[^n].\n\n[^n]: Note.") for name in "abcdef"
    }
    built = site({**files, "own.md": "---\nmyst:\n  enable_extensions: [deflist]\n---\n# Own\n\nA\n: B\n"}).build()
    assert isinstance(vars(myst)["create_md_parser"], ParserOfSite)
    assert len(made) < len(files)
    assert built.soup("/own/").select_one("dl dd").get_text(strip=True) == "B"
    assert len(built.soup("/blog/2024/06/18/post-c/").select("aside.footnote")) == 1
