"""The Markdown of Python-Markdown in a site without a blog."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.conftest import ROOT, post

ALONE = ["myst_parser", "sphinxext.newsroom.markdown"]
EXTENSIONS = ["admonition", "pymdownx.details", {"pymdownx.tabbed": {"alternate_style": True}}, "pymdownx.keys"]
TEXT = '# Guide\n\n!!! note "Bring"\n    A laptop\n\n=== "Linux"\n\n    Press ++ctrl+c++\n\n=== "Windows"\n\n    Text\n'
HOME = "# Home\n\n```{toctree}\nguides/start\nother\n```\n\n!!! todo\n    Text\n"


def alone(site, files=(), **conf):
    values = {"extensions": ALONE, "newsroom_markdown_extensions": EXTENSIONS, **conf}
    return site({"index.md": HOME, "guides/start.md": TEXT, "other.md": TEXT, **dict(files)}, **values)


def test_all_documents_of_a_site_without_a_blog_are_read_with_the_extensions(site):
    built = alone(site, language="de").build()
    assert built.warnings == []
    page = built.soup("guides/start")
    assert page.select_one(".admonition.note .admonition-title").get_text(strip=True) == "Bring"
    assert [label.get_text() for label in page.select(".newsroom-tabs > label")] == ["Linux", "Windows"]
    assert [key.get_text() for key in page.select(".keys kbd")] == ["Ctrl", "C"]
    assert page.select_one("link[href*='newsroom-markdown.css']")
    assert page.select_one("link[href*='newsroom.css']") is None
    assert built.soup("/").select_one(".admonition-title").get_text(strip=True) == "Zu tun"
    assert (built.out / "_static" / "newsroom-markdown.css").is_file()
    assert not (built.out / "blog").exists()
    assert "newsroom_title" not in built.app.config
    assert "ablog" not in built.app.extensions


def test_patterns_say_which_documents_are_read_with_the_extensions(site):
    built = alone(site, newsroom_markdown_documents=["guides/**"]).build()
    assert built.soup("guides/start").select(".newsroom-tabs")
    assert built.soup("other").select(".newsroom-tabs") == []
    built.conf["newsroom_markdown_documents"] = ["other"]
    built.build()
    assert built.soup("guides/start").select(".newsroom-tabs") == []
    assert built.soup("other").select(".newsroom-tabs")


def test_what_cannot_be_shown_is_reported_with_file_and_line(site):
    snippet = '# Page\n\n--8<-- "nowhere.txt"\n'
    built = alone(
        site,
        {"other.md": snippet},
        newsroom_markdown_extensions=["pymdownx.snippets", 5],
        newsroom_markdown_documents="x",
    ).build()
    assert len(built.warnings) == 3
    assert "5 is left out: expected a name" in built.warnings[0]
    assert "'x' cannot be used: expected a list of patterns" in built.warnings[1]
    assert built.warnings[2].startswith("other.md:3: WARNING: the snippet 'nowhere.txt'")
    assert built.warnings[2].endswith("[newsroom.markdown]")


def test_options_of_a_wrong_type_switch_all_extensions_off(site):
    built = alone(site, newsroom_markdown_extensions=5).build()
    assert len(built.warnings) == 1
    assert "expected a list such as ['admonition']" in built.warnings[0]


def test_with_a_blog_patterns_add_documents_to_the_posts(site):
    built = site(
        {"blog/posts/a.md": post(TEXT), "guides/start.md": TEXT, "other.md": TEXT, "index.md": HOME},
        extensions=["sphinxext.newsroom.markdown", "myst_parser", "sphinxext.newsroom"],
        newsroom_markdown_extensions=EXTENSIONS,
        newsroom_markdown_documents=["guides/**"],
    ).build()
    assert built.warnings == []
    assert built.soup("blog/2024/06/18/guide").select(".newsroom-tabs")
    assert built.soup("guides/start").select(".newsroom-tabs")
    assert built.soup("other").select(".newsroom-tabs") == []


def test_the_settings_that_the_guide_shows_work(site):
    guide = (ROOT / "docs" / "how-to" / "markdown-without-a-blog.md").read_text(encoding="utf-8")
    conf: dict[str, object] = {}
    for block in re.findall(r"```\{code-block\} python\n:caption: conf.py\n(.*?)```", guide, re.DOTALL):
        exec(block, conf)  # noqa: S102 - our own documentation
    del conf["__builtins__"]
    built = site({"index.md": HOME, "guides/start.md": TEXT, "other.md": TEXT}, **conf).build()
    assert built.warnings == []
    assert built.soup("guides/start").select(".newsroom-tabs")
    assert built.soup("other").select(".newsroom-tabs") == []


def test_parallel_reading_gives_the_same_pages(site):
    pages = {f"guides/p{number}.md": f"---\norphan: true\n---\n\n{TEXT}" for number in range(8)}
    built = alone(site, pages).build()
    clean = built.snapshot()
    assert built.build(jobs=2, fresh=True).snapshot() == clean


def test_it_imports_nothing_of_the_blog():
    program = (
        "import sys, sphinxext.newsroom.markdown.extension\n"
        "print([m for m in sys.modules if m.startswith('sphinxext.newsroom.') and m.split('.')[2] not in "
        "{'markdown', 'config', 'i18n', 'log', 'problems', 'tuning', 'utils', 'models'}], 'ablog' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"
