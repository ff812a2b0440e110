"""Console output: colours and progress bars on a terminal, plain text otherwise."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_fancy(*, error: bool = False) -> bool:
    """Return whether colours can be shown.

    :param error: on standard error, in place of standard output.
    """
    stream = sys.stderr if error else sys.stdout
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def write(text: str) -> None:
    """Write a result to standard output, as UTF-8 whatever the system prefers.

    :param text: the text, with the ends of its lines.
    """
    if (buffer := getattr(sys.stdout, "buffer", None)) is not None and not sys.stdout.isatty():
        sys.stdout.flush()
        buffer.write(text.encode("utf-8", errors="backslashreplace"))
        buffer.flush()
    else:
        sys.stdout.write(text)


def tell(text: str) -> None:
    """Write what accompanies a result to standard error, as one line.

    :param text: the text.
    """
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, errors="backslashreplace").decode(encoding) + "\n")


@contextmanager
def progress(description: str) -> Iterator[None]:
    """Show that something takes its time, on a terminal.

    :param description: what is done.
    """
    if not is_fancy(error=True):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(description):
        yield
