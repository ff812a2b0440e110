"""Remember the problems that a live preview has reported, so that its next build does not repeat them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext.newsroom import __version__
from sphinxext.newsroom.config.sphinx_config import is_preview
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinxext.newsroom.problems import Problem

logger = logging.getLogger(__name__)

FILE = "problems.json"


class KnownProblems:
    """Tells which problems are new.

    Only in the builds of one preview: a build from nothing, one that treats warnings as errors (``-W``) and every build
    outside of previews say all.
    """

    def __init__(self, app: Sphinx, state: Path) -> None:
        """Load what the last build of the same preview has reported.

        :param app: the application, its environment loaded.
        :param state: the folder of cache files.
        """
        self._file, self._is_preview = state / FILE, is_preview()
        # A preview that is started again, by another process, begins with all that is wrong.
        self._version = f"{__version__} {os.getppid()} {app.builder.name}"
        fails = app._fail_on_warnings  # noqa: SLF001 - Sphinx has no public API
        content = None
        if self._is_preview and app.env.all_docs and not fails:
            content = load_cached(self._file, version=self._version)
        self._before: frozenset[str] = frozenset(json.loads(content)) if content else frozenset()
        self._reported: set[str] = set()

    def new(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems that the last build has not reported.

        :param problems: the problems.
        """
        if not self._is_preview:
            return list(problems)
        found = {problem: fingerprint(repr(problem)) for problem in problems}
        self._reported |= set(found.values())
        return [problem for problem, known in found.items() if known not in self._before]

    def save(self) -> None:
        """Keep what this build has found, for the next one."""
        if not self._is_preview:
            return
        if known := len(self._reported & self._before):
            logger.info("%d problems of the blog that were reported before are not repeated.", known)
        store_cached(self._file, json.dumps(sorted(self._reported)).encode(), version=self._version)
