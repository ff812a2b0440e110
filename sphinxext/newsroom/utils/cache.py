"""Cache files between builds: written atomically, and read only if they are complete."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DIGEST_SIZE = 16  # bytes
_NEW = ".new"
_ATTEMPTS = 5


def store_cached(file: Path, content: bytes, *, version: str) -> None:
    """Keep something for later builds.

    :param file: where.
    :param content: what.
    :param version: what its meaning depends on; asked for by another, it is not there.
    """
    write_atomically(file, _digest(content, version) + content)


def write_atomically(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; other builds may write the same one, or remove its folder.

    :param file: where.
    :param content: what it holds.
    """
    new = file.with_name(f"{file.name}.{os.getpid()}{_NEW}")

    def write() -> None:
        new.write_bytes(content)
        new.replace(file)

    in_folder(file.parent, write)


def in_folder(folder: Path, write: Callable[[], object]) -> None:
    """Write into a folder that may not exist, or that another build removes at the same moment.

    :param folder: the folder.
    :param write: raises ``FileNotFoundError`` without it; may be called several times.
    """
    for _attempt in range(_ATTEMPTS):
        try:
            write()
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
        else:
            return
    write()


def remove_leftovers(folder: Path) -> None:
    """Remove what builds that have ended in the middle left unfinished; those that are running keep theirs.

    :param folder: the folder, with all that are in it.
    """
    for file in folder.rglob(f"*{_NEW}"):
        process = file.name.removesuffix(_NEW).rpartition(".")[2]
        if not is_running(process):
            file.unlink(missing_ok=True)


def is_running(process: str) -> bool:
    """Return whether a process is running, as far as is known.

    :param process: its number.
    """
    if not process.isdecimal() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def load_cached(file: Path, *, version: str) -> bytes | None:
    """Return the cached value; None if there is none, or if it is damaged or from another version.

    :param file: where.
    :param version: as it was given to :func:`store_cached`.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, content = content[:DIGEST_SIZE], content[DIGEST_SIZE:]
    return content if digest == _digest(content, version) else None


def _digest(content: bytes, version: str) -> bytes:
    return hashlib.blake2b(version.encode() + b"\0" + content, digest_size=DIGEST_SIZE).digest()
