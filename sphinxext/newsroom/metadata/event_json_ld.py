"""Structured data of events and courses, as JSON-LD: schema.org, with the terms and profiles of Bioschemas.

Registries read ``Event`` and ``CourseInstance`` with a separate URL, and take the plain type only. Terms that are not
part of schema.org (``contact``, ``hostInstitution``, …) are those of Bioschemas, which have the same prefix.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.content.licenses import read_license
from sphinxext.newsroom.event_models import CANCELLED as CANCELLED_STATUS
from sphinxext.newsroom.event_models import COURSE, LEVELS, MAX_KEYWORDS, MOVED_ONLINE, POSTPONED, RESCHEDULED
from sphinxext.newsroom.metadata.json_ld import without_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sphinxext.newsroom.event_models import (
        Event,
        Occurrence,
        Online,
        Organization,
        Person,
        Place,
        Registration,
        Topic,
    )

    Node = dict[str, Any]

SCHEMA = "https://schema.org"
CONTEXT = f"{SCHEMA}/"
CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"
PROFILES = "https://bioschemas.org/profiles"
COURSE_PROFILE = f"{PROFILES}/Course/1.0-RELEASE"
INSTANCE_PROFILE = f"{PROFILES}/CourseInstance/1.0-RELEASE"
EVENT_PROFILE = f"{PROFILES}/Event/0.3-DRAFT"
EDAM = "http://edamontology.org"
STATUS = {
    CANCELLED_STATUS: "EventCancelled",
    POSTPONED: "EventPostponed",
    RESCHEDULED: "EventRescheduled",
    MOVED_ONLINE: "EventMovedOnline",
}
FREQUENCIES = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}


def event_documents(
    event: Event,
    *,
    name: str,
    description: str,
    url: str,
    image: Node | None,
    language: str,
    keywords: Sequence[str],
) -> list[Node]:
    """Return an event as JSON-LD documents, each for a separate script: one for a course, else one for each time.

    :param event: the event, with whole places and people.
    :param name: the title of its post.
    :param description: one or two sentences about the post.
    :param url: the full URL of the post, empty when the site has none.
    :param image: the cover.
    :param language: the language of the page.
    :param keywords: categories and tags of the post, for an event without keywords.
    """
    if not event.occurrences:
        return []
    shared: Node = {
        "name": event.name or name,
        "description": event.description or description,
        "keywords": list(event.keywords or keywords)[:MAX_KEYWORDS],
        "about": [_topic(topic) for topic in event.topics],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": role, "name": role} for role in event.audience
        ],
        "image": image,
        "inLanguage": language,
    }
    instances = [
        _occurrence(
            event, occurrence, url=f"{url}#{occurrence.key}" if url and event.has_separate_urls else url, page=url
        )
        for occurrence in event.occurrences
    ]
    if event.kind != COURSE:
        return [_document({**shared, **instance}, EVENT_PROFILE) for instance in instances]
    course = {
        "@type": "Course",
        "@id": f"{url}#course" if url else "",
        "url": url,
        **shared,
        "provider": [_organization(provider) for provider in event.providers],
        "hasCourseInstance": [_conforming(instance, INSTANCE_PROFILE) for instance in instances],
        "coursePrerequisites": list(event.prerequisites),
        "educationalLevel": _level(event.level),
        "teaches": list(event.outcomes),
        "timeRequired": _duration(event.hours),
        "license": _license(event.license),
        "mentions": [
            {"@type": "CreativeWork", "name": material.title, "url": material.url} for material in event.materials
        ],
    }
    return [_document(course, COURSE_PROFILE)]


def attendance_mode(occurrence: Occurrence) -> str:
    """Return how people take part: ``onsite``, ``online`` or ``blended``, empty where nothing is said.

    :param occurrence: the occurrence.
    """
    is_online = occurrence.online is not None or occurrence.status == MOVED_ONLINE
    if occurrence.place is not None and occurrence.status != MOVED_ONLINE:
        return "blended" if is_online else "onsite"
    return "online" if is_online else ""


def _occurrence(event: Event, occurrence: Occurrence, *, url: str, page: str) -> Node:
    """Return one time of an event, or one instance of a course."""
    is_course, mode = event.kind == COURSE, attendance_mode(occurrence)
    people = [_person(person) for person in occurrence.people]
    organizers = [_organization(organizer) for organizer in occurrence.organizers]
    registration = occurrence.registration
    start, previous = occurrence.start, occurrence.previous_start
    node: Node = {
        "@type": "CourseInstance" if is_course else "Event",
        "@id": url if "#" in url or not url else f"{url}#event",
        "url": url,
        "startDate": start.isoformat(),
        "endDate": occurrence.end.isoformat(),
        "previousStartDate": previous.isoformat() if previous else "",
        "eventStatus": f"{SCHEMA}/{STATUS.get(occurrence.status, 'EventScheduled')}",
        "eventAttendanceMode": _attendance_mode(mode),
        "courseMode": mode,
        "location": _location(occurrence, page=page),
        "organizer": _one_or_list(organizers),
        "maximumAttendeeCapacity": occurrence.capacity,
        "offers": _offers(occurrence, registration, page=page),
        "isAccessibleForFree": all(not price.amount for price in occurrence.prices) if occurrence.prices else None,
        "eventSchedule": _schedule(occurrence) if occurrence.rule else None,
    }
    if occurrence.languages:
        node["inLanguage"] = _one_or_list(list(occurrence.languages))
    if is_course:
        return without_unknown({**node, "instructor": people})
    hosts = [_organization(host) for host in event.providers] or organizers
    return {
        **node,
        "performer": people,
        "contact": _contact(event),
        "hostInstitution": _one_or_list(hosts),
        "eventType": "Meetings and conferences",
        "prerequisite": list(event.prerequisites),
        "topic": [_topic(topic) for topic in event.topics],
        "deadline": registration.deadline.isoformat() if registration and registration.deadline else "",
    }


def _attendance_mode(mode: str) -> str:
    modes = {"onsite": "Offline", "online": "Online", "blended": "Mixed"}
    return f"{SCHEMA}/{modes[mode]}EventAttendanceMode" if mode else ""


def _location(occurrence: Occurrence, *, page: str) -> Any:
    places: list[Node] = []
    if occurrence.place is not None and occurrence.status != MOVED_ONLINE:
        places.append(_place(occurrence.place))
    if occurrence.online is not None or occurrence.status == MOVED_ONLINE:
        places.append(_virtual(occurrence.online, page=page))
    return _one_or_list(places)


def _virtual(online: Online | None, *, page: str) -> Node:
    """Return a place online; registries look for its name, and search engines for a URL."""
    name, url = (online.name, online.url) if online else ("", "")
    return without_unknown({"@type": "VirtualLocation", "name": name or "Online", "url": url or page})


def _place(place: Place) -> Node:
    postal = without_unknown(
        {
            "streetAddress": place.street,
            "addressLocality": place.city,
            "addressRegion": place.region,
            "postalCode": place.postcode,
            "addressCountry": place.country,
        }
    )
    names = [name for name in (place.name, place.room) if name]
    geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return without_unknown(
        {
            "@type": "Place",
            "name": ", ".join(names) or place.street or place.city,
            "address": {"@type": "PostalAddress", **postal} if postal else None,  # codespell:ignore address
            "geo": geo if place.latitude is not None else None,
            "url": place.url,
        }
    )


def _offers(occurrence: Occurrence, registration: Registration | None, *, page: str) -> list[Node]:
    url = (registration.url if registration else "") or page
    shared = {
        "url": url,
        "availability": f"{SCHEMA}/{'SoldOut' if registration and registration.is_full else 'InStock'}",
        "validFrom": registration.opens.isoformat() if registration and registration.opens else "",
        "validThrough": registration.deadline.isoformat() if registration and registration.deadline else "",
    }
    offers = [
        # Search engines ask for a currency even where nothing is paid.
        {
            "@type": "Offer",
            **shared,
            "price": format(price.amount, "f"),
            "priceCurrency": price.currency or "EUR",
            "category": price.category,
        }
        for price in occurrence.prices
    ]
    if not offers and registration is not None and registration.url:
        offers = [{"@type": "Offer", **shared}]
    return [without_unknown(offer) for offer in offers]


def _schedule(occurrence: Occurrence) -> Node:
    """Return a recurrence rule in the terms of schema.org."""
    rule = dict(part.split("=", 1) for part in occurrence.rule.split(";"))
    start = occurrence.start
    days = [day for day in rule.get("BYDAY", "").split(",") if day]
    until = rule.get("UNTIL", "")[:8]
    return without_unknown(
        {
            "@type": "Schedule",
            "startDate": _day(start).isoformat(),
            "endDate": f"{until[:4]}-{until[4:6]}-{until[6:]}" if until else "",
            "startTime": f"{start:%H:%M:%S}" if isinstance(start, datetime) else "",
            "repeatFrequency": f"P{rule.get('INTERVAL', '1')}{FREQUENCIES[rule['FREQ']]}",
            "repeatCount": int(rule["COUNT"]) if "COUNT" in rule else None,
            "byDay": days,
            "exceptDate": [day.isoformat() for day in occurrence.excluded],
            "scheduleTimezone": occurrence.zone if isinstance(start, datetime) else "",
        }
    )


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _organization(organization: Organization) -> Node:
    return without_unknown(
        {
            "@type": "Organization",
            "@id": organization.ror,
            "name": organization.name,
            "url": organization.url or organization.ror,
            "identifier": organization.ror,
        }
    )


def _person(person: Person) -> Node:
    return without_unknown(
        {
            "@type": "Person",
            "@id": person.orcid,
            "name": person.name,
            "identifier": person.orcid,
            "url": person.url if person.url.startswith(("https://", "http://")) else "",
        }
    )


def _contact(event: Event) -> Node | None:
    contact = event.contact
    if contact is None or not (contact.name or contact.url):
        return None
    return without_unknown({"@type": "ContactPoint", "name": contact.name, "url": contact.url})


def _topic(topic: Topic) -> Node:
    is_edam = topic.id.startswith(EDAM)
    return without_unknown(
        {
            "@type": "DefinedTerm",
            "@id": topic.id,
            "name": topic.name,
            "url": topic.id,
            "inDefinedTermSet": f"{EDAM}/" if is_edam else "",
            "termCode": topic.id.rpartition("/")[2] if is_edam else "",
        }
    )


def _level(level: str) -> str:
    """Return a level as registries spell it."""
    return level.capitalize() if level in LEVELS else ""


def _duration(hours: float | None) -> str:
    """Return hours as a duration of ISO 8601."""
    if hours is None:
        return ""
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{rest}M" if rest or not whole else "")


def _license(text: str) -> str:
    """Return a licence as a URL: anything else would be read as a path below the page."""
    found = read_license(text)
    return found.url if found else ""


def _document(node: Mapping[str, Any], profile: str) -> Node:
    return {"@context": CONTEXT, **_conforming(node, profile)}


def _conforming(node: Mapping[str, Any], profile: str) -> Node:
    """Return a node that names its profile; the key in full, as old contexts have no prefix for it."""
    return {**without_unknown(node), CONFORMS_TO: {"@type": "CreativeWork", "@id": profile}}


def _one_or_list(items: Iterable[Any]) -> Any:
    found = list(items)
    return found[0] if len(found) == 1 else found
