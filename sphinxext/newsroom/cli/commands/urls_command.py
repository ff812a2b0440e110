"""``newsroom urls``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source


class UrlsFormat(StrEnum):
    """The format of the report."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("urls")(urls)


def urls(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="The built site. Without it, the usual folders are tried.")
    ] = None,
    against: Annotated[
        str,
        typer.Option(
            "--against",
            help="What the site had before: a sitemap, a built site, a list, or the URL of a sitemap or list.",
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the list of URLs into this file.")
    ] = None,
    base: Annotated[str, typer.Option("--base", help="The URL of the site before, in place of html_baseurl.")] = "",
    format_: Annotated[UrlsFormat, typer.Option("--format", "-f", help="How lost URLs are written.")] = UrlsFormat.TEXT,
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""List the URLs of a built site, or tell which of those that it had are lost.

    With --against, each URL that is lost is printed with the redirect that saves it, and the command ends with 1. Pages,
    feeds and other files count; what belongs to Sphinx and the theme does not.

    For example:

    \b
      newsroom urls _site -o urls.txt
      newsroom urls _site --against urls.txt
      newsroom urls _site --against https://example.org/docs/sitemap.xml
    """
    import json

    from sphinxext.newsroom.cli.console import progress, tell, write
    from sphinxext.newsroom.cli.errors import ExitCode
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.options import cache_folder
    from sphinxext.newsroom.cli.site import StaticSite
    from sphinxext.newsroom.cli.site_urls import find_lost, output_folder, read_urls, urls_of_folder

    now = urls_of_folder(output_folder(folder))
    listed = "".join(f"/{path}\n" for path in now)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(listed, encoding="utf-8", newline="\n")
    if not against:
        if output is None:
            write(listed)
        return
    place = find_site(Path(), source=source, confdir=conf_dir)
    site = StaticSite(place, cache_folder=cache_folder(place.source))
    root = base or site.base_url
    with progress("Reading the URLs of the site before …"):
        before = read_urls(against, base=root.rstrip("/") + "/" if root else "")
    if not before:
        from sphinxext.newsroom.cli.errors import CommandError

        raise CommandError(f"{against} has no URL of this site; name its URL with --base")
    posts = {site.path(post.docname, builder): post.path for post in site.posts for builder in ("dirhtml", "html")}
    lost = find_lost(before, now, posts)
    if format_ is UrlsFormat.JSON:
        data = [{"path": f"/{url.path}", "replacement": url.replacement, "file": url.file} for url in lost]
        write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        write("".join(f"/{url.path} is lost; {url.remedy}\n" for url in lost))
    tell(f"{len(before)} URLs before, {len(now)} now, {len(lost)} lost")
    if lost:
        raise typer.Exit(ExitCode.PROBLEMS)
