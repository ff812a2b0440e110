"""JSON-LD: right for schema.org, and harmless in a page whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.metadata.json_ld import (
    blog,
    blog_posting,
    breadcrumbs,
    collection_page,
    dump_for_script,
    graph,
    image,
    person,
)
from sphinxext.newsroom.models import Author
from tests.unit.samples import day, post

TRAINING = Author(
    id="t",
    name="Training team",
    orcid="https://orcid.org/0000-0002-1825-0097",
    affiliation="The node",
    links=(("GitHub", "https://github.com/node"),),
)


URL = "https://node.example/blog/a/"
BLOG = blog(name="News", url="https://node.example/blog/", language="et")


def data(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "headline": "A title",
        "description": "About it.",
        "url": URL,
        "image": image(url="https://node.example/cover.png", alt="A room", width=1200, height=630),
        "language": "et",
        "categories": ["News"],
        "tags": ["a", "b"],
        "words": 120,
        "minutes": 1,
        "authors": [person(TRAINING, page_url="https://node.example/author/t/")],
        "blog": BLOG,
    }
    item = changes.pop("item", replace(post(), updated=day("2024-02-01T10:00+02:00")))
    return blog_posting(item, **{**values, **changes})


def test_a_post_says_all_that_is_known_of_it():
    assert data() == {
        "@type": "BlogPosting",
        "@id": URL,
        "url": URL,
        "mainEntityOfPage": URL,
        "headline": "A title",
        "description": "About it.",
        "image": {
            "@type": "ImageObject",
            "url": "https://node.example/cover.png",
            "caption": "A room",
            "width": 1200,
            "height": 630,
        },
        "datePublished": "2024-01-31T00:00:00+00:00",
        "dateModified": "2024-02-01T10:00:00+02:00",
        "inLanguage": "et",
        "author": [
            {
                "@type": "Person",
                "@id": "https://orcid.org/0000-0002-1825-0097",
                "name": "Training team",
                "url": "https://node.example/author/t/",
                "sameAs": ["https://orcid.org/0000-0002-1825-0097", "https://github.com/node"],
                "affiliation": {"@type": "Organization", "name": "The node"},
            }
        ],
        "articleSection": ["News"],
        "keywords": ["a", "b"],
        "wordCount": 120,
        "timeRequired": "PT1M",
        "isPartOf": {
            "@type": "Blog",
            "@id": "https://node.example/blog/#blog",
            "name": "News",
            "url": "https://node.example/blog/",
            "inLanguage": "et",
        },
    }


def test_what_is_not_known_is_left_out():
    unknown: dict[str, Any] = {
        "image": None,
        "blog": None,
        "minutes": None,
        "categories": [],
        "tags": [],
        "authors": [],
    }
    found = data(item=post(), description="", url="", words=0, **unknown)
    assert set(found) == {"@type", "headline", "datePublished", "dateModified", "inLanguage", "wordCount"}
    assert found["dateModified"] == found["datePublished"]
    assert blog(name="News", url="", language="en") is None
    assert image(url="", alt="A room", width=None, height=None) is None


def test_an_author_can_be_a_name_alone():
    assert person(Author(id="r", name="Release team"), page_url="") == {"@type": "Person", "name": "Release team"}


def test_an_author_without_an_orcid_id_is_known_by_the_page_on_this_site():
    author = Author(id="r", name="Release team", url="https://r.example/", links=(("GitHub", "https://github.com/r"),))
    assert person(author, page_url="https://node.example/author/r/") == {
        "@type": "Person",
        "@id": "https://node.example/author/r/#person",
        "name": "Release team",
        "url": "https://r.example/",
        "sameAs": ["https://github.com/r"],
    }


def test_a_person_can_belong_to_several_organizations():
    found = person(Author(id="r", name="R", affiliation="The node; The institute"), page_url="")
    assert [organization["name"] for organization in found["affiliation"]] == ["The node", "The institute"]


def test_a_list_counts_its_items_over_all_pages():
    page, listed = collection_page(
        url="https://node.example/blog/page/2/",
        name="News – page 2",
        description="",
        language="en",
        items=[("C", "https://node.example/c/"), ("D", "https://node.example/d/")],
        before=2,
        total=5,
        part_of=BLOG,
    )
    assert (page["@type"], page["@id"]) == ("CollectionPage", "https://node.example/blog/page/2/")
    assert page["mainEntity"] == {"@id": listed["@id"]}
    assert listed["numberOfItems"] == 5
    assert listed["itemListElement"] == [
        {"@type": "ListItem", "position": 3, "name": "C", "url": "https://node.example/c/"},
        {"@type": "ListItem", "position": 4, "name": "D", "url": "https://node.example/d/"},
    ]


def test_the_page_of_an_author_is_about_that_person():
    about = person(TRAINING, page_url="https://node.example/author/t/")
    page, _listed = collection_page(
        url=URL,
        name="Training team",
        description="",
        language="en",
        items=[],
        before=0,
        total=0,
        part_of=None,
        about=about,
    )
    assert (page["@type"], page["mainEntity"]) == ("ProfilePage", about)


def test_breadcrumbs_lead_from_the_home_page():
    found: Any = breadcrumbs([("Home", "https://node.example/"), ("A", URL)], url=URL)
    assert [(item["position"], item["name"], item["item"]) for item in found["itemListElement"]] == [
        (1, "Home", "https://node.example/"),
        (2, "A", URL),
    ]
    assert breadcrumbs([("Home", URL)], url=URL) is None
    assert breadcrumbs([("Home", ""), ("A", "")], url="") is None


def test_a_graph_holds_what_there_is():
    assert graph(None, {"@type": "Blog"}) == {"@context": "https://schema.org", "@graph": [{"@type": "Blog"}]}


HOSTILE = '</script><!-- <script> ]]> & \u2028\u2029 \x00\x1f " \\ \U0001f389 ' + "x" * 100_000


@pytest.mark.parametrize("text", [HOSTILE, "</SCRIPT >", "<!--<script>", "Õpetus 日本語"])
def test_text_comes_out_of_a_page_as_it_went_in(text):
    page = f'<html><head><script type="application/ld+json">{dump_for_script(data(headline=text))}</script></head><body>b</body>'
    soup = BeautifulSoup(page, "html5lib")
    [script] = soup.find_all("script")
    assert json.loads(str(script.string))["headline"] == text
    assert soup.select_one("body").get_text() == "b"


@given(st.text() | st.text(st.sampled_from("</script!->&\u2028\ud800")))
def test_nothing_in_a_script_ends_it(text):
    dumped = dump_for_script({text: [text]})
    assert not any(character in dumped for character in "<>&\u2028\u2029")
    dumped.encode()
    expected = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert json.loads(dumped) == {expected: [expected]}
