"""The writer of an application's site."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext.newsroom.output.site_writer import SiteWriter


def get_site_writer(app: Sphinx) -> SiteWriter:
    """Return what writes the site of an application.

    :param app: the application, its builder made.
    """
    return cast("SiteWriter", build_state(app).output)
