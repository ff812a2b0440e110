"""Links to the source of a page lead to files that exist, in every theme."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from tests.conftest import DEFAULTS, post

if TYPE_CHECKING:
    from tests.conftest import Site

REPOSITORY = {"github_user": "node", "github_repo": "docs", "github_version": "main"}
SPHINX_BOOK = {"repository_url": "https://github.com/node/docs", "path_to_docs": "docs", "use_edit_page_button": True}
THEMES: dict[str, dict[str, Any]] = {
    "sphinx_rtd_theme": {"html_context": {**REPOSITORY, "display_github": True, "conf_py_path": "/docs/"}},
    "furo": {
        "html_theme_options": {
            "source_repository": "https://github.com/node/docs",
            "source_branch": "main",
            "source_directory": "docs/",
        }
    },
    "sphinx_book_theme": {"html_theme_options": {**SPHINX_BOOK, "use_source_button": True}},
    "shibuya": {
        "html_context": {
            "source_type": "github",
            "source_user": "node",
            "source_repo": "docs",
            "source_docs_path": "/docs/",
        }
    },
    "pydata_sphinx_theme": {
        "html_context": {**REPOSITORY, "doc_path": "docs"},
        "html_theme_options": {"use_edit_page_button": True},
    },
    "alabaster": {},
}
FILES = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\nnews/index\n```\n",
    "blog/posts/2024/My post.md": post("# A post\n\nText.", categories=["News"]),
    "blog/posts/wide.rst": ":date: 2024-06-19\n:hide: toc\n\nWide\n====\n\nText.\n\nPart\n----\n\nText.\n",
    "news/index.md": "# News\n\nWritten by hand.\n",
    "news/posts/a.md": post("# Another\n\nText."),
}
OF_PAGES = {
    "blog/2024/06/18/a-post/": "docs/blog/posts/2024/My post.md",
    "blog/2024/06/19/wide/": "docs/blog/posts/wide.rst",
    "news/": "docs/news/index.md",
    "news/2024/06/18/another/": "docs/news/posts/a.md",
}
LISTS = ("blog/", "blog/category/", "blog/category/news/", "blog/archive/2024/", "blog/subscribe/", "news/archive/")


def build_apart(made: Site) -> str:
    """Build a site in a separate process, as users do: themes keep state in theirs. Return what is logged."""
    conf = {**DEFAULTS, **made.conf}
    made.write({"conf.py": "\n".join(f"{name} = {value!r}" for name, value in conf.items())})
    command = [sys.executable, "-m", "sphinx", "-q", "-b", made.builder, str(made.folder / "src"), str(made.out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr


@pytest.mark.parametrize("theme", THEMES)
def test_source_links_lead_to_files_that_exist(site, theme):
    blogs = [{"blog_dir": "blog"}, {"blog_dir": "news", "title": "News"}]
    built = site(FILES, html_theme=theme, newsroom_blogs=blogs, **THEMES[theme])
    assert build_apart(built) == ""
    for page, path in OF_PAGES.items():
        found = [unquote(str(a["href"])) for a in built.soup(page).select("a[href*='github.com/']")]
        links = [re.sub(r"^.*/main/|\?.*$", "", link) for link in found if "/main/" in link]
        assert links == [path] * len(links), page
        assert bool(links) is (theme != "alabaster"), (page, found, built.text(page))
    for page in (*OF_PAGES, *LISTS):
        assert "marker" not in built.text(page), page
        soup = built.soup(page)
        copies = [str(a["href"]) for a in soup.select("a[href*='_sources/']") if "?" not in a["href"]]
        files = [built.out / "_sources" / unquote(copy.partition("_sources/")[2]) for copy in copies]
        assert all(file.is_file() for file in files), page
        if page in LISTS:
            assert not copies, page
            assert "/docs/" not in "".join(str(a["href"]) for a in soup.select("a[href*='github.com/']")), page
    assert not list((built.out / "_sources/blog").glob("index.*"))
    # Furo hides the contents itself.
    assert not built.soup("blog/2024/06/19/wide/").select("nav.page-toc, .toc-tree"), theme


def test_the_column_of_contents_stays_for_links_alone(site):
    built = site(FILES, **THEMES["pydata_sphinx_theme"]).build()
    for page, items in {
        "blog/2024/06/19/wide/": ["editthispage", "sourcelink"],
        "blog/": [],
        "blog/archive/2024/": [],
    }.items():
        shown = built.soup(page).select(".sidebar-secondary-item .tocsection")
        assert [name for div in shown for name in div["class"] if name != "tocsection"] == items, page


@pytest.mark.filterwarnings("ignore:'sphinx_book_theme")
def test_notebook_buttons_lead_to_the_file_of_the_post(site):
    launch = {"launch_buttons": {"colab_url": "https://colab.example"}, "repository_branch": "main"}
    notebook = (
        '{"cells": [{"cell_type": "raw", "metadata": {}, "source": ["---\\n", "date: 2024-06-18\\n", "---"]}, '
        '{"cell_type": "markdown", "metadata": {}, "source": ["# A post"]}], '
        '"metadata": {"kernelspec": {"name": "python3", "display_name": "Python"}}, "nbformat": 4, "nbformat_minor": 4}'
    )
    built = site(
        {"blog/posts/study.ipynb": notebook},
        extensions=["myst_nb", "sphinxext.newsroom"],
        nb_execution_mode="off",
        source_suffix={".md": "myst-nb", ".ipynb": "myst-nb"},
        html_theme="sphinx_book_theme",
        html_theme_options={**SPHINX_BOOK, **launch},
    ).build()
    [button] = built.soup("blog/2024/06/18/a-post/").select("a[href*='colab.example']")
    assert button["href"] == "https://colab.example/github/node/docs/blob/main/docs/blog/posts/study.ipynb"
