"""Template contexts of events and courses: what their pages and entries show, in the language of the site."""

from __future__ import annotations

from datetime import UTC, time
from itertools import islice
from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.calendars import SUFFIX as CALENDAR_SUFFIX
from sphinxext.newsroom.content.licenses import read_license
from sphinxext.newsroom.event_models import CANCELLED, COURSE, MOVED_ONLINE, POSTPONED, RESCHEDULED
from sphinxext.newsroom.events import texts
from sphinxext.newsroom.events.recurrence import dates
from sphinxext.newsroom.events.states import (
    Phase,
    RegistrationState,
    base_registration,
    bounds,
    next_occurrence,
    occurrence_state,
)
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.events import event_data
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from babel.core import Locale

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.event_models import Event, Occurrence, Organization, Person, Price
    from sphinxext.newsroom.events.states import OccurrenceState
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types

SHOWN_DATES = 5
"""How many dates of a recurrence a page lists."""
KNOWN_DATES = 20
"""How many dates of a recurrence the script gets, which replaces the current one once it is over."""


def words() -> dict[str, str]:
    """Return the words for states, by state; the script has them as well."""
    return {
        Phase.UPCOMING: _("Upcoming"),
        Phase.RUNNING: _("Running now"),
        Phase.PAST: _("Past"),
        RegistrationState.OPEN: _("Registration open"),
        RegistrationState.NOT_YET: _("Registration not yet open"),
        RegistrationState.CLOSED: _("Registration closed"),
        RegistrationState.FULL: _("Fully booked"),
        RegistrationState.OTHER: "",
        RegistrationState.NONE: "",
        "opens": _("Opens:"),
        "closes": _("Closes:"),
        "today": _("today"),
        "tomorrow": _("tomorrow"),
    }


class EventContexts:
    """Makes the contexts of events."""

    def __init__(
        self, options: Options, locale: Locale, now: datetime, *, language: str, author_pages: Mapping[str, str]
    ) -> None:
        """Use the time of the build.

        :param options: the options of the blog.
        :param locale: the language of the site.
        :param now: the time of the build.
        :param language: the code of the language of the site.
        :param author_pages: the pages of authors by id.
        """
        self._options, self._locale, self._now, self._language = options, locale, now, language
        self._author_pages = author_pages

    # -- Pages

    def of_post(self, post: Post, title: str) -> context_types.EventData | None:
        """Return what the page of a post shows of its event, None without one.

        :param post: the post.
        :param title: its title.
        """
        event = post.front_matter.event
        if event is None or not event.occurrences:
            return None
        license_ = read_license(event.license)
        contact = event.contact
        languages = [] if any(one.languages for one in event.occurrences) else [self._language]
        return {
            "kind": event.kind,
            "label": _("Course") if event.kind == COURSE else _("Event"),
            "name": event.name or title,
            "has_own_name": bool(event.name) and event.name != title,
            "description": event.description,
            "calendar": post.docname + CALENDAR_SUFFIX,
            "occurrences": [self._occurrence(event, one) for one in event.occurrences],
            "title_state": self._title_state(event),
            "providers": self._organizations(event.providers),
            "contact": {
                "name": contact.name,
                "url": contact.url if is_web_url(contact.url) else "",
                "email": contact.email if self._options.event_emails else "",
            }
            if contact
            else None,
            "audience_text": event.audience_text,
            "audience": list(event.audience),
            "people_text": event.people_text,
            "people_label": _people_label(event),
            "level": _level(event.level),
            "languages": [texts.language_text(code, self._locale) for code in languages],
            "prerequisites": list(event.prerequisites),
            "outcomes": list(event.outcomes),
            "key_topics": list(event.key_topics),
            "topics": [{"name": topic.name or topic.id, "url": topic.id} for topic in event.topics],
            "keywords": list(event.keywords),
            "duration": texts.hours_text(event.hours, self._locale) if event.hours else "",
            "license": {"name": license_.name, "url": license_.url} if license_ else None,
            "materials": [{"title": one.title, "url": one.url} for one in event.materials],
            "data": event_data(post) or {},
        }

    def _title_state(self, event: Event) -> str:
        current = next_occurrence(event, self._now) if event.has_state_in_title else None
        return words()[occurrence_state(current, self._now).registration] if current else ""

    def _occurrence(self, event: Event, occurrence: Occurrence) -> context_types.EventOccurrence:
        state = occurrence_state(occurrence, self._now)
        registration, place = occurrence.registration, occurrence.place
        return {
            "anchor": occurrence.key if event.has_separate_urls else "",
            "when": self._period(state.start, state.end),
            "zone": texts.zone_text(state.start, self._locale),
            "dates": self._next_dates(occurrence),
            "previous": texts.moment_text(occurrence.previous_start, self._locale) if occurrence.previous_start else "",
            "state": self._state(occurrence, state),
            "mode": _mode(occurrence),
            "place": texts.place_text(place, self._locale) if place and texts.has_place(occurrence) else "",
            "place_url": place.url if place and is_web_url(place.url) else "",
            "map_url": self._map_url(occurrence),
            "is_online": texts.is_online(occurrence),
            "online": occurrence.online.name if occurrence.online else "",
            "online_url": occurrence.online.url if occurrence.online else "",
            "registration_url": registration.url if registration else "",
            "registration_text": registration.text if registration else "",
            "opens": self._moment(_as_written(registration.opens)) if registration else "",
            "deadline": self._moment(registration.deadline) if registration else "",
            "prices": [self._price(price) for price in occurrence.prices],
            "capacity": occurrence.capacity,
            "languages": [texts.language_text(code, self._locale) for code in occurrence.languages],
            "organizers": self._organizations(occurrence.organizers),
            "people": [self._person(person) for person in occurrence.people],
        }

    def _period(self, start: date | datetime, end: date | datetime) -> context_types.EventPeriod:
        return {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "text": texts.period_text(start, end, self._locale),
        }

    def _next_dates(self, occurrence: Occurrence) -> list[context_types.EventPeriod]:
        """Return the dates of a recurrence after the current one."""
        if not occurrence.rule:
            return []
        coming = self._coming(occurrence, SHOWN_DATES + 1)
        return [self._period(start, end) for start, end in coming[1:]]

    def _coming(self, occurrence: Occurrence, limit: int) -> list[tuple[date | datetime, date | datetime]]:
        """Return the dates of an occurrence that are not over."""
        found = (pair for pair in dates(occurrence) if bounds(*pair, occurrence.zone)[1] > self._now)
        return list(islice(found, limit))

    def _moment(self, moment: date | datetime | None) -> str:
        return texts.moment_text(moment, self._locale) if moment else ""

    def _price(self, price: Price) -> str:
        amount = texts.price_text(price, self._locale) if price.amount else _("Free")
        return f"{amount} ({price.category})" if price.category else amount

    def _map_url(self, occurrence: Occurrence) -> str:
        place = occurrence.place
        if place is None or place.latitude is None or place.longitude is None or not texts.has_place(occurrence):
            return ""
        return self._options.event_map_url.format(latitude=place.latitude, longitude=place.longitude)

    # -- People and organizations

    def _person(self, person: Person) -> context_types.EventPerson:
        return {
            "name": person.name,
            "orcid": person.orcid,
            "url": person.url if is_web_url(person.url) else "",
            "page": self._author_pages.get(person.author, ""),
        }

    @staticmethod
    def _organizations(organizations: Iterable[Organization]) -> list[context_types.EventLink]:
        return [{"name": one.name, "url": one.url if is_web_url(one.url) else one.ror} for one in organizations]

    # -- States

    def _state(self, occurrence: Occurrence, state: OccurrenceState) -> context_types.EventState:
        registration, named = occurrence.registration, words()
        is_off = occurrence.status in {CANCELLED, POSTPONED}
        coming = self._coming(occurrence, KNOWN_DATES) or [(state.start, state.end)]
        moments = [bounds(start, end, occurrence.zone) for start, end in coming]
        return {
            "phase": "" if is_off else state.phase.value,
            "phase_text": "" if is_off else named[state.phase],
            "days_text": "" if is_off else self._days(state.days_left),
            "status": occurrence.status,
            "status_text": status_text(occurrence.status),
            "registration": state.registration.value,
            "registration_text": named[state.registration],
            "closes_text": self._days(state.registration_days_left),
            "opens_text": self._days(state.registration_days_until_opening),
            "times": " ".join(f"{_instant(begin)}/{_instant(end)}" for begin, end in moments),
            "zone": occurrence.zone,
            "opens": _instant(registration.opens) if registration and registration.opens else "",
            "closes": _instant(registration.closes) if registration and registration.closes else "",
            "base": base_registration(occurrence).value,
        }

    def _days(self, days: int | None) -> str:
        """Return how far away a day is, empty for none."""
        if days is None:
            return ""
        near = (_("today"), _("tomorrow"))
        return near[days] if 0 <= days < len(near) else texts.days_text(days, self._locale)

    # -- Lists

    def sentence(self, event: Event) -> str:
        """Return when and where an event takes place, whatever the time of the build is; for feeds.

        :param event: the event.
        """
        found = [
            f"{status}: {text}" if (status := status_text(one.status)) else text
            for one in event.occurrences[:SHOWN_DATES]
            if (text := ", ".join(part for part in (self._short(one.start, one.end), self._where(one)) if part))
        ]
        more = " …" if len(event.occurrences) > SHOWN_DATES else ""
        return f"{'; '.join(found)}{more}." if found else ""

    def _short(self, start: date | datetime, end: date | datetime) -> str:
        return texts.period_text(start, end, self._locale, is_short=True)

    def _where(self, occurrence: Occurrence) -> str:
        """Return the name and city of a place, or that it is online, in a few words."""
        place = occurrence.place
        names = [place.name, place.city] if place and texts.has_place(occurrence) else []
        online = [_("Online")] if texts.is_online(occurrence) else []
        return ", ".join(dict.fromkeys(part for part in (*names, *online) if part))

    def summary(self, event: Event | None, phases: Collection[str] = ()) -> context_types.EventSummary | None:
        """Return what a list shows of an event, None without one.

        :param event: the event of a post, None for most.
        :param phases: the phases that the list asks for, any if empty.
        """
        if event is None or (occurrence := next_occurrence(event, self._now, phases)) is None:
            return None
        state = occurrence_state(occurrence, self._now)
        return {
            "kind": event.kind,
            "label": _("Course") if event.kind == COURSE else _("Event"),
            "anchor": occurrence.key if event.has_separate_urls else "",
            "when": {
                **self._period(state.start, state.end),
                "text": self._short(state.start, state.end),
            },
            "where": self._where(occurrence),
            "state": self._state(occurrence, state),
            "others": len(event.occurrences) - 1,
        }


def _as_written(moment: datetime | None) -> date | datetime | None:
    """Return a moment without the time if that is midnight: the writer gave a day."""
    return moment.date() if moment is not None and moment.time() == time() else moment


def _instant(moment: datetime) -> str:
    """Return a moment in the form that browsers read in the same way."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def status_text(status: str) -> str:
    """Return a status in words, empty for an event that takes place as planned.

    :param status: the status.
    """
    return {
        CANCELLED: _("Cancelled"),
        POSTPONED: _("Postponed"),
        RESCHEDULED: _("Rescheduled"),
        MOVED_ONLINE: _("Moved online"),
    }.get(status, "")


def _mode(occurrence: Occurrence) -> str:
    if texts.has_place(occurrence):
        return _("Hybrid") if texts.is_online(occurrence) else _("On site")
    return _("Online") if texts.is_online(occurrence) else ""


def _level(level: str) -> str:
    return {"beginner": _("Beginner"), "intermediate": _("Intermediate"), "advanced": _("Advanced")}.get(level, "")


def _people_label(event: Event) -> str:
    return _("Instructors") if event.kind == COURSE else _("Speakers")
