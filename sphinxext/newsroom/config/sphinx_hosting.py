"""Apply the base URL detected from the hosting service if no option sets it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.config.base_url import detect_base_url, read_default_branch

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

CNAME = "CNAME"
"""The file in which a site on GitHub Pages names its domain."""
LONGEST_DOMAIN = 253


def find_base_url(app: Sphinx, config: Config) -> str:
    """Return the URL of the site, ending in ``/``; empty where it is not known, and for previews.

    :param app: the application.
    :param config: the configuration.
    """
    return detect_base_url(
        os.environ, domain=_custom_domain(app, config), default_branch=read_default_branch(os.environ)
    )


def _custom_domain(app: Sphinx, config: Config) -> str:
    """Return the domain that a file names which is copied to the root of the site."""
    for entry in config.html_extra_path:
        place = Path(app.confdir) / entry
        file = place if place.name == CNAME else place / CNAME
        if file.is_file():
            with file.open(encoding="utf-8", errors="replace") as content:
                return str(content.read(LONGEST_DOMAIN + 1)).strip()
    return ""
