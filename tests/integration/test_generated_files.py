"""Pages that other extensions write into the folder of the posts stay pages."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import INDEX, Site

EXTENSION = """
from pathlib import Path

def write(app):
    folder = Path(app.srcdir, "blog/posts/made")
    folder.mkdir(exist_ok=True)
    (folder / "plain.md").write_text("# Plain\\n")
    (folder / "dated.md").write_text("---\\ndate: 2024-02-02\\n---\\n\\n# Dated\\n")

def setup(app):
    app.connect("builder-inited", write)
"""
STUBS = "\n.. autosummary::\n   :toctree: generated\n\n   stubbed.{}\n"
FILES = {
    "conf.py": "",
    "ext/stubbed.py": 'def f():\n    """Do f."""\n\n\ndef g():\n    """Do g."""\n',
    "ext/writer.py": EXTENSION,
    "index.md": INDEX,
    "blog/posts/a.rst": f":date: 2024-01-03\n\nWith API\n========\n{STUBS.format('f')}",
    "blog/posts/b.rst": f":date: 2024-01-03\n:draft: yes\n\nDraft\n=====\n{STUBS.format('g')}",
    "blog/posts/forgotten.md": "# Forgotten date\n",
}


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path / "src" / "ext")
    yield Site(
        folder=tmp_path,
        conf={"extensions": ["myst_parser", "sphinxext.newsroom", "sphinx.ext.autosummary", "writer"]},
    ).write(FILES)
    for name in ("stubbed", "writer"):
        sys.modules.pop(name, None)


def test_stubs_and_other_generated_files_are_pages(made):
    for fresh in (True, False, True):
        made.build(fresh=fresh)
        assert [warning.partition(":")[0] for warning in made.warnings if "no date" in warning] == [
            "blog/posts/forgotten.md"
        ]
        assert "stub file not found" not in "".join(made.warnings)
        page = made.soup("blog/2024/01/03/with-api")
        assert "../../../../posts/generated/stubbed.f/#stubbed.f" in [
            link["href"] for link in page.select("article a[href]")
        ]
        assert made.file("blog/posts/generated/stubbed.f").is_file()
        assert not made.file("blog/posts/generated/stubbed.g").is_file()
        assert made.titles("blog") == ["Dated", "With API"]
        assert made.app.env.toctree_includes["blog/2024/01/03/with-api"] == ["blog/posts/generated/stubbed.f"]
        assert made.soup("blog/posts/made/plain").h1
    made.write({"blog/posts/b.rst": FILES["blog/posts/b.rst"].replace(":draft: yes\n", "")}).build()
    assert made.file("blog/posts/generated/stubbed.g").is_file()
