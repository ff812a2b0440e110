"""The terms of a post in every taxonomy, by the keys that queries use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.config.taxonomy_kinds import AUTHOR
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
    from sphinxext.newsroom.models import Post


def term_names(post: Post, kind: TaxonomyKind) -> dict[str, str]:
    """Return the terms of one kind of a post: names by what the index knows them by.

    :param post: the post.
    :param kind: the kind of taxonomy; the archive has no terms in front matter.
    """
    if kind.name == AUTHOR:
        return {author.id: author.name for author in post.authors}
    names: dict[str, str] = {}
    for name in read_terms(post.front_matter.extra.get(kind.key))[0] if kind.key else _field(post, kind):
        names.setdefault(term_key(name), name)
    return names


def _field(post: Post, kind: TaxonomyKind) -> Iterable[str]:
    names: tuple[str, ...] = getattr(post.front_matter, kind.field) if kind.field else ()
    return names


def read_terms(value: Any) -> tuple[list[str], list[Any]]:
    """Return the terms that a key of front matter gives, and the items that are none.

    :param value: its value: text, or a list of texts.
    """
    items = value if isinstance(value, list) else [value]
    names = [collapse_whitespace(str(item)) for item in items if _is_term(item)]
    wrong = [item for item in items if not _is_term(item) and value is not None]
    return [name for name in names if name], wrong


def _is_term(item: Any) -> bool:
    return isinstance(item, (str, int, float)) and not isinstance(item, bool)


def term_keys(post: Post, kind: TaxonomyKind) -> set[str]:
    """Return what the labels of one kind of a post can be asked for by; an author by id and by name.

    :param post: the post.
    :param kind: the kind of taxonomy.
    """
    return keys_of(terms_of(post, kind))


def terms_of(post: Post, kind: TaxonomyKind) -> set[str]:
    """Return every text that identifies a term of a post in one taxonomy; for an author, id and name.

    :param post: the post.
    :param kind: the kind of taxonomy.
    """
    names = term_names(post, kind)
    return {*names.values(), *names} if kind.name == AUTHOR else set(names.values())


def keys_of(labels: Iterable[str]) -> set[str]:
    """Return what labels are known by.

    :param labels: as they are written.
    """
    return {term_key(label) for label in labels}
