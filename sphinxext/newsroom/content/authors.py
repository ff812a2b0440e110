"""Parse the authors file (``.authors.yml``), which ``BlogSection`` reads and caches, and resolve the authors of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.author_keys import AuthorKeys, make_author
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.yaml import YamlSourceMap, load
from sphinxext.newsroom.validation.coerce import ValidationContext, format_value, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def parse_authors(text: str, *, path: str) -> tuple[dict[str, Author], tuple[Problem, ...]]:
    """Return the authors of an authors file by id, and its problems.

    :param text: the text of the file.
    :param path: the file, for messages.
    """
    text = text.removeprefix("\ufeff")
    data, mistakes = load(text)
    problems = [Problem(subtype=Subtype.AUTHOR, message=message, path=path, line=line) for message, line in mistakes]
    source_map = YamlSourceMap(text)
    context = ValidationContext(AuthorKeys, {}, source_map=source_map, path=path, subtype=Subtype.AUTHOR)
    authors = {
        identifier: make_author(identifier, entry, context.inside(AuthorKeys, entry, keys))
        for identifier, entry, keys in _entries(data, source_map, context)
    }
    return authors, (*problems, *context.problems)


def _entries(
    data: Any, source_map: YamlSourceMap, context: ValidationContext
) -> Iterator[tuple[str, Mapping[str, Any], tuple[str, ...]]]:
    """Yield the id of each author in the file, its entry, and the location."""
    above: tuple[str, ...] = ()
    if isinstance(data, dict) and "authors" in data:
        above = ("authors",)
        for key in map(str, data):
            if key != "authors":
                message = f"{key!r} is ignored; expected nothing next to 'authors': authors are indented below it."
                context.report(message, (key,))
        data = data["authors"]
    if data is None:
        return
    if not isinstance(data, dict):
        context.report(f"the authors are {format_value(data)}; expected a mapping of ids to authors.", above)
        return
    for key, entry in data.items():
        identifier = key if isinstance(key, str) else source_map.key(*above, str(key)) or str(key)
        keys = (*above, identifier)
        if not isinstance(key, str):
            context.report(f"the id {format_value(key)} is not text; it is read as {identifier!r}.", keys)
        if isinstance(entry, dict):
            yield identifier, text_keys(entry), keys
        elif entry is None:
            yield identifier, {}, keys
        else:
            name = entry if isinstance(entry, str) else identifier
            message = (
                f"author {identifier!r} is {format_value(entry)}; expected a mapping with 'name'. The name is {name!r}."
            )
            context.report(message, keys)
            yield identifier, {"name": name}, keys


def resolve_authors(
    refs: Iterable[str | Author],
    authors: Mapping[str, Author],
    *,
    path: str,
    line: int | None,
    authors_file: str,
) -> tuple[tuple[Author, ...], tuple[Problem, ...]]:
    """Return the authors of a post. An unknown author has the id as name.

    :param refs: the authors in the front matter.
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
