"""``newsroom preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sphinxext.newsroom.cli.options import ConfDir, Source

if TYPE_CHECKING:
    from sphinxext.newsroom.cli.locate import Place

NEEDED = ("watchfiles", "starlette", "uvicorn")
INSTALL = "python -m pip install 'sphinxext-newsroom[preview]'"
PORT = 8000


def register(app: typer.Typer) -> None:
    """Add the command.

    :param app: the command ``newsroom``.
    """
    app.command("preview")(preview)


def preview(
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 for any.")] = PORT,
    host: Annotated[
        str, typer.Option("--host", help="The host to listen on; only this machine reaches the default.")
    ] = "127.0.0.1",
    opens: Annotated[
        bool,
        typer.Option("--open/--no-open", help="Open a browser, and go to the page of each document that is saved."),
    ] = True,
    drafts: Annotated[bool, typer.Option("--drafts/--no-drafts", help="Show drafts and scheduled posts.")] = True,
    builder: Annotated[str, typer.Option("--builder", "-b", help="The builder, dirhtml or html.")] = "dirhtml",
    source: Source = None,
    conf_dir: ConfDir = None,
) -> None:
    r"""Serve the site with drafts, and show each change as soon as a file is saved.

    The browser reloads pages that have changed, and shows problems with their files and lines in a bar. Needs the packages
    of the extra "preview". The output is in the cache folder, never in the site.

    For example:

    \b
      newsroom preview
      newsroom preview --port 0 --no-open --no-drafts
    """
    from sphinxext.newsroom.cli.console import tell
    from sphinxext.newsroom.cli.errors import CommandError
    from sphinxext.newsroom.cli.locate import find_site

    _check_packages()
    place = find_site(Path(), source=source, confdir=conf_dir)
    if place.conf is None:
        raise CommandError(f"{place.source} has no conf.py, which a build needs")
    from sphinxext.newsroom.preview.run import BindError, bind, run
    from sphinxext.newsroom.preview.settings import PreviewSettings

    settings = PreviewSettings(
        source=place.source,
        confdir=place.conf.parent,
        output=_output(place, builder, drafts=drafts),
        builder=builder,
        drafts=drafts,
    )
    try:
        listening = bind(host, port)
    except BindError as error:
        raise CommandError(str(error)) from error
    run(settings, listening, opens=opens, say=tell)


def _check_packages() -> None:
    """Fail with the command that installs what is missing."""
    from importlib.util import find_spec

    from sphinxext.newsroom.cli.errors import CommandError

    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise CommandError(f"preview needs {' and '.join(missing)}: {INSTALL}")


def _output(place: Place, builder: str, *, drafts: bool) -> Path:
    """Return the folder of a preview; each kind of preview has its own, so that it can go on with the last build."""
    from hashlib import blake2b

    from sphinxext.newsroom.cli.errors import CommandError, ExitCode
    from sphinxext.newsroom.cli.options import cache_folder

    if not builder.isidentifier():
        raise CommandError(
            f"--builder {builder!r} is not the name of a builder; expected dirhtml or html", ExitCode.USAGE
        )
    conf = blake2b(str(place.conf).encode(errors="surrogateescape"), digest_size=4).hexdigest()
    return cache_folder(place.source) / "preview" / f"{builder}-{'drafts' if drafts else 'public'}-{conf}"
