"""Cache the result of a check until anything it depends on changes."""

from __future__ import annotations

import os
import pickle
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom import __version__
from sphinxext.newsroom.cli.source_files import pattern_matcher
from sphinxext.newsroom.utils.cache import load_cached, store_cached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sphinxext.newsroom.cli.config import SiteConfig
    from sphinxext.newsroom.cli.locate import Place

FILE = "report.pickle"
FILE_OPTIONS = ("newsroom_authors_file", "newsroom_venues_file", "newsroom_bibliography")
_PREFIXES = ("newsroom_", "blog_", "post_")
_PLAIN = (str, int, float, bool, type(None))
# They tell the base URL of a site, which a message may name.
_ENVIRONMENT = ("READTHEDOCS", "GITHUB_", "GITLAB_", "CI_", "NETLIFY", "DEPLOY_", "CONTEXT", "CF_PAGES", "VERCEL")


class ReportCache:
    """The last report of a site."""

    def __init__(self, folder: Path | None, place: Place, config: SiteConfig) -> None:
        """Look at everything that the report depends on.

        :param folder: the cache folder; None for no cache.
        :param place: where the site is.
        :param config: its configuration.
        """
        self._file = folder / FILE if folder is not None else None
        self._version = ""
        settings = {name: config[name] for name in config.names if config.is_used(name) or name.startswith(_PREFIXES)}
        # What other files say, wherever they are, is looked up each time.
        if (
            config["newsroom_mkdocs"]
            or any(".." in str(settings.get(name)) for name in FILE_OPTIONS)
            or not _is_plain(settings)
        ):
            self._file = None
        if self._file is not None:
            environment = {name: value for name, value in os.environ.items() if name.startswith(_ENVIRONMENT)}
            inputs = (__version__, str(place), sorted(settings.items()), environment, [*_stamps(place.source, config)])
            self._version = blake2b(repr(inputs).encode(errors="surrogatepass"), digest_size=16).hexdigest()

    def load(self) -> Any:
        """Return the last report; None if something has changed since."""
        if self._file is None or (content := load_cached(self._file, version=self._version)) is None:
            return None
        return pickle.loads(content)  # noqa: S301 - written by us, in a folder of the user's

    def store(self, report: Any) -> None:
        """Keep a report.

        :param report: plain data.
        """
        if self._file is not None:
            store_cached(self._file, pickle.dumps(report, pickle.HIGHEST_PROTOCOL), version=self._version)


def _is_plain(value: Any) -> bool:
    """Return whether the text of a value says all about it."""
    if isinstance(value, dict):
        return all(_is_plain(item) for pair in value.items() for item in pair)
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(_is_plain, value))
    return isinstance(value, _PLAIN)


def _stamps(root: Path, config: SiteConfig) -> Iterator[tuple[str, int, int, int]]:
    """Yield the path, the time of change, the size and the kind of every file that is not excluded."""
    excluded = [pattern_matcher(pattern) for pattern in config.texts("exclude_patterns")]
    todo = [("", os.fspath(root))]
    while todo:
        prefix, folder = todo.pop()
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            path = f"{prefix}{entry.name}"
            if any(matches(path) for matches in excluded):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    todo.append((f"{path}/", entry.path))
                    continue
                status = entry.stat()
            except OSError:
                status = entry.stat(follow_symlinks=False)
            yield path, status.st_mtime_ns, status.st_size, status.st_mode
