"""Permalinks: slugs as in Material for MkDocs; no URL is outside the site or used twice."""

from __future__ import annotations

import posixpath
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.content.url_registry import GENERATED, UrlRegistry, numbered, url_key
from sphinxext.newsroom.utils.dates import format_date
from sphinxext.newsroom.utils.limits import MAX_URL_SEGMENT_BYTES
from sphinxext.newsroom.utils.slugs import load_slugify
from sphinxext.newsroom.utils.urls import UNSAFE, PermalinkError, join_docname, safe_segment
from tests.unit.samples import EN, day

SLUGIFY = Options().post_slugify

PATHS = st.text(st.sampled_from("ab.A/ é~-_İß") | st.characters(), max_size=30)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello World", "hello-world"),
        ("Hello World #", "hello-world-"),
        ("Hello World {#foo .bar}", "hello-world-foo-bar"),
        ("See [my link](http://x.y/z) now", "see-my-linkhttpxyz-now"),
        ("`foo_bar` **bold** _em_", "foo_bar-bold-_em_"),
        ("<b>x</b> &amp; y", "x-amp-y"),
        ("Release 🎉 1.2.3 :tada:", "release--123-tada"),
        ("Čeština İstanbul ß Ångström", "čeština-istanbul-ß-ångström"),
        ("A\u030angstro\u0308m", "ångström"),
        ("हिन्दी भाषा", "हनद-भष"),
        ("ภาษาไทยที่", "ภาษาไทยท"),
        ("שָׁלוֹם", "שלום"),
        ("你好\uff0c世界", "你好世界"),
        ("a  b - c -- d", "a--b---c----d"),
        ("a\u00a0b\tc", "abc"),
        ("It's what\u2019s up? (yes/no)", "its-whats-up-yesno"),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_slugs_are_those_of_material(title, slug):
    assert load_slugify(SLUGIFY)(title, "-") == slug


def test_a_slug_function_can_have_arguments():
    assert load_slugify("pymdownx.slugs.slugify(case='none')")("Hello World", "_") == "Hello_World"


def test_a_slug_function_can_be_named_alone():
    assert load_slugify("tests.unit.test_permalinks.shout")("a b", "-") == "A-B"


def shout(text: str, separator: str) -> str:
    return text.upper().replace(" ", separator)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "slugify",
        "a b",
        "1+1",
        "lambda: 1",
        "\x00",
        "no.such.module",
        "pymdownx.slugs.nope",
        "pymdownx.slugs.slugify('lower')",
        "pymdownx.slugs.slugify(**{'case': 'lower'})",
        "pymdownx.slugs.slugify(case=lower)",
        "pymdownx.slugs.slugify(case='lower')(x=1)",
        "math.pi",
        "posixpath.sep",
        "operator.eq",
        "__import__('os').getcwd()",
    ],
)
def test_what_makes_no_slugs_is_refused(source):
    with pytest.raises(PermalinkError, match=r"is not the import path of a (slug )?function"):
        load_slugify(source)


@pytest.mark.parametrize(
    ("pattern", "language", "text"),
    [
        ("yyyy/MM/dd", "en", "2024/01/31"),
        ("yyyy", "en", "2024"),
        ("long", "en", "January 31, 2024"),
        ("short", "en", "1/31/24"),
        ("long", "cs", "31. ledna 2024"),
        ("LLLL yyyy", "cs", "leden 2024"),
        ("MMMM yyyy", "cs", "ledna 2024"),
        ("HH:mm", "en", "23:30"),
    ],
)
def test_dates_follow_pattern_and_language(pattern, language, text):
    assert format_date(day("2024-01-31T23:30"), pattern, Locale(language)) == text


@pytest.mark.parametrize("pattern", ["yyyy-MM-dd", "long"])
def test_a_date_is_that_of_its_own_time_zone(pattern):
    moment = datetime(2023, 12, 30, 23, 30, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert "30" in format_date(moment, pattern, EN)


@pytest.mark.parametrize(
    ("folder", "path", "docname"),
    [
        ("blog", "2024/01/31/a", "blog/2024/01/31/a"),
        ("blog", "/a/", "blog/a"),
        ("blog", "a//b/./c", "blog/a/b/c"),
        ("blog", "a/../b", "blog/b"),
        ("blog", "../b", "b"),
        ("blog", "README", "blog/index"),
        ("blog", "a/README", "blog/a/index"),
        ("blog", "readme", "blog/readme"),
        ("blog", "index", "blog/index"),
        ("blog", "", "blog"),
        (".", "a", "a"),
        (".", "README", "index"),
        ("", "", "index"),
        ("blog", "..", "index"),
        ("blog", "My Slug", "blog/My Slug"),
        ("docs/news", "日本語", "docs/news/日本語"),
        ("blog", "%2e%2e/x", "blog/%2e%2e/x"),
    ],
)
def test_an_address_is_tidied(folder, path, docname):
    assert join_docname(folder, path) == docname


@pytest.mark.parametrize(
    ("folder", "path", "reason"),
    [
        (".", "../a", "would leave the site"),
        ("blog", "../../a", "would leave the site"),
        ("blog", "a/../../../..", "would leave the site"),
        ("/blog", "a", "would leave the site"),
        ("blog", "a\\..\\b", "is not allowed"),
        ("blog", "a\x00b", "is not allowed"),
        ("blog", "a\nb", "is not allowed"),
        ("blog", "\u202ea", "is not allowed"),
        ("blog", "\ud800", "is not allowed"),
        ("blog", "<script>", "is not allowed"),
        ("blog", 'a"b', "is not allowed"),
        ("blog", "é" * 121, "too long for a file name"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(folder, path, reason):
    with pytest.raises(PermalinkError, match=reason):
        join_docname(folder, path)


@given(st.sampled_from(["blog", ".", "", "a/b"]), PATHS)
def test_no_address_leaves_the_site(folder, path):
    try:
        docname = join_docname(folder, path)
    except PermalinkError:
        return
    assert docname == posixpath.normpath(docname)
    assert not docname.startswith(("/", "../"))
    assert docname not in {"", ".", ".."}
    assert not UNSAFE.search(docname)
    assert all(len(part.encode()) <= MAX_URL_SEGMENT_BYTES for part in docname.split("/"))


@pytest.mark.parametrize(
    ("text", "part"),
    [("a b", "a b"), ("../..", "..-.."), ("..", "-"), (".", "-"), ("", "-"), ("a/b", "a-b"), ("it's\x00", "it-s-")],
)
def test_any_text_can_be_made_one_part_of_an_address(text, part):
    assert safe_segment(text) == part


@given(PATHS | st.text(st.characters(), min_size=200, max_size=300))
def test_a_safe_part_is_safe(text):
    part = safe_segment(text)
    assert join_docname("blog", part) in {f"blog/{part}", "blog/index"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("blog/a", "blog/a/index"),
        ("blog/A", "blog/a"),
        ("blog/STRASSE", "blog/straße"),
        ("blog/\u00e9", "blog/e\u0301"),
        ("index", "index/index"),
    ],
)
def test_docnames_that_are_written_to_one_file_share_an_address(one, other):
    assert url_key(one) == url_key(other)
    url_registry = UrlRegistry([one])
    assert url_registry.owner(other) == one
    assert url_key(url_registry.reserve(other, "post")) != url_key(one)


def test_an_address_is_given_once_and_then_with_numbers():
    url_registry = UrlRegistry(["blog/a-3"])
    assert [url_registry.reserve("blog/a", owner) for owner in "xyz"] == ["blog/a", "blog/a-2", "blog/a-4"]
    assert url_registry.reserve("blog/b/index", "x") == "blog/b/index"
    assert url_registry.reserve("blog/b", "y") == "blog/b-2"
    assert [url_registry.owner(docname) for docname in ("blog/a", "blog/a-4", "blog/c")] == ["x", "z", None]


def test_pages_that_sphinx_makes_keep_their_addresses():
    assert [UrlRegistry().reserve(name, "post") for name in GENERATED] == [f"{name}-2" for name in GENERATED]


def test_a_number_stands_before_the_index():
    assert numbered("blog/a", 2) == "blog/a-2"
    assert numbered("blog/a/index", 3) == "blog/a-3/index"


@given(
    st.lists(
        st.sampled_from(["a", "A", "a/index", "a-2", "a-2/index", "a-3", "e\u0301", "\u00e9", "search"]), max_size=40
    ),
    st.sets(st.sampled_from(["a", "a-2", "b"])),
)
def test_addresses_never_collide(wanted, taken):
    url_registry = UrlRegistry(taken)
    given_out = [url_registry.reserve(docname, "post") for docname in wanted]
    keys = [url_key(docname) for docname in [*given_out, *taken, *GENERATED]]
    assert len(set(keys)) == len(keys)
    assert not any(docname.startswith(("/", "..")) for docname in given_out)


@pytest.mark.parametrize("name", ["Foo Bar", "foo bar", "FOO-bar", " foo_bar ", "foo \u00a0-bar"])
def test_labels_that_differ_in_case_and_spacing_are_one(name):
    assert term_key(name) == "foo bar"


def test_labels_that_differ_in_signs_are_several():
    assert len({term_key(name) for name in ("C", "C++", "C#", "Õpetus", "Opetus", "日本語")}) == 6


@pytest.mark.parametrize(
    "source", ["pymdownx.slugs.slugify(case='lower')", "pymdownx.slugs.slugify", "markdown.extensions.toc.slugify"]
)
def test_a_slug_function_is_found_by_the_names_that_it_goes_by(source):
    assert load_slugify(source)("two words", "-") == "two-words"


def test_many_that_want_one_address_get_numbers_without_trying_all_of_them(monkeypatch):
    from sphinxext.newsroom.content import url_registry as module

    calls = 0
    plain = module.url_key

    def counted(docname):
        nonlocal calls
        calls += 1
        return plain(docname)

    monkeypatch.setattr(module, "url_key", counted)
    registry = module.UrlRegistry()
    calls = 0
    assert [registry.reserve("a", "x") for _ in range(1000)] == ["a", *(f"a-{number}" for number in range(2, 1001))]
    assert calls < 10_000


def test_an_address_longer_than_a_path_can_be_is_refused():
    with pytest.raises(PermalinkError, match="too long for a path"):
        join_docname("blog", "x/" * 1000 + "a")
