"""One site and one browser for all tests of pages."""

from __future__ import annotations

import pytest

from tests.browser.chromium import MISSING, find
from tests.browser.pages import NOW, PAGES, build, serve
from tests.conftest import LACKS_PLAYWRIGHT

collect_ignore_glob = ["test_*.py"] if LACKS_PLAYWRIGHT else []
WIDTHS = (320, 768, 1440)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = find(playwright)
        if path is None:
            pytest.skip(f"{MISSING} `nox -s browser` tries to.")
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def url(browser, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", NOW)
        built = build(tmp_path_factory.mktemp("site"))
    assert built.warnings == []
    with serve(built.out) as url:
        yield url


@pytest.fixture(scope="session")
def contexts(browser):
    """Return a function that returns a browser context with these options, reused so that its cache is shared."""
    made = {}

    def get(**options):
        key = tuple(sorted(options.items()))
        if key not in made:
            made[key] = browser.new_context(**options)
        return made[key]

    yield get
    for context in made.values():
        context.close()


@pytest.fixture
def visit(url, contexts):
    """Return a function that opens a page of the site by name."""
    opened = []

    def go(name, *, width=1440, height=900, script="", **options):
        page = contexts(**options).new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if script:
            page.add_init_script(script)
        if name == "redirect":  # it is left at once: stay
            page.route(f"{url}{PAGES['post']}", lambda route: route.fulfill(status=204))
        page.goto(f"{url}{PAGES[name]}", wait_until="load")
        return page

    yield go
    for page in opened:
        page.close()


@pytest.fixture(params=PAGES)
def name(request):
    return request.param
