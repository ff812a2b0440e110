"""Parse dates, and format them for URLs and pages."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from babel import dates
from dateutil import parser

if TYPE_CHECKING:
    from datetime import tzinfo

    from babel.core import Locale

_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?:[Tt ]\s*(?P<time>.+))?"
)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})\b")
MONTHS = 12
YEAR_DIGITS = 4
DATE_LENGTHS = ("full", "long", "medium", "short")


class NotADateError(ValueError):
    """A text does not name one day. The message says why, if there is more to say."""


def read_date(text: str, *, month_first: bool = False) -> date | datetime:
    """Return the date that a text names; with a time of day if it names one.

    :param text: such as ``2024-1-1``, ``2024/01/01 12:00`` or ``May 07, 2024``.
    :param month_first: whether ``02/03/2024`` is in February, as in ABlog; otherwise the format is ambiguous.
    :raises NotADateError: when year, month and day are not all there, or it is not clear which is which.
    """
    text = text.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        # Completed to the form that the parser reads in no other order.
        text = f"{match['year']}-{match['month']:0>2}-{match['day']:0>2} {match['time'] or ''}".strip()
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            raise NotADateError from None
    day_first = False
    if match := _NUMBERS.match(text):
        first, second = int(match[1]), int(match[3])
        day_first = first > MONTHS
        is_clear = len(match[4]) == YEAR_DIGITS and (first > MONTHS or second > MONTHS or first == second)
        if not is_clear and not month_first:
            message = "It is not clear which number is what; write the year first, with four digits."
            raise NotADateError(message)
    # What the text does not say is filled from a default; it shows in what differs between two of them.
    one = _parse(text, day_first, datetime(2000, 1, 1))  # noqa: DTZ001 - only a default
    other = _parse(text, day_first, datetime(2004, 2, 2, 1))  # noqa: DTZ001 - only a default
    if one.date() != other.date() or not is_in_range(one):
        raise NotADateError
    return one if one.hour == other.hour else one.date()


def build_time() -> datetime:
    """Return the time of the build: ``SOURCE_DATE_EPOCH`` where it is set, else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def is_in_range(value: date) -> bool:
    """Return whether a date can be carried to any time zone.

    :param value: a date or datetime.
    """
    return date.min.year < value.year < date.max.year


def aware(value: date, zone: tzinfo) -> datetime:
    """Return a date as a moment: midnight if it names no time, in a time zone if it names none.

    :param value: a date or datetime.
    :param zone: the time zone.
    """
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    return value if value.tzinfo is not None else value.replace(tzinfo=zone)


def _parse(text: str, day_first: bool, default: datetime) -> datetime:
    try:
        found = parser.parse(text, dayfirst=day_first, default=default, tzinfos=_zone)
    # For odd texts the parser raises these besides its own error.
    except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError):
        raise NotADateError from None
    return found


def _zone(_name: str | None, offset: int | None) -> tzinfo | None:
    """Return the time zone of an offset. A name such as EST means different zones to different people, and is left."""
    return timezone(timedelta(seconds=offset)) if offset is not None else None


def format_date(moment: date, pattern: str, locale: Locale) -> str:
    """Return a date in a pattern of Babel or one of its four lengths, in its own time zone.

    :param moment: a date or datetime.
    :param pattern: ``full``, ``long``, ``medium``, ``short``, or a pattern such as ``yyyy/MM/dd``.
    :param locale: the language of names.
    """
    if pattern in DATE_LENGTHS or not isinstance(moment, datetime):
        return dates.format_date(moment, format=pattern, locale=locale)
    return dates.format_datetime(moment.replace(tzinfo=None), format=pattern, locale=locale)
