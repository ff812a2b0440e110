"""Make Sphinx's HTML builder write pages atomically, and leave unchanged pages alone.

Sphinx writes directly to the file of a page. A build that is interrupted leaves an incomplete page; if the disk is full, Sphinx
only warns, and treats the incomplete page as current.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import NAMESPACE, getLogger

from sphinxext.newsroom.utils.sphinx_atomic import FULL, DiskFullError, _content, move_into_place, new_file
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

logger = getLogger(__name__)


class _SuppressedLogs(logging.Handler):
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


def write_pages_atomically(app: Sphinx) -> None:
    """Have the builder of an application put pages in their place when they are written, and stop where there is no room.

    :param app: the application; its builder makes pages.
    """
    builder: Any = html_builder(app)
    builder.handle_page = _AtomicPages(app, builder.handle_page)
    builder.copy_assets = _without_full_disk(builder.copy_assets)
    builder.finish = _without_full_disk(builder.finish)


def _without_full_disk(method: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        with _SuppressedLogs():
            method()

    return run


class _AtomicPages:
    """Replacement for the builder's method that writes a page."""

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
        """Write a page to a temporary file, and move it into place."""
        page = Path(outfilename or self._builder.get_outfilename(pagename))
        # A file outside the output is not a page, and possibly on another disk.
        new = new_file(self._app) if page.is_relative_to(self._app.outdir) else page
        with _SuppressedLogs():
            self._handle_page(pagename, addctx, templatename, outfilename=new, event_arg=event_arg)
        if new == page:
            return
        try:
            if self._stays(pagename, page, new):
                new.unlink()
            else:
                move_into_place(new, page)
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
