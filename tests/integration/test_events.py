"""Events in whole sites: what the page of a post says about them, and what changes with it."""

from __future__ import annotations

import json
from textwrap import indent
from urllib.parse import urljoin

import icalendar

from tests.unit.test_events import COURSE

EVENT = """---
date: 2026-08-01
description: About it.
slug: meeting
event:
  name: A meeting </script>
  start: 2027-05-10 09:00
  end: 16:00
  place: hall
  speakers: [training]
---
# A meeting

Text.
"""
COURSE_POST = f"---\ntemplate: training_en.html\ndate: 2026-08-02\ncourse:\n{indent(COURSE, '  ')}---\n\n# Example course\n\nText.\n"
SITE = {
    "blog/posts/meeting.md": EVENT,
    "blog/posts/course.md": COURSE_POST,
    "blog/posts/plain.md": "---\ndate: 2026-08-03\n---\n# Plain\n",
    "blog/venues.yml": "hall: {name: Great hall, city: Tartu}\n",
    "blog/.authors.yml": "authors: {training: {name: Training team, orcid: 0000-0002-1825-0097}}\n",
}
MEETING, EXAMPLE = "/blog/2026/08/01/meeting/", "/blog/2026/08/02/example-course/"


def calendars(built, url):
    """Return the URLs of the calendars that a page announces."""
    links = built.soup(url).select("link[rel=alternate][type='text/calendar']")
    return {urljoin(f"https://node.example{url}", str(link["href"])) for link in links}


def documents(built, url):
    scripts = [json.loads(tag.string) for tag in built.soup(url).select("script[type='application/ld+json']")]
    return [script for script in scripts if script.get("@type") in {"Event", "Course"}]


def test_events_stand_in_their_pages_for_registries(site):
    built = site(SITE, newsroom_timezone="Europe/Tallinn").build()
    assert built.warnings == []
    [event] = documents(built, MEETING)
    assert (event["name"], event["description"]) == ("A meeting </script>", "About it.")
    assert event["url"] == f"https://node.example{MEETING}"
    assert event["startDate"] == "2027-05-10T09:00:00+03:00"
    assert event["location"]["name"] == "Great hall"
    assert event["performer"] == [
        {
            "@type": "Person",
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "name": "Training team",
            "identifier": "https://orcid.org/0000-0002-1825-0097",
        }
    ]
    [course] = documents(built, EXAMPLE)
    assert [instance["url"] for instance in course["hasCourseInstance"]] == [
        f"https://node.example{EXAMPLE}#2026-09-07",
        f"https://node.example{EXAMPLE}#2026-11-02",
    ]
    assert documents(built, "/blog/2026/08/03/plain/") == []
    assert not [file for file in built.out.rglob("*") if "venues" in file.name]
    # The calendar of the blog holds all of them; each has one next to its page.
    calendar = icalendar.Calendar.from_ical((built.out / "blog" / "calendar.ics").read_bytes())
    assert [(str(event["uid"]), str(event["url"])) for event in calendar.walk("VEVENT")] == [
        (
            "blog-index-blog-2026-08-02-example-course-2026-09-07@node.example",
            f"https://node.example{EXAMPLE}#2026-09-07",
        ),
        (
            "blog-index-blog-2026-08-02-example-course-2026-11-02@node.example",
            f"https://node.example{EXAMPLE}#2026-11-02",
        ),
        ("blog-index-blog-2026-08-01-meeting-event@node.example", f"https://node.example{MEETING}"),
    ]
    own = icalendar.Calendar.from_ical((built.out / (MEETING.strip("/") + ".ics")).read_bytes())
    [meeting] = own.walk("VEVENT")
    assert str(meeting["location"]) == "Great hall, Tartu"
    assert str(meeting["description"]) == f"About it.\n\nhttps://node.example{MEETING}"
    of_blog = {"https://node.example/blog/calendar.ics"}
    assert calendars(built, MEETING) == {f"https://node.example{MEETING.rstrip('/')}.ics"} | of_blog
    assert calendars(built, "/blog/") == calendars(built, "/") == of_blog
    # A place that moves changes the page of its event, and no other.
    pages = [built.out / url.strip("/") / "index.html" for url in (MEETING, EXAMPLE)]
    before = [page.read_bytes() for page in pages]
    built.write({"blog/venues.yml": "hall: {name: Small hall, city: Tartu}\n"}).build()
    assert documents(built, MEETING)[0]["location"]["name"] == "Small hall"
    assert b"Small hall" in (built.out / "blog" / "calendar.ics").read_bytes()
    assert [page.read_bytes() == old for page, old in zip(pages, before, strict=True)] == [False, True]
    # An event that is gone leaves no file.
    built.write({"blog/posts/meeting.md": None, "blog/posts/course.md": None}).build()
    assert list(built.out.rglob("*.ics")) == []
    assert calendars(built, "/") == set()


def test_mistakes_in_events_are_reported_with_their_lines(site):
    built = site(
        {
            "blog/posts/a.md": "---\ndate: 2026-08-01\nevent:\n  start: 2027-05-10 09:00\n  lvel: beginner\n---\n# A\n",
            "blog/venues.yml": "hall: 7\n",
        }
    ).build()
    assert [(warning.split(": ")[0], warning.endswith("[newsroom.event]")) for warning in sorted(built.warnings)] == [
        ("blog/posts/a.md:4", True),
        ("blog/posts/a.md:5", True),
        ("blog/venues.yml:1", True),
    ]


def test_lists_of_events_change_with_the_time_of_the_build(site, monkeypatch):
    files = {
        "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n\n```{post-list}\n:when: upcoming\n:empty: Nothing is planned.\n```\n",
        "blog/posts/a.md": "---\ndate: 2026-08-01\nevent: {start: 2026-09-21 20:00, end: 22:00}\n---\n# Evening\n",
        "blog/posts/b.md": "---\ndate: 2026-08-02\nevent: {start: 2026-12-01}\n---\n# Winter\n",
        "blog/posts/c.md": "---\ndate: 2026-08-03\n---\n# No event\n",
    }

    def listed(built):
        return [
            heading.get_text().strip() for heading in built.soup("/").select(".newsroom-entry h2, .newsroom-entry h3")
        ]

    built = site(files).build()
    assert built.warnings == []
    assert listed(built) == ["Evening", "Winter"]
    # Some hours later on the same day.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1790000000 + 6 * 3600))
    built.build()
    assert listed(built) == ["Winter"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1790000000 + 100 * 86400))
    built.build()
    assert listed(built) == []
    assert "Nothing is planned." in built.text("/")
