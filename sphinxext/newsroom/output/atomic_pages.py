"""A door to Sphinx's HTML builder: have pages written whole or not at all, and left alone where they stay as they are.

Sphinx writes into the page itself. A build that ends in the middle leaves half a page; where the disk is full, Sphinx
only warns, and takes the half for the page ever after.
"""

from __future__ import annotations

import errno
import logging
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError
from sphinx.util.logging import NAMESPACE, getLogger

from sphinxext.newsroom.utils.sphinx_builders import html_builder
from sphinxext.newsroom.utils.cache import is_running

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

logger = getLogger(__name__)

NEW = ".newsroom-"
"""How files begin that are not yet in their place."""
_ATTEMPTS = 5
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class DiskFullError(SphinxError):
    """There is no room for a file."""

    category = "Disk full"


class _Swallowed(logging.Handler):
    """Finds the errors of a full disk that Sphinx's HTML builder only warns of."""

    def __init__(self) -> None:
        super().__init__()
        self.error: OSError | None = None
        self._logger = logging.getLogger(f"{NAMESPACE}.sphinx.builders.html")

    def __enter__(self) -> None:
        self._logger.addHandler(self)

    def __exit__(self, kind: object, *_: object) -> None:
        self._logger.removeHandler(self)
        if kind is None and self.error is not None:
            raise DiskFullError(str(self.error)) from self.error

    def emit(self, record: logging.LogRecord) -> None:
        """Note the error that a warning tells of.

        :param record: the warning.
        """
        for value in record.args if isinstance(record.args, tuple) else ():
            if isinstance(value, OSError) and value.errno in FULL:
                self.error = value


def new_file(app: Sphinx) -> Path:
    """Return a file to write into before it is put in its place; no other process uses it.

    :param app: the application.
    """
    return Path(app.outdir) / f"{NEW}{os.getpid()}"


def write_whole(app: Sphinx, file: Path, content: bytes) -> None:
    """Write a file whole or not at all, if its content has changed.

    :param app: the application.
    :param file: its place in the output.
    :param content: what it holds.
    """
    if _content(file) == content:
        return
    new = new_file(app)
    new.write_bytes(content)
    put(new, file)


def put(new: Path, file: Path) -> None:
    """Put a file in its place.

    :param new: what has been written.
    :param file: its place.
    """
    # Another build may remove a folder that it has no page for at the moment when this one has made it.
    for _attempt in range(_ATTEMPTS):
        try:
            new.replace(file)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
        else:
            return
    new.replace(file)


def _content(file: Path) -> bytes | None:
    """Return what a file holds, None if there is none; another build may remove it at any time."""
    try:
        return file.read_bytes() if file.is_file() else None
    except FileNotFoundError:
        return None


def remove_new_files(app: Sphinx) -> None:
    """Remove what an interrupted build has left; a build that is running keeps its own.

    :param app: the application.
    """
    for file in Path(app.outdir).glob(f"{NEW}*"):
        process = file.name.removeprefix(NEW)
        if process == str(os.getpid()) or not is_running(process):
            file.unlink(missing_ok=True)


def write_whole_files(app: Sphinx) -> None:
    """Have the builder of an application put pages in their place when they are written, and stop where there is no room.

    :param app: the application; its builder makes pages.
    """
    builder: Any = html_builder(app)
    builder.handle_page = _WholePages(app, builder.handle_page)
    builder.copy_assets = _without_full_disk(builder.copy_assets)
    builder.finish = _without_full_disk(builder.finish)


def _without_full_disk(method: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with _Swallowed():
            method()

    return run


class _WholePages:
    """Stands in for the method of the builder that writes a page."""

    def __init__(self, app: Sphinx, handle_page: Callable[..., None]) -> None:
        self._app, self._builder, self._handle_page = app, html_builder(app), handle_page

    @cached_property
    def _newest_template(self) -> float:
        return float(self._builder.templates.newest_template_mtime())

    def __call__(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        *,
        outfilename: Any = None,
        event_arg: Any = None,
    ) -> None:
        """Write a page beside its place, and put it there."""
        page = Path(outfilename or self._builder.get_outfilename(pagename))
        # What is not in the output is nobody's page, and on another disk perhaps.
        new = new_file(self._app) if page.is_relative_to(self._app.outdir) else page
        with _Swallowed():
            self._handle_page(pagename, addctx, templatename, outfilename=new, event_arg=event_arg)
        if new == page:
            return
        try:
            if self._stays(pagename, page, new):
                new.unlink()
            else:
                put(new, page)
        except OSError as error:
            if error.errno in FULL:
                raise
            logger.warning("the page %s cannot be written: %s", page, error.strerror)

    def _stays(self, pagename: str, page: Path, new: Path) -> bool:
        """Return whether a page is left alone: it is the same, and Sphinx will not take it for older than its source."""
        if _content(page) != new.read_bytes():
            return False
        if pagename not in self._app.env.found_docs:
            return True
        source = Path(self._app.env.doc2path(pagename))
        try:
            return page.stat().st_mtime >= max(source.stat().st_mtime, self._newest_template)
        except FileNotFoundError:
            return False
