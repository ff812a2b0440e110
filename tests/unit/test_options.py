"""Options: what each of them refuses, and that a mistake costs nothing but the option that has it."""

from __future__ import annotations

from typing import Any

import pytest

from sphinxext.newsroom.config.options import Options, babel_locale, default, names, parse_options, read_text
from sphinxext.newsroom.config.types import Registered
from sphinxext.newsroom.feeds.formats import FORMATS
from sphinxext.newsroom.problems import Subtype

REGISTERED = Registered(formats={found.name: found for found in FORMATS})

TEXT, FLAG, COUNT = "expected a valid string", "expected a valid boolean", "expected a valid integer"
POSITIVE, NATURAL = "expected greater than or equal to 1", "expected greater than or equal to 0"
PATTERN, STRFTIME = "is not a pattern of dates", "is a pattern of strftime"
LOOK = "expected 'list', 'cards' or 'table'"
PLACEHOLDER, COMMENT = "has a placeholder that is not known here; expected only", "is not a comment of HTML"

BAD: dict[str, list[tuple[Any, str]]] = {
    "enabled": [("yes", FLAG), (1, FLAG), (None, FLAG)],
    "blog_dir": [(1, TEXT), ("..", "would leave the site"), ("a/../../b", "would leave the site"), ("it's", '"\'"')],
    "title": [(None, TEXT), (["News"], TEXT)],
    "timezone": [("Mars/Olympus", "no time zone"), ("Europe", "no time zone"), ("../UTC", "no time zone"), (2, TEXT)],
    "post_dir": [("{posts}", PLACEHOLDER), ("{}", PLACEHOLDER), (None, TEXT)],
    "post_date_format": [("%d %B %Y", STRFTIME), ("MMMMMMM", PATTERN), ("", PATTERN), (1, TEXT)],
    "post_url_date_format": [("%Y/%m/%d", STRFTIME), ("yyyy/MMMMMMM", PATTERN)],
    "post_url_format": [
        ("{date}/{title}", PLACEHOLDER),
        ("{slug.__class__}", PLACEHOLDER),
        ("{slug!r}", PLACEHOLDER),
        ("{slug:99999999999}", PLACEHOLDER),
        ("{0}", PLACEHOLDER),
        ("{slug", PLACEHOLDER),
        ("}", PLACEHOLDER),
        (1, TEXT),
    ],
    "post_url_max_categories": [(-1, NATURAL), ("1", COUNT), (True, COUNT), (1.5, COUNT)],
    "post_slugify": [(None, TEXT), (str.lower, TEXT)],
    "post_slugify_separator": [(None, TEXT)],
    "post_excerpt": [("require", "Did you mean 'required'?"), (True, "expected 'optional' or 'required'")],
    "post_excerpt_separator": [("", COMMENT), ("more", COMMENT), ("<!-- -->", COMMENT), (None, TEXT)],
    "post_excerpt_paragraphs": [(-1, NATURAL), (None, COUNT)],
    "post_excerpt_max_authors": [(-1, NATURAL), ("all", COUNT)],
    "post_excerpt_max_categories": [(-5, NATURAL), (False, COUNT)],
    "post_excerpt_max_tags": [(-1, NATURAL)],
    "not_found_page": [(1, FLAG)],
    "generated_covers": [("yes", FLAG)],
    "sidebars": [(["recents"], "Did you mean 'recent'?")],
    "list_posts": [(1, FLAG)],
    "list_navigation": [("no", FLAG)],
    "post_header": [("no", FLAG)],
    "post_footer": [("no", FLAG)],
    "post_mentions": [("no", FLAG)],
    "post_readtime": [("no", FLAG)],
    "post_readtime_words_per_minute": [(0, POSITIVE), (-1, POSITIVE), ("265", COUNT)],
    "archive": [(0, FLAG)],
    "archive_name": [(None, TEXT)],
    "archive_date_format": [("%Y", STRFTIME), ("QQQQQQ", PATTERN)],
    "archive_url_date_format": [("%Y", STRFTIME), ("", PATTERN)],
    "archive_url_format": [("archive/{year}", PLACEHOLDER)],
    "archive_pagination": [("auto", FLAG)],
    "archive_pagination_per_page": [(0, POSITIVE), ("ten", COUNT)],
    "categories": [("News", FLAG), (["News"], FLAG)],
    "categories_name": [(1, TEXT)],
    "categories_url_format": [("category/{name}", PLACEHOLDER)],
    "categories_slugify": [(1, TEXT)],
    "categories_slugify_separator": [(1, TEXT)],
    "categories_sort_by": [("date", "is not the import path of a function"), (len, TEXT)],
    "categories_sort_reverse": [("desc", FLAG)],
    "categories_allowed": [("News", "expected a valid tuple"), ([1], TEXT), (None, "expected a valid tuple")],
    "categories_pagination": [(1, FLAG)],
    "categories_pagination_per_page": [(-1, POSITIVE)],
    "tags": [("a, b", FLAG)],
    "tags_name": [(None, TEXT)],
    "tags_url_format": [("{tag}", PLACEHOLDER)],
    "tags_identifiers": [(["HTML5"], "expected a valid dictionary"), ({"HTML5": 5}, TEXT)],
    "authors": [(["a"], FLAG)],
    "authors_file": [("{dir}/.authors.yml", PLACEHOLDER), (None, TEXT)],
    "citation_style": [(None, TEXT)],
    "issn": [("2049-3631", "is no ISSN: its last digit"), (None, TEXT)],
    "bibliography": [("{dir}/works.bib", PLACEHOLDER), (None, TEXT)],
    "feed_ids": [("guid", "expected 'url' or 'uuid'")],
    "venues_file": [("{dir}/venues.yml", PLACEHOLDER), (None, TEXT)],
    "event_map_url": [("https://maps.example/{lat}", PLACEHOLDER), (None, TEXT)],
    "event_emails": [("yes", FLAG)],
    "event_check": [("recomended", "Did you mean 'recommended'?"), (True, "expected")],
    "calendar_catalogs": [(("categorie",), "Did you mean 'category'?"), ("tag", "expected a valid tuple")],
    "announce_events": [("yes", FLAG)],
    "authors_profiles": [("true", FLAG)],
    "authors_profiles_name": [(None, TEXT)],
    "authors_profiles_url_format": [("{id}", PLACEHOLDER)],
    "authors_profiles_pagination": [("", FLAG)],
    "authors_profiles_pagination_per_page": [(0, POSITIVE)],
    "authors_remote_avatars": [("github", FLAG)],
    "series": [("A course", FLAG)],
    "series_name": [(None, TEXT)],
    "series_url_format": [("series/{name}", PLACEHOLDER)],
    "series_pagination": [("no", FLAG)],
    "series_pagination_per_page": [(0, POSITIVE)],
    "series_toc": [(1, FLAG)],
    "related_length": [(-1, NATURAL), (None, COUNT)],
    "related_threshold": [(101, "expected less than or equal to 100"), (0.5, COUNT)],
    "related_weights": [
        (["tag"], "expected a valid dictionary"),
        ({"tags": 1}, "expected 'category', 'tag', 'series', 'author', 'location', 'language' or 'object'"),
        ({"tag": -1}, NATURAL),
        ({"tag": "much"}, COUNT),
    ],
    "pagination": [(10, FLAG)],
    "pagination_per_page": [(0, POSITIVE), (None, COUNT), (True, COUNT)],
    "pagination_url_format": [
        ("page/{number}", PLACEHOLDER),
        ("page", "would be the URL of every page; expected {page} in it"),
    ],
    "pagination_format": [(2, TEXT)],
    "pagination_if_single_page": [("never", FLAG)],
    "pagination_keep_content": [(0, FLAG)],
    "draft": [("yes", FLAG)],
    "draft_on_serve": [(None, FLAG)],
    "draft_if_future_date": [(1, FLAG)],
    "feed": [("atom", FLAG)],
    "social_image": [
        (None, TEXT),
        ("javascript:alert(1)", "is not an image URL"),
        ("mailto:a@b", "expected a path"),
    ],
    "license": [(None, TEXT), (["CC-BY-4.0"], TEXT)],
    "citation": [("yes", FLAG)],
    "social_image_alt": [(None, TEXT)],
    "social_cards": [("yes", FLAG), (1, FLAG)],
    "social_cards_color": [
        ("blue", "is not a colour; expected one such as"),
        ("#12345", "is not a colour"),
        (0x1B365D, TEXT),
    ],
    "social_cards_font": [(None, TEXT)],
    "feed_length": [(0, POSITIVE), (None, COUNT)],
    "feed_fulltext": [("yes", FLAG)],
    "feed_files": [
        ("atom.xml", "expected a valid dictionary"),
        ({"atom2": "a.xml"}, "expected 'atom', 'rss', 'json'"),
        ({"atom": 1}, TEXT),
        ({"atom": "index.html"}, "is not the path of a feed; expected one that ends in .xml, .atom, .rss, .json"),
        ({"atom": ".xml"}, "is not the path of a feed"),
        ({"atom": "/../a.xml"}, "would leave the site"),
        ({"atom": "a/<b>.xml"}, "a character that is not allowed"),
        ({"atom": "a/feed.xml", "rss": "b/feed.xml"}, "two feeds are called 'feed.xml'"),
    ],
    "feed_catalogs": [("tag", "expected a valid tuple"), (("tags",), "Did you mean 'tag'?")],
    "feed_archive": [(2, FLAG)],
    "feed_titles": [("no", FLAG)],
    "feed_subtitle": [(None, TEXT)],
    "feed_page": [(None, TEXT), ("../x", "would leave the site")],
    "markdown_extensions": [("admonition", "expected a valid tuple")],
    "markdown_everywhere": [("yes", FLAG)],
    "markdown_documents": [("guides", "expected a valid tuple"), ((1,), TEXT)],
    "blog_toc": [("yes", FLAG), (None, FLAG)],
    "blog_view": [("grid", LOOK), ("card", "Did you mean 'cards'?"), (None, LOOK)],
    "archive_view": [("tabel", "Did you mean 'table'?")],
    "categories_view": [(1, LOOK)],
    "tags_view": [("", LOOK)],
    "series_view": [("lsit", "Did you mean 'list'?")],
    "authors_profiles_view": [(["cards"], LOOK)],
    "announce": [("yes", FLAG)],
    "annotations": [("yes", FLAG)],
    "compare_content": [("yes", FLAG)],
    "archive_toc": [(1, FLAG)],
    "categories_toc": [("no", FLAG)],
    "authors_profiles_toc": [(0, FLAG)],
    "pagination_template": [(2, TEXT)],
    "blogs": [("news", "expected a valid tuple"), (["news"], "expected a valid dictionary")],
    "mkdocs": [(True, TEXT)],
    "toctrees": [(None, TEXT)],
    "redirects": [(["old"], "expected a valid dictionary"), ({"old": 1}, TEXT)],
    "ablog_urls": [("yes", FLAG)],
    "mentions_domains": [("py", "expected a valid tuple"), ([1], "expected a valid string")],
    "old_after": [(0, POSITIVE), ("1 year", COUNT)],
    "old_after_categories": [(["News"], "expected a valid dictionary"), ({"News": -1}, NATURAL)],
    "linkcheck_since": [("last year", "'last year' is not a day"), (2024, TEXT)],
    "release_page": [(None, TEXT), ("../x", "would leave the site")],
    "release_project": [(None, TEXT)],
    "release_links": [
        ("https://x.example/{version}", "expected a valid dictionary"),
        ({"Tag": "v{version}"}, "expected one that starts with https://"),
        ({"Tag": "https://x.example/{0}"}, "expected for instance {version}"),
    ],
    "severity": [
        ("error", "expected a valid dictionary"),
        ({"date": "stop"}, "expected 'ignore', 'warn' or 'error'"),
        ({"dates": "error"}, "expected 'config'"),
    ],
}


def test_every_option_has_a_bad_value_here():
    assert set(BAD) == set(Options.model_fields)


@pytest.mark.parametrize(("name", "value", "reason"), [(name, *case) for name, cases in BAD.items() for case in cases])
def test_a_bad_value_gives_one_message_and_the_default(name, value, reason):
    values = {name: value, "feed_length": 7} if name != "feed_length" else {name: value}
    options, [problem] = parse_options(values, REGISTERED)
    assert problem.subtype is Subtype.CONFIG
    assert problem.message.startswith(f"newsroom_{name} = {value!r} cannot be used: ")
    assert reason in problem.message
    assert f"The default {default(name)!r} is used." in problem.message
    assert getattr(options, name) == getattr(Options(), name)
    assert options.feed_length == (7 if name != "feed_length" else 20)


def test_all_mistakes_are_told_at_once():
    options, problems = parse_options({"pagination_per_page": 0, "feed": "x", "colour": "blue", "title": "News"})
    assert [problem.message.split(" ")[0] for problem in problems] == [
        "newsroom_pagination_per_page",
        "newsroom_feed",
        "newsroom_colour",
    ]
    assert options.title == "News"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pagination_perpage", " Did you mean 'newsroom_pagination_per_page'?"),
        ("catagories_allowed", " Did you mean 'newsroom_categories_allowed'?"),
        ("zzz", ""),
    ],
)
def test_an_unknown_option_is_reported_with_the_nearest_one(name, hint):
    options, [problem] = parse_options({name: 1})
    assert options == Options()
    assert problem.message == f"newsroom_{name} is not an option.{hint}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("blog_dir", "."),
        ("blog_dir", "docs/news/"),
        ("timezone", "Europe/Tallinn"),
        ("post_date_format", "d. MMMM yyyy"),
        ("post_date_format", "full"),
        ("post_url_format", "{categories}/{date}-{file}-{slug}"),
        ("post_url_format", "{{braces}}/{slug}"),
        ("post_url_max_categories", 0),
        ("post_excerpt_separator", "<!--truncate-->"),
        ("archive_pagination", None),
        ("archive_pagination_per_page", None),
        ("archive_url_format", "{date}"),
        ("categories_allowed", ("News", "C++")),
        ("pagination_url_format", "{page}"),
        ("pagination_format", "$link_previous ~3~ $link_next"),
    ],
)
def test_what_is_right_passes_as_it_is(name, value):
    options, problems = parse_options({name: value})
    assert problems == ()
    assert getattr(options, name) == value


def test_a_list_is_as_good_as_a_tuple():
    options, problems = parse_options({"categories_allowed": ["News"], "markdown_extensions": ["toc", {"a": {}}]})
    assert problems == ()
    assert options.categories_allowed == ("News",)


def test_defaults_pass_their_own_checks():
    options, problems = parse_options({name: default(name) for name in Options.model_fields})
    assert problems == ()
    assert options == Options()


def test_defaults_are_given_out_as_lists_where_people_write_lists():
    assert default("categories_allowed") == []
    assert names()[0] == "newsroom_enabled"


@pytest.mark.parametrize("name", Options.model_fields)
def test_every_option_says_what_it_means(name):
    assert (Options.model_fields[name].description or "").endswith((".", "`."))


@pytest.mark.parametrize(
    ("language", "locale"),
    [("et", "et"), ("pt-BR", "pt_BR"), ("pt_BR", "pt_BR"), ("zh_TW", "zh_Hant_TW"), ("sanskrit", "en"), ("", "en")],
)
def test_a_language_that_babel_does_not_know_is_english(language, locale):
    assert str(babel_locale(language)) == locale


def test_a_function_can_be_written_as_a_mapping():
    written = {"object": "pymdownx.slugs.slugify", "kwds": {"case": "lower", "percent_encode": True}}
    options, problems = parse_options({"post_slugify": written})
    assert problems == ()
    assert options.post_slugify == "pymdownx.slugs.slugify(case='lower', percent_encode=True)"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("announce", "0", False),
        ("announce", "true", True),
        ("archive_pagination", "0", False),
        ("pagination_per_page", "5", 5),
        ("blog_dir", "1", "1"),
        ("categories_allowed", "a,b", ["a", "b"]),
        ("feed_length", "many", "many"),
        ("no_such_option", "1", "1"),
    ],
)
def test_what_a_command_line_says_has_the_type_of_the_option(name, text, value):
    assert read_text(name, text) == value
    assert type(read_text(name, text)) is type(value)
