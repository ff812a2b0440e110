"""A door to Sphinx: do not make messages for debugging that nobody will see.

Sphinx makes a message for each event, even where no such message is shown, and throws it away at the end of its way. That
takes more than one per cent of a build. With ``-vv`` they are made, and shown.
"""

from __future__ import annotations

import logging

from sphinx.util.logging import NAMESPACE


def make_no_messages_in_vain() -> None:
    """Have Sphinx make only messages that one of those who show or keep them wants."""
    logger = logging.getLogger(NAMESPACE)
    if logger.handlers:
        logger.setLevel(max(logger.level, min(handler.level for handler in logger.handlers)))
