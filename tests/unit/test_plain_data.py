"""Values of front matter as templates get them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sphinxext.newsroom.utils.plain_data import plain_data


def test_values_are_plain():
    value = {
        "course": {"name": "Intro", 2026: [1, 2.5, None, True], "when": date(2026, 1, 2)},
        "at": datetime(2026, 1, 2, 3, tzinfo=UTC),
        "set": {"a"},
        "bytes": b"x",
    }
    assert plain_data(value) == {
        "course": {"name": "Intro", "2026": [1, 2.5, None, True], "when": "2026-01-02"},
        "at": "2026-01-02T03:00:00+00:00",
        "set": ["a"],
        "bytes": "b'x'",
    }
