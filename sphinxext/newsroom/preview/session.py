"""The course of a live preview: what a changed file sets off.

A process that has built the site stays in memory, and renders the page of a changed document within a moment. These pages are
provisional: they are served from a separate folder. When no file has changed for a while, another process builds what has
changed, exactly as any build does, and takes over. Nothing that a build reads has been touched by the process before it, so the
output is that of ordinary builds, and after a change of ``conf.py`` or of an extension nothing is left in memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import time
from typing import TYPE_CHECKING, Any, Protocol

from sphinxext.newsroom.preview.changes import ChangeTracker
from sphinxext.newsroom.preview.problem_list import PreviewProblem, ProblemList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from sphinxext.newsroom.preview.settings import PreviewSettings

SOON, QUIET, LONGEST = 0.1, 1.0, 30.0
"""Seconds without a change before a build: if it is waited for, if the page is already shown, and at most."""
AFTERWARDS = 0.5
"""Seconds after a build in which changes of files may still be reported that it has written."""
FEW = 5
"""How many changed documents are rendered at once; more are left to the build."""


class Worker(Protocol):
    """A process that builds."""

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request, and return the answer; that of a process that has ended says so."""

    async def stop(self) -> None:
        """End the process."""


class Session:
    """A preview from start to end."""

    def __init__(
        self,
        settings: PreviewSettings,
        *,
        start_worker: Callable[[], Awaitable[Worker]],
        send: Callable[[dict[str, Any]], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin without any process.

        :param settings: what is previewed.
        :param start_worker: starts a process.
        :param send: sends an event to browsers.
        :param say: shows a message on the terminal.
        """
        self._settings, self._start_worker, self._send, self._say = settings, start_worker, send, say
        self.problems = ProblemList()
        self.watched: dict[str, list[str]] = {"folders": [], "files": []}
        self.on_watched: Callable[[], None] = lambda: None
        """Called when other files have to be watched."""
        self.has_built = False
        self._tracker = ChangeTracker(say)
        self._warm: Worker | None = None
        self._standby: asyncio.Task[Worker] | None = None
        self._rendering = asyncio.Lock()
        self._due = asyncio.Event()
        self._causes: set[str] = set()
        self._during: set[str] = set()
        self._is_building = False
        self._finished = self._last_change = 0.0
        self._delay, self._seconds = SOON, 0.0

    # -- Changes

    async def change(self, paths: Sequence[str]) -> None:
        """Show what has changed, and have it built.

        :param paths: absolute paths of files that were written or removed.
        """
        may_be_build = self._is_building or time.monotonic() - self._finished < AFTERWARDS
        changed = self._tracker.changed(paths, is_building=may_be_build)
        if not changed:
            return
        if any(path.endswith(".py") for path in changed):
            await self._drop_standby()
        is_shown = await self._render(changed)
        self._last_change = time.monotonic()
        self._delay = min(max(QUIET, self._seconds), LONGEST) if is_shown else SOON
        if self._is_building:
            self._during |= set(changed)
        else:
            self._causes |= set(changed)
            self._due.set()

    async def _render(self, paths: Sequence[str]) -> bool:
        """Render documents in the process that has them in memory, and return whether all are shown."""
        async with self._rendering:
            if self._warm is None or len(paths) > FEW:
                return False
            answer = await self._warm.ask({"do": "render", "paths": list(paths)})
            if answer["event"] == "ended":
                self._warm = None
        if answer["event"] != "rendered":
            return False
        self._send({"type": "changed", "urls": answer["urls"], "open": answer["urls"][-1], "assets": False})
        return True

    # -- Builds

    async def run(self) -> None:
        """Build, and build again whenever something has changed."""
        self._due.set()
        while True:
            await self._due.wait()
            await self._wait_until_quiet()
            self._due.clear()
            await self.build()

    async def _wait_until_quiet(self) -> None:
        while (remaining := self._last_change + self._delay - time.monotonic()) > 0:  # noqa: ASYNC110 - changes postpone it
            await asyncio.sleep(remaining)

    async def build(self) -> None:
        """Build once, in a fresh process, which takes over."""
        causes, self._causes, self._during = self._causes, set(), set()
        self._is_building = True
        self._send({"type": "building"})
        try:
            worker = await self._next_worker()
            answer = await worker.ask({"do": "build", "settings": self._settings.as_dict()})
        finally:
            self._is_building = False
            self._finished = time.monotonic()
        if answer["event"] == "built":
            await self._take_over(worker, answer)
        else:
            await worker.stop()
            self.problems.error = answer.get("error") or "the process that builds has ended"
            self._say(f"the build failed: {self.problems.error}")
        self._watch(answer.get("watched"))
        self._send(self.state())
        if again := self._tracker.finished(self._during, causes=causes):
            self._causes |= set(again)
            self._due.set()
        if self._standby is None:
            self._standby = asyncio.create_task(self._start())

    async def _take_over(self, worker: Worker, answer: dict[str, Any]) -> None:
        async with self._rendering:
            before, self._warm = self._warm, worker
            if before is not None:
                await before.stop()
            urls = self._without_same_pages(set(answer["written"]))
        self._seconds = answer["seconds"]
        found = [PreviewProblem(**problem) for problem in answer["problems"]]
        new = self.problems.update(found, read=frozenset(answer["read"]), complete="newsroom.")
        for problem in new:
            self._say(str(problem))
        known = len(self.problems.problems) - len(new)
        self._say(
            f"built in {self._seconds:.1f} s: {len(answer['written'])} pages written"
            + (f", {known} problems as before" if known else "")
        )
        if urls or answer["assets"] or not self.has_built:
            everything = answer["assets"] or not self.has_built
            self._send({"type": "changed", "urls": sorted(urls), "open": None, "assets": everything})
        self.has_built = True

    def _without_same_pages(self, urls: set[str]) -> set[str]:
        """Remove the provisional pages, and return the URLs without those at which readers see the same as before."""
        provisional, pages = self._settings.provisional, self._settings.pages
        for page in provisional.rglob("*.html") if provisional.is_dir() else ():
            path = page.relative_to(provisional)
            url = path.as_posix().removesuffix("index.html")
            built = pages / path
            is_same = built.is_file() and built.read_bytes() == page.read_bytes()
            urls = urls - {url} if is_same else urls | {url}
        if not self._during:
            shutil.rmtree(provisional, ignore_errors=True)
        return urls

    def _watch(self, watched: dict[str, list[str]] | None) -> None:
        if watched is not None and watched != self.watched:
            self.watched = watched
            self.on_watched()

    def state(self) -> dict[str, Any]:
        """Return what the bar on each page shows."""
        problems = [problem._asdict() for problem in self.problems.problems]
        return {"type": "state", "problems": problems, "error": self.problems.error, "building": self._is_building}

    # -- Processes

    async def _start(self) -> Worker:
        return await self._start_worker()

    async def _next_worker(self) -> Worker:
        """Return a process that has loaded what every build needs, but nothing of the site."""
        task, self._standby = self._standby, None
        return await (task or self._start())

    async def _drop_standby(self) -> None:
        if self._standby is not None:
            task, self._standby = self._standby, None
            await (await task).stop()

    async def stop(self) -> None:
        """End all processes."""
        with contextlib.suppress(Exception):
            await self._drop_standby()
        if self._warm is not None:
            await self._warm.stop()
