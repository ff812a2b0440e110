"""Messages for debugging are made where somebody sees them."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from sphinx.util.logging import NAMESPACE

from sphinxext.newsroom.build.doors.debugging import make_no_messages_in_vain
from tests.conftest import DEFAULTS, post


@pytest.mark.parametrize(
    ("option", "shown"), [("-q", (False, False)), ("-N", (True, False)), ("-v", (True, False)), ("-vv", (True, True))]
)
def test_what_is_shown(site, option, shown):
    conf = "\n".join(f"{name} = {value!r}" for name, value in DEFAULTS.items())
    made = site({"conf.py": conf, "blog/posts/a.md": post(date="never")})
    command = [sys.executable, "-m", "sphinx", option, str(made.folder / "src"), str(made.folder / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ("build succeeded" in done.stdout, "emitting event" in done.stdout) == shown
    assert "never" in done.stderr


def test_a_handler_that_keeps_everything_gets_everything():
    logger = logging.getLogger(NAMESPACE)
    level, handler = logger.level, logging.NullHandler(logging.DEBUG)
    logger.addHandler(handler)
    try:
        logger.setLevel(logging.DEBUG)
        make_no_messages_in_vain()
        assert logger.level == logging.DEBUG
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
