"""Pages without a mouse."""

from __future__ import annotations

import re
from typing import Any

from tests.browser.pages import OURS

# All that Tab should come to, numbered; of a set of radio buttons, the chosen one.
NUMBER = """ours => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(
        element => element.tabIndex >= 0 && !element.disabled && !element.closest("[inert], dialog:not([open])")
            && !(element.type === "radio" && !element.checked)
            && element.checkVisibility({visibilityProperty: true})
            && !element.closest("details:not([open]) > :not(summary:first-of-type)"));
    return all.map((element, index) => {
        element.dataset.stop = index;
        return {stop: index, ours: !!element.closest(ours), html: element.outerHTML.slice(0, 100)};
    });
}"""
FOCUSED = """async () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    // The box of a hidden radio button is drawn around its label.
    const shown = element.type === "radio" ? element.nextElementSibling : element;
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(shown);
    const isCovered = () => {
        const {left, right, top, bottom} = shown.getClientRects()[0];
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return !(over && (shown.contains(over) || over.contains(shown)));
    };
    // The theme's link that skips to the text moves away over what comes next.
    for (let frame = 0; frame < 60 && isCovered(); frame++) await new Promise(requestAnimationFrame);
    return {
        stop: element.dataset.stop ?? null,
        marked: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none",
        covered: isCovered(),
        html: element.outerHTML.slice(0, 100),
    };
}"""


def test_tab_comes_to_everything_in_order_and_shows_where_it_is(visit, name):
    page = visit(name)
    stops = page.evaluate(NUMBER, OURS)
    reached: list[dict[str, Any]] = []
    for _ in range(len(stops) + 20):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or (reached and at["stop"] is not None and at["stop"] == reached[0]["stop"]):
            break
        reached.append(at)
    assert [int(at["stop"]) for at in reached if at["stop"] is not None] == [stop["stop"] for stop in stops]
    ours = {str(stop["stop"]) for stop in stops if stop["ours"]}
    assert [at["html"] for at in reached if at["stop"] in ours and not at["marked"]] == []
    assert [at["html"] for at in reached if at["stop"] in ours and at["covered"]] == []


def test_the_first_stop_skips_to_the_post(visit):
    page = visit("post")
    page.keyboard.press("Tab")
    assert "Skip to main content" in page.evaluate("() => document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')")


def test_enter_leads_on(visit, url):
    page = visit("index")
    page.get_by_role("link", name="Older posts").press("Enter")
    page.wait_for_url(f"{url}blog/page/2/")
    page.get_by_role("link", name="Page 1", exact=True).press("Enter")
    page.wait_for_url(f"{url}blog/")
    page.get_by_role("link", name=re.compile("^Continue reading")).first.press("Enter")
    page.wait_for_url(f"{url}blog/2026/08/18/**")


def test_tabs_and_folds_in_a_post_work_by_keys(visit):
    page = visit("post-markdown")
    assert page.get_by_text("Use apt.").is_visible()
    page.get_by_role("radio", name="Linux").press("ArrowRight")
    assert page.get_by_text("Use brew.").is_visible()
    assert not page.get_by_text("Use apt.").is_visible()
    page.locator("summary", has_text="A fold").press("Enter")
    assert page.get_by_text("Folded text.").is_visible()
