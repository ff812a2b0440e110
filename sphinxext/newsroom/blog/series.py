"""Series: the part number of each post, and the other parts to show with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.models import Post

SHOWN = 7
"""Number of parts listed in a post; the page of a longer series lists the rest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The place of a post in a series."""

    series: Collection
    number: int
    """Number of the part, from 1."""
    shown: tuple[str, ...]
    """Keys of the parts around the post, itself among them."""
    first: int
    """The number of the first of these."""

    @property
    def count(self) -> int:
        """Number of parts."""
        return len(self.series.posts)


class Series:
    """Knows the place of every post in its series."""

    def __init__(self, blog: Blog) -> None:
        """Count the parts of each series.

        :param blog: the blog.
        """
        self._blog = blog
        taxonomy = blog.taxonomy("series")
        self._numbers = {
            (collection.id, key): number
            for collection in (taxonomy.collections if taxonomy else ())
            for number, key in enumerate(collection.posts, start=1)
        }

    def parts(self, post: Post) -> Iterator[Part]:
        """Yield the place of a post in each series that it is a part of.

        :param post: the post.
        """
        for collection in self._blog.collections_of(post, "series"):
            number = self._numbers[collection.id, post.key]
            start = max(0, min(number - 1 - SHOWN // 2, len(collection.posts) - SHOWN))
            shown = collection.posts[start : start + SHOWN]
            yield Part(series=collection, number=number, shown=shown, first=start + 1)
