"""Debug messages of events are made where a handler takes them."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from sphinx import events

from sphinxext.newsroom.speedups import event_messages
from tests.conftest import DEFAULTS, WITH_SPEEDUPS, post


@pytest.mark.parametrize(
    ("option", "shown"), [("-q", (False, False)), ("-N", (True, False)), ("-v", (True, False)), ("-vv", (True, True))]
)
def test_what_is_shown(site, option, shown):
    conf = "\n".join(f"{name} = {value!r}" for name, value in {**DEFAULTS, "extensions": WITH_SPEEDUPS}.items())
    made = site({"conf.py": conf, "blog/posts/a.md": post(date="never")})
    command = [sys.executable, "-m", "sphinx", option, str(made.folder / "src"), str(made.folder / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ("build succeeded" in done.stdout, "emitting event: 'env-updated'" in done.stdout) == shown
    assert "never" in done.stderr


class Recorder(logging.Handler):
    """Keeps the names and callers of records."""

    def __init__(self, level):
        super().__init__(level)
        self.kept = []

    def emit(self, record):
        self.kept.append((record.name, record.levelno, record.pathname, record.getMessage()))


@pytest.fixture
def quiet():
    """Return a logger like that of events, of which nobody takes debug messages, and the same with the patch."""
    logger = logging.getLogger("sphinx.tests.events")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    adapter = type(events.logger)(logger, {})
    yield adapter, event_messages.PATCH.replace(adapter)
    logger.handlers.clear()
    logger.filters.clear()


@pytest.fixture(autouse=True)
def debug_messages():
    """Have debug messages, which the tests leave out."""
    logging.disable(logging.NOTSET)
    yield
    logging.disable(logging.DEBUG)


@pytest.mark.parametrize("level", [logging.NOTSET, logging.DEBUG, logging.INFO])
def test_a_handler_gets_the_same_messages(quiet, level):
    kept = []
    for adapter in quiet:
        handler = Recorder(level)
        adapter.logger.addHandler(handler)
        adapter.debug("emitting %s", "event")
        adapter.info("information")
        adapter.logger.removeHandler(handler)
        kept.append(handler.kept)
    assert kept[0] == kept[1]
    assert len(kept[0]) == 1 + (level <= logging.DEBUG)


def test_no_record_is_made_that_no_handler_takes(quiet, monkeypatch):
    _plain, patched = quiet
    monkeypatch.setattr(patched.logger, "handlers", [Recorder(logging.INFO)])  # without those of pytest
    monkeypatch.setattr(patched.logger, "makeRecord", lambda *_, **__: pytest.fail("a record is made"))
    patched.debug("emitting %s", "event")


def test_a_filter_of_the_logger_sees_every_message(quiet):
    _plain, patched = quiet
    seen = []

    def note(record):
        seen.append(record)
        return True

    patched.logger.addFilter(note)
    patched.debug("emitting %s", "event")
    assert len(seen) == 1
