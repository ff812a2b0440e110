"""JSON feeds have to pass the schema of JSON Feed 1.1, and the schema has to find what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.json_feed import FEEDS, check, mistakes
from tests.samples import CONF, EVERYTHING

PLAIN: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "News",
    "home_page_url": "https://node.example/blog/",
    "feed_url": "https://node.example/blog/feed.json",
    "items": [{"id": "https://node.example/a/", "content_html": "<p>Text.</p>"}],
}


def feed(**changes: object) -> dict[str, Any]:
    """Return a feed with other values; None leaves one out."""
    return {key: value for key, value in {**PLAIN, **changes}.items() if value is not None}


def item(**changes: object) -> dict[str, Any]:
    """Return a feed whose only item has other values; None leaves one out."""
    values = {**PLAIN["items"][0], **changes}
    return feed(items=[{key: value for key, value in values.items() if value is not None}])


def test_every_feed_of_the_site_of_all_samples(site):
    built = site(EVERYTHING, **CONF, **FEEDS).build()
    count, wrong = check(built.out)
    assert wrong == []
    assert count > 20
    assert (built.out / "blog" / "feed-1.json").is_file()


@pytest.mark.parametrize(
    "right",
    [
        feed(),
        feed(items=[]),
        feed(_rights={"text": "CC BY"}, language="pt-BR", next_url="https://node.example/blog/feed-1.json"),
        item(id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6"),
        item(content_html=None, content_text="Text."),
        item(authors=[{"name": "Docs team", "url": "mailto:docs@node.example"}], tags=["C++"]),
        item(date_published="2026-01-31T10:00:00Z", date_modified="2026-01-31T10:00:00.5+05:30"),
    ],
)
def test_what_is_right(right):
    assert mistakes(right) == []


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (feed(version="https://jsonfeed.org/version/1"), "$.version"),
        (feed(title=None), "$"),
        (feed(title=""), "$.title"),
        (feed(title=1), "$.title"),
        (feed(items=None), "$"),
        (feed(home_page_url="/blog/"), "$.home_page_url"),
        (feed(feed_url="feed.json"), "$.feed_url"),
        (feed(next_url=""), "$.next_url"),
        (feed(language="português"), "$.language"),
        (feed(author={"name": "Docs team"}), "$"),
        (feed(rights="CC BY"), "$"),
        (feed(_rights="CC BY"), "$['_rights']"),
        (feed(authors=[{}]), "$.authors[0]"),
        (feed(items=[*PLAIN["items"], *PLAIN["items"]]), "$.items"),
        (item(id=None), "$.items[0]"),
        (item(id=7), "$.items[0].id"),
        (item(id="a post"), "$.items[0].id"),
        (item(content_html=None), "$.items[0]"),
        (item(url="a/"), "$.items[0].url"),
        (item(url="https://node.example/<a> b"), "$.items[0].url"),
        (item(url="javascript:alert(1)"), "$.items[0].url"),
        (item(image="/_images/a.png"), "$.items[0].image"),
        (item(date_published="2026-01-31"), "$.items[0].date_published"),
        (item(date_published="2026-01-31T10:00:00"), "$.items[0].date_published"),
        (item(date_modified="2026-02-31T10:00:00Z"), "$.items[0].date_modified"),
        (item(tags="News"), "$.items[0].tags"),
        (item(tags=[""]), "$.items[0].tags[0]"),
        (item(authors=[{"name": "Docs team", "email": "docs@node.example"}]), "$.items[0].authors[0]"),
        (item(authors=[{"avatar": "team.png"}]), "$.items[0].authors[0].avatar"),
        (item(attachments=[{"url": "https://node.example/a.png"}]), "$.items[0].attachments[0]"),
        (item(summary=""), "$.items[0].summary"),
    ],
)
def test_what_is_wrong_is_found(wrong, place):
    assert {mistake.partition(":")[0] for mistake in mistakes(wrong)} == {place}
