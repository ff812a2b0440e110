"""Calendars: valid, the same in every build, and read back as they were meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from textwrap import indent
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.events.calendar import CalendarPost, make_calendar, uid
from sphinxext.newsroom.front_matter.parse import parse
from tests.conftest import examples
from tests.unit.samples import day
from tests.unit.test_events import COURSE

URL = "https://node.example/blog/a/"
TALLINN = ZoneInfo("Europe/Tallinn")


def calendar_post(yaml: str, kind: str = "event", **changes: Any) -> CalendarPost:
    text = f"---\ndate: 2026-08-01\n{kind}:\n{indent(yaml, '  ')}\n---\n# Title\n"
    front_matter, *_ = parse(text, path="x.md", timezone=TALLINN)
    assert front_matter.event is not None
    post = CalendarPost(
        event=front_matter.event,
        title="A title",
        description="About it.",
        url=URL,
        identifier="blog/2026/a",
        created=day("2026-08-01T12:00"),
        updated=None,
        categories=("News", "R"),
    )
    return replace(post, **changes)


def written(*posts: CalendarPost, host: str = "node.example") -> bytes:
    return make_calendar(
        posts, name="News", url="https://node.example/blog/", source="https://node.example/blog/calendar.ics", host=host
    )


def events(yaml: str, kind: str = "event", **changes: Any) -> list[Any]:
    """Return the events of a calendar, as a parser reads it."""
    return list(icalendar.Calendar.from_ical(written(calendar_post(yaml, kind, **changes))).walk("VEVENT"))


def test_a_calendar_has_the_form_of_the_standard():
    content = written(calendar_post("start: 2027-05-10 09:00\nend: 16:00\ndescription: " + "õ" * 200))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1]), "no character is cut in two"
    calendar = icalendar.Calendar.from_ical(content)
    assert {
        name: str(calendar[name]) for name in ("version", "name", "x-wr-calname", "url", "source", "x-published-ttl")
    } == {
        "version": "2.0",
        "name": "News",
        "x-wr-calname": "News",
        "url": "https://node.example/blog/",
        "source": "https://node.example/blog/calendar.ics",
        "x-published-ttl": "P1D",
    }
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in content
    # Mail programs ask for an answer to a calendar with a method.
    assert b"METHOD" not in content


def test_an_event_stands_in_it_with_all_that_calendars_show():
    [event] = events("""\
start: 2027-05-10 09:00
end: 16:00
place: {name: Great hall, street: "Main Street 1", city: Tartu, postcode: "51009", country: EE, geo: [58.38, 26.72]}
online: {name: Zoom, url: https://zoom.example/1}
registration: https://forms.example/
contact: {name: Office, email: office@node.example}
""")
    assert event.decoded("dtstart") == datetime(2027, 5, 10, 6, 0, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2027, 5, 10, 13, 0, tzinfo=UTC)
    assert {
        name: str(event[name]) for name in ("uid", "summary", "description", "location", "url", "status", "conference")
    } == {
        "uid": "blog-2026-a-event@node.example",
        "summary": "A title",
        "description": f"About it.\n\nhttps://forms.example/\n\n{URL}",
        "location": "Great hall, Main Street 1, 51009 Tartu, EE; Online (Zoom)",
        "url": URL,
        "status": "CONFIRMED",
        "conference": "https://zoom.example/1",
    }
    assert event["geo"].to_ical() == "58.38;26.72"
    assert event.categories == ["News", "R"]
    assert event["sequence"] == 0
    assert "organizer" not in event


def test_whole_days_end_before_the_next_day():
    [event] = events("start: 2027-06-14\nend: 2027-06-16")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 6, 14), date(2027, 6, 17))


def test_each_instance_of_a_course_is_an_event_of_its_own():
    first, second = events(COURSE, "course")
    assert [str(event["url"]) for event in (first, second)] == [f"{URL}#2026-09-07", f"{URL}#2026-11-02"]
    assert first["uid"] != second["uid"]
    assert first.decoded("dtstart") == datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
    assert second.decoded("dtstart") == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    assert str(second["location"]) == "Online (Zoom, the link is sent some days before)"


def test_a_change_keeps_the_identifier_and_raises_the_sequence():
    [before] = events("start: 2027-06-14")
    [after] = events("start: 2027-06-15\nstatus: cancelled", title="Another", updated=day("2026-08-02T12:00"))
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"], str(after["status"])) == (0, 86400, "CANCELLED")
    assert after.decoded("dtstamp") == after.decoded("last-modified") == datetime(2026, 8, 2, 12, tzinfo=UTC)
    assert written(calendar_post("start: 2027-06-14")) == written(calendar_post("start: 2027-06-14"))


def test_an_id_identifies_an_event_wherever_the_post_moves():
    assert uid("urn:uuid:123e4567-e89b-12d3-a456-426614174000", "2027-06-14", "node.example") == (
        "123e4567-e89b-12d3-a456-426614174000-2027-06-14@node.example"
    )
    assert uid("blog/ä b", "k", "") == "blog-b-k"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            "start: 2027-03-22 09:00\nend: 10:30\nrepeat: FREQ=WEEKLY;UNTIL=20270412\nexcept: 2027-04-05",
            ["2027-03-22T09:00:00+02:00", "2027-03-29T09:00:00+03:00", "2027-04-12T09:00:00+03:00"],
        ),
        (
            "start: 2027-03-22 09:00+02:00\nend: 10:30\nrepeat: FREQ=DAILY;COUNT=2",
            ["2027-03-22T07:00:00+00:00", "2027-03-23T07:00:00+00:00"],
        ),
        ("start: 2027-03-22\nrepeat: FREQ=WEEKLY;UNTIL=20270405\nexcept: 2027-03-29", ["2027-03-22", "2027-04-05"]),
    ],
)
def test_a_rule_gives_the_same_dates_where_it_is_read(yaml, expected):
    calendar = icalendar.Calendar.from_ical(written(calendar_post(yaml)))
    [event] = calendar.walk("VEVENT")
    start = event.decoded("dtstart")
    is_day = not isinstance(start, datetime)
    dates = rruleset()
    first = datetime.combine(start, time()) if is_day else start
    dates.rrule(rrulestr(event["rrule"].to_ical().decode(), dtstart=first))  # type: ignore[arg-type]
    left_out: list[Any] = event["exdate"].dts if "exdate" in event else []
    for excluded in left_out:
        dates.exdate(datetime.combine(excluded.dt, time()) if is_day else excluded.dt)
    assert [(moment.date() if is_day else moment).isoformat() for moment in dates] == expected
    zones = [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")]
    assert zones == (["Europe/Tallinn"] if "+03:00" in expected[1] else [])


HOSTILE = "x\r\nEND:VEVENT\r\nBEGIN:VALARM; , \\ \n"


def test_nothing_that_is_written_ends_an_event():
    [event] = events(
        "start: 2027-05-10",
        title=HOSTILE,
        description=HOSTILE,
        url=f"https://x.example/{HOSTILE}",
        categories=(HOSTILE,),
    )
    assert str(event["summary"]) == "x END:VEVENT BEGIN:VALARM; , \\"
    assert event.subcomponents == []
    assert len(event.categories) == 1


@examples(40)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_back(title, description):
    [event] = events("start: 2027-05-10", title=title, description=description, url="")
    assert str(event.get("summary")).split() == title.split() or not title.isprintable()
    assert event.subcomponents == []
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
