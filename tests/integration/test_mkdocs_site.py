"""A whole site that came from MkDocs: what its mkdocs.yml says of pages and files outside of the blog."""

from __future__ import annotations

import pytest

from tests.conftest import INDEX, post

PNG = b"\x89PNG\r\n\x1a\n"
MKDOCS = """\
site_name: A node & friends
site_url: https://node.example/
docs_dir: src
repo_url: https://github.com/node/handbook
edit_uri: edit/main/src/
copyright: Copyright &copy; 2026 <a href="https://node.example/">The node</a>
theme:
  name: material
  logo: assets/logo.png
  favicon: assets/favicon.png
  features: [content.action.edit]
extra_css:
  - styles/extra.css
  - https://cdn.example/other.css
extra_javascript:
  - scripts/extra.js
  - path: scripts/module.mjs
    async: true
extra:
  social:
    - icon: fontawesome/brands/mastodon
      link: https://social.example/@node
      name: The "node" on Mastodon
    - icon: simple/matrix
      link: javascript:alert(1)
exclude_docs: |
  internal/
  *.draft.md
  secret.*
  # drafts of all sorts
draft_docs: |
  later.md
not_in_nav: |
  guide.md
plugins:
  - search
  - blog
markdown_extensions:
  - admonition
"""
FILES = {
    "../mkdocs.yml": MKDOCS,
    "index.md": INDEX.replace("blog/index", "guide\nblog/index"),
    "guide.md": "---\nhide:\n  - navigation\n  - toc\n---\n\n# Guide\n\n!!! note\n    Everywhere\n\n## Part\n\nText\n",
    "later.md": "# Later\n\nWORDLATER\n",
    "internal/page.md": "# Internal\n\nWORDINTERNAL\n",
    "internal/plan.txt": "WORDINTERNAL\n",
    "blog/posts/a.md": post("# A\n\n[secret](secret.md) ![](a.png)"),
    "blog/posts/a.png": PNG,
    "blog/posts/secret.md": post("# S\n\nWORDSECRET"),
    "blog/posts/secret.txt": "WORDSECRET",
    "blog/posts/b.draft.md": post("# B\n\nWORDDRAFT"),
    "assets/logo.png": PNG,
    "assets/favicon.png": PNG,
    "styles/extra.css": "body { color: black }\n",
    "scripts/extra.js": "void 0;\n",
    "scripts/module.mjs": "void 0;\n",
}
CONF = {"newsroom_mkdocs": "../mkdocs.yml", "project": ..., "html_baseurl": ...}


@pytest.fixture
def moved(site):
    """Return a function that makes the site, with other files or options."""

    def make(files=(), **conf):
        return site(FILES | dict(files), **(CONF | conf))

    return make


def holding(built, word):
    return [name for name, content in built.snapshot().items() if word.encode() in content]


def test_what_the_file_says_of_the_site_holds(moved, monkeypatch):
    monkeypatch.setenv("NEWSROOM_PREVIEW", "0")
    built = moved().build()
    left_out = "the link to 'blog/posts/secret.md' is left out: mkdocs.yml excludes that file. [newsroom.link]"
    assert [line.partition("WARNING: ")[2] for line in built.warnings] == [left_out]

    # Excluded pages, posts and files are nowhere, nor are drafts of pages.
    for word in ("WORDINTERNAL", "WORDSECRET", "WORDDRAFT", "WORDLATER"):
        assert holding(built, word) == []
    assert (built.out / "blog" / "a.png").is_file()

    page = built.soup("guide")
    assert page.select_one(".admonition.note p:last-child").get_text() == "Everywhere", (
        "all pages are Material's Markdown"
    )
    assert "A node & friends" in page.title.get_text()
    assert page.select_one("img.logo__image")["src"].endswith("_static/logo.png")
    assert page.select_one("link[rel=icon]")["href"].endswith("_static/favicon.png")
    assert "2026 The node" in page.select_one(".copyright").get_text()
    links = {link.get_text(strip=True): link["href"] for link in page.select("a.pst-navbar-icon")}
    assert links == {
        "github.com": "https://github.com/node/handbook",
        'The "node" on Mastodon': "https://social.example/@node",
    }
    # What a page hides
    assert page.select("#pst-primary-sidebar .bd-links, .bd-sidebar-secondary .page-toc") == []

    edit = built.soup("blog/2024/06/18/a").select_one(".editthispage a")
    assert edit["href"] == "https://github.com/node/handbook/edit/main/src/blog/posts/a.md"
    sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
    scripts = {script["src"].partition("?")[0]: script for script in page.select("script[src]")}
    assert any(sheet.startswith("../_static/../styles/extra.css?v=") for sheet in sheets)
    assert "https://cdn.example/other.css" in sheets
    assert "../_static/../scripts/extra.js" in scripts
    assert (built.out / "scripts" / "extra.js").is_file()
    assert scripts["../_static/../scripts/module.mjs"]["type"] == "module"


def test_drafts_of_pages_are_there_in_a_preview_and_gone_after_it(moved, monkeypatch):
    monkeypatch.setenv("NEWSROOM_PREVIEW", "1")
    built = moved({"index.md": INDEX.replace("blog/index", "guide\nlater\nblog/index")}).build()
    assert "WORDLATER" in built.text("later")
    assert holding(built, "WORDINTERNAL") == []
    monkeypatch.setenv("NEWSROOM_PREVIEW", "0")
    after = built.build().snapshot()
    assert holding(built, "WORDLATER") == []
    assert after == built.build(fresh=True).snapshot()


def test_what_the_site_sets_itself_stays(moved):
    options = {"icon_links": [], "use_edit_page_button": False}
    built = moved(
        project="Own", copyright="Own words", html_logo="index.md", html_theme_options=options, language="de"
    ).build()
    page = built.soup("guide")
    assert "Own" in page.title.get_text()
    assert "Own words" in page.select_one(".copyright").get_text()
    assert page.select("a.pst-navbar-icon, .editthispage") == []


def test_what_cannot_be_taken_over_is_named_once_with_its_line(moved):
    text = (
        MKDOCS.replace("docs_dir: src", "docs_dir: other")
        .replace("logo: assets/logo.png", "logo: assets/none.png")
        .replace("  - search", "  - macros\n  - search")
        .replace("  - admonition", "  - admonition\n  - markdown_include.include:\n      base_path: docs")
        .replace("  internal/", "  internal/\n  !")
    )
    built = moved({"../mkdocs.yml": text, "../other/index.md": "# Other\n"}, html_theme="basic").build()
    found = [line for line in built.warnings if "[newsroom.mkdocs]" in line]
    lines = text.splitlines()
    named = [(lines[int(line.split(":")[1]) - 1].strip(), line.split("WARNING: ")[1]) for line in found]
    assert all("mkdocs.yml:" in line for line in found)
    assert [(where, message.partition(":")[0]) for where, message in named] == [
        ("docs_dir: other", "docs_dir"),
        ("logo: assets/none.png", "theme.logo"),
        ("favicon: assets/favicon.png", "theme.favicon"),
        ("extra_css:", "extra_css"),
        ("extra_javascript:", "extra_javascript"),
        ("extra_javascript:", "extra_javascript"),
        ("repo_url: https://github.com/node/handbook", "repo_url"),
        ("social:", "extra.social"),
        ("- macros", "plugins"),
        ("- markdown_include.include:", "markdown_extensions"),
        ("exclude_docs: |", "exclude_docs"),
    ]
    assert named[8][1] == "plugins: 'macros' has no effect: use myst_substitutions. [newsroom.mkdocs]"
    # In a site that did not come from there as a whole, pages are as they were.
    assert not built.soup("guide").select(".admonition")


STATIC = {
    "assets/x.pdf": b"%PDF",
    "assets/deep/er/ü b.PNG": PNG,
    "data/table.csv": "a,b\n",
    "demo/index.html": "<p>demo</p>",
    "CNAME": "node.example\n",
    "robots.txt": "User-agent: *\n",
    "blog/images/a.png": PNG,
    "_static/own.png": PNG,
}
# What Sphinx makes, what the site excludes, and what belongs to the build
NOT_STATIC = {
    "guide/index.html": "WORDSTATIC",
    "search/index.html": "WORDSTATIC",
    "blog/index.html": "WORDSTATIC",
    "blog/2024/06/18/a/index.html": "WORDSTATIC",
    "_static/basic.css": "WORDSTATIC",
    "objects.inv": "WORDSTATIC",
    "searchindex.js": "WORDSTATIC",
    ".env": "WORDSTATIC",
    ".git/config": "WORDSTATIC",
    "templates/a.txt": "WORDSTATIC",
    "assets/secret.png": "WORDSTATIC",
    "patterns/a.txt": "WORDSTATIC",
    "_build/html/other.txt": "WORDSTATIC",
    "_templates/a.html": "WORDSTATIC",
    "__pycache__/a.pyc": "WORDSTATIC",
    "notes.mdown": "WORDSTATIC",
}


def test_files_keep_their_urls(moved, tmp_path):
    (tmp_path / "outside.txt").write_text("WORDSTATIC")
    made = moved(
        STATIC | NOT_STATIC,
        exclude_patterns=["_build", "patterns/**"],
        templates_path=["_templates"],
        html_extra_path=["../extra"],
        newsroom_mkdocs="../mkdocs.yml",
    )
    made.write({"../extra/robots.txt": "Disallow: /\n", "../extra/data/table.csv": "c\n"})
    (made.folder / "src" / "leads-out.txt").symlink_to(tmp_path / "outside.txt")
    (made.folder / "src" / "dangles.txt").symlink_to("nowhere")
    (made.folder / "src" / "inside.pdf").symlink_to("assets/x.pdf")
    built = made.build()
    for name in STATIC.keys() - {"robots.txt", "data/table.csv"}:
        assert (built.out / name).read_bytes() == (built.folder / "src" / name).read_bytes(), name
    assert (built.out / "robots.txt").read_text() == "Disallow: /\n", "html_extra_path comes first"
    assert (built.out / "data" / "table.csv").read_text() == "c\n"
    assert (built.out / "inside.pdf").is_file()
    assert holding(built, "WORDSTATIC") == []

    # Later builds copy what has changed, remove what is gone, and end like builds from nothing.
    untouched = (built.out / "_static" / "own.png").stat().st_ino
    built.write(
        {
            "assets/x.pdf": b"%PDG",
            "assets/deep/er/ü b.PNG": None,
            "demo/index.html": None,
            "demo.md": "---\norphan: true\n---\n\n# Demo\n",
            "styles/extra.css": "body { color: navy }\n",
            "_images/logo.png": "a file of that name is made by Sphinx",
            "guide.md": f"{FILES['guide.md']}\n![Logo](assets/logo.png)\n",
            "CNAME": None,
            "index.md": INDEX.replace("blog/index", "guide\nblog/index\n") + "\n[](demo.md)\n",
        }
    )
    after = built.build().snapshot()
    assert after["assets/x.pdf"] == b"%PDG"
    assert after["_images/logo.png"] == PNG
    assert "Demo" in built.text("demo")
    assert not (built.out / "assets" / "deep").exists()
    assert "CNAME" not in after
    assert (built.out / "_static" / "own.png").stat().st_ino == untouched
    assert after == built.build(fresh=True).snapshot()


def test_no_files_are_copied_where_the_source_folder_is_another(moved):
    built = moved({"../mkdocs.yml": MKDOCS.replace("docs_dir: src", "docs_dir: other"), **STATIC}).build()
    assert not (built.out / "assets").exists()
    # Nor where it holds the mkdocs.yml, and with it everything else of the project.
    values = {"mkdocs.yml": MKDOCS.replace("docs_dir: src", "docs_dir: ."), "newsroom_mkdocs": "mkdocs.yml"}
    built = moved({"mkdocs.yml": values.pop("mkdocs.yml")}, **values).build()
    assert not (built.out / "assets").exists()
    assert not (built.out / "mkdocs.yml").exists()


def test_no_redirect_takes_the_place_of_a_file_of_the_site(site):
    built = site(
        {
            "../mkdocs.yml": "docs_dir: src\nplugins: [blog]\n",
            "old/static.html": "<p>static</p>",
            "../extra/old/extra.html": "<p>extra</p>",
            "../extra/old/folder/index.html": "<p>folder</p>",
            "blog/posts/a.md": post("# A", redirects="[old/static.html, old/extra.html, old/folder/, old/free]"),
        },
        html_extra_path=["../extra"],
        newsroom_mkdocs="../mkdocs.yml",
    ).build()
    for name in ("static", "extra", "folder/index"):
        assert built.text(f"/old/{name}.html") == f"<p>{name.partition('/')[0]}</p>"
    assert "http-equiv" in built.text("/old/free/")
    assert sorted(built.warnings) == [
        f"blog/posts/a.md:3: WARNING: the old URL {url!r} is the URL of {what}; no redirect is written. [newsroom.permalink]"
        for url, what in (
            ("old/extra.html", "a file of html_extra_path (../extra)"),
            ("old/folder/", "a file of html_extra_path (../extra)"),
            ("old/static.html", "the file 'old/static.html' of the site"),
        )
    ]
    assert built.snapshot() == built.build(fresh=True).snapshot()
