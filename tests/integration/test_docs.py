"""The project's documentation: it builds without a warning, what it shows works, and it names what there is."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from sphinx.util.inventory import InventoryFile

from sphinxext.newsroom import problems
from sphinxext.newsroom.config import options
from sphinxext.newsroom.content.authors import parse_authors
from sphinxext.newsroom.front_matter.parse import parse
from tests.markdown_cases import read_cases

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SNIPPETS = DOCS / "snippets" / "first-blog"
TUTORIAL = DOCS / "tutorial" / "first-blog.md"
LARGEST_PICTURE = 120_000
PICTURES = DOCS / "images" / "markdown"
MOVE = DOCS / "how-to" / "from-material.md"
PAGES = sorted(path for path in DOCS.rglob("*.md") if not path.is_relative_to(DOCS / "snippets"))


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the code blocks of a page without their options.

    :param page: a Markdown file.
    :param languages: those to return.
    """
    return [
        re.sub(r"\A(?::[\w-]+:.*\n)+\n", "", token.content)
        for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
        if token.type == "fence" and token.info.removeprefix("{code-block}").strip() in languages
    ]


def sphinx_build(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``sphinx-build`` and return what it says.

    :param arguments: its arguments.
    :param cwd: where to run it.
    """
    command = [sys.executable, "-m", "sphinx", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the documentation with warnings as errors, and return the output folder."""
    out = tmp_path_factory.mktemp("docs")
    done = sphinx_build("-c", ".", "-b", "dirhtml", "-n", "-W", "--keep-going", "-q", "docs", str(out), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return out


def entries(page: Path) -> list[str]:
    """Return the titles of the posts that a list page shows.

    :param page: an HTML file.
    """
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    return [name.get_text(strip=True) for name in soup.select(".h-feed .h-entry h2.p-name")]


class TestSite:
    def test_every_option_key_and_warning_is_described(self, site: Path) -> None:
        inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
        described = {name for kind in inventory.data.values() for name in kind}
        expected = {*options.names(), *(f"newsroom.{member.value}" for member in problems.Subtype)}
        assert expected <= described

    def test_every_setting_of_material_stands_beside_an_option(self, site: Path) -> None:
        page = (site / "reference" / "material-settings" / "index.html").read_text(encoding="utf-8")
        shared, own = BeautifulSoup(page, "html.parser").select("article table")
        rows = [[name.get_text() for name in row.td.select("code")] for row in shared.select("tbody tr")]
        assert len(rows) == 53
        assert all(ours == f"newsroom_{theirs}" for theirs, ours in rows)
        assert len(rows) + len(own.select("tbody tr")) == len(options.names())

    def test_options_of_the_command_are_shown_with_two_hyphens(self, site: Path) -> None:
        page = (site / "reference" / "command" / "index.html").read_text(encoding="utf-8")
        text = BeautifulSoup(page, "html.parser").select_one("article").get_text()
        assert "unless --force is given" in text
        assert re.findall(r"[–—][a-z]\S*", text) == []

    def test_news_has_posts_of_several_authors_and_categories(self, site: Path) -> None:
        titles = entries(site / "news" / "index.html")
        assert len(titles) >= 8
        assert titles[0] == "Version 0.1.0", "the pinned post comes first"
        for kind, least in (("author", 3), ("category", 3)):
            folder = site / "news" / kind
            assert len([page for page in folder.iterdir() if page.is_dir()]) >= least

    @pytest.mark.parametrize("name", ["yearly-review", "start-of-the-year"])
    def test_a_draft_and_a_scheduled_post_are_nowhere(self, site: Path, name: str) -> None:
        source = next((DOCS / "news" / "posts").rglob(f"{name}.md")).read_text(encoding="utf-8")
        title = re.search(r"^# (.*)$", source, re.MULTILINE)
        assert title is not None
        for file in site.rglob("*"):
            assert name not in file.name
            if file.suffix in {".html", ".xml", ".js", ".txt", ".md"}:
                assert title[1] not in file.read_text(encoding="utf-8"), file

    def test_the_markup_that_the_reference_shows_is_that_of_the_post(self, site: Path) -> None:
        page = DOCS / "reference" / "markup.md"
        post = (site / "news/2026/11/23/programs-read-news-too/index.html").read_text(encoding="utf-8")
        (head,) = blocks(page, "html")
        assert [line for line in head.splitlines() if line not in post] == []
        (shown,) = (json.loads(block) for block in blocks(page, "json"))
        scripts = BeautifulSoup(post, "html.parser").find_all("script", type="application/ld+json")
        documents = [json.loads(script.get_text()) for script in scripts]
        nodes = [node for document in documents for node in document.get("@graph", [document])]
        (entry,) = (node for node in nodes if node["@type"] == "BlogPosting")
        assert {key: entry[key] for key in shown} == shown

    def test_local_links_lead_somewhere(self, site: Path) -> None:
        missing = set()
        for page in site.rglob("*.html"):
            if page.is_relative_to(site / "_static"):
                continue
            soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
            elements = [(element, "href") for element in soup.select("a[href], link[href]")]
            elements += [(element, "src") for element in soup.select("img[src], script[src]")]
            for element, attribute in elements:
                target = str(element[attribute]).split("#")[0].split("?")[0]
                file = page.parent / target
                is_local = target and not re.match(r"[a-z]+:|/", target)
                if is_local and not (file.is_file() or (file / "index.html").is_file()):
                    missing.add((page.relative_to(site).as_posix(), target))
        assert not missing


class TestTutorial:
    def test_every_file_is_shown_whole(self) -> None:
        text = TUTORIAL.read_text(encoding="utf-8")
        shown = {
            (TUTORIAL.parent / match[1]).resolve(): match[2]
            for match in re.finditer(r"```\{literalinclude\} (\S+)\n((?::.*\n)*)```", text)
        }
        assert set(shown) == {path for path in SNIPPETS.rglob("*") if path.is_file()}
        for path, arguments in shown.items():
            assert f":caption: {path.relative_to(SNIPPETS).as_posix()}\n" in arguments
            assert not re.search(r":(lines|start|end|pyobject)", arguments)
            assert path.name in text.split("```text")[1].split("```")[0], "the folder picture has it"

    def test_its_command_builds_the_post_at_the_address_it_names(self, tmp_path: Path) -> None:
        shutil.copytree(SNIPPETS, tmp_path, dirs_exist_ok=True)
        commands = "\n".join(blocks(TUTORIAL, "shell")).splitlines()
        (command,) = (shlex.split(line) for line in commands if line.startswith("sphinx-build"))
        done = sphinx_build("-W", "--keep-going", *command[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr

        shown_path = re.search(r"`/(blog/\d{4}/\d\d/\d\d/[^`]+)`", TUTORIAL.read_text(encoding="utf-8"))
        assert shown_path is not None
        post = (tmp_path / "_site" / shown_path[1] / "index.html").read_text(encoding="utf-8")
        assert "Training team" in post
        assert entries(tmp_path / "_site" / "blog" / "index.html") == ["Our handbook has news"]

    def test_read_the_docs_builds_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shutil.copytree(SNIPPETS, tmp_path, dirs_exist_ok=True)
        settings = yaml.safe_load((tmp_path / ".readthedocs.yaml").read_text(encoding="utf-8"))["sphinx"]
        base = "https://node-handbook.readthedocs.io/en/latest/"
        monkeypatch.setenv("READTHEDOCS", "True")
        monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", base)
        source = str(Path(settings["configuration"]).parent)
        done = sphinx_build("-W", "-b", settings["builder"], source, "_site", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        feed = (tmp_path / "_site" / "blog" / "atom.xml").read_text(encoding="utf-8")
        assert f"{base}blog/2026/11/23/our-handbook-has-news/" in feed


def test_the_example_in_arabic_is_read_from_right_to_left(tmp_path: Path) -> None:
    done = sphinx_build("-W", "-n", str(DOCS / "snippets" / "right-to-left"), str(tmp_path), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for name in ("index", "news/index", "news/2026/11/20/spring-courses", "news/archive/2026"):
        page = BeautifulSoup((tmp_path / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        assert (page.html.get("lang"), page.body.get("dir")) == ("ar", "rtl"), name
    letters = [list(initials.get_text()) for initials in page.select(".newsroom-initials")]
    assert len(letters) > 2
    assert {(len(three), three[1]) for three in letters} == {(3, "\u200c")}, "they do not join"
    assert page.select_one(".newsroom-more a").get_text().startswith("متابعة القراءة")


def test_the_example_of_releases_lists_what_has_changed(tmp_path: Path) -> None:
    done = sphinx_build("-W", "-n", str(DOCS / "snippets" / "releases"), str(tmp_path), cwd=ROOT)
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((tmp_path / "blog/2026/10/01/tools-210-joins-tables.html").read_text(encoding="utf-8"), "lxml")
    assert [name.get_text() for name in page.select(".newsroom-changes li > a > code")] == [
        "load()",
        "join()",
        "merge()",
    ]


MKDOCS = """\
site_name: Handbook
site_url: https://docs.example.org/
plugins:
  - blog:
      post_url_format: "{date}/{file}"
      pagination_per_page: 1
  - rss
  - redirects:
      redirect_maps:
        old.md: blog/posts/a.md
markdown_extensions:
  - admonition
"""
COMPARE = DOCS / "snippets" / "from-material" / "compare.py"
OLD_ADDRESSES = ["", "blog/", "blog/page/2/", "blog/2024/06/18/a/", "blog/2023/05/01/%C3%B5pe/", "blog/category/news/"]


def sitemap(*paths: str) -> str:
    urls = "".join(f"<url><loc>\n https://docs.example.org/{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


class TestCompare:
    def compare(self, folder: Path, text: str) -> subprocess.CompletedProcess[str]:
        (folder / "sitemap.xml").write_text(text, encoding="utf-8")
        for name in ("index.html", "a/index.html", "b.html", "õ/index.html"):
            (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site" / name).touch()
        command = [sys.executable, str(COMPARE), "https://docs.example.org", "sitemap.xml", "site"]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    def test_it_names_the_pages_that_are_missing(self, tmp_path: Path) -> None:
        done = self.compare(tmp_path, sitemap("", "a/", "b.html", "%C3%B5/", "c/", "b/", "%C3%BC.html"))
        assert done.stdout.splitlines() == ["missing: c/", "missing: b/", "missing: ü.html", "3 missing"]

    def test_pages_of_another_site_are_missing(self, tmp_path: Path) -> None:
        done = self.compare(tmp_path, sitemap("a/").replace("docs.example.org", "other.example.org"))
        assert done.stdout.splitlines() == ["missing: https://other.example.org/a/", "1 missing"]

    def test_it_fails_when_it_has_nothing_to_compare(self, tmp_path: Path) -> None:
        done = self.compare(tmp_path, sitemap())
        assert (done.returncode, done.stderr.strip()) == (1, "sitemap.xml has no URLs of pages")


class TestMove:
    def test_its_steps_lead_to_the_same_addresses(self, tmp_path: Path) -> None:
        first, _translated = blocks(MOVE, "python")
        commands = "\n".join(blocks(MOVE, "shell")).splitlines()
        build, compare = (
            next(shlex.split(line) for line in commands if line.startswith(start))
            for start in ("sphinx-build -c", "python compare.py")
        )
        front_matter = "---\ndate: {}\ncategories: [News]\n---\n\n# Title\n\n![](../images/a.png)\n\n{}"
        moved = "\n".join(blocks(MOVE, "yaml")[0].splitlines()[2:-1])
        files = {
            "mkdocs.yml": MKDOCS,
            "docs/index.md": "# Home\n\n" + blocks(MOVE, "markdown")[0],
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/images/a.png": "",
            "docs/blog/posts/a.md": front_matter.format(f"2024-06-18\n{moved}", ""),
            "docs/blog/posts/õpe.md": front_matter.format("2023-05-01", "[a](a.md)\n"),
            "conf.py": first,
            "compare.py": COMPARE.read_text(encoding="utf-8"),
            "sitemap.xml": sitemap(*OLD_ADDRESSES),
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = sphinx_build("-W", "--keep-going", *build[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        compared = subprocess.run(
            [sys.executable, *compare[1:]], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert compared.stdout == "0 missing\n"

        site = tmp_path / "_site"
        assert "docs.example.org/blog/2024/06/18/a/" in (site / "feed_rss_created.xml").read_text(encoding="utf-8")
        assert (site / "blog" / "images" / "a.png").is_file()
        for old in ("old", "blog/2024/06/17/report"):
            assert "blog/2024/06/18/a/" in (site / old / "index.html").read_text(encoding="utf-8")


class TestExistingSite:
    def test_its_steps_add_a_blog_to_a_site_in_restructuredtext(self, tmp_path: Path) -> None:
        page = DOCS / "how-to" / "existing-site.md"
        (conf,), (post, _toctree) = blocks(page, "python"), blocks(page, "markdown")
        toctree, newest = blocks(page, "rst")
        title = re.search(r"^# (.*)$", post, re.MULTILINE)
        assert title is not None
        files = {
            "conf.py": conf,
            "index.rst": f"The project\n===========\n\n{toctree}\n\n{newest}\n",
            "guide.rst": "Guide\n=====\n\nSee :doc:`news/posts/faster-search`.\n",
            "news/posts/faster-search.md": post,
        }
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = sphinx_build("-W", "-n", "-b", "dirhtml", ".", "_site", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert entries(tmp_path / "_site" / "news" / "index.html") == [title[1]]
        for name in ("index.html", "guide/index.html"):
            assert "news/2026/11/20/search-is-faster/" in (tmp_path / "_site" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
class TestExamples:
    def test_options_exist(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        assert set(re.findall(r"\bnewsroom_(?!reference|after|announcement\b|sidebar\b)\w+", text)) <= set(
            options.names()
        )

    def test_options_are_right(self, page: Path) -> None:
        for block in blocks(page, "python"):
            if re.search(r"^newsroom_", block, re.MULTILINE):
                values: dict[str, Any] = {}
                exec(block, values)  # noqa: S102 - our own examples
                given = {key.removeprefix("newsroom_"): value for key, value in values.items() if "newsroom_" in key}
                for written in (given, *given.get("blogs", ())):
                    tuples = {key: tuple(value) if isinstance(value, list) else value for key, value in written.items()}
                    assert options.parse_options(tuples)[-1] == (), block

    def test_front_matter_is_right(self, page: Path) -> None:
        for block in blocks(page, "yaml", "markdown"):
            if block.startswith("---\n"):
                # An example that shows one key leaves out the date.
                text = block if "\ndate:" in block else block.replace("---\n", "---\ndate: 2026-11-20\n", 1)
                assert parse(text, path=page.name, timezone=UTC)[-1] == (), block

    def test_authors_are_right(self, page: Path) -> None:
        for block in blocks(page, "yaml"):
            if block.startswith("authors:\n  ") and "- " not in block.splitlines()[1]:
                assert parse_authors(block, path=page.name)[-1] == (), block

    def test_python_compiles(self, page: Path) -> None:
        for block in blocks(page, "python"):
            compile(block, str(page), "exec")


def test_pictures_are_small():
    """``nox -s docs-pictures`` makes those of pages and covers."""
    too_large = [file for file in DOCS.rglob("*.png") if file.stat().st_size > LARGEST_PICTURE]
    assert not too_large


def test_each_example_of_markdown_has_its_picture():
    """``nox -s pictures`` makes those that are missing."""
    pictures = json.loads((PICTURES / "pictures.json").read_text(encoding="utf-8"))
    assert pictures == {case.name: case.digest for case in read_cases()}
    assert {file.stem for file in PICTURES.glob("*.webp")} == set(pictures)
