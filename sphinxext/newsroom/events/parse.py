"""Read ``event`` and ``course`` of front matter into records, with every mistake at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.event_models import (
    COURSE,
    EVENT,
    MAX_KEYWORDS,
    RESCHEDULED,
    SCHEDULED,
    Contact,
    Event,
    Material,
    Occurrence,
    Online,
    Organization,
    Person,
    Place,
)
from sphinxext.newsroom.events.fields import keys_of, lines, one_line, read_fields
from sphinxext.newsroom.events.recurrence import RuleError, check_rule
from sphinxext.newsroom.events.registration import general_registration, read_prices, read_registration
from sphinxext.newsroom.events.schema import (
    ContactKeys,
    EventKeys,
    GeneralKeys,
    MaterialKeys,
    OccurrenceKeys,
    OnlineKeys,
    OrganizationKeys,
    PersonKeys,
    PlaceKeys,
)
from sphinxext.newsroom.events.times import Times, in_zone
from sphinxext.newsroom.events.topics import TopicReader
from sphinxext.newsroom.events.values import is_position
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.identifiers import IdentifierError, orcid_url, ror_url
from sphinxext.newsroom.utils.limits import MAX_EVENT_INSTANCES
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.coerce import ValidationContext, check, report_misspelled_keys, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinxext.newsroom.event_models import Registration
    from sphinxext.newsroom.events.fields import Keys
    from sphinxext.newsroom.problems import Problem
    from sphinxext.newsroom.validation.coerce import SourceMap

SOME_DAY = date(2000, 1, 1)
_KEY = re.compile(r"[^A-Za-z0-9._~-]+")
# What an instance has from the event, if it does not say it itself.
_SHARED = (
    "timezone", "place", "online", "status", "organizer", "speakers", "capacity", "languages", "registration", "price",
    "currency", "repeat", "except_",
)  # fmt: skip


def parse_event(
    kind: str,
    mapping: Mapping[str, Any],
    *,
    source_map: SourceMap,
    path: str,
    zone: str,
    is_partial: bool = False,
) -> tuple[Event, tuple[Problem, ...]]:
    """Return an event or course, and everything that is wrong with what a post says about it.

    :param kind: ``event`` or ``course``: the key in the front matter.
    :param mapping: its value; its keys are text.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    :param zone: the time zone of times that name none.
    :param is_partial: whether these are defaults, which need not be complete.
    """
    reader = _Reader(kind, mapping, source_map=source_map, path=path, zone=zone)
    event = reader.event(is_partial=is_partial)
    return event, tuple(reader.problems)


def parse_place(mapping: Mapping[str, Any], context: ValidationContext) -> Place:
    """Return a place, as a post or the venues file describes it.

    :param mapping: what is said of it.
    :param context: takes the problems.
    """
    values, extra = check(PlaceKeys, mapping, context)
    report_misspelled_keys(extra, PlaceKeys, context)
    latitude, longitude = values.get("geo") or (values.get("latitude"), values.get("longitude"))
    if (latitude is None) != (longitude is None):
        context.report("one of 'latitude' and 'longitude' is missing; both are ignored.", context.keys)
        latitude = longitude = None
    if latitude is not None and longitude is not None and not is_position([latitude, longitude]):
        message = "this is no place on Earth: 'latitude' is -90 to 90, 'longitude' is -180 to 180. Both are ignored."
        context.report(message, (*context.keys, "latitude"))
        latitude = longitude = None
    names = ("name", "room", "street", "city", "region", "postcode", "country", "url")
    return Place(
        **{name: one_line(values.get(name)) for name in names},
        latitude=float(latitude) if latitude is not None else None,
        longitude=float(longitude) if longitude is not None else None,
    )


class _Reader:
    """Reads one mapping."""

    def __init__(self, kind: str, mapping: Mapping[str, Any], *, source_map: SourceMap, path: str, zone: str) -> None:
        self._kind, self._mapping, self._zone = kind, mapping, zone
        self._context = ValidationContext(
            EventKeys, mapping, source_map=source_map, path=path, subtype=Subtype.EVENT, keys=(kind,)
        )
        self.problems = self._context.problems
        self._general_registration: Registration | None = None

    def event(self, *, is_partial: bool) -> Event:
        values, context = read_fields(self._context, EventKeys, self._mapping, (self._kind,))
        general = read_fields(self._context, GeneralKeys, values.get("general") or {}, (self._kind, "general"))[0]
        if general and "registration" not in values:
            self._general_registration = general_registration(general)
        occurrences = tuple(self._occurrences(values, context, is_partial=is_partial))
        return Event(
            kind=self._kind,
            occurrences=occurrences,
            name=one_line(values.get("name")),
            description=(values.get("description") or "").strip(),
            providers=self._organizations(values.get("provider"), (self._kind, "provider")),
            contact=self._contact(values.get("contact"), context),
            audience=lines(values.get("audience")),
            audience_text=one_line(general.get("audience")),
            people_text=one_line(general.get("lecturers")),
            level=values.get("level") or "",
            prerequisites=lines(values.get("prerequisites")),
            outcomes=lines(values.get("outcomes") or general.get("outcomes")),
            key_topics=lines(general.get("topics")),
            topics=tuple(TopicReader(self._context).topics(values, context.keys)),
            keywords=self._keywords(values, context),
            hours=float(values["hours"]) if values.get("hours") else None,
            license=one_line(values.get("license")),
            materials=tuple(self._materials(values.get("materials") or (), context)),
            has_state_in_title=bool(values.get("state_in_title")),
            lines=self._lines_of_keys(),
        )

    # -- Occurrences

    def _occurrences(
        self, values: dict[str, Any], context: ValidationContext, *, is_partial: bool
    ) -> Iterator[Occurrence]:
        instances = values.get("instances")
        keys: set[str] = set()
        if not instances:
            if (found := self._occurrence(values, values, context, is_partial=is_partial)) is not None:
                # A single date can move without becoming another one.
                usual = "" if self._kind == COURSE else EVENT
                yield _with_key(found, one_line(values.get("id")) or usual, keys)
            return
        if len(instances) > MAX_EVENT_INSTANCES:
            message = (
                f"there are {len(instances)} instances; expected {MAX_EVENT_INSTANCES} at most. The rest is ignored."
            )
            context.report(message, (*context.keys, "instances"))
        for index, instance in enumerate(instances[:MAX_EVENT_INSTANCES]):
            if not instance:
                continue
            own, inside = read_fields(self._context, OccurrenceKeys, instance, (*context.keys, "instances", index))
            found = self._occurrence(own, values, inside, is_partial=is_partial)
            if found is not None:
                yield _with_key(found, one_line(own.get("id")), keys)

    def _occurrence(
        self, own: dict[str, Any], shared: dict[str, Any], context: ValidationContext, *, is_partial: bool
    ) -> Occurrence | None:
        values = {**{name: shared[name] for name in _SHARED if name in shared}, **own}
        if own.get("place") or own.get("online"):
            # Where an instance takes place is said as a whole.
            values |= {name: own.get(name) for name in ("place", "online")}
        zone = values.get("timezone") or self._zone
        has_start = values.get("start") is not None
        if not has_start:
            if not is_partial and "start" not in context.rejected:
                example = "'start: 2027-05-10 09:00', or 'start: 2027-05-10' for whole days"
                context.report(f"the {self._kind} has no 'start', so it is left out; expected {example}.", context.keys)
            # Whatever else is wrong with it is said in the same build.
            values["start"] = SOME_DAY
            values.pop("end", None)
        times = Times(values, context, zone)
        keys = {name: (context if name in own else self._context) for name in values}
        place, venue = self._place(values.get("place"), keys.get("place", context))
        status, previous = values.get("status") or SCHEDULED, values.get("previous_start")
        if status == RESCHEDULED and previous is None:
            message = "the event is rescheduled; expected 'previous_start', when it was to start before."
            context.report(message, context.keys)
        registration, prices, capacity = read_registration(
            values.get("registration"), keys.get("registration", context), zone
        )
        occurrence = Occurrence(
            key="",
            start=times.start,
            end=times.end,
            zone=zone,
            has_end=times.has_end,
            place=place,
            venue=venue,
            online=self._online(values.get("online"), keys.get("online", context)),
            status=status,
            previous_start=in_zone(previous, zone) if previous is not None else None,
            organizers=self._organizations(
                values.get("organizer"), keys_of(keys.get("organizer", context), "organizer")
            ),
            people=tuple(self._people(values.get("speakers") or (), keys.get("speakers", context))),
            capacity=values.get("capacity") or capacity,
            languages=tuple(dict.fromkeys(values.get("languages") or ())),
            registration=registration or self._general_registration,
            prices=prices or read_prices(values.get("price"), values.get("currency"), context),
            rule=self._rule(values.get("repeat"), times.start, keys.get("repeat", context)),
            excluded=tuple(
                moment.date() if isinstance(moment, datetime) else moment for moment in values.get("except_") or ()
            ),
        )
        return occurrence if has_start else None

    def _rule(self, text: str | None, start: date | datetime, context: ValidationContext) -> str:
        if not text:
            return ""
        try:
            return check_rule(text, start)
        except RuleError as error:
            context.found("repeat", text, subtype=None, silent=False).ignore(
                "a recurrence rule such as FREQ=WEEKLY;COUNT=6", str(error)
            )
            return ""

    # -- Places and people

    def _place(self, value: str | dict[Any, Any] | None, context: ValidationContext) -> tuple[Place | None, str]:
        if isinstance(value, str):
            return None, value.strip()
        if not value:
            return None, ""
        mapping = text_keys(value)
        place = parse_place(mapping, context.inside(PlaceKeys, mapping, keys_of(context, "place")))
        venue = mapping.get("venue", mapping.get("building"))
        return (place if place != Place() else None), one_line(str(venue)) if venue is not None else ""

    def _online(self, value: bool | str | dict[Any, Any] | None, context: ValidationContext) -> Online | None:
        if not value:
            return None
        if value is True:
            return Online()
        if isinstance(value, str):
            return Online(url=value.strip()) if is_web_url(value.strip()) else Online(name=one_line(value))
        values = read_fields(self._context, OnlineKeys, value, keys_of(context, "online"))[0]
        return Online(name=one_line(values.get("name")), url=values.get("url") or "")

    def _organizations(self, value: Any, keys: Keys) -> tuple[Organization, ...]:
        items = value if isinstance(value, list) else [value]
        found = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                inside = (*keys, index) if isinstance(value, list) else keys
                values, context = read_fields(self._context, OrganizationKeys, item, inside)
                if not values.get("name"):
                    context.report("the organization has no 'name', so it is ignored.", inside)
                    continue
                ror = self._identifier(values.get("ror"), "ror", context)
                found.append(Organization(name=one_line(values["name"]), url=values.get("url") or "", ror=ror))
            elif item and str(item).strip():
                found.append(Organization(name=one_line(str(item))))
        return tuple(found)

    def _identifier(self, value: str | None, key: str, context: ValidationContext) -> str:
        if not value:
            return ""
        try:
            return ror_url(value) if key == "ror" else orcid_url(value)
        except IdentifierError as error:
            kind = "a ROR id" if key == "ror" else "an ORCID iD"
            context.report(f"{value!r} is not {kind}: {error}. It is ignored.", (*context.keys, key))
            return ""

    def _people(self, items: Sequence[str | dict[Any, Any]], context: ValidationContext) -> Iterator[Person]:
        keys = keys_of(context, "speakers")
        for index, item in enumerate(items):
            if isinstance(item, str):
                if item.strip():
                    yield Person(name=one_line(item), author=one_line(item))
                continue
            values, inside = read_fields(self._context, PersonKeys, item, (*keys, index))
            identifier, name = one_line(values.get("id")), one_line(values.get("name"))
            if not identifier and not name:
                inside.report("somebody has no 'name'; expected a name, or an id of the authors file.", inside.keys)
                continue
            orcid = self._identifier(values.get("orcid"), "orcid", inside)
            yield Person(name=name or identifier, orcid=orcid, url=values.get("url") or "", author=identifier)

    def _contact(self, value: Any, context: ValidationContext) -> Contact | None:
        if not value:
            return None
        if isinstance(value, str):
            return Contact(name=one_line(value))
        values = read_fields(self._context, ContactKeys, value, keys_of(context, "contact"))[0]
        contact = Contact(
            name=one_line(values.get("name")), email=values.get("email") or "", url=values.get("url") or ""
        )
        return contact if contact != Contact() else None

    # -- What it is about

    def _keywords(self, values: Mapping[str, Any], context: ValidationContext) -> tuple[str, ...]:
        keywords = lines(values.get("keywords"))
        if len(keywords) > MAX_KEYWORDS:
            message = f"there are {len(keywords)} keywords; registries take {MAX_KEYWORDS}. The rest is left out there."
            context.report(message, (*context.keys, "keywords"))
        return keywords

    def _materials(self, items: Sequence[dict[Any, Any]], context: ValidationContext) -> Iterator[Material]:
        for index, item in enumerate(items):
            if not item:
                continue
            values, inside = read_fields(self._context, MaterialKeys, item, (*keys_of(context, "materials"), index))
            if values.get("url"):
                yield Material(title=one_line(values.get("title")) or values["url"], url=values["url"])
            elif "url" not in inside.rejected:
                inside.report("the material has no 'url', so it is ignored.", inside.keys)

    # -- Tools

    def _lines_of_keys(self) -> dict[str, int]:
        source_map = self._context.source_map
        found = {"": source_map.line(self._kind)}
        for key in ("instances", "place", "onsite", "venue", "speakers", "instructors", "topics", "about"):
            if key in self._mapping:
                found[key] = source_map.line(self._kind, key)
        return {key: line for key, line in found.items() if line is not None}


def _with_key(occurrence: Occurrence, identifier: str, taken: set[str]) -> Occurrence:
    """Return an occurrence with a unique key, which is part of a URL."""
    wanted = _KEY.sub("-", identifier).strip("-") or occurrence.start.isoformat()[:10]
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key)
    return replace(occurrence, key=key)
