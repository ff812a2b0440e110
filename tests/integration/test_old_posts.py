"""Old posts: the notice above them, references to what is gone, and links that are no longer checked."""

from __future__ import annotations

import re

import pytest

from tests.conftest import post

TODAY = "1767182400"
"""31 December 2025, for ``SOURCE_DATE_EPOCH``."""
TOMORROW = "1767268800"
ORPHAN = "---\norphan: true\n---\n\n"
REFERENCES = """# Old

{py:func}`tools.gone` and {py:func}`tools.load`, {py:func}`json.loads`,

{confval}`cash_size`, [page](/gone.md), {doc}`/gone`, {term}`excerp`, {ref}`no-label`,

{release}`2.11`, {category}`Nothing`, <https://old.example/>, <https://both.example/>.
"""
OPTIONS = {
    "html_theme": "basic",
    "newsroom_old_after": 365,
    "newsroom_old_after_categories": {"Evergreen": 0},
    "suppress_warnings": ["intersphinx"],
}


def files():
    return {
        "api.md": f"{ORPHAN}# API\n\n```{{py:function}} tools.load()\nLoad.\n```\n\n```{{confval}} cache_size\nMuch.\n```\n\n"
        "```{glossary}\nexcerpt\n  The beginning.\n```\n\n<https://both.example/> <https://new.example/>\n",
        "blog/posts/a.md": post(REFERENCES, date="2024-12-30", links=["gone.md"], superseded_by="/api.md"),
        "blog/posts/b.md": post("# Aging\n\nText.", date="2024-12-31", release="2.10"),
        "blog/posts/c.md": post("# Evergreen\n\nText.", date="2020-01-01", evergreen=True),
        "blog/posts/d.md": post("# Category\n\nText.", date="2020-01-01", categories=["Evergreen"]),
        "blog/posts/e.md": post("# New\n\n{py:func}`tools.gone2` {doc}`/gone`", date="2025-12-01", superseded_by="blog/posts/c.md"),
        "blog/posts/f.md": post("# Updated\n\nText.", date="2020-01-01", updated="2025-11-30"),
    }  # fmt: skip


def notice(built, url):
    return [re.sub(r"\s+", " ", found.get_text()).strip() for found in built.soup(url).select(".newsroom-old-notice")]


@pytest.fixture
def aging(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return site(files(), **OPTIONS)


def test_old_posts_have_a_notice_and_their_stale_references_are_reported(aging, monkeypatch):
    built = aging.build()
    said = "This post was published on December 30, 2024 and may be out of date. See instead: API"
    assert notice(built, "/blog/2024/12/30/old/") == [said]
    assert notice(built, "/blog/2025/12/01/new/") == ["See instead: Evergreen"]
    for url in ("2024/12/31/aging", "2020/01/01/evergreen", "2020/01/01/category", "2020/01/01/updated"):
        assert notice(built, f"/blog/{url}/") == [], url
    of_old = [line for line in built.warnings if "posts/a.md" in line]
    stale = [
        re.fullmatch(r"blog/posts/a.md:(\d+): WARNING: this post of 2024-12-30 mentions (.*) \[newsroom.stale\]", line)
        for line in of_old
    ]
    assert [(found[1], found[2]) for found in stale if found] == [
        ("9", "'tools.gone' (func), which does not exist. Did you mean 'tools.load'?"),
        ("11", "'cash_size' (confval), which does not exist. Did you mean 'cache_size'?"),
        ("11", "'/gone.md' (myst), which does not exist."),
        ("11", "'/gone' (doc), which does not exist."),
        ("11", "'excerp' (term), which does not exist. Did you mean 'excerpt'?"),
        ("11", "'no-label' (ref), which does not exist."),
        ("13", "'2.11' (release), which does not exist. Did you mean '2.10'?"),
        ("13", "'Nothing' (category), which does not exist."),
    ]
    # Nothing else is said about them.
    [other] = [line for line, found in zip(of_old, stale, strict=True) if not found]
    assert other.startswith("blog/posts/a.md:3: WARNING: the related link 'gone.md' leads nowhere;")
    assert other.endswith("[newsroom.stale]")
    text = built.soup("/blog/2024/12/30/old/").select_one(".e-content")
    assert "page" in text.get_text()
    assert not text.select("a[href$='gone.md']")
    # Of a new post, Sphinx reports what it always does.
    assert [line for line in built.warnings if "posts/e.md" in line] == [
        "blog/posts/e.md:8: WARNING: unknown document: '/gone' [ref.doc]"
    ]
    assert len(built.warnings) == len(of_old) + 1

    stamps = {name: built.file(f"/blog/{name}/").stat().st_mtime_ns for name in ("2024/12/31/aging", "2024/12/30/old")}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TOMORROW)
    built.build()
    written = {name for name, stamp in stamps.items() if built.file(f"/blog/{name}/").stat().st_mtime_ns != stamp}
    assert written == {"2024/12/31/aging"}
    assert len(notice(built, "/blog/2024/12/31/aging/")) == 1
    assert len([line for line in built.warnings if "newsroom.stale" in line]) == 9, "they are said in every build"


def test_another_title_of_what_to_read_instead_writes_the_notice_again(aging):
    built = aging.build()
    built.write({"api.md": f"{ORPHAN}# Functions\n"}).build()
    assert notice(built, "/blog/2024/12/30/old/")[0].endswith("See instead: Functions")


def test_links_of_old_posts_are_not_checked(aging):
    aging.builder = "linkcheck"
    aging.conf |= {"newsroom_linkcheck_since": "2025-01-01", "linkcheck_ignore": [".*"], "suppress_warnings": ["*"]}
    built = aging.build()
    assert set(built.app.builder.hyperlinks) == {"https://both.example/", "https://new.example/"}
