"""Posts that a post links to: the older and newer one, the other parts of its series, related posts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from sphinxext.newsroom.blog.related import find_related
from sphinxext.newsroom.blog.series import Series
from sphinxext.newsroom.environment.post_references import post_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.related import RelatedPosts
    from sphinxext.newsroom.blog.series import Part
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Date, PostLink, RelatedLink, RelatedPost, SeriesPart
    from sphinxext.newsroom.pages.titles import Titles


class AdjacentPostsData(TypedDict):
    """The part of :class:`.PostData` that is about other posts."""

    older: PostLink | None
    newer: PostLink | None
    series: list[SeriesPart]
    related: list[RelatedPost]


class AdjacentPosts:
    """Makes the contexts of the posts that the page of a post leads to."""

    def __init__(
        self, env: BuildEnvironment, site: Site, blog: Blog, titles: Titles, *, date_of: Callable[[Post], Date]
    ) -> None:
        """Use a blog whose index is complete.

        :param env: the environment, all documents read.
        """
        self._env, self._site, self._blog, self._titles, self._date_of = env, site, blog, titles, date_of

    @cached_property
    def _series(self) -> Series:
        return Series(self._blog)

    @cached_property
    def _related(self) -> RelatedPosts:
        return find_related(self._blog, post_objects(self._env, self._site.planned))

    def of(self, post: Post, links: Iterable[RelatedLink]) -> AdjacentPostsData:
        """Return the posts that the page of a post links to.

        :param links: its related links; their targets are excluded from related posts.
        """
        older, newer = self._blog.adjacent[post.key]
        parts = list(self._series.parts(post))
        linked = {key for page in _linked_pages(links) for key in self._blog.by_docname.get(page, ())}
        linked |= {key for part in parts for key in part.shown}
        related = () if "related" in post.front_matter.hide else self._related.of(post.key, without=linked)
        return {
            "older": self._link(older) if older is not None else None,
            "newer": self._link(newer) if newer is not None else None,
            "series": [self._series_part(part) for part in parts],
            "related": [{**self._link(key), "created": self._date_of(self._blog.posts[key])} for key in related],
        }

    def _series_part(self, part: Part) -> SeriesPart:
        return {
            "name": self._titles.of_collection(part.series),
            "page": part.series.pagename,
            "number": part.number,
            "count": part.count,
            "first": part.first,
            "posts": [self._link(key) for key in part.shown],
        }

    def _link(self, key: str) -> PostLink:
        post = self._blog.posts[key]
        return {"page": post.docname, "anchor": post.anchor, "title": self._titles.of_post(post)}


def _linked_pages(links: Iterable[RelatedLink]) -> Iterator[str]:
    """Yield the pages that links lead to, those below headings among them."""
    for link in links:
        if link["page"]:
            yield link["page"]
        yield from _linked_pages(link["children"])
