"""A door to Python: have it look for garbage less often while a build runs.

A build reads many objects that stay until its end, and documents are trees whose nodes know their parents. Python looks
through all of them again and again for what nobody needs any more, and finds little: after an edit that takes about a tenth
of the build. What is not looked for so often needs a few megabytes.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RARELY = (10_000, 10, 30)
"""Objects that are made before the young ones are looked through, how often before the older ones, and before all."""
LAST = 1000


def look_for_garbage_rarely(app: Sphinx) -> None:
    """Have Python look for garbage less often until the build of an application is finished.

    :param app: the application.
    """
    before = gc.get_threshold()
    if not 0 < before[0] < RARELY[0]:
        return  # somebody has chosen other values, or to do without
    gc.set_threshold(*RARELY)
    app.connect("build-finished", lambda *_: _look_as_before(before), priority=LAST)


def _look_as_before(thresholds: tuple[int, int, int]) -> None:
    if not gc.get_freeze_count():
        # Nothing stays frozen, but counting starts anew: else all would be looked through now, as the process ends.
        gc.freeze()
        gc.unfreeze()
    gc.set_threshold(*thresholds)
