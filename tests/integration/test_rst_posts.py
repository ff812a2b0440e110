"""Posts in reStructuredText: the title is the one that docutils finds, and fields are read and not shown."""

from __future__ import annotations

import pytest

from tests.conftest import INDEX, Site

pytestmark = pytest.mark.theme("basic")

# By file: its text, the last part of its URL, and its title.
POSTS = {
    "over": (":date: 2024-01-01\n\n======\n Over\n======\n\nText.\n\nPart\n====\n\nMore.\n", "over", "Over"),
    "short": (":date: 2024-01-01\n\nGo\n==\n\nText.\n", "go", "Go"),
    "odd": ("C#\n$$\n\n:date: 2024-01-01\n:tags: x,\n   y\n\nText.\n", "c", "C#"),
    "own": (":date: 2024-01-01\n:title: A *b* `c_\n\nText `nowhere_.\n", "a-b-c_", "A *b* `c_"),
    "label": (".. _here:\n\n:date: 2024-01-01\n:title: Labelled\n\nText.\n", "labelled", "Labelled"),
    "both": (
        ":orphan:\n:tocdepth: 1\n\nBoth\n!!!!\n:date: 2024-01-01\n\nText.\n\nPart\n----\n\nMore.\n",
        "both",
        "Both",
    ),
    "content": (":date: 2024-01-01\n\nContent\n-------\n\n:Voltage: 5 V\n\nText.\n", "content", "Content"),
    "name": (":date: 2024-01-01\n\nOnly text.\n", "name", "Name"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    files = {f"blog/posts/{name}.rst": text for name, (text, _, _) in POSTS.items()}
    files |= {
        "conf.py": "",
        "index.md": INDEX + "\n{ref}`here`\n",
        "blog/posts/m.md": "---\ndate: 2024-01-01\ntocdepth: 1\n---\n\n# Markdown\n\n## Part\n",
        "blog/posts/n.md": "---\ndate: 2024-01-01\ntocdepth: deep\n---\n\n# Not a depth\n",
    }
    return Site(folder=tmp_path_factory.mktemp("rst")).write(files).build()


@pytest.mark.theme("pydata_sphinx_theme")
@pytest.mark.parametrize("name", POSTS)
def test_the_title_stands_once_and_no_field_is_shown(built, name):
    _, slug, title = POSTS[name]
    soup = built.soup(f"blog/2024/01/01/{slug}")
    assert [heading.get_text() for heading in soup.select("h1")] == [title]
    assert title in built.titles("blog")
    fields = [field.get_text() for field in soup.select("article dl.field-list dt")]
    assert fields == (["Voltage:"] if name == "content" else [])


def test_lines_in_messages_are_those_of_the_file(built):
    assert {warning.partition(" ")[0] for warning in built.warnings} == {"blog/posts/own.rst:4:"}


@pytest.mark.theme("pydata_sphinx_theme")
def test_fields_for_sphinx_have_their_effect(built):
    assert built.app.env.metadata["blog/2024/01/01/both"]["tocdepth"] == 1
    assert not built.soup("blog/2024/01/01/markdown").select(".bd-toc-item a[href='#part']")
    # Sphinx takes what is not a number for no limit.
    assert built.app.env.metadata["blog/2024/01/01/not-a-depth"].get("tocdepth", 0) == 0
    assert built.soup("").select("article a[href*='labelled']")


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_document_that_is_nested_too_deeply_is_shown_as_it_was_written(site):
    def nested(levels: int, form: str) -> str:
        return "".join(f"{'  ' * level}{form}\n\n" for level in range(levels))

    built = site(
        {
            "deep.rst": f"Deep\n====\n\n{nested(600, '* x')}",
            "blog/posts/quotes.rst": f":date: 2024-01-02\n\nQuotes\n======\n\n{nested(600, 'x')}",
            "blog/posts/usual.rst": f":date: 2024-01-03\n\nUsual\n=====\n\n{nested(45, '* x')}",
        },
        suppress_warnings=["toc.not_included"],
    ).build()
    message = "WARNING: there are more than 100 levels of elements; the source is shown instead. [newsroom.markdown]"
    assert sorted(built.warnings) == [f"blog/posts/quotes.rst:1: {message}", f"deep.rst:1: {message}"]
    assert built.titles("/blog/") == ["Usual", "Quotes"]
    assert len(built.soup("/blog/2024/01/03/usual/").select("article li li li li")) == 42
    assert "* x" in built.soup("/deep/").select_one("pre").get_text()
