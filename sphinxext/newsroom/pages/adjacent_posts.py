"""The context of a post: adjacent posts, the other parts of its series, related posts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.blog.related import find_related
from sphinxext.newsroom.blog.series import Series
from sphinxext.newsroom.environment.referenced_objects import post_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.related import RelatedPosts
    from sphinxext.newsroom.blog.series import Part
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context import Pages


class AdjacentPosts:
    """Makes the data of the posts that are named on the page of a post."""

    def __init__(self, env: BuildEnvironment, blog: Blog, pages: Pages) -> None:
        """Use a blog whose index is complete.

        :param env: the environment, all documents read.
        :param blog: the index of the blog.
        :param pages: knows titles and dates.
        """
        self._env, self._blog, self._pages = env, blog, pages

    @cached_property
    def _series(self) -> Series:
        return Series(self._blog)

    @cached_property
    def _related(self) -> RelatedPosts:
        return find_related(self._blog, post_objects(self._env))

    def of(self, post: Post, links: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """Return what stands beside a post.

        :param post: the post.
        :param links: its related links; the posts that they lead to are not named again.
        """
        older, newer = self._blog.adjacent[post.key]
        parts = list(self._series.parts(post))
        named = {key for page in _linked(links) for key in self._blog.by_docname.get(page, ())}
        named |= {key for part in parts for key in part.shown}
        related = () if "related" in post.front_matter.hide else self._related.of(post.key, without=named)
        return {
            "older": self._link(older),
            "newer": self._link(newer),
            "series": [self._part(part) for part in parts],
            "related": [{**self._named(key), "created": self._pages.date(self._blog.posts[key])} for key in related],
        }

    def _part(self, part: Part) -> dict[str, Any]:
        return {
            "name": self._pages.name_of(part.series),
            "page": part.series.pagename,
            "number": part.number,
            "count": part.count,
            "first": part.first,
            "posts": [self._named(key) for key in part.shown],
        }

    def _link(self, key: str | None) -> dict[str, str] | None:
        return None if key is None else self._named(key)

    def _named(self, key: str) -> dict[str, str]:
        post = self._blog.posts[key]
        return {"page": post.docname, "anchor": post.anchor, "title": self._pages.title_of(post)}


def _linked(links: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the pages that links lead to, those below headings among them."""
    for link in links:
        if "page" in link:
            yield link["page"]
        yield from _linked(link.get("children", ()))
