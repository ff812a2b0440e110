"""Fragments: where an excerpt ends, what becomes of its links and ids, how long a post takes to read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import html5lib
import mf2py
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.excerpts.reading_time import Count, reading_minutes
from sphinxext.newsroom.excerpts.rendered_post import RenderedPost, build_rendered_post
from sphinxext.newsroom.excerpts.rules import with_named_words
from sphinxext.newsroom.feeds.content import feed_html
from sphinxext.newsroom.utils.html import inline_html, text_of
from sphinxext.newsroom.utils.html_links import ROOT_MARK, resolve_root, root_relative

MORE = "<!-- more -->"
BASE = "https://node.example/docs/"
PAGE = "blog/p/"


def fragment(body: str, **options: Any) -> RenderedPost:
    return build_rendered_post(body, **{"title": "A title", "page_url": PAGE, "unique": "u", **options})


def placed(body: str, root: str = "../", **options: Any) -> str:
    return resolve_root(fragment(body, **options).excerpt, root)


def first(html: str, tag: str) -> Any:
    """Return the first element of a name, as a browser finds it."""
    return BeautifulSoup(html, "html5lib").find(tag)


def feed(body: str) -> str:
    return feed_html(body, page_url=PAGE, base_url=BASE)


# -- Where the excerpt ends


@pytest.mark.parametrize(
    ("body", "excerpt", "more"),
    [
        (f"<p>a</p>\n{MORE}\n<p>b</p>", "<p>a</p>", True),
        (f"<p>a</p>{MORE}", "<p>a</p>", False),
        (f"<p>a</p>{MORE}\n\n", "<p>a</p>", False),
        (f"<p>a {MORE} b</p><p>c</p>", "<p>a </p>", True),
        (f"<p>a{MORE}</p><p>c</p>", "<p>a</p>", True),
        (f"<p>a <em>b{MORE}c</em> d</p>", "<p>a <em>b</em></p>", True),
        (f"<ul><li>a</li><li>b{MORE}c</li><li>d</li></ul><p>e</p>", "<ul><li>a</li><li>b</li></ul>", True),
        (
            f"<ol><li><p>a</p><ul><li><p>b</p>{MORE}</li></ul></li></ol>",
            "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>",
            False,
        ),
        (f"<p>a</p><ul><li><p>{MORE}</p></li></ul><p>b</p>", "<p>a</p>", True),
        (f"<p>a</p><p>{MORE}</p><p>b</p>", "<p>a</p>", True),
        (
            f"<table><tr><td>a</td><td>{MORE}</td></tr><tr><td>b</td></tr></table>",
            "<table><tr><td>a</td><td></td></tr></table>",
            True,
        ),
        (f"<section><h2>A</h2><p>a</p>{MORE}<p>b</p></section>", "<section><h3>A</h3><p>a</p></section>", True),
        (f"{MORE}<p>a</p>", "", True),
        (f"a{MORE}b", "a", True),
        (f"<p>a</p>{MORE}<p>b</p>{MORE}<p>c</p>", "<p>a</p>", True),
        ("<p>a</p><!--more--><p>b</p>", "<p>a</p>", True),
        ("<p>a</p><!--   More\n--><p>b</p>", "<p>a</p>", True),
        (f"<p>a</p><!-- note -->{MORE}<p>b</p>", "<p>a</p><!-- note -->", True),
        ("<p>a</p><!-- more to come --><p>b</p>", "<p>a</p><!-- more to come --><p>b</p>", False),
        ("<pre>&lt;!-- more --&gt;</pre><p>b</p>", "<pre>&lt;!-- more --&gt;</pre><p>b</p>", False),
        ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>", False),
        (f"<div>a</div></div><p>b</p>{MORE}<p>c</p>", "<div>a</div><p>b</p>", True),
        ("", "", False),
    ],
)
def test_an_excerpt_ends_at_the_marker_and_all_that_is_open_is_closed(body, excerpt, more):
    found = fragment(body)
    assert (found.excerpt, found.more) == (excerpt, more)


@pytest.mark.parametrize(
    ("rest", "more"),
    [
        ("<div></div>", False),
        ("<p> \n </p>", False),
        ("<!-- c -->", False),
        ("<script>x</script><style>y</style>", False),
        ("<table><tr><td></td></tr></table>", False),
        ("text", True),
        ("<div><p>text</p></div>", True),
        ("<p><img src='a'></p>", True),
        ("<hr>", True),
        ("<div><iframe src='a'></iframe></div>", True),
        ("<figure><video src='a'></video></figure>", True),
        ("<p><svg><path d=''></path></svg></p>", True),
        ("<pre>x</pre>", True),
    ],
)
def test_there_is_more_when_something_is_to_be_seen_behind_the_marker(rest, more):
    assert fragment(f"<p>a</p>{MORE}{rest}").more == more
    assert fragment(f"<div><p>a</p>{MORE}{rest}</div>").more == more


@pytest.mark.parametrize("separator", ["<!-- weiter -->", "<!--weiter-->", "<!--  Weiter  -->"])
def test_the_marker_can_be_another_comment(separator):
    body = "<p>a</p><!-- more --><p>b</p><!-- weiter --><p>c</p>"
    assert fragment(body, separator=separator).excerpt == "<p>a</p><!-- more --><p>b</p>"


@pytest.mark.parametrize(
    ("body", "count", "excerpt", "more"),
    [
        ("<p>a</p><p>b</p><p>c</p>", 2, "<p>a</p><p>b</p>", True),
        ("<p>a</p><p>b</p>", 2, "<p>a</p><p>b</p>", False),
        ("<p>a</p>", 2, "<p>a</p>", False),
        ("<p>a</p><p>b</p>", 0, "<p>a</p><p>b</p>", False),
        (
            "<section><h2>A</h2><p>a</p></section><section><p>b</p></section>",
            1,
            "<section><h3>A</h3><p>a</p></section>",
            True,
        ),
        ("<p> </p><p><img></p><p>a</p><p>b</p>", 1, "<p> </p><p><img></p><p>a</p>", True),
        (
            "<div class='admonition note'><p class='admonition-title'>Note</p><p>n</p></div><p>a</p><p>b</p>",
            1,
            '<div class="admonition note"><p class="admonition-title">Note</p><p>n</p></div><p>a</p>',
            True,
        ),
        (
            "<ul><li><p>x</p></li><li><p>y</p></li></ul><p>a</p><p>b</p>",
            1,
            "<ul><li><p>x</p></li><li><p>y</p></li></ul><p>a</p>",
            True,
        ),
        (
            "<figure><figcaption><p>c</p></figcaption></figure><p>a</p>b",
            1,
            "<figure><figcaption><p>c</p></figcaption></figure><p>a</p>",
            True,
        ),
        (f"<p>a</p>{MORE}<p>b</p><p>c</p>", 2, "<p>a</p>", True),
    ],
)
def test_without_a_marker_the_first_paragraphs_of_running_text_can_make_the_excerpt(body, count, excerpt, more):
    found = fragment(body, paragraphs=count)
    assert (found.excerpt, found.more) == (excerpt, more)


@pytest.mark.parametrize(
    ("image", "shown"),
    [(0, ["a"]), (1, ["a"]), (2, ["a", "b"]), (3, ["a", "c"]), (4, ["a"]), (-1, ["a"])],
)
def test_an_image_of_the_post_can_end_the_excerpt(image, shown):
    body = f'<p>x <img src="a"> y</p>{MORE}<p><img src="b"> z</p><figure><img src="c"></figure>'
    excerpt = BeautifulSoup(fragment(body, image=image).excerpt, "html5lib")
    assert [element["src"].rpartition("/")[2] for element in excerpt.find_all("img")] == shown
    assert "z" not in excerpt.get_text()


@pytest.mark.parametrize("body", ["<p>a</p>", f"<p>a</p>{MORE}"])
def test_a_fragment_tells_whether_the_post_has_a_marker(body):
    assert fragment(body).marked == (MORE in body)


BLOCKS = st.recursive(
    st.sampled_from(
        [
            "<p>one</p>",
            "two ",
            "<img src='i.png'>",
            "<br>",
            "<hr>",
            "&amp;",
            "<!-- c -->",
            "<p>Õ 日本</p>",
            "<pre>\n x</pre>",
        ]
    ),
    lambda inner: (
        st.builds(
            lambda tag, items: f"<{tag}>{''.join(items)}</{tag}>",
            st.sampled_from(["div", "section", "blockquote", "em", "span"]),
            st.lists(inner, max_size=4),
        )
        | st.lists(inner, max_size=4).map(lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
    ),
    max_leaves=12,
)


def words_of(html: str) -> list[str]:
    return "".join(html5lib.parseFragment(html, treebuilder="etree").itertext()).split()


@given(
    st.lists(BLOCKS, max_size=5),
    st.lists(BLOCKS, max_size=5),
    st.lists(st.sampled_from(["div", "section", "ul><li", "em"]), max_size=4),
)
def test_a_cut_is_balanced_and_loses_nothing_before_the_marker(before, after, around):
    opening, closing = (
        "".join(f"<{tag}>" for tag in around),
        "".join(f"</{'></'.join(reversed(tag.split('><')))}>" for tag in reversed(around)),
    )
    head = "".join(before)
    excerpt = fragment(f"{opening}{head}{MORE}{''.join(after)}{closing}<p>behind</p>").excerpt
    assert words_of(excerpt) == words_of(opening + head + closing)
    # A strict parser finds the same content when it is nested.
    inside = html5lib.parseFragment(f"<div id='list'><div>{excerpt}</div><b>next</b></div>", treebuilder="etree")
    [listed] = inside
    assert [child.tag.rpartition("}")[2] for child in listed] == ["div", "b"]


@pytest.mark.parametrize(
    ("excerpt", "summary"),
    [
        ("<p>One.</p><p><img src='a.png' alt='A chart'></p><p>Two.</p>", ["One.", "Two."]),
        ("<p><a href='b'><img src='a.png' alt='A chart'></a></p><ul><li>x</li></ul>", ["x"]),
        ("<figure><img src='a.png' alt='A chart'><figcaption>Seen.</figcaption></figure><p>A</p>", ["Seen.", "A"]),
        ("<ul><li><p>One.</p><img src='a.png' alt='A chart'></li><li>Two.</li></ul>", ["One.", "Two."]),
        # In the middle of a sentence it is a word.
        ("<p>Press <img src='a.png' alt='Enter'> now.</p>", ["Press Enter now."]),
        ("<img src='a.png' alt='A chart'>", []),
        ("Loose <img src='a.png' alt='words'>", ["Loose words"]),
    ],
)
def test_programs_read_the_words_of_an_excerpt_and_not_what_stands_for_its_pictures(excerpt, summary):
    page = f"<div class='h-entry'>{with_named_words(excerpt)}</div>"
    [entry] = mf2py.parse(doc=page, html_parser="html5lib")["items"]
    assert [" ".join(text.split()) for text in entry["properties"].get("summary", [])] == summary


# -- Links


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("other/", "../blog/p/other/"),
        ("../q/#z", "../blog/q/#z"),
        ("..", "../blog/"),
        (".", "../blog/p/"),
        ("", "../blog/p/"),
        ("#place", "../blog/p/#place"),
        ("?q=1", "../blog/p/?q=1"),
        ("../../", "../"),
        ("../../index.html", "../index.html"),
        ("../../../stable/", "../../stable/"),
        ("/top", "/top"),
        ("//cdn.example/x", "//cdn.example/x"),
        ("https://a.example/b?c#d", "https://a.example/b?c#d"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+372", "tel:+372"),
        ("data:image/png;base64,AA==", "data:image/png;base64,AA=="),
        ("http://[bad", "http://[bad"),
        ("a%20b/%C3%BC", "../blog/p/a%20b/%C3%BC"),
    ],
)
def test_links_lead_to_the_same_place_from_a_list(url, seen):
    assert first(placed(f'<p><a href="{url}">x</a></p>'), "a")["href"] == seen


def test_links_to_places_in_a_post_lead_to_its_page():
    html = placed("<p><a href='#fn1' id='ref1'>1</a></p><aside id='fn1'>Note</aside>", page_url="blog/p.html")
    assert html == '<p><a href="../blog/p.html#fn1" id="u-ref1">1</a></p><aside id="u-fn1">Note</aside>'


def test_a_post_that_is_a_part_of_its_page_links_to_places_in_the_page():
    assert '"../news.html#x"' in placed("<a href='#x'>x</a>", page_url="news.html#post-1")
    assert '"../other.html"' in placed("<a href='other.html'>x</a>", page_url="news.html#post-1")


@pytest.mark.parametrize(
    ("srcset", "seen"),
    [
        ("i.png 1x, j.png 2x", "../blog/p/i.png 1x, ../blog/p/j.png 2x"),
        ("../i.png", "../blog/i.png"),
        ("i.png 100w,\n j.png   200w", "../blog/p/i.png 100w, ../blog/p/j.png   200w"),
        ("a,b.png 1x", "../blog/p/a,b.png 1x"),
        ("data:image/png;base64,AA== 1x, i.png 2x", "data:image/png;base64,AA== 1x, ../blog/p/i.png 2x"),
        ("https://a.example/i.png 2x", "https://a.example/i.png 2x"),
    ],
)
def test_every_picture_of_a_set_is_found_from_a_list(srcset, seen):
    assert first(placed(f'<img src="i.png" srcset="{srcset}">'), "img")["srcset"] == seen


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        ("img", "src"),
        ("video", "poster"),
        ("video", "src"),
        ("source", "src"),
        ("track", "src"),
        ("object", "data"),
        ("embed", "src"),
        ("iframe", "src"),
        ("area", "href"),
        ("blockquote", "cite"),
        ("form", "action"),
        ("image", "xlink:href"),
    ],
)
def test_whatever_has_a_url_is_found_from_a_list(tag, attribute):
    assert f'{attribute}="../blog/x.y"' in placed(f'<div><{tag} {attribute}="../x.y"></{tag}></div>')


PATHS = st.lists(st.sampled_from(["..", ".", "a", "b.html", "c d", "", "ü"]), min_size=1, max_size=5).map("/".join)


@given(PATHS, st.sampled_from(["", "?q=1", "#x"]), st.sampled_from(["blog/2024/p/", "blog/p.html", "p/", ""]))
def test_links_keep_their_targets_wherever_they_are_placed(path, end, page_url):
    url = path.lstrip("/") + end
    page = BASE + page_url
    image = first(root_relative(f'<img src="x{url}">', page_url), "img")
    target = urljoin(page, f"x{url}").replace(" ", "%20").replace("ü", "%C3%BC")
    for where, root in ((BASE + "other/place/", "../../"), (BASE, ""), (BASE + "x.html", ""), (page, BASE)):
        seen = urljoin(where, resolve_root(image["src"], root))
        assert urljoin(seen, seen.removeprefix("https://node.example")) == target


def test_the_root_mark_stands_in_nothing_that_is_placed():
    html = placed("<a href='../x'>a</a><a href='#y'>b</a><img srcset='a 1x, b 2x' src='c'>")
    assert ROOT_MARK not in html


# -- Ids and headings


def test_headings_are_one_level_down_and_have_no_links_of_their_own():
    html = "".join(f"<h{level}>{level}<a class='x headerlink' href='#h'>¶</a></h{level}>" for level in range(1, 7))
    assert placed(html) == "<h2>1</h2><h3>2</h3><h4>3</h4><h5>4</h5><h6>5</h6><h6>6</h6>"


def test_an_element_with_another_class_stays():
    assert placed("<a class='headerlinks' href='/x'>a</a>") == '<a class="headerlinks" href="/x">a</a>'


def test_ids_of_two_posts_never_meet_and_what_refers_to_them_follows():
    body = (
        "<section id='s'><input type='radio' id='t' name='tabs'><label for='t'>T</label>"
        "<div role='tabpanel' aria-labelledby='t s' aria-controls='s' aria-owns='s'></div>"
        "<details name='d'></details><td headers='a b'></td>"
        "<map name='m'></map><img usemap='#m'>"
        "<svg><defs><g id='g'></g></defs><use href='#g'></use><use xlink:href='#g'></use>"
        "<path fill='url(#g)' style=\"stroke: url('#g')\"></path></svg></section>"
    )
    soups: list[Any] = [BeautifulSoup(placed(body, unique=unique), "html5lib") for unique in ("u1", "u2")]
    one, two = soups

    def ids(soup):
        return [element["id"] for element in soup.find_all(id=True)]

    assert ids(one) == ["u1-s", "u1-t", "u1-g"]
    assert not set(ids(one)) & set(ids(two))
    assert one.label["for"] == "u1-t"
    assert one.input["name"] == "u1-tabs"
    panel = one.find(role="tabpanel")
    assert (panel["aria-labelledby"], panel["aria-controls"], panel["aria-owns"]) == ("u1-t u1-s", "u1-s", "u1-s")
    assert one.details["name"] == "u1-d"
    assert (one.map["name"], one.img["usemap"]) == ("u1-m", "#u1-m")
    assert [use.get("href") or use.get("xlink:href") for use in one.find_all("use")] == ["#u1-g", "#u1-g"]
    assert (one.path["fill"], one.path["style"]) == ("url(#u1-g)", "stroke: url('#u1-g')")


# -- What else a fragment holds


@pytest.mark.parametrize(
    ("body", "description"),
    [
        ("<p>First <b>one</b>.</p><p>Second.</p>", "First one."),
        ("<p> </p><p><img alt='x'></p><p>Text.</p>", "Text."),
        ("<p>One<br>two\n three</p>", "One two three"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
        ("<div class='admonition'><p class='admonition-title'>Note</p><p>n</p></div><p>Text.</p>", "Text."),
        ("<figure><figcaption><p>Caption<a class='headerlink'>¶</a></p></figcaption></figure><p>Text.</p>", "Text."),
        ("<ul><li><p>Item</p></li></ul>", "Item"),
        ("<p>x<script>y</script></p>", "x"),
        (f"<ul><li><p>Item</p></li></ul>{MORE}<p>Text.</p>", "Text."),
        ("<p>" + "word " * 60 + "</p>", "word " * 38 + "word…"),
        ("<p>" + "x" * 300 + "</p>", "x" * 199 + "…"),
        ("", ""),
    ],
)
def test_the_description_is_the_first_running_text(body, description):
    found = fragment(body).description
    assert found == description
    assert len(found) <= 200


@pytest.mark.parametrize(
    ("words", "images", "minutes"),
    [
        (1, 0, 1),
        (265, 0, 1),
        (266, 0, 2),
        (530, 0, 2),
        (531, 0, 3),
        (1, 6, 1),
        (1, 7, 2),
        (1, 10, 2),
        (1, 100, 6),
        (0, 0, 1),
    ],
)
def test_minutes_are_those_of_material(words, images, minutes):
    assert reading_minutes(Count(words=words, images=images), 265) == minutes


@pytest.mark.parametrize(
    ("body", "words", "minutes"),
    [
        ("", 1, 1),
        ("word " * 264, 265, 1),
        ("word " * 265, 266, 2),
        ("word" + "<img src='a'>" * 6, 1, 1),
        ("don't " * 200, 401, 2),
        ("<pre>" + "x=1\n" * 400 + "</pre>", 801, 4),
        ("<p>a</p><script>b c</script><style>d</style><svg><text>e</text></svg><object>f</object> g", 2, 1),
        ("a&nbsp;b<!-- c d -->", 2, 1),
        ("<h2>a b</h2><p>c</p>", 2, 1),
    ],
)
def test_words_are_counted_as_material_does(body, words, minutes):
    found = fragment(body, count_title=False)
    assert (found.words, found.minutes) == (words, minutes)


@pytest.mark.parametrize(
    ("body", "words", "minutes"),
    [
        ("字" * 500, 500, 1),
        ("字" * 501, 501, 2),
        ("<p>日本語のテキスト、です。</p>" * 100, 1000, 2),
        ("한국어 " * 200, 600, 2),
        ("𠮷" * 501, 501, 2),
        ("word " * 265 + "字" * 500, 765, 2),
        ("Python 入門 <img src='a'>", 3, 1),
    ],
)
def test_in_text_without_spaces_each_character_counts(body, words, minutes):
    found = fragment(body, count_title=False)
    assert (found.words, found.minutes) == (words, minutes)


def test_a_title_in_the_text_is_read_with_it():
    assert fragment("<p>c</p>", title="a <b>b</b>").words == 3
    assert fragment("<p>c</p>", title="a <b>b</b>", count_title=False).words == 1


def test_the_reading_speed_can_be_set():
    assert fragment("word " * 300, words_per_minute=100).minutes == 4


@pytest.mark.parametrize(
    ("title", "inline", "text"),
    [
        ("a &amp; <em>b</em>", "a &amp; <em>b</em>", "a & b"),
        ("See <a href='/x' id='y'>this</a>", "See this", "See this"),
        ("<code id='z'>x</code>", "<code>x</code>", "x"),
        ("&lt;script&gt;", "&lt;script&gt;", "<script>"),
        ("one<br>two", "one<br>two", "one two"),
        ("a\x00b\ud800c", "abc", "abc"),
        ("", "", ""),
    ],
)
def test_a_title_can_stand_in_a_link_or_as_text(title, inline, text):
    assert inline_html(title) == inline
    assert fragment("", title=title).title == inline
    assert text_of(title) == text


def test_a_digest_changes_with_everything_that_is_shown():
    same = fragment("<p>a</p>")
    others = [fragment("<p>b</p>"), fragment("<p>a</p>", title="B"), fragment("<p>a</p>", unique="v", page_url="q/")]
    assert same.digest == fragment("<p>a</p>").digest
    assert same.digest not in {other.digest for other in others[:2]}
    assert RenderedPost(**same.as_dict()) == same


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>before</p>\x00\x01\x0b\ud800\ufffe<p>behind</p>",
        "<p>before</p></script></div></body></html><p>behind</p>",
        "<p>before]]></p><p>behind</p>",
        "<p>before</p><?php echo 1 ?><![CDATA[x]]><p>behind</p>",
        "<p>before</p>" + "<b>" * 200 + "deep" + "</b>" * 200 + "<p>behind</p>",
        "<p>before</p>" + "<div>" * 1000 + "deep" + "</div>" * 1000 + "<p>behind</p>",
        "<html><head><title>t</title></head><body><p>before</p><p>behind</p></body></html>",
        "<p>before <p>behind",
        "<p>before " + "x" * 100_000 + "</p><p>behind</p>",
    ],
)
def test_hostile_text_costs_nothing_but_itself(hostile):
    found = fragment(hostile)
    for html in (found.excerpt, feed(hostile), root_relative(hostile, PAGE)):
        assert html.index("before") < html.index("behind")
        assert not any(character in html for character in "\x00\x01\x0b\ud800\ufffe")
        html.encode()


# -- In feeds


def test_a_feed_has_absolute_links():
    html = feed(
        "<a href='../q/#x'>a</a><a href='#y'>b</a><a href='/top'>c</a><a href='//cdn.example/d'>d</a>"
        "<a href='../../../stable/'>e</a><a href='../..'>f</a><img src='../i.png' srcset='i.png 2x'>"
    )
    soup: Any = BeautifulSoup(html, "html5lib")
    assert [a["href"] for a in soup.find_all("a")] == [
        BASE + "blog/q/#x",
        BASE + "blog/p/#y",
        "https://node.example/top",
        "https://cdn.example/d",
        "https://node.example/stable/",
        BASE,
    ]
    assert (soup.img["src"], soup.img["srcset"]) == (BASE + "blog/i.png", BASE + "blog/p/i.png 2x")
    every = "<source srcset='/a.png 1x, //cdn.example/b.png 2x,https://c.example/c.png 300w, ../d.png'>"
    assert first(feed(every), "source")["srcset"].split(", ") == [
        "https://node.example/a.png 1x",
        "https://cdn.example/b.png 2x",
        "https://c.example/c.png 300w",
        BASE + "blog/d.png",
    ]


def test_an_address_that_is_none_stays_what_it_is():
    assert first(feed("<img src='//[x' srcset='//[y 2x'>"), "img").attrs == {"src": "//[x", "srcset": "//[y 2x"}


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("<h2>A<a class='headerlink' href='#a'>¶</a></h2>", "<h2>A</h2>"),
        ("<h2>References<a class='headerlink' href='#a'>¶</a></h2>x", "<h2>References</h2>x"),
        ("a<script>x</script>b<style>y</style>c<noscript>z</noscript>d", "abcd"),
        ("a<button>Copy</button>b<iframe src='x'></iframe>c", "abc"),
        ("<form action='x'><p>Text</p><input type='text'>end</form>", "<p>Text</p>end"),
        ("a<!-- c -->b<?php x ?>c", "abc"),
        (
            "<link rel='stylesheet' href='x'><meta http-equiv='refresh' content='0'><base href='https://evil.example/'><embed src='y'>a",
            "a",
        ),
        ("<p onclick='x()' ONLOAD='y()' class='z'>a</p>", '<p class="z">a</p>'),
        (
            "<li><input type='checkbox' checked disabled> Done</li>",
            '<li><input type="checkbox" checked disabled> Done</li>',
        ),
        (
            "<input type='radio' id='t'><label for='t'>Tab</label><div>Text</div>",
            '<label for="t">Tab</label><div>Text</div>',
        ),
        ("<h1>One</h1>", "<h1>One</h1>"),
    ],
)
def test_a_feed_has_nothing_that_works_only_on_the_page(body, html):
    assert feed(body) == html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>",
        "&#106;avascript:x",
    ],
)
@pytest.mark.parametrize(
    "tag", ["a href", "form action", "object data", "area href", "video poster", "img src", "a xlink:href"]
)
def test_no_address_in_a_feed_runs_a_script(tag, url):
    html = feed(f'<p>a</p><{tag}="{url}">x').lower()
    assert not any(word in html for word in ("javascript", "script:", "vbscript", "data:"))


def test_a_picture_in_a_feed_can_be_written_out():
    assert 'src="data:image/png;base64,AA=="' in feed("<img src='data:image/png;base64,AA=='>")


def test_an_excerpt_can_stand_in_a_feed():
    found = fragment("<h2>A</h2><p onclick='x'><a href='#y'>b</a><script>z</script></p><!-- c -->")
    assert feed(found.excerpt) == f'<h3>A</h3><p><a href="{BASE}blog/p/#y">b</a></p>'


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../other/", "../../blog/other/"),
        ("#part", "../../blog/a/#part"),
        ("/", "/"),
        ("/elsewhere/x.pdf", "/elsewhere/x.pdf"),
        ("../../../fr/", "../../../fr/"),
        ("https://x.example/", "https://x.example/"),
        ("mailto:docs@node.example", "mailto:docs@node.example"),
    ],
)
def test_links_in_a_feed_of_a_site_whose_url_is_not_known_are_relative_to_the_feed(link, expected):
    html = feed_html(f'<p><a href="{link}">x</a></p>', page_url="blog/a/", base_url="../../")
    assert first(html, "a")["href"] == expected
