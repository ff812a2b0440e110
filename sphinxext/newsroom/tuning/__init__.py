"""Adjustments to objects that belong to one application: its builder and its Jinja environment.

Each avoids work that is repeated for every page, and changes nothing in the output. No class, module or other state of the
process is touched, so the blog uses them by default and ``sphinxext.newsroom.speedups`` does so for any site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from sphinxext.newsroom.tuning.formatters import cache_formatters
from sphinxext.newsroom.tuning.partial_documents import release_partial_documents
from sphinxext.newsroom.tuning.stylesheets import find_stylesheets_once
from sphinxext.newsroom.tuning.template_globals import read_globals_directly
from sphinxext.newsroom.tuning.theme_parts import skip_empty_checks

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TUNED = "_newsroom_is_tuned"


def connect_tuning(app: Sphinx) -> None:
    """Tune the builder of an application as soon as there is one.

    :param app: the application.
    """
    app.connect("builder-inited", tune_builder)


def tune_builder(app: Sphinx) -> None:
    """Tune the builder of an application, once, if it writes a website of one page per document.

    :param app: the application.
    """
    builder = app.builder
    if getattr(builder, _TUNED, False) or not isinstance(builder, StandaloneHTMLBuilder):
        return
    if builder.embedded or builder.name in {"singlehtml", "json", "pickle"}:
        return
    setattr(builder, _TUNED, True)
    cache_formatters(builder)
    find_stylesheets_once(builder)
    release_partial_documents(builder)
    if (environment := getattr(builder.templates, "environment", None)) is not None:
        read_globals_directly(environment)
        skip_empty_checks(app, builder)
