"""Posts and blogs as plain data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from babel.core import Locale

from sphinxext.newsroom.blog.index import build_blog
from sphinxext.newsroom.config.options import Options
from sphinxext.newsroom.models import FrontMatter, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.models import Author
    from sphinxext.newsroom.problems import Problem

EN = Locale("en")


def day(text: str) -> datetime:
    """Return a moment; a date alone is midnight, no zone is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def post(
    name: str = "a", created: str = "2024-01-31", *, docname: str = "", authors: tuple[Author, ...] = (), **keys: Any
) -> Post:
    """Return a post; further keys go into its front matter."""
    return Post(
        docname=docname or f"blog/{name}",
        path=f"blog/posts/{name}.md",
        title=name,
        created=day(created),
        authors=authors,
        front_matter=FrontMatter(**keys),
    )


def arrange(*posts: Post, documents: Iterable[str] = (), **options: Any) -> tuple[Blog, tuple[Problem, ...]]:
    """Return the blog of some posts."""
    return build_blog(posts, options=Options(**options), locale=EN, documents=documents)
