"""Read the authors file, and authors who are written into a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.authors import AuthorKeys, _author
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.yaml import YamlPlaces, load
from sphinxext.newsroom.validation.coerce import Review, shown, text_keys

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
    places = YamlPlaces(text)
    review = Review(AuthorKeys, {}, places=places, path=path, subtype=Subtype.AUTHOR)
    authors = {
        identifier: _author(identifier, entry, review.inside(AuthorKeys, entry, keys))
        for identifier, entry, keys in _entries(data, places, review)
    }
    return authors, (*problems, *review.problems)


def _entries(data: Any, places: YamlPlaces, review: Review) -> Iterator[tuple[str, Mapping[str, Any], tuple[str, ...]]]:
    """Yield the id of each author of the file, what the file says about them, and where."""
    above: tuple[str, ...] = ()
    if isinstance(data, dict) and "authors" in data:
        above = ("authors",)
        for key in map(str, data):
            if key != "authors":
                message = (
                    f"{key!r} is ignored; expected nothing beside 'authors', authors stand below it with an indent."
                )
                review.report(message, (key,))
        data = data["authors"]
    if data is None:
        return
    if not isinstance(data, dict):
        review.report(f"the authors are {shown(data)}; expected a mapping of ids to authors.", above)
        return
    for key, entry in data.items():
        identifier = key if isinstance(key, str) else places.key(*above, str(key)) or str(key)
        keys = (*above, identifier)
        if not isinstance(key, str):
            review.report(f"the id {shown(key)} is not text; it is read as {identifier!r}.", keys)
        if isinstance(entry, dict):
            yield identifier, text_keys(entry), keys
        elif entry is None:
            yield identifier, {}, keys
        else:
            name = entry if isinstance(entry, str) else identifier
            message = f"author {identifier!r} is {shown(entry)}; expected a mapping with 'name'. The name is {name!r}."
            review.report(message, keys)
            yield identifier, {"name": name}, keys
