"""Exit codes of commands, and errors with a one-line message."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command."""

    OK = 0
    """Nothing at or above ``--fail-on`` was found; the command did what it was asked to do."""
    PROBLEMS = 1
    """Problems were found."""
    USAGE = 2
    """The command line has a mistake."""
    FAILED = 3
    """The command could not do its work, for instance because there is no site."""
    STOPPED = 130
    """It was stopped with Ctrl+C."""


class CommandError(Exception):
    """Something that ends a command, with a message of one line."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        """Store the error message.

        :param message: one sentence.
        :param code: the exit code.
        """
        super().__init__(message)
        self.code = code
