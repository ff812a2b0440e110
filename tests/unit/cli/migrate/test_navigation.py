"""The navigation of a MkDocs site, in every way that it can be written, and the toctrees made of it."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.cli.migrate.navigation import NavItem, NavReader, folder_title
from sphinxext.newsroom.cli.migrate.toctrees import ToctreeMaker, docname_of

PAGES = ["index.md", "zeta.md", "guide/README.md", "guide/b10.md", "guide/b2.md", "guide/deep/x.md", "other/y.md"]


@pytest.fixture
def read(tmp_path):
    def read_nav(nav=None, plugins=(), files=(), pages=PAGES):
        for name, text in dict(files).items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        reader = NavReader(tmp_path, pages, plugins)
        return reader.read(nav), reader.problems

    return read_nav


def outline(items: tuple[NavItem, ...]) -> list[object]:
    return [
        (item.title, item.page, outline(item.children)) if item.children else item.url or (item.title, item.page)
        for item in items
    ]


def test_nav_of_mkdocs(read):
    nav = [
        "index.md",
        {"Guide": ["guide/README.md", {"Second": "guide/b2.md"}, {"Deep": ["guide/deep/x.md"]}]},
        {"Elsewhere": "https://example.org/"},
        {"Empty": []},
        {"Gone": "gone.md"},
        {"File": "a.pdf"},
        3,
    ]
    items, problems = read(nav)
    assert outline(items) == [
        ("", "index.md"),
        ("Guide", "guide/README.md", [("Second", "guide/b2.md"), ("Deep", "", [("", "guide/deep/x.md")])]),
        "https://example.org/",
    ]
    assert [what for what, _advice, _file in problems] == [
        "nav: `gone.md` is not in the navigation",
        "nav: `a.pdf` is not in the navigation",
        "nav: 3 is no page",
    ]


def test_nav_that_is_no_list_is_reported(read):
    assert read({"Home": "index.md"})[1][0][0].endswith("is no list")


def test_folders_are_sorted_as_mkdocs_does(read):
    items, problems = read()
    assert problems == []
    assert outline(items) == [
        ("", "index.md"),
        ("", "zeta.md"),
        (
            "Guide",
            "guide/README.md",
            [("", "guide/b10.md"), ("", "guide/b2.md"), ("Deep", "", [("", "guide/deep/x.md")])],
        ),
        ("Other", "", [("", "other/y.md")]),
    ]


def test_awesome_pages(read):
    files = {
        ".pages": "nav:\n  - ...\n  - The guide: guide\n  - Link: https://example.org/\n  - missing.md\n",
        "guide/.pages": "title: Not used\norder: desc\nsort_type: natural\n",
        "other/.pages": "hide: true\n",
    }
    items, problems = read(plugins=["search", "awesome-pages"], files=files)
    assert outline(items) == [
        ("", "index.md"),
        ("", "zeta.md"),
        (
            "The guide",
            "guide/README.md",
            [("Deep", "", [("", "guide/deep/x.md")]), ("", "guide/b10.md"), ("", "guide/b2.md")],
        ),
        "https://example.org/",
    ]
    assert problems == [("`missing.md` is not in the navigation", "there is no such page; correct its path", ".pages")]


def test_awesome_pages_with_sections_patterns_and_a_broken_file(read):
    files = {
        ".pages": "nav:\n  - index.md\n  - More:\n    - ... | z*\n    - other\n",
        "guide/.pages": "nav: [\n",
    }
    items, problems = read(plugins=["awesome-pages"], files=files)
    assert outline(items) == [("", "index.md"), ("More", "", [("", "zeta.md"), ("Other", "", [("", "other/y.md")])])]
    items, problems = read(plugins=["awesome-nav"], files={".nav.yml": "nav:\n  - guide\n  - '*.md'\n", ".pages": ""})
    assert [item.page for item in items] == ["guide/README.md", "index.md", "zeta.md"]
    assert problems[0][2] == "guide/.pages"
    assert "it cannot be read" in problems[0][0]


def test_literate_nav(read):
    files = {
        "SUMMARY.md": "# Contents\n\n* [Home](index.md)\n* [Guide](guide/README.md)\n    * [Two `b`](guide/b2.md)\n"
        "    * Deep\n        * guide/deep/*.md\n* [Other](other/)\n* [Bad](bad.md)\n",
        "other/SUMMARY.md": "- [Y](y.md)\n",
    }
    items, problems = read(plugins=["literate-nav"], files=files)
    assert outline(items) == [
        ("Home", "index.md"),
        ("Guide", "guide/README.md", [("Two b", "guide/b2.md"), ("Deep", "", [("", "guide/deep/x.md")])]),
        ("Other", "", [("Y", "other/y.md")]),
    ]
    assert [what for what, _advice, _file in problems] == ["nav: `bad.md` is not in the navigation"]


def test_toctrees_of_sections_with_and_without_a_page():
    nav = (
        NavItem(page="index.md"),
        NavItem(title="Guide", page="guide/README.md", children=(NavItem(title="B", page="guide/b.md"),)),
        NavItem(title="Same *folder*", children=(NavItem(page="guide/c.md"), NavItem(page="guide/b.md"))),
        NavItem(title="Top", children=(NavItem(page="one.md"), NavItem(title="E", url="https://e.example/"))),
    )
    maker = ToctreeMaker({"index", "guide/index", "guide/b", "guide/c", "one", "top"})
    maker.make(nav, title="Site")
    assert maker.files == {
        "index": "```{toctree}\n:hidden:\n\nGuide </guide/index>\n/guide/same-folder/index\n/top-2/index\n```\n",
        "guide/index": "```{toctree}\n:hidden:\n\nB </guide/b>\n```\n",
        "guide/same-folder/index": "# Same \\*folder\\*\n\n```{toctree}\n:maxdepth: 1\n\n/guide/c\n```\n",
        "top-2/index": "# Top\n\n```{toctree}\n:maxdepth: 1\n\n/one\nE <https://e.example/>\n```\n",
    }
    assert maker.made == ["guide/same-folder/index", "top-2/index"]


def test_a_site_without_a_home_page_gets_one():
    maker = ToctreeMaker({"a"})
    maker.make((NavItem(page="a.md"),), title="A & B")
    assert maker.files["index"] == "# A \\& B\n\n```{toctree}\n:maxdepth: 1\n\n/a\n```\n"


def test_names():
    assert [docname_of(page) for page in ("README.md", "a/index.md", "a/b.md")] == ["index", "a/index", "a/b"]
    assert [folder_title(path) for path in ("a/how-to", "API_docs/")] == ["How to", "API docs"]
