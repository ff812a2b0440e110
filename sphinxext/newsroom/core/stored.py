"""Files that are kept from one build to the next: written whole or not at all, and read only as they were written."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DIGEST_SIZE = 16  # bytes


def store(file: Path, content: bytes, *, version: str) -> None:
    """Keep something for later builds.

    :param file: where.
    :param content: what.
    :param version: what its meaning depends on; asked for by another, it is not there.
    """
    new = file.with_name(file.name + ".new")
    content = _digest(content, version) + content
    try:
        new.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content)
    new.replace(file)


def stored(file: Path, *, version: str) -> bytes | None:
    """Return what was kept; None if there is nothing, or if it is damaged or of another version.

    :param file: where.
    :param version: as it was given to :func:`store`.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, content = content[:DIGEST_SIZE], content[DIGEST_SIZE:]
    return content if digest == _digest(content, version) else None


def _digest(content: bytes, version: str) -> bytes:
    return hashlib.blake2b(version.encode() + b"\0" + content, digest_size=DIGEST_SIZE).digest()
