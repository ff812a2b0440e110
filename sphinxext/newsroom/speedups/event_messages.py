"""Do not make a debug message for each event if no handler takes it.

What: ``sphinx.events.logger``.

Why: Sphinx makes a record for each event that it emits, hands it to all handlers, and none takes it below ``-vv``.

Gain: 1 % of a build.

Not needed once Sphinx sets the level of its logger to that of its handlers, or asks before it makes the record.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sphinx.util.logging import SphinxLoggerAdapter

from sphinxext.newsroom.speedups.patch import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator


class EventLogger(SphinxLoggerAdapter):
    """Sphinx's logger of events, which asks the handlers of the moment before it makes a debug message."""

    def debug(self, msg: object, *args: Any, **kwargs: Any) -> None:
        """Log a message if any handler uses it.

        :param msg: the message.
        """
        if self.logger.filters or any(handler.level <= logging.DEBUG for handler in _handlers(self.logger)):
            super().debug(msg, *args, **kwargs)


def _handlers(logger: logging.Logger) -> Iterator[logging.Handler]:
    found: logging.Logger | None = logger
    while found is not None:
        yield from found.handlers
        found = found.parent if found.propagate else None


PATCH = Patch(
    name="debug messages of events",
    target="sphinx.events",
    attribute="logger",
    replace=lambda original: EventLogger(original.logger, original.extra),
    versions={"Sphinx": ">=8.2,<9.3"},
    is_original=lambda logger: type(logger) is SphinxLoggerAdapter and "debug" not in vars(logger),
)
