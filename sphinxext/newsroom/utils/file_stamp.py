"""Tell whether a file has changed since the last build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def file_stamp(file: Path) -> str:
    """Return what differs whenever a file does, empty if there is none.

    :param file: the file.
    """
    try:
        status = file.stat()
    except (OSError, ValueError):
        return ""
    return f"{status.st_mtime_ns} {status.st_size}"
