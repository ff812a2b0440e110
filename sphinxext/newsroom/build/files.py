"""Files of the blog that are no pages of Sphinx's, such as the pages at old addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sphinxext.newsroom.build.builders import html_builder, language_tag
from sphinxext.newsroom.build.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.core.redirects import Redirect


def write_file(app: Sphinx, path: str, content: bytes) -> None:
    """Write a file whole or not at all, if its content has changed.

    :param app: the application.
    :param path: its path from the root of the site.
    :param content: what it holds.
    """
    file = Path(app.outdir) / path
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)


def write_redirects(app: Sphinx, redirects: Iterable[Redirect]) -> list[str]:
    """Write a page at each old address; return their paths.

    :param app: the application.
    :param redirects: the old addresses.
    """
    builder, paths = html_builder(app), []
    for redirect in redirects:
        output = Path(builder.get_outfilename(redirect.pagename)).relative_to(app.outdir)
        path = redirect.pagename if redirect.pagename.endswith(".html") else output.as_posix()
        target = "" if redirect.url else builder.get_target_uri(redirect.docname)
        target += f"#{redirect.anchor}" if redirect.anchor else ""
        url = redirect.url or "../" * path.count("/") + target
        base = app.config.html_baseurl
        title = app.env.titles[redirect.docname].astext() if redirect.docname in app.env.titles else url
        content = render(
            app,
            "newsroom/redirect.html",
            {},
            language=language_tag(app),
            title=title,
            url=url,
            canonical=redirect.url or (urljoin(base.rstrip("/") + "/", target) if base else url),
        )
        write_file(app, path, content.encode())
        paths.append(path)
    return paths
