"""Which posts are old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.content.age import is_before, is_old
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.models import FrontMatter, Link, Post

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
OPTIONS = Options(old_after=10, old_after_categories={"Training": 20, "how to": 0, "News": 1})


def post(days: int, *categories: str, updated: int | None = None, evergreen: bool = False) -> Post:
    return Post(
        docname="blog/a",
        path="blog/posts/a.md",
        title="A",
        created=NOW - timedelta(days=days),
        updated=None if updated is None else NOW - timedelta(days=updated),
        front_matter=FrontMatter(categories=categories, evergreen=evergreen),
    )


@pytest.mark.parametrize(
    ("found", "old"),
    [
        (post(10), False),
        (post(11), True),
        (post(30, updated=5), False),
        (post(30, updated=11), True),
        (post(3000, evergreen=True), False),
        (post(20, "training"), False),
        (post(21, "Training"), True),
        (post(3000, "How-to"), False),
        (post(3000, "Training", "How to"), False),
        (post(15, "News", "Training"), False),
        (post(2, "News"), True),
        (post(11, "Other"), True),
    ],
)
def test_a_post_is_old_after_the_days_of_its_blog_or_category(found, old):
    assert is_old(found, OPTIONS, NOW) is old


def test_no_post_is_old_unless_the_site_says_so():
    assert not is_old(post(10_000), Options(), NOW)


def test_the_time_of_day_does_not_matter():
    late = datetime(2026, 1, 10, 23, 59, tzinfo=UTC)
    assert is_old(post(11), OPTIONS, late)
    assert not is_old(post(10), OPTIONS, late)
    assert is_old(post(11), OPTIONS, NOW.astimezone(timezone(timedelta(hours=14))))


def test_posts_before_a_day():
    assert is_before(post(0), "2026-01-11")
    assert not is_before(post(0), "2026-01-10")
    assert not is_before(post(30, updated=0), "2026-01-10")
    assert not is_before(post(3000), "")


@pytest.mark.parametrize(
    ("yaml", "targets", "said"),
    [
        ("superseded_by: /guide.md", ["/guide.md"], []),
        ("superseded_by: [new.md, 'https://x.example/']", ["new.md", "https://x.example/"], []),
        ("superseded_by: 'javascript:alert(1)'", [], ["'superseded_by' is 'javascript:alert(1)'; expected a path"]),
        ("superseded_by: [a.md, 1]", ["a.md"], ["'superseded_by' has 1 in it; expected a path or URL. It is ignored."]),
        (
            "superseded_by: {a: b}",
            [],
            ["'superseded_by' is {'a': 'b'}; expected a path or URL, or a list of these. It is ignored."],
        ),
        ("evergreen: perhaps", [], ["'evergreen' is 'perhaps'; expected true or false."]),
    ],
)
def test_front_matter_says_what_to_read_instead(yaml, targets, said):
    front_matter, _, problems = parse(f"---\ndate: 2024-01-31\n{yaml}\n---\n# T\n", path="blog/posts/x.md")
    assert front_matter.superseded_by == tuple(Link(target=target) for target in targets)
    assert not front_matter.evergreen
    assert len(problems) == len(said)
    for problem, start in zip(problems, said, strict=True):
        assert problem.message.startswith(start)
        assert problem.line == 3
