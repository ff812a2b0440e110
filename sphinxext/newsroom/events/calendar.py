"""Calendars (iCalendar, RFC 5545) of events, made with the package ``icalendar``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sphinxext.newsroom.event_models import CANCELLED, MOVED_ONLINE, POSTPONED
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import icalendar

    from sphinxext.newsroom.event_models import Event, Occurrence, Place

MEDIA_TYPE = "text/calendar"
PRODUCT = "-//sphinxext-newsroom//sphinxext-newsroom//EN"
REFRESH = timedelta(days=1)
"""How often programs that subscribe to a calendar are asked to look again."""
ONLINE = "Online"
"""Location of an online event. Registries look for this word, whatever the language."""
MAX_SEQUENCE = 2**31 - 1
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, kw_only=True)
class CalendarPost:
    """A post with an event, as a calendar needs it."""

    event: Event
    title: str
    description: str
    url: str
    """Full URL of the post, empty when the site has none."""
    identifier: str
    """Permanent identifier: the ``id`` of the post, else its permalink."""
    created: datetime
    updated: datetime | None
    categories: tuple[str, ...] = ()
    with_email: bool = False
    """Whether the email of the contact is published."""


def make_calendar(posts: Iterable[CalendarPost], *, name: str, url: str, source: str, host: str) -> bytes:
    """Return a calendar file.

    The same posts always give the same file: nothing in it comes from the time of the build.

    :param posts: the posts whose events it holds.
    :param name: the name of the calendar.
    :param url: the full URL of the page about it, empty for none.
    :param source: the full URL of the calendar itself, empty for none.
    :param host: the host of the site, which makes identifiers unique; empty when the site has none.
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", _text(name))
    calendar.add("x-wr-calname", _text(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for key, value in (("url", url), ("source", source)):
        if value:
            calendar.add(key, icalendar.vUri(_uri(value)), parameters={"VALUE": "URI"} if key == "source" else {})
    for post in posts:
        for occurrence in post.event.occurrences:
            calendar.add_component(_component(post, occurrence, host))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _component(post: CalendarPost, occurrence: Occurrence, host: str) -> icalendar.Event:
    import icalendar

    event, registration = post.event, occurrence.registration
    changed = (post.updated or post.created).astimezone(UTC).replace(microsecond=0)
    url = f"{post.url}#{occurrence.key}" if post.url and event.has_separate_urls else post.url
    component = icalendar.Event()
    component.add("uid", uid(post.identifier, occurrence.key, host))
    component.add("dtstamp", changed)
    component.add("created", post.created.astimezone(UTC).replace(microsecond=0))
    component.add("last-modified", changed)
    # A static site counts no changes; what was changed later has a higher number all the same.
    component.add("sequence", min(max(0, int((changed - post.created).total_seconds())), MAX_SEQUENCE))
    _add_times(component, occurrence)
    component.add("summary", _text(event.name or post.title))
    about = [event.description or post.description, registration.url or registration.text if registration else "", url]
    if description := "\n\n".join(dict.fromkeys(text.strip() for text in about if text.strip())):
        component.add("description", description)
    if location := location_text(occurrence):
        component.add("location", location)
    if url:
        component.add("url", icalendar.vUri(_uri(url)))
    place = occurrence.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        component.add("geo", (place.latitude, place.longitude))
    statuses = {CANCELLED: "CANCELLED", POSTPONED: "TENTATIVE"}
    component.add("status", statuses.get(occurrence.status, "CONFIRMED"))
    if post.with_email and event.contact is not None and event.contact.email:
        # Calendars know organizers by their emails alone.
        organizer = icalendar.vCalAddress(_uri(f"mailto:{event.contact.email}"))
        if name := _text(event.contact.name):
            organizer.params["CN"] = name
        component.add("organizer", organizer)
    if post.categories:
        component.add("categories", [_text(category) for category in post.categories])
    if occurrence.online is not None and occurrence.online.url:
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": _text(occurrence.online.name) or ONLINE}
        component.add("conference", icalendar.vUri(_uri(occurrence.online.url)), parameters=parameters)
    return component


def uid(identifier: str, key: str, host: str) -> str:
    """Return what identifies a time of an event in all calendars, whatever it is called and whenever it takes place.

    :param identifier: what identifies the post for good.
    :param key: the key of the occurrence.
    :param host: the host of the site.
    """
    name = _UNSAFE.sub("-", f"{identifier.removeprefix('urn:uuid:')}-{key}").strip("-")
    return f"{name}@{host}" if host else name


def location_text(occurrence: Occurrence) -> str:
    """Return where an event takes place, as one line.

    :param occurrence: the occurrence.
    """
    parts = []
    if occurrence.place is not None and occurrence.status != MOVED_ONLINE:
        parts.append(place_text(occurrence.place))
    if occurrence.online is not None or occurrence.status == MOVED_ONLINE:
        name = occurrence.online.name if occurrence.online else ""
        parts.append(f"{ONLINE} ({name})" if name else ONLINE)
    return "; ".join(part for part in parts if part)


def place_text(place: Place) -> str:
    """Return a place as one line.

    :param place: the place.
    """
    city = " ".join(part for part in (place.postcode, place.city) if part)
    parts = (place.name, place.room, place.street, city, place.region, place.country)
    return ", ".join(part for part in parts if part)


def _add_times(component: icalendar.Event, occurrence: Occurrence) -> None:
    start, end = occurrence.start, occurrence.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        component.add("dtstart", start)
        # The first day after it, while everybody else writes the last one.
        component.add("dtend", end + timedelta(days=1))
    elif occurrence.rule and isinstance(start.tzinfo, ZoneInfo):
        # A rule needs the zone, or it would be an hour off in the other half of the year.
        component.add("dtstart", start)
        component.add("dtend", end.astimezone(start.tzinfo))
    else:
        # Some registries do not know all zones.
        component.add("dtstart", start.astimezone(UTC))
        component.add("dtend", end.astimezone(UTC))
    if occurrence.rule:
        _add_rule(component, occurrence)


def _add_rule(component: icalendar.Event, occurrence: Occurrence) -> None:
    import icalendar

    start = occurrence.start
    rule = icalendar.vRecur.from_ical(occurrence.rule)
    if "UNTIL" in rule:
        rule["UNTIL"] = [_until(until, start) for until in rule["UNTIL"]]
    component.add("rrule", rule)
    for day in occurrence.excluded:
        if isinstance(start, datetime):
            moment = datetime.combine(day, start.time(), start.tzinfo)
            component.add("exdate", moment if isinstance(start.tzinfo, ZoneInfo) else moment.astimezone(UTC))
        else:
            component.add("exdate", day)


def _until(until: date, start: date) -> date:
    """Return the end of a rule in the form that goes with its start: a day, or a time in UTC."""
    if not isinstance(start, datetime):
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59))
    return (until if until.tzinfo is not None else until.replace(tzinfo=start.tzinfo)).astimezone(UTC)


def _text(text: str) -> str:
    return collapse_whitespace(text)


def _uri(url: str) -> str:
    """Return a URL that cannot end its line: nothing is escaped in it."""
    return re.sub(r"[\x00-\x20\x7f]", "", url)
