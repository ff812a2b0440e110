"""What registries miss in events: the properties that the profiles of Bioschemas ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.metadata.event_json_ld import (
    CONFORMS_TO,
    COURSE_PROFILE,
    EVENT_PROFILE,
    INSTANCE_PROFILE,
    PROFILES,
    event_documents,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext.newsroom.event_models import Event

MINIMUM = {
    COURSE_PROFILE: ("description", "keywords", "name"),
    INSTANCE_PROFILE: ("courseMode", "location"),
    EVENT_PROFILE: (
        "contact", "description", "endDate", "eventType", "hostInstitution", "location", "name", "startDate",
    ),
}  # fmt: skip
"""What each profile requires."""
RECOMMENDED = {
    COURSE_PROFILE: (
        "about", "coursePrerequisites", "educationalLevel", "hasCourseInstance", "license", "mentions", "provider",
        "teaches", "timeRequired", "url",
    ),
    INSTANCE_PROFILE: ("startDate", "endDate", "inLanguage", "instructor", "offers", "url"),
    EVENT_PROFILE: ("audience", "keywords", "maximumAttendeeCapacity", "prerequisite", "topic", "url"),
}  # fmt: skip
"""What else each profile asks for, as far as front matter can say it."""
KEYS = {
    "about": "topics",
    "courseMode": "place or online",
    "coursePrerequisites": "prerequisites",
    "educationalLevel": "level",
    "endDate": "end",
    "hostInstitution": "organizer",
    "inLanguage": "language",
    "instructor": "speakers",
    "location": "place or online",
    "maximumAttendeeCapacity": "capacity",
    "mentions": "materials",
    "offers": "price or registration",
    "prerequisite": "prerequisites",
    "startDate": "start",
    "teaches": "outcomes",
    "timeRequired": "hours",
    "topic": "topics",
}
"""The key of front matter for each property of a profile that has another name."""
DEDUCED = frozenset({"description", "eventType", "hasCourseInstance", "name", "url"})
"""Properties that are known once the page is written, or come from the site."""


def missing_properties(document: Mapping[str, Any], *, recommended: bool = False) -> list[tuple[str, str]]:
    """Return what a document lacks of the profiles that it names, as pairs of profile and property.

    :param document: one of :func:`event_documents`.
    :param recommended: whether to ask for what is only recommended.
    """
    missing = []
    for node in (document, *document.get("hasCourseInstance", ())):
        profile = node[CONFORMS_TO]["@id"]
        wanted = RECOMMENDED[profile] if recommended else MINIMUM[profile]
        missing += [(profile, name) for name in wanted if name not in node]
    return list(dict.fromkeys(missing))


def profile_gaps(event: Event, *, keywords: Sequence[str], recommended: bool = False) -> list[tuple[str, list[str]]]:
    """Return the keys of front matter that each profile asks for in vain.

    :param event: the event, with whole places and people.
    :param keywords: categories and tags of the post.
    :param recommended: whether to ask for what is only recommended, too.
    """
    documents = event_documents(event, name="-", description="-", url="", image=None, language="en", keywords=keywords)
    found: dict[str, dict[str, None]] = {}
    for document in documents:
        pairs = missing_properties(document)
        pairs += missing_properties(document, recommended=True) if recommended else []
        for profile, name in pairs:
            if name not in DEDUCED:
                found.setdefault(profile.removeprefix(f"{PROFILES}/"), {})[KEYS.get(name, name)] = None
    return [(profile, list(keys)) for profile, keys in found.items()]
