"""Measure a post and the index with Lighthouse: ``python -m tests.browser.lighthouse <lighthouse>``.

Accessibility, best practices and SEO have to be 100, and performance as good as on a page of the theme without the
extension, of three runs the best.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import find
from tests.browser.pages import MODE, NOW, PAGES, build, serve
from tests.conftest import Site
from tests.html_validity import PLAIN
from tests.samples import svg

FULL = ("accessibility", "best-practices", "seo")
RUNS = 3
NOISE = 3
"""How far the scores of one page lie apart that is measured again."""
CHROMIUM = "--headless=new --no-sandbox --disable-dev-shm-usage"


def measure(lighthouse: str, url: str) -> tuple[dict[str, int], list[str]]:
    """Return the score of a page in each category, and what it loses points for, other than speed.

    :param lighthouse: the program.
    :param url: the page.
    """
    command = [lighthouse, url, "--quiet", "--output=json", f"--chrome-flags={CHROMIUM}"]
    report: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    scores = {name: round(100 * category["score"]) for name, category in report["categories"].items()}
    lost = [
        f"{name}: {report['audits'][audit['id']]['title']}"
        for name in FULL
        for audit in report["categories"][name]["auditRefs"]
        if audit["weight"]
        and (report["audits"][audit["id"]]["score"] or 0) < 1
        and report["audits"][audit["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}
    ]
    return scores, lost


def best(lighthouse: str, url: str) -> tuple[dict[str, int], list[str]]:
    """Return the best of some measurements: other programs only ever make a page slower."""
    return max((measure(lighthouse, url) for _ in range(RUNS)), key=lambda measured: measured[0]["performance"])


def main(lighthouse: str) -> int:
    """Measure and compare.

    :param lighthouse: the program.
    """
    os.environ["SOURCE_DATE_EPOCH"] = NOW
    with sync_playwright() as playwright:
        os.environ["CHROME_PATH"] = find(playwright) or ""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        plain = (
            Site(
                folder=Path(folder) / "plain",
                conf={"extensions": ["myst_parser"], "html_favicon": "img.svg", "html_context": MODE},
            )
            .write({**PLAIN, "img.svg": svg(80, 80, "#0a6a86", "#fff")})
            .build()
        )
        with serve(plain.out) as url:
            own, _lost = best(lighthouse, f"{url}chapter/")
        sys.stdout.write(f"a page of the theme's: {own}\n")
        blog = build(Path(folder) / "blog", drafts=False)
        with serve(blog.out) as url:
            for name in ("post", "index"):
                scores, lost = best(lighthouse, f"{url}{PAGES[name]}")
                sys.stdout.write(f"{name}: {scores}\n" + "".join(f"  {title}\n" for title in lost))
                failed |= any(scores[category] < 100 for category in FULL)
                failed |= scores["performance"] < own["performance"] - NOISE
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
