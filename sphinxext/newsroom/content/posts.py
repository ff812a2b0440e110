"""Create posts from source files: which are published, who wrote them, and at which permalink."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from sphinxext.newsroom.content.authors import resolve_authors
from sphinxext.newsroom.content.permalinks import term_key
from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED, Post
from sphinxext.newsroom.problems import Edit, Problem, Subtype, suggestion
from sphinxext.newsroom.utils.dates import format_url_date
from sphinxext.newsroom.utils.slugs import load_slugify
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname, safe_segment, scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from babel.core import Locale

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.content.permalinks import UrlRegistry
    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.models import Author, FrontMatter


class Locate(Protocol):
    """A function that finds the line of a front matter key, or of one item in it."""

    def __call__(self, path: str, key: str, item: str | None = None, /) -> int | None:
        """Return the line, counted from 1."""


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


@cache
def file_order(path: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts files as MkDocs does: in each folder index first, then files by name, then folders.

    :param path: a file, relative with ``/``.
    """
    *folders, name = path.split("/")
    is_index = (name.rpartition(".")[0] or name) in {"index", "README"}
    return (*((1, 0, folder) for folder in folders), (0, 0 if is_index else 1, name))


def build_posts(
    sources: Mapping[str, Source],
    *,
    own_docnames: Mapping[str, str],
    options: Options,
    authors: Mapping[str, Author],
    authors_file: str,
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
    :param url_registry: reserved URLs; those of the posts are added.
    :param locale: the language of names in URLs.
    :param now: the time of the build.
    :param show_drafts: whether drafts and scheduled posts are shown.
    :param locate: finds lines, for messages.
    """
    problems: list[Problem] = []
    unpublished: set[str] = set()
    posts: list[Post] = []
    undated: list[Post] = []
    for path in sorted(sources, key=file_order):
        source = sources[path]
        front_matter = source.front_matter
        problems += source.problems
        declared = path in own_docnames
        state = _state(front_matter, declared=declared, options=options, now=now)
        if not declared and front_matter.dates is None:
            # Without a date it has no position in lists; as a draft it is visible in previews, and not lost.
            state = DRAFT
        is_hidden = state != PUBLISHED and not show_drafts
        if is_hidden:
            unpublished.add(path)
            if not _lacks_date(source):
                continue
        people, unknown = _authors(front_matter, authors, path=path, file=authors_file, options=options, locate=locate)
        if not declared:
            # Authors of ABlog's posts need not be in the authors file.
            problems += unknown
        problems += _check_categories(front_matter, path=path, options=options, locate=locate)
        dates = front_matter.dates
        (undated if is_hidden else posts).append(
            Post(
                docname=own_docnames.get(path, ""),
                path=path,
                title=source.title,
                created=dates.created if dates else now,
                updated=dates.updated if dates else None,
                state=state,
                authors=people,
                front_matter=front_matter,
                insert_heading=not source.has_heading,
            )
        )
    if options.categories and not options.categories_allowed:
        problems += _check_spellings([post for post in posts if not post.docname], locate=locate)
    addressed, collisions = _assign_permalinks(
        posts, sources, options=options, url_registry=url_registry, locale=locale, locate=locate
    )
    return PostSet(
        posts=addressed, unpublished=frozenset(unpublished), problems=(*problems, *collisions), undated=tuple(undated)
    )


def _lacks_date(source: Source) -> bool:
    """Return whether a post would be published if its date were valid."""
    is_reported = any(problem.subtype is Subtype.DATE for problem in source.problems)
    return source.front_matter.dates is None and not source.front_matter.draft and is_reported


def _state(front_matter: FrontMatter, *, declared: bool, options: Options, now: datetime) -> str:
    if front_matter.draft is not None:
        return DRAFT if front_matter.draft else PUBLISHED
    if front_matter.dates is None:
        # ABlog's rule: a post without a date is a draft.
        return DRAFT if declared else PUBLISHED
    if front_matter.dates.created > now and (declared or options.draft_if_future_date):
        return SCHEDULED
    return PUBLISHED


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


def _check_categories(front_matter: FrontMatter, *, path: str, options: Options, locate: Locate) -> Iterable[Problem]:
    if not options.categories or not options.categories_allowed:
        return
    for name in front_matter.categories:
        if name not in options.categories_allowed:
            allowed = ", ".join(map(repr, options.categories_allowed))
            yield Problem(
                subtype=Subtype.CATEGORY,
                message=f"category {name!r} is not allowed; newsroom_categories_allowed has {allowed}."
                + suggestion(name, options.categories_allowed),
                path=path,
                line=locate(path, "categories", name) or locate(path, "category"),
            )


def _check_spellings(posts: Iterable[Post], *, locate: Locate) -> Iterable[Problem]:
    """Report each spelling of a category that differs from the most common one; they are merged."""
    uses: dict[str, dict[str, list[str]]] = {}
    for post in posts:
        for name in post.front_matter.categories:
            uses.setdefault(term_key(name), {}).setdefault(name, []).append(post.path)
    for spellings in uses.values():
        usual = max(spellings, key=lambda name: len(spellings[name]))
        for name, paths in spellings.items():
            if name != usual:
                lines = {path: locate(path, "categories", name) or locate(path, "category") for path in paths}
                yield Problem(
                    subtype=Subtype.CATEGORY,
                    message=f"category {name!r} is the same as {usual!r}, which {spellings[usual][0]} has; expected one "
                    f"spelling. Did you mean {usual!r}?",
                    path=paths[0],
                    line=lines[paths[0]],
                    edits=tuple(
                        Edit(path=path, line=line, old=name, new=usual) for path, line in lines.items() if line
                    ),
                )


def _assign_permalinks(
    posts: list[Post],
    sources: Mapping[str, Source],
    *,
    options: Options,
    url_registry: UrlRegistry,
    locale: Locale,
    locate: Locate,
) -> tuple[tuple[Post, ...], list[Problem]]:
    """Assign each post its permalink, oldest first, so that a newer post never changes the URL of an older one."""
    problems: list[Problem] = []
    docnames: dict[str, str] = {post.path: post.docname for post in posts if post.docname}
    for post in sorted((p for p in posts if not p.docname), key=lambda p: (p.created, file_order(p.path))):
        try:
            wanted = permalink_for(post, sources[post.path].slug_title, options=options, locale=locale)
        except PermalinkError as error:
            wanted = _fallback_permalink(post, options=options, locale=locale)
            message = f"{error}; {wanted!r} is used instead"
            line = _line_of_permalink(post, locate)
            problems.append(Problem(subtype=Subtype.PERMALINK, message=message, path=post.path, line=line))
        owner = url_registry.owner(wanted)
        # A number at the end would not leave a reserved folder.
        free = (
            _fallback_permalink(post, options=options, locale=locale) if url_registry.reserved_for(wanted) else wanted
        )
        docname = docnames[post.path] = url_registry.reserve(free, post.path)
        if owner is not None:
            problems.append(
                Problem(
                    subtype=Subtype.DUPLICATE,
                    message=f"the URL {wanted!r} is that of {owner!r} already; this post is at {docname!r}. "
                    "Give one of them another slug or title.",
                    path=post.path,
                    line=_line_of_permalink(post, locate),
                )
            )
    return tuple(replace(post, docname=docnames[post.path]) for post in posts), problems


def _line_of_permalink(post: Post, locate: Locate) -> int | None:
    """Return the line of the key that determines the permalink."""
    keys = ("slug", "title", "date")
    return next((line for key in keys if (line := locate(post.path, key)) is not None), None)


def permalink_for(post: Post, slug_title: str, *, options: Options, locale: Locale) -> str:
    """Return the docname of a post: its permalink.

    :param post: the post.
    :param slug_title: the title for the slug.
    :param options: the options.
    :param locale: the language of names in dates.
    :raises PermalinkError: if the permalink is invalid.
    """
    slugify = load_slugify(options.post_slugify)
    categories_slugify = load_slugify(options.categories_slugify)
    separator = options.categories_slugify_separator
    categories = post.front_matter.categories[: options.post_url_max_categories] if options.categories else ()
    stem = posixpath.basename(post.path).rsplit(".", 1)[0]
    path = options.post_url_format.format(
        categories="/".join(categories_slugify(name, separator) for name in categories),
        date=format_url_date(post.created, options.post_url_date_format, locale),
        file="index" if stem == "README" else stem,
        slug=post.front_matter.slug or slugify(slug_title, options.post_slugify_separator),
    )
    return join_docname(options.blog_dir, path)


def _fallback_permalink(post: Post, *, options: Options, locale: Locale) -> str:
    date = format_url_date(post.created, "yyyy/MM/dd", locale)
    return join_docname(
        options.blog_dir, f"{date}/{safe_segment(posixpath.splitext(posixpath.basename(post.path))[0])}"
    )


def is_url(target: str) -> bool:
    """Return whether a link target is outside the site.

    :param target: a path or URL.
    """
    return bool(scheme(target))
