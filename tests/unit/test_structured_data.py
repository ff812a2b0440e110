"""JSON-LD: right for schema.org, and harmless in a page whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.core.models import Author
from sphinxext.newsroom.core.structured_data import blog_posting, dump_for_script
from tests.unit.samples import day, post

TRAINING = Author(
    id="t",
    name="Training team",
    orcid="https://orcid.org/0000-0002-1825-0097",
    affiliation="The node",
    links=(("GitHub", "https://github.com/node"),),
)


def data(**changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "headline": "A title",
        "description": "About it.",
        "url": "https://node.example/blog/a/",
        "image": "https://node.example/cover.png",
        "language": "et",
        "categories": ["News"],
        "tags": ["a", "b"],
        "words": 120,
        "minutes": 1,
        "author_url": lambda author: f"https://node.example/author/{author.id}/",
    }
    item = changes.pop("item", replace(post(authors=(TRAINING,)), updated=day("2024-02-01T10:00+02:00")))
    return blog_posting(item, **{**values, **changes})


def test_a_post_says_all_that_is_known_of_it():
    assert data() == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": "https://node.example/blog/a/",
        "url": "https://node.example/blog/a/",
        "mainEntityOfPage": "https://node.example/blog/a/",
        "headline": "A title",
        "description": "About it.",
        "image": "https://node.example/cover.png",
        "datePublished": "2024-01-31T00:00:00+00:00",
        "dateModified": "2024-02-01T10:00:00+02:00",
        "inLanguage": "et",
        "author": [
            {
                "@type": "Person",
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
    }


def test_what_is_not_known_is_left_out():
    found = data(item=post(), description="", url="", image="", categories=[], tags=[], words=0, minutes=None)
    assert set(found) == {"@context", "@type", "headline", "datePublished", "dateModified", "inLanguage", "wordCount"}
    assert found["dateModified"] == found["datePublished"]


def test_an_author_can_be_a_name_alone():
    found = data(item=post(authors=(Author(id="r", name="Release team"),)), author_url=lambda _author: "")
    assert found["author"] == [{"@type": "Person", "name": "Release team"}]


def test_links_of_an_author_are_the_same_person():
    author = Author(id="r", name="Release team", links=(("GitHub", "https://github.com/node"),))
    assert data(item=post(authors=(author,)))["author"][0]["sameAs"] == ["https://github.com/node"]


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
