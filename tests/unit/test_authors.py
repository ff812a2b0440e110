"""The authors file: both schemas, every mistake with its line, and nobody lost over another's."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext.newsroom.content.authors import parse_authors, resolve_authors
from sphinxext.newsroom.front_matter.author_keys import AuthorKeys
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.social_sites import social_link
from sphinxext.newsroom.validation.aliases import known_keys, misspelled
from tests.conftest import examples

FILE = "blog/.authors.yml"


def read(yaml: str) -> tuple[dict[str, Author], list[tuple[int | None, str]]]:
    authors, problems = parse_authors(yaml, path=FILE)
    assert {(problem.path, problem.subtype) for problem in problems} <= {(FILE, Subtype.AUTHOR)}
    return authors, [(problem.line, problem.message) for problem in problems]


def one(yaml: str) -> tuple[Author, list[tuple[int | None, str]]]:
    """Return an author with a name and some further keys, and what is wrong with them."""
    authors, problems = read(f"release:\n  name: Release team\n  {yaml}\ntraining:\n  name: Training team\n")
    assert authors["training"] == Author(id="training", name="Training team")
    return authors["release"], problems


# -- The file


def test_the_schema_of_material_for_mkdocs():
    authors, problems = read(
        "authors:\n  release:\n    name: Release team\n    description: Makes releases\n    avatar: assets/release.svg\n"
        "    slug: releases\n    url: https://example.org/release\n    email: release@example.org\n    room: 5\n"
        "  training:\n    name: Training team\n    description:\n    avatar: https://example.org/a.png\n"
    )
    assert problems == []
    assert list(authors) == ["release", "training"]
    assert authors["release"] == Author(
        id="release",
        name="Release team",
        description="Makes releases",
        avatar="assets/release.svg",
        slug="releases",
        url="https://example.org/release",
        email="release@example.org",
        extra={"room": 5},
    )
    assert authors["training"] == Author(id="training", name="Training team", avatar="https://example.org/a.png")


def test_the_schema_of_docusaurus():
    authors, problems = read(
        "release:\n  name: Release team\n  title: Makes releases\n  url: https://example.org\n"
        "  image_url: https://example.org/a.png\n  page: true\n  socials:\n    x: release\n    github: release\n"
        "training:\n  name: Training team\n  title: Trainers\n  description: We train.\n  page:\n    permalink: /trainers\n"
        "docs:\n  name: Docs team\n  page: false\n"
    )
    assert problems == []
    assert authors["release"] == Author(
        id="release",
        name="Release team",
        description="Makes releases",
        avatar="https://example.org/a.png",
        url="https://example.org",
        links=(("X", "https://x.com/release"), ("GitHub", "https://github.com/release")),
    )
    assert authors["training"].description == "We train."
    assert authors["training"].extra == {"title": "Trainers"}
    assert authors["training"].slug == "trainers"
    assert not authors["docs"].listed


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "authors:\n", "authors: {}", "{}", "\ufeff"])
def test_an_empty_file_has_no_authors(text):
    assert read(text) == ({}, [])


def test_a_file_can_begin_with_a_byte_order_mark_and_end_lines_as_windows_does():
    authors, problems = read("\ufeffauthors:\r\n  release:\r\n    name: Release team\r\n")
    assert (authors["release"].name, problems) == ("Release team", [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- release", 1, "the authors are ['release']; expected a mapping of ids to authors."),
        ("release", 1, "the authors are 'release'; expected a mapping"),
        ("authors:\n  - release", 1, "the authors are ['release']; expected a mapping"),
        ("authors: release", 1, "the authors are 'release'; expected a mapping"),
        ("authors:\n  a: [", 3, "this is not YAML"),
        ("authors:\n  a: b: c", 2, "Text that contains ': ' needs quotes"),
        ("a: &a\n  name: *a", 1, "alias"),
    ],
)
def test_a_file_that_cannot_be_read_has_no_authors(text, line, message):
    authors, problems = read(text)
    assert authors == {}
    assert problems[0][0] == line
    assert message in problems[0][1]


def test_what_stands_beside_the_authors_is_reported():
    authors, problems = read("authors:\n  release: {name: Release team}\ntraining:\n  name: Training team\n")
    assert list(authors) == ["release"]
    assert problems[0][0] == 3
    assert "'training' is ignored; expected nothing next to 'authors'" in problems[0][1]


@pytest.mark.parametrize(
    ("entry", "identifier", "name", "message"),
    [
        ("x: Release team", "x", "Release team", "author 'x' is 'Release team'; expected a mapping with 'name'."),
        ("x: 5", "x", "x", "author 'x' is 5; expected a mapping with 'name'. The name is 'x'."),
        ("x: [a]", "x", "x", "author 'x' is ['a']; expected a mapping"),
        ("x:", "x", "x", "author 'x' has no name; expected 'name'. The id is shown instead."),
        ("x: {}", "x", "x", "author 'x' has no name"),
        ("x: {name: ''}", "x", "x", "author 'x' has no name"),
        ("x: {avatar: a.png}", "x", "x", "author 'x' has no name"),
        ("5: {name: A}", "5", "A", "the id 5 is not text; it is read as '5'."),
        ("no: {name: A}", "no", "A", "the id false is not text; it is read as 'no'."),
        ("007: {name: A}", "007", "A", "the id 7 is not text; it is read as '007'."),
    ],
)
@pytest.mark.parametrize("top", [False, True])
def test_a_bad_author_is_kept_as_far_as_possible(entry, identifier, name, message, top):
    lines = [entry, "training: {name: Training team}"]
    authors, problems = read("\n".join(lines) if top else "authors:\n" + "".join(f"  {line}\n" for line in lines))
    assert list(authors) == [identifier, "training"]
    assert authors[identifier].name == name
    ((line, found),) = problems
    assert (line, message in found) == (1 if top else 2, True)


def test_an_author_who_is_given_twice_is_reported():
    authors, problems = read("a: {name: A}\nb: {name: B}\na: {name: C}\n")
    assert authors["a"].name == "C"
    assert problems == [(3, "'a' is given twice, on line 1 too; the last one counts.")]


# -- The keys


@pytest.mark.parametrize(
    ("yaml", "field", "expected"),
    [
        ("title: Makes releases", "description", "Makes releases"),
        ('description: ""', "description", ""),
        ("avatar: 'data:image/png;base64,aGk='", "avatar", "data:image/png;base64,aGk="),
        ("url: team/index.md", "url", "team/index.md"),
        ("url: mailto:release@example.org", "url", "mailto:release@example.org"),
        ("email: mailto:release@example.org", "email", "release@example.org"),
        ("orcid: 0000-0002-1825-0097", "orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("orcid: '0000000218250097'", "orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("orcid: https://orcid.org/0000-0002-1694-233X", "orcid", "https://orcid.org/0000-0002-1694-233X"),
        ("orcid: http://orcid.org/0000-0002-1694-233x/", "orcid", "https://orcid.org/0000-0002-1694-233X"),
        ("socials: {orcid: 0000-0002-1825-0097}", "orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("affiliation: University", "affiliation", "University"),
        ("affiliation: [University, Institute]", "affiliation", "University; Institute"),
        ("affiliation: {name: University, ror: 03z77qz90}", "affiliation", "University"),
        ("affiliations: [{name: University}, Institute]", "affiliation", "University; Institute"),
        ("affiliation:", "affiliation", ""),
        ("page: true", "listed", True),
        ("page: false", "listed", False),
        ("page: {permalink: /x/}", "slug", "x"),
        ("page: {}", "listed", True),
        ("bio: We *write*.", "bio", "We *write*."),
        ("socials: {}", "links", ()),
        ("socials:", "links", ()),
        ("{mastodon}: x", "extra", {"{mastodon}": "x"}),
    ],
)
def test_a_value_that_is_right_passes(yaml, field, expected):
    author, problems = one(yaml if not yaml.startswith("{") else f"'{yaml[: yaml.index(':')]}': x")
    assert getattr(author, field) == expected
    assert problems == []


@pytest.mark.parametrize(
    ("yaml", "field", "expected", "message"),
    [
        ("description: 5", "description", "5", "'release.description' is 5; expected text. It is read as '5'."),
        ("description: [a]", "description", "", "'release.description' is ['a']; expected text. It is ignored."),
        ("bio: [x]", "bio", "", "'release.bio' is ['x']; expected text. It is ignored."),
        ("avatar: 5", "avatar", "5", "expected text. It is read as '5'."),
        ("avatar: javascript:x", "avatar", "", "'release.avatar' is 'javascript:x'; expected a path, or a URL"),
        ("image_url: data:text/html,x", "avatar", "", "'release.image_url' is 'data:text/html,x'; expected a path"),
        ("url: javascript:x", "url", "", "'release.url' is 'javascript:x'; expected a path, or a URL"),
        ('url: "java\\tscript:x"', "url", "", "expected a path, or a URL"),
        ("url: [x]", "url", "", "expected text. It is ignored."),
        ("slug: 012", "slug", "012", "'release.slug' is 10; expected text. It is read as '012'."),
        ("orcid: 0000-0002-1825-0098", "orcid", "", "is not an ORCID iD: its last digit does not fit the others."),
        ("orcid: 0000-0002-1825", "orcid", "", "is not an ORCID iD: expected 16 digits such as 0000-0002-1825-0097."),
        ("orcid: [x]", "orcid", "", "'release.orcid' is ['x']; expected text. It is ignored."),
        ("socials: {orcid: x}", "orcid", "", "'x' is not an ORCID iD"),
        ("affiliation: 5", "affiliation", "", "expected the name of an institution, or a list of names."),
        ("page: maybe", "listed", True, "'release.page' is 'maybe'; expected true, false, or a mapping"),
        ("socials: x", "links", (), "'release.socials' is 'x'; expected a mapping such as {github: name}."),
        ("socials: {github: [x]}", "links", (), "'release.socials.github' is ['x']; expected a name, or the URL"),
        (
            "socials: {web: 'javascript:x'}",
            "links",
            (),
            "'socials.web' is 'javascript:x'; expected a name there, or a URL.",
        ),
        ("socials: {mastodon: release}", "links", (), "'socials.mastodon' is 'release'; expected a name there"),
        ("nmae: x", "extra", {"nmae": "x"}, "'nmae' is not a known key and is ignored. Did you mean 'name'?"),
        ("desciption: x", "description", "", "Did you mean 'description'?"),
    ],
)
def test_a_value_that_is_not_right_is_reported_and_costs_nothing_else(yaml, field, expected, message):
    author, problems = one(yaml)
    assert (author.id, author.name) == ("release", "Release team")
    assert getattr(author, field) == expected
    ((line, found),) = problems
    assert line == 3
    assert message in found


def test_a_name_that_names_nobody_is_reported_once():
    for name, shown in (("", "empty"), ("[a]", "['a']")):
        authors, problems = read(f"a:\n  name: {name}\n")
        assert authors["a"].name == "a"
        assert problems == [
            (2, f"'a.name' is {shown}; expected the name of the author. It is ignored. The id is shown instead.")
        ]
    assert read("a:\n  name: 5\n")[0]["a"].name == "5"


def test_all_mistakes_of_a_file_come_at_once():
    _, problems = read(
        "a:\n  name: 5\n  url: javascript:x\n  socials:\n    github: x\n    web: x\nb:\n  page: x\nc: 5\n"
    )
    assert sorted(line or 0 for line, _ in problems) == [2, 3, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("site", "name", "link"),
    [
        ("github", "release", ("GitHub", "https://github.com/release")),
        ("GitHub", "@release", ("GitHub", "https://github.com/release")),
        ("github", "https://github.com/release", ("GitHub", "https://github.com/release")),
        ("twitter", "release", ("X", "https://x.com/release")),
        ("linkedin", "release", ("LinkedIn", "https://www.linkedin.com/in/release/")),
        ("bluesky", "release.example.org", ("Bluesky", "https://bsky.app/profile/release.example.org")),
        ("mastodon", "@release@example.org", ("Mastodon", "https://example.org/@release")),
        ("mastodon", "release@example.org", ("Mastodon", "https://example.org/@release")),
        ("mastodon", "https://example.org/@release", ("Mastodon", "https://example.org/@release")),
        ("instagram", "release", ("Instagram", "https://www.instagram.com/release")),
        ("youtube", "@release", ("YouTube", "https://www.youtube.com/@release")),
        ("stackoverflow", "12345", ("Stack Overflow", "https://stackoverflow.com/users/12345")),
        ("threads", "release", ("Threads", "https://www.threads.net/@release")),
        ("twitch", "release", ("Twitch", "https://www.twitch.tv/release")),
        ("email", "release@example.org", ("Email", "mailto:release@example.org")),
        ("email", "mailto:release@example.org", ("Email", "mailto:release@example.org")),
        ("web_site", "https://example.org", ("Web site", "https://example.org")),
        ("web", "release", None),
        ("web", "//example.org", None),
        ("github", "a/b", None),
        ("github", "", None),
        ("github", "javascript:x", None),
        ("email", "release", None),
        ("mastodon", "@a@b@c", None),
    ],
)
def test_a_name_on_another_site_becomes_a_link(site, name, link):
    assert social_link(site, name) == link


def test_a_number_can_be_a_name_on_another_site():
    author, problems = one("socials: {stackoverflow: 12345}")
    assert (author.links, problems) == ((("Stack Overflow", "https://stackoverflow.com/users/12345"),), [])


# -- The authors of a post

AUTHORS = {
    "Diana": Author(id="Diana", name="Training team"),
    "release": Author(id="release", name="Release team"),
}


def resolve(*refs):
    authors, problems = resolve_authors(refs, AUTHORS, path="blog/posts/x.md", line=3, authors_file=FILE)
    assert all(
        (problem.subtype, problem.path, problem.line) == (Subtype.AUTHOR, "blog/posts/x.md", 3) for problem in problems
    )
    return authors, [problem.message for problem in problems]


def test_authors_keep_their_order_and_stand_once():
    assert resolve("release", "Diana", "release") == ((AUTHORS["release"], AUTHORS["Diana"]), [])
    assert resolve() == ((), [])


def test_an_author_written_into_the_post_needs_no_file():
    guest = Author(id="guest", name="Guest")
    assert resolve(guest, "Diana", guest) == ((guest, AUTHORS["Diana"]), [])


@pytest.mark.parametrize(
    ("ref", "hint"),
    [
        ("diana", f"author 'diana' is not in {FILE}. Did you mean 'Diana'?"),
        ("relaese", f"author 'relaese' is not in {FILE}. Did you mean 'release'?"),
        ("nobody", f"author 'nobody' is not in {FILE}."),
    ],
)
def test_an_unknown_author_is_reported_and_kept_under_the_id(ref, hint):
    assert resolve(ref, "release") == ((Author(id=ref, name=ref), AUTHORS["release"]), [hint])


def test_a_name_in_place_of_an_id_finds_the_author():
    authors, problems = resolve("Release team", "release")
    assert authors == (AUTHORS["release"],)
    assert problems == [f"author 'Release team' is not in {FILE}. It is the name of 'release'; write the id."]


# -- Nothing that somebody writes raises an error

FRAGMENTS = st.sampled_from(
    [
        *sorted(known_keys(AuthorKeys)),
        "authors",
        "release",
        "x",
        "permalink",
        "github",
        "mastodon",
        "a@b.c",
        "https://x.y",
        ":",
        ": ",
        ":\n",
        ":\n  ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "5",
        "null",
        "true",
        "!!int ",
        "'",
    ]
)


@given(st.lists(FRAGMENTS, max_size=30).map("".join) | st.text(max_size=60))
@examples(40)
def test_any_text_can_be_read(text):
    authors, problems = parse_authors(text, path=FILE)
    pickle.dumps((authors, problems))
    assert all(author.id and author.name for author in authors.values() if author.id)


def test_no_known_key_is_a_misspelling():
    assert [key for key in known_keys(AuthorKeys) if misspelled(key, AuthorKeys)] == []
