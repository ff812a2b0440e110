"""Read the data files of a blog: authors, venues and bibliography."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, TypeVar

from sphinxext.newsroom import __version__
from sphinxext.newsroom.problems import Problem
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.files import exists, read_bytes
from sphinxext.newsroom.utils.symlinks import link_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinxext.newsroom.problems import Subtype

    Parsed = TypeVar("Parsed")
    Parse = Callable[..., tuple[Parsed, tuple[Problem, ...]]]


def read_data_file(root: Path, path: str, *, name: str, subtype: Subtype) -> bytes | Problem | None:
    """Return the content of a file, why it cannot be used, or None if there is none.

    :param root: the source folder.
    :param path: the file, relative to the source folder.
    :param name: what messages call it.
    :param subtype: the kind of its problems.
    """
    file = root / path
    if fault := link_fault(file, root):
        return Problem(subtype=subtype, message=f"the {name} file is left out: {fault}.", path=path)
    if not exists(file):
        return None
    try:
        return read_bytes(file)
    except OSError as error:
        message = f"the file cannot be read ({error.strerror}); nothing of it is used."
        return Problem(subtype=subtype, message=message, path=path)


def parse_cached(
    path: str, content: bytes, parse: Parse[Parsed], *, kind: str, cache_folder: Path | None
) -> tuple[Parsed, tuple[Problem, ...]]:
    """Return what a file says, and its problems; it is parsed only when it has changed.

    :param path: the file, relative to the source folder.
    :param content: its content.
    :param parse: a function of the text and the path.
    :param kind: what the file holds, for the name of the cache file.
    :param cache_folder: the folder of cache files; None for no cache.
    """
    key = repr((__version__, path, content)).encode()
    version = hashlib.blake2b(key, digest_size=16).hexdigest()
    name = f"{kind}-{hashlib.blake2b(path.encode(), digest_size=6).hexdigest()}.pickle"
    file = cache_folder / name if cache_folder is not None else None
    if file is not None and (found := load_cached(file, version=version)) is not None:
        cached: tuple[Parsed, tuple[Problem, ...]] = pickle.loads(found)  # noqa: S301 - written by us
        return cached
    parsed = parse(content.decode("utf-8", errors="replace"), path=path)
    if file is not None:
        store_cached(file, pickle.dumps(parsed, pickle.HIGHEST_PROTOCOL), version=version)
    return parsed
