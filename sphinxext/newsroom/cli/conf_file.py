"""Read ``conf.py`` like Sphinx, without loading Sphinx and the extensions listed in it."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Tags:
    """The object that ``conf.py`` knows as ``tags``."""

    def __init__(self, tags: Iterable[str] = ()) -> None:
        """Begin with the tags of the command line."""
        self._tags = set(tags)

    def __contains__(self, tag: str) -> bool:
        return tag in self._tags

    def __iter__(self) -> Iterator[str]:
        return iter(self._tags)

    def has(self, tag: str) -> bool:
        """Return whether a tag is set.

        :param tag: its name.
        """
        return tag in self._tags

    def add(self, tag: str) -> None:
        """Set a tag.

        :param tag: its name.
        """
        self._tags.add(tag)

    def remove(self, tag: str) -> None:
        """Unset a tag.

        :param tag: its name.
        """
        self._tags.discard(tag)


def read_conf(file: Path, tags: Tags) -> dict[str, Any]:
    """Return what a ``conf.py`` sets. It is run, as every build runs it.

    Functions in it, such as ``setup()``, are not called, and extensions are not loaded.

    :param file: the file.
    :param tags: the object that it knows as ``tags``; it may change it.
    :raises CommandError: when it cannot be run.
    """
    namespace: dict[str, Any] = {"__file__": str(file), "tags": tags}
    # What it prints is not what the command was asked for. It may extend the import path for itself.
    with contextlib.redirect_stdout(sys.stderr), contextlib.chdir(file.parent):
        try:
            code = compile(file.read_bytes(), file, "exec")
            exec(code, namespace)  # noqa: S102 - that is what the file is for
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror or error}") from error
        except SystemExit as error:
            raise CommandError(f"{file} calls sys.exit()") from error
        except SyntaxError as error:
            raise CommandError(f"{file}:{error.lineno or 1}: {error.msg}") from error
        except Exception as error:
            raise CommandError(f"{_place(error, file)}: {type(error).__name__}: {_one_line(error)}") from error
    return {name: value for name, value in namespace.items() if not name.startswith("__")}


def _place(error: Exception, file: Path) -> str:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == os.fspath(file)]
    return f"{file}:{lines[-1]}" if lines else str(file)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
