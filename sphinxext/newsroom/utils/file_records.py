"""Records of files: what they contained at which modification time.

A fresh checkout gives every file a new modification time. If the content is that of the record, the recorded time is restored,
and everything that compares times finds the file as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

# Folders that hold no sources of a site, wherever they are.
_SKIPPED = frozenset({".git", ".hg", ".svn", ".nox", ".tox", ".venv", "__pycache__", "node_modules"})


class FileRecord(NamedTuple):
    """What is known of a file."""

    modified: int
    """In nanoseconds."""
    size: int
    digest: str


Records = dict[str, FileRecord]
"""Records by absolute path."""


def walk_files(
    root: Path, *, without: Collection[Path] = (), excludes: Callable[[str], bool] = lambda _path: False
) -> Iterator[Path]:
    """Yield the regular files below a folder, in no order; links are not followed.

    :param root: the folder.
    :param without: folders that are skipped.
    :param excludes: whether a path, relative to the folder and with ``/``, is skipped.
    """
    skipped = {os.path.normcase(path) for path in without}
    for folder, folders, names in os.walk(root):
        above = Path(folder).relative_to(root).as_posix()
        prefix = "" if above == "." else f"{above}/"
        folders[:] = [
            name
            for name in folders
            if name not in _SKIPPED
            and os.path.normcase(Path(folder, name)) not in skipped
            and not excludes(prefix + name)
        ]
        for name in names:
            if not excludes(prefix + name):
                yield Path(folder, name)


def record_files(files: Iterable[Path], previous: Mapping[str, FileRecord]) -> Records:
    """Return the records of regular files; what cannot be read, or is a link, has none.

    :param files: the files.
    :param previous: earlier records; a file with the same time and size is not read again.
    """
    found: Records = {}
    for file in files:
        name = str(file)
        with contextlib.suppress(OSError):
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode):
                continue
            known = previous.get(name)
            is_same = known is not None and known[:2] == (status.st_mtime_ns, status.st_size)
            digest = known.digest if known is not None and is_same else _digest(file)
            # A file that was changed meanwhile has no record: it would be that of another content.
            if file.lstat().st_mtime_ns == status.st_mtime_ns:
                found[name] = FileRecord(status.st_mtime_ns, status.st_size, digest)
    return found


def is_same_content(path: str, record: FileRecord) -> bool:
    """Return whether a file has the content of its record.

    :param path: the file.
    :param record: its record.
    """
    file = Path(path)
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size != record.size:
            return False
        return status.st_mtime_ns == record.modified or _digest(file) == record.digest
    except OSError:
        return False


def restore_times(records: Mapping[str, FileRecord]) -> int:
    """Give each file whose content is that of its record the recorded time, and return how many have that content.

    :param records: the records.
    """
    unchanged = 0
    for path, record in records.items():
        if is_same_content(path, record):
            unchanged += 1
            with contextlib.suppress(OSError):
                if os.lstat(path).st_mtime_ns != record.modified:
                    os.utime(path, ns=(record.modified, record.modified))
    return unchanged


def digest_of_files(folders: Iterable[str | os.PathLike[str]], *, suffix: str = "") -> str:
    """Return a text that differs whenever the files in some folders do, in name or content.

    :param folders: the folders, in their order.
    :param suffix: what the names of the files end with.
    """
    digest = hashlib.blake2b(digest_size=16)
    for folder in map(Path, folders):
        for file in sorted(folder.rglob(f"*{suffix}")):
            with contextlib.suppress(OSError):
                if file.is_file():
                    name = file.relative_to(folder).as_posix().encode(errors="surrogateescape")
                    content = file.read_bytes()
                    digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
        digest.update(b"\0")
    return digest.hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()[:32]
