"""Posts written for Python-Markdown: what each construct becomes, against what Python-Markdown makes of it."""

from __future__ import annotations

import docutils
import pytest

from tests.conftest import INDEX, Site, post
from tests.markdown_cases import (
    EXTENSIONS,
    content_of,
    read_cases,
    simplify,
    site_of,
    words,
)
from tests.markdown_reference import python_markdown

pytestmark = pytest.mark.theme("basic")

CASES = read_cases()
WARNINGS = (
    "blog/posts/blocks-a-block-that-nobody-knows.md:8: ",
    "blog/posts/code-a-first-line-that-is-not-understood.md:8: ",
    "blog/posts/code-code-that-a-plugin-would-run.md:8: ",
    "blog/posts/text-macros.md:8: ",
    "blog/posts/text-snippets-from-outside.md:8: ",
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Return the site of all examples, built once."""
    conf = {"html_theme": "pydata_sphinx_theme", "newsroom_markdown_extensions": EXTENSIONS}
    site = Site(folder=tmp_path_factory.mktemp("markdown"), conf=conf)
    return site.write(site_of(CASES)).build()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_construct_shows_what_it_should(shown, case):
    ours = simplify(content_of(shown.text(f"blog/2024/06/18/{case.name}")))
    if docutils.__version_info__ >= (0, 22):
        assert ours == case.expected
    else:
        # docutils 0.21 writes the same with other spaces and attributes.
        assert words(ours) == words(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_words_are_those_of_python_markdown(shown, case):
    ours = words(str(content_of(shown.text(f"blog/2024/06/18/{case.name}"))))
    theirs = words(python_markdown(case.source, EXTENSIONS, snippets=[shown.folder / "src" / "includes"]))
    assert (ours == theirs) is not case.differs


def test_what_cannot_be_shown_is_said_once_with_the_line_of_the_file(shown):
    assert len(shown.warnings) == len(WARNINGS)
    for warning, place in zip(sorted(shown.warnings), WARNINGS, strict=True):
        assert warning.startswith(place)
        assert warning.endswith("[newsroom.markdown]")


def test_nothing_leaves_the_site(shown):
    assert not [page for page in shown.out.rglob("*.html") if "secret" in page.read_text(encoding="utf-8")]


ALL = "\n\n".join(
    case.source for case in CASES if case.file in {"admonitions", "tabs", "icons", "text"} and "8<" not in case.source
)


@pytest.mark.theme("pydata_sphinx_theme")
def test_without_extensions_posts_are_read_as_pages_are(site):
    """A syntax is there where a site has asked for it, and nowhere else."""
    text = f"# Example\n\n{ALL}\n"
    built = site({"blog/posts/a.md": post(text, slug="a"), "page.md": f"---\norphan: true\n---\n\n{text}"}).build()
    page = content_of(built.text("page").replace('class="bd-article"', 'class="e-content"'))
    ours = content_of(built.text("blog/2024/06/18/a"))
    assert ours.get_text().split() == page.get_text().split()
    assert [tag.name for tag in ours.find_all(True)] == [tag.name for tag in page.find_all(True)]


@pytest.mark.theme("pydata_sphinx_theme")
def test_pages_of_the_documentation_stay_mysts(site):
    page = "# Page\n\n!!! note\n    ==x== {{ y }}\n\n```{note}\nA note\n```\n"
    index = INDEX.replace("blog/index", "blog/index\npage")
    built = site(
        {"index.md": index, "page.md": page, "blog/posts/a.md": post()}, newsroom_markdown_extensions=EXTENSIONS
    ).build()
    assert built.warnings == []
    assert "!!! note ==x== {{ y }}" in " ".join(built.soup("page").select_one("article").get_text().split())
    assert built.soup("page").select(".admonition.note")


def test_directives_and_roles_of_myst_work_in_posts(site):
    body = "# A\n\n```{note}\n!!! tip\n    *Inside*\n```\n\n{sup}`2` {ref}`search`"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=EXTENSIONS).build()
    assert built.warnings == []
    assert built.soup("blog/2024/06/18/a").select_one(".note .tip em").get_text() == "Inside"


def test_warnings_name_the_line_of_the_file(site):
    body = '# A\n\n!!! note\n\n    === "Tab"\n\n        - item\n\n            [x](nowhere.md)\n'
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=EXTENSIONS).build()
    assert len(built.warnings) == 1
    assert built.warnings[0].startswith("blog/posts/a.md:13: ")


def test_tabs_are_those_of_sphinx_design_where_the_site_uses_it(site):
    files = {"blog/posts/a.md": post('# A\n\n=== "One"\n    a\n\n===+ "Two"\n    b')}
    extensions = ["myst_parser", "sphinx_design", "sphinxext.newsroom"]
    built = site(files, extensions=extensions, newsroom_markdown_extensions=EXTENSIONS).build()
    page = built.soup("blog/2024/06/18/a")
    assert [label.get_text(strip=True) for label in page.select(".sd-tab-set label")] == ["One", "Two"]
    assert [tab.has_attr("checked") for tab in page.select(".sd-tab-set input")] == [False, True]


def test_icons_of_the_site_are_drawn(site):
    emoji = {"pymdownx.emoji": {"options": {"custom_icons": ["overrides/.icons"]}}}
    files = {
        "blog/posts/a.md": post("# A\n\n:custom-logo: Our node"),
        "overrides/.icons/custom/logo.svg": '<?xml version="1.0"?><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
    }
    built = site(files, newsroom_markdown_extensions=[emoji]).build()
    icon = built.soup("blog/2024/06/18/a").select_one(".newsroom-icon")
    assert icon["aria-label"] == "custom logo"
    assert icon.select_one("svg path")


def test_excerpts_of_two_posts_do_not_share_tabs(site):
    body = '# {}\n\n=== "One"\n    a\n\n=== "Two"\n    b\n'
    files = {f"blog/posts/{name}.md": post(body.format(name), slug=name) for name in ("a", "b")}
    page = site(files, newsroom_markdown_extensions=EXTENSIONS).build().soup("blog")
    inputs = page.select(".newsroom-tabs input")
    assert len({tab["id"] for tab in inputs}) == 4
    assert len({tab["name"] for tab in inputs}) == 2
    assert {label["for"] for label in page.select(".newsroom-tabs label")} == {tab["id"] for tab in inputs}


def test_a_snippet_that_changes_is_read_again(site):
    files = {"blog/posts/a.md": post('# A\n\n--8<-- "part.txt"'), "part.txt": "before"}
    built = site(files, newsroom_markdown_extensions=["pymdownx.snippets"]).build()
    assert "before" in built.text("blog/2024/06/18/a")
    built.write({"part.txt": "afterwards"}).build()
    assert "afterwards" in built.text("blog/2024/06/18/a")


def test_a_glossary_is_appended_to_every_post(site):
    snippets = {"pymdownx.snippets": {"auto_append": ["glossary.txt"]}}
    files = {"blog/posts/a.md": post("# A\n\nThe EGA."), "glossary.txt": "*[EGA]: European Genome-phenome Archive\n"}
    built = site(files, newsroom_markdown_extensions=["abbr", snippets]).build()
    assert built.soup("blog/2024/06/18/a").select_one("abbr")["title"] == "European Genome-phenome Archive"


def test_a_snippet_that_holds_itself_ends(site):
    files = {"blog/posts/a.md": post('# A\n\n--8<-- "a.txt"'), "a.txt": 'x\n\n--8<-- "a.txt"\n'}
    built = site(files, newsroom_markdown_extensions=["pymdownx.snippets"]).build()
    assert len(built.soup("blog/2024/06/18/a").select("section p")) == 1
    assert any("a.txt" in line for line in built.warnings)


def test_documented_objects_are_linked(site):
    body = "# A\n\n[the app][package.App] and [other][package.nothing]\n\n```{py:class} package.App\n```\n"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=EXTENSIONS).build()
    page = built.soup("blog/2024/06/18/a")
    assert page.select_one('section > p a[href="#package.App"]').get_text() == "the app"
    assert "[other][package.nothing]" in page.select_one("section > p").get_text()


def test_short_links_lead_to_the_repository(site):
    links = {"pymdownx.magiclink": {"repo_url_shorthand": True, "user": "node", "repo": "site"}}
    body = "# A\n\nSee #12 by @someone, not a#3 or x@example.org"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=[links]).build()
    found = [a["href"] for a in built.soup("blog/2024/06/18/a").select("section > p a")]
    assert found[:2] == ["https://github.com/node/site/issues/12", "https://github.com/someone"]
    assert not [url for url in found[2:] if "github" in url]


TABS = """\
# A title

=== "C++ & more"
    a

## Part
{MORE}
=== "One"
    a

    === "Inside"
        b

=== "One"
    c

## Part

!!! note
    === "One"
        d

/// tab | Block
e
///

[to a tab](#part-one) [](#part-inside)
"""


@pytest.mark.parametrize("designed", [False, True])
def test_tabs_have_the_slugs_of_pymdownx(site, designed):
    options = {"slugify": "pymdownx.slugs.slugify(case='lower')", "combine_header_slug": True, "separator": "-"}
    extensions = ["admonition", "pymdownx.blocks.tab", {"pymdownx.tabbed": {"alternate_style": True, **options}}]
    extensions += [{"toc": {}}]
    made = site(
        {
            "blog/posts/a.md": post(TABS.replace("{MORE}", "")),
            "blog/posts/b.md": post("# B\n\n[there](a.md#part-one_1)", date="2024-06-17"),
        },
        extensions=["myst_parser", *(["sphinx_design"] if designed else []), "sphinxext.newsroom"],
        newsroom_markdown_extensions=extensions,
    )
    built = made.build()
    assert built.warnings == []
    page = built.soup("blog/2024/06/18/a-title")
    tabs = page.select(".sd-tab-content > p[id]" if designed else ".newsroom-tabs > input")
    # That of the block has no slug.
    found = [tab["id"] for tab in tabs if not tab["id"].startswith("newsroom-tabs")]
    assert found == ["a-title-c--more", "part-one", "part-inside", "part-one_1", "part_1-one"]
    links = {link.get_text(): link["href"] for link in page.select(".e-content p a")}
    assert links["to a tab"] == "#part-one"
    assert links["Inside"] == "#part-inside"
    [link] = built.soup("blog/2024/06/17/b").select(".e-content p a")
    assert link["href"].endswith("a-title/#part-one_1")


def test_a_tab_has_the_same_slug_in_python_markdown():
    import markdown
    from bs4 import BeautifulSoup
    from pymdownx.slugs import slugify

    options = {"alternate_style": True, "slugify": slugify(case="lower"), "combine_header_slug": True}
    text = TABS.split("/// tab", maxsplit=1)[0].replace("{MORE}", "")
    html = markdown.markdown(
        text, extensions=["admonition", "toc", "pymdownx.tabbed"], extension_configs={"pymdownx.tabbed": options}
    )
    inputs = BeautifulSoup(html, "html.parser").select(".tabbed-set > input")
    assert [tab["id"] for tab in inputs] == ["a-title-c--more", "part-one", "part-one_1", "part-inside", "part_1-one"]


def test_ids_in_html_are_targets(site):
    body = """\
# A

<div id="block"><p>Text</p></div>

<div id="markdown" markdown>
Text
</div>

Text <span id="inline">here</span> and <a name="old"></a>.

<!-- <p id="comment"> -->

[1](#block) [2](#markdown) [3](#inline) [4](#old) [5](#comment) [6](#nowhere)
"""
    built = site(
        {
            "index.md": INDEX + '\n<p id="page"></p>\n\n[there](#page)\n',
            "blog/posts/a.md": post(body),
            "blog/posts/b.md": post("# B\n\n[there](a.md#inline)", date="2024-06-17"),
        },
        newsroom_markdown_extensions=EXTENSIONS,
        newsroom_markdown_everywhere=True,
    ).build()
    assert ["'comment'" in built.warnings[0], "'nowhere'" in built.warnings[1], len(built.warnings)] == [True, True, 2]
    links = [link["href"] for link in built.soup("blog/2024/06/18/a").select(".e-content p a[href]")]
    assert links[:4] == ["#block", "#markdown", "#inline", "#old"]
    assert built.soup("blog/2024/06/17/b").select_one(".e-content p a")["href"].endswith("/a/#inline")
    assert built.soup("").select_one("section p a[href='#page']").get_text() == "there"


def test_it_can_hold_for_the_whole_site(site):
    built = site(
        {"index.md": INDEX + "\n!!! note\n    Everywhere\n", "blog/posts/a.md": post()},
        newsroom_markdown_extensions=EXTENSIONS,
        newsroom_markdown_everywhere=True,
    ).build()
    assert built.soup("").select_one(".admonition.note p:last-child").get_text() == "Everywhere"


def test_what_cannot_be_shown_weighs_what_the_site_says(site):
    files = {"blog/posts/a.md": post("# A\n\n{{ macro }}")}
    severity = {"markdown": "ignore"}
    built = site(files, newsroom_markdown_extensions=EXTENSIONS, newsroom_severity=severity).build()
    assert built.warnings == []


def test_diagrams_are_drawn_where_the_site_has_what_draws_them(site):
    files = {"blog/posts/a.md": post("# A\n\n``` mermaid\ngraph LR\n  A --> B\n```")}
    extensions = ["myst_parser", "sphinxcontrib.mermaid", "sphinxext.newsroom"]
    built = site(files, extensions=extensions, newsroom_markdown_extensions=EXTENSIONS).build()
    assert built.soup("blog/2024/06/18/a").select_one("pre.mermaid").get_text().split() == [
        "graph",
        "LR",
        "A",
        "-->",
        "B",
    ]


@pytest.mark.parametrize(("mode", "seen"), [("accept", "one new two"), ("reject", "one old two")])
def test_changes_under_review_can_be_settled(site, mode, seen):
    extensions = [{"pymdownx.critic": {"mode": mode}}]
    body = "# A\n\none {~~old~>new~~} two{>>why?<<}"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=extensions).build()
    assert built.soup("blog/2024/06/18/a").select_one("section > p").get_text() == seen


def test_links_by_name_lead_to_documents(site):
    index = INDEX.replace("blog/index", "blog/index\nGetting_started")
    files = {
        "index.md": index,
        "Getting_started.md": "# Start\n",
        "blog/posts/a.md": post("# A\n\n[[Getting started]]"),
    }
    built = site(files, newsroom_markdown_extensions=["wikilinks"]).build()
    assert built.soup("blog/2024/06/18/a").select_one("section > p a")["href"] == "../../../../../Getting_started/"


def test_types_of_blocks_are_those_of_the_site(site):
    extensions = [{"pymdownx.blocks.admonition": {"types": [{"name": "seat", "class": "tip", "title": "Seats"}]}}]
    built = site({"blog/posts/a.md": post("# A\n\n/// seat\n20\n///")}, newsroom_markdown_extensions=extensions).build()
    assert built.soup("blog/2024/06/18/a").select_one(".admonition.tip .admonition-title").get_text() == "Seats"


def test_a_tab_can_begin_another_set(site):
    body = "# A\n\n/// tab | One\n///\n/// tab | Two\n    new: true\n    select: true\n///"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=EXTENSIONS).build()
    assert len(built.soup("blog/2024/06/18/a").select(".newsroom-tabs")) == 2


def test_urls_in_text_are_not_shortened_by_the_theme(site):
    url = "https://github.com/sphinx-doc/sphinx/pull/1"
    built = site(
        {"blog/posts/a.md": post(f"# A\n\n{url}")}, newsroom_markdown_extensions=["pymdownx.magiclink"]
    ).build()
    assert built.soup("blog/2024/06/18/a").select_one("section > p a").get_text() == url


@pytest.mark.theme("pydata_sphinx_theme")
def test_an_abbreviation_is_part_of_the_anchor_of_its_heading(site):
    body = "# A\n\n[up](#15-ask-the-ega-today)\n\n## 1.5 Ask the *EGA* today\n\n*[EGA]: European Genome-phenome Archive"
    built = site({"blog/posts/a.md": post(body)}, newsroom_markdown_extensions=["abbr"]).build()
    assert built.warnings == []
    article = built.soup("blog/2024/06/18/a").select_one("article")
    assert article.select_one("h2 em abbr")["title"] == "European Genome-phenome Archive"
    target = article.select_one("section > p a[href^='#']")["href"]
    assert article.select_one(f"section{target}, span{target}") is not None


@pytest.mark.theme("pydata_sphinx_theme")
def test_the_list_of_tags_stands_where_a_page_asks_for_it(site):
    page = "# Tags\n\n<!-- material/tags -->\n"
    files = {
        "index.md": INDEX.replace("blog/index", "blog/index\ntags"),
        "tags.md": page,
        "blog/posts/a.md": post("# First", slug="a", tags=["Sequencing", "Course"]),
    }
    built = site(files, newsroom_markdown_extensions=EXTENSIONS).build()

    def shown():
        article = built.soup("tags").select_one("article")
        return [element.get_text(strip=True) for element in article.select(".newsroom-tag, li")]

    assert shown() == ["Course", "First", "Sequencing", "First"]
    assert built.soup("tags").select_one(".newsroom-tag a")["href"] == "../blog/tag/course/"
    built.write({"blog/posts/b.md": post("# Second", slug="b", date="2024-06-19", tags=["Course"])}).build()
    assert shown() == ["Course", "Second", "First", "Sequencing", "First"]


def test_links_find_the_tags_in_the_list_of_a_page(site):
    body = "# First\n\n[courses](../../tags.md#tag:night-course) [gone](../../tags.md#tag:gone)"
    files = {
        "index.md": INDEX.replace("blog/index", "blog/index\ntags"),
        "tags.md": "# Tags\n\n<!-- material/tags -->\n",
        "blog/posts/a.md": post(body, slug="a", tags=["Night course"]),
    }
    built = site(files, newsroom_markdown_extensions=EXTENSIONS).build()
    assert built.warnings == [
        "blog/posts/a.md:9: WARNING: local id not found in doc 'tags': 'tag:gone' [myst.xref_missing]"
    ]
    link = built.soup("blog/2024/06/18/a").select_one("section > p a")
    assert link["href"].endswith("/tags/#tag:night-course")
    assert built.soup("tags").find(id="tag:night-course").get_text() == "Night course"


def test_links_find_lists_by_the_files_that_material_makes_of_them(site):
    body = "# A\n\n[all of 2024](../archive/2024.md) [news](../category/news.md#more) [no](../category/gone.md)"
    files = {
        "index.md": INDEX + "\n[years](blog/archive/2024.md)\n",
        "blog/posts/a.md": post(body, slug="a", categories=["News"]),
    }
    built = site(files, newsroom_markdown_extensions=EXTENSIONS).build()
    assert built.warnings == [
        "blog/posts/a.md:9: WARNING: 'myst' cross-reference target not found: '../category/gone.md' [myst.xref_missing]"
    ]

    def links():
        return [link["href"] for link in built.soup("blog/2024/06/18/a").select("section > p a")[:3]]

    lists = ["../../../../archive/2024/", "../../../../category/news/#more"]
    assert links()[:2] == lists
    assert built.soup("").select_one("section > p a")["href"] == "blog/archive/2024/"
    # A list that comes or goes changes the pages that lead to it.
    built.write({"blog/posts/b.md": post("# B", slug="b", categories=["Gone"])}).build()
    assert links() == [*lists, "../../../../category/gone/"]
    built.write({"blog/posts/b.md": None}).build()
    assert links()[2] != "../../../../category/gone/"
