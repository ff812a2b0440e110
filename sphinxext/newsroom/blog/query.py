"""Queries for posts, as used by the ``post-list`` directive."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic_core import PydanticCustomError

from sphinxext.newsroom.blog.pagination import EVENT_FIELDS, FIELDS
from sphinxext.newsroom.blog.terms import keys_of, term_keys, terms_of
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, AUTHOR, CATEGORY, KINDS, SERIES
from sphinxext.newsroom.config.types import DatePattern, ListView
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.events.states import RegistrationState, bounds, occurrence_state
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.validation.values import split_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
    from sphinxext.newsroom.models import Post

SHOWN = (
    *("cover", "author", "date", "updated", "minutes"),
    *(kind.name for kind in KINDS if kind.is_shown),
    *("when", "where", "registration"),
    "more",
)


def _names(value: object) -> object:
    return tuple(split_text(value)) if isinstance(value, str) else value


def _days(text: str) -> tuple[date, date]:
    """Return the first day of a year, month or day, and the last one."""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?", text.strip(), re.ASCII):
        year, month = int(match[1]), int(match[2] or 1)
        first = date(year, month, 1)
        following = date(year + 1, 1, 1) if match[2] is None else (first + timedelta(days=31)).replace(day=1)
        return first, following - timedelta(days=1)
    found = read_date(text)
    day = date(found.year, found.month, found.day)
    return day, day


def _period(value: str) -> str:
    try:
        _days(value)
    except (NotADateError, ValueError, OverflowError):
        message = f"{value!r} is not a day, month or year; expected one such as 2026-11-20, 2026-11 or 2026"
        raise ValueError(message) from None
    return value


def _shown(value: str) -> str:
    if value not in SHOWN:
        listed = ", ".join(map(repr, SHOWN[:-1])) + f" or {SHOWN[-1]!r}"
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": listed})
    return value


Shown = Annotated[str, AfterValidator(_shown)]
Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
Period = Annotated[str, AfterValidator(_period)]


class ListOptions(BaseModel):
    """The options of the ``post-list`` directive, except terms."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
    )

    count: Annotated[int, Field(ge=1)] | None = None
    """Maximum number of posts. It can also be the argument of the directive."""
    match: Literal["any", "all"] = "any"
    """Whether a post must have `any` or `all` of the terms in an option. If several options are set, it must match each of
    them."""
    since: Period | None = None
    """The first day, month or year, such as `2026-11-20`, `2026-11` or `2026`."""
    until: Period | None = None
    """The last day, month or year."""
    mentions: str = ""
    """A page, label, object or term that the posts have to refer to, such as `how-to/install` or `json.loads`; with domain
    and role where the name alone is not clear, such as `py:func:json.loads`. `.` is the page that contains the list,
    and everything on it."""
    blog: str = ""
    """The `blog_dir` of a blog, in a site with several. If not set, posts of all blogs are listed."""
    when: Annotated[tuple[Literal["upcoming", "running", "past"], ...], BeforeValidator(_names)] = ()
    """Only events that are `upcoming`, `running` or `past` at the time of the build, or several of these."""
    registration: Annotated[tuple[RegistrationState, ...], BeforeValidator(_names)] = ()
    """Only events whose registration is `open`, `not-yet` open, `closed` or `full`, by other means (`other`), or not
    mentioned (`none`)."""
    sort: Literal["newest", "oldest", "updated", "title", "pinned", "soonest", "latest"] = "newest"
    """Sort order: `newest` first, `oldest` first, most recently `updated` first, alphabetically by `title`, or `pinned`
    posts first, as in the lists of the blog. Events can be sorted by date, the `soonest` or the `latest` first; this is the
    default with `when`, the latest first if it is `past`."""
    view: ListView = "list"
    """Layout of the list; `month` shows events in a table for each month."""
    group: Literal["year", "place", "topic", "instructor"] | None = None
    """What events are grouped by: the `year` in which they take place, `place`, `topic` or `instructor`, with a heading for
    each group."""
    fields: Annotated[tuple[Shown, ...], BeforeValidator(_names)] = ()
    """What is shown of each post besides its title and excerpt, instead of the default of the layout."""
    excerpt: Literal["full", "summary", "none"] | None = None
    """Whether the `full` excerpt is shown, a `summary` in one paragraph of plain text, or `none`. The default is `full` in a
    `list`, `summary` in `cards`, and `none` in a `table`. Cards and tables show the summary instead of the full excerpt."""
    date_format: DatePattern | None = None
    """Format of dates, instead of `newsroom_post_date_format`."""
    title: str = ""
    """Heading of the list, shown if it holds any posts."""
    more: str = ""
    """Text of the link to the rest of a post, instead of "Continue reading"."""
    empty: str = ""
    """Text that is shown if no post matches."""

    @property
    def is_of_events(self) -> bool:
        """Whether the list asks for events."""
        by_event = self.when or self.registration or self.group or self.view == "month"
        return bool(by_event) or self.sort in BY_DATE_OF_EVENT

    @property
    def shown(self) -> tuple[str, ...]:
        """Parts that are shown of each post."""
        usual = (EVENT_FIELDS if self.is_of_events else FIELDS)[self.view]
        fields: tuple[str, ...] = self.fields or tuple(field for field in usual if field != "excerpt")
        excerpt = self.excerpt or ("full" if self.view == "list" else "summary" if "excerpt" in usual else "none")
        added = {"full": ("excerpt",), "summary": ("description",), "none": ()}[excerpt]
        return (*fields, *added)


BY_DATE_OF_EVENT = ("soonest", "latest")
# What the reference says of the terms of posts, where it is not their name alone.
_NOTES = {
    CATEGORY: "Categories, with commas between them.",
    SERIES: "Series. The first part comes first if `sort` is `oldest`.",
    AUTHOR: "Authors, by id or name.",
}


@cache
def query_model(kinds: tuple[TaxonomyKind, ...]) -> type[ListOptions]:
    """Return the model of what a list can be asked for: for each taxonomy, terms that are wanted and terms that are not.

    :param kinds: the kinds of taxonomy that there are.
    """
    fields: dict[str, Any] = {}
    for kind in selectable(kinds):
        plural = (kind.field or kind.title or f"{kind.name}s").capitalize()
        fields[kind.name] = (Names, Field(default=(), description=_NOTES.get(kind.name, f"{plural}.")))
        fields[f"exclude_{kind.name}"] = (
            Names,
            Field(default=(), description=f"{plural} whose posts are left out."),
        )
    return create_model("Query", __base__=ListOptions, __module__=__name__, **fields)


def selectable(kinds: Iterable[TaxonomyKind]) -> tuple[TaxonomyKind, ...]:
    """Return the taxonomies by which posts can be selected; periods have separate options.

    :param kinds: the kinds that there are.
    """
    return tuple(kind for kind in kinds if kind.name != ARCHIVE)


Query: Any = query_model(KINDS)
"""What a list can be asked for in a blog with the usual taxonomies."""


def parse_query(
    values: Mapping[str, str], kinds: tuple[TaxonomyKind, ...] = KINDS
) -> tuple[ListOptions, tuple[Problem, ...]]:
    """Check what a list is asked for; what cannot be used is reported and left out.

    :param values: options of the directive, as they are written.
    :param kinds: the kinds of taxonomy that there are.
    """
    model = query_model(kinds)
    problems: list[Problem] = []
    good = dict(values)
    while True:
        try:
            return model.model_validate(good), tuple(problems)
        except ValidationError as error:
            for name in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors()):
                details: list[Any] = [detail for detail in error.errors() if detail["loc"][0] == name]
                problems.append(_problem(name, good.pop(name), details))


def _problem(name: str, value: str, details: list[Any]) -> Problem:
    reasons = dict.fromkeys(
        detail["msg"].removeprefix("Value error, ").replace("Input should be", "expected") for detail in details
    )
    detail = details[0]
    expected = str(detail.get("ctx", {}).get("expected", "")) if detail["type"] == "literal_error" else ""
    literals = [part.strip(" '") for part in expected.replace(" or ", ",").split(",") if part.strip()]
    found = detail["input"] if isinstance(detail["input"], str) else value
    message = f"{name!r} is {value!r}; {' or '.join(reasons)}. It is left out.{suggestion(found, literals)}"
    return Problem(subtype=Subtype.LIST, message=message)


def select(
    posts: Iterable[Post],
    query: ListOptions,
    kinds: Iterable[TaxonomyKind] = KINDS,
    *,
    now: datetime | None = None,
) -> list[Post]:
    """Return the posts that a list holds, in its order.

    :param posts: those that there are, in the order of the blog.
    :param query: what is asked for.
    :param kinds: the kinds of taxonomy that there are.
    :param now: the time of the build, which determines the state of events.
    """
    kinds = selectable(kinds)
    first = _days(query.since)[0] if query.since else date.min
    last = _days(query.until)[1] if query.until else date.max
    wanted = [(kind, keys_of(found)) for kind in kinds if (found := getattr(query, kind.name))]
    unwanted = [(kind, keys_of(found)) for kind in kinds if (found := getattr(query, f"exclude_{kind.name}"))]

    def fits(post: Post) -> bool:
        if not first <= post.created.date() <= last:
            return False
        for kind, keys in wanted:
            found = term_keys(post, kind)
            if not (keys <= found if query.match == "all" else keys & found):
                return False
        return not any(keys & term_keys(post, kind) for kind, keys in unwanted)

    found = [post for post in posts if fits(post)]
    order: str = query.sort
    if query.is_of_events:
        starts = event_starts(found, query, now or datetime.now(UTC))
        found = [post for post in found if post.key in starts]
        if "sort" not in query.model_fields_set:
            order = "latest" if query.when == ("past",) else "soonest"
        if order in BY_DATE_OF_EVENT:
            found.sort(key=lambda post: (starts[post.key], post.key), reverse=order == "latest")
            return found[: query.count]
    return _sorted(found, order)[: query.count]


def event_starts(posts: Iterable[Post], query: ListOptions, now: datetime) -> dict[str, datetime]:
    """Return when the events of posts start that are in the requested state, by post; of several dates, the one that counts.

    :param posts: the posts, with events or without.
    :param query: what is asked for.
    :param now: the time of the build.
    """
    starts = {}
    for post in posts:
        found = []
        for occurrence in post.front_matter.event.occurrences if post.front_matter.event else ():
            state = occurrence_state(occurrence, now)
            if (not query.when or state.phase in query.when) and (
                not query.registration or state.registration in query.registration
            ):
                found.append(bounds(state.start, state.end, occurrence.zone)[0])
        if found:
            coming = [start for start in found if start >= now]
            starts[post.key] = min(coming) if coming else max(found)
    return starts


def _sorted(posts: list[Post], order: str) -> list[Post]:
    if order == "pinned":
        return posts
    if order == "title":
        return sorted(posts, key=lambda post: (post.title.casefold(), post.key))
    if order == "updated":
        return sorted(posts, key=lambda post: post.updated or post.created, reverse=True)
    return sorted(posts, key=lambda post: post.created, reverse=order == "newest")


def unknown_labels(
    posts: Sequence[Post],
    query: ListOptions,
    also: Mapping[str, Iterable[str]],
    kinds: Iterable[TaxonomyKind] = KINDS,
) -> list[Problem]:
    """Return what is wrong with the labels that a list asks for.

    :param posts: the posts that there are.
    :param query: what is asked for.
    :param also: labels that are known although no post has them, by kind.
    :param kinds: the kinds of taxonomy that there are.
    """
    problems = []
    for kind in selectable(kinds):
        labels = (*getattr(query, kind.name), *getattr(query, f"exclude_{kind.name}"))
        if not labels:
            continue
        known = sorted({name for post in posts for name in terms_of(post, kind)} | set(also.get(kind.name, ())))
        keys = keys_of(known)
        problems += [
            Problem(subtype=Subtype.LIST, message=f"no post has the {kind.name} {label!r}.{suggestion(label, known)}")
            for label in labels
            if term_key(label) not in keys
        ]
    return problems
