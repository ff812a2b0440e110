"""Compare posts with what Python-Markdown makes of them, word by word and in order.

Usage: ``python -m tests.markdown_agreement [--verbose] [FOLDER …]``

Each folder holds a ``mkdocs.yml`` and its ``docs/``; without any, it is the corpus of the tests. The site is built with
its list of Markdown extensions, and each post rendered by Python-Markdown with the same list. Exit status 1 if any post
shows other words. Where a code block has a first line that Python-Markdown does not know, it shows code as prose and
prose as code from there on; such a post is compared with what it makes of the block without the mistake, and counted.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.config.mkdocs import read_mkdocs
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.front_matter.split import split
from tests.conftest import Site
from tests.markdown_cases import content_of
from tests.markdown_reference import python_markdown, visible_words, with_known_fences

CORPUS = Path(__file__).parent / "cases" / "corpus"


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What the comparison of one post says."""

    path: str
    words: int
    differences: tuple[str, ...]
    """The actual and the expected text."""
    has_unknown_fence: bool


def compare(folder: Path) -> list[Agreement]:
    """Return the comparison of each post of a site.

    :param folder: the site.
    """
    settings, _problems = read_mkdocs(folder / "mkdocs.yml")
    extensions = list(settings.markdown_extensions)
    blog = settings.blogs[0] if settings.blogs else {}
    listed = parse_markdown_extensions(extensions).option("pymdownx.snippets", "base_path", ["."])
    bases = [folder / base for base in (listed if isinstance(listed, list) else [listed])]
    conf = {"newsroom_markdown_extensions": extensions, **{f"newsroom_{name}": blog[name] for name in blog}}
    with tempfile.TemporaryDirectory() as work:
        site = Site(folder=Path(work), conf=conf)
        source = site.folder / "src"
        shutil.copytree(folder / "docs", source)
        (source / "conf.py").touch()
        shutil.copy(folder / "mkdocs.yml", site.folder)
        site.build()
        assert site.app is not None
        found = []
        for post in get_site(site.app).posts:
            body = split((source / post.path).read_text(encoding="utf-8-sig")).body
            fenced = with_known_fences(body)
            theirs = visible_words(python_markdown(fenced, extensions, snippets=bases))
            ours = visible_words(str(content_of(site.text(post.docname))))
            found.append(
                Agreement(
                    path=post.path,
                    words=len(theirs),
                    differences=tuple(_differences(ours, theirs)),
                    has_unknown_fence=fenced != body,
                )
            )
        return found


def _differences(ours: list[str], theirs: list[str]) -> list[str]:
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        f"{' '.join(ours[a:b])!r} instead of {' '.join(theirs[c:d])!r}"
        for kind, a, b, c, d in (matcher.get_opcodes() if ours != theirs else ())
        if kind != "equal"
    ]


def main() -> int:
    """Compare all sites that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="name the words")
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS])
    arguments = parser.parse_args()
    different = 0
    for folder in arguments.folders:
        posts = compare(folder)
        unlike = [post for post in posts if post.differences]
        different += len(unlike)
        unknown = sum(post.has_unknown_fence for post in posts)
        sys.stdout.write(
            f"{folder.name}: {len(posts) - len(unlike)} of {len(posts)} posts, {sum(p.words for p in posts)} words"
            + (f", {unknown} with code blocks that Python-Markdown does not know\n" if unknown else "\n")
        )
        for post in unlike if arguments.verbose else ():
            sys.stdout.write(f"  {post.path}\n" + "".join(f"    {difference}\n" for difference in post.differences))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
