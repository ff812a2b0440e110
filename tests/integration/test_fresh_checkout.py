"""A build in a fresh checkout, with the cache of an earlier one, builds what has changed by content."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import yaml

from tests.conftest import DEFAULTS, INDEX, ROOT, Site, post
from tests.edited_site import touch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THEME = {
    "themes/ours/theme.toml": '[theme]\ninherit = "basic"\n',
    "themes/ours/layout.html": '{% extends "basic/layout.html" %}',
}
FILES = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\nguide\nother\n```\n",
    "guide.md": "# Guide\n\n```{include} part.txt\n```\n",
    "other.md": "# Other\n\n```{index} entry of the index\n```\n\nSee [](guide.md).\n",
    "part.txt": "A part.\n",
    "_static/site.css": "p {}",
    "blog/posts/a.md": post("# A\n\nText.\n\n![A picture](a.svg)"),
    "blog/posts/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "blog/posts/b.md": post("# B\n\nText."),
    **THEME,
}
ALL = 6
UNCHANGED, EVERYTHING = "source files are unchanged", "every document is built, because"


def options() -> dict[str, object]:
    return {
        "newsroom_compare_content": True,
        "html_theme": "ours",
        "html_theme_path": ["themes"],
        "html_static_path": ["_static"],
        "exclude_patterns": ["_build", "part.txt", "themes"],
    }


def read(site: Site) -> int:
    """Return how many documents a build has read."""
    found = re.search(r"(\d+) added, (\d+) changed", site.status)
    assert found
    return int(found[1]) + int(found[2])


def check_out(site: Site, files: Mapping[str, str | bytes | None] | None = None) -> Site:
    """Build in a fresh checkout with some changes, and compare with a clean build."""
    site.write(files or {})
    touch(site.folder / "src")
    found = site.build().snapshot()
    clean = Site(folder=site.folder.with_name("clean"), conf=site.conf)
    shutil.rmtree(clean.folder, ignore_errors=True)
    shutil.copytree(site.folder / "src", clean.folder / "src")
    assert found == clean.build().snapshot()
    return site


def pages(site: Site) -> dict[str, int]:
    return {file.relative_to(site.out).as_posix(): file.stat().st_mtime_ns for file in site.out.rglob("*.html")}


def test_what_has_changed_by_content_is_read_and_equals_a_clean_build(site):
    made = site(FILES, **options())
    made.build()
    assert EVERYTHING not in made.status  # there was nothing to compare with
    check_out(made)
    assert UNCHANGED in made.status
    assert (read(made), "0 source files that are out of date" in made.status) == (0, True)
    check_out(made, {"blog/posts/a.md": post("# A\n\nOther text.\n\n![A picture](a.svg)")})
    assert read(made) == 1
    check_out(made, {"part.txt": "Another part.\n"})
    assert read(made) == 1
    check_out(made, {"blog/posts/a.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1'/>"})
    assert read(made) == 1
    # A link of another document shows the title.
    check_out(made, {"guide.md": "# Handbook\n\nText.\n"})
    assert read(made) == 1
    check_out(made, {"blog/posts/c.md": post("# C\n\n## Heading\n\nText."), "blog/posts/b.md": None})
    assert read(made) == 1
    check_out(made, {"other.md": None, "index.md": FILES["index.md"].replace("other\n", "")})
    assert not made.file("other").exists()


def test_without_a_cache_that_fits_every_document_is_built(site):
    made = site(FILES, **options())
    made.build()
    # The record of this build stays behind while another one reads a document.
    made.conf["newsroom_compare_content"] = False
    made.write({"guide.md": "# Guide\n\nOther text.\n"}).build()
    made.conf["newsroom_compare_content"] = True
    changes = {
        "the record of files is not that of the last build": {"guide.md": FILES["guide.md"]},
        "templates or static files have changed": {"_static/site.css": "p { color: red }"},
        "conf.py has changed": {"conf.py": "import os\n"},
        "is not as the last build left it": {},
    }
    for reason, files in changes.items():
        check_out(made, files)
        assert EVERYTHING in made.status
        assert reason in made.status
        assert read(made) == ALL
        if reason == "conf.py has changed":
            made.file("guide").write_text("Written by a later step.")


def test_the_recipes_build_what_has_changed(tmp_path):
    command, cached = read_recipe("github")
    assert read_recipe("gitlab") == (command, cached)
    project = tmp_path / "project"
    files = {name: text for name, text in FILES.items() if name not in {*THEME, "other.md", "guide.md", "part.txt"}}
    files |= {"index.md": INDEX, "conf.py": f"extensions = {DEFAULTS['extensions']}\nhtml_theme = 'basic'\n"}
    for name, text in files.items():
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "docs" / name).write_text(text)
    run(command, project)
    # The cache of GitLab is a ZIP file, with times in seconds.
    project.rename(tmp_path / "earlier")
    shutil.copytree(tmp_path / "earlier" / "docs", project / "docs", copy_function=shutil.copyfile)
    shutil.copytree(tmp_path / "earlier" / cached, project / cached)
    for file in (project / cached).rglob("*"):
        os.utime(file, (second := int(file.stat().st_mtime), second))
    (project / "docs/blog/posts/b.md").write_text(post("# B\n\nOther text."))
    status = run(command, project)
    assert f"newsroom: {len(files) - 1} of {len(files)} {UNCHANGED}" in status
    assert "0 added, 1 changed, 0 removed" in status
    assert "Other text." in (project / "_build/html/blog/2024/06/18/b/index.html").read_text()


def read_recipe(name: str) -> tuple[str, str]:
    """Return the command that builds, and the folder that is cached."""
    page = (ROOT / "docs/how-to/build-changes-in-ci.md").read_text()
    found = re.findall(r"```\{code-block\} yaml\n:caption: [^\n]*\n\n(.*?)```", page, re.DOTALL)
    github, gitlab = (yaml.safe_load(text) for text in found)
    if name == "gitlab":
        return gitlab["docs"]["script"][-1], gitlab["docs"]["cache"]["paths"][0]
    steps = github["jobs"]["build"]["steps"]
    return steps[-1]["run"], next(step["with"]["path"] for step in steps if "cache" in step.get("uses", ""))


def run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "sphinx-build"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout
