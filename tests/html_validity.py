"""Check every kind of page with the Nu HTML checker, in each theme: ``python -m tests.html_validity <vnu.jar> [theme …]``.

An error that a page without the extension has as well, in the same theme, is the theme's own and only listed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Site
from tests.markdown_cases import read_cases, site_of
from tests.samples import CONF, EVERYTHING

THEMES = ("pydata_sphinx_theme", "furo", "sphinx_rtd_theme", "alabaster")
PLAIN: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": "# Home\n\n```{toctree}\nchapter/index\n```\n",
    "chapter/index.md": "# Chapter\n\n## Part\n\nText with `code`.\n\n- a list\n\n| a | table |\n|---|---|\n| b | c |\n",
}
"""A site without a blog."""
LEFT_OUT = {"genindex", "search"}
INVALID = {"html-never-closed", "targets-raw-html"}
"""Examples whose source is HTML that is not valid itself."""
WAY = re.compile(r"(?:\.\./)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One error in one page."""

    page: str
    line: int
    message: str
    extract: str

    @property
    def key(self) -> tuple[str, str]:
        """What is the same on every page that has this error."""
        return self.message, WAY.sub("", self.extract)


def check(jar: Path, out: Path) -> list[Mistake]:
    """Return the errors in all pages of a site.

    :param jar: the checker.
    :param out: the folder of the pages.
    """
    files = [file for file in sorted(out.rglob("*.html")) if not any(_is_left_out(part) for part in file.parts)]
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return [_mistake(message, out) for message in json.loads(shown)["messages"] if message["type"] != "info"]


def _is_left_out(part: str) -> bool:
    return part.removesuffix(".html") in LEFT_OUT or part in {"_static", "_sources", "_modules"}


def _mistake(message: dict[str, Any], out: Path) -> Mistake:
    url = message.get("url", "")
    return Mistake(
        page=url.partition(f"{out.as_posix()}/")[2] or url,
        line=message.get("lastLine", 0),
        message=message["message"],
        extract=message.get("extract", ""),
    )


def check_theme(
    jar: Path, theme: str, files: dict[str, str | bytes | None]
) -> tuple[list[Mistake], list[Mistake], int]:
    """Return our errors, those of the theme, and how many pages there are.

    :param jar: the checker.
    :param theme: the theme.
    :param files: the site.
    """
    conf = {**CONF, "html_theme": theme}
    if theme != THEMES[0]:
        del conf["html_sidebars"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        plain = Site(folder=root / "plain", conf={"html_theme": theme, "extensions": ["myst_parser"]}).write(PLAIN)
        known = {mistake.key for mistake in check(jar, plain.build().out)}
        blog = Site(folder=root / "blog", conf=conf).write(files).build(tags=("drafts",))
        found = check(jar, blog.out)
        return (
            [mistake for mistake in found if mistake.key not in known],
            [mistake for mistake in found if mistake.key in known],
            len(list(blog.out.rglob("*.html"))),
        )


def main(jar: str, *themes: str) -> int:
    """Check all themes and show what is wrong.

    :param jar: the checker.
    :param themes: the themes; none for all.
    """
    failed = False
    for theme in themes or THEMES:
        # What a post's text becomes is the same in every theme.
        files = (
            EVERYTHING
            if theme != THEMES[0]
            else {**site_of([case for case in read_cases() if case.name not in INVALID]), **EVERYTHING}
        )
        ours, theirs, count = check_theme(Path(jar), theme, files)
        sys.stdout.write(f"{theme}: {count} pages, {len(ours)} errors; the theme's own: {len(theirs)}\n")
        for message, _extract in sorted({mistake.key for mistake in theirs}):
            sys.stdout.write(f"  the theme's own: {message}\n")
        for mistake in ours:
            sys.stdout.write(f"  {mistake.page}:{mistake.line}: {mistake.message}\n      {mistake.extract!r}\n")
        failed = failed or bool(ours)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
