"""``newsroom migrate``: nothing without ``--write``, exit codes, the report."""

from __future__ import annotations

import pytest

MKDOCS = "site_name: Notes\nsite_url: https://notes.example/\nplugins: [search]\nnav: [index.md, a.md]\n"
FILES = {"mkdocs.yml": MKDOCS, "docs/index.md": "# Home\r\n", "docs/a.md": "# A\r\n"}


@pytest.fixture
def old(tmp_path, monkeypatch):
    def write(files):
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return write


def paths(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_nothing_is_written_without_write(old, run):
    root = old(FILES)
    result = run("migrate", "mkdocs")
    assert result.exit_code == 0
    assert paths(root) == sorted(FILES)
    assert result.stdout.startswith("new  toctrees/index.md  (toctree)\nnew  conf.py  (settings of Sphinx)\n")
    assert '+newsroom_mkdocs = "mkdocs.yml"\n' in result.stdout
    assert "# Migration from MkDocs\n" in result.stdout
    assert result.stderr == "nothing is written; add --write\n"
    assert "+++" not in run("migrate", "mkdocs", ".", "--no-diff").stdout


def test_files_are_written_once_and_the_report_where_it_is_asked_for(old, run):
    root = old(FILES)
    result = run("migrate", "mkdocs", "mkdocs.yml", "--write", "--report", "out/report.md", "--host", "none")
    assert (result.exit_code, result.stderr) == (0, "")
    made = ["_static", "conf.py", "requirements-sphinx.txt", "toctrees/index.md", "urls.txt"][1:]
    assert paths(root) == sorted([*FILES, *made, "out/report.md"])
    assert "4 files are in place." in (root / "out" / "report.md").read_text(encoding="utf-8")
    assert (root / "urls.txt").read_text() == "/\n/a/\n"
    assert b"\r" not in (root / "conf.py").read_bytes()
    assert (root / "docs" / "a.md").read_bytes() == b"# A\r\n"
    assert run("migrate", "mkdocs", "--write", "--host", "none").exit_code == 0


def test_a_file_that_is_there_ends_with_1_and_stays(old, run):
    root = old({**FILES, "conf.py": "# mine\n"})
    result = run("migrate", "mkdocs", "--write")
    assert result.exit_code == 1
    assert result.stderr == "newsroom: 1 files are there already and stay as they are: conf.py\n"
    assert (root / "conf.py").read_text() == "# mine\n"


@pytest.mark.parametrize(
    ("files", "arguments", "error"),
    [
        ({}, ("mkdocs", "gone"), (2, "gone is not there")),
        ({}, ("mkdocs",), (3, "there is no mkdocs.yml in")),
        ({}, ("wordpress",), (2, "'wordpress' is not one of")),
        ({"mkdocs.yml": "a: [\n"}, ("mkdocs",), (3, "mkdocs.yml cannot be read")),
        ({"mkdocs.yml": "site_name: X\n"}, ("mkdocs",), (3, "names the folder 'docs', which is not there")),
    ],
)
def test_errors_are_one_line(old, run, files, arguments, error):
    old(files)
    code, said = error
    result = run("migrate", *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_posts_of_other_programs_go_into_the_target(old, run):
    root = old({"old/_posts/2024-01-03-a.md": "---\r\ntitle: A\r\ndate: 2024-01-03\r\n---\r\nx\r\n"})
    result = run("migrate", "jekyll", "old", "--target", "new", "--write", "-o", "report.md")
    assert result.exit_code == 0
    assert (root / "new/docs/posts/2024-01-03-a.md").read_bytes().count(b"\r\n") == 5
    assert "1, of which 1 stay exactly as they are" in (root / "report.md").read_text(encoding="utf-8")
    assert run("migrate", "hugo", "old").exit_code == 3


def test_for_ablog_it_says_what_to_change(old, run):
    root = old(
        {
            "conf.py": "extensions = ['ablog']\nblog_title = 'A'\npost_auto_orphan = True\n",
            "index.rst": "A\n=\n",
            "p.rst": ".. post:: 2024-01-01\n\nP\n=\n",
        }
    )
    result = run("migrate", "ablog", "--write")
    assert result.exit_code == 0
    assert paths(root) == ["conf.py", "index.rst", "p.rst"]
    assert (
        "| `conf.py:1` | `ablog` is in `extensions` | write `sphinxext.newsroom` in place of `ablog` |" in result.stdout
    )
    assert "| `conf.py:3` | `post_auto_orphan` |" in result.stdout
    assert "| `blog_title` | keeps its meaning; the new name is `newsroom_title` |" in result.stdout
    assert "0 by front matter or pattern, 1 by directive" in result.stdout
