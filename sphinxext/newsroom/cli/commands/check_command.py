"""``newsroom check``."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sphinxext.newsroom.cli.options import ConfDir, NoCache, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.cli.checks import Checked


class Format(StrEnum):
    """The format of the report."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


class FailOn(StrEnum):
    """From which severity on problems fail the check."""

    WARNING = "warning"
    ERROR = "error"
    NEVER = "never"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("check")(check)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files and folders to check. All of the site, if there are none."),
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How problems are written: text, or github in GitHub Actions."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the report into this file; text still goes to the terminal."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help="Only these kinds of problem, such as date,category."),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", help="Not these kinds of problem."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="The severity from which on problems end the command with 1.")
    ] = FailOn.WARNING,
    fix: Annotated[bool, typer.Option("--fix", help="Correct what has only one right correction.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="With --fix: show the corrections and write nothing.")] = False,
    events: Annotated[bool, typer.Option("--events", help="Only events, courses and their venues.")] = False,
    links: Annotated[bool, typer.Option("--links", help="Ask for the links to other sites as well.")] = False,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="With --links: only those of posts from this date on.")
    ] = "",
    build: Annotated[
        bool, typer.Option("--build", help="Build the site as well, for cross-references, images and Markdown.")
    ] = False,
    source: Source = None,
    conf_dir: ConfDir = None,
    no_cache: NoCache = False,
) -> None:
    r"""Check posts, authors and options, without building the site.

    What a build says of them is said here, with the line and what is expected; --build adds what only a build can know, and
    --links whether the links to other sites lead anywhere. A site that refuses programs is no problem, and what worked within
    the last week is not asked again. Drafts and scheduled posts are checked, too. The severity of each kind of problem is that of newsroom_severity in conf.py.

    For example:

    \b
      newsroom check                      the whole site
      newsroom check blog/posts/hello.md  one post
      newsroom check --select date        only dates
      newsroom check --fix --diff         what can be corrected
      newsroom check --format sarif -o newsroom.sarif
      newsroom check --links --since 2026-01-01
    """
    from sphinxext.newsroom.cli.checks import Filter, check_site, is_failure, parse_codes, report_base
    from sphinxext.newsroom.cli.console import tell
    from sphinxext.newsroom.cli.errors import ExitCode
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.options import cache_folder

    _check_usage(paths or (), fix=fix, diff=diff, links=links, since=since)
    wanted = Filter(
        select=parse_codes([*(select or ()), *(["event"] if events else [])]),
        ignore=parse_codes(ignore or ()),
        paths=tuple(Path(os.path.normpath(path.absolute())) for path in paths or ()),
    )
    start = paths[0] if paths else Path()
    place = find_site(start if start.is_dir() else start.parent, source=source, confdir=conf_dir)
    chosen = (format_ or (Format.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else Format.TEXT)).value
    base = report_base(chosen)
    folder = None if no_cache else cache_folder(place.source)
    checked = check_site(place, wanted, base=base, cache_folder=folder)
    if fix:
        from sphinxext.newsroom.cli.edits import edited_files, unified_diff, write_text

        changed = edited_files(place.source, checked.edits)
        if diff:
            from sphinxext.newsroom.cli.console import write

            for file, (before, after) in changed.items():
                shown = file.relative_to(base) if file.is_relative_to(base) else file
                write(unified_diff(before, after, shown.as_posix()))
            raise typer.Exit(ExitCode.PROBLEMS if is_failure(checked.findings, fail_on.value) else ExitCode.OK)
        for file, (_before, after) in changed.items():
            write_text(file, after)
        if changed:
            tell(f"{len(changed)} {'file' if len(changed) == 1 else 'files'} corrected")
            checked = check_site(place, wanted, base=base, cache_folder=folder)
    if links:
        from sphinxext.newsroom.cli.slow_checks import with_links

        checked = with_links(checked, place, wanted, base=base, cache_folder=folder, since=since)
    if build:
        from sphinxext.newsroom.cli.slow_checks import with_build

        checked = with_build(checked, place, wanted, base=base)
    for name in checked.unchecked:
        tell(f"taxonomies and feeds of the extension {name!r} are only checked by a build, or with --build")
    _report(checked, chosen, output)
    raise typer.Exit(ExitCode.PROBLEMS if is_failure(checked.findings, fail_on.value) else ExitCode.OK)


def _check_usage(paths: Iterable[Path], *, fix: bool, diff: bool, links: bool, since: str) -> None:
    from sphinxext.newsroom.cli.errors import CommandError, ExitCode

    if since and not links:
        raise CommandError("--since is for --links; write --links --since", ExitCode.USAGE)
    if diff and not fix:
        raise CommandError("--diff shows what --fix would change; write --fix --diff", ExitCode.USAGE)
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path} is not there", ExitCode.USAGE)


def _report(checked: Checked, format_: str, output: Path | None) -> None:
    """Write what was found."""
    from sphinxext.newsroom import __version__
    from sphinxext.newsroom.cli.console import is_fancy, tell, write
    from sphinxext.newsroom.reports.formats import FORMATS

    findings = checked.findings
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(FORMATS[format_](findings, version=__version__).encode())
        format_ = Format.TEXT.value
    if format_ == Format.TEXT.value and is_fancy():
        from sphinxext.newsroom.cli.colours import print_findings

        print_findings(findings)
    else:
        write(FORMATS[format_](findings, version=__version__))
    count, files = len(findings), len({finding.path for finding in findings})
    if not findings:
        tell(f"{checked.posts} posts, no problems")
        return
    fixable = sum(finding.fixable for finding in findings)
    tell(
        f"{count} {'problem' if count == 1 else 'problems'} in {files} {'file' if files == 1 else 'files'}"
        + (f"; --fix corrects {fixable}" if fixable else "")
    )
