"""Links to posts and lists by their names: inside a site, and from another."""

from __future__ import annotations

import re

import pytest
from sphinx.util.inventory import InventoryFile

from tests.conftest import ROOT, Site, post

pytestmark = pytest.mark.theme("basic")

ORPHAN = "---\norphan: true\n---\n"
AUTHORS = "authors:\n  diana:\n    name: Diana\n"
POSTS = {
    "blog/.authors.yml": AUTHORS,
    "blog/posts/summer.md": post(
        "# Summer *school*\n\nText.",
        date="2024-06-18",
        authors=["diana"],
        categories=["Training"],
        tags=["call for 2024"],
    ),
    "blog/posts/course.md": post("# A course\n\nText.", date="2024-07-01", tags=["C++"]),
}


def documented_examples() -> list[str]:
    """Return the links to another project that the reference of roles shows."""
    text = (ROOT / "docs" / "reference" / "roles.md").read_text(encoding="utf-8")
    return re.findall(r"```markdown\n(.*?)```", text[text.index("## From another project") :], re.DOTALL)


def links(built: Site, url: str) -> list[tuple[str, str]]:
    """Return text and target of each link in the text of a page."""
    return [(a.get_text(), str(a["href"])) for a in built.soup(url).select("#links-here p > a, .e-content p > a")]


def page(*roles: str, extra: str = "") -> str:
    return f"{extra}(links-here)=\n# Links here\n\n" + "\n\n".join(roles) + "\n"


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_everything_can_be_linked_to_by_its_name(site, builder):
    roles = {
        "{post}`summer`": ("Summer school", "blog/2024/06/18/summer-school"),
        "{post}`summer-school`": ("Summer school", "blog/2024/06/18/summer-school"),
        "{newsroom:post}`blog/2024/06/18/summer-school`": ("Summer school", "blog/2024/06/18/summer-school"),
        "{post}`last year <summer>`": ("last year", "blog/2024/06/18/summer-school"),
        "{author}`diana`": ("Diana", "blog/author/diana"),
        "{author}`Diana`": ("Diana", "blog/author/diana"),
        "{category}`training`": ("Training", "blog/category/training"),
        "{tag}`c++`": ("C++", "blog/tag/c"),
        "{tag}`call for 2024`": ("call for 2024", "blog/tag/call-for-2024"),
        "{newsroom:archive}`2024`": ("2024", "blog/archive/2024"),
    }
    built = site({**POSTS, "a.md": page(*roles, extra="---\norphan: true\n---\n")}, builder=builder).build()
    assert built.warnings == []
    way, end = ("../", "/") if builder == "dirhtml" else ("", ".html")
    url = "/a/" if builder == "dirhtml" else "/a.html"
    assert links(built, url) == [(text, f"{way}{target}{end}") for text, target in roles.values()]


def test_a_link_looks_like_the_text_around_it(site):
    """Sphinx would give it classes such as ``newsroom-series``, which are those of boxes."""
    files = {"blog/posts/part.md": post("# Part\n\nText.", date="2024-06-18", series="A course")}
    roles = ("{post}`part`", "{newsroom:series}`A course`", "{newsroom:archive}`2024`")
    built = site({**files, "a.md": page(*roles, extra="---\norphan: true\n---\n")}).build()
    assert built.warnings == []
    spans = built.soup("/a/").select("#links-here p > a > span")
    assert [span["class"] for span in spans] == [["xref"]] * len(roles)


def test_restructuredtext_has_the_same_roles(site):
    text = (
        ":orphan:\n\n.. _links-here:\n\nLinks here\n==========\n\n:post:`summer`\n\n:newsroom:tag:`all of it <C++>`\n"
    )
    built = site({**POSTS, "a.rst": text}, source_suffix={".md": "markdown", ".rst": "restructuredtext"}).build()
    assert built.warnings == []
    assert [text for text, _target in links(built, "/a/")] == ["Summer school", "all of it"]


def test_a_name_that_nothing_has_is_reported(site):
    files = {**POSTS, "blog/posts/links.md": post("# Links\n\n{post}`sumer`\n\n{tag}`nothing`", date="2024-08-01")}
    built = site(files).build()
    assert built.warnings == [
        (
            "blog/posts/links.md:7: WARNING: no post is called 'sumer'; expected its name or path. "
            "Did you mean 'summer'? [newsroom.link]"
        ),
        "blog/posts/links.md:9: WARNING: no tag is called 'nothing'; expected its name or path. [newsroom.link]",
    ]
    assert "sumer" in built.soup("/blog/2024/08/01/links/").select_one(".e-content").get_text()


def test_of_two_posts_with_one_name_the_older_is_meant(site):
    files = {
        "blog/posts/2024/news.md": post("# News\n\nText.", date="2024-01-01"),
        "blog/posts/2023/news.md": post("# News\n\nText.", date="2023-01-01"),
        "a.md": page("{post}`news`", "{post}`blog/2024/01/01/news`", extra="---\norphan: true\n---\n"),
    }
    built = site(files).build()
    [warning] = built.warnings
    assert warning == (
        "a.md:7: WARNING: 'news' is ambiguous ('blog/2023/01/01/news', 'blog/2024/01/01/news'); use the path. "
        "The first is used. [newsroom.link]"
    )
    assert [target for _text, target in links(built, "/a/")] == ["../blog/2023/01/01/news/", "../blog/2024/01/01/news/"]


def test_another_project_links_to_posts(site, tmp_path_factory):
    announcing = post("# A course\n\nText.", date="2024-07-01", tags=["C++"], release="2.4")
    built = site({**POSTS, "blog/posts/course.md": announcing}).build()
    inventory = built.out / "objects.inv"
    names = InventoryFile.loads(inventory.read_bytes(), uri="https://node.example").data
    assert sorted(names["newsroom:post"]) == [
        "a-course",
        "blog/2024/06/18/summer-school",
        "blog/2024/07/01/a-course",
        "course",
        "summer",
        "summer-school",
    ]
    other = Site(
        folder=tmp_path_factory.mktemp("other"),
        conf={
            "extensions": ["myst_parser", "sphinxext.newsroom", "sphinx.ext.intersphinx"],
            "intersphinx_mapping": {"node": ("https://node.example/", str(inventory))},
        },
    ).write(
        {
            "conf.py": "",
            "documented.md": page(*documented_examples(), extra=ORPHAN).replace("(links-here)=\n", ""),
            "index.md": page(
                "{post}`summer`",
                "{external+node:newsroom:post}`blog/2024/07/01/a-course`",
                "{external+node:newsroom:author}`diana`",
                "{category}`Training`",
                "{tag}`call-for-2024`",
                "{post}`node:course`",
                "{post}`nowhere`",
            ),
        }
    )
    other.build()
    base = "https://node.example/blog/"
    assert links(other, "/") == [
        ("Summer school", f"{base}2024/06/18/summer-school/"),
        ("A course", f"{base}2024/07/01/a-course/"),
        ("Diana", f"{base}author/diana/"),
        ("Training", f"{base}category/training/"),
        ("call for 2024", f"{base}tag/call-for-2024/"),
        ("A course", f"{base}2024/07/01/a-course/"),
    ]
    # What the documentation shows of it works.
    assert links(other, "/documented/") == [
        ("Summer school", f"{base}2024/06/18/summer-school/"),
        ("Training", f"{base}category/training/"),
        ("Diana", f"{base}author/diana/"),
        ("2.4", f"{base}2024/07/01/a-course/"),
        ("the summer school", f"{base}2024/06/18/summer-school/"),
        ("2.4", f"{base}2024/07/01/a-course/"),
    ]
    assert [line for line in other.warnings if "nowhere" in line] == other.warnings
    assert len(other.warnings) == 1


def test_the_search_does_not_show_a_post_twice(site):
    built = site(POSTS).build()
    index = built.text("/searchindex.js")
    assert re.search(r'"objects":\s*\{\}', index)
    assert "newsroom:post" not in index


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"blog/posts/summer.md": post("# Another title\n\nText.", slug="summer-school")},
            ("Another title", "summer-school"),
        ),
        ({"blog/posts/summer.md": post("# Summer *school*\n\nText.", slug="moved")}, ("Summer school", "moved")),
        ({"blog/posts/summer.md": None}, None),
    ],
    ids=["title", "address", "gone"],
)
def test_what_links_to_a_post_follows_it(built_site, change, expected, jobs):
    others = {f"other{number}.md": f"---\norphan: true\n---\n# Other {number}\n" for number in range(8)}
    linking = {
        "a.md": page("{post}`summer`", extra="---\norphan: true\n---\n"),
        "blog/posts/links.md": post("# Links\n\n{post}`summer`", date="2024-08-01"),
    }
    built = built_site({**POSTS, **others, **linking}, jobs=jobs)
    before = {file: (built.out / file / "index.html").stat().st_mtime_ns for file in ("other1", "a")}
    built.write(change).build(jobs=jobs)
    after = {file: (built.out / file / "index.html").stat().st_mtime_ns for file in ("other1", "a")}
    shown = links(built, "/a/")
    entry = built.soup("/blog/").select_one(".newsroom-entry").get_text()
    if expected:
        assert shown == [(expected[0], f"../blog/2024/06/18/{expected[1]}/")]
        assert expected[0] in entry
    else:
        assert shown == []
    assert after["other1"] == before["other1"]
    assert after["a"] != before["a"]
    pages = built.snapshot()
    assert pages == built.build(fresh=True, jobs=jobs).snapshot()


@pytest.mark.parametrize("builder", ["singlehtml", "text", "latex", "epub"])
def test_other_builders_have_the_links_too(site, builder):
    built = site(
        {**POSTS, "a.md": page("{post}`summer`", "{category}`training`", extra="---\norphan: true\n---\n")},
        builder=builder,
    )
    built.build()
    assert [line for line in built.warnings if "newsroom" in line] == []


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_role_of_another_extension_stays_its_own(site, monkeypatch):
    theirs = (
        "from docutils import nodes\n\n"
        "def setup(app):\n    app.add_role('tag', lambda *_, **__: ([nodes.strong('', 'theirs')], []))\n"
    )
    files = {**POSTS, "theirs.py": theirs, "index.md": "# Home\n\n{tag}`C++` {newsroom:tag}`C++`\n"}
    built = site(files, extensions=["myst_parser", "sphinxext.newsroom", "theirs"])
    monkeypatch.syspath_prepend(built.folder / "src")
    built.build()
    assert built.warnings == []
    assert built.soup("/").select_one("article strong").get_text() == "theirs"
    assert built.soup("/").select_one("article p > a")["href"] == "blog/tag/c/"


def test_names_cannot_forge_an_inventory(site):
    tags = ["'x py:function 1 https://evil.example/ y'", '"a\\nb py:class 1 c -"', '"c\\x85d py:class 1 e -"']
    built = site({"blog/posts/a.md": post(tags=tags)}).build()
    data = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="").data
    assert not [kind for kind in data if not kind.startswith(("std:", "newsroom:"))]
    assert len([item for item in data["newsroom:tag"].values() if "evil" in item.display_name]) == 2
