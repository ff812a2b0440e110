"""The search index and the inventory: written when something in them has changed, and as Sphinx would write them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sphinx.search import IndexBuilder
from sphinx.util.inventory import InventoryFile

from sphinxext.newsroom import extension
from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

FILES = ("searchindex.js", "objects.inv")
SITE = {
    "index.md": "# Home\n\n```{toctree}\nguide\nblog/index\n```\n",
    "guide.md": "# Guide\n\nOrdinary words.\n",
    "blog/posts/a.md": post("# First\n\nApples and pears.\n\n<!-- more -->\n\nRest.", tags=["fruit"]),
    "blog/posts/b.md": post("# Second\n\nPlums and apples.", tags=["fruit"]),
}


def stamps(built):
    return {name: (built.out / name).stat().st_mtime_ns for name in FILES}


def contents(built):
    return {name: (built.out / name).read_bytes() for name in FILES}


def words(built):
    text = (built.out / "searchindex.js").read_text(encoding="utf-8")
    return set(json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["terms"])


def is_written(built, change):
    """Return which of the files are written after a change, and check that they are those of a clean build."""
    before = stamps(built)
    built.write(change).build()
    written = {name for name, stamp in stamps(built).items() if stamp != before[name]}
    incremental = contents(built)
    assert contents(built.build(fresh=True)) == incremental
    return written


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({}, set()),
        ({"blog/posts/a.md": SITE["blog/posts/a.md"].replace("pears", "cherries")}, {"searchindex.js"}),
        ({"guide.md": SITE["guide.md"] + "More.\n"}, {"searchindex.js"}),
        ({"guide.md": "(here)=\n" + SITE["guide.md"]}, set(FILES)),
        ({"guide.md": "# Handbook\n"}, set(FILES)),
        ({"blog/posts/a.md": SITE["blog/posts/a.md"].replace("# First", "# Foremost")}, set(FILES)),
        ({"blog/posts/a.md": SITE["blog/posts/a.md"].replace("fruit", "food")}, set(FILES)),
        ({"blog/posts/a.md": None}, set(FILES)),
        ({"blog/posts/c.md": post("# Third\n\nQuinces.")}, set(FILES)),
    ],
    ids=["nothing", "text of a post", "text of a page", "label", "title of a page", "title", "tag", "removed", "added"],
)
def test_they_are_written_where_they_differ(built_site, change, written):
    assert is_written(built_site(SITE), change) == written


def test_they_are_as_sphinx_writes_them(site, monkeypatch):
    edit = {"blog/posts/a.md": SITE["blog/posts/a.md"].replace("pears", "apples"), "blog/posts/b.md": None}
    built = site(SITE).build().write(edit).build()
    ours = contents(built)
    monkeypatch.setattr(extension, "update_indexes", lambda _app: None)
    assert contents(built.build(fresh=True)) == ours


@pytest.mark.parametrize("damage", [None, b"", b"Search.setIndex({", b"Search.setIndex({)"])
@pytest.mark.parametrize("name", FILES)
def test_one_that_is_gone_or_damaged_is_made_again(built_site, name, damage):
    built = built_site(SITE)
    before = contents(built)
    if damage is None:
        (built.out / name).unlink()
    else:
        (built.out / name).write_bytes(damage)
    built.build()
    assert contents(built) == before
    assert built.warnings == []


def test_one_that_was_only_touched_is_read(built_site):
    built = built_site(SITE)
    before, page = contents(built), built.file("/guide/")
    os.utime(built.out / "searchindex.js", (1, 1))
    os.utime(page, (2**32, 2**32))
    built.build()
    assert contents(built) == before
    assert page.stat().st_mtime == 2**32


def test_a_document_that_is_written_although_nothing_has_changed_stays_in_the_index(built_site):
    built = built_site(SITE)
    before = contents(built)
    [kept] = [
        file
        for file in (built.folder / "_build/doctrees/newsroom").rglob("posts/*.json")
        if b"pears" in file.read_bytes()
    ]
    kept.unlink()
    (built.out / "blog/index.html").unlink(missing_ok=True)
    built.build()
    assert contents(built) == before


def test_words_that_no_document_has_any_more_are_gone(built_site):
    built = built_site(SITE)
    assert {"appl", "pear", "plum"} <= words(built)
    built.write({"blog/posts/a.md": post("# First\n\nCherries.", tags=["fruit"])}).build()
    assert words(built) >= {"appl", "cherri", "plum"}
    assert "pear" not in words(built)


def test_a_build_without_a_change_does_not_read_the_index(built_site, monkeypatch):
    built = built_site(SITE)
    monkeypatch.setattr(IndexBuilder, "load", lambda *_: pytest.fail("the search index is read"))
    monkeypatch.setattr(InventoryFile, "dump", lambda *_: pytest.fail("the inventory is written"))
    built.build()


@pytest.mark.parametrize("has_other", [True, False])
def test_another_build_may_put_the_index_in_place_first(site, monkeypatch, has_other):
    """Sphinx's temporary file has the same name in both builds."""
    dump = IndexBuilder.dump

    def dump_and_lose(indexer, stream, form):
        dump(indexer, stream, form)
        stream.flush()
        temporary = Path(stream.name)
        if has_other:
            temporary.replace(temporary.with_suffix(""))
        else:
            temporary.unlink()

    monkeypatch.setattr(IndexBuilder, "dump", dump_and_lose)
    if has_other:
        assert {"appl", "pear", "plum"} <= words(site(SITE).build())
    else:
        with pytest.raises(FileNotFoundError):
            site(SITE).build()
