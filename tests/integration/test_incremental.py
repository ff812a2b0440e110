"""A build that starts from the last one gives what a clean build gives, and touches nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from sphinxext.newsroom.content import authors
from tests.conftest import DEFAULTS, post

pytestmark = pytest.mark.theme("basic")

AUTHORS = "authors:\n  docs:\n    name: Docs team\n    description: Writes\n    avatar: ''\n"


def blog() -> dict[str, str]:
    names = ["alpha", "beta", "gamma", "delta", "epsilon"]
    files = {
        f"blog/posts/{name}.md": post(
            f"# Post {name}\n\nIntro of {name}.\n\n<!-- more -->\n\nRest. See [alpha](alpha.md).",
            date=f"2024-0{number}-01",
            categories=["News"] if number % 2 else ["News", "Rare"],
            tags=[name],
            authors=["docs"],
        )
        for number, name in enumerate(names, start=1)
    }
    return {**files, "blog/.authors.yml": AUTHORS, "page.md": "---\norphan: true\n---\n\n# Page\n\nText.\n"}


EDITS = {
    "text": {
        "blog/posts/gamma.md": post(
            "# Post gamma\n\nIntro of gamma.\n\n<!-- more -->\n\nOther. See [alpha](alpha.md).",
            date="2024-03-01",
            categories=["News"],
            tags=["gamma"],
            authors=["docs"],
        )
    },
    "excerpt": {
        "blog/posts/gamma.md": post(
            "# Post gamma\n\nNew intro.\n\n<!-- more -->\n\nRest.", date="2024-03-01", categories=["News"]
        )
    },
    "title": {"blog/posts/gamma.md": post("# Post gimel\n\nIntro of gamma.", date="2024-03-01", categories=["News"])},
    "title that keeps its address": {
        "blog/posts/gamma.md": post("# Renamed\n\nIntro.", date="2024-03-01", slug="post-gamma")
    },
    "date": {"blog/posts/gamma.md": post("# Post gamma\n\nIntro of gamma.", date="2023-03-01", categories=["News"])},
    "category": {
        "blog/posts/beta.md": post("# Post beta\n\nIntro.", date="2024-02-01", categories=["Fresh"]),
        "blog/posts/delta.md": None,
    },
    "author": {"blog/.authors.yml": AUTHORS.replace("Docs team", "Documentation team")},
    "pin": {"blog/posts/alpha.md": post("# Post alpha\n\nIntro.", date="2024-01-01", pin=True)},
    "draft": {"blog/posts/gamma.md": post("# Post gamma\n\nIntro of gamma.", date="2024-03-01", draft=True)},
    "added": {"blog/posts/zeta.md": post("# Post zeta\n\nIntro.", date="2024-09-01", tags=["zeta"])},
    "removed": {"blog/posts/gamma.md": None},
    "moved": {"blog/posts/gamma.md": None, "blog/posts/sub/gamma.md": blog()["blog/posts/gamma.md"]},
    "draft that others link to": {"blog/posts/alpha.md": post("# Post alpha\n\nIntro.", date="2024-01-01", draft=True)},
    "address that others link to": {
        "blog/posts/alpha.md": post("# Post alpha\n\nIntro.", date="2024-01-01", slug="one")
    },
    "series": {
        "blog/posts/gamma.md": post("# Post gamma\n\nIntro.", date="2024-03-01", series="Greek"),
        "blog/posts/beta.md": post("# Post beta\n\nIntro.", date="2024-02-01", series="Greek"),
    },
    "bio": {"blog/.authors.yml": AUTHORS + "    bio: We *write*.\n"},
    "what a post is about": {"blog/posts/gamma.md": post("# Post gamma\n\nSee {doc}`/page`.", date="2024-03-01")},
    "index": {"blog/index.md": "# Journal\n\nAbout it.\n"},
}


def served(site):
    """Return what the blog is responsible for: not ordinary pages, whose navigation Sphinx leaves as it was."""
    return {
        name: content
        for name, content in site.snapshot().items()
        if not name.startswith(("_static/", "_images/", "page/"))
    }


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_output_is_that_of_a_clean_build(built_site, edit):
    built = built_site(blog(), newsroom_pagination_per_page=2)
    built.write(EDITS[edit]).build()
    incremental = served(built)
    clean = served(built.build(fresh=True))
    assert incremental.keys() == clean.keys()
    assert [name for name in clean if incremental[name] != clean[name]] == []


def test_a_build_without_a_change_reads_and_writes_nothing(site):
    built = site({**blog(), "blog/index.md": "# Journal\n"}).build()
    before = {file: file.stat().st_mtime_ns for file in (built.out / "blog").rglob("*") if file.is_file()}
    built.build()
    assert "0 added, 0 changed, 0 removed" in built.status
    assert {file: file.stat().st_mtime_ns for file in (built.out / "blog").rglob("*") if file.is_file()} == before


def test_after_an_edit_of_text_only_pages_that_show_it_are_written(built_site):
    built = built_site(blog())
    before = {file: file.stat().st_mtime_ns for file in (built.out / "blog").rglob("*.html")}
    built.write(EDITS["text"]).build()
    written = {
        file.relative_to(built.out).as_posix()
        for file, stamp in before.items()
        if file.exists() and file.stat().st_mtime_ns != stamp
    }
    assert "blog/2024/02/01/post-beta/index.html" not in written
    assert "blog/tag/alpha/index.html" not in written
    assert "blog/2024/03/01/post-gamma/index.html" in written


def test_a_new_post_is_written_into_the_lists_that_show_it_alone(built_site):
    built = built_site(blog(), newsroom_sidebars=[])
    before = {file: file.stat().st_mtime_ns for file in (built.out / "blog").rglob("*.html")}
    built.write(EDITS["added"]).build()
    written = {
        file.relative_to(built.out / "blog").as_posix() for file in before if file.stat().st_mtime_ns != before[file]
    }
    assert written == {
        "index.html",
        "archive/index.html",
        "archive/2024/index.html",
        "tag/index.html",
        "2024/05/01/post-epsilon/index.html",
    }


@pytest.mark.parametrize("jobs", [2, 4])
def test_parallel_is_serial(built_site, jobs):
    built = built_site(blog())
    serial = served(built)
    assert built.build(jobs=jobs, fresh=True).warnings == []
    assert served(built) == serial


def test_a_post_that_becomes_a_draft_leaves_no_trace(site):
    built = site(
        blog()
        | {
            "blog/posts/secret.md": post(
                "# Secretword\n\nSecretword.", date="2024-08-01", categories=["Secretword"], tags=["Secretword"]
            )
        }
    )
    built.build()
    assert built.titles("/blog/")[0] == "Secretword"
    draft = {
        "blog/posts/secret.md": post(
            "# Secretword\n\nSecretword.", date="2024-08-01", categories=["Secretword"], draft=True
        )
    }
    built.write(draft).build()
    traces = [
        name for name, content in built.snapshot().items() if b"secretword" in content.lower() or "secret" in name
    ]
    assert traces == []
    assert built.warnings == []


def test_a_link_to_a_draft_appears_with_the_draft(site):
    linking = post("# A\n\nSee [this](b.md).", date="2024-01-01")
    built = site({"blog/posts/a.md": linking, "blog/posts/b.md": post("# B\n\nText.", draft=True)}).build()
    [warning] = built.warnings
    assert warning.startswith(
        "blog/posts/a.md:7: WARNING: the link to 'blog/posts/b.md' is left out: that post is a draft"
    )
    assert built.soup("/blog/2024/01/01/a/").select_one(".e-content p").get_text() == "See this."
    assert not list(built.out.rglob("_downloads"))
    built.write({"blog/posts/b.md": post("# B\n\nText.")}).build()
    assert built.soup("/blog/2024/01/01/a/").select_one(".e-content a")["href"] == "../../../06/18/b/"


@pytest.mark.theme("pydata_sphinx_theme")
def test_a_draft_appears_behind_a_role(site):
    page = "---\norphan: true\n---\n\n# Page\n\nSee {doc}`/blog/posts/b`.\n"
    draft, written = post("# B\n\nText.", draft=True), post("# B\n\nText.")
    built = site({"page.md": page, "blog/posts/a.md": post(), "blog/posts/b.md": draft}).build()
    assert not built.soup("/page/").select("article a[href*='/b/']")
    built.write({"blog/posts/b.md": written}).build()
    links = built.soup("/page/").select("article a[href='../blog/2024/06/18/b/']")
    assert [link.get_text() for link in links] == ["B"]


def test_a_scheduled_post_appears_when_its_time_has_come(site, monkeypatch):
    built = site(
        blog() | {"blog/posts/soon.md": post("# Soon\n\nText.", date="2026-10-01")}, newsroom_draft_if_future_date=True
    )
    assert "Soon" not in built.build().titles("/blog/")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1791000000")  # 3 October 2026
    assert built.build().titles("/blog/")[0] == "Soon"
    adjacent = built.soup("/blog/2024/05/01/post-epsilon/").select_one(".newsroom-newer")
    assert "Soon" in adjacent.get_text()


@pytest.mark.parametrize("show", ["option", "tag", "pull request", "preview"])
def test_drafts_exist_marked_where_they_are_asked_for(site, monkeypatch, show):
    files = {"blog/posts/a.md": post(draft=True), "blog/posts/b.md": post("# B\n\nText.", date="2027-01-01")}
    conf = {"newsroom_draft_if_future_date": True}
    if show == "option":
        conf["newsroom_draft"] = True
    if show == "pull request":
        monkeypatch.setenv("READTHEDOCS_VERSION_TYPE", "external")
    if show == "preview":
        monkeypatch.setenv("NEWSROOM_PREVIEW", "1")
    built = site(files, **conf).build(tags=("drafts",) if show == "tag" else ())
    assert built.titles("/blog/") == ["B", "A post"]
    assert [state.get_text() for state in built.soup("/blog/").select(".newsroom-status")] == ["Scheduled", "Draft"]
    page = built.soup("/blog/2024/06/18/a-post/")
    assert (
        page.select_one(".newsroom-draft-notice").get_text()
        == "Draft · This post is not published. Only previews show it."
    )
    banner = built.soup("/blog/2027/01/01/b/").select_one(".newsroom-draft-notice").get_text()
    assert banner.startswith("Scheduled · This post is to be published on January 1, 2027.")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not (built.out / "blog" / "atom.xml").exists(), "feeds never hold drafts"


def test_two_sites_in_one_process_do_not_mix(site, tmp_path):
    one = site({"blog/posts/a.md": post("# Only in one\n\nText.")}).build()
    first = one.text("/blog/")
    shutil.move(one.folder / "src", tmp_path / "old")
    two = site({"blog/posts/b.md": post("# Only in two\n\nText.")}).build(fresh=True)
    assert "Only in one" in first
    assert "Only in one" not in "".join(content.decode(errors="ignore") for content in two.snapshot().values())


def test_a_damaged_cache_is_made_again(built_site):
    built = built_site(blog())
    clean = served(built)
    for file in (built.folder / "_build" / "doctrees" / "newsroom").rglob("*"):
        if file.is_file():
            file.write_bytes(os.urandom(64))
    assert served(built.build()) == clean


def test_a_build_in_another_process_writes_nothing_either(site):
    built = site(blog(), myst_enable_extensions={"colon_fence", "deflist", "attrs_inline"}).build()
    conf = "\n".join(f"{name} = {value!r}" for name, value in {**DEFAULTS, "exclude_patterns": ["_build"]}.items())
    built.write({"conf.py": conf + "\nmyst_enable_extensions = {'colon_fence', 'deflist', 'attrs_inline'}\n"})
    command = [sys.executable, "-W", "ignore", "-m", "sphinx", "-q", "-b", "dirhtml", "-d", "doctrees", "src", "out"]
    stamps = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=built.folder, env=environment, check=True)
        pages = (built.folder / "out" / "blog").rglob("*.html")
        stamps.append({page: page.stat().st_mtime_ns for page in pages})
    assert stamps[0] == stamps[1]


def test_an_authors_file_is_parsed_when_it_has_changed(site, monkeypatch):
    parsed = []
    original = authors.parse_authors

    def count(text, *, path):
        parsed.append(path)
        return original(text, path=path)

    monkeypatch.setattr(authors, "parse_authors", count)
    file = "authors:\n  team:\n    name: Training team\n    orcid: wrong\n"
    made = site({"blog/.authors.yml": file, "blog/posts/a.md": post(authors=["team"])}).build()
    said = made.warnings
    assert len(parsed) == 1
    assert "'wrong' is not an ORCID iD" in said[0]
    assert made.build().warnings == said
    assert len(parsed) == 1
    made.write({"blog/.authors.yml": file.replace("Training", "Teaching")}).build()
    assert len(parsed) == 2
    assert "Teaching team" in made.text("/blog/2024/06/18/a-post/")
