"""Take screenshots of every kind of page: ``python -m tests.browser.screenshots FOLDER [theme …]``.

In the first theme all pages are taken, in further ones the index, a post, an author and the archive.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find
from tests.browser.pages import NOW, PAGES, build, serve

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1440)
SOME = ("index", "post", "author", "archive")


def take_screenshots(folder: Path, theme: str, names: list[str]) -> int:
    """Return the number of pictures made of one theme.

    :param folder: where to put them.
    :param theme: the theme.
    :param names: the pages.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = build(Path(work), theme)
        browser = playwright.chromium.launch(executable_path=find(playwright))
        with serve(site.out) as url:
            for scheme in SCHEMES:
                for width in WIDTHS:
                    page = browser.new_page(viewport={"width": width, "height": 900})
                    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    for name in names:
                        if name == "redirect":
                            page.route(f"{url}{PAGES['post']}", lambda route: route.fulfill(status=204))
                        page.goto(f"{url}{PAGES[name]}")
                        # Pictures that wait until they are seen
                        page.evaluate(
                            "() => document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })"
                        )
                        page.wait_for_load_state("networkidle")
                        page.screenshot(path=folder / f"{name}-{scheme}-{width}.png", full_page=True)
                    page.close()
        browser.close()
    return len(names) * len(SCHEMES) * len(WIDTHS)


def main(folder: str, *themes: str) -> int:
    """Take screenshots of the site.

    :param folder: where to put the pictures, in a folder for each theme.
    :param themes: the themes; none for pydata-sphinx-theme.
    """
    os.environ["SOURCE_DATE_EPOCH"] = NOW
    for number, theme in enumerate(themes or ["pydata_sphinx_theme"]):
        count = take_screenshots(Path(folder) / theme, theme, list(SOME if number else PAGES))
        sys.stdout.write(f"{theme}: {count} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
