"""Share ABlog's blog object, a singleton of the process, while an application writes.

ABlog stores the attributes of its ``Blog`` in a dictionary of the class, filled by the first application that uses it. Here
each application has a separate blog, and that dictionary is restored afterwards.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import ablog.blog
from ablog.blog import Blog as AblogBlog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sphinx.application import Sphinx


class SeparateBlog(AblogBlog):  # type: ignore[misc]
    """An ABlog blog with its own attributes."""

    def __init__(self, app: Sphinx) -> None:
        self._init(app)


class _Pending(dict[str, Any]):
    """The options of the shared blog; accessing any of them sets all attributes first."""

    def __init__(self, make: Callable[[], AblogBlog]) -> None:
        super().__init__()
        self._make = make
        self.has_ended = False

    def __missing__(self, name: str) -> Any:
        # Blog.__getattr__ looks here for every attribute that is not there yet.
        attributes = vars(self._make())
        if AblogBlog._dict.get("config") is self:
            AblogBlog._dict.update({**attributes, "config": self})
            self.update(attributes["config"])
        return attributes[name] if name in attributes else attributes["config"][name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return an option."""
        try:
            return self[name]
        except KeyError:
            return default


def share_blog(make: Callable[[], AblogBlog]) -> Callable[[], None]:
    """Let ``ablog.blog.Blog`` be the blog of an application; return what restores what it was before.

    :param make: returns the blog; called on first use.
    """
    state = AblogBlog._dict
    before, pending = dict(state), _Pending(make)
    state.clear()
    state["config"] = pending

    def restore() -> None:
        pending.has_ended = True
        if state.get("config") is pending:
            state.clear()
            if not getattr(before.get("config"), "has_ended", False):
                state.update(before)

    return restore


@contextmanager
def blog_while_reading(app: Sphinx, **options: Any) -> Iterator[None]:
    """Let ``ablog.blog.Blog`` be an empty blog with the options of an application, while ABlog reads a document.

    :param app: the application.
    :param options: options that differ.
    """
    state = AblogBlog._dict
    before = dict(state)
    state.clear()
    try:
        AblogBlog(app).config.update(options)
        yield
    finally:
        state.clear()
        state.update(before)


@contextmanager
def today(now: datetime) -> Iterator[None]:
    """Let ABlog, which reads the date when it is imported, take a time for the present.

    :param now: the time, without zone.
    """
    before = ablog.blog.TOMORROW
    ablog.blog.TOMORROW = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    try:
        yield
    finally:
        ablog.blog.TOMORROW = before
