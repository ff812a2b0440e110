"""A door to docutils: do not look for its stylesheet again for every page, title and table of contents.

docutils' writer looks for the file of a stylesheet that no page of Sphinx's shows, each time that anything is written as
HTML, which takes more than one per cent of a build. What is found the first time is not looked for again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.utils import get_stylesheet_list

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils.frontend import Values
    from sphinx.builders import Builder


def find_stylesheets_once(builder: Builder) -> None:
    """Have a builder look for stylesheets once, before it writes anything.

    :param builder: the builder; it makes pages.
    """
    prepare = builder.prepare_writing

    def prepare_writing(docnames: AbstractSet[str]) -> None:
        prepare(docnames)
        for name in ("docsettings", "_settings"):  # of documents, and of parts of them
            _settle(getattr(builder, name, None))

    builder.prepare_writing = prepare_writing  # type: ignore[method-assign]


def _settle(settings: Values | None) -> None:
    """Name the stylesheets by where they are."""
    path: Any = getattr(settings, "stylesheet_path", None)
    if settings is not None and path:
        settings.stylesheet_path = get_stylesheet_list(settings)
