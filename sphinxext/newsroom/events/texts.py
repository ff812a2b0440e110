"""Dates, places and amounts of events in the words of a language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from babel import dates, numbers, units

from sphinxext.newsroom.event_models import MOVED_ONLINE

if TYPE_CHECKING:
    from datetime import date

    from babel.core import Locale

    from sphinxext.newsroom.event_models import Occurrence, Place, Price

_NO_LIMIT = 10**9


def period_text(start: date | datetime, end: date | datetime, locale: Locale, *, is_short: bool = False) -> str:
    """Return when an event takes place, on the clocks of its time zone.

    :param start: a time, or the first day.
    :param end: a time, or the last day.
    :param locale: the language.
    :param is_short: whether the day of the week and the time are left out.
    """
    first, last = (moment.date() if isinstance(moment, datetime) else moment for moment in (start, end))
    one_day = "long" if is_short else "full"
    if not isinstance(start, datetime) or not isinstance(end, datetime) or is_short:
        if first == last:
            return dates.format_date(first, one_day, locale)
        return str(dates.format_interval(first, last, "yMMMMd", fuzzy=True, locale=locale))
    # The end as the clocks show it where the event begins.
    end = end.astimezone(start.tzinfo)
    clocks = [clock_text(moment, locale) for moment in (start, end)]
    if start.date() == end.date():
        return f"{dates.format_date(first, one_day, locale)}, {clocks[0]} – {clocks[1]}"
    days = [dates.format_date(moment.date(), "long", locale) for moment in (start, end)]
    return f"{days[0]}, {clocks[0]} – {days[1]}, {clocks[1]}"


def clock_text(moment: datetime, locale: Locale) -> str:
    """Return a time of the day.

    :param moment: the time.
    :param locale: the language.
    """
    return str(dates.format_time(moment.replace(tzinfo=None).time(), "short", locale=locale))


def moment_text(moment: date | datetime, locale: Locale) -> str:
    """Return a date, with its time if it has one.

    :param moment: a date, or a time.
    :param locale: the language.
    """
    day = dates.format_date(moment.date() if isinstance(moment, datetime) else moment, "long", locale)
    if not isinstance(moment, datetime):
        return day
    return f"{day}, {clock_text(moment, locale)}"


def zone_text(moment: date | datetime, locale: Locale) -> str:
    """Return the time zone of a moment, empty for a day.

    :param moment: a date, or a time.
    :param locale: the language.
    """
    if not isinstance(moment, datetime):
        return ""
    offset = str(dates.get_timezone_gmt(moment, "long", locale=locale))
    name = str(dates.get_timezone_name(moment, locale=locale)) if hasattr(moment.tzinfo, "key") else offset
    return offset if name == offset else f"{name}, {offset}"


def days_text(days: int, locale: Locale) -> str:
    """Return how far away a day is, such as ``in 3 days``.

    :param days: the number of days, two or more: languages have words for fewer.
    :param locale: the language.
    """
    span = timedelta(days=days)
    return str(dates.format_timedelta(span, granularity="day", threshold=_NO_LIMIT, add_direction=True, locale=locale))


def hours_text(hours: float, locale: Locale) -> str:
    """Return a number of hours.

    :param hours: the number.
    :param locale: the language.
    """
    return str(units.format_unit(int(hours) if hours == int(hours) else hours, "duration-hour", locale=locale))


def price_text(price: Price, locale: Locale) -> str:
    """Return an amount of money.

    :param price: the price; its amount is not zero.
    :param locale: the language.
    """
    return str(numbers.format_currency(price.amount, price.currency, locale=locale))


def country_text(country: str, locale: Locale) -> str:
    """Return the name of a country.

    :param country: its name, or its code of two letters.
    :param locale: the language.
    """
    return str(locale.territories.get(country.upper(), country)) if len(country) == len("EE") else country


def language_text(code: str, locale: Locale) -> str:
    """Return the name of a language.

    :param code: such as ``en`` or ``pt-BR``.
    :param locale: the language in which it is named.
    """
    return str(locale.languages.get(code.replace("-", "_")) or locale.languages.get(code[:2]) or code)


def place_text(place: Place, locale: Locale) -> str:
    """Return a place as one line.

    :param place: the place.
    :param locale: the language.
    """
    city = " ".join(part for part in (place.postcode, place.city) if part)
    parts = (place.name, place.room, place.street, city, place.region, country_text(place.country, locale))
    return ", ".join(part for part in parts if part)


def has_place(occurrence: Occurrence) -> bool:
    """Return whether people meet at a place.

    :param occurrence: the occurrence.
    """
    return occurrence.place is not None and occurrence.status != MOVED_ONLINE


def is_online(occurrence: Occurrence) -> bool:
    """Return whether people can take part online.

    :param occurrence: the occurrence.
    """
    return occurrence.online is not None or occurrence.status == MOVED_ONLINE
