"""What the documentation says about the layout of the package is true."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sphinxext" / "newsroom"


def modules_named_in(text: str) -> set[str]:
    return set(re.findall(r"[\"`]([a-z_]+/[a-z_]+)(?:\.py)?[`:]", text))


def test_modules_named_in_the_architecture_page_and_its_diagram_exist():
    page = (ROOT / "docs/explanation/architecture.md").read_text(encoding="utf-8")
    diagram = (ROOT / "docs/images/path-of-a-post.mmd").read_text(encoding="utf-8")
    drawn = modules_named_in(diagram)
    assert len(drawn) > 10
    for name in drawn | modules_named_in(page):
        assert (PACKAGE / f"{name}.py").is_file(), name


def test_the_picture_is_drawn_from_its_source():
    picture = (ROOT / "docs/images/path-of-a-post.svg").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+/[a-z_]+", re.sub(r"<[^>]*>", " ", picture)))
    diagram = (ROOT / "docs/images/path-of-a-post.mmd").read_text(encoding="utf-8")
    assert modules_named_in(diagram) <= words


def test_contributing_lists_every_package():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tree = guide[guide.index("  newsroom/\n") : guide.index("tests/", guide.index("  newsroom/\n"))]
    listed = set(re.findall(r"^    ([a-z_]+)/", tree, re.MULTILINE))
    packages = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()}
    assert listed >= packages
    assert all((PACKAGE / name).is_dir() for name in listed)
