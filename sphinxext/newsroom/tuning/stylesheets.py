"""Resolve docutils' style sheet once instead of for every page, title and table of contents.

docutils' writer locates the file whenever something is written as HTML, but no page of Sphinx uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.utils import get_stylesheet_list

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils.frontend import Values
    from sphinx.builders import Builder


def find_stylesheets_once(builder: Builder) -> None:
    """Resolve the style sheet before the first page is written.

    :param builder: the builder; it writes HTML.
    """
    prepare = builder.prepare_writing

    def prepare_writing(docnames: AbstractSet[str]) -> None:
        prepare(docnames)
        for name in ("docsettings", "_settings"):  # of documents, and of fragments
            _resolve(getattr(builder, name, None))

    builder.prepare_writing = prepare_writing  # type: ignore[method-assign]


def _resolve(settings: Values | None) -> None:
    path: Any = getattr(settings, "stylesheet_path", None)
    if settings is not None and path:
        settings.stylesheet_path = get_stylesheet_list(settings)
