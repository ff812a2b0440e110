"""The pages that are looked at in a browser: one of each kind, of the site of all samples."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.conftest import Site
from tests.samples import CONF, EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = "1790000000"
"""21 September 2026, for ``SOURCE_DATE_EPOCH``."""
PAGES = {
    "home": "",
    "documentation": "guide/",
    "index": "blog/",
    "index-2": "blog/page/2/",
    "post": "blog/2026/08/18/registration-for-the-spring-courses-is-open/",
    "post-long-title": "blog/2025/11/03/a-title-that-is-so-long-that-it-needs-more-than-one-line-on-a-telephone-and-on-other-narrow-screens/",
    "post-plain": "blog/2024/05/01/a--of-its-own/",
    "post-markdown": "blog/2024/04/01/what-a-post-can-hold/",
    "event": "blog/2023/05/01/user-meeting/",
    "course": "blog/2023/04/01/data-in-r/",
    "draft": "blog/2025/01/02/draft/",
    "scheduled": "blog/2027/01/15/storage-is-larger/",
    "categories": "blog/category/",
    "category": "blog/category/courses/",
    "tags": "blog/tag/",
    "tag": "blog/tag/command-line/",
    "authors": "blog/author/",
    "author": "blog/author/training/",
    "author-2": "blog/author/support/page/2/",
    "archive": "blog/archive/",
    "year": "blog/archive/2026/",
    "all-series": "blog/series/",
    "series": "blog/series/a-course-from-nothing/",
    "location": "blog/location/tartu/",
    "releases": "blog/releases/",
    "subscribe": "blog/subscribe/",
    "redirect": "old/a/",
}
MODE = {"default_mode": "auto"}
"""Without it, the theme itself writes an error to the browser's console."""
OURS = ".newsroom, .newsroom-announcement, .newsroom-sidebar"
"""What the extension puts on pages. A page that leads to another one has nothing else."""


def build(folder: Path, theme: str = "pydata_sphinx_theme", *, drafts: bool = True) -> Site:
    """Return the site with all kinds of pages, in a theme.

    :param folder: an empty folder.
    :param theme: the theme.
    :param drafts: whether posts are shown that are not published.
    """
    conf: dict[str, Any] = {**CONF, "html_theme": theme}
    if theme == "pydata_sphinx_theme":
        conf["html_context"] = MODE
    else:
        del conf["html_sidebars"]
    return Site(folder=folder, conf=conf).write(EVERYTHING).build(tags=("drafts",) if drafts else ())


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        pass

    def end_headers(self) -> None:
        if self.path.endswith((".svg", ".png")):
            time.sleep(0.1)  # after the text, as from far away
        super().end_headers()

    def handle(self) -> None:
        with suppress(ConnectionError):  # the browser has gone to another page
            super().handle()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder, and give its URL.

    :param folder: the pages.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
