"""Excerpts: the same text in every kind of list and for every builder, with links that lead where those of the post do."""

from __future__ import annotations

import zlib
from urllib.parse import urljoin

import pytest

from tests.conftest import INDEX, Site, post

INVENTORY = (
    b"# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n# The remainder is compressed using zlib.\n"
    + (zlib.compress(b"guide/start std:doc -1 guide/start.html Start here\npage std:doc -1 page.html Their page\n"))
)
IMAGE = b"\x89PNG\r\n\x1a\n"
TEXTS = {
    "plain": "# Plain\n\nOne.\n\nTwo.\n\nThree.\n",
    "note": "# Note\n\n```{note}\nElsewhere, too.\n```\n\n## Summary\n\nOne.\n\n- item\n\nTwo.\n\nThree.\n",
    "apart": "# Apart\n\n> Quoted.\n\n- Item.\n\n![](p.png)\n\nOne.\n\n```python\ncode = 1\n```\n\n## Deep\n\nTwo.\n\nThree.\n",
    "items": "# Items\n\n- First.\n- Second.\n- Third.\n",
    "marked": "# Marked\n\nOne.\n\n## Part\n\nTwo.\n\nThree.\n\n<!-- cut -->\n\nFour.\n",
}
# What the excerpt of each has, and what ABlog's list shows of it.
WHOLE = {
    "plain": "One. Two.",
    "note": "Note Elsewhere, too. Summary One. item Two.",
    "apart": "Quoted. Item. One. code = 1 Deep Two.",
    "items": "First. Second. Third.",
    "marked": "One. Part Two. Three.",
}
PARAGRAPHS = {
    "plain": "One. Two.",
    "note": "One. Two.",
    "apart": "One. Two.",
    "items": "First. Second.",
    "marked": "One. Part Two. Three.",
}
FILES: dict[str, str | bytes] = {
    **{f"blog/posts/{name}.md": post(text, date=f"2024-01-{9 - n:02}") for n, (name, text) in enumerate(TEXTS.items())},
    "blog/posts/p.png": IMAGE,
    **{
        f"notes/{name}.md": f"---\nblogpost: true\ndate: 2023-01-{9 - n:02}\n---\n{text}"
        for n, (name, text) in enumerate(TEXTS.items())
    },
    "notes/p.png": IMAGE,
    "lists.md": (
        "---\norphan: true\n---\n\n# Lists\n\n```{postlist}\n:excerpts:\n:expand: Read on\n```\n\n```{post-list}\n```\n"
    ),
}
CONF = {
    "newsroom_post_excerpt_separator": "<!-- cut -->",
    "newsroom_post_excerpt_paragraphs": 2,
    "post_auto_excerpt": 2,
}


def words(elements) -> str:
    return " ".join(" ".join(element.get_text(" ") for element in elements).replace("#", "").split())


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    made = Site(folder=tmp_path_factory.mktemp("excerpts"), conf=CONF)
    made.write({"conf.py": "", "index.md": INDEX, **FILES})
    return made.build()


@pytest.mark.parametrize("number", [0, 5], ids=["posts of a folder", "posts of front matter"])
def test_every_list_cuts_a_post_at_the_same_place(lists, number):
    assert [line for line in lists.warnings if "p.png" not in line] == []
    for place, name in enumerate(TEXTS, start=number):
        shown = [
            lists.soup("/blog/").select(".newsroom-entry")[place].select(".newsroom-excerpt > *"),
            lists.soup("/lists/").select(".newsroom-entry")[place].select(".newsroom-excerpt > *"),
        ]
        assert [words(parts) for parts in shown] == [WHOLE[name]] * 2
        item = lists.soup("/lists/").select("li.ablog-post")[place]
        assert words(item.select(".ablog-post-excerpt")) == PARAGRAPHS[name]
        assert words(item.select(".ablog-post-expand")) == "Read on"
        # The headings of a post are none of the page that shows its excerpt.
        assert item.select("section, h1, h2, h3, h4") == []


def test_plain_text_has_the_same_excerpts(lists):
    lists.builder = "text"
    text = " ".join((lists.build().out / "lists.txt").read_text(encoding="utf-8").split())
    lists.builder = "dirhtml"
    shown = text[text.index("Plain – ") :]
    for name in TEXTS:
        _, _, shown = shown.partition(f"{name.capitalize()} – ")
        found = shown.partition(" – ")[0]
        for part in ("One.", "Two.", "Three.", "Four.", "Quoted.", "code = 1", "Elsewhere, too.", "Summary", "Third."):
            assert (part in found) == (part in WHOLE[name]), (name, part)


REFERENCES = (
    "See :doc:`other:guide/start`, :doc:`page`, :doc:`other <other:guide/start>`, :external:doc:`guide/start`,\n"
    ":any:`near`, :doc:`near`, :ref:`there`, :term:`node`, :py:func:`work`, :eq:`sum`, :numref:`drawn`,\n"
    ":download:`data.csv`, _`named words`, |name|, a note [1]_ and `nowhere`_.\n\n.. [1] The note.\n\n"
    ".. |name| replace:: the name\n"
)
TARGETS = (
    "Targets\n=======\n\n.. _there:\n\nThere\n-----\n\n.. glossary::\n\n   node\n      A node.\n\n"
    ".. py:function:: work()\n\n.. math:: 1\n   :label: sum\n\n.. _drawn:\n\n.. figure:: p.png\n\n   Drawn.\n"
)


def test_references_in_excerpts_lead_where_those_of_the_post_lead(site):
    numbered = ".. figure:: p.png\n   :name: mine\n\n   Mine.\n\n.. math:: 2\n   :label: two\n\n.. more\n"
    built = site(
        {
            "index.md": "# Home\n\n```{toctree}\nblog/index\ntargets\n```\n",
            "objects.inv": INVENTORY,
            "posts/one.rst": f".. post:: 2024-03-01\n\nOne\n===\n\n{REFERENCES}",
            "posts/two.rst": f":blogpost: true\n:date: 2024-03-02\n\nTwo\n===\n\n{REFERENCES}",
            "posts/three.rst": f":blogpost: true\n:date: 2024-03-03\n\nThree\n=====\n\n{numbered}",
            "posts/near.rst": ":orphan:\n\nNear\n====\n",
            "posts/data.csv": "1",
            "posts/p.png": IMAGE,
            "p.png": IMAGE,
            # A document next to the list is not what a post in another folder means.
            "page.rst": ":orphan:\n\nOur page\n========\n",
            "targets.rst": TARGETS,
            "lists.rst": ":orphan:\n\nLists\n=====\n\n.. postlist::\n   :excerpts:\n\n.. postlist::\n   :excerpts:\n",
        },
        extensions=["sphinx.ext.intersphinx", "myst_parser", "sphinxext.newsroom"],
        intersphinx_mapping={"other": ("https://other.example/", "objects.inv")},
        exclude_patterns=["_build"],
        intersphinx_disabled_reftypes=[],
        numfig=True,
    ).build()
    unknown = [line for line in built.warnings if "nowhere" not in line and "png" not in line]
    assert unknown == [], "\n".join(unknown)
    wanted = [
        "https://other.example/guide/start.html",
        "https://other.example/page.html",
        "https://other.example/guide/start.html",
        "https://other.example/guide/start.html",
        "/posts/near/",
        "/posts/near/",
        "/targets/#there",
        "/targets/#term-node",
        "/targets/#work",
        "/targets/#equation-sum",
        "/targets/#drawn",
    ]

    def links(url: str, selector: str) -> list[list[str]]:
        found = []
        for part in built.soup(url).select(selector):
            hrefs = [urljoin(url, a["href"]) for a in part.select("a")]
            found.append([href for href in hrefs if "_downloads" not in href and "#id" not in href])
            assert any("_downloads" in href for href in hrefs)
            assert "named words" in part.get_text()
            assert "the name" in part.get_text()
        return found

    assert links("/lists/", "p.ablog-post-excerpt") == [wanted] * 4
    assert links("/blog/", ".newsroom-excerpt p:has(a[href*='guide/start'])") == [wanted] * 2
    assert links("/posts/two/", "article p:has(a[href*='guide/start'])") == [wanted]
    figures = [figure.get("id") for figure in built.soup("/lists/").select("figure, .math")]
    assert len(set(figures)) == len(figures) == 4
