"""The frame that all pages of the blog share: one column, one left edge, one tab bar, and text that begins near the top."""

from __future__ import annotations

FRAMED = (
    "index",
    "index-2",
    "post",
    "post-plain",
    "category",
    "categories",
    "tags",
    "author",
    "archive",
    "year",
    "subscribe",
)
PLACES = """() => {
    const box = selector => document.querySelector(selector).getBoundingClientRect();
    const column = box(".bd-article > .newsroom"), bar = box(".newsroom-nav");
    return [column.left, column.width, bar.left, bar.top, bar.height].map(Math.round);
}"""
# How many characters of running text a line of the column takes.
LINE_LENGTH = """() => {
    const column = document.querySelector(".newsroom-content"), sample = document.createElement("span");
    sample.textContent = column.querySelector("p").textContent.replace(/\\s+/g, " ").trim();
    sample.style.whiteSpace = "nowrap";
    column.append(sample);
    const characters = column.clientWidth / (sample.getBoundingClientRect().width / sample.textContent.length);
    sample.remove();
    return characters;
}"""
FIRST_WORDS = "() => document.querySelector('.newsroom-content p').getBoundingClientRect().top"


def test_all_pages_share_one_frame(visit):
    places = {name: visit(name).evaluate(PLACES) for name in FRAMED}
    assert {tuple(place) for place in places.values()} == {tuple(places["index"])}, places
    assert 70 <= visit("post").evaluate(LINE_LENGTH) <= 80


def test_the_text_of_a_post_begins_near_the_top(visit):
    page = visit("post-plain")
    assert page.evaluate(FIRST_WORDS) <= 300
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(FIRST_WORDS) <= 380
    assert page.locator(".newsroom-nav").bounding_box()["height"] < 48, "one line, which scrolls"


def test_titles_are_moderate(visit):
    for width, size in ((320, 32), (390, 32), (1440, 36)):
        title = (
            visit("post", width=width).locator("h1").evaluate("title => parseFloat(getComputedStyle(title).fontSize)")
        )
        assert size - 1 <= title <= size + 1


def test_the_current_tab_is_visible_in_forced_colours(visit):
    page = visit("index")
    page.emulate_media(forced_colors="active")
    borders = page.locator(".newsroom-nav a").evaluate_all(
        "links => links.map(link => [link.hasAttribute('aria-current'), getComputedStyle(link).borderBottomColor])"
    )
    current = {color for is_current, color in borders if is_current}
    assert len(current) == 1
    assert not current & {color for is_current, color in borders if not is_current}
