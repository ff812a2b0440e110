"""All spellings of a model's keys, and suggestions for unknown ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import AliasChoices

if TYPE_CHECKING:
    from pydantic import BaseModel


# Pairs of fields, of which the second is read only if the first is not set.
ONE_MEANING = (("authors", "author"), ("categories", "category"))
# Keys of other programs that look like misspellings of our keys.
ELSEWHERE = frozenset({"nosearch", "last_update"})


@cache
def aliases(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """Return every name under which a file can give a field, the first is the usual one.

    :param model: the model.
    :param field: the name of the field.
    """
    alias = model.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return tuple(str(choice) for choice in alias.choices)
    return (str(alias or field),)


@cache
def known_keys(model: type[BaseModel]) -> frozenset[str]:
    """Return every key that a model knows, in every spelling.

    :param model: the model.
    """
    return frozenset(name for field in model.model_fields for name in aliases(model, field))


@cache
def misspelled(key: str, model: type[BaseModel]) -> str | None:
    """Return the known key that was probably meant, or None for a custom key.

    :param key: a key that the model does not know.
    :param model: the model.
    """
    known = known_keys(model)
    word = key.casefold()
    if word in known:
        return None if key in known else word
    # A compound of a known key (meta_description, og:image) is the writer's own, too.
    if key in ELSEWHERE or known.intersection(re.split(r"[^a-z]+", word)):
        return None
    if swapped := [name for name in sorted(known) if name[0] == word[:1] and sorted(name) == sorted(word)]:
        return swapped[0]
    from rapidfuzz import fuzz, process

    match = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=80)
    return match[0] if match else None
