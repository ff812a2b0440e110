"""``newsroom stats``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source


class StatsFormat(StrEnum):
    """The format of the table."""

    TABLE = "table"
    MD = "md"
    CSV = "csv"
    JSON = "json"


class By(StrEnum):
    """The subject of each row."""

    YEAR = "year"
    AUTHOR = "author"
    CATEGORY = "category"
    TAG = "tag"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("stats")(stats)


def stats(
    by: Annotated[By, typer.Option("--by", help="What each row is about.")] = By.YEAR,
    blog: Annotated[str, typer.Option("--blog", help="Only posts of the blog in this folder.")] = "",
    format_: Annotated[
        StatsFormat, typer.Option("--format", "-f", help="How the table is written.")
    ] = StatsFormat.TABLE,
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""Count the published posts, their words, authors, categories and tags.

    Words are those of the whole text, with headings and code; of Chinese, Japanese and Korean, characters count.

    For example:

    \b
      newsroom stats
      newsroom stats --by category --format md
      newsroom stats --format csv > report.csv
    """
    from sphinxext.newsroom.cli.console import progress
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.new_post import find_section
    from sphinxext.newsroom.cli.options import cache_folder
    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.cli.statistics import COLUMNS, by_label, by_year
    from sphinxext.newsroom.cli.tables import print_table

    place = find_site(Path(), source=source, confdir=conf_dir)
    site = StaticSite(place, cache_folder=cache_folder(place.source))
    posts = find_section(site, blog).posts if blog else site.posts
    if by is By.YEAR:
        with progress("Counting words …"):
            rows = by_year(site, posts)
        print_table(COLUMNS, rows, format_.value)
    else:
        print_table((by.value, "posts", "first", "last"), by_label(posts, by.value), format_.value)
