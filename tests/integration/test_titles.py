"""The title in the front matter is the title of a post everywhere."""

from __future__ import annotations

import json

import feedparser

from tests.conftest import INDEX, post


def test_the_title_of_the_front_matter_is_shown_everywhere(site):
    files = {
        "index.md": INDEX
        + "\n{ref}`place` {doc}`blog/posts/md` [](blog/posts/rst.rst)\n\n```{toctree}\nblog/posts/md\n```\n",
        "blog/posts/md.md": post(
            "(place)=\n# Own *heading*\n\n## Part\n\nText [here](#own-heading).", title="'Given & *plain*'"
        ),
        "blog/posts/rst.rst": ":date: 2024-01-02\n:title: Fields say\n\nOwn\n===\n\nText.\n",
        "blog/posts/same.md": post("# `Same`", title="Same", date="2024-01-01"),
        "blog/posts/late.md": post("Text.\n\n# Late", title="Early", date="2024-01-03", links=["blog/posts/rst.rst"]),
        "page.md": "---\nblogpost: true\norphan: true\ndate: 2024-01-05\ntitle: In lists\n---\n\n# On the page\n\nText.\n",
    }
    built = site(files, myst_heading_anchors=2, html_title="Node").build()
    assert built.warnings == []
    given = "Given & *plain*"
    soup = built.soup("blog/2024/06/18/given--plain")
    assert [h1.get_text() for h1 in soup.select("h1")] == [given]
    assert soup.title.get_text() == f"{given} — Node"
    assert "Own" not in soup.select_one("article").get_text()
    assert built.titles("blog") == [given, "In lists", "Early", "Fields say", "Same"]
    assert {entry.title for entry in feedparser.parse(built.text("blog/atom.xml")).entries} == {
        *(given, "In lists", "Early", "Fields say", "Same")
    }
    texts = [link.get_text() for link in built.soup("").select("article a.reference")]
    assert texts.count(given) >= 3
    assert "Fields say" in texts
    assert built.soup("blog/2024/01/01/same").select("h1 code")
    assert [h1.get_text() for h1 in built.soup("blog/2024/01/02/fields-say").select("h1")] == ["Fields say"]
    page = built.soup("blog/2024/01/03/early")
    assert "Fields say" in page.get_text()
    assert [h1.get_text() for h1 in built.soup("page").select("h1")] == ["On the page"]
    index = built.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")")
    titles = json.loads(index)["titles"]
    assert {given, "Fields say", "Early"} <= set(titles)
    assert "Own heading" not in titles
    built.write({"blog/posts/md.md": files["blog/posts/md.md"].replace("Given & *plain*", "Another")}).build()
    assert built.titles("blog")[0] == "Another"
    before = built.snapshot()
    assert before == built.build(fresh=True).snapshot()
