"""``newsroom new``."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext.newsroom.cli.site import StaticSite


class PostFormat(StrEnum):
    """The format of a post."""

    MD = "md"
    RST = "rst"
    IPYNB = "ipynb"


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("new")(new)


def _complete(names: Callable[[StaticSite], list[str]]) -> Callable[[str], list[str]]:
    """Return a function that completes names of the site."""

    def complete(incomplete: str) -> list[str]:
        from sphinxext.newsroom.cli.errors import CommandError
        from sphinxext.newsroom.cli.locate import find_site
        from sphinxext.newsroom.cli.options import cache_folder
        from sphinxext.newsroom.cli.site import StaticSite

        try:
            place = find_site(Path())
            site = StaticSite(place, cache_folder=cache_folder(place.source))
        except (CommandError, OSError):
            return []
        return [name for name in names(site) if name.casefold().startswith(incomplete.casefold())]

    return complete


def _used(field: str) -> Callable[[StaticSite], list[str]]:
    def names(site: StaticSite) -> list[str]:
        from sphinxext.newsroom.cli.new_post import used

        return used(site.posts, field)

    return names


def _categories(site: StaticSite) -> list[str]:
    allowed = [name for section in site.sections for name in section.options.categories_allowed]
    return list(dict.fromkeys(allowed)) or _used("categories")(site)


def _authors(site: StaticSite) -> list[str]:
    return list(dict.fromkeys(name for section in site.sections for name in section.authors))


def _blogs(site: StaticSite) -> list[str]:
    return [section.options.blog_dir for section in site.sections]


def new(
    title: Annotated[str, typer.Argument(help="The title of the post.")],
    blog: Annotated[
        str,
        typer.Option(
            "--blog", help="The folder of the blog, where there are several.", autocompletion=_complete(_blogs)
        ),
    ] = "",
    date: Annotated[str, typer.Option("--date", help="Its date, such as 2024-01-31. Today, if there is none.")] = "",
    draft: Annotated[
        bool | None,
        typer.Option("--draft/--no-draft", help="Say that it is a draft, or that it is none, whatever its date."),
    ] = None,
    authors: Annotated[
        list[str] | None,
        typer.Option("--author", "-a", help="An id of the authors file.", autocompletion=_complete(_authors)),
    ] = None,
    categories: Annotated[
        list[str] | None, typer.Option("--category", "-k", help="A category.", autocompletion=_complete(_categories))
    ] = None,
    tags: Annotated[
        list[str] | None, typer.Option("--tag", "-t", help="A tag.", autocompletion=_complete(_used("tags")))
    ] = None,
    series: Annotated[
        str,
        typer.Option("--series", help="The series that it is a part of.", autocompletion=_complete(_used("series"))),
    ] = "",
    event: Annotated[
        bool, typer.Option("--event", help="Announce an event: add the key with start, end and place, to be completed.")
    ] = False,
    course: Annotated[bool, typer.Option("--course", help="Announce a course, in the same way.")] = False,
    release: Annotated[str, typer.Option("--release", help="The version that the post is about, such as 2.4.")] = "",
    slug: Annotated[str, typer.Option("--slug", help="The last part of its URL, in place of one from the title.")] = "",
    format_: Annotated[PostFormat, typer.Option("--format", "-f", help="How it is written.")] = PostFormat.MD,
    template: Annotated[
        Path | None, typer.Option("--template", help="A template of the text, in place of that of the site.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", "-e", help="Open it in the editor ($VISUAL or $EDITOR).")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Show the post and write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write it with names that the site does not know.")] = False,
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""Write a new post, and print its path.

    The file is created next to the latest posts: in a folder for each year, with the date in its name, or as a folder of
    its own, if theirs do. A file that is there already is never overwritten. An author or category that the site does not
    know is told with the nearest one, and the post is not written unless --force is given.

    For example:

    \b
      newsroom new "Release 2.4" --release 2.4
      newsroom new "Workshop" --course --date 2027-03-01
      newsroom new "Winter school" --category Training --author training --edit
      newsroom new "Our plans" --date 2027-01-15 --draft
      newsroom new "A notebook" --format ipynb
    """
    from sphinxext.newsroom.cli.console import tell, write
    from sphinxext.newsroom.cli.errors import CommandError, ExitCode
    from sphinxext.newsroom.cli.locate import find_site
    from sphinxext.newsroom.cli.new_post import Draft, make_post, write_post
    from sphinxext.newsroom.cli.options import cache_folder
    from sphinxext.newsroom.cli.site import StaticSite

    place = find_site(Path(), source=source, confdir=conf_dir)
    site = StaticSite(place, cache_folder=cache_folder(place.source))
    if event and course:
        raise CommandError("a post announces an event or a course; leave out --event or --course", ExitCode.USAGE)
    wanted = Draft(
        kind="event" if event else "course" if course else "",
        release=release,
        title=title,
        date=date,
        draft=draft,
        authors=tuple(authors or ()),
        categories=tuple(categories or ()),
        tags=tuple(tags or ()),
        series=series,
        slug=slug,
        format=format_.value,
    )
    post = make_post(site, wanted, blog=blog, template=template)
    for doubt in post.doubts:
        tell(f"newsroom: {doubt}")
    if post.doubts and not force:
        tell("newsroom: nothing is written; correct this, or add --force")
        raise typer.Exit(ExitCode.PROBLEMS)
    for problem in post.problems:
        tell(f"newsroom: {problem}")
    here = Path.cwd().resolve()
    shown = os.fspath(post.file.relative_to(here) if post.file.is_relative_to(here) else post.file)
    if dry_run:
        tell(shown)
        write(post.text)
        return
    write_post(post)
    write(f"{shown}\n")
    if edit:
        _open_editor(post.file)


def _open_editor(file: Path) -> None:
    import shlex
    import subprocess

    from sphinxext.newsroom.cli.errors import CommandError

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CommandError("--edit needs an editor; set VISUAL or EDITOR")
    command = [*shlex.split(editor, posix=os.name == "posix"), os.fspath(file)]
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        raise CommandError(f"the editor {editor!r} cannot be started: {error.strerror}") from error
    if code:
        raise CommandError(f"the editor {editor!r} ended with {code}")
