"""Groups and months of lists of events."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from babel import dates as babel_dates

from sphinxext.newsroom.event_models import CANCELLED, POSTPONED
from sphinxext.newsroom.events import texts
from sphinxext.newsroom.events.recurrence import dates
from sphinxext.newsroom.events.states import bounds, next_occurrence, occurrence_state, phase_at
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.event_context import status_text
from sphinxext.newsroom.utils.limits import MAX_EVENT_DAYS, MAX_MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from babel.core import Locale

    from sphinxext.newsroom.event_models import Event, Occurrence
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types


def group_posts(
    posts: Iterable[Post], by: str, *, now: datetime, phases: Collection[str]
) -> list[tuple[str, list[str]]]:
    """Return the titles of groups, and the keys of the posts in each; a post can be in several.

    :param posts: posts with events, in the order of the list.
    :param by: ``year``, ``place``, ``topic`` or ``instructor``.
    :param now: the time of the build.
    :param phases: the phases that the list asks for, any if empty.
    """
    groups: dict[str, list[str]] = {}
    for post in posts:
        event = post.front_matter.event
        occurrence = next_occurrence(event, now, phases) if event else None
        names = list(_names(event, occurrence, by, now)) if event and occurrence else []
        for name in dict.fromkeys(names) or [""]:
            groups.setdefault(name, []).append(post.key)
    rest = groups.pop("", None)
    # Years have the order of the list.
    found = list(groups.items()) if by == "year" else sorted(groups.items(), key=lambda group: group[0].casefold())
    return [*found, (_("Other"), rest)] if rest else found


def _names(event: Event, occurrence: Occurrence, by: str, now: datetime) -> Iterator[str]:
    if by == "year":
        yield str(occurrence_state(occurrence, now).start.year)
    elif by == "place":
        place = occurrence.place
        if place is not None and texts.has_place(occurrence):
            yield place.city or place.name
        elif texts.is_online(occurrence):
            yield _("Online")
    elif by == "topic":
        yield from event.key_topics
        yield from (topic.name or topic.id for topic in event.topics)
    else:
        yield from (person.name for one in event.occurrences for person in one.people)


def find_months(
    posts: Sequence[Post],
    *,
    now: datetime,
    phases: Collection[str],
    locale: Locale,
    title_of: Callable[[Post], str],
) -> list[context_types.Month]:
    """Return the months in which events take place, without those that have none.

    :param posts: posts with events.
    :param now: the time of the build.
    :param phases: the phases that the list asks for, any if empty.
    :param locale: the language of the site.
    :param title_of: returns the title of a post.
    """
    days: dict[date, list[tuple[str, context_types.MonthEvent]]] = {}
    for post in posts:
        event = post.front_matter.event
        for occurrence in event.occurrences if event else ():
            for start, end in _in_phases(occurrence, now, phases):
                for day in _days(start, end):
                    found = _event(post, occurrence, start, day, locale=locale, title=title_of(post))
                    moment = start.strftime("%H:%M") if isinstance(start, datetime) and day == start.date() else ""
                    days.setdefault(day, []).append((moment, found))
    first = locale.first_week_day
    months = sorted({(day.year, day.month) for day in days})[:MAX_MONTHS]
    return [_month(year, month, days, first=first, locale=locale) for year, month in months]


def _in_phases(
    occurrence: Occurrence, now: datetime, phases: Collection[str]
) -> Iterator[tuple[date | datetime, date | datetime]]:
    for start, end in dates(occurrence):
        if not phases or phase_at(now, *bounds(start, end, occurrence.zone)) in phases:
            yield start, end


def _days(start: date | datetime, end: date | datetime) -> Iterator[date]:
    """Yield each day of an event; one that ends at midnight is not on the day that begins then."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        end = max(start, end.astimezone(start.tzinfo) - timedelta(microseconds=1))
    first, last = (moment.date() if isinstance(moment, datetime) else moment for moment in (start, end))
    for number in range(min((last - first).days + 1, MAX_EVENT_DAYS)):
        yield first + timedelta(days=number)


def _event(
    post: Post, occurrence: Occurrence, start: date | datetime, day: date, *, locale: Locale, title: str
) -> context_types.MonthEvent:
    event = post.front_matter.event
    has_time = isinstance(start, datetime) and day == start.date()
    is_off = occurrence.status in {CANCELLED, POSTPONED}
    return {
        "page": post.docname,
        "anchor": occurrence.key if event and event.has_separate_urls else "",
        "title": title,
        "time": texts.clock_text(start, locale) if isinstance(start, datetime) and has_time else "",
        "status_text": status_text(occurrence.status) if is_off else "",
    }


def _month(
    year: int,
    month: int,
    days: Mapping[date, list[tuple[str, context_types.MonthEvent]]],
    *,
    first: int,
    locale: Locale,
) -> context_types.Month:
    names = {width: babel_dates.get_day_names(width, "stand-alone", locale) for width in ("abbreviated", "wide")}
    order = [*Calendar(first).iterweekdays()]
    return {
        "title": babel_dates.format_skeleton("yMMMM", date(year, month, 1), locale=locale),
        "weekdays": [[names["abbreviated"][day], names["wide"][day]] for day in order],
        "weeks": [
            [
                {
                    "number": day.day if day.month == month else 0,
                    "iso": day.isoformat(),
                    "weekday": names["wide"][day.weekday()],
                    "events": [event for _time, event in sorted(days.get(day, ()), key=_order)]
                    if day.month == month
                    else [],
                }
                for day in week
            ]
            for week in Calendar(first).monthdatescalendar(year, month)
        ],
    }


def _order(found: tuple[str, context_types.MonthEvent]) -> tuple[str, str, str, str]:
    moment, event = found
    return moment, event["title"], event["page"], event["anchor"]
