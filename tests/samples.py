"""A site with every kind of page, for tests that look at all of them."""

from __future__ import annotations

import base64
from typing import Any

from tests.conftest import post
from tests.markdown_cases import EXTENSIONS

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
)
"""A picture, three pixels wide and two high."""


def svg(width: int, height: int, ground: str, shape: str) -> str:
    """Return a picture: three shapes on a ground."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    shapes = "".join(
        f'<circle cx="{width * part // 8}" cy="{height // 2}" r="{height // 4}" fill="{shape}" fill-opacity="0.{9 - part}"/>'
        for part in (2, 4, 6)
    )
    ground = f'<rect width="{width}" height="{height}" fill="{ground}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{ground}{shapes}</svg>\n'


AUTHORS = """
authors:
  training:
    name: Training team
    description: Runs the courses
    avatar: img/training.svg
    url: https://training.example/
    orcid: 0000-0002-1825-0097
    affiliation: The node
    socials: {github: node, mastodon: "@node@social.example"}
    bio: |
      We plan *courses* for people who compute, from the first line in a shell to a job on a thousand cores. See the
      [guide](/guide/index.md).
  support:
    name: Support desk
    description: Answers questions
    bio: Ask us **anything**.
  office:
    name: Office
"""
LONG = """\
The spring term has three courses: an introduction to the command line, one about parallel programs, and one about data
that does not fit into memory. Each takes two days, and all of them have exercises on the machine itself.
"""
EVERYTHING: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": """\
# Home

This is where the documentation begins. It has a [guide](guide/index.md) and a blog.

## News

```{post-list} 3
:view: cards
```

```{toctree}
:hidden:

guide/index
blog/index
```
""",
    "guide/index.md": """\
# Guide

(install)=

## Install

Take the program that your system has.

```{versionadded} 2.0
A package for `arm64`. It is new.
```

## Courses

```{post-list}
:category: Courses
```

## All in a table

```{post-list} 5
:view: table
:fields: date, author, category, tag, minutes, updated
```

## As ABlog lists them

```{postlist} 2
:excerpts:
```
""",
    "img/training.svg": svg(80, 80, "#0a6a86", "#fff"),
    "img/cover.svg": svg(1200, 500, "#d9eef3", "#0a6a86"),
    "img/cover-dark.svg": svg(1200, 500, "#12343d", "#7fd1e6"),
    "img/square.svg": svg(600, 600, "#f3e3d9", "#863f0a"),
    "blog/.authors.yml": AUTHORS,
    "blog/index.md": "---\ndescription: What is new.\n---\n\n# News\n\nWhat is new at the node, and how to take part.\n",
    "blog/category/courses.md": "---\norphan: true\ndescription: All that we teach.\n---\n\n# Our courses\n\nAll of them.\n",
    "blog/posts/a.md": post(
        f"""\
# Registration for the *spring* courses is open

{LONG}
<!-- more -->

## What to bring

A laptop with a browser. See {{post}}`b` and {{tag}}`y & z` for what was said before, and the
[program](https://elsewhere.example/program) for the hours. What to install is in the [guide](/guide/index.md).

### Before the first day

1. Ask for an account.
2. Try to log in:

```{{code-block}} console
$ ssh login.node.example
$ module load python/3.13 && python -m course.check --all --verbose --with-exercises --and-a-long-line
```

## Who can come

| Course | Day | For |
|---|---|---|
| Command line | 3 March | everyone |
| Parallel programs | 10 March | those who have written a program before |

```{{note}}
Places are given in the order of registration.
```

![A room with three tables](/img/square.svg)
""",
        date="{created: 2026-08-18, updated: 2026-09-01}",
        authors=["training", "support"],
        categories=["News", "Courses"],
        tags=["command line", "y & z"],
        description='"About \\"it\\"."',
        image="{src: /img/cover.svg, alt: Three tables in a room, dark: /img/cover-dark.svg}",
        pin=True,
        series="A course from nothing",
        announce_until="2026-12-31",
        links="[blog/posts/b.md, guide/index.md#install, {Further: [{Elsewhere: https://elsewhere.example/}]}]",
        redirects="[old/a]",
        release="[2.0, 2.0rc1]",
        superseded_by="guide/index.md#install",
    ),
    "blog/posts/b.md": post(
        f"# Why we teach\n\n{LONG}\nText with {{post}}`a` and {{tag}}`command line`.\n\n<!-- more -->\n\nMore.",
        date="2026-07-01",
        authors=["office"],
        categories=["Courses"],
        tags=["command line"],
        image="{src: /img/square.svg, alt: A square}",
        series="A course from nothing",
    ),
    "blog/posts/c.md": post(
        f"# A title that is so long that it needs more than one line on a telephone and on other narrow screens\n\n{LONG}",
        date="2025-11-03",
        authors=["support", "office"],
        tags=["command line", "storage"],
        location="Tartu",
        language="English",
        series=["A course from nothing", "Storage"],
    ),
    "blog/posts/d.md": post(
        "# Draft\n\nText.\n\n## Part\n\nMore.", date="2025-01-02", draft=True, categories=["News"], authors=["support"]
    ),
    "blog/posts/e.md": post("Text without a heading.", date="2024-05-01", title="'A <title> of \"its\" own'"),
    "blog/posts/f.md": post(
        "# Storage is larger\n\nTwice as large.", date="2027-01-15", categories=["News"], tags=["storage"]
    ),
    "blog/posts/g.md": post(
        """\
# What a post can hold

The constructs of Markdown that have their own styles.

<!-- more -->

## Boxes

!!! note "A note"
    With text.

??? tip "A fold"
    Folded text.

!!! info inline end "Aside"
    Next to the text.

Text next to a box, long enough to fill some lines on most screens, and then some more to be quite sure of it.

## Tabs

=== "Linux"
    Use `apt`.

=== "macOS"
    Use `brew`.

## Cards

<div class="grid cards" markdown>

- __One__

    The first.

- __Two__

    The second.

</div>

## Small things

Press ++ctrl+alt+del++, ==marked==, H~2~O, x^2^, {--gone--}, {++new++}, a note[^1], `#!python print()`.

- [x] done
- [ ] to `do`, "all" & *more*

``` py
print()  # (1)!
```

1. An annotation.

[A button](https://elsewhere.example/){ .md-button }

Term
:   What it means.

[^1]: At the foot.
""",
        date="2024-04-01",
        authors=["training"],
        tags=["markdown"],
    ),
    "blog/venues.yml": "hall: {name: Great hall, street: Main Street 1, city: Tartu, country: EE, geo: [58.38, 26.72]}\n",
    "blog/posts/h.md": """\
---
date: 2023-05-01
event:
  start: 2026-10-05 09:00
  end: 2026-10-07 16:00
  previous_start: 2026-09-07 09:00
  status: rescheduled
  place: hall
  online: {name: Video meeting, url: https://meeting.example/}
  organizer: {name: The node, url: https://node.example/}
  contact: {name: Training office, email: office@node.example, url: https://node.example/contact/}
  registration: {url: https://forms.example/, opens: 2026-08-01, deadline: 2026-09-25}
  price: [{price: 50, currency: EUR, category: Students}, free]
  capacity: 24
  languages: [en, et]
  speakers: [training]
---

# User meeting

What the meeting is about.
""",
    "blog/posts/i.md": """\
---
date: 2023-04-01
course:
  name: Data in R
  description: Reading, cleaning and plotting data.
  provider: Example University
  level: beginner
  hours: 12
  prerequisites: How to use a terminal.
  outcomes: [Read data from a file., Draw plots for a paper.]
  audience: [Researchers]
  keywords: [R, statistics]
  topics: [{id: "3316", name: Computer science}]
  license: CC-BY-4.0
  materials: [{title: Slides, url: https://slides.example/}]
  contact: Training office
  instances:
  - {start: 2026-09-21 10:00, end: 2026-09-21 23:00, online: true, status: moved-online}
  - {start: 2026-11-02, end: 2026-11-03, place: hall, speakers: [training], registration: https://forms.example/r}
  - {start: 2027-01-04 17:00, end: 18:00, online: Video meeting, repeat: FREQ=WEEKLY;COUNT=3, status: cancelled}
---

# Data in R

What we do in this course.
""",
}
"""Posts, lists, overviews, with everything that they can show."""
SIDEBARS = [
    f"newsroom/sidebars/{name}.html" for name in ("recent", "categories", "tags", "archive", "authors", "feeds")
]
CONF: dict[str, Any] = {
    "newsroom_pagination_per_page": 2,
    "newsroom_markdown_extensions": EXTENSIONS,
    "newsroom_draft_if_future_date": True,
    "newsroom_old_after": 700,
    "newsroom_post_mentions": True,
    "newsroom_release_links": {"Source": "https://elsewhere.example/v{version}"},
    "html_favicon": "img/training.svg",
    "newsroom_announce": True,
    "newsroom_categories_view": "cards",
    "newsroom_archive_view": "table",
    "html_sidebars": {"guide/**": ["sidebar-nav-bs.html", *SIDEBARS], "blog/index": SIDEBARS},
}
"""Its options. Its drafts are built with the tag ``drafts``."""
