"""Posts that are Jupyter notebooks, read by MyST-NB and by nbsphinx."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pypandoc
import pytest

from tests.conftest import Site, post
from tests.samples import PNG

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

STUDY = """\
# *Study*

[guide](../../guide/index.rst), [section](../../guide/index.rst#Install-it), [notes](../../guide/notes.ipynb),
[part](../../guide/notes.ipynb#Part-One), [other](other.ipynb), [its section](other.ipynb#Other-Section),
[plain](plain.md), [here](#My-Section), [data](data%20of%201.csv), [site](https://site.example/x.ipynb)

![a plot](plot.png)

<!-- more -->

## My Section

The rest.
"""
NOTES = """\
# Notes

## Part One

[study](../blog/posts/study.ipynb), [section](../blog/posts/study.ipynb#My-Section), [draft](../blog/posts/draft.ipynb),
[data](data.csv)
"""
OTHER = "date: 2024-06-19\ntitle: Another"


def notebook(*cells: tuple[str, str]) -> str:
    output: dict[str, object] = {"outputs": [], "execution_count": None}
    made = [
        {"cell_type": kind, "id": f"c{n}", "metadata": {}, "source": text} | (output if kind == "code" else {})
        for n, (kind, text) in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python", "language": "python"}
    return json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


STUDY_FILE = notebook(
    ("raw", "---\ndate: 2024-06-18\ncategories: [News]\n---"), ("markdown", STUDY), ("code", "print('out')")
)
OTHER_FILE = notebook(("markdown", f"---\n{OTHER}\n---\n\nText.\n\n## Other Section\n\nZebra."))
FILES: dict[str, str | bytes] = {
    "index.rst": "Home\n====\n\n`Study <blog/posts/study.ipynb>`_\n\n.. toctree::\n\n   guide/index\n   guide/notes\n   blog/index\n",
    "guide/index.rst": "Guide\n=====\n\nInstall it\n----------\n\nText.\n",
    "guide/notes.ipynb": notebook(("markdown", NOTES)),
    "guide/data.csv": "1,2",
    "blog/posts/data of 1.csv": "1,2",
    "blog/posts/plot.png": PNG,
    "blog/posts/study.ipynb": STUDY_FILE,
    "blog/posts/other.ipynb": OTHER_FILE,
    "blog/posts/draft.ipynb": notebook(("markdown", "---\ndate: 2024-06-19\ndraft: true\n---\n# Zebra")),
    "blog/posts/plain.md": post("# Plain\n\n[study](study.ipynb)", date="2024-06-20"),
}
STUDY_URL, OTHER_URL = "/blog/2024/06/18/study", "/blog/2024/06/19/another"


def assert_front_matter_is_read(built: Site) -> None:
    """Check what both parsers make of the same posts."""
    assert built.titles("/blog") == ["Plain", "Another", "Study"]
    end = ".html" if built.builder == "html" else ""
    assert built.titles(f"/blog/category/news{end}") == ["Study"]
    for url in (STUDY_URL, OTHER_URL):
        page: BeautifulSoup = built.soup(url + end)
        assert len(page.select("h1.p-name")) == 1
        assert "date: 2024" not in page.get_text()
    assert "print(" in built.soup(STUDY_URL + end).get_text()
    assert "The rest." not in built.text("/blog")


def test_front_matter_of_notebooks_is_read_with_myst_nb(site):
    built = (
        site(
            {name: text for name, text in FILES.items() if not name.startswith("guide")}
            | {
                "index.rst": "Home\n====\n\n.. toctree::\n\n   blog/index\n",
                "blog/posts/study.ipynb": STUDY_FILE.replace("../../guide/", "https://x.example/"),
            },
            extensions=["myst_nb", "sphinxext.newsroom"],
            nb_execution_mode="off",
            source_suffix={".rst": "restructuredtext", ".md": "myst-nb", ".ipynb": "myst-nb"},
            suppress_warnings=["myst.xref_missing"],
        )
        .write({"index.md": None})
        .build()
    )
    assert built.warnings == []
    assert_front_matter_is_read(built)
    hrefs = [link["href"] for link in built.soup(STUDY_URL).select("article p a")]
    assert {"../../19/another/", "../../20/plain/"} <= set(hrefs)


@pytest.fixture
def with_nbsphinx(tmp_path, monkeypatch):
    """Return a function that builds a site with nbsphinx in a separate process, because nbsphinx patches Sphinx."""
    if shutil.which("pandoc") is None:
        # That of the package pypandoc_binary
        folder = Path(pypandoc.get_pandoc_path()).parent
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    made = Site(folder=tmp_path, builder="html").write({**FILES, "conf.py": CONF})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    def build() -> list[str]:
        folders = [str(made.folder / "src"), str(made.out), "-d", str(made.folder / "_build" / "doctrees")]
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "--no-color", "-n", *folders],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stderr.replace(f"{made.folder / 'src'}{os.sep}", "").splitlines()

    return made, build


CONF = """\
extensions = ["nbsphinx", "myst_parser", "sphinxext.newsroom"]
project, html_theme, html_baseurl, nbsphinx_execute = "Node", "alabaster", "https://node.example/", "never"
"""


def test_links_of_notebooks_resolve_with_nbsphinx(with_nbsphinx):
    built, build = with_nbsphinx
    left_out = "WARNING: the link to 'blog/posts/{}.ipynb' is left out: that post is a draft, or its time has not come."
    of_notes = f"guide/notes.ipynb:14: {left_out.format('draft')} [newsroom.link]"
    assert build() == [of_notes]
    assert_front_matter_is_read(built)
    up = "../../../../"
    links = {a.get_text(): a["href"] for a in built.soup(f"{STUDY_URL}.html").select(".e-content p a")}
    data = links.pop("data")
    assert links == {
        "guide": f"{up}guide/index.html",
        "section": f"{up}guide/index.html#install-it",
        "notes": f"{up}guide/notes.html",
        "part": f"{up}guide/notes.html#Part-One",
        "other": "../19/another.html",
        "its section": "../19/another.html#Other-Section",
        "plain": "../20/plain.html",
        "here": "#My-Section",
        "site": "https://site.example/x.ipynb",
    }
    assert (built.out / STUDY_URL[1:]).parent.joinpath(unquote(data)).resolve().read_text() == "1,2"
    assert built.soup(f"{STUDY_URL}.html").select_one("img[alt='a plot']") is not None
    links = {a.get_text(): a["href"] for a in built.soup("/guide/notes.html").select("div.body p a")}
    study = f"..{STUDY_URL}.html"
    assert links == {"study": study, "section": f"{study}#My-Section", "data": "data.csv"}
    assert built.soup("/index.html").select_one("div.body p a")["href"] == f"{STUDY_URL[1:]}.html"
    assert not (built.out / "blog/posts/draft.ipynb").exists()
    # A post that becomes a draft leaves nothing, and links to it go.
    draft = notebook(("markdown", f"---\n{OTHER}\ndraft: true\n---\n\nZebra."))
    built.write({"blog/posts/other.ipynb": draft})
    assert set(build()) >= {f"blog/posts/study.ipynb:11: {left_out.format('other')} [newsroom.link]"}
    files = [file for file in (built.folder / "_build").rglob("*") if file.is_file()]
    assert [file for file in files if b"Zebra" in file.read_bytes()] == []
    assert [file for file in files if "another" in file.name] == []
