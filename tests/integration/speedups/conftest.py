"""Speedups are tested in a process as Python starts it."""

from __future__ import annotations

import pytest

from tests.shared_work import as_python_starts


@pytest.fixture(autouse=True)
def new_process():
    """Share nothing of what makes the builds of other tests cheaper."""
    with as_python_starts():
        yield
