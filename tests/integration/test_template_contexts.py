"""Templates get exactly the variables and keys that their types say, and so the reference."""

from __future__ import annotations

import re
import types
import typing
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import StrictUndefined

from sphinxext.newsroom.pages import context_types
from sphinxext.newsroom.pages.jinja import OWN, prepare_templates
from sphinxext.newsroom.utils.sphinx_builders import html_builder
from tests.conftest import ROOT, post

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000100ffff03000006"
    "0005a3d5d3a20000000049454e44ae426082"
)
AUTHORS = """\
authors:
  ana:
    name: Training team
    description: Trainers
    affiliation: Node
    roles: [Software]
    orcid: 0000-0002-1825-0097
    url: https://example.org/
    socials: {github: ana}
    bio: Teaches *a lot*.
"""
COVER = "{src: cover.png, alt: A cover}"
FULL = {
    "authors": ["ana"],
    "categories": ["News"],
    "tags": ["x"],
    "location": "Tartu",
    "language": "en",
    "series": "Course",
    "license": "CC-BY-4.0",
    "doi": "10.5281/zenodo.1234567",
    "references": ["10.1038/sdata.2016.18"],
    "funding": "[{funder: EC, award: '5'}]",
}
TEXT = "Text with ![a picture](cover.png).\n\n<!-- more -->\n\nMore."
LINKS = """\
links:
  - Elsewhere: https://example.org/
  - Heading:
    - ../../index.md
    - ../../file.pdf
  - ../../guide.md#part
"""


def full_post(number, **more):
    text = post(f"# Post {number}\n\n{TEXT}", **{**FULL, "date": f"2024-06-{number:02}", **more})
    return text.replace("---\n", f"---\n{LINKS}image: {COVER}\n", 1) if number == 2 else text


LISTS = """\
# Lists

```{post-list} 3
:view: VIEW
:show: cover, author, date, updated, minutes, category, tag, location, language, excerpt, more
```
"""
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n```{toctree}\nguide\nblog/index\ncards\ntable\n```\n",
    "guide.md": "# Guide\n\n## Part\n\n```{confval} size\nHow much.\n```\n\nSee {mentions}`size`.\n",
    "cards.md": LISTS.replace("VIEW", "cards"),
    "table.md": LISTS.replace("VIEW", "table"),
    "month.md": "---\norphan: true\n---\n# Months\n\n```{post-list}\n:view: month\n```\n\n```{post-list}\n:group: instructor\n```\n",
    "file.pdf": "%PDF",
    "blog/.authors.yml": AUTHORS,
    "blog/index.md": "# News\n\nWelcome.\n",
    "blog/posts/cover.png": PNG,
    **{f"blog/posts/p{number}.md": full_post(number) for number in range(1, 5)},
    "blog/posts/updated.md": post(
        "# Updated\n\nText.", tags=["x"], date="{created: 2024-06-07, updated: 2024-06-09}", pin=True, readtime=3
    ),
    "blog/posts/event.md": post(
        "# Event\n\nText.",
        date="2023-06-09",
        event="{start: 2026-10-05 09:00, end: 16:00, repeat: FREQ=WEEKLY;COUNT=3, place: {name: Hall, geo: [58, 26]}, "
        "organizer: Node, contact: {name: Office, email: office@node.example}, price: free, speakers: [ana], "
        "topics: [{name: RNA-Seq}], license: MIT, materials: [{title: Slides, url: https://slides.example/}], "
        "registration: {url: https://forms.example/, deadline: 2026-10-01}}",
    ),
    "blog/posts/scheduled.md": post("# Scheduled\n\nText.", date="2027-01-01"),
    "blog/posts/draft.md": post("# Draft\n\nText.", draft=True, redirect_from=["old"]),
    "blog/posts/plain.md": post(
        "# Plain\n\nText, {confval}`size`.",
        date="2023-06-08",
        external_link="https://example.org/",
        announce_until="2030-01-01",
    ),
}
SIDEBARS = [
    f"newsroom/sidebars/{name}.html"
    for name in ("recent", "events", "categories", "tags", "archive", "authors", "feeds", "mentions")
]
CONF: dict[str, Any] = {
    "html_theme": "alabaster",
    "newsroom_event_check": "off",
    "html_sidebars": {"**": SIDEBARS},
    "newsroom_authors_profiles": True,
    "newsroom_mentions_domains": ["std"],
    "newsroom_pagination_per_page": 2,
    "newsroom_draft": True,
    "newsroom_draft_if_future_date": True,
    "newsroom_announce": True,
    "newsroom_blog_toc": True,
    "newsroom_feed_catalogs": ["category"],
    "newsroom_redirects": {"older": "blog/2024/06/01/post-1"},
    "disqus_shortname": "node",
}


def check(value, expected, path):
    """Check that a value has the type that templates are promised, with all of its keys and no others."""
    origin, arguments = typing.get_origin(expected), typing.get_args(expected)
    if typing.is_typeddict(expected):
        hints = typing.get_type_hints(expected)
        assert isinstance(value, dict), path
        assert set(value) == set(hints), f"{path}: {set(value) ^ set(hints)}"
        for key, hint in hints.items():
            check(value[key], hint, f"{path}.{key}")
    elif origin in {types.UnionType, typing.Union}:
        # Of mappings, the one with these keys; so that the message says what is wrong with it.
        fitting = [argument for argument in arguments if _fits(value, argument)]
        assert fitting, f"{path}: {value!r} is none of {arguments}"
        check(value, fitting[0], path)
    elif origin in {list, tuple}:
        assert isinstance(value, origin), path
        for number, item in enumerate(value):
            check(item, arguments[number if origin is tuple else 0], f"{path}[{number}]")
    elif expected is not Any:
        assert _fits(value, expected), f"{path}: {value!r} is no {expected}"


def _fits(value, expected):
    if typing.is_typeddict(expected):
        return isinstance(value, dict) and set(value) == set(typing.get_type_hints(expected))
    kind = typing.get_origin(expected) or expected
    return isinstance(value, kind) and (kind is not int or not isinstance(value, bool))


@pytest.fixture
def strict_templates(monkeypatch):
    """Have our templates fail where they use what they do not get, and note what they get."""
    seen: dict[str, int] = {}

    def prepare(app, folder):
        prepare_templates(app, folder)
        environment = html_builder(app).templates.environment
        get_template, strict = environment.get_template, environment.overlay(undefined=StrictUndefined)

        def get_strict_template(name, *given, **named):
            if name not in context_types.TEMPLATES or not context_types.TEMPLATES[name].variables:
                return get_template(name, *given, **named)

            def render(values):
                for variable, expected in context_types.TEMPLATES[name].variables.items():
                    check(values[variable], expected, f"{name}: {variable}")
                seen[name] = seen.get(name, 0) + 1
                return strict.get_template(name).render(values)

            return SimpleNamespace(render=render)

        environment.get_template = get_strict_template

    monkeypatch.setattr("sphinxext.newsroom.extension.prepare_templates", prepare)
    return seen


def test_every_template_gets_what_its_type_says_and_uses_nothing_else(site, strict_templates):
    built = site(FILES, **CONF).build()
    assert [line for line in built.warnings if "[newsroom.template]" in line] == []
    partials = (
        "entry",
        "card",
        "table_row",
        "post_list",
        "toc",
        "announcement",
        "mentions",
    )
    pages = ("post", "list", "overview", "subscribe", "head", "comments", "redirect")
    expected = {f"newsroom/{name}.html" for name in pages} | {f"newsroom/partials/{name}.html" for name in partials}
    expected |= {f"newsroom/partials/sidebars/{name}.html" for name in ("recent", "terms", "feeds", "mentions")}
    assert expected <= set(strict_templates)
    # What is only shown where posts have it was shown.
    page = built.soup("blog/2024/06/02/post-2")
    for selector in (
        ".newsroom-cover",
        ".newsroom-series",
        ".newsroom-bio .newsroom-profile-links",
        ".newsroom-links li li",
        ".newsroom-related",
        ".newsroom-prev-next",
        "[rel=license]",
        ".newsroom-comments",
        "meta[name=citation_title]",
        "link[rel=cite-as]",
        ".newsroom-citation",
        ".newsroom-references",
        ".newsroom-funding",
        ".newsroom-roles",
    ):
        assert page.select(selector), selector
    assert built.soup("blog/2023/06/09/event").select(".newsroom-event .newsroom-event-map, .newsroom-event-details")
    assert built.soup("blog/author/ana").select(".newsroom-profile [rel=me]")
    assert built.soup("blog/page/2").select(".newsroom-page-number, .newsroom-pagination")
    assert built.soup("blog").select(".newsroom-status")


def test_every_template_is_described():
    files = {file.relative_to(OWN).as_posix() for file in OWN.rglob("*.html")}
    assert files == set(context_types.TEMPLATES)


def test_every_context_is_in_the_reference():
    page = (ROOT / "docs/reference/templates.md").read_text(encoding="utf-8")
    described = re.findall(r"\{newsroom-contexts\} (.*)", page)
    names = [name for line in described for name in line.split()]
    assert sorted(names) == sorted(name for name, found in vars(context_types).items() if typing.is_typeddict(found))
