"""The ``newsroom`` command: exit codes, one-line messages, completion."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sphinxext.newsroom import __version__
from sphinxext.newsroom.cli.console import is_fancy, tell
from sphinxext.newsroom.cli.errors import CommandError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TRACEBACK = "NEWSROOM_TRACEBACK"
"""Set it to see where an error of the program itself comes from."""
COMMANDS = ("new", "check", "list", "preview", "stats", "migrate", "urls", "schema")
"""The commands, in the order in which help shows them; each is a module of :mod:`sphinxext.newsroom.cli.commands`."""


class Newsroom(TyperGroup):
    """The command with its sub-commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, in the order in which somebody needs them."""
        return [name for name in COMMANDS if name in self.commands]

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command and end the process, always with one of the documented codes."""
        try:
            code = super().main(args, prog_name or "newsroom", complete_var, False, windows_expand_args, **extra)
        except CommandError as error:
            code = _fail(str(error), error.code)
        except (KeyboardInterrupt, typer.Abort):
            code = _fail("stopped", ExitCode.STOPPED)
        except BrokenPipeError:
            # The reader has closed the pipe; Python would complain when it flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = ExitCode.OK
        except Exception as error:  # noqa: BLE001 - users never see a traceback
            code = _fail_unexpectedly(error)
        sys.exit(int(code) if isinstance(code, int) else ExitCode.OK)


def _fail(message: str, code: int) -> int:
    tell(f"newsroom: {' '.join(message.split())}")
    return code


def _fail_unexpectedly(error: Exception) -> int:
    # What the command line lacks, or has too much; the class is not public.
    if callable(describe := getattr(error, "format_message", None)) and hasattr(error, "exit_code"):
        context = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(str(describe()))
            return ExitCode.USAGE
        hint = f" (see '{context.command_path} --help')" if context is not None else ""
        return _fail(f"{describe()}{hint}", ExitCode.USAGE)
    if os.environ.get(TRACEBACK):
        traceback.print_exc()
    if isinstance(error, OSError):
        return _fail(str(error), ExitCode.FAILED)
    message = f"this is a mistake in the program: {type(error).__name__}: {error}; set {TRACEBACK}=1 to see where"
    return _fail(message, ExitCode.FAILED)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


def make_app(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the command.

    :param names: its sub-commands. Making one of them takes a fraction of the time for all.
    """
    made = typer.Typer(
        cls=Newsroom,
        name="newsroom",
        no_args_is_help=True,
        # Boxes and colours are for terminals.
        rich_markup_mode="rich" if is_fancy() else None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    # With a callback, one command alone is still a sub-command.
    made.callback()(newsroom)
    for name in names:
        import_module(f"sphinxext.newsroom.cli.commands.{name}_command").register(made)
    return made


def newsroom(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Write, check and list the posts of a site, without building it.

    Exit codes: 0 all is well, 1 problems were found, 2 the command line has a mistake, 3 the command could not do its
    work, 130 it was stopped.
    """


def __getattr__(name: str) -> Any:
    """Make ``app``, the command with all sub-commands, for those who ask for it."""
    if name == "app":
        globals()[name] = make_app()
        return globals()[name]
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def main() -> None:
    """Run the command."""
    # The process is short-lived and frees little: garbage collection would take about a sixth of its time.
    gc.disable()
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    make_app([first] if first in COMMANDS else COMMANDS)()
