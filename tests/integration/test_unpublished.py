"""Nothing of an unpublished post, and no file that the site excludes, is in the output or in the folder of doctrees."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from tests.conftest import INDEX, Site, post

# MyST-Parser's include directive asks Sphinx 9 for the application in the way of Sphinx 8.
pytestmark = pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app.*")

SECRET = "Zyzzyva"  # noqa: S105
"""Marks text that must not be found."""
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def secret(**front_matter: object) -> str:
    values = {"description": f"{SECRET}description", "tags": [f"{SECRET}tag"], "categories": [f"{SECRET}category"]}
    return post(f"# {SECRET}title\n\n{SECRET}body", **{**values, "series": f"{SECRET}series", **front_matter})


UNPUBLISHED: dict[str, str | bytes | None] = {
    "blog/posts/draft.md": secret(draft=True),
    "blog/posts/scheduled.md": secret(date="2999-01-01"),
    "blog/posts/undated.md": secret(date=None),
    "blog/posts/hidden/.meta.yml": f"draft: true\ndescription: {SECRET}inherited\n",
    "blog/posts/hidden/inside.md": secret(),
    "blog/posts/hidden/beside.txt": f"{SECRET}beside",
    "blog/posts/rest.rst": f":date: 2024-01-02\n:draft: true\n\n{SECRET}title\n============\n\n{SECRET}body\n",
    "blog/posts/garbled.md": f"---\ndate: 2024-01-02\ndraft: true\n---\n\n# {SECRET}\xe9\n".encode("latin-1"),
    "blog/posts/SHOUT.MD": secret(draft=True),
    "blog/posts/draft.md~": secret(),
    "ablog.md": f"```{{post}} 2999-01-01\n:tags: {SECRET}tag\n```\n\n# {SECRET}title\n\n{SECRET}body\n",
    "sections.md": (
        "# Sections\n\n## One\n\n```{post} 2024-01-02\n```\n\nOne.\n\n"
        f"## {SECRET}title\n\n```{{post}} 2999-01-01\n:tags: {SECRET}tag\n```\n\n{SECRET}body\n"
    ),
    "excluded/page.md": f"# {SECRET}excluded\n",
    ".env": f"{SECRET}env",
}
ALIASES = {
    "linked.md": "blog/posts/draft.md",
    "folder": "blog/posts/hidden",
    "blog/posts/alias.txt": "draft.md",
    "blog/posts/.linked.md": "draft.md",
    "blog/posts/env.txt": "../../.env",
}
NAMED = [
    *("draft.md", "scheduled.md", "undated.md", "hidden/inside.md", "rest.rst", "garbled.md", "SHOUT.MD", "alias.txt"),
    *("env.txt", "../../ablog.md", "../../sections.md", "../../excluded/page.md", "../../.env", "../../conf.py"),
    *("../posts/draft.md", "/blog/posts/draft.md", "./draft.md", "draft%2emd", "draft%2Emd", "../../outside.txt"),
]
FROM_ROOT = [os.path.normpath(path.lstrip("/") if path.startswith("/") else f"blog/posts/{path}") for path in NAMED]


def roles(paths: list[str]) -> str:
    """Return Markdown that has each of some files copied, in every way that there is."""
    return "\n".join(
        f"[link {number}]({path})\n\n![image {number}]({path})\n\n{{download}}`{path}`\n\n"
        f'<img src="{path}" alt="raw {number}"> <a href="{path}">raw {number}</a> <video src="{path}"></video>\n'
        for number, path in enumerate(paths)
    )


INCLUDES = "\n".join(
    f'--8<-- "{path}"\n\n```python\n--8<-- "{path}"\n```\n\n```{{include}} /{path}\n```\n\n```{{include}} /{path}\n:literal:\n```\n\n'
    f"```{{include}} /{path}\n:code: md\n```\n\n```{{literalinclude}} /{path}\n```\n\n```{{raw}} html\n:file: {file}\n```\n\n"
    f"```{{csv-table}} T\n:file: {file}\n```\n\n```{{literalinclude}} fine.txt\n:diff: {file}\n```\n"
    for path in ("blog/posts/draft.md", "blog/posts/alias.txt", "blog/posts/hidden/inside.md")
    for file in [path.removeprefix("blog/posts/")]
)
RST = "\n".join(
    f".. image:: {path}\n   :alt: shown\n\n.. figure:: {path}\n\n   Caption\n\n:download:`{path}`\n\n"
    f".. include:: {path}\n\n.. include:: {path}\n   :literal:\n\n.. include:: {path}\n   :code: md\n\n"
    f".. include:: {path}\n   :parser: myst_parser.sphinx_\n\n.. literalinclude:: {path}\n   :caption: Caption\n\n"
    f".. raw:: html\n   :file: {path[1:]}\n\n.. csv-table::\n   :file: {path}\n\n"
    f".. literalinclude:: /blog/posts/fine.txt\n   :diff: {path}\n"
    for path in ("/blog/posts/draft.md", "/blog/posts/rest.rst", "/blog/posts/alias.txt", "/blog/posts/draft.*")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a site in which published pages name everything that is not published, built twice into one folder."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.conf = {
        "extensions": ["myst_parser", "sphinx.ext.graphviz", "sphinxext.newsroom"],
        "exclude_patterns": ["excluded"],
        "newsroom_draft_if_future_date": True,
        "newsroom_markdown_extensions": ["pymdownx.snippets", "attr_list", "md_in_html"],
        "newsroom_social_image": "blog/posts/draft.md",
    }
    draft = (site.folder / "src/blog/posts/draft.md").as_uri()
    by_url = [
        *(f"raw}} html\n:url: {draft}", f"csv-table}} T\n:url: {draft}", "graphviz} blog/posts/draft.md"),
        "figure} blog/posts/draft.md\n:target: https://example.org/\n:alt: linked words",
    ]
    authors = "".join(f"  a{number}:\n    name: A\n    avatar: {path}\n" for number, path in enumerate(FROM_ROOT))
    covers = {
        f"blog/posts/cover{number}.md": post(f"# Cover {number}", image=path, authors=[f"a{number}"])
        for number, path in enumerate(NAMED)
    }
    site.write(
        {
            "conf.py": f"# {SECRET}conf\n",
            "index.md": f"{INDEX}\n{roles(FROM_ROOT[:8])}",
            "urls.md": "# URLs\n\n" + "".join(f"```{{{directive}\n```\n\n" for directive in by_url),
            "rest.rst": f"Title\n=====\n\nBefore.\n\n{RST}\nAfter.\n",
            "blog/.authors.yml": f"authors:\n{authors}",
            "blog/posts/shown.md": post(f"# Shown\n\n{roles(NAMED)}\n\n{INCLUDES}\n\nLast words.", links=FROM_ROOT),
            "blog/posts/fine.gif": GIF,
            "blog/posts/fine.txt": "fine",
            "blog/posts/fine.md": post(
                "# Fine\n\n![fine](fine.gif) {download}`fine.txt` <img src='fine.gif'>\n", image="fine.gif"
            ),
            **covers,
            **UNPUBLISHED,
        }
    )
    (site.folder / "outside.txt").write_text(f"{SECRET}outside")
    for name, target in {
        **ALIASES,
        "blog/posts/out.txt": "../../../outside.txt",
        "blog/posts/gone.png": "gone",
    }.items():
        (site.folder / "src" / name).symlink_to(target)
    return site.build()


def holding(site: Site, word: str) -> list[str]:
    files = (file for file in sorted((site.folder / "_build").rglob("*")) if file.is_file())
    return [file.relative_to(site.folder).as_posix() for file in files if word.encode() in file.read_bytes()]


def test_nothing_unpublished_is_in_the_output_or_the_doctrees(site):
    assert holding(site, SECRET) == []
    assert holding(site, SECRET.lower()) == []


def test_every_file_that_is_left_out_is_named_with_the_page_that_names_it(site):
    said = "\n".join(site.warnings)
    for path in ("draft.md", "scheduled.md", "undated.md", "hidden/inside.md", "rest.rst", "garbled.md", "alias.txt"):
        # Sphinx follows links that lead to a download before anybody can ask.
        for kind in ("link to", "image") if path != "alias.txt" else ():
            assert f"the {kind} 'blog/posts/{path}' is left out: that post is a draft" in said
        assert f"shown.md:3: WARNING: the related link 'blog/posts/{path}' is left out: that post is a draft" in said
        assert f"the image '{path}' is left out: that post is a draft" in said
        assert f"the picture 'blog/posts/{path}' of" in said
    assert "the related link '.env' leads nowhere" in said
    assert "the image '../../conf.py' is not there" in said
    assert (
        "blog/posts/out.txt:1: WARNING: the file 'blog/posts/out.txt' is left out: it is a symbolic link to a target"
        in said
    )
    assert (
        "blog/posts/gone.png:1: WARNING: the file 'blog/posts/gone.png' is left out: it is a symbolic link to a file"
        in said
    )
    assert "newsroom_social_image: 'blog/posts/draft.md'" in said


def test_the_rest_of_these_pages_is_there(site):
    assert "Last words." in site.text("blog/2024/06/18/shown/")
    assert {"Before.", "After.", "Caption"} <= set(site.soup("rest/").get_text("\n", strip=True).split("\n"))
    fine = site.soup("blog/2024/06/18/fine/")
    assert len(fine.select("article img[src*='fine'], main img[src*='fine']")) >= 2
    assert (site.out / "_images/fine.gif").is_file()
    assert list(site.out.glob("_downloads/*/fine.txt"))
    assert "One" in site.text("sections/")
    assert "linked words" in site.text("urls/")


def test_a_second_build_finds_the_same(site):
    before = site.snapshot()
    assert site.build().snapshot() == before
    assert holding(site, SECRET) == []


def test_all_that_a_post_brought_goes_when_it_becomes_a_draft(tmp_path):
    """Covers, images and downloads go from the output, and the doctree; what another page uses stays."""
    site = Site(tmp_path, conf={"newsroom_draft_if_future_date": True})
    words = f"# {SECRET}title\n\n{SECRET}body ![own](own.gif) {{download}}`own.txt` ![both](both.gif) [x](linked.pdf)"
    values = {"image": "cover.gif", "authors": ["only"], "tags": [f"{SECRET}tag"], "links": ["blog/posts/related.txt"]}
    public = post(words, description=f"{SECRET}description", **values)
    site.write(
        {
            "conf.py": "",
            "index.md": INDEX,
            "blog/.authors.yml": "authors:\n  only:\n    name: Only\n    avatar: blog/only.gif\n  other:\n    name: Other\n",
            "blog/only.gif": GIF,
            **{f"blog/posts/{name}.gif": GIF for name in ("own", "both", "cover", "raw")},
            **{f"blog/posts/{name}": "words" for name in ("own.txt", "linked.pdf", "related.txt", "nobody.txt")},
            "blog/posts/secret.md": public,
            "blog/posts/good.md": post(
                "# Good\n\n![both](both.gif) <a href='/blog/raw.gif'>raw</a>", authors=["other"]
            ),
        }
    )
    site.build()
    names = ("own.gif", "own.txt", "cover-*.gif", "only-*.gif", "linked.pdf", "related-*.txt")
    brought = [file for name in names for file in site.out.rglob(name)]
    assert {file.relative_to(site.out).parts[0] for file in brought} == {"_images", "_downloads", "blog"}
    assert len(brought) == 9
    doctrees = tmp_path / "_build/doctrees"
    assert len(list(doctrees.rglob("*.doctree"))) == 4
    for hidden in (
        post(words, draft=True, description=f"{SECRET}description", **values),
        None,
        public.replace("date: 2024-06-18", "date: 2999-06-18"),
    ):
        site.write({"blog/posts/secret.md": hidden}).build()
        if hidden is not None:
            assert [file for file in brought if file.exists()] == []
        assert holding(site, SECRET) == []
        assert holding(site, SECRET.lower()) == []
        assert len(list(doctrees.rglob("*.doctree"))) == 3
        assert list(site.out.rglob("both*.gif"))
        assert {file.name for file in (site.out / "blog").glob("*.*")} >= {"raw.gif", "both.gif", "nobody.txt"}
        assert site.snapshot() == Site(tmp_path, conf=site.conf).build(fresh=True).snapshot()
        site.write({"blog/posts/secret.md": public}).build()
        assert [file for file in brought if not file.exists()] == []
        assert holding(site, SECRET)


def test_what_names_a_scheduled_post_follows_when_its_time_comes(tmp_path, monkeypatch):
    """Pages that link to, show, offer or include its source are read again without having changed."""
    conf = {"newsroom_draft_if_future_date": True, "newsroom_markdown_extensions": ["pymdownx.snippets"]}
    site = Site(tmp_path, conf=conf)
    names = (
        '[l]({0}) ![i]({0}) {{download}}`{0}`\n\n--8<-- "blog/posts/s.md"\n\n```{{include}} {0}\n```\n\n'
        "```{{literalinclude}} {0}\n```\n"
    )
    site.write(
        {
            "conf.py": "",
            "index.md": INDEX + names.format("blog/posts/s.md"),
            "rest.rst": "R\n=\n\n:download:`x <blog/posts/s.md>`\n\n.. literalinclude:: blog/posts/s.md\n",
            "blog/posts/s.md": post(f"# {SECRET}title\n\n![p](p.gif)", date="2024-06-20", image="c.gif"),
            "blog/posts/p.gif": GIF,
            "blog/posts/c.gif": GIF,
            "blog/posts/a.md": post("# A\n\n" + names.format("s.md"), links=["blog/posts/s.md"], date="2024-06-01"),
        }
    )
    for day, is_published in ((19, False), (21, True), (19, False)):
        moment = datetime(2024, 6, day, tzinfo=UTC)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        built = site.build().snapshot()
        assert bool(holding(site, SECRET)) == is_published
        clean = Site(tmp_path, conf=conf).build(fresh=True).snapshot()
        assert [name for name in built.keys() | clean.keys() if built.get(name) != clean.get(name)] == []


AS_IT_IS = (
    ":literal:",
    ":code: md",
    ":start-line: 16",
    ":start-after: Shown.",
    ":end-before: nowhere",
    ":end-line: 99",
)
SECTIONS = {
    "parts.md": f"# Parts\n\n## One\n\n```{{post}} 2024-01-02\n```\n\nShown.\n\n## {SECRET}title\n\n```{{post}} 2999-01-01\n```\n\n{SECRET}body\n\nnowhere\n",
    "r-parts.rst": (
        f"Parts\n=====\n\nOne\n---\n\n.. post:: 2024-01-02\n\nShown.\n\n{SECRET}title\n--------\n\n.. post:: 2999-01-01\n\n{SECRET}body\n\nnowhere\n"
    ),
}


def test_the_unpublished_section_of_a_page_is_in_no_page_that_includes_it(tmp_path):
    def includes(form: str, *, others: str, up: str = "") -> str:
        names = [f"/{name}" for name in SECTIONS]
        return "\n".join(
            [
                *(form.format("include", name, option) for name in names for option in AS_IT_IS),
                *(form.format("literalinclude", name, option) for name in names for option in ("", ":lines: 9-")),
                form.format("include", f"/{others}", ""),
                form.format("raw", "html", f":file: {up}parts.md"),
                form.format("csv-table", "T", f":file: {up}r-parts.rst"),
            ]
        )

    md, rst = "```{{{0}}} {1}\n{2}\n```\n", ".. {0}:: {1}\n   {2}\n"
    snippets = '--8<-- "parts.md"\n\n--8<-- "r-parts.rst"\n'
    site = Site(tmp_path, conf={"newsroom_markdown_extensions": ["pymdownx.snippets"]})
    site.write(
        {
            "conf.py": "",
            "index.md": f"{INDEX}\n{includes(md, others='r-parts.rst')}\n````{{eval-rst}}\n{includes(rst, others='parts.md')}\n````\n",
            "rest.rst": f"Rest\n====\n\n{includes(rst, others='parts.md')}\n",
            "blog/posts/a.md": post(f"# A\n\n{snippets}\n\n{includes(md, others='r-parts.rst')}"),
            "whole.md": "# Whole\n\n```{include} parts.md\n```\n",
            "all.rst": "All\n===\n\n.. include:: r-parts.rst\n",
            **SECTIONS,
        }
    ).build()
    assert holding(site, SECRET) == []
    # The page itself, and what includes all of it, lack that section only.
    for url in ("/parts/", "/r-parts/", "/whole/", "/all/"):
        assert "Shown." in site.text(url)
    assert len([line for line in site.warnings if "is left out" in line]) >= 17 * 4


def test_drafts_of_every_kind_are_nowhere_in_a_whole_site(tmp_path):
    """A draft blog, drafts of MkDocs, of front matter and of ABlog, with everything switched on that repeats posts."""
    labels = {"tags": [f"{SECRET}tag"], "categories": [f"{SECRET}category"], "series": f"{SECRET}series"}
    more = {"authors": [f"{{name: {SECRET}author}}"], "redirects": [f"old/{SECRET}"], "image": "cover.gif"}
    body = f"# {SECRET}title\n\n{SECRET}body\n\n```{{figure}} {SECRET}.gif\n:name: {SECRET}-figure\n\n{SECRET}\n```\n"
    site = Site(tmp_path)
    site.conf = {
        "newsroom_mkdocs": "../mkdocs.yml",
        "newsroom_blogs": [{"blog_dir": "blog"}, {"blog_dir": "plans"}],
        "newsroom_feed_files": {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"},
        "newsroom_feed_archive": True,
        "newsroom_announce": True,
        "newsroom_social_cards": True,
        "extensions": ["myst_parser", "sphinxext.newsroom", "sphinx_sitemap", "sphinx.ext.todo"],
        "numfig": True,
        "html_sidebars": {"**": [f"newsroom/sidebars/{name}.html" for name in ("recent", "tags", "categories")]},
        "suppress_warnings": ["toc.not_included"],
    }
    site.write(
        {
            "../mkdocs.yml": "docs_dir: src\ndraft_docs: |\n  later/\n  blog/posts/by_mkdocs.md\nplugins: [blog]\n",
            "conf.py": "",
            "index.md": "# Home\n\n```{toctree}\nblog/index\nplans/index\n```\n\n```{postlist}\n:excerpts:\n```\n\n```{include} later/page.md\n```\n\n```{post-list}\n```\n",
            "later/page.md": f"# {SECRET}page\n\n(label-{SECRET})=\n\n{SECRET}\n",
            f"later/{SECRET}.gif": GIF,
            "later/data.txt": f"{SECRET}data",
            # A whole blog, and a folder of another one.
            "plans/posts/.meta.yml": "draft: true\n",
            "plans/posts/a.md": post(body, announce_until="2999-01-01", **labels, **more),
            "plans/posts/b.rst": f":date: 2024-01-02\n\n{SECRET}title\n===========================\n\n{SECRET}body\n",
            f"plans/posts/{SECRET}.gif": GIF,
            "plans/posts/cover.gif": GIF + SECRET.encode(),
            "blog/posts/shown.md": post("# Shown\n\nText.", date="2024-01-01"),
            "blog/posts/own.md": post(body, draft=True, **labels, **more),
            "blog/posts/by_mkdocs.md": post(body, **labels, **more),
            "blog/posts/folder/.meta.yml": "draft: true\n",
            "blog/posts/folder/c.md": post(body, **labels),
            # ABlog: a page without a date, one to come, sections, and one inside of another directive.
            "undated.md": f"```{{post}}\n:tags: {SECRET}tag\n```\n\n{body}",
            "sections.rst": (
                f"Sections\n========\n\nNow\n---\n\n.. post:: 2024-01-03\n\nShown too.\n\n.. py:function:: shown()\n\n{SECRET}title\n{'-' * 40}\n\n"
                f".. post:: 2999-01-01\n   :tags: {SECRET}tag\n   :category: {SECRET}category\n\n{SECRET}body\n\n"
                f".. _{SECRET}-target:\n\n{SECRET}below\n{'~' * 40}\n\n.. index:: {SECRET}index\n\n.. math:: {SECRET}\n"
                f"   :label: {SECRET}-equation\n\n.. py:function:: {SECRET}()\n\n.. c:function:: int {SECRET}()\n\n"
                f".. glossary::\n\n   {SECRET}\n      Text\n\n.. confval:: {SECRET}\n\n.. versionadded:: 1\n   {SECRET}\n\n"
                f".. option:: --{SECRET}\n\n.. [{SECRET}] Text\n\n.. todo:: {SECRET}\n"
            ),
            "note.rst": f".. note::\n\n   .. post:: 2999-01-01\n\n{SECRET}title\n{'=' * 40}\n\n{SECRET}body\n",
        }
    )
    for _build in ("clean", "incremental"):
        site.build()
        assert holding(site, SECRET) == []
        assert holding(site, SECRET.lower()) == []
        names = [file.as_posix() for file in (site.folder / "_build").rglob("*") if SECRET.lower() in file.name.lower()]
        assert names == []
        assert site.titles("/blog/") == ["Now", "Shown"]
        assert site.titles("/plans/") == []
        assert set(site.app.env.domains.python_domain.objects) == {"shown"}
