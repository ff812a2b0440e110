"""Types of values that any file can have, and how nearly valid values are read.

Each ``to_…`` function is a reader for :func:`sphinxext.newsroom.validation.coerce.coerced`.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.validation.coerce import UnusableError

if TYPE_CHECKING:
    from sphinxext.newsroom.validation.coerce import InvalidValue

DATE = "a date such as 2024-01-31"
TRUE = frozenset({"true", "yes", "on", "1", "y"})
NOT_EMPTY = "text that is not empty"
FALSE = frozenset({"false", "no", "off", "0", "n", "none", "null"})


def to_text(found: InvalidValue) -> Any:
    """Read a number, a date, or what YAML takes for a yes or no, as the text that was written.

    :param found: the value.
    """
    if isinstance(found.value, (bool, int, float, date)):
        return found.read_as(found.raw, "text")
    raise found.reject("text")


def to_flag(found: InvalidValue) -> Any:
    """Read a number or word that means yes or no.

    :param found: the value.
    """
    word = str(found.value).strip().casefold() if isinstance(found.value, (str, int)) else None
    if word in TRUE:
        return found.read_as(True, "true or false")
    if word in FALSE:
        return found.read_as(False, "true or false")
    # A flag of a field list or directive has no value: it is there or not.
    if word == "" and found.silent:
        return True
    raise found.reject("true or false", suggestion(word, ("true", "false")) if word else "")


def to_moment(found: InvalidValue) -> Any:
    """Read a date written as text.

    :param found: the value.
    """
    if isinstance(found.value, bool) or not isinstance(found.value, (str, int)):
        raise found.reject(DATE)
    try:
        moment = read_date(found.raw, month_first=found.context.silent)
    except NotADateError as error:
        raise found.reject(DATE, str(error)) from None
    return found.read_as(moment, DATE, correction=str(moment))


def to_number(found: InvalidValue) -> Any:
    """Read a number with a fraction, or in quotes; rounded up.

    :param found: the value.
    """
    expected = "a whole number, 0 or more"
    number: float | None = found.value if isinstance(found.value, float) else None
    if isinstance(found.value, str) and (
        match := re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?)\s*(?:min\.?|minutes)?\s*", found.value)
    ):
        number = float(match[1])
    if number is None or not math.isfinite(number) or number < 0:
        raise found.reject(expected)
    return found.read_as(math.ceil(number), expected)


def to_texts(found: InvalidValue) -> Any:
    """Read a single value, or several with commas between them, as a list; read the items of a list as text.

    :param found: the value.
    """
    value = found.value
    if isinstance(value, list):
        return texts(found, str)
    if value is None:
        return found.read_as([], "a list")
    if isinstance(value, str):
        if not value.strip() and found.silent and not found.context.silent:
            # ABlog's fields can be empty; anywhere else, the writer has forgotten something.
            raise found.reject(NOT_EMPTY)
        return found.read_as(split_text(value), "a list")
    if isinstance(value, (bool, int, float, date)):
        return found.read_as([found.raw], "a list")
    raise found.reject("a list")


def split_text(text: str) -> list[str]:
    """Return the parts of a text with commas, as ABlog writes lists.

    :param text: such as ``"a, b"``, ``"[a, b]"`` or ``"a"``.
    """
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return [part for part in (part.strip().strip("\"'").strip() for part in text.split(",")) if part]


def split_names(text: str) -> list[str]:
    """Return the names in a text, between which there are semicolons or, if there is none, commas.

    :param text: such as ``"Training team, Release team"``.
    """
    return [name for name in map(str.strip, text.split(";")) if name] if ";" in text else split_text(text)


def texts(found: InvalidValue, *kinds: type) -> list[Any]:
    """Return the items of a list, each as text unless it is of a kind that may stay.

    :param found: a list.
    :param kinds: the types that may stay.
    """
    items = []
    for index, item in enumerate(found.value):
        if isinstance(item, str) and not item.strip():
            found.inside(index, item).ignore(NOT_EMPTY)
            continue
        try:
            items.append(item if isinstance(item, kinds) else to_text(found.inside(index, item)))
        except UnusableError:
            continue
    return items
