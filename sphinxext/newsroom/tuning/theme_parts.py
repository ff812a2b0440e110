"""Set the option of pydata-sphinx-theme that skips rendering parts of a page only to see whether they are empty.

The theme renders each part of its header, footer and sidebars once to find out whether it is empty, and again to show it.
Its option ``templates_skip_empty_check`` lists parts that need no check: here, those of the theme's own templates that
always have content.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

THEME = "pydata_sphinx_theme"
OPTION = "theme_templates_skip_empty_check"
_BEFORE_THEME = 499
# Templates of the theme, and the names in the context of a page without which they are empty.
_PARTS: dict[str, tuple[str, ...]] = {
    "copyright.html": ("show_copyright", "copyright"),
    "navbar-logo.html": (),
    "search-button-field.html": (),
    "search-button.html": (),
    "search-field.html": (),
    "sphinx-version.html": ("show_sphinx",),
    "theme-switcher.html": (),
    "theme-version.html": (),
}
# Where the theme checks templates.
_SECTIONS = (
    *("theme_navbar_start", "theme_navbar_center", "theme_navbar_persistent", "theme_navbar_end"),
    *("theme_article_header_start", "theme_article_header_end", "theme_article_footer_items"),
    *("theme_content_footer_items", "theme_footer_start", "theme_footer_center", "theme_footer_end"),
    *("theme_primary_sidebar_end", "theme_secondary_sidebar_items", "sidebars"),
)


def skip_empty_checks(app: Sphinx, builder: StandaloneHTMLBuilder) -> None:
    """Complete the option, where the theme of the site is pydata-sphinx-theme or derived from it.

    :param app: the application.
    :param builder: its builder.
    """
    homes = [Path(home) for home in builder.theme.get_theme_dirs() if Path(home).name == THEME]
    if not homes:
        return
    parts: list[str] | None = None

    def complete_option(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
        nonlocal parts
        if OPTION not in context:
            return
        if parts is None:  # not before all loaders of templates are there
            parts = list(_parts_of_theme(builder.templates.environment, homes))
        filled = [name for name in parts if all(context.get(key) for key in _PARTS[name])]
        # The theme compares the ends of names: "theme-version.html" would mean "own-theme-version.html" as well.
        others = [name for name in _listed(context) if name not in _PARTS]
        safe = [name for name in filled if not any(other.endswith(name) for other in others)]
        context[OPTION] = [*_names(context[OPTION]), *safe]

    app.connect("html-page-context", complete_option, priority=_BEFORE_THEME)


def _parts_of_theme(environment: Environment, homes: list[Path]) -> Iterator[str]:
    """Yield the parts that are the theme's own templates; a site can have one of the same name."""
    for part in _PARTS:
        try:
            file = Path(environment.get_template(part).filename or "")
        except TemplateError:
            continue
        if any(file.is_relative_to(home) for home in homes):
            yield part


def _listed(context: dict[str, Any]) -> Iterator[str]:
    """Yield the names of all templates that a page lists."""
    for section in _SECTIONS:
        for name in _names(context.get(section)):
            yield name if "." in name else f"{name}.html"


def _names(value: Any) -> list[str]:
    """Return the names in a list, in a text with commas, or in a dictionary of such values."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(",")]
    if isinstance(value, dict):
        return [name for listed in value.values() for name in _names(listed)]
    return [name for name in value if isinstance(name, str)] if isinstance(value, (list, tuple)) else []
