"""Taxonomies: group posts by category, tag, author, series, location, language and date."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sphinxext.newsroom.blog.terms import term_names
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, AUTHOR, CATEGORY, KINDS, SERIES
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.content.url_registry import url_key
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import format_date
from sphinxext.newsroom.utils.file_names import file_order
from sphinxext.newsroom.utils.slugs import load_function, load_slugify
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname, safe_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from babel.core import Locale

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
    from sphinxext.newsroom.content.url_registry import UrlRegistry
    from sphinxext.newsroom.models import Author, Post


@dataclass(frozen=True, kw_only=True, slots=True)
class Collection:
    """The posts that share a label."""

    kind: str
    """The catalog it belongs to, such as ``category``."""
    id: str
    """Key that posts with the label share: the author's id, or the name, case-folded with spaces collapsed."""
    name: str
    pagename: str
    """The page that lists its posts."""
    posts: tuple[str, ...]
    """Keys of the posts, in the order of the blog; those of a series from its first part to its last."""
    author: Author | None = None
    merged: Mapping[str, int] = field(default_factory=dict)
    """The pages that other spellings of the label would have by themselves, each with the number of its posts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taxonomy:
    """All collections of one kind."""

    kind: str
    title: str
    pagename: str
    """The page that lists the collections."""
    collections: tuple[Collection, ...]

    def find(self, label: str) -> Collection | None:
        """Return the collection of a label.

        :param label: a name, or an author's id.
        """
        key = term_key(label)
        return next((c for c in self.collections if c.id == label or term_key(c.id) == key), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Grouping:
    """The posts of one blog, grouped by one kind of taxonomy."""

    kind: str
    title: str
    url_format: str
    terms: Callable[[Post], Iterable[tuple[str, str, Author | None]]]
    """Gives id, name and author of each term of a post."""
    slug: Callable[[str, Author | None], str]


def build_taxonomies(
    posts: Sequence[Post],
    *,
    options: Options,
    locale: Locale,
    url_registry: UrlRegistry,
    documents: Mapping[str, str],
    kinds: Sequence[TaxonomyKind] = KINDS,
) -> tuple[tuple[Taxonomy, ...], tuple[Problem, ...]]:
    """Group posts by every taxonomy that is enabled.

    :param posts: the posts, in the order of the blog.
    :param options: the options.
    :param locale: the language of dates.
    :param url_registry: reserved URLs; those of the lists are added.
    :param documents: the site's pages by URL key: a page at the path of a list becomes its introduction.
    :param kinds: the kinds of taxonomy that there are.
    """
    problems: list[Problem] = []
    taxonomies = []
    paths = {post.key: post.path for post in posts}
    for kind in _groupings(options, locale, kinds):
        list_path = partial(_list_path, kind=kind, options=options, url_registry=url_registry, documents=documents)
        members: dict[str, list[str]] = defaultdict(list)
        order = sorted(posts, key=_by_part) if kind.kind == SERIES else posts
        names: dict[str, str] = {}
        authors: dict[str, Author | None] = {}
        for post in order:
            for identifier, name, author in kind.terms(post):
                names.setdefault(identifier, name)
                authors.setdefault(identifier, author)
                members[identifier].append(post.key)
        if not members:
            continue
        folder = kind.url_format.split("{")[0].rpartition("/")[0]
        pagename, problem = list_path(f"{folder}/index", None)
        problems += problem
        spellings = _spellings(posts) if kind.kind == CATEGORY else {}
        collections = []
        # The term that was used first keeps the URL without a number.
        for identifier in _by_first_use(members, posts):
            path = _path(kind, identifier, names[identifier], authors[identifier])
            listed_at, problem = list_path(path, names[identifier])
            problems += [replace(found, path=paths[members[identifier][0]]) for found in problem]
            merged: Counter[str] = Counter()
            for name, count in spellings.get(identifier, {}).items():
                other = _path(kind, identifier, name, None)
                if name != names[identifier] and other != path:
                    with suppress(PermalinkError):
                        merged[join_docname(options.blog_dir, other)] += count
            collections.append(
                Collection(
                    kind=kind.kind,
                    id=identifier,
                    name=names[identifier],
                    pagename=listed_at,
                    posts=tuple(members[identifier]),
                    author=authors[identifier],
                    merged=dict(merged),
                )
            )
        ordered, problem = _sorted(collections, kind.kind, posts, options)
        problems += problem
        taxonomies.append(
            Taxonomy(
                kind=kind.kind,
                title=kind.title,
                pagename=pagename,
                collections=tuple(ordered),
            )
        )
    return tuple(taxonomies), tuple(problems)


def _spellings(posts: Iterable[Post]) -> dict[str, Counter[str]]:
    """Return the ways in which each category is written, with the number of posts that write it so."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for post in posts:
        for name in dict.fromkeys(post.front_matter.categories):
            found[term_key(name)][name] += 1
    return found


def _path(kind: _Grouping, identifier: str, name: str, author: Author | None) -> str:
    """Return the path of the page of a label, relative to the folder of the blog."""
    return kind.url_format.format(slug=kind.slug(name, author), date=identifier, name=safe_segment(name))


def _by_part(post: Post) -> tuple[Any, ...]:
    """Return the sort key of a part of a series: by date, and by file for parts of one day."""
    return post.created, file_order(post.path), post.anchor


def _by_first_use(members: Mapping[str, list[str]], posts: Sequence[Post]) -> list[str]:
    created = {post.key: post.created for post in posts}
    return sorted(members, key=lambda identifier: (min(created[key] for key in members[identifier]), identifier))


def _sorted(
    collections: list[Collection], kind: str, posts: Sequence[Post], options: Options
) -> tuple[list[Collection], list[Problem]]:
    """Return collections in their order, and what keeps them from another one."""
    if kind == ARCHIVE:
        created = {post.key: post.created for post in posts}
        return sorted(collections, key=lambda c: max(created[key] for key in c.posts), reverse=True), []
    by_name = sorted(collections, key=lambda c: (c.name, c.id))
    if kind != CATEGORY:
        return sorted(by_name, key=lambda c: c.name.casefold()), []
    keys: dict[str, Callable[[Collection], Any]] = {
        "view_name": lambda c: c.name,
        "view_post_count": lambda c: len(c.posts),
    }
    key = keys.get(options.categories_sort_by) or cast("Any", load_function(options.categories_sort_by))
    try:
        return sorted(by_name, key=key, reverse=options.categories_sort_reverse), []
    except Exception as error:  # noqa: BLE001 - a function of the site can do anything
        message = (
            f"newsroom_categories_sort_by = {options.categories_sort_by!r} cannot sort the categories "
            f"({type(error).__name__}: {error}); they are sorted by name."
        )
        usual = sorted(by_name, key=keys["view_name"], reverse=options.categories_sort_reverse)
        return usual, [Problem(subtype=Subtype.CONFIG, message=message)]


def _list_path(
    path: str,
    name: str | None,
    *,
    kind: _Grouping,
    options: Options,
    url_registry: UrlRegistry,
    documents: Mapping[str, str],
) -> tuple[str, list[Problem]]:
    """Return the page of a list, or of the overview if there is no name: an existing page, else a free URL."""
    problems = []
    label = f"{kind.kind} {'overview' if name is None else repr(name)}"
    try:
        wanted = join_docname(options.blog_dir, path)
    except PermalinkError as error:
        wanted = join_docname(options.blog_dir, f"{kind.kind}/{'index' if name is None else safe_segment(path)}")
        problems.append(Problem(subtype=Subtype.PERMALINK, message=f"{label}: {error}; {wanted!r} is used"))
    if name is None and url_registry.owner(wanted) == OWN_INDEX:
        # A format such as "{slug}" leaves no separate folder for the overview.
        wanted = join_docname(options.blog_dir, f"{kind.kind}/index")
    owner = url_registry.owner(wanted)
    if owner is None and (written := documents.get(url_key(wanted))):
        url_registry.reserve(wanted, label)
        return written, problems
    free = wanted
    if url_registry.reserved_for(wanted):
        free = join_docname(options.blog_dir, f"{kind.kind}/{'index' if name is None else safe_segment(name)}")
    pagename = url_registry.reserve(free, label)
    # Terms such as C, C++ and C# commonly conflict; only a conflict with another page is reported.
    if owner is not None and not owner.startswith(f"{kind.kind} ") and name is not None:
        problems.append(
            Problem(
                subtype=Subtype.DUPLICATE,
                message=f"{label} would be at {wanted!r}, which is the URL of {owner} already; it is at {pagename!r}",
            )
        )
    return pagename, problems


OWN_INDEX = "the index of the blog"


def _groupings(options: Options, locale: Locale, kinds: Iterable[TaxonomyKind]) -> Iterator[_Grouping]:
    """Yield the kinds of taxonomy that the options ask for."""
    slugify = load_slugify(options.categories_slugify)
    separator = options.categories_slugify_separator

    def slug(name: str, author: Author | None) -> str:
        if author is not None:
            return "/".join(map(safe_segment, (author.slug or author.id).split("/")))
        made = slugify(name, separator)
        # A name without letters or digits, or one that names the page of a folder, would have the overview's URL.
        # MkDocs takes only the exact README for such a page.
        is_overview = made.casefold() in {"", "index"} or made == "README"
        return hashlib.blake2b(name.encode(), digest_size=4).hexdigest() if is_overview else made

    def authors_of(post: Post) -> Iterable[tuple[str, str, Author]]:
        return [(author.id, author.name, author) for author in post.authors if author.listed]

    def periods_of(post: Post) -> Iterable[tuple[str, str, None]]:
        list_path = format_date(post.created, options.archive_url_date_format, locale)
        return [(list_path, format_date(post.created, options.archive_date_format, locale), None)]

    def terms_of(kind: TaxonomyKind) -> Callable[[Post], Iterable[tuple[str, str, Author | None]]]:
        return lambda post: [(key, name, None) for key, name in term_names(post, kind).items()]

    computed: Mapping[str, Any] = {AUTHOR: authors_of, ARCHIVE: periods_of}
    for kind in kinds:
        option = partial(_option, options, kind.options)
        if option("") and (kind.name != AUTHOR or options.authors):
            yield _Grouping(
                kind=kind.name,
                title=option("_name") or kind.title,
                url_format=option("_url_format") or kind.url_format,
                terms=computed.get(kind.name) or terms_of(kind),
                slug=slug,
            )


def _option(options: Options, prefix: str, name: str) -> Any:
    """Return an option of one kind of taxonomy; a kind without options is always on."""
    return getattr(options, prefix + name) if prefix else not name
