"""Write output files atomically."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from sphinxext.newsroom.utils.cache import in_folder, is_running

if TYPE_CHECKING:
    from sphinx.application import Sphinx


NEW = ".newsroom-"
"""How files begin that are not yet in their place."""


FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFullError(SphinxError):
    """There is no room for a file."""

    category = "Disk full"


def new_file(app: Sphinx) -> Path:
    """Return a file to write into before it is put in its place; no other process uses it.

    :param app: the application.
    """
    return Path(app.outdir) / f"{NEW}{os.getpid()}"


def write_output_file(app: Sphinx, file: Path, content: bytes) -> None:
    """Write a file whole or not at all, if its content has changed.

    :param app: the application.
    :param file: its place in the output.
    :param content: what it holds.
    """
    if _content(file) == content:
        return
    new = new_file(app)
    new.write_bytes(content)
    move_into_place(new, file)


def move_into_place(new: Path, file: Path) -> None:
    """Put a file in its place.

    :param new: what has been written.
    :param file: its place.
    """
    in_folder(file.parent, lambda: new.replace(file))


def _content(file: Path) -> bytes | None:
    """Return what a file holds, None if there is none; another build may remove it at any time."""
    try:
        return file.read_bytes() if file.is_file() else None
    except FileNotFoundError:
        return None


def remove_new_files(app: Sphinx) -> None:
    """Remove temporary files of interrupted builds, but not of running ones.

    :param app: the application.
    """
    for file in Path(app.outdir).glob(f"{NEW}*"):
        process = file.name.removeprefix(NEW)
        if process == str(os.getpid()) or not is_running(process):
            file.unlink(missing_ok=True)
