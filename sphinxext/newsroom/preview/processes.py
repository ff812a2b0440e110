"""Processes that build, and how they are spoken to: one line of JSON for each request and each answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from typing import Any

MODULE = "sphinxext.newsroom.preview.sphinx_worker"
_LIMIT = 1 << 28  # bytes of one answer: all pages of a large site


class WorkerProcess:
    """A process that runs :mod:`.sphinx_worker`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Take a process that has been started.

        :param process: the process.
        """
        self._process = process
        self._asking = asyncio.Lock()

    @classmethod
    async def start(cls) -> WorkerProcess:
        """Start a process."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", MODULE, stdin=pipe, stdout=pipe, limit=_LIMIT
        )
        return cls(process)

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request, and return the answer; that of a process that has ended says so.

        :param request: plain data.
        """
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            return {"event": "ended"}
        async with self._asking:
            try:
                writer.write(json.dumps(request).encode() + b"\n")
                await writer.drain()
                line = await reader.readline()
            except (ConnectionError, ValueError):
                line = b""
        if not line:
            code = await self._process.wait()
            return {"event": "ended", "error": f"the process that builds has ended with code {code}"}
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def stop(self) -> None:
        """End the process."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        await self._process.wait()
