"""Find a site's own copies of ABlog's templates, which replace parts of the blog."""

from __future__ import annotations

import posixpath
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ablog
import sphinx
from sphinx.util.matching import patmatch

from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

COLLECTION, CATALOG = "ablog/collection.html", "ablog/catalog.html"
POSTCARD, POSTCARD_FACTS, POSTNAVY = "ablog/postcard.html", "ablog/postcard2.html", "ablog/postnavy.html"
_FOLDER = "ablog/"
NAMES = (COLLECTION, CATALOG, POSTCARD, POSTCARD_FACTS, POSTNAVY)
# Where no template is the site's: this extension's, ABlog's, Sphinx's own.
_OTHERS = (
    Path(__file__).resolve().parent.parent,
    Path(ablog.__file__).resolve().parent,
    Path(sphinx.__file__).resolve().parent,
)


class SiteTemplates:
    """ABlog's templates that a site or its theme replaces."""

    def __init__(self, app: Sphinx) -> None:
        """Look nowhere yet.

        :param app: the application; its builder makes pages.
        """
        self._app = app

    @cached_property
    def own(self) -> frozenset[str]:
        """ABlog's templates that the site or its theme replaces."""
        return frozenset(name for name in NAMES if any((folder / name).is_file() for folder in self._folders()))

    @cached_property
    def included(self) -> frozenset[str]:
        """ABlog's templates that other templates of the site or its theme show."""
        found: set[str] = set()
        for folder in self._folders():
            for file in folder.rglob("*.html"):
                if file.relative_to(folder).as_posix() not in NAMES:
                    text = file.read_text(encoding="utf-8", errors="replace")
                    found |= {name for name in NAMES if name in text}
        return frozenset(found)

    def _folders(self) -> Iterator[Path]:
        # Not those of the loaders: above the folder of a theme there may be all that is installed.
        for path in html_builder(self._app).templates.pathchain:
            folder = Path(path).resolve()
            if not any(folder.is_relative_to(other) for other in _OTHERS):
                yield folder

    def shows(self, template: str, pagename: str, context: Mapping[str, Any]) -> bool:
        """Return whether a page shows a template of ABlog's in one of its sidebars or in another template of the site.

        :param template: one of :data:`NAMES`.
        :param pagename: the page.
        :param context: its context.
        """
        return template in self.included or template in _placed(pagename, context)

    def makes_head(self, pagename: str, context: Mapping[str, Any]) -> bool:
        """Return whether the site itself says when and by whom a post was written.

        :param pagename: the page of the post.
        :param context: its context.
        """
        return any(self.shows(template, pagename, context) for template in (POSTCARD, POSTCARD_FACTS))


def _placed(pagename: str, context: Mapping[str, Any]) -> set[str]:
    """Return ABlog's templates that ``html_sidebars`` and options of the theme have put around a page."""
    settings = [context.get("sidebars"), *(value for key, value in context.items() if key.startswith("theme_"))]
    names: list[str] = []
    for setting in settings:
        if isinstance(setting, dict):
            for key, value in setting.items():
                if (chosen := _ablog_names(value)) and patmatch(pagename, str(key)):
                    names += chosen
        else:
            names += _ablog_names(setting)
    return {name if posixpath.splitext(name)[1] else f"{name}.html" for name in names}


def _ablog_names(setting: Any) -> list[str]:
    """Return the names of ABlog's templates in a list, or in a text with commas between them."""
    if isinstance(setting, str):
        if _FOLDER not in setting:
            return []  # as nearly all options of a theme are, on every page
        setting = [name.strip() for name in setting.split(",")]
    elif not isinstance(setting, (list, tuple)):
        return []
    return [name for name in setting if isinstance(name, str) and name.startswith(_FOLDER)]
