"""Structured data of events: what registries find in it, as an independent RDF parser reads it."""

from __future__ import annotations

import json
from textwrap import indent
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from sphinxext.newsroom.content.events import resolve_event
from sphinxext.newsroom.event_models import Place
from sphinxext.newsroom.events.venues import parse_venues
from sphinxext.newsroom.front_matter.parse import parse
from sphinxext.newsroom.metadata.event_json_ld import (
    COURSE_PROFILE,
    EVENT_PROFILE,
    INSTANCE_PROFILE,
    event_documents,
)
from sphinxext.newsroom.metadata.event_profiles import missing_properties
from sphinxext.newsroom.models import Author
from tests.unit.test_events import COURSE

# The parser of JSON-LD uses a class that it calls deprecated itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
S = Namespace("http://schema.org/")
# The part of schema.org's context that these documents depend on, so that nothing is fetched.
URLS = ("url", "license", "image", "eventStatus", "eventAttendanceMode", "availability", "inDefinedTermSet", "sameAs")
CONTEXT = {"@vocab": str(S), **{term: {"@id": f"schema:{term}", "@type": "@id"} for term in URLS}, "schema": str(S)}
URL = "https://node.example/blog/a/"
DIANA = Author(id="diana", name="Diana", orcid="https://orcid.org/0000-0002-1825-0097")
VENUES = {"Hall": Place(name="Great hall", city="Tartu", country="EE", latitude=58.38, longitude=26.72)}


def documents(yaml: str, kind: str = "event", url: str = URL) -> list[dict[str, Any]]:
    text = f"---\ndate: 2026-08-01\n{kind}:\n{indent(yaml, '  ')}\n---\n# Title\n"
    front_matter, _, problems = parse(text, path="x.md", timezone=ZoneInfo("Europe/Tallinn"))
    assert front_matter.event is not None
    event, unknown = resolve_event(
        front_matter.event, authors={"diana": DIANA}, venues=VENUES, venues_file="blog/venues.yml", path="x.md"
    )
    assert (problems, unknown) == ((), ())
    return event_documents(
        event, name="A title", description="About it.", url=url, image=None, language="et", keywords=["News", "R"]
    )


def graph_of(document: dict[str, Any]) -> Graph:
    """Return a document as an RDF parser reads it that has nothing to do with the code under test."""
    return Graph().parse(data=json.dumps({**document, "@context": CONTEXT}), format="json-ld", base=URL)


def value(graph: Graph, subject: Any, *path: str) -> Any:
    """Return what registries take: the first value at the end of a path."""
    for name in path:
        found = sorted(graph.objects(subject, URIRef(S[name])), key=str)
        if not found:
            return None
        subject = found[0]
    return str(subject)


EVENT = """\
start: 2027-05-10 09:00
end: 2027-05-12 16:00
place: Hall
online: {name: Zoom, url: https://zoom.example/1}
organizer: {name: Node, ror: https://ror.org/03z77qz90}
contact: {name: Training office, email: office@node.example, url: https://node.example/contact/}
registration: {url: https://forms.example/, opens: 2027-03-01, deadline: 2027-04-30}
price: [{price: 50, currency: EUR, category: Students}]
speakers: [diana, Somebody else]
audience: [Researchers]
topics: [{name: RNA-Seq, id: http://edamontology.org/topic_3170}]
capacity: 24
prerequisites: Basic R
"""


def test_an_event_says_what_registries_read():
    [document] = documents(EVENT)
    assert document["@context"] == "https://schema.org/"
    graph = graph_of(document)
    [event] = graph.subjects(RDF.type, S.Event)
    assert str(event) == f"{URL}#event"
    assert {path: value(graph, event, *path.split("/")) for path in (
        "name", "description", "url", "startDate", "endDate", "organizer/name", "maximumAttendeeCapacity", "deadline",
        "eventStatus", "eventAttendanceMode", "hostInstitution/name", "contact/name", "courseMode", "inLanguage",
        "offers/price", "offers/priceCurrency", "offers/url", "offers/validFrom", "audience/educationalRole",
        "prerequisite", "isAccessibleForFree",
    )} == {
        "name": "A title",
        "description": "About it.",
        "url": URL,
        "startDate": "2027-05-10T09:00:00+03:00",
        "endDate": "2027-05-12T16:00:00+03:00",
        "organizer/name": "Node",
        "maximumAttendeeCapacity": "24",
        "deadline": "2027-04-30",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "hostInstitution/name": "Node",
        "contact/name": "Training office",
        "courseMode": "blended",
        "inLanguage": "et",
        "offers/price": "50",
        "offers/priceCurrency": "EUR",
        "offers/url": "https://forms.example/",
        "offers/validFrom": "2027-03-01T00:00:00+02:00",
        "audience/educationalRole": "Researchers",
        "prerequisite": "Basic R",
        "isAccessibleForFree": "false",
    }  # fmt: skip
    [place] = graph.subjects(RDF.type, S.Place)
    [online] = graph.subjects(RDF.type, S.VirtualLocation)
    assert set(graph.objects(event, S.location)) == {place, online}
    assert (value(graph, place, "name"), value(graph, place, "address", "addressLocality")) == ("Great hall", "Tartu")
    assert value(graph, place, "geo", "latitude") == "58.38"
    assert (value(graph, online, "name"), value(graph, online, "url")) == ("Zoom", "https://zoom.example/1")
    assert {str(keyword) for keyword in graph.objects(event, S.keywords)} == {"News", "R"}
    # People and organizations are known by their ids.
    assert (URIRef("https://orcid.org/0000-0002-1825-0097"), RDF.type, S.Person) in graph
    assert {str(name) for person in graph.objects(event, S.performer) for name in graph.objects(person, S.name)} == {
        "Diana",
        "Somebody else",
    }
    assert (URIRef("https://ror.org/03z77qz90"), RDF.type, S.Organization) in graph
    assert (event, S.about, URIRef("http://edamontology.org/topic_3170")) in graph
    assert (event, URIRef("http://purl.org/dc/terms/conformsTo"), URIRef(EVENT_PROFILE)) in graph
    # An email is not published.
    assert "office@node.example" not in json.dumps(document)


def test_a_course_has_an_instance_for_each_date():
    [document] = documents(COURSE, "course")
    graph = graph_of(document)
    [course] = graph.subjects(RDF.type, S.Course)
    assert str(course) == f"{URL}#course"
    instances = {str(instance): instance for instance in graph.objects(course, S.hasCourseInstance)}
    assert set(instances) == {f"{URL}#2026-09-07", f"{URL}#2026-11-02"}
    first, second = instances[f"{URL}#2026-09-07"], instances[f"{URL}#2026-11-02"]
    # The first in summer time, the second in winter time; each with a separate URL, or registries take them for one.
    assert value(graph, first, "startDate") == "2026-09-07T10:00:00+03:00"
    assert value(graph, second, "startDate") == "2026-11-02T10:00:00+02:00"
    assert value(graph, first, "url") == f"{URL}#2026-09-07"
    assert (value(graph, first, "courseMode"), value(graph, second, "courseMode")) == ("onsite", "online")
    assert value(graph, first, "location", "name") == "Hotel Example, Lounge"
    assert value(graph, first, "location", "address", "postalCode") == "12345"
    assert value(graph, second, "location", "name") == "Zoom, the link is sent some days before"
    assert (value(graph, first, "instructor", "name"), value(graph, second, "instructor", "name")) == (
        "First Lecturer",
        "Second Lecturer",
    )
    assert value(graph, course, "timeRequired") == "PT27H"
    assert value(graph, course, "provider", "name") == "University of Example, Institute of Examples"
    assert {str(text) for text in graph.objects(course, S.teaches)} == {"Do this, then that.", "Do that."}
    assert {str(term) for term in graph.objects(course, S.about)} == {
        "http://edamontology.org/topic_0091",
        "http://edamontology.org/topic_0102",
    }
    assert value(graph, course, "mentions", "url") == "https://example.org/materials"
    conforms = URIRef("http://purl.org/dc/terms/conformsTo")
    assert {str(graph.value(node, conforms)) for node in (course, first)} == {COURSE_PROFILE, INSTANCE_PROFILE}
    assert missing_properties(document) == []


def test_whole_days_have_no_time():
    [document] = documents("start: 2027-06-14\nend: 2027-06-16")
    assert (document["startDate"], document["endDate"]) == ("2027-06-14", "2027-06-16")


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("status: cancelled", {"eventStatus": "https://schema.org/EventCancelled"}),
        (
            "status: rescheduled\nprevious_start: 2027-05-01",
            {"eventStatus": "https://schema.org/EventRescheduled", "previousStartDate": "2027-05-01"},
        ),
        (
            "status: moved-online\nplace: Hall",
            {
                "eventStatus": "https://schema.org/EventMovedOnline",
                "location": {"@type": "VirtualLocation", "name": "Online", "url": URL},
                "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            },
        ),
        ("price: free", {"isAccessibleForFree": True}),
        (
            "registration: {url: 'https://forms.example/', full: true}",
            {
                "offers": [
                    {"@type": "Offer", "url": "https://forms.example/", "availability": "https://schema.org/SoldOut"}
                ]
            },
        ),
        (
            "repeat: FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6",
            {
                "eventSchedule": {
                    "@type": "Schedule",
                    "startDate": "2027-06-14",
                    "repeatFrequency": "P1W",
                    "repeatCount": 6,
                    "byDay": ["MO", "WE"],
                }
            },
        ),
        ("languages: [en, et]", {"inLanguage": ["en", "et"]}),
        ("place: A room", {"location": {"@type": "Place", "name": "A room"}}),
    ],
)
def test_what_is_said_once_stands_in_the_words_of_schema_org(yaml, expected):
    [document] = documents(f"start: 2027-06-14\n{yaml}")
    assert {key: document[key] for key in expected} == expected


def test_an_event_with_several_dates_has_a_document_for_each():
    one, two = documents("instances: [{start: 2027-06-14}, {start: 2027-07-14}]")
    assert (one["url"], two["url"]) == (f"{URL}#2027-06-14", f"{URL}#2027-07-14")


def test_keywords_are_no_more_than_registries_take():
    text = "start: 2027-06-14\nkeywords: [" + ", ".join(f"k{number}" for number in range(25)) + "]"
    front_matter, _, [problem] = parse(f"---\ndate: 2026-08-01\nevent:\n{indent(text, '  ')}\n---\n", path="x.md")
    assert "registries take 20" in problem.message
    assert front_matter.event is not None
    [document] = event_documents(
        front_matter.event, name="", description="", url="", image=None, language="en", keywords=()
    )
    assert len(document["keywords"]) == 20
    # Without a base URL nothing points to the page.
    assert "url" not in document


def test_what_a_profile_requires_and_is_not_said_is_named():
    [document] = documents("start: 2027-06-14")
    assert missing_properties(document) == [
        (EVENT_PROFILE, name) for name in ("contact", "hostInstitution", "location")
    ]
    [course] = documents("instances: [{start: 2027-06-14}]", "course")
    assert missing_properties(course) == [(INSTANCE_PROFILE, "courseMode"), (INSTANCE_PROFILE, "location")]
    assert (COURSE_PROFILE, "teaches") in missing_properties(course, recommended=True)


# -- What events name


def test_venues_have_names_in_a_file():
    venues, problems = parse_venues(
        "hall:\n  name: Great hall\n  streetAddress: Main Street 1\n  geo: 58.38, 26.72\nj14: {city: Tartu, citty: x}\nbad: 7\n",
        path="blog/venues.yml",
    )
    assert venues["hall"] == Place(name="Great hall", street="Main Street 1", latitude=58.38, longitude=26.72)
    assert venues["j14"] == Place(city="Tartu")
    assert [(problem.line, problem.path) for problem in problems] == [(5, "blog/venues.yml"), (6, "blog/venues.yml")]


def resolve(yaml: str) -> tuple[Any, list[tuple[int | None, str]]]:
    front_matter, *_ = parse(f"---\ndate: 2026-08-01\nevent:\n{indent(yaml, '  ')}\n---\n", path="x.md")
    assert front_matter.event is not None
    event, problems = resolve_event(
        front_matter.event, authors={"diana": DIANA}, venues=VENUES, venues_file="blog/venues.yml", path="x.md"
    )
    return event, [(problem.line, problem.message) for problem in problems]


def test_what_a_post_says_of_a_venue_comes_first():
    event, problems = resolve("start: 2027-06-14\nplace: {building: Hall, room: Lounge, city: Elsewhere}")
    place = event.occurrences[0].place
    assert (place.name, place.room, place.city, place.country, problems) == (
        "Great hall",
        "Lounge",
        "Elsewhere",
        "EE",
        [],
    )


def test_a_venue_that_is_not_in_the_file_is_reported():
    _, problems = resolve("start: 2027-06-14\nplace: Hal")
    assert problems == [(5, "the venue 'Hal' is not in blog/venues.yml. Did you mean 'Hall'?")]
    event, problems = resolve("start: 2027-06-14\nplace: {building: J14, room: '2'}")
    assert (event.occurrences[0].place, len(problems)) == (Place(name="J14", room="2"), 1)
    # Any other text is what the place is called.
    assert resolve("start: 2027-06-14\nplace: The old library")[1] == []


def test_topics_are_checked_where_the_ontology_is_installed(monkeypatch):
    known = {"http://edamontology.org/topic_3170": "RNA-Seq"}
    monkeypatch.setattr("sphinxext.newsroom.content.events.edam_topics", lambda: known)
    monkeypatch.setattr("sphinxext.newsroom.content.events.edam_uris", lambda: {"rna-seq": next(iter(known))})
    event, problems = resolve("start: 2027-06-14\ntopics: [3170, rna-seq, RNA-Sek, 9999, 3170: Sequencing]")
    assert [(topic.id[-4:], topic.name) for topic in event.topics][:2] == [("3170", "RNA-Seq"), ("3170", "rna-seq")]
    assert problems == [
        (5, "'RNA-Sek' is not a topic of EDAM. Did you mean 'RNA-Seq'?"),
        (5, "http://edamontology.org/topic_9999 is not a topic of EDAM."),
        (5, "EDAM calls http://edamontology.org/topic_3170 'RNA-Seq', not 'Sequencing'."),
    ]


def test_edam_is_read_as_it_is_published():
    from sphinxext.newsroom.events.edam import edam_topics, edam_uris

    assert edam_topics()["http://edamontology.org/topic_3170"] == "RNA-Seq"
    assert edam_uris()["bioinformatics"] == "http://edamontology.org/topic_0091"
    assert len(edam_topics()) > 200
