"""Compute related posts from the terms that posts share."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sphinxext.newsroom.blog.index import Blog

Label = tuple[str, str]
"""What a post is about: a kind such as ``tag``, and what posts share."""

ENOUGH = 32
"""How many posts are compared with a post, give or take those of one label. It bounds the work in a large blog."""
_SCALE = 1000


class RelatedPosts:
    """Finds related posts through an index of their terms, so that no post has to be compared with all others.

    A label counts by the weight of its kind, and more the fewer posts have it. A label that only one post has says
    nothing about others. Whole numbers are added, so that the order in which they are makes no difference.
    """

    def __init__(
        self, labels: Mapping[str, Collection[Label]], *, weights: Mapping[str, int], threshold: int, length: int
    ) -> None:
        """Count how many posts have each label.

        :param labels: the labels of each post by its key; the posts in the order of time.
        :param weights: how much a kind of label counts; one that is not named does not.
        :param threshold: how much of what a post is about another one has to share, in percent.
        :param length: how many related posts a post has at most.
        """
        self._keys = tuple(labels)
        self._numbers = {key: number for number, key in enumerate(self._keys)}
        self._threshold, self._length = threshold, length
        members: dict[Label, list[int]] = {}
        for number, found in enumerate(labels.values()):
            for label in sorted(set(found)):
                if weights.get(label[0]):
                    members.setdefault(label, []).append(number)
        values = {
            label: round(_SCALE * weights[label[0]] * math.log1p(len(self._keys) / len(posts)))
            for label, posts in members.items()
            if len(posts) > 1
        }
        # From here on a label is its rank: small numbers are quickly compared, and those that count most come first.
        ranked = sorted(values, key=lambda label: (-values[label], label))
        self._values = [values[label] for label in ranked]
        self._members = [members[label] for label in ranked]
        of_posts: list[list[int]] = [[] for _ in self._keys]
        for rank, posts in enumerate(self._members):
            for number in posts:
                of_posts[number].append(rank)
        self._labels = [frozenset(ranks) for ranks in of_posts]

    def of(self, key: str, *, without: Collection[str] = ()) -> tuple[str, ...]:
        """Return the keys of the posts that are related to a post, the nearest in subject first, then in time.

        :param key: the post.
        :param without: posts that the page links to anyway.
        """
        if not self._length:
            return ()
        number = self._numbers[key]
        value = self._values.__getitem__
        own = self._labels[number]
        needed = self._threshold * sum(map(value, own))
        left_out = {number, *(self._numbers[other] for other in without if other in self._numbers)}
        ranked = []
        for other in self._candidates(number, left_out):
            shared = sum(map(value, own & self._labels[other]))
            if 100 * shared >= needed:
                ranked.append((-shared, abs(other - number), -other))
        return tuple(self._keys[-other] for *_, other in sorted(ranked)[: self._length])

    def _candidates(self, number: int, left_out: set[int]) -> set[int]:
        """Return posts that share a label, from the one that counts most until there are enough.

        Of a label that very many posts have, those nearest in time are taken.
        """
        found: set[int] = set()
        for label in sorted(self._labels[number]):
            posts = self._members[label]
            if len(posts) > ENOUGH:
                at = bisect_left(posts, number)
                posts = posts[max(0, at - ENOUGH // 2) : at + ENOUGH // 2 + 1]
            found.update(posts)
            found -= left_out
            if len(found) >= ENOUGH:
                break
        return found


def find_related(blog: Blog, objects: Mapping[str, Collection[str]]) -> RelatedPosts:
    """Return what finds the related posts of a blog.

    :param blog: the blog.
    :param objects: names of what each document refers to, by docname.
    """
    options = blog.options
    labels: dict[str, set[Label]] = {}
    for post in reversed(blog.recent()):
        found = {(collection.kind, collection.id) for collection in blog.labels.get(post.key, ())}
        labels[post.key] = found | {("object", name) for name in objects.get(post.docname, ())}
    return RelatedPosts(
        labels,
        weights={str(kind): weight for kind, weight in options.related_weights.items()},
        threshold=options.related_threshold,
        length=options.related_length,
    )
