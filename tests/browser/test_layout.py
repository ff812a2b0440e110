"""Where things are on pages: nothing sticks out, covers something else, is cut off, or moves."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import WIDTHS
from tests.browser.pages import OURS

STICKING_OUT = """ours => {
    const wide = document.documentElement.clientWidth;
    const scrolls = element => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    return [...document.querySelectorAll("body *")]
        .filter(element => element.checkVisibility({visibilityProperty: true}) && element.getBoundingClientRect().right > wide + 0.5)
        .filter(element => !scrolls(element.parentElement === document.body ? null : element.parentElement))
        .map(element => [element.closest(ours) ? "ours" : "", ...element.classList].join("."));
}"""
# On a telephone's width, the theme's button for the contents of a page is 7 px too far to the right.
THEIRS = {".pst-navbar-icon.sidebar-toggle.secondary-toggle", ".fa-solid.fa-outdent"}
# The lines of text that can be seen, each cut to what its ancestors show of it.
LINES = """
const lines = [];
const isForListeners = element => element && (getComputedStyle(element).clipPath === "inset(50%)" || isForListeners(element.parentElement));
for (const root of document.querySelectorAll(ours)) {
    if (root.parentElement.closest(ours)) continue;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const {parentElement: parent, data} = walker.currentNode;
        if (!data.trim() || !parent.checkVisibility({visibilityProperty: true}) || parent.closest("sup, sub, .headerlink") || isForListeners(parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        for (const {left, right, top, bottom} of range.getClientRects())
            if (right - left > 1) lines.push({text: data.trim(), parent, left, right, top, bottom});
    }
}
"""
OVERLAPPING = f"""ours => {{
    {LINES}
    const found = [];
    lines.forEach((one, index) => lines.slice(index + 1).forEach(two => {{
        const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
        const height = Math.min(one.bottom - one.top, two.bottom - two.top);
        if (across > 2 && down > height / 2) found.push([one.text, two.text]);
    }}));
    return found;
}}"""
CUT_OFF = f"""ours => {{
    {LINES}
    return lines.filter(({{parent, left, right, top, bottom}}) => {{
        for (let box = parent; box && box !== document.body; box = box.parentElement) {{
            const style = getComputedStyle(box), edge = box.getBoundingClientRect();
            const hides = value => value === "hidden" || value === "clip";
            if (hides(style.overflowX) && (right > edge.right + 1 || left < edge.left - 1)) return true;
            if (hides(style.overflowY) && (bottom > edge.bottom + 4 || top < edge.top - 4)) return true;
            if (style.overflowX === "auto" || style.overflowX === "scroll") return false;
        }}
        return false;
    }}).map(({{text}}) => text);
}}"""
# How far boxes are from the side on which lines begin; what is within lines follows its words, and text is the theme's.
FROM_THE_START = """ours => [...document.querySelectorAll(ours)].filter(root => !root.parentElement.closest(ours)).flatMap(root => {
    const edge = root.getBoundingClientRect(), isMirrored = getComputedStyle(root).direction === "rtl";
    return [...root.querySelectorAll("*")]
        .filter(element => element.checkVisibility({visibilityProperty: true}) && getComputedStyle(element).display !== "inline")
        .filter(element => !element.closest(".newsroom-visually-hidden, .newsroom-excerpt, svg") && !element.parentElement.closest(".newsroom-content, .newsroom-bio-text"))
        .map(element => {
            const box = element.getBoundingClientRect();
            return [element.tagName + "." + element.className, Math.round(isMirrored ? edge.right - box.right : box.left - edge.left)];
        });
})"""
LARGE = "html { font-size: 200% !important }"
# What WCAG 1.4.12 lets a reader set.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
# What moves is told if any of it is ours: while the theme's script starts, the theme's header moves by a hair.
SHIFTS = """ours => {
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(({value, sources}) => {
        const moved = sources.map(({node}) => node).filter(node => node?.parentElement?.closest(ours) ?? node?.closest?.(ours));
        if (moved.length) shifts.push([value, moved.map(node => node.outerHTML?.slice(0, 100) ?? node.data)]);
    })).observe({type: "layout-shift", buffered: true});
}"""


def assert_whole(page, name, *, narrow):
    """Look at a page; on a narrow one, what is the theme's own sticks out."""
    has_contents = page.locator(".secondary-toggle").is_visible()
    assert set(page.evaluate(STICKING_OUT, OURS)) == (THEIRS if narrow and has_contents else set())
    assert page.evaluate(OVERLAPPING, OURS) == []
    assert page.evaluate(CUT_OFF, OURS) == []


def test_everything_has_its_place(visit, name):
    page = visit(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_whole(page, name, narrow=width == 320)


@pytest.mark.parametrize("style", [LARGE, SPACED], ids=["large", "spaced"])
def test_text_can_be_twice_as_large_and_set_wide(visit, name, style):
    page = visit(name)
    page.add_style_tag(content=style)
    for width in (640, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_whole(page, name, narrow=width == 640 and style == LARGE)


def test_nothing_moves_while_pictures_are_loaded(visit, name):
    page = visit(name, width=390, script=f"({SHIFTS})({json.dumps(OURS)})")
    page.evaluate("""async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 400) {
            scrollTo(0, y);
            await new Promise(done => setTimeout(done, 30));
        }
        const all = [...document.images].filter(image => image.checkVisibility());
        await Promise.all(all.map(image => image.decode()));
        await new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
    }""")
    assert page.evaluate("() => shifts") == []


def test_pictures_have_room_and_wait(visit, name):
    page = visit(name)
    pictures = page.locator(".newsroom-entry, .newsroom-card, .newsroom-term, .newsroom-bio").locator("img")
    for picture in pictures.all():
        attributes = {key: picture.get_attribute(key) for key in ("width", "height", "loading")}
        assert all(attributes.values())
        assert attributes["loading"] == "lazy"


@pytest.mark.parametrize("name", ["year", "documentation"])
def test_a_table_fits_on_a_telephone(visit, name):
    page = visit(name, width=390)
    table = page.locator(".newsroom-scroll").first
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    row = table.locator("tbody tr").first
    assert row.locator("th").bounding_box()["y"] < row.locator("td").first.bounding_box()["y"]


def test_a_heading_in_an_excerpt_is_smaller_than_the_title_of_its_post(visit):
    entry = visit("author-2").locator(".newsroom-entry")
    sizes = entry.evaluate(
        "entry => ['.newsroom-title', '.newsroom-excerpt h3'].map(part => parseFloat(getComputedStyle(entry.querySelector(part)).fontSize))"
    )
    assert sizes[1] < sizes[0]


def test_a_page_from_right_to_left_is_a_mirror_image(visit, name):
    page = visit(name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.body.dir = 'ltr'")
        expected = page.evaluate(FROM_THE_START, OURS)
        page.evaluate("document.body.dir = 'rtl'")
        shown = page.evaluate(FROM_THE_START, OURS)
        different = [(one, two) for one, two in zip(expected, shown, strict=True) if abs(one[1] - two[1]) > 1]
        assert different == [], width
