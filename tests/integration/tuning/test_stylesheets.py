"""docutils finds its stylesheets once, and the same."""

from __future__ import annotations

import docutils.utils
import pytest
import sphinx

from sphinxext.newsroom import tuning
from tests.conftest import post

FILES = {f"blog/posts/{name}.md": post(f"# Post {name}\n\n## Part\n\nText.") for name in "abc"}


@pytest.fixture
def searches(monkeypatch):
    """Note what is looked for."""
    found = []
    search = docutils.utils.find_file_in_dirs

    def note(path, folders):
        result = search(path, folders)
        found.append((str(path), result))
        return result

    monkeypatch.setattr(docutils.utils, "find_file_in_dirs", note)
    return found


def test_pages_and_stylesheets_are_the_same(site, monkeypatch, searches):
    built = site(FILES).build()
    ours, seen = built.snapshot(), searches.copy()
    searches.clear()
    monkeypatch.setattr(tuning, "find_stylesheets_once", lambda _builder: None)
    assert built.build(fresh=True).snapshot() == ours
    assert {result for _path, result in seen} == {result for _path, result in searches}
    ours, theirs = (sum(path != result for path, result in found) for found in (seen, searches))
    assert ours < theirs
    assert ours <= 2 or sphinx.version_info < (9,)  # there, each title has separate settings
