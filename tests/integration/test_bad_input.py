"""What people get wrong is said in one line with its place, and the rest of the site is built."""

from __future__ import annotations

import json
import re

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.conftest import Site, post

pytestmark = pytest.mark.theme("basic")

TEXT = "# Title\n\nText.\n"


def dated(line: str) -> str:
    """Return a post with one more line of front matter: the third of the file."""
    return f"---\ndate: 2024-01-01\n{line}\n---\n\n{TEXT}"


def with_date(value: str) -> str:
    return f"---\ndate: {value}\n---\n\n{TEXT}"


NOT_A_DATE = (2, "expected a date such as 2024-01-31", "date")
NO_DATE = (1, "there is no date, so the post is a draft", "date")
# By file: its content, whether it is a post all the same, and what is said about it: line, words, kind.
POSTS: dict[str, tuple[str | bytes, bool, list[tuple[int, str, str]]]] = {
    # The front matter as a whole
    "nothing": (TEXT, False, [NO_DATE]),
    "empty": ("", False, [NO_DATE]),
    "fences": ("---\n---\n", False, [NO_DATE]),
    "open": (f"---\ndate: 2024-01-01\n\n{TEXT}", False, [(1, "no closing line", "front_matter")]),
    "late": (f"\n{dated('')}", False, [(2, "must start on the first line", "front_matter")]),
    "list": (f"---\n- a\n---\n\n{TEXT}", False, [(2, "expected lines such as", "front_matter")]),
    "colon": (dated("title: a: b"), False, [(3, "needs quotes", "front_matter")]),
    "alias": (dated("authors: *x"), False, [(3, "undefined alias", "front_matter")]),
    "code": (dated("x: !!python/object:os.system x"), False, [(3, "tag", "front_matter")]),
    "misspelt": (dated("catagories: [x]"), True, [(3, "Did you mean 'categories'?", "front_matter")]),
    "latin": (
        dated("").replace("Text", "Õhtu").encode("latin-1"),
        False,
        [(8, "not UTF-8 (it has the byte 0xd5)", "encoding")],
    ),
    "utf16": (dated("").encode("utf-16"), False, [(1, "not UTF-8", "encoding")]),
    "bom": (b"\xef\xbb\xbf" + dated("pin: true").replace("\n", "\r\n").encode(), True, []),
    # Dates
    "d-empty": (with_date(""), False, [NOT_A_DATE]),
    "d-key": (
        f"---\nDate: 2024-01-01\n---\n\n{TEXT}",
        False,
        [(2, "Did you mean 'date'? The post is a draft", "front_matter")],
    ),
    "d-others": (
        with_date(
            "2024-13-45\nauthors: [nobody]\ncategories: ['']\nlinks: [nowhere.md]\nimage: index/gone.png\ntemplate: x"
        ),
        False,
        [
            (2, "a date such as 2024-01-31. It is ignored. The post is a draft until this is corrected", "date"),
            (3, "'nobody' is not in", "author"),
            (4, "'categories' has '' in it", "front_matter"),
            (5, "'nowhere.md' leads nowhere", "link"),
            (6, "'index/gone.png' is not there", "front_matter"),
            (7, "'template' is 'x'", "front_matter"),
        ],
    ),
    "d-word": (with_date("soon"), False, [NOT_A_DATE]),
    "d-month": (with_date("2024-13-01"), False, [NOT_A_DATE]),
    "d-quoted": (with_date('"2024-1-1"'), True, [(2, "It is read as 2024-01-01", "date")]),
    "d-slashes": (with_date("02/03/2024"), False, [(2, "not clear which number is what", "date")]),
    "d-year": (with_date("2024"), False, [NOT_A_DATE]),
    "d-list": (with_date("[2024-01-01]"), False, [NOT_A_DATE]),
    "d-map": (with_date("{updated: 2024-01-01}"), False, [(2, "with 'created' among them", "date")]),
    "d-first": (with_date("0001-01-01"), False, [NOT_A_DATE]),
    "d-last": (with_date("9999-12-31"), False, [NOT_A_DATE]),
    "d-zone": (with_date("2024-01-31T10:11:12+02:00"), True, []),
    # Single keys
    "draft": (dated("draft: maybe"), False, [(3, "It is read as true", "front_matter")]),
    "draft-key": (
        dated("Draft: yes"),
        False,
        [(3, "'Draft' is true, so the post is taken for a draft", "front_matter")],
    ),
    "draft-elsewhere": (
        dated("published: false"),
        False,
        [(3, "expected 'draft: true'. Remove 'published'", "front_matter")],
    ),
    "pin": (dated("pin: x"), True, [(3, "'pin' is 'x'; expected true or false", "front_matter")]),
    "authors": (
        dated("authors: nobody"),
        True,
        [(3, "expected a list", "front_matter"), (3, "'nobody' is not in", "author")],
    ),
    "author-null": (dated("authors: [null]"), True, [(3, "'authors' has empty in it", "front_matter")]),
    "categories": (
        dated("categories: [2024, null]"),
        True,
        [(3, "read as '2024'", "front_matter"), (3, "empty", "front_matter")],
    ),
    "tags": (dated("tags: {a: b}"), True, [(3, "'tags' is {'a': 'b'}; expected a list", "front_matter")]),
    "tags-empty": (dated("tags:"), True, []),
    "links": (dated("links: 5"), True, [(3, "'links' is 5; expected a list", "front_matter")]),
    "links-null": (dated("links:\n  - A:"), True, [(4, "expected a path or URL", "front_matter")]),
    "links-nowhere": (
        dated("links:\n  - index.md\n  - A:\n    - B: nowhere.md#x"),
        True,
        [(3, "'nowhere.md#x' leads nowhere", "link")],
    ),
    "readtime": (dated("readtime: -3"), True, [(3, "expected a whole number", "front_matter")]),
    "slug": (dated("slug: [a]"), True, [(3, "'slug' is ['a']; expected text", "front_matter")]),
    "title": (dated("title: 2024"), True, [(3, "It is read as '2024'", "front_matter")]),
    "title-null": (dated("title:"), True, [(3, "'title' is empty", "front_matter")]),
    "hide": (dated("hide: toc"), True, [(3, "expected a list", "front_matter")]),
    "hide-null": (dated("hide:"), True, [(3, "'hide' is empty", "front_matter")]),
    "search": (dated("search: 5"), True, [(3, "{exclude: true}", "front_matter")]),
    "image": (dated("image: [a]"), True, [(3, "expected the path or URL of an image", "front_matter")]),
    "image-gone": (dated("image: cover.png"), True, [(3, "'cover.png' is not there", "front_matter")]),
    "external": (dated("external_link: 'javascript:alert(1)'"), True, [(3, "expected a URL", "front_matter")]),
    "canonical": (dated("canonical_link: x"), True, [(3, "expected a URL", "front_matter")]),
    "redirect": (dated("redirect: ../escape"), True, [(3, "expected a path below the root", "front_matter")]),
    "redirect-taken": (
        dated("redirect: index"),
        True,
        [(3, "the old URL 'index' is that of 'index'", "permalink")],
    ),
    "nocomments": (dated("nocomments: maybe"), True, [(3, "expected true or false", "front_matter")]),
    "updated": (dated("updated: soon"), True, [(3, "expected a date", "date")]),
    "several": (
        dated("pin: x\nsearch: 5\ncatagories: a"),
        True,
        [(3, "'pin'", "front_matter"), (4, "'search'", "front_matter"), (5, "'catagories'", "front_matter")],
    ),
}
# The same for posts and lists that are declared in ABlog's ways.
PAGES: dict[str, tuple[str, bool, list[tuple[int, str, str]]]] = {}


def declared(
    name: str,
    options: str,
    *warnings: tuple[int, str, str],
    date: str = "2024-01-02",
    listed: bool = True,
    body: str = "",
) -> None:
    text = f"---\norphan: true\n---\n\n# {name}\n\n```{{post}} {date}\n{options}\n```\n\nText.\n{body}"
    PAGES[f"pages/{name}.md"] = (text, listed, list(warnings))


def listing(name: str, options: str, *warnings: tuple[int, str, str]) -> None:
    PAGES[f"pages/{name}.md"] = (
        f"---\norphan: true\n---\n\n# {name}\n\n```{{postlist}} {options}\n```\n",
        False,
        list(warnings),
    )


for number, date in enumerate(["soon", "2024", "31 Jan", "2024-13-45", "0001-01-01", "9999-12-31", "29 February 2023"]):
    declared(
        f"date{number}",
        "",
        (7, f"{date!r} is not a date; expected one such as '18 June 2024'", "ablog"),
        date=date,
        listed=False,
    )
declared("zone", "", date="2024-01-31T10:11:12+02:00")
declared("no-date", "", date="", listed=False, body="\n```{update} 2024-02-02\nMore.\n```\n")
declared("bad-update", "", (13, "'soon' is not a date", "ablog"), body="\n```{update} soon\nMore.\n```\n")
declared("empty", ":tags:\n:category: ,\n:title:\n:canonical_link:\n:external_link:\n:redirect:")
declared("link", ":external_link: javascript:alert(1)", (7, "expected a URL that starts with https://", "ablog"))
declared("away", ":redirect: ../escape", (1, "would leave the site", "permalink"))
declared(
    "numbers",
    ":excerpt: x\n:image: x.png",
    (9, "Invalid option value for 'image'", ""),
    (8, "Invalid option value for 'excerpt'", ""),
)
PAGES["pages/untitled.md"] = ("---\norphan: true\n---\n\n```{post} 2024-01-01\n```\n\nText.\n", True, [])
PAGES["pages/boxed.md"] = (
    "---\norphan: true\n---\n\n````{note}\n```{post} 2024-01-01\n```\n````\n\nText.\n\n```{post} 2024-01-01\n```\n",
    False,
    [(6, "must be in a section", "ablog"), (12, "must be in a section", "ablog")],
)
PAGES["pages/both.md"] = (
    "---\nblogpost: true\ndate: 2024-01-01\n---\n\n# both\n\n```{post} 2024-01-02\n```\n\nText.\n",
    True,
    [],
)
PAGES["marked/date.md"] = (with_date("notadate"), False, [NOT_A_DATE])
PAGES["marked/mixed.md"] = (
    "---\ndate: 2024-01-31T10:11:12+02:00\nauthor: [henri, mari]\ncategory: [News, 'B, C']\ntags: ''\nnocomments: false\nexcerpt: 0\n---\n\n# mixed\n\nText.\n",
    True,
    [],
)
PAGES["marked/fields.rst"] = (
    ":orphan:\n:blogpost: true\n:date: 2024-01-01\n:author: Henri; Mari\n:tags:\n:nocomments:\n:draft: no\n\nfields\n======\n\nText.\n",
    True,
    [],
)
listing("count", "abc", (7, "'abc' is not a number of posts, so all are listed", "ablog"))
listing("minus", "-1", (7, "'-1' is not a number of posts, so all are listed", "ablog"))
listing(
    "label",
    "\n:category: Nwes\n:tags: x",
    (7, "no post has the category 'Nwes', so this list has none. Did you mean 'News'?", "ablog"),
    (7, "no post has the tag 'x'", "ablog"),
)
listing("key", "\n:format: '{titel}'", (7, "{titel} is not known; expected {date}, {title}, {author}", "ablog"))
listing("brace", "\n:format: '{date} - {title'", (7, "expected '}' before end of string", "ablog"))
listing("empties", "\n:format:\n:date:\n:list-style:\n:category:")
listing("pattern", "\n:date: '%'")


def said(built: Site, path: str) -> list[tuple[int, str, str]]:
    """Return what is said about a file: line, words, kind."""
    found = []
    for warning in built.warnings:
        if match := re.fullmatch(rf"{re.escape(path)}:(\d+): WARNING: (.*) \[(.*)\]", warning):
            found.append((int(match[1]), match[2], match[3].removeprefix("newsroom.")))  # noqa: PERF401 - clearer
    return found


def matches(found, expected) -> bool:
    return len(found) == len(expected) and all(
        any(line == at and words in text and (kind == of or not kind) for at, text, of in found)
        for line, words, kind in expected
    )


def nothing_outside(built: Site) -> bool:
    """Return whether nothing was written but the output and the doctrees."""
    return {file.name for file in built.folder.iterdir()} == {"src", "_build"} and {
        file.name for file in (built.folder / "_build").iterdir()
    } == {built.builder, "doctrees"}


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory):
    """Return a site of every mistake at once, and one post that is right."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1790000000")
        conf = {
            "newsroom_post_url_format": "{file}",
            "newsroom_pagination": False,
            "blog_post_pattern": "marked/*",
            "newsroom_feed_length": 1000,
        }
        made = Site(folder=tmp_path_factory.mktemp("mistakes"), conf=conf)
        posts = {f"blog/posts/{name}.md": content for name, (content, _, _) in POSTS.items()}
        pages = {path: text for path, (text, _, _) in PAGES.items()}
        made.write({"conf.py": "", "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n", **posts, **pages})
        return made.write({"blog/posts/right.md": post("# Right\n\nText.", categories=["News"])}).build()


@pytest.mark.parametrize("name", POSTS)
def test_a_mistake_in_a_post_is_said_with_its_place(mistakes, name):
    _, shown, expected = POSTS[name]
    found = said(mistakes, f"blog/posts/{name}.md")
    assert matches(found, expected), found
    assert (f"blog/{name}/" in mistakes.urls()) == shown


@pytest.mark.parametrize("path", PAGES)
def test_a_mistake_in_a_declared_post_or_list_is_said_with_its_place(mistakes, path):
    _, shown, expected = PAGES[path]
    found = said(mistakes, path)
    assert matches(found, expected), found
    links = {a["href"] for a in mistakes.soup("/blog/").select(".newsroom-entry h2 a")}
    assert ("../" + path.rsplit(".", 1)[0] + "/" in {link.split("#")[0] for link in links}) == shown


def test_nothing_else_is_wrong_and_the_rest_is_there(mistakes):
    expected = sum(len(warnings) for _, _, warnings in [*POSTS.values(), *PAGES.values()])
    assert len(mistakes.warnings) == expected
    assert "Right" in mistakes.titles("/blog/")
    feed = feedparser.parse(mistakes.text("/blog/atom.xml"))
    assert not feed.bozo
    assert len(feed.entries) == sum(shown for _, shown, _ in [*POSTS.values(), *PAGES.values()]) + 1
    assert nothing_outside(mistakes)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- a\n", [(1, "the authors are ['a']; expected a mapping", "author")]),
        ("authors: x\n", [(1, "the authors are 'x'; expected a mapping", "author")]),
        ("authors: : x\n", [(1, "not YAML", "author")]),
        ("", []),
        ("authors:\n  a:\n    description: x\n", [(2, "author 'a' has no name", "author")]),
        (
            "authors:\n  a:\n    name: 5\n    avatar: [x]\n",
            [(3, "read as '5'", "author"), (4, "expected text", "author")],
        ),
        ("authors:\n  a:\n    name: A\n    avatar: gone.png\n", [(2, "'gone.png' of 'a' is not there", "author")]),
        ("authors:\n  a:\n    name: A\n    url: javascript:alert(1)\n", [(4, "expected", "author")]),
        ("authors:\n  a:\n    name: A\n    slug: ../../../../x\n", []),
        ("authors:\n  1:\n    name: A\n", [(2, "the id 1 is not text", "author")]),
        ("authors:\n  a:\n    name: Õie\n".encode("latin-1"), [(3, "not UTF-8", "encoding")]),
    ],
)
def test_a_mistake_in_the_authors_file_is_said_with_its_place(site, content, expected):
    built = site({"blog/.authors.yml": content, "blog/posts/a.md": post("# A\n\nText.", authors=["a"])}).build()
    found = said(built, "blog/.authors.yml")
    assert matches(found, expected), built.warnings
    assert built.titles("/blog/") == ["A"]
    assert nothing_outside(built)


class TestAddresses:
    @pytest.mark.parametrize(
        ("slug", "output", "words"),
        [
            ("../../../../../x", "blog/2024/01/01/a/", "would leave the site"),
            ("/etc/x", "blog/2024/01/01/etc/x/", None),
            ('"a\\0b"', "blog/2024/01/01/ab/", "control characters"),
            ('"a\\nb"', "blog/2024/01/01/a/", "is not allowed"),
            ("x" * 300, "blog/2024/01/01/a/", "too long"),
            ("index", "blog/2024/01/01/", None),
            (".", "blog/2024/01/01/", None),
            ("'a/../b'", "blog/2024/01/01/b/", None),
            ("a?b#c", "blog/2024/01/01/a?b#c/", None),
            ("'<b>'", "blog/2024/01/01/a/", "is not allowed"),
            ("../../../../index", "index-2/", "is that of 'index.md' already"),
            ("../../../index", "blog-2/", "is that of 'the index of the blog' already"),
            ("../../../../page", "page-2/", "is that of 'page.md' already"),
            ("../../../../folder", "folder-2/", "is that of 'folder/index.md' already"),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_a_slug_stays_in_the_site_and_takes_no_page_away(self, site, slug, output, words):
        files = {
            "blog/posts/a.md": dated(f"slug: {slug}"),
            "page.md": "---\norphan: true\n---\n# Page\n",
            "folder/index.md": "---\norphan: true\n---\n# Folder\n",
        }
        built = site(files).build()
        assert len(built.warnings) == (words is not None)
        assert all(words in warning and warning.startswith("blog/posts/a.md:") for warning in built.warnings)
        assert built.titles("/blog/") == ["Title"]
        [link] = built.soup("/blog/").select(".newsroom-entry h2 a")
        assert (built.out / output / "index.html").is_file()
        assert "#" not in link["href"]
        assert nothing_outside(built)
        headings = [
            built.soup(url).h1.get_text(strip=True).strip("#¶") for url in ("/", "/page/", "/folder/", "/blog/")
        ]
        assert headings == ["Home", "Page", "Folder", "Blog"]

    def test_two_posts_with_one_address_both_stand(self, site):
        built = site({"blog/posts/a.md": post("# Same\n\nOne."), "blog/posts/b/a.md": post("# Same\n\nTwo.")}).build()
        [warning] = built.warnings
        assert "blog/posts/b/a.md:" in warning
        assert "'blog/posts/a.md'" in warning
        assert "[newsroom.duplicate]" in warning
        texts = [
            built.soup(f"/blog/2024/06/18/same{end}/").select_one(".e-content").get_text(strip=True)
            for end in ("", "-2")
        ]
        assert texts == ["One.", "Two."]

    def test_a_post_at_the_address_of_a_list_takes_nothing_away(self, site):
        slugs = {
            "category/news": "News",
            "category/index": "Over",
            "page/2": "Second",
            "tag/x": "Tag",
            "archive/2024": "Archived",
        }
        files = {
            f"blog/posts/{title}.md": post(
                f"# {title}\n\nText.", slug=f"../../../{slug}", categories=["News"], tags=["x"]
            )
            for slug, title in slugs.items()
        }
        built = site(files, newsroom_pagination_per_page=3).build()
        for slug, title in slugs.items():
            assert built.soup(f"/blog/{slug.removesuffix('index')}/").h1.get_text(strip=True) == title
        seen = {title for url in sorted(built.urls()) if url.startswith("blog") for title in built.titles("/" + url)}
        assert seen == set(slugs.values())
        index = built.soup("/blog/")
        assert [a["href"] for a in index.select(".newsroom-pagination [rel=next]")] == ["page/2-2/"]

    def test_a_page_at_the_address_of_a_list_heads_it(self, site):
        page = "---\norphan: true\n---\n# {}\n\nHead.\n"
        files = {f"blog/{name}.md": page.format(name) for name in ("category/news", "category", "archive/2024")}
        built = site({**files, "blog/posts/a.md": post("# A\n\nText.", categories=["News"])}).build()
        assert built.warnings == []
        for name in ("category/news", "archive/2024"):
            assert built.titles(f"/blog/{name}/") == ["A"]
            assert "Head." in built.text(f"/blog/{name}/")
        assert "Head." in built.text("/blog/category/")


class TestFiles:
    def test_odd_files_do_not_stop_a_build(self, site):
        built = site({"blog/posts/a.md": post("# A\n\nText."), "blog/posts/folder.md/b.md": post("# B\n\nText.")})
        posts = built.folder / "src" / "blog" / "posts"
        (posts / "broken.md").symlink_to("nowhere.md")
        (posts / "empty.md").mkdir()
        built.build()
        assert built.titles("/blog/") == ["A", "B"]
        # Sphinx says in its own words, too, what it cannot read.
        [warning] = [warning for warning in built.warnings if "[newsroom." in warning]
        assert warning.startswith(
            "blog/posts/broken.md:1: WARNING: the file cannot be read (No such file or directory)"
        )

    @pytest.mark.parametrize(
        "content", [post("# " + "word " * 20_000 + "\n\nText."), post("Text.", title="x" * 100_000)]
    )
    def test_a_huge_title_is_only_long(self, site, content):
        built = site({"blog/posts/a.md": content, "blog/posts/b.md": post("# B\n\nText.", date="2024-01-01")}).build()
        assert len(built.titles("/blog/")[0]) > 90_000
        assert "blog/2024/06/18/a/" in built.urls()
        [warning] = built.warnings
        assert "too long for a file name" in warning
        assert len(warning) < 400

    def test_control_characters_are_only_odd(self, site):
        built = site(
            {
                "blog/posts/a.md": post("# A\x01B\n\nText \x00\x08."),
                "blog/posts/b.md": post("# B\n\nText.", title='"\\x07"'),
            }
        ).build()
        assert not feedparser.parse(built.text("/blog/atom.xml")).bozo
        assert len(built.titles("/blog/")) == 2


HOSTILE = "<script>x</script>\"'&]]></script><b onclick=x>"


FIELDS = "cover, author, date, updated, minutes, category, tag, location, language, more"


@pytest.mark.theme("pydata_sphinx_theme")
def test_nothing_that_somebody_wrote_becomes_markup(site):
    text, url = json.dumps(HOSTILE), json.dumps("https://x.example/" + HOSTILE)
    authors = (
        f"authors:\n  evil:\n    name: {text}\n    description: {text}\n    avatar: {url}\n    url: {url}\n    slug: {text}\n    email: {text}\n"
        f"    affiliation: {text}\n    bio: {text}\n    socials: {{site: {url}}}\n  {text}:\n    name: {text}\n"
    )
    front_matter = (
        f"date: 2024-01-01\ntitle: {text}\nauthors: [evil, {text}]\ncategories: [{text}]\ntags: [{text}]\ndescription: {text}\n"
        f"slug: {text}\nredirect: [{text}]\nexternal_link: {url}\ncanonical_link: {url}\nimage: {{src: {url}, alt: {text}, dark: {url}}}\n"
        f"links:\n  - {text}: index.md\n  - {url}\n  - {text}\nlocation: [{text}]\nlanguage: [{text}]\nicon: {text}\nseries: {text}\nhide: [{text}]\nmine: {text}\n"
        "announce_until: 2027-01-01"
    )
    inline = f"{{name: {text}, description: {text}, url: {url}, avatar: {url}}}"
    directive = (
        f"---\norphan: true\n---\n\n# Declared\n\n```{{post}} 2024-01-03\n:title: {text}\n:category: {text}\n:author: {text}\n:tags: {text}\n"
        f":location: {text}\n:redirect: {text}\n:external_link: {url}\n```\n\nText.\n\n"
        "```{postlist}\n:excerpts:\n:expand: '<script>x'\n:list-style: '\"><script>x'\n"
        ":format: '<script>x {title} {author} {category} {tags} {location}'\n```\n"
        + "".join(
            f"\n```{{post-list}}\n:view: {look}\n:fields: {FIELDS}\n:excerpt: {excerpt}\n:more: '<script>x'\n"
            ":date-format: \"'<script>x'yyyy\"\n```\n\n```{post-list}\n:until: 1900\n:empty: '<script>x'\n```\n"
            for look, excerpt in (("list", "full"), ("list", "summary"), ("cards", "summary"), ("table", "summary"))
        )
    )
    built = site(
        {
            "blog/.authors.yml": authors,
            "blog/posts/a.md": f"---\n{front_matter}\n---\n\nText.\n",
            "blog/posts/b.md": f"---\ndate: 2024-01-02\nauthors: [{inline}]\n---\n\n# `{HOSTILE}`\n\nText.\n",
            "declared.md": directive,
        },
        blog_title=HOSTILE,
        blog_feed_subtitle=HOSTILE,
        copyright=HOSTILE,
        newsroom_categories_name=HOSTILE,
        newsroom_archive_name=HOSTILE,
        newsroom_announce=True,
        newsroom_categories_view="cards",
        newsroom_tags_view="table",
        newsroom_archive_date_format="'<script>x'yyyy",
        newsroom_post_date_format="'<script>x'yyyy",
        blog_locations={HOSTILE: (HOSTILE, None)},
        # The navigation of the theme shows titles of documents as they are.
        html_theme_options={"navbar_center": []},
        html_sidebars={
            "**": [
                f"ablog/{name}.html"
                for name in ("recentposts", "categories", "tagcloud", "authors", "postcard", "archives", "locations")
            ]
            + [
                f"newsroom/sidebars/{name}.html"
                for name in ("recent", "categories", "tags", "archive", "authors", "feeds")
            ]
        },
    ).build()
    assert {warning.rsplit("[", 1)[1] for warning in built.warnings} <= {"newsroom.permalink]", "newsroom.link]"}
    assert nothing_outside(built)
    pages = [file for file in built.out.rglob("*.html") if "_static" not in file.parts]
    assert len(pages) > 15
    for file in pages:
        content = file.read_text(encoding="utf-8")
        assert "<script>x" not in content, file
        assert not BeautifulSoup(content, "html5lib").select("[onclick]"), file
    feed = feedparser.parse(built.text("/blog/atom.xml"))
    assert not feed.bozo
    # Quotation marks become typographic in headings.
    shown = HOSTILE.replace("\"'", "\u201d\u2019")
    assert feed.entries[-1].title_detail.value == shown
    assert built.graph("/blog/2024/01/01/a/")["BlogPosting"]["headline"] == shown
