"""Take screenshots of Material's rendering of each example, for the Markdown reference.

Usage: ``python -m tests.markdown_pictures --material PYTHON [--browser CHROMIUM]``

PYTHON belongs to an environment with mkdocs-material. The examples that are new or have changed are photographed, with
Chromium; pictures of examples that are gone are removed. ``pictures.json`` tells which source a picture shows.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.markdown_cases import EXTENSIONS, FILES, read_cases

if TYPE_CHECKING:
    from tests.markdown_cases import Case

FOLDER = Path(__file__).parent.parent / "docs" / "images" / "markdown"
INDEX = FOLDER / "pictures.json"
WIDTH = 380
QUALITY = 70
# Nothing but the example, as wide as its column.
STYLE = """
.md-header, .md-tabs, .md-sidebar, .md-footer, .md-content__inner > h1, .headerlink, .md-clipboard { display: none !important }
.md-main__inner, .md-content__inner { margin: 0 !important; padding: 4px 0 !important; min-height: 0 !important }
.md-content__inner::before { display: none !important }
.md-content { width: 380px; padding: 0 4px; flex: none } .md-grid { max-width: none }
"""


def build(cases: list[Case], folder: Path, python: str) -> Path:
    """Build a site of Material's with a page for each example.

    :param cases: the examples.
    :param folder: an empty folder.
    :param python: that of the environment with mkdocs-material.
    """
    emoji = {"emoji_index": "material.extensions.emoji.twemoji", "emoji_generator": "material.extensions.emoji.to_svg"}
    extensions: list[Any] = [{"pymdownx.emoji": emoji} if item == "pymdownx.emoji" else item for item in EXTENSIONS]
    theme = {"name": "material", "font": False, "features": ["content.code.annotate"]}
    text = yaml.safe_dump({"site_name": "-", "theme": theme, "markdown_extensions": extensions})
    for name in emoji.values():
        text = text.replace(name, f"!!python/name:{name} ''")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    for name, content in FILES.items():
        path = folder / "docs" / name.replace("blog/posts/", "")
        if name.startswith("includes/"):
            path = folder / name
        if isinstance(content, str) and ".." not in name:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    for case in cases:
        (folder / "docs" / f"{case.name}.md").write_text(f"# Example\n\n{case.source}\n", encoding="utf-8")
    command = [python, "-m", "mkdocs", "build", "--quiet", "--no-directory-urls"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "site"


def main() -> int:
    """Make the pictures that are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", required=True)
    parser.add_argument("--browser")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = json.loads(INDEX.read_text(encoding="utf-8")) if INDEX.is_file() else {}
    cases = {case.name: case for case in read_cases()}
    wanted = [case for name, case in cases.items() if known.get(name) != case.digest]
    for file in FOLDER.glob("*.webp"):
        if file.stem not in cases:
            file.unlink()
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = build(wanted, Path(work), arguments.material)
        browser = playwright.chromium.launch(executable_path=arguments.browser)
        page = browser.new_page(viewport={"width": WIDTH + 20, "height": 900})
        for case in wanted:
            page.goto((site / f"{case.name}.html").as_uri())
            page.add_style_tag(content=STYLE)
            page.wait_for_timeout(300)  # until its script has drawn the numbers of annotations
            image = Image.open(io.BytesIO(page.locator(".md-content").screenshot()))
            image.save(FOLDER / f"{case.name}.webp", quality=QUALITY, method=6)
        browser.close()
    INDEX.write_text(json.dumps({name: case.digest for name, case in cases.items()}, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(wanted)} pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
