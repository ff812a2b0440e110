"""The keys of ``event`` and ``course`` in front matter, as models: they check posts, and the reference comes from them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field

from sphinxext.newsroom.event_models import LEVELS, STATUSES
from sphinxext.newsroom.events.values import (
    is_email,
    is_hours,
    is_language,
    is_position,
    is_zone,
    nothing_or,
    to_capacity,
    to_coordinate,
    to_email,
    to_end,
    to_geo,
    to_hours,
    to_languages,
    to_level,
    to_mapping,
    to_mappings,
    to_moments,
    to_online,
    to_people,
    to_registration_flag,
    to_sentences,
    to_status,
    to_topics,
    to_url,
    to_when,
    to_zone,
)
from sphinxext.newsroom.utils.dates import is_in_range
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.coerce import coerced
from sphinxext.newsroom.validation.values import to_text, to_texts


def _must(condition: Any) -> AfterValidator:
    def validate(value: Any) -> Any:
        if not condition(value):
            message = "this cannot be used"
            raise ValueError(message)
        return value

    return AfterValidator(validate)


def _aliases(*names: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(*names))


Text = Annotated[str | None, coerced(to_text)]
Sentences = Annotated[list[str] | None, coerced(to_sentences)]
Words = Annotated[list[str] | None, coerced(to_texts, silent=True)]
Moment = Annotated[datetime | date, _must(is_in_range)]
When = Annotated[Moment | None, coerced(to_when)]
Url = Annotated[Annotated[str, _must(is_web_url)] | None, coerced(to_url)]
Degrees = Annotated[float | int | None, coerced(to_coordinate)]
NAMED = nothing_or("a name, or a mapping")
PRICES = nothing_or("a number, 'free', or a list of mappings with 'price', 'currency' and 'category'")
Named = Annotated[str | dict[Any, Any] | None, coerced(NAMED)]
Flag = Annotated[bool | None, coerced(to_registration_flag)]


class Keys(BaseModel):
    """The base of all mappings in ``event`` and ``course``."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)


class PlaceKeys(Keys):
    """A place, in a post or in the venues file."""

    name: Text = _aliases("name", "alternateName")
    """Name of the house."""
    venue: Text = _aliases("venue", "building")
    """Name of a place in the venues file. Values given here take precedence."""
    room: Text = None
    """Room in it."""
    street: Text = _aliases("street", "streetAddress")
    """Street and number."""
    city: Text = _aliases("city", "addressLocality")
    """Town or city."""
    region: Text = _aliases("region", "addressRegion")
    """County or state."""
    postcode: Text = _aliases("postcode", "postalCode")
    """Postal code."""
    country: Text = _aliases("country", "addressCountry")
    """Country, by its name or code of two letters."""
    geo: Annotated[Annotated[list[float | int], _must(is_position)] | None, coerced(to_geo)] = None
    """Latitude and longitude, as a list."""
    latitude: Degrees = None
    """Latitude, in place of `geo`."""
    longitude: Degrees = None
    """Longitude, in place of `geo`."""
    url: Url = None
    """Page about the place."""


class OnlineKeys(Keys):
    """A meeting online."""

    name: Text = None
    """Name of the service, such as `Zoom`."""
    url: Url = None
    """URL at which people meet, if everybody may know it."""


class OrganizationKeys(Keys):
    """An organizer of an event."""

    name: Text = None
    """Name of the organization."""
    url: Url = None
    """Its home page."""
    ror: Text = None
    """Its ROR id."""


class ContactKeys(Keys):
    """Whom to ask."""

    name: Text = None
    """Name of a person or office."""
    email: Annotated[Annotated[str, _must(is_email)] | None, coerced(to_email)] = None
    """Email. It is not published."""
    url: Url = None
    """Page with a form."""


class PersonKeys(Keys):
    """A speaker or instructor."""

    id: Text = None
    """Id in the authors file."""
    name: Text = None
    """Name, for somebody who is not in the authors file."""
    orcid: Text = None
    """ORCID iD."""
    url: Url = None
    """Home page."""


class MaterialKeys(Keys):
    """Something to read or use."""

    title: Text = _aliases("title", "name")
    """Title of the material."""
    url: Url = None
    """Its URL."""


class PriceKeys(Keys):
    """A price of admission."""

    price: Annotated[str | int | float | None, coerced(PRICES)] = _aliases("price", "amount")
    """The amount, or `free`."""
    currency: Text = None
    """Code of the currency, such as `EUR`."""
    category: Text = None
    """For whom, such as `Students`."""


class RegistrationKeys(Keys):
    """Registration for an event."""

    url: Url = None
    """URL of the form."""
    text: Text = _aliases("text", "invite")
    """Text to show instead of a form, for instance how people are invited."""
    opens: When = None
    """When registration opens: a date, or a date with a time."""
    deadline: When = _aliases("deadline", "closes")
    """The last day of registration, or the moment at which it closes."""
    full: Flag = None
    """Whether no places are left."""
    closed: Flag = None
    """Whether registration is closed, whatever the dates say."""
    price: Annotated[str | int | float | list[Any] | None, coerced(PRICES)] = None
    """As `price` of the event."""
    currency: Text = None
    """As `currency` of the event."""
    capacity: Annotated[Annotated[int, Field(ge=1)] | None, coerced(to_capacity)] = None
    """As `capacity` of the event."""


class GeneralKeys(Keys):
    """Keys that some sites have in a separate mapping below ``course``."""

    register_: Url = _aliases("register")
    """As `registration`."""
    invite: Text = None
    """As `text` of `registration`."""
    audience: Text = None
    """For whom the course is, in a sentence."""
    lecturers: Text = None
    """Names of those who teach, as text."""
    topics: Sentences = None
    """What the course is about, in words for people."""
    outcomes: Sentences = None
    """As `outcomes`."""


class OccurrenceKeys(Keys):
    """Keys of an event and of each of its instances."""

    id: Text = None
    """What tells an instance apart from the others, in place of the day on which it starts. Give it before an instance is
    moved, so that calendars know it again."""
    start: When = None
    """When it starts: a date for whole days, else a date with a time. Required."""
    end: Annotated[Moment | time | None, coerced(to_end)] = None
    """When it ends: the last day, a date with a time, or a time on the day of the start."""
    timezone: Annotated[Annotated[str, _must(is_zone)] | None, coerced(to_zone)] = None
    """Time zone of times that name none, where it is another than `newsroom_timezone`."""
    place: Named = _aliases("place", "onsite", "venue", "location")
    """Where people meet: the name of a place in the venues file, or a mapping with `name`, `room`, `street`, `city`,
    `region`, `postcode`, `country`, `geo`, `url` and `venue`."""
    online: Annotated[bool | str | dict[Any, Any] | None, coerced(to_online)] = None
    """Whether people can take part online: `true`, the name of the service, or a mapping with `name` and `url`. With a
    `place` as well, the event is hybrid."""
    status: Annotated[Annotated[str, _must(STATUSES.__contains__)] | None, coerced(to_status)] = None
    """`scheduled`, `cancelled`, `postponed`, `rescheduled` or `moved-online`."""
    previous_start: When = _aliases("previous_start", "previousStartDate")
    """When it was to start before it was moved."""
    organizer: Annotated[str | dict[Any, Any] | list[Any] | None, coerced(NAMED)] = _aliases(
        "organizer", "organiser", "organisation", "organization"
    )
    """Who holds it: a name, a mapping with `name`, `url` and `ror`, or a list of these."""
    speakers: Annotated[list[str | dict[Any, Any]] | None, coerced(to_people)] = _aliases(
        "speakers", "instructors", "instructor", "lecturers"
    )
    """Who speaks or teaches: ids of the authors file, names, or mappings with `name`, `orcid` and `url`."""
    capacity: Annotated[Annotated[int, Field(ge=1)] | None, coerced(to_capacity)] = _aliases(
        "capacity", "maximumAttendeeCapacity"
    )
    """How many people can take part."""
    languages: Annotated[list[Annotated[str, _must(is_language)]] | None, coerced(to_languages)] = _aliases(
        "languages", "language"
    )
    """Languages in which it is held, as codes such as `en`."""
    registration: Annotated[
        str | dict[Any, Any] | None, coerced(nothing_or("the URL of a form, a text, or a mapping with 'url'"))
    ] = None
    """How people sign up: the URL of a form, a text, or a mapping with `url`, `text`, `opens`, `deadline`, `full` and
    `closed`."""
    price: Annotated[str | int | float | list[Any] | None, coerced(PRICES)] = None
    """What it costs: a number, `free`, or a list of mappings with `price`, `currency` and `category`."""
    currency: Text = None
    """Code of the currency, such as `EUR`."""
    repeat: Text = _aliases("repeat", "rrule")
    """A recurrence rule of iCalendar, such as `FREQ=WEEKLY;COUNT=6`."""
    except_: Annotated[list[Moment] | None, coerced(to_moments)] = _aliases("except", "exdate")
    """Days on which the rule does not hold."""


class EventKeys(OccurrenceKeys):
    """Every key that `event` and `course` can have. Further keys are data for templates."""

    name: Text = None
    """Name of the event, where it is not the title of the post."""
    description: Text = None
    """A few sentences for calendars and registries, where they are not the description of the post."""
    instances: Annotated[list[dict[Any, Any]] | None, coerced(to_mappings)] = None
    """The times at which it takes place, a mapping each, with any key from `start` to `except`. An instance has from the
    event what it does not say itself."""
    provider: Annotated[str | dict[Any, Any] | list[Any] | None, coerced(NAMED)] = None
    """Who offers it, like `organizer`."""
    contact: Named = None
    """Whom to ask: a name, or a mapping with `name`, `email` and `url`."""
    audience: Sentences = None
    """For whom it is, as a list of keywords such as `Researchers`."""
    level: Annotated[Annotated[str, _must(LEVELS.__contains__)] | None, coerced(to_level)] = None
    """`beginner`, `intermediate` or `advanced`."""
    prerequisites: Sentences = None
    """What people have to know before."""
    outcomes: Sentences = _aliases("outcomes", "objectives", "teaches")
    """What people can do afterwards."""
    topics: Annotated[list[Any] | None, coerced(to_topics)] = None
    """What it is about, as topics of EDAM, each by its number (`3170`), its name or `number: name`."""
    about: Annotated[list[Any] | None, coerced(to_topics)] = None
    """The same in another form: a list of mappings such as `edam: {3170: RNA-Seq}`."""
    keywords: Words = None
    """Keywords, 20 at most."""
    hours: Annotated[Annotated[float | int, _must(is_hours)] | None, coerced(to_hours)] = _aliases("hours", "duration")
    """Hours of teaching."""
    license: Text = None
    """Licence of the material, such as `CC-BY-4.0`."""
    materials: Annotated[list[dict[Any, Any]] | None, coerced(to_mappings)] = _aliases("materials", "externalResources")
    """Material to read or use, as a list of mappings with `title` and `url`."""
    state_in_title: Flag = None
    """Whether the title of the page is followed by the state of registration, such as "Registration open"."""
    general: Annotated[dict[Any, Any] | None, coerced(to_mapping)] = None
    """A mapping with `register`, `invite`, `audience`, `lecturers`, `topics` and `outcomes`, for posts that have one."""
