"""Find and read files: only regular files are opened, and no name raises an error."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NotRegularError(OSError):
    """Something is there, but it is not a file with a content; to open it may wait for ever."""


def is_regular(file: str | os.PathLike[str]) -> bool:
    """Return whether something is a regular file, or a link to one.

    Unlike :meth:`pathlib.Path.is_file` this takes any name: one that is too long, contains a NUL or is a circular link is that
    of a file that is not there.

    :param file: the path.
    """
    return os.path.isfile(file)  # noqa: PTH113


def is_folder(folder: str | os.PathLike[str]) -> bool:
    """Return whether something is a directory, or a link to one; any name will do.

    :param folder: the path.
    """
    return os.path.isdir(folder)  # noqa: PTH112


def exists(file: str | os.PathLike[str]) -> bool:
    """Return whether something of this name is there, even if it is a link to nothing; any name will do.

    :param file: the path.
    """
    return os.path.lexists(file)


def resolved(file: str | os.PathLike[str]) -> Path | None:
    """Return a path with links resolved; None if they are circular, or if the name is invalid.

    :param file: the path.
    """
    try:
        return Path(file).resolve()
    except (OSError, ValueError, RuntimeError):
        # RuntimeError is what Python says of links in a circle before 3.13.
        return None


def find_regular(file: str | os.PathLike[str], *, inside: Iterable[Path]) -> Path | None:
    """Return a readable file with links resolved; None if there is none, or if links leave the allowed folder.

    :param file: the path.
    :param inside: the folders that it has to be in one of.
    """
    if not is_regular(file) or (found := resolved(file)) is None:
        return None
    is_allowed = os.access(found, os.R_OK) and any(found.is_relative_to(folder.resolve()) for folder in inside)
    return found if is_allowed else None


def check_regular(file: Path) -> os.stat_result:
    """Return the status of a regular file.

    :param file: the path.
    :raises OSError: when it is not there, or is something else.
    """
    try:
        status = file.stat()
    except ValueError as error:
        raise NotRegularError(0, f"no file can have this name: {error}") from error
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "something else")
        raise NotRegularError(0, f"it is {kind}")
    return status


def read_bytes(file: Path) -> bytes:
    """Return the content of a regular file.

    :param file: the path.
    :raises OSError: when it is not there, is something else or cannot be read.
    """
    check_regular(file)
    return file.read_bytes()


def unusable(file: Path) -> str:
    """Return why what is there cannot be read as a file; empty if it can.

    :param file: the path.
    """
    try:
        check_regular(file)
    except OSError as error:
        return str(error.strerror)
    return "" if os.access(file, os.R_OK) else os.strerror(13)


def has_encodable_name(path: str) -> bool:
    """Return whether a path can be written as UTF-8; file systems take others.

    :param path: the path, as Python gives it.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable(path: str) -> str:
    r"""Return a path for messages: bytes that are not UTF-8 as ``\xff``.

    :param path: the path.
    """
    return path.encode(errors="surrogateescape").decode(errors="backslashreplace")


def remove_below(file: Path, root: Path) -> None:
    """Delete a file, and the folders that it leaves empty; nothing outside of a folder.

    :param file: the file.
    :param root: the folder.
    """
    if not file.is_relative_to(root):
        return
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root:
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
            continue
        return


def file_stamp(file: Path) -> str:
    """Return what differs whenever a file does, empty if there is none.

    :param file: the file.
    """
    try:
        status = file.stat()
    except (OSError, ValueError):
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"
