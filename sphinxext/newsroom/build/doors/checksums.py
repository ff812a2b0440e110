"""A door to Sphinx: do not look on every page where its stylesheets and scripts are.

Their addresses end with checksums. Sphinx remembers these by file, but follows the path of each file through all folders
again for every page, which takes more than one per cent of a build.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sphinx.builders import html

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NAME = "_file_checksum"


def remember_checksums(app: Sphinx) -> None:
    """Have Sphinx work out the checksum of each file once in a build.

    :param app: the application.
    """
    original = getattr(html, _NAME, None)
    if original is None:
        return
    setattr(html, _NAME, cache(original))
    app.connect("build-finished", lambda *_: setattr(html, _NAME, original))
