"""Custom templates of posts and lists."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Material for MkDocs' names of the usual templates.
USUAL = frozenset({"", "blog-post.html", "blog.html"})
PAGE = re.compile(r"newsroom/(?!(?:head|redirect)\.html)[^/]+\.html")


class PageTemplates:
    """Knows the templates that posts and pages can ask for."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare for an application."""
        self._app = app

    @cached_property
    def names(self) -> frozenset[str]:
        """Our page templates, and those of the site."""
        names: set[str] = set()
        for loader in html_builder(self._app).templates.loaders:
            # A loader of another extension may not know all of its templates.
            with suppress(TypeError):
                names.update(loader.list_templates())
        return frozenset(name for name in names if PAGE.fullmatch(name))

    def choose(self, name: str, *, usual: str) -> str:
        """Return the template that a post or page asks for, or the usual one if there is none of that name.

        :param name: what its front matter says.
        """
        if name in USUAL:
            return usual
        return next((found for found in (name, f"newsroom/{name}") if found in self.names), usual)
