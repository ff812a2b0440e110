"""The venues file: the places that a site uses again and again, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.events.parse import parse_place
from sphinxext.newsroom.events.schema import PlaceKeys
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.yaml import YamlSourceMap, load
from sphinxext.newsroom.validation.coerce import ValidationContext, format_value, text_keys

if TYPE_CHECKING:
    from sphinxext.newsroom.event_models import Place


def parse_venues(text: str, *, path: str) -> tuple[dict[str, Place], tuple[Problem, ...]]:
    """Return the places of a venues file by name, and everything that is wrong with it.

    :param text: the text of the file.
    :param path: the file, for messages.
    """
    text = text.removeprefix("\ufeff")
    data, mistakes = load(text)
    problems = [Problem(subtype=Subtype.EVENT, message=message, path=path, line=line) for message, line in mistakes]
    if data is None:
        return {}, tuple(problems)
    source_map = YamlSourceMap(text)
    context = ValidationContext(PlaceKeys, {}, source_map=source_map, path=path, subtype=Subtype.EVENT)
    if not isinstance(data, dict):
        context.report(f"the venues are {format_value(data)}; expected a mapping of names to places.", ())
        return {}, (*problems, *context.problems)
    venues = {}
    for key, entry in data.items():
        name = key if isinstance(key, str) else source_map.key(str(key)) or str(key)
        if not isinstance(entry, dict):
            message = (
                f"venue {name!r} is {format_value(entry)}; expected a mapping with 'name' and 'city'. It is ignored."
            )
            context.report(message, (name,))
            continue
        mapping = text_keys(entry)
        venues[name] = parse_place(mapping, context.inside(PlaceKeys, mapping, (name,)))
    return venues, (*problems, *context.problems)
