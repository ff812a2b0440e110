"""``newsroom list``."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source

if TYPE_CHECKING:
    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.models import Post


class ListFormat(StrEnum):
    """The format of the list."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Builder(StrEnum):
    """The builder of the site, which decides about URLs."""

    DIRHTML = "dirhtml"
    HTML = "html"


COLUMNS = ("date", "state", "title", "authors", "categories", "url", "path")
_SPAN = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("list")(list_posts)


def list_posts(
    published: Annotated[bool, typer.Option("--published", help="Posts that everybody sees.")] = False,
    drafts: Annotated[bool, typer.Option("--drafts", help="Drafts, and posts without a date.")] = False,
    scheduled: Annotated[bool, typer.Option("--scheduled", help="Posts whose date is still to come.")] = False,
    upcoming: Annotated[
        bool, typer.Option("--upcoming", help="Published posts with an event or course that is to come.")
    ] = False,
    due_within: Annotated[
        str,
        typer.Option(
            "--due-within",
            metavar="TIME",
            help="Posts whose date, or whose last day in the announcement banner, has come within this time: 90m, 24h, 7d.",
        ),
    ] = "",
    blog: Annotated[str, typer.Option("--blog", help="Only posts of the blog in this folder.")] = "",
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="How the list is written.")] = ListFormat.TABLE,
    builder: Annotated[
        Builder, typer.Option("--builder", "-b", help="The builder of the site, which decides about URLs.")
    ] = Builder.DIRHTML,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if there is no such post.")] = False,
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""List posts, newest first, with their state and their URL.

    Several states can be asked for at once; without any, all posts are listed. URLs are whole where the site has an
    html_baseurl, else they begin at its root.

    For example:

    \b
      newsroom list --drafts --scheduled
      newsroom list --published --format csv > posts.csv
      newsroom list --upcoming --format json
      newsroom list --due-within 24h --exit-code && make html
    """
    from sphinxext.newsroom.cli.errors import ExitCode
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.new_post import find_section
    from sphinxext.newsroom.cli.options import cache_folder
    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.cli.tables import print_table
    from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED

    span = _read_span(due_within) if due_within else None
    place = find_site(Path(), source=source, confdir=conf_dir)
    site = StaticSite(place, cache_folder=cache_folder(place.source))
    posts = list(site.posts)
    if blog:
        paths = {post.path for post in find_section(site, blog).posts}
        posts = [post for post in posts if post.path in paths]
    wanted = {state for state, asked in ((PUBLISHED, published), (DRAFT, drafts), (SCHEDULED, scheduled)) if asked}
    posts = [post for post in posts if not wanted or post.state in wanted]
    if upcoming:
        posts = [post for post in posts if _is_upcoming(post, site)]
    if span is not None:
        posts = [post for post in posts if _is_due(post, site, span)]
    rows = [_row(post, site, builder.value) for post in posts]
    if format_ is ListFormat.TABLE:
        rows = [{**row, "date": row["date"][:10]} for row in rows]
    print_table(COLUMNS, rows, format_.value)
    if exit_code and not posts:
        raise typer.Exit(ExitCode.PROBLEMS)


def _read_span(text: str) -> timedelta:
    from sphinxext.newsroom.cli.errors import CommandError, ExitCode

    if (match := _SPAN.fullmatch(text.strip())) is None:
        raise CommandError(f"--due-within {text!r} is not a time; expected such as 90m, 24h, 7d or 2w", ExitCode.USAGE)
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _is_upcoming(post: Post, site: StaticSite) -> bool:
    from sphinxext.newsroom.events.states import Phase, event_phase
    from sphinxext.newsroom.models import PUBLISHED

    event = post.front_matter.event
    return post.state == PUBLISHED and event is not None and event_phase(event, site.now) is Phase.UPCOMING


def _is_due(post: Post, site: StaticSite, span: timedelta) -> bool:
    """Return whether something has happened to a published post within a time that a build would show."""
    from sphinxext.newsroom.models import PUBLISHED

    if post.state != PUBLISHED:
        return False
    moments = (post.created, post.front_matter.announce_until)
    if any(moment is not None and site.now - span < moment <= site.now for moment in moments):
        return True
    if post.front_matter.event is None:
        return False
    from sphinxext.newsroom.events.states import event_states

    # Events begin and end, and registration opens and closes.
    return event_states(post.front_matter.event, site.now - span) != event_states(post.front_matter.event, site.now)


def _row(post: Post, site: StaticSite, builder: str) -> dict[str, Any]:
    return {
        "date": post.created.isoformat() if post.front_matter.dates is not None else "",
        "state": post.state,
        "title": post.title,
        "authors": [author.name for author in post.authors],
        "categories": list(post.front_matter.categories),
        "url": site.url(post, builder),
        "path": post.path,
    }
