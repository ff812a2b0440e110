"""A door to Jinja: keep compiled templates between builds.

Sphinx compiles the templates of the theme anew in every build, which takes about a third of a build in which nothing has
changed. Jinja can keep them; what it keeps is used only for the very source that it was made of.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import BytecodeCache

from sphinxext.newsroom import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket

DIGEST_SIZE = 16  # bytes


class CompiledTemplates(BytecodeCache):
    """One file for each template, with a digest before its content: damaged bytecode must never be run."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        """Use a folder.

        :param folder: where the extension keeps its files.
        :param environment: what the templates are compiled for; others get other folders.
        """
        compiled_for = (__version__, jinja2.__version__, *sorted(environment.extensions))
        self._folder = folder / "templates" / _digest("\n".join(compiled_for).encode()).hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept of a template, if there is anything.

        :param bucket: what Jinja knows of the template.
        """
        try:
            content = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        if content[:DIGEST_SIZE] == _digest(content[DIGEST_SIZE:]):
            bucket.bytecode_from_string(content[DIGEST_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template.

        :param bucket: the template.
        """
        content = bucket.bytecode_to_string()
        # Processes that write side by side compile the same templates. Where there is no room the build goes on.
        new = self._folder / f"{bucket.key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(_digest(content) + content)
            new.replace(self._folder / bucket.key)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST_SIZE).digest()
