"""Toctrees find posts by their files: one by one and by patterns."""

from __future__ import annotations

import pytest

from tests.conftest import Site, post

FILES = {
    "conf.py": "",
    "index.md": "# Home\n\n```{toctree}\nblog/index\nlists/all\nlists/last\nlists/own\nlists/rst\n```\n",
    "lists/all.md": "# All\n\n```{toctree}\n:glob:\n:reversed:\n../guide/one\n/blog/posts/*\n```\n",
    "lists/last.md": "# Last\n\n```{toctree}\n:glob:\n../blog/posts/b\n../blog/posts/*\n../blog/posts/sub/**\n```\n",
    "lists/own.md": "# Own\n\n```{toctree}\n:glob:\n../blog/2024/01/*/*\n../blog/posts/[ab].md\n../guide/*\n```\n",
    "lists/rst.rst": "Rst\n===\n\n.. toctree::\n   :glob:\n\n   ../blog/posts/?\n   ../blog/posts/sub/*\n\nText below.\n",
    "guide/one.md": "# One\n",
    "guide/two.md": "# Two\n",
    "blog/posts/a.md": post("# First", date="2024-01-03"),
    "blog/posts/b.rst": ":date: 2024-01-04\n\nSecond\n======\n",
    "blog/posts/hidden.md": post("# Hidden", draft=True),
    "blog/posts/sub/c.md": post("# Third\n\n```{toctree}\n:glob:\n../../../guide/t*\n```\n", date="2024-01-05"),
}
FIRST, SECOND, THIRD = "blog/2024/01/03/first", "blog/2024/01/04/second", "blog/2024/01/05/third"


def entries(built: Site, docname: str) -> list[str]:
    return built.app.env.toctree_includes[docname]


@pytest.fixture
def built(tmp_path):
    return Site(folder=tmp_path).write(FILES).build()


def test_a_pattern_of_files_lists_posts_in_their_order(built):
    assert [warning for warning in built.warnings if "multiple toctrees" not in warning] == []
    assert entries(built, "lists/all") == [SECOND, FIRST, "guide/one"]
    assert entries(built, "lists/last") == [SECOND, FIRST, THIRD]
    assert entries(built, "lists/own") == [FIRST, SECOND, THIRD, "guide/one", "guide/two"]
    assert entries(built, "lists/rst") == [FIRST, SECOND, THIRD]
    assert entries(built, THIRD) == ["guide/two"]
    assert [link["href"] for link in built.soup("lists/all").select("article li a")][:2] == [
        "../../blog/2024/01/04/second/",
        "../../blog/2024/01/03/first/",
    ]
    assert "Text below." in built.text("lists/rst")
    built.write(
        {"blog/posts/d.md": post("# Fourth", date="2024-01-06"), "blog/posts/a.md": post("# First", draft=True)}
    )
    built.build()
    assert entries(built, "lists/all") == ["blog/2024/01/06/fourth", SECOND, "guide/one"]
    before = built.snapshot()
    assert before == built.build(fresh=True).snapshot()
