"""What once went wrong in Material for MkDocs' blog plugin, by the number of the thread, does not go wrong here."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.conftest import ROOT, Site, is_a_test, post

# -- What is tested elsewhere

UNIT, BUILD = "tests/unit/", "tests/integration/"
BEHAVIOUR = BUILD + "test_material_behaviour.py::test_it_is_there"
SETTINGS = BUILD + "test_material_settings.py::test_a_setting_does_what_it_says"
ELSEWHERE = {
    4389: (
        "the first week of a year in the archive",
        UNIT + "test_blog.py::test_the_year_of_the_archive_is_that_of_the_calendar_week_or_not",
    ),
    4637: (
        "links to other posts in an excerpt",
        BUILD + "test_blog.py::test_the_excerpt_is_what_stands_before_the_marker_as_structure",
    ),
    5555: ("drawings are not read", UNIT + "test_rendered_post.py::test_words_are_counted_as_material_does"),
    5618: (
        "a date is compared with the time of the build",
        UNIT + "test_posts.py::test_a_post_is_held_back_until_the_very_moment",
    ),
    5879: ("the blog is the whole site", BUILD + "test_several_blogs.py::test_the_blog_can_be_the_whole_site"),
    5904: ("an archive right below the blog", SETTINGS),
    5951: ("a title in the front matter", BEHAVIOUR),
    6041: ("a blog that no toctree has", BUILD + "test_blog.py::test_a_blog_that_is_in_no_toctree_is_no_mistake"),
    6069: ("a category of any letters", BUILD + "test_blog.py::test_every_label_has_a_page_of_its_own"),
    6254: ("front matter of folders", BUILD + "test_several_blogs.py::test_front_matter_is_inherited_from_folders"),
    6336: ("an archive page with a template of its own", BEHAVIOUR),
    6461: ("the order of posts of one day", UNIT + "test_blog.py::test_the_time_of_day_and_the_zone_count"),
    6869: (
        "a related link that leads nowhere",
        BUILD + "test_several_blogs.py::test_related_links_have_the_titles_of_their_targets",
    ),
    7001: ("a date without a time", SETTINGS),
    7367: ("text in drawings", UNIT + "test_rendered_post.py::test_words_are_counted_as_material_does"),
    7708: ("time zones: as written", UNIT + "test_front_matter.py::test_an_offset_stays_as_it_was_written"),
    7725: (
        "time zones: in addresses",
        UNIT + "test_posts.py::test_the_date_in_an_address_is_that_of_the_writers_time_zone",
    ),
    7748: ("time zones: of the site", BUILD + "test_material_behaviour.py::test_a_day_begins_where_the_site_says"),
}

# -- Sites for the rest

PEOPLE = "authors:\n  õpetaja: {name: Õpetajad, description: Courses, avatar: img/team.svg}\n"
BODY = """\
# {}

See [slides](slides.pdf) and ![a picture](picture.png).

<!-- more -->

## Part

### Detail
"""
FILES: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": "# Home\n\n```{toctree}\nguide/index\nblog/posts/listed\n```\n",
    "guide/index.md": "# Guide\n\n```{toctree}\nNews of the node <../blog/index>\n```\n",
    "blog/index.md": "---\nhide: [navigation]\n---\n\n# Journal\n",
    "blog/.authors.yml": PEOPLE,
    "img/team.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "blog/posts/picture.png": b"\x89PNG",
    "blog/posts/slides.pdf": b"%PDF",
    "blog/posts/listed.md": post(BODY.format("Listed"), date="2024-01-02", authors=["õpetaja"], tags=["Sinine"]),
    "blog/posts/noon.md": post("# Noon\n\nText.", date="2024-01-02 12:00:00"),
    "blog/posts/later.md": post("# Later\n\nText.", date="{created: 2024-01-03}"),
    "blog/posts/secret.md": post("# Secret\n\nText.", draft=True, tags=["Salajane"]),
}
CONF = {"newsroom_pagination_per_page": 2, "html_title": "Node"}
A_POST = "blog/2024/01/02/listed/"


class Row(NamedTuple):
    """Something to see."""

    thread: int
    what: str
    url: str
    look: str
    """A selector, with ``@`` and an attribute if it is not the text that counts."""
    found: list[str] | None
    """None where there is no such page."""


ROWS = [
    Row(4348, "the title of a toctree", "guide/", "main .toctree-l1 > a", ["News of the node"]),
    Row(4348, "leaves the blog its own", "blog/", "h1", ["Journal"]),
    Row(
        4396,
        "what the index hides is hidden on its later pages",
        "blog/page/2/",
        "#pst-primary-sidebar.hide-on-wide@id",
        ["pst-primary-sidebar"],
    ),
    Row(
        4396, "what the index hides is hidden", "blog/", "#pst-primary-sidebar.hide-on-wide@id", ["pst-primary-sidebar"]
    ),
    Row(4532, "dates, datetimes and mappings are in one order", "blog/", ".newsroom-entry h2", ["Later", "Noon"]),
    Row(
        4545,
        "a title leads to the top of the post",
        "blog/page/2/",
        ".newsroom-entry h2 a@href",
        ["*/2024/01/02/listed/"],
    ),
    Row(
        4637,
        "a file beside a post is found from a list",
        "blog/page/2/",
        ".newsroom-excerpt a@href",
        ["../../../_downloads/*/slides.pdf"],
    ),
    Row(
        4637,
        "a picture is found from a list",
        "blog/page/2/",
        ".newsroom-excerpt img@src",
        ["../../../_images/picture.png"],
    ),
    Row(4724, "a post has its table of contents", A_POST, "#pst-secondary-sidebar .toc-entry > a", ["Part", "Detail"]),
    Row(5826, "a draft has no tag", "blog/tag/salajane/", "h1", None),
    Row(5826, "a draft's tag is named nowhere", "blog/tag/", ".newsroom-term a", ["Sinine"]),
    Row(5945, "posts lead to posts at their foot", A_POST, ".newsroom-prev-next a@href", ["../noon/"]),
    Row(5945, "and to no chapter", A_POST, ".prev-next-area a", []),
    Row(5949, "a post can stand in a toctree", "", "main .toctree-l1 > a@href", ["guide/", A_POST]),
    Row(5949, "under its own title", "", "main .toctree-l1 > a", ["Guide", "Listed"]),
    Row(5952, "tags of a post", A_POST, ".newsroom-tags a@href", ["../../../../tag/sinine/"]),
    Row(
        5972,
        "a blog in a chapter is found",
        "blog/2024/01/03/later/",
        ".bd-breadcrumbs a@href",
        ["../../../../../", "../../../../../guide/", "../../../../"],
    ),
    Row(6365, "pages of a list lead to each other", "blog/page/2/", "link[rel=prev]@href", ["../../"]),
    Row(6365, "and end", "blog/page/2/", "link[rel=next]@href", []),
    Row(6783, "nothing is continued without a marker", "blog/", ".newsroom-more", []),
    Row(7230, "an avatar is found from a post", A_POST, ".p-author img@src", ["../../../../../_images/team-*.svg"]),
    Row(7230, "an avatar is found from a list", "blog/page/2/", ".p-author img@src", ["../../../_images/team-*.svg"]),
]
THREADS = {
    *(4348, 4389, 4396, 4532, 4545, 4637, 4724, 5336, 5555, 5618, 5826, 5879, 5899, 5904, 5945, 5949, 5951, 5952, 5972),
    *(6041, 6069, 6254, 6328, 6336, 6365, 6461, 6783, 6869, 6917, 7001, 7099, 7230, 7367, 7708, 7725, 7748),
}
OWN = {5336, 5879, 5899, 6328, 6917, 7099}


def test_every_thread_is_here():
    assert {row.thread for row in ROWS} | set(ELSEWHERE) | OWN == THREADS


@pytest.mark.parametrize(
    "test", [test for _, test in ELSEWHERE.values()], ids=[f"{n}: {w}" for n, (w, _) in ELSEWHERE.items()]
)
def test_it_is_tested_elsewhere(test):
    assert is_a_test(test)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        return Site(folder=tmp_path_factory.mktemp("regressions"), conf=CONF).write(FILES).build()


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.thread}: {row.what}" for row in ROWS])
def test_it_does_not_happen(built, row):
    if row.found is None:
        assert not built.file(row.url).is_file()
        return
    selector, _, attribute = row.look.partition("@")
    elements = built.soup(row.url).select(selector)
    shown = [e[attribute] if attribute else e.get_text(" ", strip=True).removesuffix(" #") for e in elements]
    assert len(shown) == len(row.found), shown
    for one, expected in zip(shown, row.found, strict=True):
        start, _, end = expected.partition("*")
        assert one.startswith(start)
        assert one.endswith(end)
        if "_" in one:
            assert (built.file(row.url).parent / one).resolve().is_file()


def test_nothing_is_said(built):
    assert built.warnings == []


# -- Cases that need a separate site


@pytest.mark.parametrize("blog_dir", ["blog", "."])
def test_5899_5879_5336_pages_without_folders(site, blog_dir):
    start = "" if blog_dir == "." else f"{blog_dir}/"
    built = site(
        {
            "index.md": "# Home\n",
            f"{start}posts/a.md": post("# A\n\nText.", categories=["News"]),
            f"{start}posts/b.md": post("# B\n\nText.", date="2024-01-01"),
            f"{start}posts/2020/my-posts.png": b"\x89PNG",
        },
        builder="html",
        html_theme="basic",
        html_last_updated_fmt="%Y",
        newsroom_blog_dir=blog_dir,
        newsroom_pagination_per_page=1,
    ).build()
    assert built.warnings == []
    assert {url for url in built.urls() if not url.startswith(("404", "genindex", "search"))} == {
        "",
        start,
        f"{start}2024/01/01/b.html",
        f"{start}2024/06/18/a.html",
        f"{start}archive/",
        f"{start}archive/2024.html",
        f"{start}archive/2024/page/2.html",
        f"{start}category/",
        f"{start}category/news.html",
        f"{start}page/2/",
        f"{start}subscribe.html",
    }
    page = f"{start}page/2/index.html"
    assert built.titles(page) == ["B"]
    assert built.soup(page).select_one(".newsroom-pagination a")["href"] == "../../index.html"
    assert "Last updated on 20" in built.soup(f"{start}2024/01/01/b.html").get_text()
    assert (built.out / start / "2020/my-posts.png").is_file()


@pytest.mark.parametrize(
    ("language", "date", "minutes"),
    [("pt-BR", "18 de junho de 2024", "2"), ("ja", "2024年6月18日", "2")],
)
def test_6328_7099_languages(site, language, date, minutes):
    built = site(
        {
            "mkdocs.yml": f"theme:\n  language: {language}\nplugins:\n  - blog\n",
            "blog/posts/a.md": post("# A\n\n" + "word " * 300),
        },
        html_theme="basic",
        newsroom_mkdocs="mkdocs.yml",
    ).build()
    page = built.soup("/blog/2024/06/18/a/")
    assert built.warnings == []
    assert page.html["lang"] == language
    assert page.select_one("time.dt-published").get_text() == date
    assert minutes in page.select_one(".newsroom-minutes").get_text()


def test_6917_files_are_utf_8_whatever_the_system_thinks(site):
    made = site(
        {
            "conf.py": "extensions = ['myst_parser', 'sphinxext.newsroom']\nhtml_theme = 'basic'\n"
            "html_baseurl = 'https://node.example/'\nnewsroom_mkdocs = 'mkdocs.yml'\n",
            "mkdocs.yml": "site_name: Sõlm\nplugins:\n  - blog:\n      categories_name: Õpe\n",
            "blog/.authors.yml": PEOPLE.replace("img/team.svg", "''"),
            "blog/posts/.meta.yml": "categories: [Õpetus]\n",
            "blog/posts/õpe.md": post("# Õpe\n\nTekst.", authors=["õpetaja"], redirects=["vana/õpe"]),
        }
    )
    # Python tells where it would go by the system, and does not say so otherwise.
    command = [sys.executable, "-X", "warn_default_encoding", "-W", "always::EncodingWarning", "-m", "sphinx", "-W"]
    done = subprocess.run(
        [*command, "-b", "dirhtml", str(made.folder / "src"), str(made.out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "EncodingWarning" in line and "sphinxext/newsroom" in line]
    page = made.soup("/blog/2024/06/18/õpe/")
    assert page.select_one(".p-author .p-name").get_text() == "Õpetajad"
    assert page.select_one(".newsroom-meta .p-category").get_text() == "Õpetus"
    assert made.soup("/blog/category/").h1.get_text() == "Õpe"
