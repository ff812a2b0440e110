"""The interface in the language of the site: no word of it is left out, numbers have their forms, and any code is found."""

from __future__ import annotations

import re
import sys
from html import unescape
from types import ModuleType

import feedparser
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from sphinx import locale

from sphinxext.newsroom import i18n as translations
from tests.conftest import post
from tests.samples import PNG

pytestmark = pytest.mark.theme("basic")

SIDEBARS = ["recent", "events", "categories", "tags", "archive", "authors", "feeds"]
ABLOG_SIDEBARS = ["recentposts", "categories", "tagcloud", "archives", "authors", "languages", "locations", "postcard"]
NEAR = {"categories": ["Λ"], "tags": ["τ"], "authors": ["alpha", "beta"], "location": "Τ", "language": "Γ"}
SITE = {
    "index.md": (
        "# Ω\n\n```{toctree}\nblog/index\nlists\n```\n\n{ref}`blog-feed` {ref}`blog-tags`\n\n"
        "```{update} 1 Mar, 2024\nΛόγος.\n```\n\n```{update} soon\nΛόγος.\n```\n"
    ),
    "lists.md": (
        "# Λ\n\n```{post-list}\n:fields: date, updated, minutes, author, category, tag, location, language, more\n```\n\n"
        "```{post-list}\n:view: table\n:fields: date, updated, minutes, author, category, tag, location, language\n```\n\n"
        "```{post-list}\n:view: cards\n```\n\n```{post-list}\n:view: table\n:group: instructor\n```\n\n```{post-list}\n:since: 2040\n```\n\n"
        "```{mentions} index\n```\n"
    ),
    "picture.png": PNG,
    "blog/.authors.yml": (
        "authors:\n"
        "  alpha: {name: Άλφα, description: Δ, bio: Λόγος., url: 'https://a.example/', email: a@a.example,\n"
        "    orcid: 0000-0002-1825-0097, socials: {mastodon: '@a@social.example', email: a@a.example}}\n"
        "  beta: {name: Βήτα, bio: Λόγος.}\n"
    ),
    "blog/index.md": "# Ω\n\nΛόγος.\n",
    **{
        f"blog/posts/{n}.md": post(
            "# Σ\n\nΛόγος.\n\n<!-- more -->\n\n[Λόγος](/index.md).",
            date=f"{{created: 2024-01-{n:02}, updated: 2024-02-01}}",
            series="Σ",
            slug=f"s{n}",
            pin=n == 3,
            redirects=f"[old/{n}]",
            image="{src: ../../picture.png, alt: Ε}" if n == 4 else None,
            links="[{Λ: https://elsewhere.example/}]",
            license="https://license.example/",
            **NEAR | ({"authors": ["alpha"]} if n == 1 else {}),
        )
        for n in range(1, 9)
    },
    "blog/posts/draft.md": post("# Σ\n\nΛόγος.", draft=True, date="2024-03-01", slug="draft"),
    "blog/posts/scheduled.md": post("# Σ\n\nΛόγος.", date="2031-03-01", slug="scheduled"),
    "blog/posts/words.md": post(
        "# Σ\n\n"
        + "\n\n".join(
            f"!!! {kind}\n\n    Λόγος."
            for kind in [
                "abstract",
                "summary",
                "info",
                "todo",
                "success",
                "check",
                "done",
                "question",
                "help",
                "failure",
                "fail",
                "missing",
                "bug",
                "example",
                "quote",
                "cite",
                "note",
                "attention",
                "caution",
                "danger",
                "error",
                "tip",
                "hint",
                "warning",
                "important",
            ]
        )
        + "\n\nΛόγος.\n\n/// figure-caption\nΛόγος.\n///\n\nΛόγος.\n\n/// table-caption\nΛόγος.\n///\n",
        date="2023-02-01",
        slug="words",
    ),
    "blog/posts/event.md": post(
        "# Σ\n\nΛόγος.",
        date="2022-05-01",
        slug="event",
        event="{start: 2026-10-05, repeat: FREQ=WEEKLY;COUNT=3, status: rescheduled, previous_start: 2026-10-01, "
        "place: {name: Τ, geo: [58, 26]}, online: Τ, organizer: Τ, contact: {name: Τ}, speakers: [Τ], languages: [et], "
        "price: free, capacity: 3, level: beginner, "
        "registration: {url: 'https://ω.example/', opens: 2026-08-01, deadline: 2026-10-01}}",
    ),
    "blog/posts/course.md": post(
        "# Σ\n\nΛόγος.",
        date="2022-04-01",
        slug="course",
        course="{status: cancelled, level: intermediate, hours: 3, provider: Τ, prerequisites: Τ, outcomes: Τ, audience: Τ, "
        "general: {register: , topics: [Τ]}, keywords: [Τ], license: 'https://ω.example/', materials: [{title: Τ, url: 'https://ω.example/'}], "
        "instances: [{start: 2026-10-05, place: Τ, speakers: [Τ]}, {start: 2026-11-05, online: true}]}",
    ),
    "blog/posts/postponed.md": post(
        "# Σ\n\nΛόγος.",
        date="2022-03-01",
        slug="postponed",
        course="{instances: [{start: 2026-10-05, status: postponed}, {start: 2026-11-05, status: moved-online}], level: advanced}",
    ),
    "changes.md": "---\norphan: true\n---\n\n# Σ\n\n"
    + "".join(
        f"```{{{name}}} 1.0\nΛόγος.\n```\n\n"
        for name in ("versionadded", "versionchanged", "deprecated", "versionremoved")
    )
    + "```{mentions} /blog/posts/words.md\n:feed:\n```\n",
    "blog/posts/release.md": post(
        "# Σ\n\nΛόγος [](/changes.md), [](/blog/posts/words.md).",
        date="2022-02-01",
        slug="release",
        release="[1.0, 1.0a1]",
        superseded_by="changes.md",
    ),
    "blog/posts/cited.md": post(
        "# Σ\n\nΛόγος.",
        date="2022-01-01",
        slug="cited",
        authors="[{name: Άλφα, roles: [Writing – original draft]}]",
        doi="10.5555/1",
        references="[10.5555/12345678]",
        funding="[{funder: {name: Τ}, award: 7}]",
    ),
    "blog/posts/updated.md": post(
        "# Σ\n\n```{update} 1 Mar, 2024\nΛόγος.\n```\n\n```{update} soon\nΛόγος.\n```\n",
        date="2023-01-01",
        slug="updated",
    ),
    "notes/declared.rst": "Σ\n=\n\n.. post:: 1 Mar, 2022\n   :location: Τ\n\n   Λόγος.\n\n.. update:: 2 Mar, 2022\n\n   Λόγος.\n",
}
CONF = {
    "project": "Ω",
    "newsroom_event_check": "off",
    "newsroom_pagination_per_page": 3,
    "newsroom_series_pagination_per_page": 3,
    "newsroom_old_after": 100,
    "newsroom_post_mentions": True,
    "newsroom_draft": True,
    "newsroom_draft_if_future_date": True,
    "newsroom_feed_catalogs": ["category", "tag", "author", "series"],
    "newsroom_feed_files": {"atom": "atom.xml", "rss_updated": "updated.xml"},
    "newsroom_markdown_extensions": ["admonition", "pymdownx.blocks.caption"],
    "disqus_shortname": "node",
    "suppress_warnings": ["newsroom.ablog"],  # of an update without a date
    "html_sidebars": {
        "**": [
            *(f"newsroom/sidebars/{name}.html" for name in SIDEBARS),
            *(f"ablog/{name}.html" for name in ABLOG_SIDEBARS),
        ]
    },
}
OURS = "[class*=newsroom], [class*=ablog-], .admonition, figcaption, title, time"
SAYING = ("aria-label", "title", "alt", "placeholder", "content")
NAMES = re.compile(
    r"(?s:@misc\{.*?\n\})|\(2022, January 1\)|ORCID|BibTeX|RIS|CSL-JSON|DOI|Writing – original draft|iCalendar|Mastodon|Atom|RSS|JSON Feed|https?://\S+|ω\.example"
)
"""What is called the same in every language; APA's form of a date is English."""
WORD = re.compile("[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"%(\\\(\w+\\\))?[ds]")
"""In a pattern."""
NOT_HERE = {"Next courses", "Author", "Category", "Location", "Next", "Previous", "Tag"}
"""Messages that appear only in a site whose events are all courses, without the page of feeds, or only in ABlog's templates."""


@pytest.fixture
def marked(tmp_path, monkeypatch):
    """Put every word of the catalogue between marks; the language has other letters, so that no name of a month is Latin."""
    with (translations.LOCALES / "newsroom.pot").open("rb") as stream:
        words = read_po(stream, locale="ru")
    for message in words:
        if message.pluralizable:
            message.string = tuple(f"«{message.id[1]}»" for _ in range(words.num_plurals))
        elif message.id:
            message.string = f"«{message.id}»"
    words.fuzzy = False
    folder = tmp_path / "locales"
    (folder / "ru" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "ru" / "LC_MESSAGES" / "newsroom.mo").open("wb") as stream:
        write_mo(stream, words)
    monkeypatch.setattr(translations, "LOCALES", folder)
    return {message.id: message for message in words if message.id}


def said(html: str) -> list[str]:
    """Return what our parts of a page show and read out."""
    soup = BeautifulSoup(html, "html5lib")
    for element in soup.select("script, style, .headerlink"):
        element.decompose()
    parts = [
        element for element in soup.select(OURS) if element.find_parent(class_=re.compile("newsroom|ablog-")) is None
    ]
    texts = [" ".join(part.stripped_strings) for part in parts]
    elements = [element for part in parts for element in (part, *part.find_all(True))]
    elements += soup.select("link[rel=alternate], link[rel=prev], link[rel=next], meta[property^='og:title']")
    return texts + [str(element[name]) for element in elements for name in SAYING if element.has_attr(name)]


def unmarked(text: str) -> str:
    """Return a text without the parts between markers."""
    while (shorter := re.sub("«[^«»]*»", "", text)) != text:
        text = shorter
    return NAMES.sub("", text)


@pytest.mark.theme("pydata_sphinx_theme")
def test_no_word_of_the_interface_is_left_in_english(site, marked):
    built = site(SITE, language="ru", **CONF).build()
    assert built.warnings == []
    left = set()
    for file in sorted(set(built.out.rglob("*.html")) - {built.file("/search/")}):
        texts = said(file.read_text(encoding="utf-8"))
        left |= {(file.relative_to(built.out).as_posix(), text) for text in texts if WORD.search(unmarked(text))}
    assert left == set()
    for file in set(built.out.rglob("*.xml")) - {built.out / "sitemap-events.xml"}:
        assert not WORD.search(unmarked(feedparser.parse(file.read_bytes()).feed.title))
    # The site has to show every word, or the test says nothing of it. What Sphinx has words for is said in these.
    shown = "\n".join(unescape(file.read_text(encoding="utf-8")) for file in built.out.rglob("*.*ml"))
    forms = {key: message.string[0] if message.pluralizable else message.string for key, message in marked.items()}
    patterns = {key: PLACEHOLDER.sub(".+", re.escape(form)) for key, form in forms.items()}
    missing = {key for key, pattern in patterns.items() if re.search(pattern, shown) is None}
    words = built.app.translator
    assert {key for key in missing if words.gettext(key) == forms[key]} == NOT_HERE


POSTS = {
    f"blog/posts/{n}.md": post(
        f"# Post {n}\n\n" + "word " * 250 * min(n, 5) + "\n\n<!-- more -->\n\nText.",
        date=f"2024-{1 + n // 20:02}-{1 + n % 20:02}",
        categories=["Viele"] + ["Wenige"] * (n <= 2) + ["Eine"] * (n == 1) + ["Fünf"] * (n <= 5),
    )
    for n in range(1, 23)
}


def counts(built, url):
    return {
        str(item.a.get_text()): str(item.select_one(".newsroom-count").get_text())
        for item in built.soup(url).select(".newsroom-term")
    }


def minutes(built):
    """Return the reading times of the posts with one, two and five minutes."""
    urls = [url for n in (1, 2, 5) for url in built.urls() if url.endswith(f"/post-{n}/")]
    return [built.soup(url).select_one(".newsroom-minutes").get_text() for url in urls]


def test_german(site):
    built = site(POSTS, language="de").build()
    assert built.warnings == []
    assert counts(built, "/blog/category/") == {
        "Eine": "1 Beitrag",
        "Fünf": "5 Beiträge",
        "Viele": "22 Beiträge",
        "Wenige": "2 Beiträge",
    }
    assert minutes(built) == ["1 Minute Lesezeit", "2 Minuten Lesezeit", "5 Minuten Lesezeit"]
    page = built.soup("/blog/page/2/")
    assert page.title.get_text().startswith("Blog – Seite 2 ")
    assert page.select_one(".newsroom-page-number").get_text() == "Seite 2 von 3"
    assert page.select_one(".newsroom-pagination")["aria-label"] == "Seiten dieser Liste"
    assert page.select_one(".newsroom-more a").get_text() == "Weiterlesen – Post 12"
    assert page.select_one(".newsroom-meta time").get_text() == "13. Januar 2024"
    archive = built.soup("/blog/archive/")
    assert archive.h1.get_text() == "Archiv"
    month = archive.select_one(".newsroom-months li")
    assert month.get_text(" ", strip=True).startswith("Februar 3 Beiträge Post 22 3. Februar 2024 Post 21")
    feed = feedparser.parse(built.file("/blog/atom.xml").read_bytes()).feed
    assert (feed.title, feed.language) == ("Blog", "de")


@pytest.mark.parametrize(
    ("language", "of_categories", "of_minutes"),
    [
        (
            "pl",
            ["1 wpis", "5 wpisów", "22 wpisy", "2 wpisy"],
            ["1 minuta czytania", "2 minuty czytania", "5 minut czytania"],
        ),
        (
            "uk",
            ["1 допис", "5 дописів", "22 дописи", "2 дописи"],
            ["1 хвилина читання", "2 хвилини читання", "5 хвилин читання"],
        ),
        (
            "ar",
            ["مقال واحد", "5 مقالات", "22 مقالًا", "مقالان"],
            ["دقيقة واحدة للقراءة", "دقيقتان للقراءة", "5 دقائق للقراءة"],
        ),
        (
            "ja",
            ["1件の記事", "5件の記事", "22件の記事", "2件の記事"],
            ["読了時間 1分", "読了時間 2分", "読了時間 5分"],
        ),
    ],
)
def test_numbers_have_the_forms_of_the_language(site, language, of_categories, of_minutes):
    built = site(POSTS, language=language).build()
    assert built.warnings == []
    assert list(counts(built, "/blog/category/").values()) == of_categories
    assert minutes(built) == of_minutes


ONE = {"blog/posts/a.md": post("# A\n\n!!! abstract\n\n    Text.\n", date="2024-06-18", tags=["x"])}


def words(built):
    return built.soup("/blog/").select_one(".newsroom-nav").get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "All posts"),
        ("de_AT", "Alle Beiträge"),
        ("nb", "Alle innlegg"),
        ("nb_NO", "Alle innlegg"),
        ("pt", "Todos os artigos"),
        ("pt_PT", "Todos os artigos"),
        ("pt_BR", "Todas as postagens"),
        ("uk_UA", "Усі дописи"),
        ("zh_CN", "所有文章"),
    ],
)
def test_the_codes_of_sphinx_find_the_words(language, shown):
    locale.translators.clear()
    # What Sphinx does with a catalogue of an extension.
    locale.init([translations.LOCALES], language, translations.DOMAIN)
    assert translations.gettext("All posts") == shown
    assert translations.gettext("") == ""


def test_mkdocs_yml_names_the_language(site):
    settings = "site_name: Node\ntheme: {name: material, language: pt-BR}\nplugins: [blog]\nmarkdown_extensions: [admonition]\n"
    built = site({**ONE, "mkdocs.yml": settings}, newsroom_mkdocs="mkdocs.yml").build()
    assert words(built).startswith("Todas as postagens")
    [url] = [url for url in built.urls() if url.endswith("/a/")]
    assert built.soup(url).select_one(".admonition-title").get_text() == "Resumo"


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_title_that_the_site_gives_stays(site):
    built = site(
        ONE, language="de", newsroom_tags_name="Stichworte", newsroom_title="Neues", newsroom_archive_name=""
    ).build()
    assert words(built) == "Alle Beiträge Stichworte Abonnieren"
    assert built.soup("/blog/").h1.get_text() == "Neues#"


def test_a_site_can_have_other_words_and_other_languages(site, tmp_path, monkeypatch):
    own = ModuleType("own_words")
    vars(own)["setup"] = lambda app: app.add_message_catalog("newsroom", str(tmp_path / "own"))
    monkeypatch.setitem(sys.modules, "own_words", own)
    for language in ("de", "ru"):
        with (translations.LOCALES / "newsroom.pot").open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        catalogue["All posts"].string = "!"
        catalogue.fuzzy = False
        folder = tmp_path / "own" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "newsroom.mo").open("wb") as stream:
            write_mo(stream, catalogue)
    extensions = ["myst_parser", "sphinxext.newsroom", "own_words"]
    assert words(site(ONE, language="de", extensions=extensions).build()) == "! Schlagwörter Archiv Abonnieren"
    assert words(site(ONE, language="ru", extensions=extensions).build(fresh=True)) == "! Tags Archive Subscribe"


@pytest.mark.theme("pydata_sphinx_theme")
def test_words_of_ablog_and_its_dates(site):
    files = {
        "index.md": "# Home\n\n```{postlist}\n:date: '%A, %d. %b %Y %%B'\n```\n\n```{toctree}\nblog/index\n```\n\n{ref}`blog-archives`\n",
        "note.rst": "Note\n====\n\n.. post:: 1 Mar, 2024\n\n.. update:: 2 Oct, 2024\n\n   Text.\n",
    }
    sidebars = {"**": ["ablog/recentposts.html"]}
    built = site(files, language="de", html_sidebars=sidebars, post_date_format="%d %b, %Y").build()
    page = built.soup("/")
    assert page.select_one(".postlist").get_text().strip() == "Freitag, 01. März 2024 %B - Note"
    assert page.select_one("article a[href*=archive]").get_text() == "Archiv"
    assert page.select_one(".ablog__recentposts h3").get_text(strip=True) == "Neueste Beiträge"
    assert page.select_one(".ablog__recentposts li").get_text(strip=True) == "01 März - Note"
    assert built.soup("/note/").select_one(".update .admonition-title").get_text() == "Aktualisiert am 02 Okt., 2024"


def test_pages_at_old_addresses_say_in_which_direction_they_are_read(site):
    files = {"blog/posts/a.md": post("# A\n\nText.", redirects="[old]")}
    for language, direction in (("ar", "rtl"), ("de", None)):
        built = site(files, language=language).build(fresh=True)
        assert built.soup("/old/").html.get("dir") == direction
