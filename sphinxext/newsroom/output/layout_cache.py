"""Cache the theme's page around a list: rendered once for each kind of list, then filled in for each page.

Rendering the theme's page takes ten times longer than rendering the list on it, and a blog of a thousand posts has some seven
hundred list pages. The pages around lists of one kind differ only in titles and URLs. The theme is rendered with placeholders
for these, which are then replaced for each page.

A page is rendered separately if it could differ in anything else: if an unknown extension modifies each page, if a title or a
URL contains characters that are escaped differently in different places, if a setting or a link in a sidebar names this page,
or if the theme has modified the placeholders.
"""

from __future__ import annotations

import os
import posixpath
import re
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.matching import patmatch
from sphinx.util.osutil import relative_uri

from sphinxext.newsroom.blog.pagination import page_name
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.pages.toctree_navigation import below
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.pagination import ListPage
    from sphinxext.newsroom.output.blog_writer import BlogWriter

# Nobody can write these: sidebars show titles of posts on the same page.
BODY, HEAD, TITLE, SLUG = (f"newsroom{part}{secrets.token_hex(8)}" for part in ("body", "head", "title", "slug"))
NUMBER = 10**9 + secrets.randbelow(9 * 10**9)
_MARKS = re.compile(f"({BODY}|{HEAD}|{TITLE}|{SLUG}|{NUMBER})")
# Text that no filter of a theme changes.
_PLAIN_TITLE = re.compile(r"""[^\s<>&"'\\]+(?: [^\s<>&"'\\]+)*""")
_PLAIN_SLUG = re.compile(r"(?!index$)[a-z0-9][a-z0-9_-]*")
# Extensions whose part in a page does not depend on which list it shows.
_SAME_FOR_ALL = (
    "alabaster",
    "ablog",
    "myst_nb",
    "myst_parser",
    "sphinx",
    "sphinx_design",
    "sphinxcontrib",
    "sphinxext.newsroom",
    "sphinxext.opengraph",
)
# Extensions that take note of each page, and add nothing to it.
_NOTE_TAKERS = ("sphinx_sitemap",)
# What a theme shows of pages that are not documents.
PAGE: Mapping[str, Any] = {"parents": [], "toc": "", "display_toc": False, "sourcename": "", "meta": {}}


@dataclass(frozen=True, kw_only=True, slots=True)
class LayoutTemplate:
    """Inputs of a layout that pages share."""

    pagename: str
    """The URL, with placeholders for slug and number."""
    kind: str
    is_numbered: bool
    hide: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CachedLayout:
    """The HTML that a theme wrote around the placeholders."""

    pieces: tuple[str, ...]
    """Text and marks in turn."""
    context: Mapping[str, Any]
    """The context of the page of marks."""


class LayoutCache:
    """Writes pages of lists in one build."""

    def __init__(self, app: Sphinx, folder: Path, head_html: Callable[[dict[str, Any]], str]) -> None:
        """Make no shell yet.

        :param app: the application.
        :param folder: the cache folder of the extension.
        :param head_html: returns the metadata in the head of a page.
        """
        self._app, self._file, self._head_html = app, folder / f"shell-{os.getpid()}.html", head_html
        self._layouts: dict[LayoutTemplate, CachedLayout | None] = {}
        listeners = [listener.handler for listener in app.events.listeners["html-page-context"]]
        known = (*_SAME_FOR_ALL, *_NOTE_TAKERS, *_theme_packages(app, listeners))
        self._is_usable = all(_is_from(listener, known) for listener in listeners)
        self._note_takers = [listener for listener in listeners if _is_from(listener, _NOTE_TAKERS)]
        settings = [app.config.html_sidebars, *app.config.html_theme_options.values()]
        self._named_pages = {name for setting in settings if isinstance(setting, dict) for name in map(str, setting)}

    def write(self, view: ListPage, blog_writer: BlogWriter) -> bool:
        """Write a page of a list; return whether that can be done.

        :param view: the page.
        :param blog_writer: the blog that it is a page of.
        """
        data = blog_writer.lists.of(view)
        pattern = self._layout_template(view, data, blog_writer) if self._is_usable else None
        if pattern is None:
            return False
        if pattern not in self._layouts:
            self._layouts[pattern] = self._make(pattern, view, blog_writer)
        layout = self._layouts[pattern]
        if layout is None or self._is_linked(layout, pattern, view):
            return False
        context = self._context(view.pagename, layout.context)
        for listener in self._note_takers:
            listener(self._app, view.pagename, "page.html", dict(context), None)
        blog_writer.renderer.fill(view, data, context)
        values = {
            TITLE: data["title"],
            SLUG: view.first.rpartition("/")[2],
            str(NUMBER): str(view.number),
            BODY: context["body"],
            HEAD: self._head_html(context),
        }
        text = "".join(values.get(piece, piece) for piece in layout.pieces)
        file = Path(html_builder(self._app).get_outfilename(view.pagename))
        write_output_file(self._app, file, text.encode(context["encoding"], errors="xmlcharrefreplace"))
        return True

    def _layout_template(
        self, view: ListPage, data: Mapping[str, Any], blog_writer: BlogWriter
    ) -> LayoutTemplate | None:
        """Return the pattern of a page, None for one that has to be made on its own."""
        folder, slash, slug = view.first.rpartition("/")
        if data["has_toc"] or not _PLAIN_TITLE.fullmatch(data["title"]):
            return None
        if view.collection is not None and not _PLAIN_SLUG.fullmatch(slug):
            return None
        first = view.first if view.collection is None else f"{folder}{slash}{SLUG}"
        pagename = page_name(first, NUMBER if view.number > 1 else 1, blog_writer.section.options)
        if pagename.replace(SLUG, slug).replace(str(NUMBER), str(view.number)) != view.pagename:
            return None
        former = blog_writer.renderer.theme.former_names(view)
        if any(
            bool(patmatch(pagename, name)) != any(patmatch(own, name) for own in (view.pagename, *former))
            for name in self._named_pages
        ):
            return None
        return LayoutTemplate(pagename=pagename, kind=view.kind, is_numbered=view.number > 1, hide=tuple(data["hide"]))

    def _is_linked(self, layout: CachedLayout, pattern: LayoutTemplate, view: ListPage) -> bool:
        """Return whether what is around a list leads to the very page, where the theme would mark it as current."""
        builder = html_builder(self._app)
        here, uri = builder.get_target_uri(pattern.pagename), builder.get_target_uri(view.pagename)
        # Sidebar components have the whole path from the root.
        links = {relative_uri(here, uri), "../" * here.count("/") + uri} - {""}
        return any(f'"{link}"' in piece for piece in layout.pieces for link in links)

    def _make(self, pattern: LayoutTemplate, view: ListPage, blog_writer: BlogWriter) -> CachedLayout | None:
        """Have the theme write a page of marks."""
        of_marks = replace(view, pagename=pattern.pagename, number=NUMBER if pattern.is_numbered else 1)
        kept: dict[str, Any] = {}

        def fill(context: dict[str, Any]) -> None:
            data = blog_writer.lists.of(view)
            data["title"] = TITLE
            blog_writer.renderer.theme.add_list(of_marks, data, context)
            context["body"] = BODY
            context["metatags"] = context.get("metatags", "") + HEAD
            kept["context"] = context

        builder = html_builder(self._app)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with below(self._app, blog_writer.section.blog.index, pattern.pagename):
            builder.handle_page(pattern.pagename, {**PAGE, "newsroom_fill": fill}, outfilename=self._file)
        context = kept["context"]
        pieces = tuple(_MARKS.split(self._file.read_text(encoding=context["encoding"])))
        self._file.unlink(missing_ok=True)
        is_whole = pieces.count(BODY) == pieces.count(HEAD) == 1 and TITLE in pieces
        return CachedLayout(pieces=pieces, context=context) if is_whole else None

    def _context(self, pagename: str, of_marks: Mapping[str, Any]) -> dict[str, Any]:
        """Return the context of a page that is not given to the theme."""
        builder = html_builder(self._app)
        here = builder.get_target_uri(pagename)

        def pathto(target: str, resource: bool = False) -> str:
            if resource and "://" in target:
                return target
            return relative_uri(here, target if resource else builder.get_target_uri(target)) or "#"

        base = self._app.config.html_baseurl or base_url(self._app.config)
        page_url = posixpath.join(base, here) if base else None
        return {**of_marks, "pagename": pagename, "current_page_name": pagename, "pathto": pathto, "pageurl": page_url}


def _is_from(listener: Callable[..., Any], packages: tuple[str, ...]) -> bool:
    module = str(getattr(listener, "__module__", ""))
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _theme_packages(app: Sphinx, listeners: Sequence[Callable[..., Any]]) -> Iterator[str]:
    """Yield the packages of listeners that also contain the theme of the site, or one that it inherits from."""
    folders = [Path(folder) for folder in html_builder(app).theme.get_theme_dirs()]
    for name in {str(getattr(listener, "__module__", "")).partition(".")[0] for listener in listeners}:
        file = getattr(sys.modules.get(name), "__file__", None)
        if (
            file
            and Path(file).name == "__init__.py"
            and any(folder.is_relative_to(Path(file).parent) for folder in folders)
        ):
            yield name
