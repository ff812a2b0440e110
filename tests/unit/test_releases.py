"""Versions in order, releases with the posts that announce them, and the first sentence about a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sphinxext.newsroom.config.options import parse_options
from sphinxext.newsroom.front_matter.parse import parse, parse_defaults
from sphinxext.newsroom.metadata.json_ld import software
from sphinxext.newsroom.models import FrontMatter, Post, Release
from sphinxext.newsroom.releases.changes import Fragment, first_sentence
from sphinxext.newsroom.releases.index import ReleaseIndex
from sphinxext.newsroom.utils.versions import is_prerelease, is_version, sort_versions, version_key


def read(yaml: str, **options: Any) -> tuple[list[tuple[str, str, tuple[Any, ...]]], list[tuple[int | None, str]]]:
    """Return the releases of a post, and what is wrong with them."""
    front_matter, _, problems = parse(f"---\ndate: 2024-01-31\n{yaml}\n---\n# T\n", path="blog/posts/x.md", **options)
    releases = [(release.project, release.version, release.extra) for release in front_matter.releases]
    return releases, [(problem.line, f"{problem.subtype}: {problem.message}") for problem in problems]


# -- Versions


@pytest.mark.parametrize(
    ("newest_first", "why"),
    [
        (["1!0.1", "2.10", "2.9"], "epochs"),
        (["2.10", "2.9", "2.4.1", "2.4", "2.4rc1", "2.4b2", "2.4.dev1"], "PEP 440"),
        (["1.0.0", "1.0.0-rc.1", "1.0.0-beta.11", "1.0.0-beta.2", "1.0.0-beta", "1.0.0-alpha.beta", "1.0.0-alpha.1"], "SemVer"),
        (["2.0", "1.0.0", "1.0.0-rc.1", "1.0.0-alpha.beta"], "both"),
        (["2024.1", "R2024b", "R2024a", "R2023b"], "no scheme"),
    ],
)  # fmt: skip
def test_versions_are_in_the_order_of_their_scheme(newest_first, why):
    assert sort_versions(reversed(newest_first)) == newest_first, why


def test_spellings_of_one_version_are_one_version():
    assert len({version_key(text) for text in ("2.4", "2.4.0", "v2.4", " 2.4 ")}) == 1
    assert version_key("2.10") != version_key("2.1")
    assert version_key("2.0") != version_key("20")
    assert version_key("2.4rc1") == version_key("2.4.0-rc.1") != version_key("2.4")
    assert version_key("1.0.0-alpha.beta") == version_key("v1.0.0-ALPHA.beta")
    assert version_key("not a version") == "not a version"


def test_prereleases_are_known_in_both_schemes():
    assert [text for text in ("1.0", "1.0rc1", "1.0.dev3", "1.0.0-x.y", "1.0.0+x", "1.0.post1", "Iris1") if is_prerelease(text)] == [
        "1.0rc1",
        "1.0.dev3",
        "1.0.0-x.y",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "next", "2 4", "2.4<b>", "9" * 65, None, 2.4, "2.4\n"])
def test_what_is_no_version_is_none(text):
    assert not is_version(text)


# -- Front matter


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("release: 2.10", [("", "2.10", ())]),
        ("release: 2", [("", "2", ())]),
        ("release: 2024-01-31", [("", "2024-01-31", ())]),
        ("release: '2.10'", [("", "2.10", ())]),
        ("release: 1_0.10", [("", "1_0.10", ())]),
        ("release: [2.10, 2.1, 2.10]", [("", "2.10", ()), ("", "2.1", ())]),
        ("release: 2.10, 2.9", [("", "2.10", ()), ("", "2.9", ())]),
        (
            "release:\n  project: tools\n  version: 2.10\n  doi: 10.5281/zenodo.1",
            [("tools", "2.10", (("doi", "10.5281/zenodo.1"),))],
        ),
        ("release:\n- {project: a, version: 1.0}\n- 2.0", [("a", "1.0", ()), ("", "2.0", ())]),
        ("release:", []),
    ],
)
def test_the_digits_of_a_version_are_those_that_are_written(yaml, expected):
    assert read(yaml) == (expected, [])


def test_inherited_versions_have_the_digits_that_are_written():
    defaults, problems = parse_defaults("release: 2.10\n", path="blog/posts/.meta.yml")
    assert not problems
    assert read("title: x", defaults=defaults) == ([("", "2.10", ())], [])
    assert read("release: 2.20", defaults=defaults)[0] == [("", "2.20", ())]


@pytest.mark.parametrize(
    ("yaml", "kept", "said"),
    [
        ("release: soon", [], (3, "'release' is 'soon'; expected a version")),
        ("release: true", [], (3, "'release' is true; expected a version")),
        ("release: {project: tools}", [], (3, "'release' is {'project': 'tools'}; expected a version")),
        ("release:\n- 2.0\n- {}", [("", "2.0", ())], (5, "'release' has {} in it; expected a version")),
        (
            "release:\n  version: 2.0\n  doi: [1]",
            [("", "2.0", ())],
            (5, "'release.doi' is [1]; expected text. It is ignored."),
        ),
    ],
)
def test_what_is_no_release_is_reported_and_the_rest_counts(yaml, kept, said):
    releases, problems = read(yaml)
    assert releases == kept
    ((line, message),) = problems
    assert line == said[0]
    assert message.startswith(f"release: {said[1]}")


# -- The index


def post(name: str, day: int, *releases: Release) -> Post:
    return Post(
        docname=f"blog/{name}",
        path=f"blog/posts/{name}.md",
        title=name,
        created=datetime(2024, 1, day, tzinfo=UTC),
        front_matter=FrontMatter(releases=releases),
    )


POSTS = [
    post("a", 1, Release(version="2.4")),
    post("b", 2, Release(version="2.10", project="Tools"), Release(version="2.10rc1")),
    post("c", 3, Release(version="1.0", project="Other", extra=(("doi", "10.1/x"),))),
    post("d", 4, Release(version="v2.4.0", extra=(("doi", "10.1/y"),))),
    post("e", 5, Release(version="2.4")),
    post("f", 6),
]


def test_releases_are_found_by_version_and_project():
    index = ReleaseIndex(reversed(POSTS), project=" tools ")
    shown = {
        name: [(r.name, r.is_prerelease, [p.title for p in r.posts]) for r in found]
        for name, found in index.projects.items()
    }
    assert shown == {
        "": [("2.10", False, ["b"]), ("2.10rc1", True, ["b"]), ("2.4", False, ["a", "d", "e"])],
        "Other": [("Other 1.0", False, ["c"])],
    }
    assert [release.name for release in index.of(POSTS[1])] == ["2.10", "2.10rc1"]
    assert index.find("2.4.0", "TOOLS").posts == (POSTS[0], POSTS[3], POSTS[4])
    assert index.find("2.4").extra == {"doi": "10.1/y"}
    assert index.find("1.0") is None
    assert index.find("2.1") is None
    assert index
    assert not ReleaseIndex(POSTS[-1:], project="tools")


def test_a_release_that_several_posts_announce_is_reported_once():
    (problem,) = ReleaseIndex(POSTS, project="tools").problems(lambda _path, _key, _item=None: 7)
    assert (problem.subtype, problem.path, problem.line) == ("release", "blog/posts/e.md", 7)
    assert problem.message.startswith("the release '2.4' is announced by blog/posts/a.md, too; both are listed")
    assert not [*ReleaseIndex(POSTS[:3], project="tools").problems(lambda _path, _key, _item=None: 7)]


def test_one_post_can_name_a_release_twice():
    twice = replace(POSTS[0], front_matter=FrontMatter(releases=(Release(version="2.4"), Release(version="2.4.0"))))
    index = ReleaseIndex([twice], project="tools")
    assert [release.posts for release in index.projects[""]] == [(twice,)]
    assert not [*index.problems(lambda _path, _key, _item=None: 7)]
    assert [release.name for release in index.of(twice)] == ["2.4"]


# -- Sentences


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("No end", "No end"),
        ("Such as e.g. this one. Two.", "Such as e.g. this one."),
        ("A case, e.g. Two, i.e. More. Three.", "A case, e.g. Two, i.e. More."),
        ("Version 2.4 of it! Two.", "Version 2.4 of it!"),
        ("One\nline. 2 lines.", "One line."),
        ("文です。二つ目。", "文です。"),
        ("", ""),
    ],
)
def test_a_sentence_ends_where_the_next_begins(text, sentence):
    assert "".join(part.text for part in first_sentence([Fragment(text)])) == sentence


def test_code_ends_no_sentence():
    fragments = [Fragment("See "), Fragment("a. B", is_code=True), Fragment(" here. "), Fragment("Next", is_code=True)]
    assert first_sentence(fragments) == (Fragment("See "), Fragment("a. B", is_code=True), Fragment(" here."))


# -- Options and metadata


def test_patterns_of_links_are_checked():
    good = {"Tag": "https://code.example/v{version}", "DOI": "https://doi.org/{doi}"}
    assert parse_options({"release_links": good})[0].release_links == good
    for wrong in (
        "https://x.example/{0}",
        "https://x.example/{version!r}",
        "https://x.example/{",
        "javascript:{version}",
    ):
        (problem,) = parse_options({"release_links": {"Tag": wrong}})[1]
        assert f"{wrong!r}" in problem.message


def test_a_release_is_a_software_application():
    assert software(name="My tool", version="2.10", published="2024-01-31", notes_url="https://x.example/p/") == {
        "@type": "SoftwareApplication",
        "@id": "https://x.example/p/#release-My%20tool-2.10",
        "name": "My tool",
        "softwareVersion": "2.10",
        "datePublished": "2024-01-31",
        "releaseNotes": "https://x.example/p/",
        "subjectOf": {"@id": "https://x.example/p/"},
    }
    assert "@id" not in software(name="My tool", version="2.10", published="2024-01-31", notes_url="")
