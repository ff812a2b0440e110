"""Front matter that is not the blog's: the parsers of documents get it, whatever keys they have."""

from __future__ import annotations

import pytest

from tests.conftest import INDEX, Site

CELL = "\n# {title}\n\nText.\n\n```{{code-cell}}\nprint({number})\n```\n"
POSTS = {
    "blog/posts/format.md": "---\ndate: 2024-01-01\ncategories: [News]\nfile_format: mystnb\nkernelspec:\n  name: python3\n  language: python\n---\n",
    "notes/jupytext.md": (
        "---\nblogpost: true\ndate: 2024-01-02\njupytext:\n  text_representation:\n    format_name: myst\n"
        "kernelspec:\n  name: python3\n  display_name: Python\n  language: python\nmystnb:\n  number_source_lines: true\n---\n"
    ),
    "pattern/found.md": "---\ndate: 2024-01-03\ntags: a\nfile_format: mystnb\nkernelspec: {name: python3, language: python}\n---\n",
}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    made = Site(
        folder=tmp_path_factory.mktemp("notebooks"),
        conf={
            "extensions": ["myst_nb", "sphinxext.newsroom"],
            "nb_execution_mode": "off",
            # Sphinx would remember the suffixes for the sites that follow in this process.
            "source_suffix": {".md": "myst-nb"},
            "blog_post_pattern": "pattern/*",
        },
    )
    texts = {
        name: head + CELL.format(title=f"Title {number}", number=number)
        for number, (name, head) in enumerate(POSTS.items())
    }
    return made.write({"conf.py": "", "index.md": INDEX, **texts}).build()


def test_text_based_notebooks_can_be_posts(notebooks):
    assert notebooks.warnings == []
    assert notebooks.titles("/blog/") == ["Title 2", "Title 1", "Title 0"]
    for url in ("/blog/2024/01/01/title-0/", "/notes/jupytext/", "/pattern/found/"):
        assert len(notebooks.soup(url).select(".cell_input .highlight-ipython3, .cell_input .highlight-python")) == 1
    # A setting of a single notebook is honoured as well.
    assert notebooks.soup("/notes/jupytext/").select(".cell_input .linenos") != []


def test_keys_of_the_blog_are_not_shown_and_others_are_metadata(site):
    own = 'orphan: true\ncourse: {name: R, start: 2024-02-01}\nabstract: Not shown\nnote: "two\\nlines"\n'
    built = site(
        {
            "blog/posts/a.md": (
                f"---\ndate: 2024-01-01\ncategories: [News]\n{own}myst:\n  substitutions:\n    who: the team\n---\n"
                "# A\n\nBy {{ who }}.\n"
            )
        },
        myst_enable_extensions=["substitution"],
        newsroom_event_check="off",
    ).build()
    assert built.warnings == []
    page = built.soup("/blog/2024/01/01/a/").article
    assert "By the team." in page.get_text()
    assert "Not shown" not in page.get_text()
    metadata = built.app.env.metadata["blog/2024/01/01/a"]
    assert metadata["course"] == '{"name": "R", "start": "2024-02-01"}'
    assert metadata["note"] == "two\nlines"
    assert "categories" not in metadata
