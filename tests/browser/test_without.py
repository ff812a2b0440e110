"""Pages without scripts, without movement, on paper, and without anybody else."""

from __future__ import annotations

from tests.browser.pages import OURS

SHOWN = """ours => [...document.querySelectorAll(ours)].map(part => [
    part.innerText, [...part.querySelectorAll("a")].filter(a => a.checkVisibility()).map(a => a.href)])"""


def test_without_javascript_everything_is_there(visit, name):
    with_script, without = visit(name), visit(name, java_script_enabled=False)
    expected = with_script.evaluate(SHOWN, OURS)
    assert name == "redirect" or expected
    # The button that copies code is the theme's, and needs its script.
    assert without.evaluate(SHOWN, OURS) == expected


def test_nothing_of_ours_moves(visit, name):
    page = visit(name)
    assert (
        page.evaluate(
            """ours => [...document.querySelectorAll(ours)].flatMap(part => [part, ...part.querySelectorAll("*")])
            .filter(element => {
                const {transitionDuration, animationName} = getComputedStyle(element);
                return animationName !== "none" || transitionDuration.split(", ").some(time => parseFloat(time) > 0.01);
            }).map(element => element.outerHTML.slice(0, 100))""",
            OURS,
        )
        == []
    )


def test_on_paper_there_is_the_post_with_addresses(visit):
    page = visit("post")
    page.emulate_media(media="print")
    for hidden in ("newsroom-series", "newsroom-see-also", "newsroom-prev-next", "newsroom-backlink"):
        assert page.locator(f".{hidden}").count()
        assert not any(part.is_visible() for part in page.locator(f".{hidden}").all())
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator(".newsroom-bios").is_visible()
    after = "link => getComputedStyle(link, '::after').content"
    assert "https://elsewhere.example/program" in page.get_by_role("link", name="program").evaluate(after)
    assert page.get_by_role("link", name="y & z").last.evaluate(after) in {"none", "normal", '""'}


def test_lists_on_paper_have_no_navigation(visit):
    page = visit("index")
    page.emulate_media(media="print")
    assert not page.locator(".newsroom-nav").is_visible()
    assert not page.locator(".newsroom-pagination").is_visible()
    assert page.locator(".newsroom-entry").first.is_visible()


def test_no_request_leaves_the_site(visit, url, name, contexts):
    requests = []
    contexts().on("request", lambda request: requests.append(request.url))
    page = visit(name)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert requests
    assert [request for request in requests if not request.startswith((url, "data:"))] == []
