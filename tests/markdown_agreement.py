"""Compare posts with what Python-Markdown makes of them, word by word.

Usage: ``python -m tests.markdown_agreement [--verbose] FOLDER …``

Each folder holds a ``mkdocs.yml`` and ``docs/``. The site is built with its list of Markdown extensions, and each post
rendered by Python-Markdown with the same list. Exit status 1 if any post shows other words.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from sphinxext.newsroom.core.front_matter import split
from sphinxext.newsroom.core.mkdocs import read_mkdocs
from tests.conftest import Site
from tests.markdown_cases import content_of, python_markdown, words

# Numbers of footnotes and the like may stand once more or less.
TOLERANCE = 0.02


def compare(folder: Path, *, verbose: bool) -> tuple[int, int]:
    """Return how many posts of a site agree, and how many there are.

    :param folder: the site.
    :param verbose: whether to name the words.
    """
    settings, _problems = read_mkdocs(folder / "mkdocs.yml")
    extensions = list(settings.markdown_extensions)
    options = {f"newsroom_{name}": value for name, value in (settings.blogs[0] if settings.blogs else {}).items()}
    agreeing = total = 0
    with tempfile.TemporaryDirectory() as work:
        site = Site(folder=Path(work), conf={"newsroom_markdown_extensions": extensions, **options})
        shutil.copytree(folder / "docs", site.folder / "src")
        (site.folder / "src" / "conf.py").touch()
        site.build()
        assert site.app is not None
        for post in site.app.newsroom[0].posts:  # type: ignore[attr-defined]
            body = split((site.folder / "src" / post.path).read_text(encoding="utf-8")).body
            ours = words(str(content_of(site.text(post.docname))))
            theirs = words(python_markdown(body, extensions, snippets=site.folder / "src"))
            missing, extra = theirs - ours, ours - theirs
            total += 1
            if (missing + extra).total() <= max(4, TOLERANCE * theirs.total()):
                agreeing += 1
            elif verbose:
                sys.stdout.write(f"    {post.path}: missing {dict(missing)}, extra {dict(extra)}\n")
    return agreeing, total


def main() -> int:
    """Compare all sites that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    different = 0
    for folder in arguments.folders:
        agreeing, total = compare(folder, verbose=arguments.verbose)
        different += total - agreeing
        sys.stdout.write(f"{folder.name}: {agreeing}/{total} posts\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
