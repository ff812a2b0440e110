"""``newsroom preview``: a changed page is there at once, the output equals a clean build, nothing ends the server."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from sphinxext.newsroom.preview.processes import WorkerProcess
from sphinxext.newsroom.preview.session import Session
from sphinxext.newsroom.preview.settings import PreviewSettings
from tests.conftest import post

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONF = "extensions = ['myst_parser', 'sphinxext.newsroom']\nhtml_theme = 'basic'\n"
FILES = {
    "conf.py": CONF,
    "index.md": "# Home\n\n```{toctree}\nblog/index\nguide\n```\n",
    "guide.md": "# Guide\n\nText.\n",
    "blog/posts/a.md": post("# A\n\nText."),
    "blog/posts/b.md": post("# B\n\nSee [](a.md).", draft=True, tags=["one"]),
}


def write(source: Path, files: dict[str, str | None]) -> list[str]:
    """Write files, and return their paths; None deletes one."""
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).unlink() if text is None else (source / name).write_text(text)
    return [str(source / name) for name in files]


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".buildinfo")
    }


def test_after_any_edit_the_page_is_shown_and_the_output_equals_a_clean_build(tmp_path, environment):
    settings = PreviewSettings(source=tmp_path / "src", confdir=tmp_path / "src", output=tmp_path / "out")
    write(settings.source, dict(FILES))
    sent: list[dict[str, Any]] = []
    said: list[str] = []
    page = settings.provisional / "blog/2024/06/18/a/index.html"

    async def run() -> None:
        session = Session(settings, start_worker=WorkerProcess.start, send=sent.append, say=said.append)
        try:
            await session.build()
            assert "draft" in (settings.pages / "blog/2024/06/18/b/index.html").read_text().casefold()
            await session.change(write(settings.source, {"blog/posts/a.md": post("# A\n\nOther text.")}))
            shown = page.read_bytes()
            assert b"Other text." in shown
            await session.build()
            assert page.exists() is False
            assert (settings.pages / page.relative_to(settings.provisional)).read_bytes() == shown
            await session.change(
                write(settings.source, {"blog/posts/a.md": post("# Another title\n\nText.", slug="a")})
            )
            assert b"Another title" in page.read_bytes()
            # A separate page, a draft, and conf.py: left to the build.
            await session.change(
                write(
                    settings.source, {"blog/posts/c.md": post("# C\n\nText."), "guide.md": None, "conf.py": CONF + "#"}
                )
            )
            await session.build()
        finally:
            await session.stop()

    asyncio.run(run())
    # In a new process, as the preview's last build was.
    clean = tmp_path / "clean"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        "dirhtml",
        "-t",
        "drafts",
        "-d",
        str(tmp_path / "doctrees"),
        str(settings.source),
        str(clean),
    ]
    subprocess.run(command, check=True)
    assert files_of(settings.pages) == files_of(clean)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_server_goes_on_through_mistakes_and_ends_with_130(tmp_path, environment):
    source = tmp_path / "src"
    write(source, dict(FILES))
    command = [sys.executable, "-m", "sphinxext.newsroom", "preview", "--no-open", "--port", "0", "-s", str(source)]
    log = tmp_path / "log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            command, stderr=stream, env={**os.environ, "NEWSROOM_CACHE_DIR": str(tmp_path / "cache")}
        )
    try:
        wait_for(lambda: "built in" in log.read_text())
        [url] = re.findall(r"http://127\.0\.0\.1:\d+/", log.read_text())
        write(source, {"blog/posts/a.md": post("# A\n\nNew words.", date="no date")})
        wait_for(lambda: "newsroom.date" in log.read_text())
        write(source, {"conf.py": CONF + "1 / 0\n"})
        wait_for(lambda: "the build failed" in log.read_text())
        assert b"preview.js" in fetch(f"{url}guide/")
        with pytest.raises(HTTPError, match="400"):
            fetch(url, "attacker.example")
        before = log.read_text().count("built in")
        write(source, {"conf.py": CONF, "guide.md": "# Guide\n\nRepaired.\n"})
        wait_for(lambda: log.read_text().count("built in") > before)
        assert b"Repaired." in fetch(f"{url}guide/")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
    assert "Traceback" not in log.read_text()
    assert {file.name for file in source.iterdir()} == {"conf.py", "index.md", "guide.md", "blog"}


def fetch(url: str, host: str = "") -> bytes:
    request = Request(url, headers={"Host": host} if host else {})  # noqa: S310 - our own server
    with urlopen(request) as response:  # noqa: S310
        return bytes(response.read())


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
