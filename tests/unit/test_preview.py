"""A live preview without Sphinx: which changes count, what is reported, who builds, and what is served."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from watchfiles import Change

from sphinxext.newsroom.cli.commands import preview_command
from sphinxext.newsroom.cli.errors import CommandError, ExitCode
from sphinxext.newsroom.preview import run
from sphinxext.newsroom.preview.changes import ChangeTracker
from sphinxext.newsroom.preview.problem_list import PreviewProblem, ProblemList
from sphinxext.newsroom.preview.run import BindError, SourceFilter, bind
from sphinxext.newsroom.preview.server import SCRIPT, Browsers, Pages
from sphinxext.newsroom.preview.session import Session
from sphinxext.newsroom.preview.settings import PreviewSettings

NO_ANSWER: dict[str, Any] = {"written": [], "assets": False, "problems": [], "read": [], "seconds": 0.0}


@pytest.fixture
def settings(tmp_path):
    for name in ("src", "out"):
        (tmp_path / name).mkdir()
    return PreviewSettings(source=tmp_path / "src", confdir=tmp_path / "src", output=tmp_path / "out")


def problem(path: str, message: str, code: str = "newsroom.date") -> dict[str, Any]:
    return {"path": path, "line": 1, "message": message, "code": code, "severity": "warning"}


def test_settings_reach_a_process_as_plain_data(settings):
    assert PreviewSettings.from_dict(settings.as_dict()) == settings
    windows = settings.as_dict() | {"source": str(PureWindowsPath(r"C:\Users\docs"))}
    assert str(PreviewSettings.from_dict(windows).source) == r"C:\Users\docs"


class TestChanges:
    def test_files_with_the_same_content_have_not_changed(self, tmp_path):
        tracker = ChangeTracker(lambda _text: None)
        file = tmp_path / "a.md"
        file.write_text("one")
        assert tracker.changed([str(file)], is_building=False) == [str(file)]
        os.utime(file, (1, 1))
        assert tracker.changed([str(file)], is_building=False) == []
        file.unlink()
        assert tracker.changed([str(file)], is_building=False) == [str(file)]

    def test_a_file_that_each_build_writes_does_not_cause_builds_for_ever(self, tmp_path):
        said: list[str] = []
        tracker = ChangeTracker(said.append)
        file, causes, builds = tmp_path / "generated.md", [str(tmp_path / "a.md")], 0
        while causes:
            builds += 1
            file.write_text(f"build {builds}")
            causes = tracker.finished(tracker.changed([str(file)], is_building=True), causes=causes)
        assert builds == 4
        assert len(said) == 1
        file.write_text("edited")
        assert tracker.changed([str(file)], is_building=False) == [str(file)]

    def test_only_files_that_a_build_depends_on_are_watched(self, tmp_path):
        watched = {"folders": [str(tmp_path)], "files": ["/else/conf.py"], "ignored": [str(tmp_path / "_build")]}
        accepts = SourceFilter(tmp_path / "cache", watched)
        names = ("a.md", ".meta.yml", "_build/a.html", "cache/pages/a.html", ".git/index", "a.md~", "__pycache__/b.pyc")
        found = [name for name in names if accepts(Change.modified, str(tmp_path / name))]
        assert found == ["a.md", ".meta.yml"]
        assert accepts(Change.modified, "/else/conf.py")
        assert not accepts(Change.modified, "/else/other.py")


def test_only_new_problems_are_reported_and_solved_ones_are_gone():
    known = ProblemList()
    ours, other = PreviewProblem(**problem("a.md", "Ours")), PreviewProblem(**problem("b.md", "Sphinx's", "ref.doc"))
    assert known.update([ours, other], read=["a.md", "b.md"], complete="newsroom.") == [ours, other]
    # Sphinx repeats the problems of documents that it reads again, the blog repeats all.
    assert known.update([ours], read=["a.md"], complete="newsroom.") == []
    assert known.problems == [ours, other]
    assert known.update([], read=["b.md"], complete="newsroom.") == []
    assert known.problems == []
    assert str(ours) == "a.md:1: warning: Ours [newsroom.date]"


class FakeWorker:
    """A process that gives prepared answers."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers, self.requests, self.is_stopped = [*answers], list[dict[str, Any]](), False

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        self.requests.append(request)
        return self.answers.pop(0)

    async def stop(self) -> None:
        self.is_stopped = True


def make_session(
    settings: PreviewSettings, workers: list[FakeWorker]
) -> tuple[Session, list[dict[str, Any]], list[str]]:
    sent: list[dict[str, Any]] = []
    said: list[str] = []
    remaining = iter(workers)

    async def start() -> FakeWorker:
        return next(remaining)

    return Session(settings, start_worker=start, send=sent.append, say=said.append), sent, said


def test_a_changed_document_is_rendered_at_once_and_the_next_process_takes_over(settings):
    built = {"event": "built", **NO_ANSWER, "written": ["a/"]}
    first = FakeWorker(built, {"event": "rendered", "urls": ["a/"]})
    second = FakeWorker(built | {"problems": [problem("a.md", "New")]})
    session, sent, said = make_session(settings, [first, second, FakeWorker()])
    file = settings.source / "a.md"
    file.write_text("text")

    async def edit() -> None:
        await session.build()
        await session.change([str(file)])
        for folder in (settings.provisional, settings.pages):
            (folder / "a").mkdir(parents=True)
            (folder / "a/index.html").write_text("same")
        await session.build()
        await session.stop()

    asyncio.run(edit())
    assert [request["do"] for request in first.requests] == ["build", "render"]
    assert first.is_stopped
    assert second.is_stopped
    changed = [event for event in sent if event["type"] == "changed"]
    # The page is what readers see already, so they do not load it again.
    assert [(event["urls"], event["open"], event["assets"]) for event in changed] == [
        (["a/"], None, True),
        (["a/"], "a/", False),
    ]
    assert not settings.provisional.exists()
    assert said[1] == "a.md:1: warning: New [newsroom.date]"
    assert sent[-1]["problems"] == [problem("a.md", "New")]


def test_a_failed_build_leaves_the_process_before_it_in_place(settings):
    first = FakeWorker({"event": "built", **NO_ANSWER}, {"event": "declined"})
    second = FakeWorker({"event": "failed", "error": "conf.py: no"})
    third = FakeWorker({"event": "ended", "error": "ended with code -9"})
    session, sent, said = make_session(settings, [first, second, third, FakeWorker()])
    (settings.source / "conf.py").write_text("")

    async def edit() -> None:
        await session.build()
        await session.build()
        assert sent[-1]["error"] == "conf.py: no"
        await session.change([str(settings.source / "a.md")])
        await session.build()

    asyncio.run(edit())
    assert (first.is_stopped, second.is_stopped, third.is_stopped) == (False, True, True)
    assert said[-1] == "the build failed: ended with code -9"


class TestServer:
    @pytest.fixture
    def get(self, settings):
        pages = Pages(settings, lambda: True)

        def respond(path: str) -> bytes:
            scope = {"type": "http", "method": "GET", "path": f"/{path}", "headers": []}
            return bytes(asyncio.run(pages.get_response(path, scope)).body)

        return respond

    def test_provisional_pages_come_before_built_ones_and_have_the_script(self, settings, get):
        for folder, text in ((settings.pages, "<body>built</body>"), (settings.provisional, "<p>provisional")):
            (folder / "a").mkdir(parents=True)
            (folder / "a/index.html").write_text(text)
        assert get("a/index.html") == b"<p>provisional" + SCRIPT
        (settings.provisional / "a/index.html").unlink()
        assert get("a/index.html") == b"<body>built" + SCRIPT + b"</body>"

    def test_files_outside_of_the_output_are_not_served(self, settings, get):
        settings.pages.mkdir()
        (settings.output / "secret.html").write_text("secret")
        with pytest.raises(Exception, match="404"):
            get("../secret.html")

    def test_browsers_get_the_state_and_then_events_until_the_end(self):
        async def receive() -> list[str]:
            browsers = Browsers(follows=True)
            found = []
            async for text in browsers.events({"type": "state", "problems": [{"message": "<b>"}]}):
                found.append(text)
                if len(found) == 2:
                    browsers.send({"type": "changed", "urls": []})
                if len(found) == 3:
                    browsers.close()
            return found

        hello, state, changed = asyncio.run(receive())
        assert '"hello"' in hello
        assert '"message": "<b>"' in state  # the script shows it as text
        assert '"follow": true' in changed
        script = Path(run.__file__).with_name("preview.js").read_text()
        assert "item.textContent = line" in script


class TestCommand:
    def test_missing_packages_are_named_with_the_command_that_installs_them(self, monkeypatch):
        monkeypatch.setattr(preview_command, "NEEDED", ("watchfiles", "no_such_package"))
        with pytest.raises(CommandError, match=r"needs no_such_package: .*'sphinxext-newsroom\[preview\]'") as error:
            preview_command._check_packages()
        assert error.value.code is ExitCode.FAILED

    def test_a_port_in_use_is_said(self):
        with socket.socket() as used:
            used.bind(("127.0.0.1", 0))
            used.listen()
            with pytest.raises(BindError, match="choose another --port"):
                bind("127.0.0.1", used.getsockname()[1])
