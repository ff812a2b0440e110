"""The same sources give the same files, wherever, however and by how many processes they are built."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT, Site, post
from tests.edited_site import State

FILES = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\nguide\nlists\nold\n```\n",
    "guide.md": "# Guide\n\nSee [](blog/posts/a.md) and {doc}`blog/posts/b`.\n",
    "lists.md": "# Lists\n\n```{postlist}\n:excerpts:\n:format: '{date} {title} {tags}'\n```\n",
    "old.md": "# Old\n\n```{post} 2024-04-04\n:tags: one, two\n:redirect: gone\n```\n\nOld words.\n",
    "blog/index.md": "# Journal\n\nAbout it.\n",
    "blog/.authors.yml": (
        "authors:\n"
        "  docs:\n    name: Docs team\n    description: Writes\n    avatar: blog/posts/picture.svg\n"
        "  guest:\n    name: Ünő Guest\n    description: Visits\n    avatar: ''\n"
    ),
    "blog/posts/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    **{
        f"blog/posts/{name}.md": post(
            f"# Post {name}\n\nIntro of {name}. ![](picture.svg)\n\n<!-- more -->\n\n## Part\n\nRest. See [](a.md).",
            date=f"2024-0{number}-01",
            categories=["News", "Ünü"][: number % 3],
            tags=[name, "one", "two"],
            authors=["docs", "guest"][: number % 3],
        )
        for number, name in enumerate("abcdef", start=1)
    },
}
EDITED = {
    **FILES,
    "blog/posts/b.md": post("# Changed\n\nOther words.", date="2023-01-01", tags=["fresh"]),
    "blog/posts/g.md": post("# Added\n\nText.", date="2024-05-05", categories=["News"]),
    "guide.md": "# Handbook\n\nSee [](blog/posts/a.md).\n",
}
del EDITED["blog/posts/f.md"]
OPTIONS = {"newsroom_pagination_per_page": 2, "newsroom_pagination_keep_content": True}
COUNTS = sorted({2, 3, multiprocessing.cpu_count()})


@pytest.mark.parametrize("theme", ["basic", "pydata_sphinx_theme"])
def test_parallel_is_serial(site, theme):
    conf = {**OPTIONS, "html_theme": theme}
    one, two = State(files=FILES, conf=conf), State(files=EDITED, conf=conf)
    built = site(FILES, **conf)
    serial = []
    for state in (one, two):
        state.write(built)
        serial.append(built.build().snapshot())
    for jobs in COUNTS if theme == "basic" else COUNTS[-1:]:
        one.write(built)
        parallel = built.build(jobs=jobs, fresh=True).snapshot()
        assert built.warnings == []
        two.write(built)
        assert [parallel, built.build(jobs=jobs).snapshot()] == serial
        assert built.warnings == []


CONF = """
import os
project = "Node"
extensions = ["myst_parser", "sphinxext.newsroom"]
html_theme = "basic"
html_baseurl = "https://node.example/"
newsroom_pagination_per_page = 2
newsroom_pagination_keep_content = True
if os.environ.get("REVERSED"):
    def walk(*args, walk=os.walk, **kwargs):
        for folder, folders, files in walk(*args, **kwargs):
            folders.sort(reverse=True)
            files.sort(reverse=True)
            yield folder, folders, files
    os.walk = walk
"""
SURROUNDINGS = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "2", "REVERSED": "yes"},
]


def test_a_build_is_the_same_everywhere(tmp_path):
    found = []
    for number, surroundings in enumerate(SURROUNDINGS):
        built = Site(folder=tmp_path / ("one", "an other/place")[number])
        files = {**FILES, "conf.py": CONF}
        built.write(dict(sorted(files.items(), reverse=bool(number))))
        command = [sys.executable, "-W", "ignore", "-m", "sphinx", "-W", "-q", "-b", "dirhtml", "src", "_build/dirhtml"]
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))},
            "PYTHONPATH": str(ROOT),
            "SOURCE_DATE_EPOCH": "1790000000",
            **surroundings,
        }
        subprocess.run(command, cwd=built.folder, env=environment, check=True)
        found.append(built.snapshot())
    [one, other] = ({name: text for name, text in files.items() if name[:9] != ".doctrees"} for files in found)
    assert one == other
