"""Read ``event`` and ``course`` of front matter into records, with every mistake at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.numbers import is_currency

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
    Price,
    Registration,
    Topic,
)
from sphinxext.newsroom.events.recurrence import RuleError, check_rule
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
    PriceKeys,
    RegistrationKeys,
)
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.dates import aware
from sphinxext.newsroom.utils.identifiers import IdentifierError, orcid_url, ror_url
from sphinxext.newsroom.utils.limits import MAX_EVENT_INSTANCES
from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.coerce import ValidationContext, check, report_misspelled_keys, text_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from sphinxext.newsroom.problems import Problem
    from sphinxext.newsroom.validation.coerce import SourceMap

    Keys = tuple[str | int, ...]

ASSUMED_LENGTH = timedelta(hours=1)
"""How long an event with a time is taken to last if nobody says."""
SOME_DAY = date(2000, 1, 1)
EDAM = "http://edamontology.org/"
_PRICE = re.compile(r"\s*([A-Z]{3}|[€$£])?\s*(\d{1,9}(?:[.,]\d{1,2})?)\s*([A-Z]{3}|[€$£])?\s*")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_FREE = frozenset({"free", "0", "none", "no", "gratis"})
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
    names = ("name", "room", "street", "city", "region", "postcode", "country", "url")
    return Place(
        **{name: _line(values.get(name)) for name in names},
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
        values, context = self._checked(EventKeys, self._mapping, (self._kind,))
        general = self._checked(GeneralKeys, values.get("general") or {}, (self._kind, "general"))[0]
        if general and "registration" not in values:
            self._general_registration = _general_registration(general)
        occurrences = tuple(self._occurrences(values, context, is_partial=is_partial))
        return Event(
            kind=self._kind,
            occurrences=occurrences,
            name=_line(values.get("name")),
            description=(values.get("description") or "").strip(),
            providers=self._organizations(values.get("provider"), (self._kind, "provider")),
            contact=self._contact(values.get("contact"), context),
            audience=_lines(values.get("audience")),
            audience_text=_line(general.get("audience")),
            people_text=_line(general.get("lecturers")),
            level=values.get("level") or "",
            prerequisites=_lines(values.get("prerequisites")),
            outcomes=_lines(values.get("outcomes") or general.get("outcomes")),
            key_topics=_lines(general.get("topics")),
            topics=tuple(self._topics(values, context)),
            keywords=self._keywords(values, context),
            hours=float(values["hours"]) if values.get("hours") else None,
            license=_line(values.get("license")),
            materials=tuple(self._materials(values.get("materials") or (), context)),
            lines=self._lines(),
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
                yield _with_key(found, _line(values.get("id")) or usual, keys)
            return
        if len(instances) > MAX_EVENT_INSTANCES:
            message = (
                f"there are {len(instances)} instances; expected {MAX_EVENT_INSTANCES} at most. The rest is ignored."
            )
            context.report(message, (*context.keys, "instances"))
        for index, instance in enumerate(instances[:MAX_EVENT_INSTANCES]):
            if not instance:
                continue
            own, inside = self._checked(OccurrenceKeys, instance, (*context.keys, "instances", index))
            found = self._occurrence(own, values, inside, is_partial=is_partial)
            if found is not None:
                yield _with_key(found, _line(own.get("id")), keys)

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
        times = _Times(values, context, zone)
        keys = {name: (context if name in own else self._context) for name in values}
        place, venue = self._place(values.get("place"), keys.get("place", context))
        status, previous = values.get("status") or SCHEDULED, values.get("previous_start")
        if status == RESCHEDULED and previous is None:
            message = "the event is rescheduled; expected 'previous_start', when it was to start before."
            context.report(message, context.keys)
        registration, prices, capacity = self._registration(values, keys.get("registration", context), zone)
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
            previous_start=_moment(previous, zone) if previous is not None else None,
            organizers=self._organizations(
                values.get("organizer"), _keys_of(keys.get("organizer", context), "organizer")
            ),
            people=tuple(self._people(values.get("speakers") or (), keys.get("speakers", context))),
            capacity=values.get("capacity") or capacity,
            languages=tuple(dict.fromkeys(values.get("languages") or ())),
            registration=registration,
            prices=prices or self._prices(values.get("price"), values.get("currency"), context),
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
        place = parse_place(mapping, context.inside(PlaceKeys, mapping, _keys_of(context, "place")))
        venue = mapping.get("venue", mapping.get("building"))
        return (place if place != Place() else None), _line(str(venue)) if venue is not None else ""

    def _online(self, value: bool | str | dict[Any, Any] | None, context: ValidationContext) -> Online | None:
        if not value:
            return None
        if value is True:
            return Online()
        if isinstance(value, str):
            return Online(url=value.strip()) if is_web_url(value.strip()) else Online(name=_line(value))
        values = self._checked(OnlineKeys, value, _keys_of(context, "online"))[0]
        return Online(name=_line(values.get("name")), url=values.get("url") or "")

    def _organizations(self, value: Any, keys: Keys) -> tuple[Organization, ...]:
        items = value if isinstance(value, list) else [value]
        found = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                inside = (*keys, index) if isinstance(value, list) else keys
                values, context = self._checked(OrganizationKeys, item, inside)
                if not values.get("name"):
                    context.report("the organization has no 'name', so it is ignored.", inside)
                    continue
                ror = self._identifier(values.get("ror"), "ror", context)
                found.append(Organization(name=_line(values["name"]), url=values.get("url") or "", ror=ror))
            elif item and str(item).strip():
                found.append(Organization(name=_line(str(item))))
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
        keys = _keys_of(context, "speakers")
        for index, item in enumerate(items):
            if isinstance(item, str):
                if item.strip():
                    yield Person(name=_line(item), author=_line(item))
                continue
            values, inside = self._checked(PersonKeys, item, (*keys, index))
            identifier, name = _line(values.get("id")), _line(values.get("name"))
            if not identifier and not name:
                inside.report("somebody has no 'name'; expected a name, or an id of the authors file.", inside.keys)
                continue
            orcid = self._identifier(values.get("orcid"), "orcid", inside)
            yield Person(name=name or identifier, orcid=orcid, url=values.get("url") or "", author=identifier)

    def _contact(self, value: Any, context: ValidationContext) -> Contact | None:
        if not value:
            return None
        if isinstance(value, str):
            return Contact(name=_line(value))
        values = self._checked(ContactKeys, value, _keys_of(context, "contact"))[0]
        contact = Contact(name=_line(values.get("name")), email=values.get("email") or "", url=values.get("url") or "")
        return contact if contact != Contact() else None

    # -- Signing up

    def _registration(
        self, values: Mapping[str, Any], context: ValidationContext, zone: str
    ) -> tuple[Registration | None, tuple[Price, ...], int | None]:
        value = values.get("registration")
        if not value:
            return self._general_registration, (), None
        if isinstance(value, str):
            url = value.strip()
            return (Registration(url=url) if is_web_url(url) else Registration(text=url)), (), None
        own, inside = self._checked(RegistrationKeys, value, _keys_of(context, "registration"))
        opens, deadline = own.get("opens"), own.get("deadline")
        opening = _moment(opens, zone, as_time=True) if opens else None
        closing = _moment(_after(deadline), zone, as_time=True) if deadline else None
        if opening and closing and opening >= closing:
            message = "registration closes before it opens; the opening is ignored."
            inside.report(message, (*inside.keys, "opens"))
            opening = None
        registration = Registration(
            url=own.get("url") or "",
            text=(own.get("text") or "").strip(),
            opens=opening,
            closes=closing,
            deadline=_moment(deadline, zone) if deadline else None,
            is_full=bool(own.get("full")),
            is_closed=bool(own.get("closed")),
        )
        prices = self._prices(own.get("price"), own.get("currency"), inside)
        return registration, prices, own.get("capacity")

    def _prices(self, value: Any, currency: str | None, context: ValidationContext) -> tuple[Price, ...]:
        items = value if isinstance(value, list) else [value]
        found = []
        for index, item in enumerate(items):
            if item is None:
                continue
            keys = (*_keys_of(context, "price"), index) if isinstance(value, list) else _keys_of(context, "price")
            category, amount, own = "", item, currency
            if isinstance(item, dict):
                values, inside = self._checked(PriceKeys, item, keys)
                category, amount, own = (
                    _line(values.get("category")),
                    values.get("price"),
                    values.get("currency") or own,
                )
                if amount is None:
                    inside.report("there is no 'price'; expected a number, or 'free'.", keys)
                    continue
            if (price := self._price(amount, own, category, keys)) is not None:
                found.append(price)
        return tuple(found)

    def _price(self, amount: Any, currency: str | None, category: str, keys: Keys) -> Price | None:
        text = str(amount).strip()
        match = _PRICE.fullmatch(text)
        if text.casefold() in _FREE:
            value = Decimal(0)
        elif match:
            value = Decimal(match[2].replace(",", "."))
            sign = match[1] or match[3]
            currency = currency or _SIGNS.get(sign, sign)
        else:
            self._report_price(f"'price' is {text!r}; expected a number, or 'free'. It is ignored.", keys)
            return None
        currency = (currency or "").strip().upper()
        if currency and not is_currency(currency):
            self._report_price(
                f"{currency!r} is no currency; expected a code such as 'EUR'. The price is ignored.", keys
            )
            return None
        if value and not currency:
            self._report_price("the price has no 'currency'; expected a code such as 'EUR'. It is ignored.", keys)
            return None
        try:
            return Price(amount=value.normalize() if value else Decimal(0), currency=currency, category=category)
        except InvalidOperation:
            return None

    def _report_price(self, message: str, keys: Keys) -> None:
        self._context.report(message, keys)

    # -- What it is about

    def _topics(self, values: Mapping[str, Any], context: ValidationContext) -> Iterator[Topic]:
        seen: set[Topic] = set()
        for name in ("topics", "about"):
            for index, item in enumerate(values.get(name) or ()):
                for topic in self._topic(item, (*context.keys, name, index)):
                    if topic not in seen:
                        seen.add(topic)
                        yield topic

    def _topic(self, item: Any, keys: Keys) -> Iterator[Topic]:
        if isinstance(item, dict):
            mapping = text_keys(item)
            if "id" in mapping or "name" in mapping:
                identifier, name = str(mapping.get("id") or ""), _line(str(mapping.get("name") or ""))
                yield Topic(id=self._topic_uri(identifier, keys) if identifier else "", name=name)
                return
            for key, value in mapping.items():
                if isinstance(value, dict):
                    if key.casefold() != "edam":
                        message = f"{key!r} is no ontology that is known; expected 'edam'. It is ignored."
                        self._context.report(message, (*keys, key))
                        continue
                    for number, label in text_keys(value).items():
                        yield self._numbered((*keys, key, number), number, label)
                else:
                    yield self._numbered((*keys, key), key, value)
        elif isinstance(item, (str, int)) and not isinstance(item, bool):
            raw = self._context.source_map.raw(*keys) or str(item)
            is_id = re.fullmatch(r"\d{1,4}|(?:https?://edamontology\.org/|EDAM[:_])?topic_\d{4}", raw.strip())
            yield Topic(id=self._topic_uri(raw, keys)) if is_id else Topic(name=_line(raw))
        else:
            self._context.report(
                f"{'.'.join(map(str, keys[:-1]))!r} has something in it that is no topic; expected an EDAM topic by its "
                "number or name. It is ignored.",
                keys,
            )

    def _numbered(self, keys: Keys, number: str, label: Any) -> Topic:
        # YAML reads 0071 as an octal number: the digits that were written count.
        written = self._context.source_map.key(*keys) or number
        return Topic(id=self._topic_uri(written, keys), name=_line(str(label)) if label is not None else "")

    def _topic_uri(self, text: str, keys: Keys) -> str:
        match = re.fullmatch(r"(?:https?://edamontology\.org/|EDAM[:_])?(?:topic_)?(\d{1,4})", text.strip())
        if match:
            return f"{EDAM}topic_{int(match[1]):04d}"
        self._context.report(
            f"{text!r} is no EDAM topic; expected its number such as 3170, or http://edamontology.org/topic_3170. "
            "It is ignored.",
            keys,
        )
        return ""

    def _keywords(self, values: Mapping[str, Any], context: ValidationContext) -> tuple[str, ...]:
        keywords = _lines(values.get("keywords"))
        if len(keywords) > MAX_KEYWORDS:
            message = f"there are {len(keywords)} keywords; registries take {MAX_KEYWORDS}. The rest is left out there."
            context.report(message, (*context.keys, "keywords"))
        return keywords

    def _materials(self, items: Sequence[dict[Any, Any]], context: ValidationContext) -> Iterator[Material]:
        for index, item in enumerate(items):
            if not item:
                continue
            values, inside = self._checked(MaterialKeys, item, (*_keys_of(context, "materials"), index))
            if values.get("url"):
                yield Material(title=_line(values.get("title")) or values["url"], url=values["url"])
            elif "url" not in inside.rejected:
                inside.report("the material has no 'url', so it is ignored.", inside.keys)

    # -- Tools

    def _checked(
        self, model: type[BaseModel], value: Mapping[Any, Any], keys: Keys
    ) -> tuple[dict[str, Any], ValidationContext]:
        mapping = text_keys(value)
        context = self._context.inside(model, mapping, keys)
        values, extra = check(model, mapping, context)
        report_misspelled_keys(extra, model, context)
        return values, context

    def _lines(self) -> dict[str, int]:
        source_map = self._context.source_map
        found = {"": source_map.line(self._kind)}
        for key in ("instances", "place", "onsite", "venue", "speakers", "instructors", "topics", "about"):
            if key in self._mapping:
                found[key] = source_map.line(self._kind, key)
        return {key: line for key, line in found.items() if line is not None}


class _Times:
    """When an occurrence starts and ends."""

    def __init__(self, values: Mapping[str, Any], context: ValidationContext, zone: str) -> None:
        self._context, self._zone = context, zone
        start, end = values["start"], values.get("end")
        self.has_end = end is not None
        if isinstance(end, time):
            end = datetime.combine(start, end) if isinstance(start, datetime) else None
            if end is None:
                self._report(
                    "end", "the start is a day without a time; expected an end of the same kind. It is ignored."
                )
                self.has_end = False
            elif start.tzinfo is not None:
                end = end.replace(tzinfo=start.tzinfo)
        if end is not None and isinstance(start, datetime) != isinstance(end, datetime):
            self._report(
                "end", "one of 'start' and 'end' has a time and the other has none; both are read as whole days."
            )
            start, end = (moment.date() if isinstance(moment, datetime) else moment for moment in (start, end))
        self.start = self._moment(start, "start")
        assumed = self.start + ASSUMED_LENGTH if isinstance(self.start, datetime) else self.start
        if end is None:
            if isinstance(self.start, datetime) and not self.has_end:
                self._report("start", f"there is no 'end'; {_written(assumed)} is assumed.")
            self.end = assumed
            return
        self.end = self._moment(end, "end")
        if self.end < self.start:
            self._report("end", f"the end is before the start; {_written(assumed)} is assumed.")
            self.end, self.has_end = assumed, False

    def _report(self, key: str, message: str) -> None:
        found = self._context.found(key, None, subtype=None, silent=False)
        self._context.report(message, found.keys)

    def _moment(self, value: date | datetime, key: str) -> date | datetime:
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
        moment = _moment(value, self._zone)
        assert isinstance(moment, datetime)  # noqa: S101 - as its value is
        real = moment.astimezone(UTC).astimezone(moment.tzinfo)
        if real.replace(tzinfo=None) != value:
            self._report(
                key,
                f"{value:%Y-%m-%d %H:%M} does not exist in {self._zone}, where clocks are put forward at that time; "
                f"{real:%H:%M} is assumed.",
            )
        return real


def _general_registration(general: Mapping[str, Any]) -> Registration:
    """Return how people sign up by the mapping ``general``: without a form and a text, they can no longer."""
    url, text = general.get("register_") or "", (general.get("invite") or "").strip()
    return Registration(url=url, text=text, is_closed=not url and not text)


def _moment(value: date | datetime, zone: str, *, as_time: bool = False) -> Any:
    """Return a time in its zone; a day stays one, unless it is asked for as a time."""
    if not isinstance(value, datetime) and not as_time:
        return value
    return aware(value, ZoneInfo(zone))


def _written(value: date) -> str:
    """Return a date as people write it."""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def _after(value: date | datetime) -> date | datetime:
    """Return the first moment after a deadline: a day belongs to it as a whole."""
    return value if isinstance(value, datetime) else value + timedelta(days=1)


def _with_key(occurrence: Occurrence, identifier: str, taken: set[str]) -> Occurrence:
    """Return an occurrence with a unique key, which is part of a URL."""
    wanted = _KEY.sub("-", identifier).strip("-") or occurrence.start.isoformat()[:10]
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key)
    return replace(occurrence, key=key)


def _keys_of(context: ValidationContext, field: str) -> Keys:
    """Return the place of a field, in the spelling of the file."""
    return context.found(field, None, subtype=None, silent=False).keys


def _line(text: str | None) -> str:
    return collapse_whitespace(text or "")


def _lines(items: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for item in items or () if (line := _line(item))))
