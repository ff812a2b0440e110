"""The state of an event at a given time: whether it is to come, and whether people can register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sphinxext.newsroom.event_models import CANCELLED, POSTPONED
from sphinxext.newsroom.events.recurrence import dates

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sphinxext.newsroom.event_models import Event, Occurrence


class Phase(StrEnum):
    """The position of an event in time."""

    UPCOMING = "upcoming"
    RUNNING = "running"
    PAST = "past"


class RegistrationState(StrEnum):
    """The state of registration."""

    OPEN = "open"
    NOT_YET = "not-yet"
    CLOSED = "closed"
    FULL = "full"
    OTHER = "other"
    """There is only a text, such as how people are invited."""
    NONE = "none"
    """Nothing is said about it."""


@dataclass(frozen=True, kw_only=True)
class OccurrenceState:
    """The state of one occurrence."""

    phase: Phase
    registration: RegistrationState
    start: date | datetime
    """When it starts next, or started last; of a rule, the date that counts now."""
    end: date | datetime
    days_left: int | None
    """Days until it starts, on the calendar of its zone; None once it has started."""
    registration_days_left: int | None
    """Days until registration closes; None where there is no deadline or it is not open."""
    registration_days_until_opening: int | None
    """Days until registration opens; None unless it is yet to open."""


def bounds(start: date | datetime, end: date | datetime, zone: str) -> tuple[datetime, datetime]:
    """Return the first moment of an event, and the first one after it.

    :param start: a time, or the first day.
    :param end: a time, or the last day.
    :param zone: the time zone of days.
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        return start, end
    where = ZoneInfo(zone)
    first, last = (moment.date() if isinstance(moment, datetime) else moment for moment in (start, end))
    return datetime.combine(first, time(), where), datetime.combine(last + timedelta(days=1), time(), where)


def phase_at(now: datetime, begins: datetime, ends: datetime) -> Phase:
    """Return the phase of an event.

    :param now: the time that counts as now.
    :param begins: its first moment.
    :param ends: the first moment after it.
    """
    return Phase.UPCOMING if now < begins else Phase.RUNNING if now < ends else Phase.PAST


def occurrence_state(occurrence: Occurrence, now: datetime) -> OccurrenceState:
    """Return the state of an occurrence.

    :param occurrence: the occurrence.
    :param now: the time that counts as now.
    """
    start, end = _current(occurrence, now)
    begins, ends = bounds(start, end, occurrence.zone)
    phase = phase_at(now, begins, ends)
    registration = _registration_state(occurrence, now, begins)
    closes = occurrence.registration.closes if occurrence.registration else None
    is_open = registration is RegistrationState.OPEN and closes is not None
    today = now.astimezone(begins.tzinfo).date()
    return OccurrenceState(
        phase=phase,
        registration=registration,
        start=start,
        end=end,
        days_left=(begins.date() - today).days if phase is Phase.UPCOMING else None,
        registration_days_left=_days_until_close(closes, now, begins) if is_open and closes else None,
        registration_days_until_opening=_days_until_opening(occurrence, registration, now, begins),
    )


def event_phase(event: Event, now: datetime) -> Phase:
    """Return the phase of an event as a whole: upcoming as long as one of its dates is.

    :param event: the event.
    :param now: the time that counts as now.
    """
    phases = {occurrence_state(occurrence, now).phase for occurrence in event.occurrences}
    return next((phase for phase in (Phase.RUNNING, Phase.UPCOMING) if phase in phases), Phase.PAST)


def event_states(event: Event, now: datetime) -> list[tuple[str, str, str]]:
    """Return the phase, the state of registration and the current date of each time of an event, as plain data.

    :param event: the event.
    :param now: the time that counts as now.
    """
    states = [occurrence_state(occurrence, now) for occurrence in event.occurrences]
    return [(state.phase.value, state.registration.value, state.start.isoformat()) for state in states]


def days_left(event: Event, now: datetime) -> list[tuple[int | None, int | None, int | None]]:
    """Return the numbers of days that a page says of each time of an event.

    :param event: the event.
    :param now: the time that counts as now.
    """
    states = [occurrence_state(occurrence, now) for occurrence in event.occurrences]
    return [(state.days_left, state.registration_days_left, state.registration_days_until_opening) for state in states]


def next_occurrence(event: Event, now: datetime, phases: Collection[str] = ()) -> Occurrence | None:
    """Return the occurrence that counts now: the one that runs or comes next, else the last one.

    :param event: the event.
    :param now: the time that counts as now.
    :param phases: the phases that count, any if empty.
    """
    periods = [(bounds(*_current(one, now), one.zone), one) for one in event.occurrences]
    found = [(phase_at(now, *period), one) for period, one in sorted(periods, key=lambda pair: pair[0][0])]
    counted = [(phase, one) for phase, one in found if not phases or phase in phases]
    coming = [one for phase, one in counted if phase is not Phase.PAST]
    return coming[0] if coming else counted[-1][1] if counted else None


def base_registration(occurrence: Occurrence) -> RegistrationState:
    """Return what would be said of registration if it were always time for it.

    :param occurrence: the occurrence.
    """
    registration = occurrence.registration
    if registration is None:
        return RegistrationState.NONE
    if registration.is_closed or occurrence.status in {CANCELLED, POSTPONED}:
        return RegistrationState.CLOSED
    if registration.is_full:
        return RegistrationState.FULL
    return RegistrationState.OPEN if registration.url else RegistrationState.OTHER


def _current(occurrence: Occurrence, now: datetime) -> tuple[date | datetime, date | datetime]:
    """Return the first date of an occurrence that is not over, else its last one."""
    found = occurrence.start, occurrence.end
    for start, end in dates(occurrence):
        found = start, end
        if bounds(start, end, occurrence.zone)[1] > now:
            break
    return found


def _registration_state(occurrence: Occurrence, now: datetime, begins: datetime) -> RegistrationState:
    registration = occurrence.registration
    if registration is None:
        return RegistrationState.NONE
    # Nobody can sign up for what has begun, unless the writer gives a later deadline.
    closes = registration.closes or begins
    base = base_registration(occurrence)
    if base is RegistrationState.CLOSED or now >= closes:
        return RegistrationState.CLOSED
    if base is not RegistrationState.FULL and registration.opens is not None and now < registration.opens:
        return RegistrationState.NOT_YET
    return base


def _days_until_close(closes: datetime, now: datetime, begins: datetime) -> int:
    """Return in how many days the last moment of registration is."""
    last = (closes - timedelta(microseconds=1)).astimezone(begins.tzinfo)
    return (last.date() - now.astimezone(begins.tzinfo).date()).days


def _days_until_opening(
    occurrence: Occurrence, state: RegistrationState, now: datetime, begins: datetime
) -> int | None:
    opens = occurrence.registration.opens if occurrence.registration else None
    if opens is None or state is not RegistrationState.NOT_YET:
        return None
    return (opens.astimezone(begins.tzinfo).date() - now.astimezone(begins.tzinfo).date()).days
