"""Correct the source links of a page: "edit this page", "view source" and the copy in ``_sources``.

Sphinx and themes derive the path of the source file from the docname and its suffix. The docname of a post is its permalink, and
a generated index has no file. Themes concatenate name and suffix in their templates, so the suffix passed to them is an object
that joins itself to the path of the file; where it is printed separately, it leaves a placeholder that is replaced after the
page has been rendered.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, final
from urllib.parse import quote

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.output.cleanup import remove_source
from sphinxext.newsroom.output.current_writer import get_site_writer
from sphinxext.newsroom.pages.theme_metadata import REMOVES_SIDEBAR
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

MARKER = "newsroomsourcemarker"
"""What a suffix is printed as."""
# Items of pydata-sphinx-theme's secondary sidebar, without suffix and folder.
CONTENTS, EDIT = "page-toc", "edit-this-page"


@final
class SourceSuffix(str):
    """The suffix of a file whose document has another name; behind that name, it makes the path of the file."""

    __slots__ = ("docname", "url")

    docname: str
    url: str

    def __new__(cls, docname: str, path: str, suffix: str) -> SourceSuffix:
        """Make the suffix of a file.

        :param docname: the document.
        :param path: its file, relative to the source folder.
        :param suffix: the suffix of the file.
        """
        made = super().__new__(cls, suffix)
        made.docname, made.url = docname, quote(path)
        return made

    def __radd__(self, before: str) -> str:
        """Return the path of the file after the text that precedes the docname."""
        if before.endswith(self.docname):
            return before.removesuffix(self.docname) + self.url
        return before + str(self)

    def __add__(self, after: str) -> str:
        """Return the marked suffix and what follows it."""
        return str(self) + after

    def __str__(self) -> str:
        """Return the suffix with a marker in front of it."""
        return MARKER + super().__str__()

    def __format__(self, spec: str) -> str:
        """Return the marked suffix."""
        return format(str(self), spec)


def link_to_source(app: Sphinx, docname: str, context: dict[str, Any]) -> None:
    """Correct the source links of a page; a generated page has none.

    :param app: the application.
    :param docname: the document.
    :param context: the context of its page, changed in place.
    """
    if docname in get_site(app).project.generated:
        hasdoc: Callable[[str], bool] = context["hasdoc"]
        context |= {
            "page_source_suffix": "",
            "sourcename": "",
            # sphinx_rtd_theme looks for the document instead of its suffix.
            "hasdoc": lambda name: name != docname and hasdoc(name),
        }
        remove_source(app, docname)
        return
    path, suffix = _file_of(app, docname)
    if path == docname + suffix:
        return
    context["page_source_suffix"] = SourceSuffix(docname, path, suffix)
    if context.get("sourcename"):
        shown = app.config.html_sourcelink_suffix
        context["sourcename"] = docname + suffix + ("" if suffix == shown else shown)


def _file_of(app: Sphinx, docname: str) -> tuple[str, str]:
    """Return the path of the file of a document, relative to the source folder, and its suffix."""
    path = str(app.env.doc2path(docname, base=False))
    suffixes = [suffix for suffix in app.config.source_suffix if path.endswith(suffix)]
    return path, max(suffixes, key=len, default=Path(path).suffix)


def resolve_markers(app: Sphinx) -> None:
    """Make the builder of an application insert paths where templates have printed a suffix after a name.

    :param app: the application; its builder makes pages.
    """
    builder: Any = html_builder(app)
    handle_page = builder.handle_page

    def handle_page_with_paths(pagename: str, *args: Any, outfilename: Any = None, **kwargs: Any) -> None:
        handle_page(pagename, *args, outfilename=outfilename, **kwargs)
        if pagename not in app.env.found_docs:
            return
        file = Path(outfilename or builder.get_outfilename(pagename))
        content = file.read_bytes() if file.is_file() else b""
        if MARKER.encode() in content:
            file.write_bytes(_with_path(content, pagename, *_file_of(app, pagename)))

    builder.handle_page = handle_page_with_paths


def _with_path(content: bytes, docname: str, path: str, suffix: str) -> bytes:
    """Return a page with the path of a file in place of the name of its document followed by a marked suffix."""
    for name in (docname, quote(docname)):
        content = content.replace(f"{name}{MARKER}{suffix}".encode(), quote(path).encode())
    return content.replace(MARKER.encode(), b"")


# -- Themes ------------------------------------------------------------------------------------------------------------


def adapt_theme(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Adapt what themes have put into the context of a page.

    :param app: the application.
    :param pagename: the page.
    :param context: its context, changed in place.
    """
    if pagename not in app.env.found_docs:
        return
    _keep_links_below_contents(app, pagename, context)
    if isinstance(context.get("page_source_suffix"), SourceSuffix):
        path, suffix = _file_of(app, pagename)
        # sphinx-book-theme's buttons that open a notebook elsewhere.
        for button in _buttons(context.get("header_buttons")):
            if "://" in str(button.get("url", "")):
                button["url"] = button["url"].replace(pagename + suffix, quote(path))


def _buttons(found: Any) -> list[dict[str, Any]]:
    """Return the buttons of sphinx-book-theme, those in groups among them."""
    buttons = found if isinstance(found, list) else []
    return [*buttons, *(inner for button in buttons for inner in button.get("buttons", ()))]


def _keep_links_below_contents(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Hide the table of contents in pydata-sphinx-theme, but not the source links below it."""
    meta, items = context.get("meta") or {}, context.get("secondary_sidebar_items")
    if REMOVES_SIDEBAR not in meta or REMOVES_SIDEBAR in app.env.metadata[pagename] or not isinstance(items, list):
        return
    others = {posixpath.basename(item).removesuffix(".html"): item for item in items}
    others.pop(CONTENTS, None)
    # A column next to a list must not be empty.
    if others and (pagename not in get_site_writer(app).views or EDIT in others):
        context["secondary_sidebar_items"] = [*others.values()]
        context["meta"] = {key: value for key, value in meta.items() if key != REMOVES_SIDEBAR}
