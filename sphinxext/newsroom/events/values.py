"""The kinds of value that only events have: what is right, and how what is nearly right is read.

Each ``to_…`` function is a reader for :func:`sphinxext.newsroom.validation.coerce.coerced`.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import time
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.core import Locale

from sphinxext.newsroom.event_models import LEVELS, MOVED_ONLINE, STATUSES
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.values import FALSE, NOT_EMPTY, TRUE, split_names, texts, to_moment, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sphinxext.newsroom.validation.coerce import InvalidValue

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
# As people write it: nobody writes seconds, without which YAML takes a time for text.
_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[Zz]|[+-]\d{2}:?\d{2})?")
_DURATION = re.compile(r"\s*P?T?\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*(?:h|hours?)?\s*", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>,;:\"'()\[\]\\]+@[^\s@<>,;:\"'()\[\]\\]+\.[^\s@<>,;:\"'()\[\]\\]+")
STATUS_ALIASES = {
    "canceled": "cancelled",
    "confirmed": "scheduled",
    "moved": "rescheduled",
    "online": MOVED_ONLINE,
    "movedonline": MOVED_ONLINE,
}
MAX_LATITUDE, MAX_LONGITUDE = 90, 180


# -- What is right


def is_zone(name: str) -> bool:
    """Return whether a text is the name of a time zone.

    :param name: such as ``Europe/Tallinn``.
    """
    try:
        ZoneInfo(name)
    # A folder of the database, a path that leads out of it, or a name that no file can have.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_language(code: str) -> bool:
    """Return whether a text is a language code.

    :param code: such as ``en`` or ``pt-BR``.
    """
    return CODE.fullmatch(code) is not None


def is_email(text: str) -> bool:
    """Return whether a text is an email.

    :param text: what somebody wrote.
    """
    return _MAIL.fullmatch(text) is not None


# -- Readers


def to_when(found: InvalidValue) -> Any:
    """Read a date with a time, and whatever else can be read as a date.

    :param found: the value.
    """
    if isinstance(found.value, str) and _WRITTEN.fullmatch(found.value.strip()):
        return to_moment(replace(found, silent=True))
    return to_moment(found)


def to_end(found: InvalidValue) -> Any:
    """Read an end on the day of the start, written as a time alone, which YAML takes for a number in base 60.

    :param found: the value.
    """
    if isinstance(found.value, (str, int)) and (match := _TIME.fullmatch(found.raw.strip())):
        return time(int(match[1]), int(match[2]))
    return to_when(found)


def to_moments(found: InvalidValue) -> Any:
    """Read one date as a list, and dates that are written as text.

    :param found: the value.
    """
    if not isinstance(found.value, list):
        return [to_when(found) if isinstance(found.value, str) else found.value]
    return [
        to_when(found.inside(index, item)) if isinstance(item, str) else item for index, item in enumerate(found.value)
    ]


def to_zone(found: InvalidValue) -> Any:
    """Refuse what is not the name of a time zone.

    :param found: the value.
    """
    hint = suggestion(found.value, available_timezones()) if isinstance(found.value, str) else ""
    message = "the name of a time zone such as Europe/Tallinn"
    raise found.reject(message, f"The time zone of the blog is used.{hint}")


def to_sentences(found: InvalidValue) -> Any:
    """Read a single text as a list; a sentence may have commas in it.

    :param found: the value.
    """
    if found.value is None:
        return []
    if isinstance(found.value, str):
        return [found.value] if found.value.strip() else []
    if isinstance(found.value, list):
        return texts(found, str)
    return [to_text(found)]


def to_people(found: InvalidValue) -> Any:
    """Read one or several names as a list.

    :param found: the value.
    """
    if found.value is None:
        return []
    if isinstance(found.value, dict):
        return [found.value]
    if isinstance(found.value, str):
        return split_names(found.value)
    if isinstance(found.value, list):
        return texts(found, str, dict)
    raise found.reject("a name, or a list of names")


def nothing_or(expected: str) -> Callable[[InvalidValue], Any]:
    """Return a reader that takes an empty value for none, and rejects any other.

    :param expected: what is right, for the message.
    """

    def read(found: InvalidValue) -> Any:
        if found.value is None:
            return None
        raise found.reject(expected)

    return read


def to_online(found: InvalidValue) -> Any:
    """Read a word for yes or no.

    :param found: the value.
    """
    if found.value is None or (isinstance(found.value, str) and found.value.strip().casefold() in FALSE):
        return None
    raise found.reject("true, a text such as 'Zoom', or a mapping with 'name' and 'url'")


def to_status(found: InvalidValue) -> Any:
    """Read another word for a status.

    :param found: the value.
    """
    word = re.sub(r"[\s_]+", "-", str(found.value).strip().casefold())
    return _one_of(STATUSES, STATUS_ALIASES.get(word, word), found)


def to_level(found: InvalidValue) -> Any:
    """Read a level in capital letters.

    :param found: the value.
    """
    return _one_of(LEVELS, str(found.value).strip().casefold(), found)


def _one_of(words: Collection[str], word: str, found: InvalidValue) -> str:
    if word in words:
        return word
    raise found.reject(f"one of {', '.join(words)}", suggestion(word, words))


def to_languages(found: InvalidValue) -> Any:
    """Read languages as a list of codes, by their names if these are English.

    :param found: the value.
    """
    items = found.value if isinstance(found.value, list) else str(found.value or "").split(",")
    codes = []
    for index, item in enumerate(items):
        place = found.inside(index, item) if isinstance(found.value, list) else found
        text = str(item).strip()
        if is_language(text):
            codes.append(text)
        elif (code := _language_codes().get(text.casefold())) is not None:
            codes.append(place.read_as(code, "a language code such as 'en'"))
        elif text:
            place.ignore("a language code such as 'en'", suggestion(text, _language_codes()))
    return codes


@cache
def _language_codes() -> Mapping[str, str]:
    return {str(name).casefold(): str(code) for code, name in Locale("en").languages.items() if len(code) == len("en")}


def to_hours(found: InvalidValue) -> Any:
    """Read hours that are written with a unit or as a duration.

    :param found: the value.
    """
    if isinstance(found.value, str) and (match := _DURATION.fullmatch(found.value)):
        return float(match[1].replace(",", "."))
    raise found.reject("a number of hours, such as 18")


def is_hours(value: float) -> bool:
    """Return whether a number can be a number of hours.

    :param value: the number.
    """
    return math.isfinite(value) and value > 0


def to_capacity(found: InvalidValue) -> Any:
    """Read a number in quotes.

    :param found: the value.
    """
    if isinstance(found.value, str) and re.fullmatch(r"\s*[1-9]\d{0,6}\s*", found.value, re.ASCII):
        return found.read_as(int(found.value), "a whole number")
    raise found.reject("a whole number, 1 or more")


def to_coordinate(found: InvalidValue) -> Any:
    """Read a number in quotes.

    :param found: the value.
    """
    if isinstance(found.value, str) and re.fullmatch(r"\s*-?\d{1,3}(?:\.\d{1,12})?\s*", found.value, re.ASCII):
        return found.read_as(float(found.value), "a number of degrees")
    raise found.reject("a number of degrees, such as 58.38")


def to_geo(found: InvalidValue) -> Any:
    """Read two numbers with a comma between them.

    :param found: the value.
    """
    if isinstance(found.value, str):
        parts = found.value.split(",")
        if all(re.fullmatch(r"\s*-?\d{1,3}(?:\.\d{1,12})?\s*", part, re.ASCII) for part in parts):
            return [float(part) for part in parts]
    raise found.reject("latitude and longitude, such as [58.3857, 26.7251]")


def is_position(pair: list[float]) -> bool:
    """Return whether two numbers are a latitude and a longitude.

    :param pair: the numbers.
    """
    return len(pair) == 2 and abs(pair[0]) <= MAX_LATITUDE and abs(pair[1]) <= MAX_LONGITUDE  # noqa: PLR2004 - a pair


def to_url(found: InvalidValue) -> Any:
    """Refuse what is not the URL of a web page.

    :param found: the value.
    """
    if found.value in ("", None):
        return None
    if isinstance(found.value, str) and is_web_url(found.value.strip()):
        return found.value.strip()
    raise found.reject("a URL that starts with https:// or http://")


def to_email(found: InvalidValue) -> Any:
    """Read an email written as a mailto: URL.

    :param found: the value.
    """
    if found.value in ("", None):
        return None
    if isinstance(found.value, str) and is_email(mail := found.value.strip().removeprefix("mailto:")):
        return mail
    raise found.reject("an email such as office@example.org")


def to_registration_flag(found: InvalidValue) -> Any:
    """Read a word for yes or no.

    :param found: the value.
    """
    word = str(found.value).strip().casefold()
    if word in TRUE | FALSE:
        return found.read_as(word in TRUE, "true or false")
    raise found.reject("true or false")


def to_mappings(found: InvalidValue) -> Any:
    """Read one mapping as a list, and leave out what is none.

    :param found: the value.
    """
    if found.value is None:
        return []
    items = [found.value] if isinstance(found.value, dict) else found.value
    if not isinstance(items, list):
        raise found.reject("a list of mappings")
    for index, item in enumerate(items):
        if not isinstance(item, dict):
            found.inside(index, item).ignore("a mapping")
    return [item if isinstance(item, dict) else {} for item in items]


def to_topics(found: InvalidValue) -> Any:
    """Read a single topic as a list.

    :param found: the value.
    """
    if found.value is None:
        return []
    if isinstance(found.value, (str, int, dict)):
        return [found.value]
    raise found.reject("a list of EDAM topics, each by its number or name")


def to_mapping(found: InvalidValue) -> Any:
    """Leave what is not a mapping.

    :param found: the value.
    """
    if found.value is None:
        return {}
    raise found.reject(f"a mapping, or {NOT_EMPTY}")
