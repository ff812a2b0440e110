"""The Chromium that the tests drive: ``python -m tests.browser.chromium`` finds or installs one.

It is Playwright's own, else what ``NEWSROOM_CHROMIUM`` names, else one that the machine has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
MISSING = "There is no Chromium: install Chromium or Google Chrome, or give the path of one in NEWSROOM_CHROMIUM."
PATIENCE = 300
"""Seconds for a download."""


def find(playwright: Playwright) -> str | None:
    """Return the path of a Chromium, or None.

    :param playwright: knows where its own is, if it is installed.
    """
    named = os.environ.get("NEWSROOM_CHROMIUM")
    candidates = [named] if named else [playwright.chromium.executable_path, *map(shutil.which, NAMES), *PLACES]
    return next((path for path in candidates if path and Path(path).is_file()), None)


def main() -> int:
    """Tell which Chromium there is; without any, download Playwright's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = find(playwright)
        if found is None and not os.environ.get("NEWSROOM_CHROMIUM"):
            command = [sys.executable, "-m", "playwright", "install", "chromium"]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)
            found = find(playwright)
    sys.stdout.write(f"{found or MISSING}\n")
    return int(found is None)


if __name__ == "__main__":
    sys.exit(main())
