"""Read the fields of a mapping: checked by its model, with the place of each for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.validation.coerce import check, report_misspelled_keys, text_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from sphinxext.newsroom.validation.coerce import ValidationContext

    Keys = tuple[str | int, ...]


def read_fields(
    context: ValidationContext, model: type[BaseModel], value: Mapping[Any, Any], keys: Keys
) -> tuple[dict[str, Any], ValidationContext]:
    """Return the checked values of a mapping by field, and the context for what else is said of them.

    :param context: that of the event.
    :param model: the keys that the mapping can have.
    :param value: the mapping.
    :param keys: its place in the front matter.
    """
    mapping = text_keys(value)
    inside = context.inside(model, mapping, keys)
    values, extra = check(model, mapping, inside)
    report_misspelled_keys(extra, model, inside)
    return values, inside


def keys_of(context: ValidationContext, field: str) -> Keys:
    """Return the place of a field, in the spelling of the file.

    :param context: that of the mapping with the field.
    :param field: its name in the model.
    """
    return context.found(field, None, subtype=None, silent=False).keys


def one_line(text: str | None) -> str:
    """Return a text on one line.

    :param text: None for no text.
    """
    return collapse_whitespace(text or "")


def lines(items: Sequence[str] | None) -> tuple[str, ...]:
    """Return texts on one line each, without empty ones and repetitions.

    :param items: the texts; None for none.
    """
    return tuple(dict.fromkeys(line for item in items or () if (line := one_line(item))))
