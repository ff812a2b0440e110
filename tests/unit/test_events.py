"""Events and courses in front matter: every key, right, nearly right and wrong; and their state at a given time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.event_models import Event, Material, Online, Organization, Person, Place, Price, Topic
from sphinxext.newsroom.events.recurrence import dates
from sphinxext.newsroom.events.schema import EventKeys
from sphinxext.newsroom.events.states import (
    Phase,
    RegistrationState,
    days_left,
    event_phase,
    next_occurrence,
    occurrence_state,
)
from sphinxext.newsroom.events.venues import parse_venues
from sphinxext.newsroom.front_matter.parse import parse, parse_defaults
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.identifiers import IdentifierError, ror_url
from tests.conftest import examples

if TYPE_CHECKING:
    from sphinxext.newsroom.events.states import (
        OccurrenceState,
    )

TALLINN = ZoneInfo("Europe/Tallinn")
# The shape in which posts of a site describe courses; see the how-to about moving a template.
COURSE = """\
name: Example course
provider: University of Example, Institute of Examples
hours: 27
general:
  register: https://forms.example.org/abc
  invite:
  audience: Researchers who know no R yet
  lecturers: First Lecturer, Second Lecturer
  topics: []
  outcomes: ["Do this, then that.", Do that.]
keywords: [Bioinformatics, R]
audience: [Researchers, Beginner]
about:
  - edam:
      0091: Bioinformatics
      0102: Mapping
externalResources:
  - title: Course materials
    url: https://example.org/materials
instances:
  - start: 2026-09-07T10:00:00
    end: 2026-09-10T16:00:00
    organisation: Example Node
    maximumAttendeeCapacity: 20
    instructors: [First Lecturer]
    onsite:
      alternateName: Hotel Example
      room: Lounge
      streetAddress: Main Street 1
      addressLocality: Town
      addressRegion: County
      addressCountry: Country
      postalCode: "12345"
      latitude: 58.38
      longitude: 26.72
  - start: 2026-11-02T10:00:00
    end: 2026-11-02T16:00:00
    instructor: Second Lecturer
    online: Zoom, the link is sent some days before
"""


def read(yaml: str, kind: str = "event", **options: Any) -> tuple[Event | None, list[tuple[int | None, str]]]:
    """Return the event of a post, and what is wrong with it; its first line is line 4 of the file."""
    text = f"---\ndate: 2026-08-01\n{kind}:\n{indent(yaml, '  ')}\n---\n# Title\n"
    front_matter, _, problems = parse(text, path="x.md", timezone=options.pop("timezone", TALLINN), **options)
    assert {problem.subtype for problem in problems} <= {Subtype.EVENT}
    return front_matter.event, [(problem.line, problem.message) for problem in problems]


def right(yaml: str, kind: str = "event", **options: Any) -> Event:
    event, problems = read(yaml, kind, **options)
    assert problems == []
    assert event is not None
    return event


def only(yaml: str) -> Any:
    [occurrence] = right(yaml).occurrences
    return occurrence


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TALLINN)


# -- The shape of a site that has courses already


def test_the_courses_of_a_site_are_read_as_they_are():
    event = right(COURSE, "course")
    assert (event.kind, event.name, event.hours) == ("course", "Example course", 27)
    # A comma is not an end of a name.
    assert event.providers == (Organization(name="University of Example, Institute of Examples"),)
    assert event.outcomes == ("Do this, then that.", "Do that.")
    assert event.audience == ("Researchers", "Beginner")
    assert event.audience_text == "Researchers who know no R yet"
    assert event.people_text == "First Lecturer, Second Lecturer"
    assert event.keywords == ("Bioinformatics", "R")
    # The digits that were written count, although YAML reads the second number as 66.
    assert event.topics == (
        Topic(id="http://edamontology.org/topic_0091", name="Bioinformatics"),
        Topic(id="http://edamontology.org/topic_0102", name="Mapping"),
    )
    assert event.materials == (Material(title="Course materials", url="https://example.org/materials"),)
    first, second = event.occurrences
    # Summer time in September, winter time in November.
    assert first.start.isoformat() == "2026-09-07T10:00:00+03:00"
    assert second.start.isoformat() == "2026-11-02T10:00:00+02:00"
    assert (first.key, second.key) == ("2026-09-07", "2026-11-02")
    assert first.place == Place(
        name="Hotel Example",
        room="Lounge",
        street="Main Street 1",
        city="Town",
        region="County",
        country="Country",
        postcode="12345",
        latitude=58.38,
        longitude=26.72,
    )
    assert first.organizers == (Organization(name="Example Node"),)
    assert first.capacity == 20
    assert first.people == (Person(name="First Lecturer", author="First Lecturer"),)
    assert second.people == (Person(name="Second Lecturer", author="Second Lecturer"),)
    assert (second.place, second.online) == (None, Online(name="Zoom, the link is sent some days before"))
    assert first.registration.url == "https://forms.example.org/abc"


@pytest.mark.parametrize(
    ("general", "state"),
    [
        ("register: https://forms.example.org/abc", RegistrationState.OPEN),
        ("invite: By invitation only", RegistrationState.OTHER),
        ("register:", RegistrationState.CLOSED),
    ],
)
def test_a_course_without_a_form_is_closed(general, state):
    yaml = f"general:\n  audience: Researchers\n  {general}\ninstances:\n- {{start: 2026-09-07, end: 2026-09-08}}"
    [occurrence] = right(yaml, "course").occurrences
    assert occurrence_state(occurrence, at("2026-08-01")).registration is state


def test_templates_of_the_site_still_get_what_the_post_says():
    text = f"---\ndate: 2026-08-01\ncourse:\n{indent(COURSE, '  ')}\n---\n"
    front_matter, *_ = parse(text, path="x.md")
    assert front_matter.extra["course"]["general"]["lecturers"] == "First Lecturer, Second Lecturer"


@pytest.mark.parametrize("value", ["CS101", "PyCon 2026", "101", "2026-05-01"])
def test_a_text_is_a_key_of_the_writers_own(value):
    front_matter, _, problems = parse(f"---\ndate: 2026-08-01\ncourse: {value}\n---\n", path="x.md")
    assert (front_matter.event, front_matter.extra["course"], problems) == (None, value, ())


def test_a_list_is_no_event():
    front_matter, _, [problem] = parse("---\ndate: 2026-08-01\nevent: [2027-01-01]\n---\n", path="x.md")
    assert front_matter.event is None
    assert (problem.line, "expected a mapping with 'start'" in problem.message) == (3, True)


# -- Times


def test_times_are_in_the_zone_of_the_blog_or_of_the_event():
    assert only("start: 2027-05-10 09:00\nend: 2027-05-10 16:00").start.isoformat() == "2027-05-10T09:00:00+03:00"
    there = only("start: 2027-05-10 09:00\nend: 2027-05-10 16:00\ntimezone: Europe/London")
    assert (there.start.isoformat(), there.zone) == ("2027-05-10T09:00:00+01:00", "Europe/London")
    assert only("start: 2027-05-10 09:00+05:30\nend: 16:00").end.isoformat() == "2027-05-10T16:00:00+05:30"


@pytest.mark.parametrize("end", ["16:00", '"16:00"', "2027-05-10 16:00", "2027-05-10T16:00:00"])
def test_an_end_can_be_a_time_on_the_day_of_the_start(end):
    assert only(f"start: 2027-05-10 09:00\nend: {end}").end == at("2027-05-10T16:00")


def test_whole_days_are_days():
    occurrence = only("start: 2027-05-10\nend: 2027-05-12")
    assert (occurrence.start, occurrence.end, occurrence.is_all_day) == (date(2027, 5, 10), date(2027, 5, 12), True)
    assert only("start: 2027-05-10").end == date(2027, 5, 10)


@pytest.mark.parametrize(
    ("yaml", "line", "message", "end"),
    [
        ("start: 2027-05-10 09:00", 4, "there is no 'end'; 2027-05-10 10:00 is assumed", "2027-05-10T10:00:00+03:00"),
        (
            "start: 2027-05-10 09:00\nend: 2027-05-09 10:00",
            5,
            "the end is before the start; 2027-05-10 10:00 is assumed",
            "2027-05-10T10:00:00+03:00",
        ),
        ("start: 2027-05-10\nend: 2027-05-09", 5, "the end is before the start; 2027-05-10 is assumed", "2027-05-10"),
        ("start: 2027-05-10\nend: 2027-05-12 16:00", 5, "both are read as whole days", "2027-05-12"),
        ("start: 2027-05-10 09:00\nend: 2027-05-12", 5, "both are read as whole days", "2027-05-12"),
        ("start: 2027-05-10\nend: 16:00", 5, "the start is a day without a time", "2027-05-10"),
        (
            "start: 2027-03-28 03:30\nend: 2027-03-28 05:00",
            4,
            "2027-03-28 03:30 does not exist in Europe/Tallinn",
            "2027-03-28T05:00:00+03:00",
        ),
        (
            "start: 2027-05-10 09:00\nend: 2027-05-10 10:00\ntimezone: Europe/Talin",
            6,
            "Did you mean 'Europe/Tallinn'?",
            "2027-05-10T10:00:00+03:00",
        ),
    ],
)
def test_what_is_assumed_of_odd_times_is_said(yaml, line, message, end):
    event, [problem] = read(yaml)
    assert (problem[0], message in problem[1]) == (line, True), problem
    [occurrence] = event.occurrences
    assert occurrence.end.isoformat() == end


def test_the_hour_that_does_not_exist_is_moved():
    event, _ = read("start: 2027-03-28 03:30\nend: 2027-03-28 05:00")
    assert event.occurrences[0].start.isoformat() == "2027-03-28T04:30:00+03:00"


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc", "Europe", "x" * 300, "[]", "7"])
def test_a_zone_that_does_not_exist_is_reported(zone):
    _, problems = read(f'start: 2027-05-10\ntimezone: "{zone}"')
    assert [line for line, _ in problems] == [5]


def test_an_event_without_a_start_is_left_out():
    event, [(line, message)] = read("place: Hall\ninstances:\n- {start: 2027-05-10}\n- {end: 2027-05-11}")
    assert (line, "has no 'start', so it is left out" in message) == (7, True)
    assert [occurrence.start for occurrence in event.occurrences] == [date(2027, 5, 10)]


def test_every_mistake_is_reported_with_its_line():
    yaml = """\
start: 2027-13-45
level: expert
capacity: 0
languages: [English, xx-yy-, Klingonese]
registration: {url: nowhere, opens: 2027-03-01, deadline: 2027-02-01}
speakers: [{orcid: 0000-0002-1825-0098}]
organizer: {name: Node, ror: https://ror.org/03z77qz91}
status: gone
audiance: [Everybody]
topics: [3170, "topic_0091", {id: nothing}]
price: 100
repeat: FREQ=SECONDLY
place: {name: Hall, latitude: 58}
materials: [{title: Slides}]
contact: {email: nobody}
"""
    _, problems = read(yaml)
    lines = [line for line, _ in problems]
    assert set(lines) == set(range(4, 19))
    assert any("Did you mean 'audience'?" in message for _, message in problems)


@pytest.mark.parametrize(("latitude", "longitude"), [(".inf", "1"), ("58", ".nan"), ("91", "1"), ("9" * 90, "1")])
def test_a_position_that_is_not_on_earth_is_reported_and_ignored(latitude, longitude):
    yaml = f"start: 2027-05-10\nplace: {{name: Hall, latitude: {latitude}, longitude: {longitude}}}"
    event, [(line, message)] = read(yaml)
    assert (line, "'latitude' is -90 to 90" in message) == (5, True)
    assert event.occurrences[0].place == Place(name="Hall")


# -- What instances share


def test_an_instance_has_from_the_event_what_it_does_not_say():
    event = right("""\
place: Hall
capacity: 12
languages: et
speakers: [diana]
registration: https://example.org/form
instances:
- {start: 2027-05-10, capacity: 8}
- {start: 2027-05-10, online: true, languages: [en]}
- {start: 2027-06-10, id: "Third one"}
""")
    one, two, three = event.occurrences
    assert [occurrence.key for occurrence in event.occurrences] == ["2027-05-10", "2027-05-10-2", "Third-one"]
    assert (one.venue, one.capacity, one.languages) == ("Hall", 8, ("et",))
    # Where it takes place is said as a whole.
    assert (two.venue, two.online, two.capacity, two.languages) == ("", Online(), 12, ("en",))
    assert three.people == (Person(name="diana", author="diana"),)
    assert {occurrence.registration.url for occurrence in event.occurrences} == {"https://example.org/form"}


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("price: 0\ncurrency: EUR", (Price(amount=Decimal(0), currency="EUR"),)),
        ("price: free", (Price(amount=Decimal(0)),)),
        ("price: 120 EUR", (Price(amount=Decimal(120), currency="EUR"),)),
        ("price: €99.50", (Price(amount=Decimal("99.5"), currency="EUR"),)),
        (
            "currency: EUR\nprice: [{price: 100, category: Others}, {price: 50, category: Students, currency: SEK}]",
            (
                Price(amount=Decimal(100), currency="EUR", category="Others"),
                Price(amount=Decimal(50), currency="SEK", category="Students"),
            ),
        ),
        (
            "registration: {url: 'https://x.example/', price: 5, currency: EUR}",
            (Price(amount=Decimal(5), currency="EUR"),),
        ),
    ],
)
def test_prices_are_read(price, expected):
    assert only(f"start: 2027-05-10\n{price}").prices == expected


def test_folders_complete_events_but_make_none():
    defaults = {"event": {"organizer": "Node", "place": "Hall"}}
    event = right("start: 2027-05-10", defaults=defaults)
    assert (event.occurrences[0].venue, event.occurrences[0].organizers[0].name) == ("Hall", "Node")
    front_matter, _, problems = parse("---\ndate: 2027-01-01\n---\n", path="x.md", defaults=defaults)
    assert (front_matter.event, problems) == (None, ())
    _, [problem] = parse_defaults("event:\n  organizer: Node\n  level: expert\n", path=".meta.yml")
    assert (problem.subtype, problem.line) == (Subtype.EVENT, 3)


def test_a_ror_id_is_checked():
    assert ror_url("03z77qz90") == ror_url("https://ror.org/03z77qz90") == "https://ror.org/03z77qz90"
    for wrong in ("https://ror.org/03z77qz91", "03z77", "https://example.org/03z77qz90"):
        with pytest.raises(IdentifierError):
            ror_url(wrong)


# -- Recurrence


def test_a_rule_keeps_the_hour_on_the_clock():
    occurrence = only("start: 2027-03-22 09:00\nend: 10:30\nrepeat: RRULE:FREQ=WEEKLY;COUNT=3\nexcept: 2027-04-05")
    assert occurrence.rule == "FREQ=WEEKLY;COUNT=3"
    assert [(start.isoformat(), end.isoformat()) for start, end in dates(occurrence)] == [
        ("2027-03-22T09:00:00+02:00", "2027-03-22T10:30:00+02:00"),
        ("2027-03-29T09:00:00+03:00", "2027-03-29T10:30:00+03:00"),
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270801", ["2027-06-07", "2027-07-05"]),
        ("FREQ=DAILY;INTERVAL=2;COUNT=2", ["2027-05-10", "2027-05-12"]),
        ("FREQ=WEEKLY;UNTIL=20270517T000000Z", ["2027-05-10", "2027-05-17"]),
    ],
)
def test_rules_of_days_give_days(rule, expected):
    found = [start.isoformat() for start, _ in dates(only(f"start: 2027-05-10\nrepeat: {rule}"))]
    assert [day for day in found if day in expected] == expected == found[-len(expected) :]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "weekly", "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=2;UNTIL=20280101", "FREQ=YEARLY;BYMONTH=13",
     "FREQ=WEEKLY;UNTIL=soon", "FREQ=WEEKLY;BYDAY=XX", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=" + "9" * 9000,
     "FREQ=WEEKLY\nDTSTART:20200101T000000", "FREQ=DAILY;INTERVAL=0",
     "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYSETPOS=5", "FREQ=DAILY;BYHOUR=9", "FREQ=WEEKLY;BYDAY=", "FREQ"],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_left(rule):
    escaped = rule.replace("\n", "\\n")
    event, problems = read(f'start: 2027-05-10\nrepeat: "{escaped}"')
    assert event.occurrences[0].rule == ""
    assert [line for line, _ in problems] == [5]


# -- States


def state(yaml: str, now: str) -> OccurrenceState:
    return occurrence_state(only(yaml), at(now))


TIMED = "start: 2027-05-10 09:00\nend: 16:00\n"


@pytest.mark.parametrize(
    ("yaml", "now", "phase", "days"),
    [
        (TIMED, "2027-05-03T23:59", Phase.UPCOMING, 7),
        (TIMED, "2027-05-10T08:59:59", Phase.UPCOMING, 0),
        (TIMED, "2027-05-10T09:00", Phase.RUNNING, None),
        (TIMED, "2027-05-10T15:59:59", Phase.RUNNING, None),
        (TIMED, "2027-05-10T16:00", Phase.PAST, None),
        ("start: 2027-05-10\nend: 2027-05-12", "2027-05-09T23:59", Phase.UPCOMING, 1),
        ("start: 2027-05-10\nend: 2027-05-12", "2027-05-10T00:00", Phase.RUNNING, None),
        ("start: 2027-05-10\nend: 2027-05-12", "2027-05-12T23:59", Phase.RUNNING, None),
        ("start: 2027-05-10\nend: 2027-05-12", "2027-05-13T00:00", Phase.PAST, None),
        (TIMED + "repeat: FREQ=WEEKLY;COUNT=3", "2027-05-17T10:00", Phase.RUNNING, None),
        (TIMED + "repeat: FREQ=WEEKLY;COUNT=3", "2027-05-18T10:00", Phase.UPCOMING, 6),
        (TIMED + "repeat: FREQ=WEEKLY;COUNT=3", "2027-05-24T16:00", Phase.PAST, None),
    ],
)
def test_an_event_is_upcoming_then_running_then_past(yaml, now, phase, days):
    found = state(yaml, now)
    assert (found.phase, found.days_left) == (phase, days)


FORM = "registration: {url: 'https://x.example/', opens: 2027-03-01, deadline: 2027-04-30}"


@pytest.mark.parametrize(
    ("registration", "now", "expected", "days"),
    [
        (FORM, "2027-02-28T23:59", "not-yet", None),
        (FORM, "2027-03-01T00:00", "open", 60),
        (FORM, "2027-04-30T23:59", "open", 0),
        (FORM, "2027-05-01T00:00", "closed", None),
        ("registration: https://x.example/", "2027-05-10T08:59", "open", None),
        ("registration: https://x.example/", "2027-05-10T09:00", "closed", None),
        ("registration: https://x.example/\nstatus: cancelled", "2027-05-01", "closed", None),
        ("registration: Write to us", "2027-05-01", "other", None),
        ("registration: {url: 'https://x.example/', full: true}", "2027-05-01", "full", None),
        ("registration: {url: 'https://x.example/', closed: true}", "2027-05-01", "closed", None),
        ("registration: {url: 'https://x.example/', deadline: 2027-05-01 12:00}", "2027-05-01T11:59", "open", 0),
        ("registration: {url: 'https://x.example/', deadline: 2027-05-01 12:00}", "2027-05-01T12:00", "closed", None),
        ("capacity: 3", "2027-05-01", "none", None),
    ],
)
def test_registration_opens_and_closes(registration, now, expected, days):
    found = state(TIMED + registration, now)
    assert (found.registration, found.registration_days_left) == (expected, days)


def test_an_event_with_several_dates_is_past_after_the_last():
    event = right("instances:\n- {start: 2027-06-10}\n- {start: 2027-05-10}\n")
    assert [event_phase(event, at(now)) for now in ("2027-05-01", "2027-05-10", "2027-05-20", "2027-06-11")] == [
        Phase.UPCOMING,
        Phase.RUNNING,
        Phase.UPCOMING,
        Phase.PAST,
    ]
    keys = [next_occurrence(event, at(now)).key for now in ("2027-05-01", "2027-05-20", "2027-07-01")]
    assert keys == ["2027-05-10", "2027-06-10", "2027-06-10"]
    assert next_occurrence(Event(kind="event"), datetime.now(UTC)) is None
    past = [next_occurrence(event, at(now), ("past",)) for now in ("2027-05-01", "2027-05-20", "2027-07-01")]
    assert [one and one.key for one in past] == [None, "2027-05-10", "2027-06-10"]


def test_days_are_counted_to_what_happens_next():
    event = right(TIMED + "registration: {url: 'https://x.example/', opens: 2027-05-03, deadline: 2027-05-07}")
    counts = [days_left(event, at(now)) for now in ("2027-05-01", "2027-05-03", "2027-05-07T23:00", "2027-05-10T12:00")]
    assert counts == [[(9, None, 2)], [(7, 4, None)], [(3, 0, None)], [(None, None, None)]]


# -- Whatever somebody writes

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(),
    st.text(max_size=12),
    st.dates(),
    st.datetimes(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*EventKeys.model_fields, "name", "url", "edam", "register"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@examples(60)
@given(st.dictionaries(st.sampled_from(sorted(EventKeys.model_fields)), VALUES, max_size=6))
def test_nothing_that_somebody_writes_raises_an_error(mapping):
    from sphinxext.newsroom.events.parse import parse_event
    from sphinxext.newsroom.validation.coerce import NoSourceMap

    event, _ = parse_event("event", mapping, source_map=NoSourceMap(), path="x.md", zone="Europe/Tallinn")
    for occurrence in event.occurrences:
        assert occurrence_state(occurrence, at("2027-01-01") + timedelta(days=1)).phase in Phase


# -- The documentation

HOW_TO = Path(__file__).parent.parent.parent / "docs" / "how-to" / "events.md"


def test_what_the_documentation_shows_is_right():
    shown = 0
    for kind, block in re.findall(r"(?ms)^```\{code-block\} (\w+)\n(.*?)^```$", HOW_TO.read_text("utf-8")):
        if "post-list" in block or ".github" in block or ".gitlab-ci" in block:
            continue
        text = re.sub(r"(?m)\A(?::.*\n)*\n?", "", block)
        if kind == "markdown" or text.startswith(("event:", "course:\n  description")):
            post = text if kind == "markdown" else f"---\ndate: 2026-11-20\n{text}---\n# Title\n"
            front_matter, _, problems = parse(post, path="x.md")
            assert (problems, front_matter.event is None) == ((), False)
            shown += 1
        elif text.startswith("course:"):
            assert parse_defaults(text, path=".meta.yml")[1] == ()
        else:
            assert parse_venues(text, path="venues.yml")[1] == ()
    assert shown == 3
