"""Classify builders."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from sphinx import version_info as sphinx_version
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def builds_html_pages(builder: Builder) -> bool:
    """Return whether a builder makes a website of one page a document, where lists and feeds belong.

    :param builder: the builder.
    """
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and not builder.embedded
        and builder.name not in {"singlehtml", "json", "pickle"}
    )


def html_builder(app: Sphinx) -> StandaloneHTMLBuilder:
    """Return the builder of an application that makes pages.

    :param app: the application; :func:`builds_html_pages` holds for its builder.
    """
    return cast("StandaloneHTMLBuilder", app.builder)


def language_tag(app: Sphinx) -> str:
    """Return the language of the site as HTML and feeds write it, such as ``pt-BR``.

    :param app: the application.
    """
    return (app.config.language or "en").replace("_", "-")


def resolved_doctree(app: Sphinx, docname: str) -> nodes.document:
    """Return a document with its references resolved, as builders write it.

    :param app: the application.
    :param docname: the document.
    """
    # Sphinx 9 wants the tags; Sphinx 8 takes them from the builder.
    tags: dict[str, Any] = {"tags": app.tags} if sphinx_version >= (9,) else {}
    return app.env.get_and_resolve_doctree(docname, app.builder, **tags)


def quote_urls(builder: Builder) -> None:
    """Make the ``dirhtml`` builder quote URLs, as the ``html`` builder does.

    :param builder: the builder, any.
    """
    if not isinstance(builder, DirectoryHTMLBuilder):
        return
    plain = builder.get_target_uri

    @cache
    def get_target_uri(docname: str, typ: str | None = None) -> str:
        return quote(plain(docname, typ))

    builder.get_target_uri = get_target_uri  # type: ignore[method-assign]


def cache_name(builder: Builder) -> str:
    """Return the name of the folder in which the extension caches what it knows of one output folder.

    Several output folders can share the doctrees.

    :param builder: the builder.
    """
    return f"{builder.name}-{hashlib.blake2b(str(builder.outdir).encode(), digest_size=6).hexdigest()}"
