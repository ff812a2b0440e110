"""Link previews: the right properties, in the right shape."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.metadata.open_graph import Preview, og_locale, open_graph, twitter_card


def test_a_post_is_an_article():
    preview = Preview(
        kind="article",
        title="A title",
        description="One.\n  Two.",
        url="https://node.example/a/",
        site_name="Node",
        language="et",
        image="https://node.example/cover.png",
        image_alt="A room",
        image_width=1200,
        image_height=630,
        published="2024-01-31T00:00:00+00:00",
        modified="2024-02-01T00:00:00+00:00",
        authors=("https://node.example/author/t/", "Release team"),
        section="News",
        tags=("a", "b"),
    )
    assert list(open_graph(preview)) == [
        ("og:type", "article"),
        ("og:title", "A title"),
        ("og:description", "One. Two."),
        ("og:url", "https://node.example/a/"),
        ("og:site_name", "Node"),
        ("og:locale", "et_EE"),
        ("og:image", "https://node.example/cover.png"),
        ("og:image:alt", "A room"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("article:published_time", "2024-01-31T00:00:00+00:00"),
        ("article:modified_time", "2024-02-01T00:00:00+00:00"),
        ("article:author", "https://node.example/author/t/"),
        ("article:author", "Release team"),
        ("article:section", "News"),
        ("article:tag", "a"),
        ("article:tag", "b"),
    ]
    assert twitter_card(preview) == "summary_large_image"


def test_what_is_not_known_is_left_out():
    preview = Preview(
        kind="website", title="News", language="xx", image_alt="A room", published="2024-01-31", tags=("a",)
    )
    assert list(open_graph(preview)) == [("og:type", "website"), ("og:title", "News")]
    assert twitter_card(preview) == "summary"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en_US"),
        ("et", "et_EE"),
        ("pt-BR", "pt_BR"),
        ("zh-CN", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("nb", "nb_NO"),
        ("", ""),
    ],
)
def test_a_language_has_a_country(language, expected):
    assert og_locale(language) == expected
