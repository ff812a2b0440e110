"""Recurrence rules (RFC 5545): check them, and work out the next dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateutil.rrule import rrulestr

from sphinxext.newsroom.utils.limits import MAX_EVENT_DATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sphinxext.newsroom.event_models import Occurrence

HORIZON = timedelta(days=3660)
"""How far rules are followed: ten years from the start."""
LEAP_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY_OF_MONTH = r"-?(?:0?[1-9]|[12]\d|3[01])"
PARTS = {
    "FREQ": r"[A-Z]+",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,5}",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": rf"{_DAY}(?:,{_DAY}){{0,34}}",
    "BYMONTH": rf"{_MONTH}(?:,{_MONTH}){{0,11}}",
    "BYMONTHDAY": rf"{_DAY_OF_MONTH}(?:,{_DAY_OF_MONTH}){{0,30}}",
    "BYSETPOS": r"-?[1-5]",
}
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class RuleError(ValueError):
    """A text that is not a recurrence rule; the message says why, if there is more to say."""


def check_rule(text: str, start: date | datetime) -> str:
    """Return a recurrence rule in the form of calendars.

    :param text: such as ``FREQ=WEEKLY;COUNT=6``, with or without ``RRULE:``.
    :param start: the first date.
    :raises RuleError: when it cannot be used.
    """
    rule = text.strip().upper().removeprefix("RRULE:").strip("; ")
    parts = _parts(rule)
    if parts.get("FREQ") not in FREQUENCIES:
        message = f"The frequency has to be one of {', '.join(FREQUENCIES)}."
        raise RuleError(message)
    if "COUNT" in parts and "UNTIL" in parts:
        message = "It can have COUNT or UNTIL, not both."
        raise RuleError(message)
    _check_parts(parts)
    try:
        next(_naive(rule, start))
    except StopIteration:
        message = "No day meets it."
        raise RuleError(message) from None
    # The parser raises these for odd texts.
    except (ValueError, TypeError, KeyError, OverflowError, AttributeError, IndexError):
        raise RuleError from None
    return rule


def dates(occurrence: Occurrence, *, limit: int = MAX_EVENT_DATES) -> Iterator[tuple[date | datetime, date | datetime]]:
    """Yield the start and end of each time that an occurrence takes place, in their order.

    The hour on the clock stays the same when clocks are changed.

    :param occurrence: the occurrence.
    :param limit: how many at most.
    """
    start, end = occurrence.start, occurrence.end
    if not occurrence.rule:
        yield start, end
        return
    zone = start.tzinfo if isinstance(start, datetime) else None
    excluded = frozenset(occurrence.excluded)
    found = (moment for moment in _naive(occurrence.rule, start) if moment.date() not in excluded)
    for moment in islice(found, limit):
        if isinstance(start, datetime) and isinstance(end, datetime):
            begin = moment.replace(tzinfo=zone)
            length = end.astimezone(zone).replace(tzinfo=None) - start.replace(tzinfo=None)
            yield begin, (moment + length).replace(tzinfo=zone)
        else:
            yield moment.date(), moment.date() + (_day(end) - _day(start))


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.split(";")]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _check_parts(parts: dict[str, str]) -> None:
    """Refuse what no calendar can do anything with, and rules that would be followed for thousands of years in vain."""
    for name, value in parts.items():
        if (pattern := PARTS.get(name)) is None:
            message = f"{name[:20]!r} is not part of such a rule."
            raise RuleError(message)
        if re.fullmatch(pattern, value, re.ASCII) is None:
            message = f"{name}={value[:20]!r} cannot be used."
            raise RuleError(message)
    if "BYSETPOS" in parts and not ("BYDAY" in parts and parts["FREQ"] in {"MONTHLY", "YEARLY"}):
        message = "BYSETPOS needs BYDAY, and months or years."
        raise RuleError(message)
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        lengths = [LEAP_YEAR[int(month) - 1] for month in parts["BYMONTH"].split(",")]
        if min(abs(int(day)) for day in parts["BYMONTHDAY"].split(",")) > max(lengths):
            message = "No day meets it."
            raise RuleError(message)


def _naive(rule: str, start: date | datetime) -> Iterator[datetime]:
    """Yield the times on the clock, without a zone. Iteration is bounded, whatever the rule says."""
    parts = _parts(rule)
    first = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    last = first + HORIZON
    if until := parts.pop("UNTIL", ""):
        last = min(last, _until(until, start))
    count = int(parts.pop("COUNT", MAX_EVENT_DATES))
    if count < 1:
        raise RuleError
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    found = rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=first)
    return islice(iter(found), min(count, MAX_EVENT_DATES))


def _until(text: str, start: date | datetime) -> datetime:
    """Return the last moment of a rule on the clock of its start."""
    day = datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day
    if "T" not in text:
        return datetime.combine(day, time.max).replace(microsecond=0)
    moment = datetime.combine(day, datetime.strptime(text[9:15], "%H%M%S").time())  # noqa: DTZ007 - a time
    if text.endswith("Z") and isinstance(start, datetime) and start.tzinfo is not None:
        return moment.replace(tzinfo=UTC).astimezone(start.tzinfo).replace(tzinfo=None)
    return moment
