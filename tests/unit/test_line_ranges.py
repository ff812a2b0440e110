"""Ranges of lines in options of directives are not longer than any file."""

from __future__ import annotations

import pytest
from sphinx.util import parselinenos

from sphinxext.newsroom.environment.line_ranges import limit_lines, limit_tab_width
from sphinxext.newsroom.utils.limits import MAX_NAMED_LINES, MAX_TAB_WIDTH


@pytest.mark.parametrize("lines", ["1", "1,3-5", "-4", "20-", "1, 3 - 5", "2-2", "5-3", "x", "1-2-3", ""])
def test_usual_ranges_stay_as_sphinx_reads_them(lines):
    def read(text):
        try:
            return parselinenos(text, 30)
        except ValueError:
            return None

    assert read(limit_lines(lines)) == read(lines)


@pytest.mark.parametrize("lines", ["1-999999999", "-999999999", f"1-{'9' * 5000}", "1-900000," * 50 + "1"])
def test_ranges_name_no_more_lines_than_the_limit(lines):
    assert len(parselinenos(limit_lines(lines), 3)) <= MAX_NAMED_LINES + lines.count(",") + 1


def test_a_tab_is_no_wider_than_the_limit():
    assert [limit_tab_width(width) for width in (4, 10**9)] == [4, MAX_TAB_WIDTH]
