"""Events in whole sites: what the page of a post says about them, and what changes with it."""

from __future__ import annotations

import json
import re
from textwrap import indent
from urllib.parse import urljoin

import feedparser
import icalendar
import ics  # type: ignore[import-untyped]
import mf2py
import pytest

from tests.unit.test_events import COURSE

pytestmark = pytest.mark.theme("basic")

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
    built = site(SITE, newsroom_timezone="Europe/Tallinn", newsroom_event_check="off").build()
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
        },
        newsroom_event_check="off",
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

    built = site(files, newsroom_event_check="off").build()
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


VARIANTS = {
    # As the site wrote them: two dates, by invitation, closed, a code for the building, one instructor, no title.
    "two-dates": COURSE,
    "invited": """\
name: By invitation
general: {register: , invite: Write to the training office., audience: Staff of the node, topics: [Batch jobs, Quotas]}
keywords: [HPC]
instances:
- {start: 2026-10-05T09:00:00, end: 2026-10-05T12:00:00, organisation: Example Node, instructor: Second Lecturer,
   onsite: {building: hall, room: "203"}}
""",
    "closed": """\
name: No longer open
general: {register: , audience: Everybody}
instances:
- {start: 2026-11-05T09:00:00, end: 2026-11-05T12:00:00, online: Video meeting}
""",
}


def course_post(name, mapping, day, *, title="", more=""):
    heading = f"title: {title}\n" if title else ""
    template = "template: training_et.html\n" if name == "closed" else "template: training_en.html\n"
    return f"---\n{heading}{template}date: 2026-08-{day:02}\n{more}course:\n{indent(mapping, '  ')}---\n\nThe description.\n"


def facts(built, url):
    """Return the text of a page of a course, without the text of the post, and its labels with their values."""
    page = built.soup(url)
    rows = [
        (row.dt.get_text(" ", strip=True), " ".join(row.dd.get_text(" ", strip=True).split()))
        for row in page.select("dl > div")
    ]
    return page, rows


def test_the_page_of_a_course_shows_every_fact_that_the_post_says(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1788100000")  # 30 August 2026
    files = {
        **SITE,
        **{
            f"blog/posts/{name}.md": course_post(name, mapping, day, title="Invited" if name == "invited" else "")
            for day, (name, mapping) in enumerate(VARIANTS.items(), start=10)
        },
        "blog/posts/course.md": None,
        "blog/posts/data.md": "---\ndate: 2026-08-04\ncourse: {name: Only data}\n---\n# Data of the site\n",
    }
    built = site(
        {name: text for name, text in files.items() if text}, newsroom_timezone="Europe/Tallinn", html_theme="basic"
    ).build()
    page, rows = facts(built, "/blog/2026/08/10/two-dates/")
    # A post without a title has the name of its course; its URL is made of the file name as ever.
    assert page.select_one("h1").get_text().strip("¶") == "Example course"
    assert rows == [
        (
            "When",
            "September 7, 2026, 10:00 AM – September 10, 2026, 4:00 PM Eastern European Summer Time, GMT+03:00",
        ),
        ("Where", "Hotel Example, Lounge, Main Street 1, 12345 Town, County, Country Map On site"),
        ("Instructors", "First Lecturer"),
        ("Organized by", "Example Node"),
        ("Places", "20"),
        ("When", "Monday, November 2, 2026, 10:00 AM – 4:00 PM Eastern European Standard Time, GMT+02:00"),
        ("Where", "Online: Zoom, the link is sent some days before"),
        ("Instructors", "Second Lecturer"),
        ("For whom", "Researchers who know no R yet Researchers, Beginner"),
        ("Language", "English"),
        ("Duration", "27 hours"),
        ("Instructors", "First Lecturer, Second Lecturer"),
        ("Topics", "Bioinformatics , Mapping"),
        ("Learning outcomes", "Do this, then that. Do that."),
        ("Materials", "Course materials"),
        ("Offered by", "University of Example, Institute of Examples"),
        ("Keywords", "Bioinformatics, R"),
    ]
    dates = page.select(".newsroom-event-date")
    assert [date["id"] for date in dates] == ["2026-09-07", "2026-11-02"]
    assert [link["href"] for link in page.select(".newsroom-event-details a")] == [
        "http://edamontology.org/topic_0091",
        "http://edamontology.org/topic_0102",
        "https://example.org/materials",
    ]
    assert page.select_one(".newsroom-event-map")["href"].endswith("#map=17/58.38/26.72")
    states = [" ".join(state.get_text(" ").split()) for state in page.select(".newsroom-event-state")]
    assert states == ["Upcoming in 8 days Registration open", "Upcoming in 64 days Registration open"]
    assert [link["href"] for link in page.select("[data-register]:not([hidden]) a")] == [
        "https://forms.example.org/abc"
    ] * 2
    # What programs find on the page.
    parsed = mf2py.parse(
        built.text("/blog/2026/08/10/two-dates/"),
        url="https://node.example/blog/2026/08/10/two-dates/",
        html_parser="html5lib",
    )
    [entry] = [item for item in parsed["items"] if "h-entry" in item["type"]]
    first, second = [child["properties"] for child in entry["children"] if "h-event" in child["type"]]
    assert first["url"] == ["https://node.example/blog/2026/08/10/two-dates/#2026-09-07"]
    assert (first["name"], first["start"], first["end"]) == (
        ["Example course"],
        ["2026-09-07T10:00:00+0300"],
        ["2026-09-10T16:00:00+0300"],
    )
    assert first["location"] == ["Hotel Example, Lounge, Main Street 1, 12345 Town, County, Country"]
    assert first["category"] == ["Bioinformatics", "R"]
    assert second["start"] == ["2026-11-02T10:00:00+0200"]
    # By invitation; closed.
    _, rows = facts(built, "/blog/2026/08/11/invited/")
    assert {
        ("Registration", "Write to the training office."),
        ("Topics", "Batch jobs Quotas"),
        ("Where", "Great hall, 203, Tartu On site"),
    } <= set(rows)
    assert "By invitation" in built.soup("/blog/2026/08/11/invited/").select_one(".newsroom-event-name").get_text()
    page, _ = facts(built, "/blog/2026/08/12/closed/")
    assert "Registration closed" in page.select_one(".newsroom-event-state").get_text()
    assert page.select("[data-register]") == []
    # Only pages that show events load what belongs to them; what is data of the site is shown by nobody.
    with_script = {url for url in built.urls() if "newsroom-events.js" in built.text(url)}
    assert {"blog/2026/08/10/two-dates/", "blog/"} <= with_script
    assert with_script.isdisjoint(
        {"", "blog/2026/08/03/plain/", "blog/2026/08/04/data-of-the-site/", "blog/subscribe/"}
    )
    assert built.soup("/blog/2026/08/04/data-of-the-site/").select("[class*=newsroom-event]") == []
    # The next day, and when registration is over: what differs is written, as by a clean build.
    for now in (1788100000 + 86400, 1790000000):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))
        built.build()
        incremental = {url: built.text(url) for url in ("/blog/", "/blog/2026/08/10/two-dates/")}
        built.build(fresh=True)
        assert incremental == {url: built.text(url) for url in incremental}
    assert [state["data-phase"] for state in built.soup("/blog/2026/08/10/two-dates/").select("[data-phase]")] == [
        "past",
        "upcoming",
    ]


def test_no_email_is_published_unless_the_site_says_so(site):
    post = (
        "---\ndate: 2026-08-01\nevent: {start: 2027-01-04, repeat: FREQ=DAILY;COUNT=4, place: Hall, organizer: Node, "
        "state_in_title: true, registration: {url: 'https://forms.example/', opens: 2026-12-01}, "
        "contact: {name: Office, email: office@node.example}}\n---\n# A meeting\n"
    )
    built = site({"blog/posts/a.md": post}, html_theme="basic").build()
    url = "/blog/2026/08/01/a-meeting/"
    assert not [
        file
        for file in built.out.rglob("*")
        if file.is_file() and b"office@" in file.read_bytes() and "_sources" not in file.parts
    ]
    assert built.soup(url).select_one("h1").get_text().strip() == "A meeting – Registration not yet open"
    page, rows = facts(built, url)
    assert ("Contact", "Office") in rows
    assert ("Registration", "Opens: December 1, 2026") in rows
    assert [item.get_text() for item in page.select(".newsroom-event-date li time")] == [
        f"{day}, 2027" for day in ("Tuesday, January 5", "Wednesday, January 6", "Thursday, January 7")
    ]
    assert page.select_one("[data-register]").has_attr("hidden")
    built.conf["newsroom_event_emails"] = True
    built.build()
    assert ("Contact", "Office office@node.example") in facts(built, url)[1]
    [event] = icalendar.Calendar.from_ical((built.out / "blog" / "calendar.ics").read_bytes()).walk("VEVENT")
    assert (str(event["organizer"]), event["organizer"].params["CN"]) == ("mailto:office@node.example", "Office")


LISTS = """\
# Home

```{toctree}
blog/index
```

```{post-list}
:when: past
:view: table
```

```{post-list}
:when: upcoming, running
:view: month
```

```{post-list}
:when: upcoming
:group: instructor
```
"""


def test_events_are_listed_in_tables_months_groups_and_calendars(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1788100000")  # 30 August 2026
    files = {
        **SITE,
        "index.md": LISTS,
        "blog/posts/course.md": COURSE_POST.replace("---\n", "---\ncategories: [Courses]\n", 1),
        "blog/posts/evening.md": "---\ndate: 2026-08-04\nevent: {start: 2026-08-01 20:00, end: 23:00}\n---\n# Evening\n",
    }
    conf = {
        "newsroom_timezone": "Europe/Tallinn",
        "newsroom_announce_events": True,
        "newsroom_calendar_catalogs": ["category"],
        "html_theme": "basic",
        "html_sidebars": {"**": ["newsroom/sidebars/events.html"]},
    }
    built = site(files, **conf).build()
    # What a registry misses, with the line of the event.
    assert [line.partition(" newsroom_event_check")[0] for line in sorted(built.warnings)] == [
        (
            "blog/posts/evening.md:3: WARNING: registries that read Event/0.3-DRAFT of Bioschemas also expect: contact, organizer, "
            "place or online."
        ),
        "blog/posts/meeting.md:5: WARNING: registries that read Event/0.3-DRAFT of Bioschemas also expect: contact, organizer.",
    ]
    page = built.soup("/")
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td, th")]
        for row in page.select(".newsroom-table tbody tr")
    ]
    assert [row[:2] + row[3:] for row in rows] == [["Evening", "August 1, 2026", "Past"]]
    months = {table.caption.get_text(): table for table in page.select("table.newsroom-month")}
    assert list(months) == ["September 2026", "November 2026", "May 2027"]
    september = months["September 2026"]
    assert [time["datetime"] for time in september.select(".newsroom-month-busy time")] == [
        f"2026-09-{day:02}" for day in (7, 8, 9, 10)
    ]
    assert next(link["href"] for link in september.select("a")).endswith("/example-course/#2026-09-07")
    assert len(september.select("thead th abbr[title]")) == 7
    assert [heading.get_text() for heading in page.select(".newsroom-list-title")] == [
        "First Lecturer",
        "Second Lecturer",
        "Training team",
    ]
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    side = page.select_one(".newsroom-sidebar-events")
    assert (side.select_one("p").get_text(), [link.get_text() for link in side.select("a")]) == (
        "Next events",
        ["Example course", "A meeting"],
    )
    # Calendars of terms, on the page that lists feeds and in the heads of their pages.
    term = "blog/category/courses/calendar.ics"
    calendar = icalendar.Calendar.from_ical((built.out / term).read_bytes())
    assert (str(calendar["x-wr-calname"]), len(calendar.walk("VEVENT"))) == ("Courses", 2)
    assert f"https://node.example/{term}" in calendars(built, "/blog/category/courses/")
    links = [link["href"] for link in built.soup("/blog/subscribe/").select("a[href^=webcal]")]
    assert links == ["webcal://node.example/blog/calendar.ics", f"webcal://node.example/{term}"]
    # Another parser reads the same.
    text = (built.out / "blog" / "calendar.ics").read_bytes().decode()
    read = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    other = {event.uid: event for event in ics.Calendar(text).events}
    assert other.keys() == read.keys()
    for uid, event in other.items():
        assert (event.name, event.begin.datetime) == (str(read[uid]["summary"]), read[uid].decoded("dtstart"))
        assert (event.end.datetime, event.url) == (read[uid].decoded("dtend"), str(read[uid]["url"]))
        assert (event.location or "", event.status) == (str(read[uid].get("location", "")), "CONFIRMED")
    # Only pages of events are in their sitemap; feeds say when and where.
    sitemap = (built.out / "sitemap-events.xml").read_text(encoding="utf-8")
    assert sorted(re.findall("<loc>(.*?)</loc>", sitemap)) == [
        f"https://node.example{url}" for url in (MEETING, EXAMPLE, "/blog/2026/08/04/evening/")
    ]
    entries = {entry.title: entry for entry in feedparser.parse((built.out / "blog" / "atom.xml").read_bytes()).entries}
    assert entries["A meeting"].summary == "May 10, 2027, Great hall, Tartu. About it."
    assert entries["A meeting"].content[0].value.startswith("<p>May 10, 2027, Great hall, Tartu.</p>")
    assert " ".join(entries["Example course"].summary.split()).startswith(
        "Sep 7 – 10, 2026, Hotel Example, Town; November 2, 2026, Online."
    )
    # An event that is gone leaves no file.
    built.write(dict.fromkeys(("blog/posts/meeting.md", "blog/posts/course.md", "blog/posts/evening.md"))).build()
    assert not (built.out / "sitemap-events.xml").exists()
    assert not list(built.out.rglob("newsroom-events.*"))
