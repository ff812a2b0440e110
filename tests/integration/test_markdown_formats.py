"""Posts written for Python-Markdown in other formats than HTML: everything that they say is there."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest
from lxml import etree

from sphinxext.newsroom.config.mkdocs import read_mkdocs
from tests.conftest import INDEX, Site, post
from tests.markdown_agreement import CORPUS
from tests.markdown_cases import EXTENSIONS, read_cases, site_of

WARNED = ("forecast", "my-example", "exec=", "outside.txt", "{{")
# What each post of the corpus must say, whatever the format.
SAID = (
    *(
        "At a glance",
        "load.py",
        "import pandas",
        "Linux",
        "sudo apt install quarto",
        "Or from the",
        "Do I need a laptop",
    ),
    *("Ctrl", "Choose a dataset", "Before the course", "Places are given in the order of registration", "all courses"),
    *(
        "the group, in *spring*",
        "Our sign",
        "not read as markdown",
        "Who is on it",
        "data stewards",
    ),
    *(
        "A block of",
        "Figure 1. The sign, again",
        "nextflow.yml",
        "memory: 16 GB",
        "Less is",
        "Cluster",
        "Laptop",
        "Changed",
    ),
    *(
        "run --old",
        "Thanks to all who tested",
        "Nested",
        "A[Reads] --> B[Counts]",
        "www.example.org/x",
        "±",
        "Getting started",
    ),
    *(
        "粗体",
        "What it means",
        "A short note",
        "The middle one",
        "Because",
        "Look it up",
        "deviation",
        "🎉",
        "{{ version }}",
    ),
)


@pytest.fixture
def corpus(tmp_path):
    """Return a function that builds the corpus in a format."""

    def build(builder: str) -> Site:
        settings, _problems = read_mkdocs(CORPUS / "mkdocs.yml")
        conf = {
            "newsroom_markdown_extensions": list(settings.markdown_extensions),
            "newsroom_post_url_format": "{file}",
            "copyright": "2024",
            "version": "1",
        }
        site = Site(folder=tmp_path, conf=conf, builder=builder)
        shutil.copytree(CORPUS / "docs", site.folder / "src")
        names = "\n".join(f"blog/{file.stem}" for file in sorted((CORPUS / "docs/blog/posts").glob("*.md")))
        site.write({"conf.py": "", "index.md": f"# Home\n\n```{{toctree}}\n{names}\n```\n"})
        return site.build()

    return build


def plain_words(text: str) -> str:
    """Return what a text says, without marks, space and the commands of LaTeX, troff and Texinfo."""
    text = re.sub(r"\\(?:sphinx\w+|textbf|textasciitilde|PYGZ\w+|PYG\{[\w+]+\})|@\w+|\\f[BIRP]", "", text)
    return re.sub(r"[\W_]", "", text).casefold()


def text_of(xml: bytes) -> str:
    """Return the text of a document, which has to be well-formed."""
    return "".join(map(str, etree.fromstring(xml).itertext()))


def missing(text: str) -> list[str]:
    """Return what a text should say and does not."""
    said = plain_words(text)
    return [words for words in SAID if plain_words(words) not in said]


@pytest.mark.parametrize(("builder", "suffix"), [("text", "txt"), ("latex", "tex"), ("man", "1"), ("texinfo", "texi")])
def test_every_format_says_what_html_says(corpus, builder, suffix):
    site = corpus(builder)
    assert missing("".join(file.read_text(encoding="utf-8") for file in sorted(site.out.rglob(f"*.{suffix}")))) == []


def test_xml_says_what_html_says(corpus):
    site = corpus("xml")
    assert missing("".join(text_of(file.read_bytes()) for file in sorted(site.out.rglob("*.xml")))) == []


def test_titles_can_be_translated(corpus):
    text = (corpus("gettext").out / "blog.pot").read_text(encoding="utf-8")
    for title in ("At a glance", "Do I need a laptop of my own?", "macOS", "Before the course", "Cluster", "Why"):
        assert f'msgid "{title}"' in text


def test_books_say_it_in_xml(corpus):
    site = corpus("epub")
    with zipfile.ZipFile(next(site.out.glob("*.epub"))) as book:
        pages = {name: book.read(name) for name in book.namelist() if name.endswith(".xhtml")}
    assert missing("".join(text_of(page) for page in pages.values())) == []
    assert not any(b"<input" in page and b'type="radio"' in page for page in pages.values())


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "text", "epub", "man", "texinfo", "xml", "gettext"])
def test_every_builder_can_write_the_constructs(tmp_path, builder):
    cases = [case for case in read_cases() if not any(mark in case.source for mark in WARNED)]
    conf = {"newsroom_markdown_extensions": EXTENSIONS, "copyright": "2024", "version": "1"}
    site = Site(folder=tmp_path, conf=conf, builder=builder).write(site_of(cases))
    names = "\n".join(f"blog/2024/06/18/{case.name}" for case in cases)
    site.write({"index.md": f"# Home\n\n```{{toctree}}\n{names}\n```\n"}).build()
    assert [warning for warning in site.warnings if "epub.unknown_project_files" not in warning] == []


def test_text_says_what_html_shows(tmp_path):
    body = '# A\n\n=== "Linux"\n    Use `apt`.\n\n??? note "More"\n    ==Text== ++ctrl+c++ :material-check: :simple-x:'
    site = Site(folder=tmp_path, conf={"newsroom_markdown_extensions": EXTENSIONS}, builder="text")
    site.write({"conf.py": "", "index.md": INDEX, "blog/posts/a.md": post(body)}).build()
    text = (site.out / "blog/2024/06/18/a.txt").read_text(encoding="utf-8")
    assert text.split() == ["A", "*", "**Linux**", "Use", '"apt".', "More:", "*Text*", '"Ctrl"+"C"', "✓", "(x)"]
