"""The terms of a post in every taxonomy, by the keys that queries use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.content.permalinks import term_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.models import Post

# The kinds of label by which posts can be chosen -> where a post has them.
KINDS = {
    "category": "categories",
    "tag": "tags",
    "series": "series",
    "author": "authors",
    "location": "locations",
    "language": "languages",
}


def term_names(post: Post, kind: str) -> dict[str, str]:
    """Return the labels of one kind of a post: names by what the index knows them by.

    :param post: the post.
    :param kind: a key of :data:`KINDS`.
    """
    if kind == "author":
        return {author.id: author.name for author in post.authors}
    names: dict[str, str] = {}
    for name in getattr(post.front_matter, KINDS[kind]):
        names.setdefault(term_key(name), name)
    return names


def term_keys(post: Post, kind: str) -> set[str]:
    """Return what the labels of one kind of a post can be asked for by; an author by id and by name.

    :param post: the post.
    :param kind: a key of :data:`KINDS`.
    """
    return keys_of(terms_of(post, kind))


def terms_of(post: Post, kind: str) -> set[str]:
    """Return every text that stands for a label of one kind of a post; of an author, id and name.

    :param post: the post.
    :param kind: a key of :data:`KINDS`.
    """
    names = term_names(post, kind)
    return {*names.values(), *names} if kind == "author" else set(names.values())


def keys_of(labels: Iterable[str]) -> set[str]:
    """Return what labels are known by.

    :param labels: as they are written.
    """
    return {term_key(label) for label in labels}
