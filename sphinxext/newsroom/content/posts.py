"""Create posts from source files: which are published, who wrote them, and at which permalink."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.content.authors import resolve_authors
from sphinxext.newsroom.content.categories import check_categories, check_spellings
from sphinxext.newsroom.content.citations import NO_BIBLIOGRAPHY, resolve_references
from sphinxext.newsroom.content.events import resolve_event
from sphinxext.newsroom.content.permalinks import assign_permalinks
from sphinxext.newsroom.content.publication_state import find_states, find_unpublished, is_unpublished_only_by_date
from sphinxext.newsroom.models import Post
from sphinxext.newsroom.utils.file_names import file_order
from sphinxext.newsroom.utils.urls import scheme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from babel.core import Locale

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.content.citations import Bibliography
    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.content.url_registry import UrlRegistry
    from sphinxext.newsroom.event_models import Place
    from sphinxext.newsroom.models import Author, FrontMatter
    from sphinxext.newsroom.problems import Locate, Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class PostSet:
    """The posts of a build."""

    posts: tuple[Post, ...]
    unpublished: frozenset[str]
    """The files of unpublished posts: drafts, scheduled posts and posts without a date."""
    problems: tuple[Problem, ...]
    undated: tuple[Post, ...] = ()
    """Posts that are unpublished only because their date is missing or invalid; they have no URL. What else is wrong
    with them is to be said in the same build."""


def build_posts(
    sources: Mapping[str, Source],
    *,
    own_docnames: Mapping[str, str],
    options: Options,
    authors: Mapping[str, Author],
    authors_file: str,
    venues: Mapping[str, Place],
    venues_file: str,
    bibliography: Bibliography = NO_BIBLIOGRAPHY,
    url_registry: UrlRegistry,
    locale: Locale,
    now: datetime,
    show_drafts: bool,
    locate: Locate,
) -> PostSet:
    """Create a post from each source, assign its permalink, and leave out unpublished posts.

    :param sources: the scanned files, by path.
    :param own_docnames: the docname of each source that keeps its own URL (ABlog's posts).
    :param options: the options.
    :param authors: the authors by id.
    :param authors_file: its path, for messages.
    :param venues: the places of the venues file by name.
    :param venues_file: its path, for messages.
    :param bibliography: the works of the bibliography file.
    :param url_registry: reserved URLs; those of the posts are added.
    :param locale: the language of names in URLs.
    :param now: the time of the build.
    :param show_drafts: whether drafts and scheduled posts are shown.
    :param locate: finds lines, for messages.
    """
    states = find_states(sources, declared=own_docnames.keys(), options=options, now=now)
    unpublished = find_unpublished(states, show_drafts=show_drafts)
    problems: list[Problem] = []
    posts: list[Post] = []
    undated: list[Post] = []
    for path in sorted(sources, key=file_order):
        source = sources[path]
        front_matter = source.front_matter
        problems += source.problems
        declared = path in own_docnames
        is_hidden = path in unpublished
        if is_hidden and not is_unpublished_only_by_date(source):
            continue
        people, unknown = _authors(front_matter, authors, path=path, file=authors_file, options=options, locate=locate)
        if not declared:
            # Authors of ABlog's posts need not be in the authors file.
            problems += unknown
        problems += check_categories(front_matter, path=path, options=options, locate=locate)
        if front_matter.event is not None:
            event, unknown = resolve_event(
                front_matter.event, authors=authors, venues=venues, venues_file=venues_file, path=path
            )
            front_matter = replace(front_matter, event=event)
            problems += unknown
        if front_matter.references:
            references, unknown = resolve_references(front_matter.references, bibliography, path=path, locate=locate)
            front_matter = replace(front_matter, references=references)
            problems += unknown
        dates = front_matter.dates
        (undated if is_hidden else posts).append(
            Post(
                docname=own_docnames.get(path, ""),
                path=path,
                title=source.title,
                created=dates.created if dates else now,
                updated=dates.updated if dates else None,
                state=states[path],
                authors=people,
                front_matter=front_matter,
                insert_heading=not source.has_heading,
            )
        )
    if options.categories and not options.categories_allowed:
        problems += check_spellings([post for post in posts if not post.docname], locate=locate)
    addressed, collisions = assign_permalinks(
        posts, sources, options=options, url_registry=url_registry, locale=locale, locate=locate
    )
    return PostSet(posts=addressed, unpublished=unpublished, problems=(*problems, *collisions), undated=tuple(undated))


def _authors(
    front_matter: FrontMatter,
    authors: Mapping[str, Author],
    *,
    path: str,
    file: str,
    options: Options,
    locate: Locate,
) -> tuple[tuple[Author, ...], tuple[Problem, ...]]:
    if not options.authors or not front_matter.authors:
        return (), ()
    people, problems = resolve_authors(front_matter.authors, authors, path=path, line=None, authors_file=file)
    if problems:
        line = locate(path, "authors") or locate(path, "author")
        problems = tuple(replace(problem, line=problem.line or line) for problem in problems)
    return people, problems


def is_url(target: str) -> bool:
    """Return whether a link target is outside the site.

    :param target: a path or URL.
    """
    return bool(scheme(target))
