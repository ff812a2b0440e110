"""Finding documents: with the same patterns, the same files as Sphinx."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import compile_matchers, get_matching_files

from sphinxext.newsroom.cli.source_files import NEVER, find_sources, pattern_matcher


@given(st.text("ab/*?[]!^-.\\", max_size=8), st.lists(st.text("ab/-]^!.", max_size=6), max_size=8))
def test_a_pattern_matches_what_it_matches_for_sphinx(pattern, paths):
    try:
        (theirs,) = compile_matchers([pattern])
    except Exception:  # noqa: BLE001 - a range from z to a
        return
    ours = pattern_matcher(pattern)
    assert [bool(ours(path)) for path in paths] == [bool(theirs(path)) for path in paths]


def test_the_documents_are_those_of_sphinx(tmp_path):
    names = ("index.md", "a/b.md", "a/c.rst", "_build/x.md", "a/_sources/y.md", ".#lock.md", "a/.#z.md", "notes.txt")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    theirs = get_matching_files(tmp_path, ["**"], ["_build", *EXCLUDE_PATHS])
    ours = find_sources(tmp_path, include=["**"], exclude=["_build"], suffixes=(".md", ".rst"))
    assert sorted(ours) == sorted(path for path in theirs if path.endswith((".md", ".rst")))
    assert set(NEVER) == set(EXCLUDE_PATHS)
