"""Read the authors file, and authors who are written into a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.authors import AuthorKeys, _author
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.yaml import YamlSourceMap, load
from sphinxext.newsroom.validation.coerce import ValidationContext, format_value, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext.newsroom.models import Author


# -- Readers: see lenient


def parse_authors(text: str, *, path: str) -> tuple[dict[str, Author], tuple[Problem, ...]]:
    """Return the authors of an authors file by id, and everything that is wrong with it.

    :param text: the text of the file.
    :param path: the file, for messages.
    """
    text = text.removeprefix("\ufeff")
    data, mistakes = load(text)
    problems = [Problem(subtype=Subtype.AUTHOR, message=message, path=path, line=line) for message, line in mistakes]
    source_map = YamlSourceMap(text)
    context = ValidationContext(AuthorKeys, {}, source_map=source_map, path=path, subtype=Subtype.AUTHOR)
    authors = {
        identifier: _author(identifier, entry, context.inside(AuthorKeys, entry, keys))
        for identifier, entry, keys in _entries(data, source_map, context)
    }
    return authors, (*problems, *context.problems)


def _entries(
    data: Any, source_map: YamlSourceMap, context: ValidationContext
) -> Iterator[tuple[str, Mapping[str, Any], tuple[str, ...]]]:
    """Yield the id of each author of the file, what the file says about them, and where."""
    above: tuple[str, ...] = ()
    if isinstance(data, dict) and "authors" in data:
        above = ("authors",)
        for key in map(str, data):
            if key != "authors":
                message = (
                    f"{key!r} is ignored; expected nothing beside 'authors', authors stand below it with an indent."
                )
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
