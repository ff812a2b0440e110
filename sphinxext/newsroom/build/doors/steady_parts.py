"""A door to pydata-sphinx-theme: do not try out on every page what is the same on every page.

The theme renders each part of its header, footer and columns once to see whether it is empty, and once more to show it,
which takes about a twentieth of a build. Its option ``templates_skip_empty_check`` names parts that need no trial. Those
of its own parts that show the same everywhere are added to it, once the first page has shown that they are not empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.build.builders import html_builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_EARLY, _LATE = 400, 900  # the theme's listeners have 500
THEME = "pydata_sphinx_theme"
OPTION = "theme_templates_skip_empty_check"
# Parts in which nothing depends on the page but the way to other pages.
_STEADY = frozenset(
    {
        "copyright.html",
        "navbar-logo.html",
        "search-button-field.html",
        "search-button.html",
        "search-field.html",
        "sphinx-version.html",
        "theme-switcher.html",
        "theme-version.html",
    }
)
_SECTIONS = tuple(
    f"theme_{section}"
    for section in (
        "navbar_start",
        "navbar_center",
        "navbar_persistent",
        "navbar_end",
        "article_header_start",
        "article_header_end",
        "article_footer_items",
        "content_footer_items",
        "footer_start",
        "footer_center",
        "footer_end",
        "primary_sidebar_end",
    )
)


class SteadyParts:
    """The parts of the theme that need no trial in one build."""

    def __init__(self, app: Sphinx) -> None:
        """Know of no part yet.

        :param app: the application.
        """
        self._app = app
        self._found: list[str] | None = None
        self._listed: set[str] = set()

    def spare(self, context: dict[str, Any]) -> None:
        """Before the theme tries out its parts: name those that need no trial.

        :param context: the context of a page, changed in place.
        """
        if self._found is None:
            self._listed = {name for section in _SECTIONS for name in _names(context.get(section))}
        elif self._found and OPTION in context:
            named = (f"{name}.html" for name in _names(context[OPTION]))
            context[OPTION] = [*named, *self._found]

    def note(self, context: dict[str, Any]) -> None:
        """After the theme has tried out its parts on the first page: note those that are steady and not empty.

        :param context: the context of the page.
        """
        if self._found is not None or OPTION not in context:
            return
        shown = {name for section in _SECTIONS for name in context.get(section) or ()}
        others = self._listed - {name.removesuffix(".html") for name in _STEADY}
        # The theme compares the ends of names.
        self._found = sorted(
            name
            for name in shown & _STEADY
            if self._is_of_theme(name) and not any(f"{other}.html".endswith(name) for other in others)
        )

    def _is_of_theme(self, name: str) -> bool:
        """Return whether a part is the theme's own; a site can have one of the same name."""
        builder = html_builder(self._app)
        environment = builder.templates.environment
        file = Path(environment.get_template(name).filename or "")
        return any(file.is_relative_to(home) for home in builder.theme.get_theme_dirs() if Path(home).name == THEME)


def _names(templates: Any) -> list[str]:
    """Return the names that a setting of the theme lists, without suffix."""
    listed = templates.split(",") if isinstance(templates, str) else templates or ()
    return [str(name).strip().removesuffix(".html") for name in listed]


def spare_steady_parts(app: Sphinx) -> None:
    """Spare the theme its trials, where it is the theme of the site or below it.

    :param app: the application; its builder makes pages.
    """
    if not any(Path(home).name == THEME for home in html_builder(app).theme.get_theme_dirs()):
        return
    parts = SteadyParts(app)

    def spare(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
        parts.spare(context)

    def note(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
        parts.note(context)

    app.connect("html-page-context", spare, priority=_EARLY)
    app.connect("html-page-context", note, priority=_LATE)
