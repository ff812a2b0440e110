"""Write ``404.html``, which web servers show for URLs that do not exist.

The server shows the file at any depth, so its links begin at the root of the server.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from markupsafe import escape

from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.feeds.sphinx_plan import extra_file
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.output.layout_cache import PAGE
from sphinxext.newsroom.pages.jinja import render
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.pages.context_types import PageLink

PAGENAME, FILE = "404", "404.html"
NOT_FOUND = f"/{FILE}"
"""Its name in the manifest."""
TEMPLATE = "newsroom/not_found.html"
NOINDEX = '<meta name="robots" content="noindex">'
# Their components are exchanged when posts change, with links relative to the page.
OF_BLOGS = ("newsroom/", "ablog/")
OTHER_EXTENSION = "notfound.extension"
_LINK = re.compile(
    r"""(\s(?:href|src|action|data-content_root)=")(?![a-z][a-z0-9+.-]*:|[/#])([^"]+)(?=")""", re.IGNORECASE
)


class NotFoundPage:
    """The page of one build."""

    def __init__(self, app: Sphinx, indexes: Sequence[PageLink], *, on_every_page: str) -> None:
        """Prepare for an application.

        :param app: the application, all documents read.
        :param indexes: the indexes of the blogs.
        :param on_every_page: a value that changes with the content of every page.
        """
        self._app, self._indexes = app, indexes
        self.fingerprint = fingerprint([on_every_page, base_url(app.config), indexes])

    def write(self, previous: Mapping[str, str]) -> None:
        """Write the page if something on it may have changed.

        :param previous: the fingerprints of the last build.
        """
        if previous.get(NOT_FOUND) != self.fingerprint or not self._file.is_file():
            self._write()

    @property
    def _file(self) -> Path:
        return Path(self._app.outdir) / FILE

    def _write(self) -> None:
        app, builder, title = self._app, html_builder(self._app), _("Page not found")
        home: PageLink = {"page": str(app.config.root_doc), "title": str(app.config.project)}
        links = [home, *(index for index in self._indexes if index["page"] != home["page"])]

        def fill(context: dict[str, Any]) -> None:
            context["sidebars"] = [name for name in context.get("sidebars") or () if not name.startswith(OF_BLOGS)]
            context["pageurl"] = None
            context["metatags"] = context.get("metatags", "") + NOINDEX
            context["body"] = render(app, TEMPLATE, context, title=title, links=links)

        encoding = app.config.html_output_encoding
        with TemporaryDirectory() as folder:
            page = Path(folder) / FILE
            builder.handle_page(
                PAGENAME, {**PAGE, "title": str(escape(title)), "newsroom_fill": fill}, outfilename=page
            )
            text = with_absolute_links(page.read_text(encoding), base_url(app.config), builder.get_target_uri(PAGENAME))
        content = text.encode(encoding, "xmlcharrefreplace")
        # Much of what pages may show is not on this one.
        if not self._file.is_file() or self._file.read_bytes() != content:
            write_output_file(app, self._file, content)


def find_not_found_page(
    app: Sphinx, options: Options, indexes: Sequence[PageLink], *, on_every_page: str
) -> NotFoundPage | None:
    """Return the page, None where the URL of the site is not known, or something else makes the page.

    :param app: the application, all documents read.
    :param options: the options of the site.
    :param indexes: the indexes of the blogs.
    :param on_every_page: a value that changes with the content of every page.
    """
    is_wanted = (
        options.not_found_page
        and bool(base_url(app.config))
        and PAGENAME not in app.env.found_docs
        and PAGENAME not in app.config.html_additional_pages
        and OTHER_EXTENSION not in app.extensions
        and extra_file(app, FILE) is None
    )
    return NotFoundPage(app, indexes, on_every_page=on_every_page) if is_wanted else None


def with_absolute_links(text: str, base: str, uri: str) -> str:
    """Return a page whose links begin at the root of the server.

    :param text: the page.
    :param base: the base URL of the site.
    :param uri: the URL of the page that links are relative to, from the root of the site.
    """
    here = urljoin(urlsplit(base).path.rstrip("/") + "/", uri)
    return _LINK.sub(lambda match: match[1] + urljoin(here, match[2]), text)
