"""The records of events and courses. They hold plain data and are never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

EVENT, COURSE = "event", "course"
SCHEDULED, CANCELLED, POSTPONED, RESCHEDULED = "scheduled", "cancelled", "postponed", "rescheduled"
MOVED_ONLINE = "moved-online"
STATUSES = (SCHEDULED, CANCELLED, POSTPONED, RESCHEDULED, MOVED_ONLINE)
MAX_KEYWORDS = 20
"""How many keywords registries take; TeSS rejects an event with more."""
LEVELS = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place where an event takes place."""

    name: str = ""
    room: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    """Page about the place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Online:
    """How to take part online."""

    name: str = ""
    """Name of the service, or a text such as ``Zoom, the link is sent by mail``."""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Organization:
    """An organizer of an event."""

    name: str
    url: str = ""
    ror: str = ""
    """ROR id as a URL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Whom to ask."""

    name: str = ""
    email: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A speaker or instructor."""

    name: str
    orcid: str = ""
    """ORCID iD as a URL."""
    url: str = ""
    author: str = ""
    """The id in the authors file, empty for somebody who is not in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A term of an ontology."""

    id: str = ""
    """URI of the term, empty for one that is only a name."""
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """Something to read or use."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """A price of admission."""

    amount: Decimal
    currency: str = ""
    category: str = ""
    """For whom, such as ``Students``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """Registration for an event."""

    url: str = ""
    text: str = ""
    """Text to show instead of a form, for instance how people are invited."""
    opens: datetime | None = None
    closes: datetime | None = None
    """The first moment at which it is closed."""
    deadline: date | datetime | None = None
    """The closing time as the writer gave it."""
    is_full: bool = False
    is_closed: bool = False
    """Whether the front matter says that registration is closed."""


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One time and place of an event, or one instance of a course."""

    key: str
    """Identifier, unique within the post; part of its URL and its UID."""
    start: datetime | date
    """A date if the event lasts whole days, else an aware datetime."""
    end: datetime | date
    """The last day, or the moment at which it is over."""
    zone: str
    """The name of the time zone that the writer meant."""
    has_end: bool = True
    """Whether the front matter gives an end."""
    place: Place | None = None
    venue: str = ""
    """Key of a place in the venues file, until it is resolved."""
    online: Online | None = None
    status: str = SCHEDULED
    previous_start: datetime | date | None = None
    organizers: tuple[Organization, ...] = ()
    people: tuple[Person, ...] = ()
    capacity: int | None = None
    languages: tuple[str, ...] = ()
    registration: Registration | None = None
    prices: tuple[Price, ...] = ()
    rule: str = ""
    """Recurrence rule of RFC 5545."""
    excluded: tuple[date, ...] = ()
    """Days on which the rule does not hold."""

    @property
    def is_all_day(self) -> bool:
        """Whether it is an all-day event."""
        return not isinstance(self.start, datetime)


@dataclass(frozen=True, kw_only=True)
class Event:
    """The event or course in a post's front matter."""

    kind: str
    """``event`` or ``course``."""
    occurrences: tuple[Occurrence, ...] = ()
    name: str = ""
    """Name, where it is not the title of the post."""
    description: str = ""
    providers: tuple[Organization, ...] = ()
    contact: Contact | None = None
    audience: tuple[str, ...] = ()
    """Audience in keywords."""
    audience_text: str = ""
    """Audience in a sentence."""
    people_text: str = ""
    """Names of the lecturers, as text."""
    level: str = ""
    prerequisites: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    key_topics: tuple[str, ...] = ()
    """Subjects in plain words."""
    topics: tuple[Topic, ...] = ()
    """Subjects as terms of an ontology."""
    keywords: tuple[str, ...] = ()
    hours: float | None = None
    """Hours of teaching."""
    license: str = ""
    materials: tuple[Material, ...] = ()
    has_state_in_title: bool = False
    """Whether the title of its page says the state of registration."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Lines of the file by key, for messages about what is resolved later."""

    @property
    def has_separate_urls(self) -> bool:
        """Whether each of its dates has a separate URL."""
        return len(self.occurrences) > 1 or self.kind == COURSE
