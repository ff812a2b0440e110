"""Whatever is in a field is shown as text, and nothing else: a canary in every field, looked for in every file."""

from __future__ import annotations

import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pydantic import AliasChoices

from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.front_matter.author_keys import AuthorKeys
from sphinxext.newsroom.front_matter.schema import PostKeys
from sphinxext.newsroom.utils.urls import scheme
from tests.json_feed import check
from tests.samples import PNG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from tests.conftest import Site

pytestmark = pytest.mark.theme("basic")

MARKUP = (
    "</script></title></style><canary onload=x>]]>--><!-- \" onfocus=canary x=' onfocus=canary {{ 7*191 }} &lt;canary>"
)
CONTROLS = "zq\x00\x01\x08\x0b\x1b\x7f\x85\ud800\ufffe\u202ezq"
FEEDS = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
SCRIPTS = (" JaVa\tScRiPt:canary()", "data:text/html,<canary>")
# Which files are read, and where the pages are: what they may be is for other tests.
PLACES = {"blog_dir", "post_dir", "authors_file", "venues_file", "bibliography", "mkdocs", "timezone"}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe]")
TEXTS = {".html", ".xml", ".js", ".json", ".txt"}
# A valid line of an inventory: a newline in a name could forge other kinds of object.
OBJECT = re.compile(r"(?:(?!\s\S+\s-?\d+\s).)+ (?:newsroom|std):[a-z]+ -?\d (?!\w+:)\S* .+")
# Attributes that a browser follows or runs.
RUN = ("href", "src", "srcset", "action", "formaction", "data", "poster", "style")


# Without a date, or as a draft, a post is not shown at all; the others are only looked at where these say nothing.
ALONE = {"date", "draft"}
SECOND = {"author", "category", "image_alt", "updated", "comments"}


def groups(model: type[BaseModel]) -> Iterator[list[str]]:
    """Yield sets of compatible keys, so that each spelling of each field is in one."""
    fields = {
        name: [str(choice) for choice in alias.choices]
        if isinstance(alias := field.validation_alias, AliasChoices)
        else [name]
        for name, field in model.model_fields.items()
    }
    yield from ([name] for name in fields if name in ALONE)
    for chosen in (fields.keys() & SECOND, fields.keys() - SECOND - ALONE):
        for rank in range(max((len(fields[name]) for name in chosen), default=0)):
            yield [fields[name][rank] for name in fields if name in chosen and rank < len(fields[name])]


def shapes(value: str) -> list[Any]:
    """Return a value alone, in a list, and in mappings as deep as any field looks."""
    inner = ("src", "alt", "dark", "name", "github", "mastodon", "permalink", "created", "exclude", "url", "orcid")
    return [value, [value, {value: value}], dict.fromkeys(inner, value), [dict.fromkeys(inner, value)]]


def yaml(data: dict[str, Any]) -> str:
    """Return data as YAML: JSON is that too, except for the pairs of surrogates."""
    return json.dumps(data, ensure_ascii=True).replace("\\ud800", "\\U0001F4A9")


def posts(value: str) -> dict[str, str | bytes | None]:
    """Return posts that have the value in every field, in every shape."""
    made: dict[str, str | bytes | None] = {}
    for group in groups(PostKeys):
        for shape in shapes(value):
            number = len(made) + 1
            keys = {"date": f"20{number % 20:02}-01-31", "title": f"Post {number}"}
            hostile = {**dict.fromkeys(group, shape), "own_key": shape, value: shape}
            made[f"blog/posts/p{number}.md"] = f"---\n{yaml({**keys, **hostile})}\n---\n\nText.\n"
    return made


def authors(value: str) -> str:
    """Return an authors file that has the value in every field, in every shape."""
    entries = [
        {"name": "Somebody", **dict.fromkeys(group, shape), "own_key": shape}
        for group in groups(AuthorKeys)
        for shape in shapes(value)
    ]
    return yaml({"authors": {**{f"a{number}": entry for number, entry in enumerate(entries)}, value: {"name": value}}})


def texts(built: Site) -> dict[str, str]:
    """Return every file that the site serves and somebody reads as more than a source."""
    found = {
        file.relative_to(built.out).as_posix(): file.read_text(encoding="utf-8")
        for file in built.out.rglob("*")
        if file.suffix in TEXTS and not {"_sources", "_static"} & set(file.relative_to(built.out).parts)
    }
    inventory = (built.out / "objects.inv").read_bytes().split(b"\n", 4)
    return {**found, "objects.inv": zlib.decompress(inventory[4]).decode()}


def urls(data: Any) -> list[str]:
    """Return every URL in structured data."""
    if isinstance(data, dict):
        own = [
            value
            for key, found in data.items()
            if key in {"@id", "url", "item", "sameAs", "mainEntityOfPage"}
            for value in (found if isinstance(found, list) else [found])
            if isinstance(value, str)
        ]
        return own + [url for value in data.values() for url in urls(value)]
    return [url for item in data for url in urls(item)] if isinstance(data, list) else []


def assert_harmless(built: Site) -> None:
    """Look into every file."""
    count, wrong = check(built.out)
    assert (count > 0, wrong) == (True, [])
    for name, text in texts(built).items():
        assert "1337" not in text, name
        assert not CONTROL.search(text), name
        if name == "searchindex.js":
            # Data that Sphinx's search escapes when it shows it; it must not end before its end.
            json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
            continue
        if name == "objects.inv":
            assert [line for line in text.splitlines() if not OBJECT.fullmatch(line)] == []
            continue
        if re.search(r"\bfeed(-\d+)?\.json$", name):
            # Titles and the like are plain text, and JSON has another way to keep it apart.
            assert all("<canary" not in item.get("content_html", "") for item in json.loads(text)["items"]), name
            continue
        assert "<canary" not in text, name
        if name.endswith(".html"):
            assert_harmless_page(name, text)
        elif name.endswith(".xml"):
            assert_harmless_feed(name, text)
        elif name.endswith(".json"):
            json.loads(text)


def assert_harmless_page(name: str, text: str) -> None:
    soup = BeautifulSoup(text, "html5lib")
    assert not soup.select("canary, [onload], [onfocus]"), name
    for element in soup.find_all(True):
        for attribute in RUN:
            value = re.sub(r"[\x00-\x20]", "", str(element.get(attribute) or "")).lower()
            assert not value.startswith(("javascript:", "vbscript:", "data:text")), (name, element)
    for script in soup.select("script[type='application/ld+json']"):
        for url in urls(json.loads(str(script.string))):
            assert url.startswith(("https://", "http://")), (name, url)
    for tag in soup.select("meta[property$=':url'], meta[property='og:image']"):
        assert str(tag["content"]).startswith(("https://", "http://")), (name, tag)


def assert_harmless_feed(name: str, text: str) -> None:
    for element in etree.fromstring(text.encode()).iter():
        assert "canary" not in str(element.tag), name
        uri = element.text if str(element.tag).endswith("uri") else None
        for url in (element.get("href"), element.get("src"), uri):
            assert url is None or scheme(url) in {"", "https", "http", "mailto"}, (name, url)


@pytest.mark.parametrize("value", [MARKUP, CONTROLS, *SCRIPTS], ids=["markup", "controls", "script", "data"])
def test_no_field_of_a_post_or_author_changes_more_than_the_text(site, value):
    people = authors(value)
    named = yaml(
        {"date": "2024-06-18", "authors": [*(f"a{number}" for number in range(people.count('"own_key"'))), value]}
    )
    files = {
        "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n\n```{postlist}\n:excerpts:\n```\n",
        **posts(value),
        "blog/.authors.yml": people,
        "blog/posts/all.md": f"---\n{named}\n---\n\n# All of them\n",
    }
    built = site(
        files,
        html_theme="alabaster",
        extensions=["myst_parser", "sphinxext.newsroom", "sphinxext.opengraph"],
        ogp_site_url="https://node.example/",
        ogp_social_cards={"enable": False},
        newsroom_feed_files=FEEDS,
        newsroom_feed_archive=True,
        html_sidebars={
            "**": [
                f"ablog/{name}.html"
                for name in ("recentposts", "categories", "tagcloud", "authors", "postcard", "archives", "locations")
            ]
        },
    ).build()
    strange = [line for line in built.warnings if not re.search(r"\[newsroom\.\w+\]$", line)]
    assert strange == []
    assert len(list(built.out.rglob("*.html"))) > 40
    assert_harmless(built)


# Sphinx itself takes no half of a pair of surrogates in an option.
@pytest.mark.parametrize(
    "value", [MARKUP, CONTROLS.replace("\ud800", ""), *SCRIPTS], ids=["markup", "controls", "script", "data"]
)
def test_no_option_changes_more_than_the_text(site, value):
    conf: dict[str, Any] = {
        f"newsroom_{name}": value
        for name, field in Options.model_fields.items()
        if field.annotation is str and name not in PLACES
    }
    files = {
        "blog/posts/a.md": "---\ndate: 2024-06-18\ntags: [x]\ncategories: [y]\nauthors: [{name: z}]\n---\n\n# A\n",
        "blog/posts/b.md": "---\ndate: 2023-06-18\n---\n\n# B\n",
    }
    built = site(
        files,
        html_theme="alabaster",
        newsroom_tags_identifiers={"x": value},
        newsroom_categories_allowed=(value,),
        newsroom_redirects={"old/a": value, value: "index.md"},
        newsroom_pagination_per_page=1,
        newsroom_feed_files=FEEDS,
        **conf,
    ).build()
    assert_harmless(built)


def test_a_title_of_100_000_characters_is_only_a_long_title(site):
    title = "long title " * 10_000
    files = {
        "blog/posts/a.md": f"---\ndate: 2024-06-18\ntitle: {title}\ncategories: [{title}]\nauthors: [{{name: {title}}}]\n"
        f"description: {title}\nimage: {{src: cover.png, alt: {title}}}\n---\n\nText.\n",
        "blog/posts/cover.png": PNG,
    }
    built = site(files).build()
    assert {re.sub(r".*\[|\]", "", line) for line in built.warnings} <= {"newsroom.permalink"}
    [url] = [url for url in built.urls() if url.startswith("blog/2024/")]
    assert built.graph(f"/{url}")["BlogPosting"]["headline"] == title.strip()
    assert built.soup(f"/{url}").select_one("h1").get_text(strip=True).startswith("long title long title")
