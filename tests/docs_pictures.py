"""Make the pictures of the documentation: its own News section and examples as readers see them, and the covers of its posts.

Usage: ``python -m tests.docs_pictures [NAME …]``

The documentation is built, with and without drafts, and photographed light and dark. Covers are drawn from the SVG files
next to them. With names, only these pictures are made.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.chromium import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SNIPPETS = ROOT / "docs" / "snippets"
LARGEST = 120_000
"""Bytes."""
MARGIN = 20
BUILDS = {"published": (), "drafts": ("-t", "drafts"), "estonian": ("-D", "language=et")}
NO_BANNER = ".bd-header-announcement { display: none }"
AUTHOR = {
    "conf.py": """
project = "Handbook"
extensions = ["myst_parser", "sphinxext.newsroom"]
html_theme = "pydata_sphinx_theme"
html_baseurl = "https://docs.example.org/"
html_sidebars = {"**": []}
html_theme_options = {"show_prev_next": False}
newsroom_blog_dir = "news"
newsroom_title = "News"
""",
    "index.md": "# Handbook\n\n```{toctree}\nnews/index\n```\n",
    "news/posts/plans.md": """---
date: 2026-11-20
authors: [steward]
categories: [Data]
---

# Plans that write themselves

The form for data management plans now knows our services, and fills in what it knows.

<!-- more -->

More.
""",
}
"""A site with one author, whose entry is the one in the guide to authors."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture of a page, in a light and a dark version."""

    name: str
    page: str
    parts: tuple[str, ...] = ()
    """Selectors of what the picture shows. None: the top of the page."""
    width: int = 1280
    height: int = 900
    build: str = "published"
    banner: bool = False
    """Whether the announcement is in the picture: it is no more than a distraction in the others."""
    media: Literal["screen", "print"] = "screen"


POST = "news/2026/11/21/three-looks-for-a-list"
PICTURES = (
    Picture(name="blog-index", page="news/index"),
    Picture(name="pages/post", page=POST),
    Picture(name="pages/post-end", page=POST, parts=(".newsroom-footer",), width=1000),
    Picture(
        name="pages/draft", page="news/2026/11/23/which-categories-still-earn-their-place", build="drafts", height=520
    ),
    Picture(name="pages/categories", page="news/category/index", height=760),
    Picture(name="pages/author", page="news/author/steward", build="author", height=640),
    Picture(name="pages/subscribe", page="news/subscribe", height=640),
    Picture(name="pages/announcement", page="how-to/announcements", banner=True, height=190),
    Picture(name="pages/print", page=POST, width=720, height=860, media="print"),
    Picture(name="pages/estonian", page="news/index", build="estonian"),
    Picture(
        name="pages/release",
        page="blog/2026/10/01/tools-210-joins-tables",
        build="releases",
        parts=(".newsroom-post .newsroom-header", ".newsroom-release"),
        width=1000,
    ),
    Picture(name="pages/releases", page="blog/releases", build="releases", parts=(".newsroom-releases",), width=1000),
    Picture(
        name="pages/mentions",
        page="functions",
        build="releases",
        parts=("#functions > h1", "#functions > dl:last-of-type"),
        width=1000,
    ),
    Picture(
        name="pages/old-post",
        page="blog/2022/03/20/merge-tables-in-one-step",
        build="releases",
        parts=(".newsroom-post .newsroom-header", ".newsroom-post .e-content"),
        width=1000,
    ),
    Picture(name="pages/right-to-left", page="news/index", build="right-to-left", height=800),
)


def save(picture: bytes, path: Path) -> None:
    """Write a picture with few colours.

    :param picture: a PNG file.
    :param path: where to write it.
    :raises SystemExit: if it is larger than a picture may be.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(colors=256).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path}: {path.stat().st_size} bytes, more than {LARGEST}")


def area(page: Page, parts: tuple[str, ...]) -> FloatRect | None:
    """Return the rectangle that holds all of the parts, with a margin; None for no parts.

    :param page: the page.
    :param parts: selectors.
    """
    boxes = [box for part in parts if (box := page.locator(part).first.bounding_box())]
    if not boxes:
        return None
    left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
    right, bottom = max(box["x"] + box["width"] for box in boxes), max(box["y"] + box["height"] for box in boxes)
    return {
        "x": max(left - MARGIN, 0),
        "y": max(top - MARGIN, 0),
        "width": right - left + 2 * MARGIN,
        "height": bottom - top + 2 * MARGIN,
    }


def schemes(browser: Browser, width: int, height: int) -> Iterator[tuple[str, Page]]:
    """Give a page in each colour scheme, with the ending of the names of its pictures.

    :param browser: makes the pages.
    :param width: of the window.
    :param height: of the window.
    """
    page = browser.new_page(viewport={"width": width, "height": height})
    for scheme, ending in (("light", ""), ("dark", "-dark")):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark", reduced_motion="reduce")
        yield ending, page
    page.close()


def draw_covers(browser: Browser, wanted: set[str]) -> int:
    """Draw the covers, and return how many.

    :param browser: draws them.
    :param wanted: names; empty: all.
    """
    drawn = 0
    for source in sorted((IMAGES / "covers").glob("*.svg")):
        if wanted and f"covers/{source.stem}" not in wanted:
            continue
        for ending, page in schemes(browser, 1200, 630):
            page.goto(source.as_uri())
            save(page.screenshot(), source.with_name(f"{source.stem}{ending}.png"))
            drawn += 1
    return drawn


def make_site(build: str, work: Path) -> None:
    """Build the documentation, an example of it, or the site with one author.

    :param build: a name in ``BUILDS``, a folder of ``docs/snippets``, or ``author``.
    :param work: the folder that holds the sites.
    """
    command = [sys.executable, "-m", "sphinx", "-q"]
    if build in BUILDS:
        command += ["-c", ".", *BUILDS[build], "docs"]
    elif (SNIPPETS / build).is_dir():
        command += [str(SNIPPETS / build)]
    else:
        source = work / "source"
        for name, text in {**AUTHOR, "news/.authors.yml": author_entry()}.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text(text, encoding="utf-8")
        command += [str(source)]
    subprocess.run([*command, str(work / build)], cwd=ROOT, check=True)


def author_entry() -> str:
    """Return the authors file of the guide in which an author has all that can be said."""
    guide = (ROOT / "docs" / "how-to" / "authors.md").read_text(encoding="utf-8")
    return next(match[1] for match in re.finditer(r"```yaml\n(.*?)```", guide, re.DOTALL) if "orcid:" in match[1])


def take_screenshots(browser: Browser, picture: Picture, site: Path) -> None:
    """Take screenshots of a page, light and dark.

    :param browser: shows it.
    :param picture: the picture to take.
    :param site: the output folder of its build.
    """
    for ending, page in schemes(browser, picture.width, picture.height):
        if picture.media == "print":
            if ending:
                continue  # paper is white
            page.emulate_media(media="print")
        page.goto((site / f"{picture.page}.html").as_uri())
        if not picture.banner:
            page.add_style_tag(content=NO_BANNER)
        page.wait_for_timeout(300)
        clip = area(page, picture.parts)
        save(page.screenshot(clip=clip, full_page=clip is not None), IMAGES / f"{picture.name}{ending}.png")


def main() -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    wanted = set(arguments.names)
    chosen = [picture for picture in PICTURES if not wanted or picture.name in wanted]
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(playwright))
        drawn = draw_covers(browser, wanted)
        for build in sorted({picture.build for picture in chosen}):
            make_site(build, Path(work))
        for picture in chosen:
            take_screenshots(browser, picture, Path(work) / picture.build)
        browser.close()
    sys.stdout.write(f"{drawn} covers, {len(chosen)} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
