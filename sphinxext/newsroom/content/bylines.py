"""Find the authors of a post among those of the authors file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Problem, Subtype, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def resolve_authors(
    refs: Iterable[str | Author],
    authors: Mapping[str, Author],
    *,
    path: str,
    line: int | None,
    authors_file: str,
) -> tuple[tuple[Author, ...], tuple[Problem, ...]]:
    """Return the authors of a post. One who is not in the authors file is kept, with the id as name.

    :param refs: what the post says.
    :param authors: the authors of the authors file, by id.
    :param path: the post, for messages.
    :param line: its line, for messages.
    :param authors_file: the path of the authors file, for messages.
    """
    found: dict[str, Author] = {}
    problems = []
    for ref in refs:
        if isinstance(ref, Author):
            found.setdefault(ref.id, ref)
            continue
        author = authors.get(ref)
        if author is None:
            author = next((known for known in authors.values() if known.name == ref), None)
            hint = f" It is the name of {author.id!r}; write the id." if author else suggestion(ref, authors)
            message = f"author {ref!r} is not in {authors_file}.{hint}"
            problems.append(Problem(subtype=Subtype.AUTHOR, message=message, path=path, line=line))
            author = author or Author(id=ref, name=ref)
        found.setdefault(author.id, author)
    return tuple(found.values()), tuple(problems)
