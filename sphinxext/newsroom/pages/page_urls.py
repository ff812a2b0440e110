"""Absolute URLs of pages, if the base URL is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.utils.urls import absolute_url

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PageUrls:
    """Gives full URLs."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare for an application."""
        self._app = app
        self._of_pages: dict[str, str] = {}

    def absolute(self, path: str) -> str:
        """Return the full URL of a path, empty when the base URL is not known.

        :param path: a path from the root of the site, or a URL, which is returned as it is.
        """
        if is_url(path):
            return path
        return absolute_url(base_url(self._app.config), path)

    def of_page(self, pagename: str) -> str:
        """Return the full URL of a page, empty when the base URL is not known."""
        if pagename not in self._of_pages:
            # Builders that make folders give the home page an empty URI.
            uri = self._app.builder.get_target_uri(pagename) or "./" if pagename else ""
            self._of_pages[pagename] = self.absolute(uri)
        return self._of_pages[pagename]
