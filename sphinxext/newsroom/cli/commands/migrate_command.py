"""``newsroom migrate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sphinxext.newsroom.cli.migrate.plan import Plan


class Generator(StrEnum):
    """The program that builds the old site."""

    MKDOCS = "mkdocs"
    ABLOG = "ablog"
    JEKYLL = "jekyll"
    DOCUSAURUS = "docusaurus"
    HUGO = "hugo"
    PELICAN = "pelican"


class HostName(StrEnum):
    """Where the new site is published."""

    AUTO = "auto"
    GITHUB = "github"
    READTHEDOCS = "readthedocs"
    GITLAB = "gitlab"
    NONE = "none"


class Theme(StrEnum):
    """The theme of the new site."""

    PYDATA = "pydata_sphinx_theme"
    BOOK = "sphinx_book_theme"
    FURO = "furo"
    RTD = "sphinx_rtd_theme"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("migrate")(migrate)


def migrate(
    generator: Annotated[Generator, typer.Argument(help="The program that builds the old site.")],
    source: Annotated[Path, typer.Argument(help="The folder of the old site.")] = Path(),
    target: Annotated[
        Path,
        typer.Option(
            "--target", "-t", help="The folder of the new site, for posts of jekyll, docusaurus, hugo and pelican."
        ),
    ] = Path(),
    write: Annotated[bool, typer.Option("--write", help="Write the files. Without it, they are only shown.")] = False,
    diff: Annotated[bool, typer.Option("--diff/--no-diff", help="Show the content of the files.")] = True,
    report: Annotated[
        Path | None, typer.Option("--report", "-o", help="Write the report into this file, in Markdown.")
    ] = None,
    host: Annotated[
        HostName, typer.Option("--host", help="Where the site is published: decides about the workflow (only mkdocs).")
    ] = HostName.AUTO,
    theme: Annotated[Theme, typer.Option("--theme", help="The theme of the new site (only mkdocs).")] = Theme.PYDATA,
) -> None:
    r"""Move a site from another program.

    Nothing is written without --write: the command shows its plan, the content of each new file, and a report in Markdown,
    which says what has to be done by hand and what keeps each URL. Files that are there already are never overwritten; if
    there are such files, the command ends with 1.

    A MkDocs site is moved as a whole. Its files stay as they are, and both sites can be built side by side. For ABlog, the
    command says what to change in conf.py. From the other programs, posts are moved: into the site in --target, or with a
    new conf.py if there is none. A post that can stay as it is is copied unchanged.

    For example:

    \b
      newsroom migrate mkdocs .                        show everything
      newsroom migrate mkdocs . --no-diff -o report.md
      newsroom migrate mkdocs . --write
      newsroom migrate jekyll ../old-blog --target . --write
    """
    from sphinxext.newsroom.cli import console
    from sphinxext.newsroom.cli.errors import CommandError, ExitCode
    from sphinxext.newsroom.cli.migrate.report import plan_text, report_text

    if not source.exists():
        raise CommandError(f"{source} is not there", ExitCode.USAGE)
    with console.progress("Reading the old site …"):
        plan = _plan(generator, source, target, host=host, theme=theme)
    shown = plan_text(plan)
    differences = "".join(plan.diff()) if diff and not write else ""
    conflicts, failed = plan.conflicts, plan.write() if write else []
    text = report_text(plan, written=write)
    if report is not None:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(text, encoding="utf-8", newline="\n")
    console.write("\n".join(part for part in (shown, differences, "" if report is not None else text) if part))
    for path in failed:
        console.tell(f"newsroom: {path} cannot be written")
    if conflicts:
        console.tell(
            f"newsroom: {len(conflicts)} files are there already and stay as they are: {', '.join(conflicts[:5])}"
        )
    if not write:
        console.tell("nothing is written; add --write")
    if conflicts or failed or plan.lost:
        raise typer.Exit(ExitCode.PROBLEMS)


def _plan(generator: Generator, source: Path, target: Path, *, host: HostName, theme: Theme) -> Plan:
    """Return the plan of one of the programs; only its module is loaded."""
    from importlib import import_module

    from sphinxext.newsroom.cli.migrate.posts import plan_posts

    if generator is Generator.MKDOCS:
        from sphinxext.newsroom.cli.migrate.hosting import Host
        from sphinxext.newsroom.cli.migrate.mkdocs import plan_mkdocs

        return plan_mkdocs(source, host=Host(host.value), theme=theme.value)
    if generator is Generator.ABLOG:
        from sphinxext.newsroom.cli.migrate.ablog import plan_ablog

        return plan_ablog(source)
    name = generator.value
    module = import_module(f"sphinxext.newsroom.cli.migrate.{name}")
    return plan_posts(getattr(module, f"read_{name}")(source.resolve()), target.resolve())
