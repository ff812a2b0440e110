"""Queries for posts, as used by the ``post-list`` directive."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sphinxext.newsroom.blog.pagination import FIELDS
from sphinxext.newsroom.blog.terms import KINDS, keys_of, term_keys, terms_of
from sphinxext.newsroom.config.types import DatePattern, Look
from sphinxext.newsroom.content.permalinks import term_key
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.validation.values import split_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext.newsroom.models import Post

Shown = Literal["cover", "author", "date", "updated", "minutes", "category", "tag", "location", "language", "more"]


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
        message = f"{value!r} is no day, month or year; expected one such as 2026-11-20, 2026-11 or 2026"
        raise ValueError(message) from None
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]
Period = Annotated[str, AfterValidator(_period)]


class Query(BaseModel):
    """What a list on any page can be asked for, in the words of its directive."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
    )

    count: Annotated[int, Field(ge=1)] | None = None
    """How many posts are listed at most. It can also be the argument of the directive."""
    category: Names = ()
    """Categories, with commas between them."""
    tag: Names = ()
    """Tags."""
    series: Names = ()
    """Series. The first part comes first if `sort` is `oldest`."""
    author: Names = ()
    """Authors, by id or name."""
    location: Names = ()
    """Places."""
    language: Names = ()
    """Languages."""
    match: Literal["any", "all"] = "any"
    """Whether a post needs one of the labels that an option names, or `all` of them. Where several options are given,
    it has to meet each."""
    exclude_category: Names = ()
    """Categories whose posts are left out."""
    exclude_tag: Names = ()
    """Tags whose posts are left out."""
    exclude_series: Names = ()
    """Series whose posts are left out."""
    exclude_author: Names = ()
    """Authors whose posts are left out."""
    exclude_location: Names = ()
    """Places whose posts are left out."""
    exclude_language: Names = ()
    """Languages whose posts are left out."""
    since: Period | None = None
    """The first day, month or year, such as `2026-11-20`, `2026-11` or `2026`."""
    until: Period | None = None
    """The last day, month or year."""
    blog: str = ""
    """The `blog_dir` of a blog, in a site with several. Without, posts of all of them are listed."""
    sort: Literal["newest", "oldest", "updated", "title", "pinned"] = "newest"
    """What comes first: the `newest` post, the `oldest`, the one `updated` last, that whose `title` is first in the
    alphabet, or the `pinned` ones as in the lists of the blog."""
    view: Look = "list"
    """How the posts are shown."""
    fields: Annotated[tuple[Shown, ...], BeforeValidator(_names)] = ()
    """What is shown of each post besides its title and excerpt, in place of what is usual in that view."""
    excerpt: Literal["full", "summary", "none"] | None = None
    """Whether the excerpt is shown as it is in the lists of the blog, or one paragraph of plain text. Usual are `full`
    in a `list`, `summary` in `cards`, and `none` in a `table`; the last two have no room for the full excerpt and show
    the summary instead."""
    date_format: DatePattern | None = None
    """Pattern of dates, in place of `newsroom_post_date_format`."""
    more: str = ""
    """Words of the link to the rest of a post, in place of "Continue reading"."""
    empty: str = ""
    """What stands there while there is no such post."""

    @property
    def shown(self) -> tuple[str, ...]:
        """What is shown of each post."""
        usual = FIELDS[self.view]
        fields: tuple[str, ...] = self.fields or tuple(field for field in usual if field != "excerpt")
        excerpt = self.excerpt or ("full" if self.view == "list" else "summary" if "excerpt" in usual else "none")
        added = {"full": ("excerpt",), "summary": ("description",), "none": ()}[excerpt]
        return (*fields, *added)


def parse_query(values: Mapping[str, str]) -> tuple[Query, tuple[Problem, ...]]:
    """Check what a list is asked for; what cannot be used is reported and left out.

    :param values: options of the directive, as they are written.
    """
    problems: list[Problem] = []
    good = dict(values)
    while True:
        try:
            return Query.model_validate(good), tuple(problems)
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


def select(posts: Iterable[Post], query: Query) -> list[Post]:
    """Return the posts that a list holds, in its order.

    :param posts: those that there are, in the order of the blog.
    :param query: what is asked for.
    """
    first = _days(query.since)[0] if query.since else date.min
    last = _days(query.until)[1] if query.until else date.max
    wanted = {kind: keys_of(getattr(query, kind)) for kind in KINDS if getattr(query, kind)}
    unwanted = {kind: keys_of(found) for kind in KINDS if (found := getattr(query, f"exclude_{kind}"))}

    def fits(post: Post) -> bool:
        if not first <= post.created.date() <= last:
            return False
        for kind, keys in wanted.items():
            found = term_keys(post, kind)
            if not (keys <= found if query.match == "all" else keys & found):
                return False
        return not any(keys & term_keys(post, kind) for kind, keys in unwanted.items())

    return _sorted([post for post in posts if fits(post)], query.sort)[: query.count]


def _sorted(posts: list[Post], order: str) -> list[Post]:
    if order == "pinned":
        return posts
    if order == "title":
        return sorted(posts, key=lambda post: (post.title.casefold(), post.key))
    if order == "updated":
        return sorted(posts, key=lambda post: post.updated or post.created, reverse=True)
    return sorted(posts, key=lambda post: post.created, reverse=order == "newest")


def unknown_labels(posts: Sequence[Post], query: Query, also: Mapping[str, Iterable[str]]) -> list[Problem]:
    """Return what is wrong with the labels that a list asks for.

    :param posts: the posts that there are.
    :param query: what is asked for.
    :param also: labels that are known although no post has them, by kind.
    """
    problems = []
    for kind in KINDS:
        labels = (*getattr(query, kind), *getattr(query, f"exclude_{kind}"))
        if not labels:
            continue
        known = sorted({name for post in posts for name in terms_of(post, kind)} | set(also.get(kind, ())))
        keys = keys_of(known)
        problems += [
            Problem(subtype=Subtype.LIST, message=f"no post has the {kind} {label!r}.{suggestion(label, known)}")
            for label in labels
            if term_key(label) not in keys
        ]
    return problems
