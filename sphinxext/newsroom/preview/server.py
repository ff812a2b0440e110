"""Serve the pages of a live preview, and tell browsers what has changed."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import Scope

    from sphinxext.newsroom.preview.settings import PreviewSettings

SCRIPT = b'<script src="/_newsroom/preview.js"></script>'
WAITING = (
    '<!DOCTYPE html><html lang="en" data-newsroom-waiting="1"><meta charset="utf-8"><title>Building…</title>'
    "<body><script src='/_newsroom/preview.js'></script></body></html>"
)
_JS = Path(__file__).with_name("preview.js")
LOOPBACK = ("localhost", "127.0.0.1")


class Browsers:
    """The browsers that are connected."""

    def __init__(self, *, follows: bool) -> None:
        """Start without any.

        :param follows: whether browsers go to the page of a document that has changed.
        """
        self._follows = follows
        self._queues: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._server = secrets.token_hex(8)
        self._is_closed = False

    def send(self, event: dict[str, Any]) -> None:
        """Send an event to all.

        :param event: plain data.
        """
        for queue in self._queues:
            queue.put_nowait(event | {"follow": self._follows} if event["type"] == "changed" else event)

    def close(self) -> None:
        """End all connections, so that the server can stop."""
        self._is_closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def events(self, state: dict[str, Any]) -> AsyncIterator[str]:
        """Yield the events of one browser, as Server-Sent Events.

        :param state: the problems that are known when it connects.
        """
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            event: dict[str, Any] | None = {"type": "hello", "server": self._server}
            queue.put_nowait(state)
            while event is not None and not self._is_closed:
                yield f"data: {json.dumps(event)}\n\n"
                event = await queue.get()
        finally:
            self._queues.discard(queue)


class Pages(StaticFiles):
    """The output of builds, below the provisional pages."""

    def __init__(self, settings: PreviewSettings, has_built: Callable[[], bool]) -> None:
        """Serve two folders as one.

        :param settings: where they are.
        :param has_built: whether a build has been finished.
        """
        super().__init__(directory=settings.pages, html=True, check_dir=False)
        self.all_directories = [settings.provisional, settings.pages]
        self._has_built = has_built

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; a page that waits for the first build, if that has not made it yet."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code == 404 and not self._has_built():  # noqa: PLR2004
                return HTMLResponse(WAITING, status_code=503, headers={"cache-control": "no-store"})
            raise

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file, with our script if it is a page."""
        if not str(full_path).endswith(".html"):
            response = super().file_response(full_path, stat_result, scope, status_code)
            response.headers["cache-control"] = "no-cache"
            return response
        before, end, after = Path(full_path).read_bytes().rpartition(b"</body>")
        content = before + SCRIPT + end + after if end else after + SCRIPT
        return HTMLResponse(content, status_code=status_code, headers={"cache-control": "no-store"})


def make_server(
    settings: PreviewSettings,
    browsers: Browsers,
    *,
    state: Callable[[], dict[str, Any]],
    has_built: Callable[[], bool],
    host: str,
) -> Starlette:
    """Return the application that serves a preview.

    :param settings: what is previewed.
    :param browsers: gets the browsers that connect.
    :param state: returns the problems that are known.
    :param has_built: whether a build has been finished.
    :param host: what it listens on; pages of other sites cannot reach a server on this machine.
    """

    async def events(_request: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return StreamingResponse(browsers.events(state()), media_type="text/event-stream", headers=headers)

    async def script(_request: Request) -> Response:
        return Response(_JS.read_bytes(), media_type="text/javascript", headers={"cache-control": "no-store"})

    allowed = [*LOOPBACK] if host in LOOPBACK else ["*"]
    return Starlette(
        routes=[
            Route("/_newsroom/events", events),
            Route("/_newsroom/preview.js", script),
            Mount("/", Pages(settings, has_built)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)],
    )
