"""A door to Jinja: keep compiled templates between builds.

Sphinx compiles the templates of the theme anew in every build, which takes about a third of a build in which nothing has
changed. Jinja can keep them; what it keeps is used only for the very source that it was made of.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import jinja2
from jinja2.bccache import BytecodeCache

from sphinxext.newsroom import __version__
from sphinxext.newsroom.core.stored import store, stored

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """One file for each template; damaged bytecode is never run."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        """Use a folder.

        :param folder: where the extension keeps its files.
        :param environment: what the templates are compiled for; others get other folders.
        """
        self._version = "\n".join((__version__, jinja2.__version__, *sorted(environment.extensions)))
        self._folder = folder / "templates" / hashlib.blake2b(self._version.encode(), digest_size=8).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is kept of a template, if there is anything.

        :param bucket: what Jinja knows of the template.
        """
        if (content := stored(self._folder / bucket.key, version=self._version)) is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template.

        :param bucket: the template.
        """
        # Processes that write side by side compile the same templates, and where there is no room the build goes on.
        with contextlib.suppress(OSError):
            store(self._folder / bucket.key, bucket.bytecode_to_string(), version=self._version)
