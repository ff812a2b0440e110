"""Run a live preview: watch files, serve pages, and end everything in order."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from watchfiles import DefaultFilter, awatch

from sphinxext.newsroom.preview.processes import WorkerProcess
from sphinxext.newsroom.preview.server import Browsers, make_server
from sphinxext.newsroom.preview.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from watchfiles import Change

    from sphinxext.newsroom.preview.settings import PreviewSettings

_DEBOUNCE, _STEP = 400, 30
"""Milliseconds that changes are collected for at most, and without another one."""
_GRACE = 1
_OVERLAP = 0.2


class SourceFilter(DefaultFilter):
    """Lets the changes through that a build may depend on."""

    def __init__(self, output: Path, watched: dict[str, list[str]]) -> None:
        """Keep the paths.

        :param output: the folder of the preview.
        :param watched: folders, files, and what in the folders is ignored.
        """
        super().__init__()
        self._files = frozenset(watched["files"])
        self._folders = [Path(folder) for folder in watched["folders"]]
        self._without = [output, *map(Path, watched.get("ignored", ()))]

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change matters."""
        if path in self._files:
            return True
        file = Path(path)
        if any(file.is_relative_to(folder) for folder in self._without):
            return False
        return any(file.is_relative_to(folder) for folder in self._folders) and super().__call__(change, path)


class _Server(uvicorn.Server):
    """A server that ends without another signal, and lets waiting browsers go."""

    def __init__(self, config: uvicorn.Config, browsers: Browsers) -> None:
        super().__init__(config)
        self._browsers = browsers
        self.is_interrupted = False

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while the server runs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """End the server."""
        self.is_interrupted = True
        self._browsers.close()
        super().handle_exit(sig, frame)


class BindError(Exception):
    """The server cannot listen on a host and port."""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to a host and port.

    :param host: the IP number or name.
    :param port: the port, 0 for any.
    :raises BindError: when the port is in use, or the host is not this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        message = f"{host}:{port} cannot be used ({getattr(error, 'strerror', None) or error}); choose another --port"
        raise BindError(message) from error
    return listening


def run(settings: PreviewSettings, listening: socket.socket, *, opens: bool, say: Callable[[str], None]) -> None:
    """Serve a preview until it is interrupted.

    :param settings: what is previewed.
    :param listening: the socket of the server.
    :param opens: whether a browser is opened, and goes to pages that have changed.
    :param say: shows a message.
    :raises KeyboardInterrupt: at the end.
    """
    asyncio.run(_run(settings, listening, opens=opens, say=say))


async def _run(settings: PreviewSettings, listening: socket.socket, *, opens: bool, say: Callable[[str], None]) -> None:
    browsers = Browsers(follows=opens)
    session = Session(settings, start_worker=WorkerProcess.start, send=browsers.send, say=say)
    session.watched = {"folders": [str(settings.source)], "files": [str(settings.confdir / "conf.py")]}
    host, port = listening.getsockname()[:2]
    app = make_server(settings, browsers, state=session.state, has_built=lambda: session.has_built, host=host)
    config = uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=_GRACE
    )
    server = _Server(config, browsers)
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    say(f"serving {settings.source} at {url} (Ctrl+C ends it)")
    if opens:
        asyncio.get_running_loop().call_later(
            _GRACE, lambda: asyncio.ensure_future(asyncio.to_thread(webbrowser.open, url))
        )
    tasks = [asyncio.create_task(session.run()), asyncio.create_task(_watch(session, settings))]
    for task in tasks:
        task.add_done_callback(lambda _task: setattr(server, "should_exit", True))
    try:
        await server.serve(sockets=[listening])
    finally:
        failed = [task.exception() for task in tasks if task.done() and not task.cancelled()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await session.stop()
    for error in failed:
        if error is not None:
            raise error
    if server.is_interrupted:
        raise KeyboardInterrupt


async def _watch(session: Session, settings: PreviewSettings) -> None:
    """Tell the session about changes, for ever."""
    before = asyncio.Event()
    while True:
        changed, stop = asyncio.Event(), asyncio.Event()
        session.on_watched = changed.set
        accepts = SourceFilter(settings.output, session.watched)
        folders, parents = _watched_folders(session.watched)
        watchers = [asyncio.create_task(_watch_paths(session, folders, accepts, stop, recursive=True))]
        if parents:
            watchers.append(asyncio.create_task(_watch_paths(session, parents, accepts, stop, recursive=False)))
        # Those before end once these have begun, so that no change is missed.
        await asyncio.sleep(_OVERLAP)
        before.set()
        before = stop
        waiting = asyncio.create_task(changed.wait())
        try:
            done, _pending = await asyncio.wait([waiting, *watchers], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            for task in watchers:
                task.cancel()
            raise
        finally:
            waiting.cancel()
        for ended in done - {waiting}:
            ended.result()


def _watched_folders(watched: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Return the folders that are watched with all that is in them, and those in which only single files are."""
    folders = [folder for folder in watched["folders"] if Path(folder).is_dir()]
    # Editors replace files, so their folders are watched.
    parents = {Path(file).parent for file in watched["files"]}
    outside = [
        parent for parent in parents if parent.is_dir() and not any(parent.is_relative_to(folder) for folder in folders)
    ]
    return folders, sorted(map(str, outside))


async def _watch_paths(
    session: Session, paths: Sequence[str], accepts: SourceFilter, stop: asyncio.Event, *, recursive: bool
) -> None:
    changes = awatch(
        *paths,
        watch_filter=accepts,
        debounce=_DEBOUNCE,
        step=_STEP,
        stop_event=stop,
        recursive=recursive,
        ignore_permission_denied=True,
    )
    async for found in changes:
        await session.change([path for _change, path in found])
