"""Collect the output paths that Sphinx, the site and other extensions write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.content.reserved_paths import ReservedPaths
from sphinxext.newsroom.content.url_registry import GENERATED
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.options import Options

# A site that brings its own has the index of the blog below it.
HOME = "index.html"
FILES = {
    "objects.inv": "Sphinx's inventory",
    "searchindex.js": "Sphinx's search index",
    ".buildinfo": "a file of Sphinx's",
    "sitemap.xml": "the sitemap",
    "robots.txt": "the file for robots",
    "CNAME": "the file with the domain of the site",
    ".nojekyll": "a file of GitHub Pages",
}
FOLDERS = {
    "_static": "static files",
    "_images": "images",
    "_downloads": "downloads",
    "_sources": "the sources of pages",
    "_modules": "the source code of modules",
    ".doctrees": "doctrees",
}


def reserved_paths(app: Sphinx, blogs: Iterable[Options]) -> ReservedPaths:
    """Return the paths that no page of a blog and no redirect takes.

    :param app: the application.
    :param blogs: the options of all blogs.
    """
    config = app.config
    files = {f"{page}.html": f"the page {page!r} of Sphinx's" for page in _generated_pages(app)}
    files |= {f"{page}.html": "a page of html_additional_pages" for page in config.html_additional_pages}
    files |= FILES
    if isinstance(name := getattr(config, "sitemap_filename", None), str):
        files[name] = FILES["sitemap.xml"]
    files |= {
        path: f"a file of html_extra_path ({entry})" for entry in config.html_extra_path for path in _files(app, entry)
    }
    files |= {path: "a feed" for options in blogs for path in _feeds(options)}
    return ReservedPaths(files, FOLDERS)


def _generated_pages(app: Sphinx) -> Iterator[str]:
    yield from GENERATED
    yield "genindex-all"
    for name, domain in app.registry.domains.items():
        for index in (*domain.indices, *app.registry.domain_indices.get(name, ())):
            yield f"{name}-{index.name}"


def _files(app: Sphinx, entry: str) -> Iterator[str]:
    """Yield the paths in the output of what an entry of ``html_extra_path`` has copied, except for a home page."""
    place = Path(app.confdir) / entry
    if place.is_file() and place.name != HOME:
        yield place.name
    for folder, _folders, files in os.walk(place):
        paths = ((Path(folder) / name).relative_to(place).as_posix() for name in files)
        yield from (path for path in paths if path != HOME)


def _feeds(options: Options) -> Iterator[str]:
    """Yield the paths of the feeds of a blog, except for those of its labels, which are known later."""
    for path in options.feed_files.values() if options.feed else ():
        try:
            yield join_docname("." if path.startswith("/") else options.blog_dir, path)
        except PermalinkError:
            continue  # reported where the feeds are planned
