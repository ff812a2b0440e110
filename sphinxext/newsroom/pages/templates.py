"""Custom templates of posts and lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Material for MkDocs' names of the usual templates.
USUAL = frozenset({"", "blog-post.html", "blog.html"})
PAGE = re.compile(r"newsroom/(?!(?:head|redirect)\.html)[^/]+\.html")


def page_templates(app: Sphinx) -> frozenset[str]:
    """Return the templates for pages of the blog: our own, and those that the site has beside them.

    :param app: the application.
    """
    names = {name for loader in html_builder(app).templates.loaders for name in loader.list_templates()}
    return frozenset(name for name in names if PAGE.fullmatch(name))
