"""Count posts, words, authors and categories by year."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import html
from markdown_it import MarkdownIt

from sphinxext.newsroom.excerpts.reading_time import count_words
from sphinxext.newsroom.front_matter.notebooks import notebook_text
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.front_matter.split import split
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.utils.html import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.models import Post

COLUMNS = ("year", "posts", "words", "authors", "categories", "tags")
LABELS = ("author", "category", "tag")
TOTAL = "total"


def by_year(site: StaticSite, posts: Iterable[Post]) -> list[dict[str, Any]]:
    """Return a row for each year, the latest first, and one for all together.

    :param site: the site.
    :param posts: the posts; only published ones count.
    """
    published = [post for post in posts if post.state == PUBLISHED]
    words = {post.path: count_post(site, post) for post in published}
    years: dict[str, list[Post]] = {}
    for post in sorted(published, key=lambda post: post.created, reverse=True):
        years.setdefault(f"{post.created:%Y}", []).append(post)
    return [_row(year, found, words) for year, found in (*years.items(), (TOTAL, published))]


def _row(year: str, posts: list[Post], words: dict[str, int]) -> dict[str, Any]:
    return {
        "year": year,
        "posts": len(posts),
        "words": sum(words[post.path] for post in posts),
        "authors": len({author.id for post in posts for author in post.authors}),
        "categories": len({name for post in posts for name in post.front_matter.categories}),
        "tags": len({name for post in posts for name in post.front_matter.tags}),
    }


def by_label(posts: Iterable[Post], label: str) -> list[dict[str, Any]]:
    """Return a row for each author, category or tag: how many posts there are, and the first and the last.

    :param posts: the posts; only published ones count.
    :param label: one of ``LABELS``.
    """
    names: dict[str, Callable[[Post], Iterable[str]]] = {
        "author": lambda post: [author.name for author in post.authors],
        "category": lambda post: post.front_matter.categories,
        "tag": lambda post: post.front_matter.tags,
    }
    counts: Counter[str] = Counter()
    days: dict[str, list[str]] = {}
    for post in posts:
        if post.state == PUBLISHED:
            for name in names[label](post):
                counts[name] += 1
                days.setdefault(name, []).append(post.created.date().isoformat())
    return [
        {label: name, "posts": count, "first": min(days[name]), "last": max(days[name])}
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    ]


def count_post(site: StaticSite, post: Post) -> int:
    """Return how many words a post has, and how many characters of languages without spaces between words.

    :param site: the site.
    :param post: the post.
    """
    text = (site.root / post.path).read_bytes().decode("utf-8-sig", errors="replace")
    if post.path.endswith(".ipynb"):
        text = notebook_text(text)
    if post.path.endswith(RST_SUFFIXES):
        body = f"<p>{escape(split(text, read_rst=site.read_outline).body)}</p>"
    else:
        body = MarkdownIt("commonmark").enable("table").render(split(text).body)
    if not body.strip():
        return 0
    root = html.fromstring(f"<div>{body}</div>")
    count = count_words(root)
    # Without such characters, the reading time takes pieces between spaces and signs for words, as Material does.
    words = count.words if count.characters else len(re.findall(r"\w+", read_text(root)))
    return words + count.characters
