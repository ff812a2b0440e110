"""Map ABlog's URLs of lists to the pages that show the same posts."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ablog.blog import slugify

from sphinxext.newsroom.ablog.kinds import WITH_DICTIONARY
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, AUTHOR
from sphinxext.newsroom.i18n import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.config import Config

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Taxonomy


def legacy_urls(blog: Blog, config: Config) -> Iterator[tuple[str, str, str]]:
    """Yield the pagename of each of ABlog's lists, with the pagename and the title of our list.

    :param blog: the index.
    :param config: the configuration.
    """
    # There is no list of drafts any more.
    yield posixpath.join(_root(blog), "drafts"), blog.index, blog.options.title
    yield from list_urls(blog, config)


def list_urls(blog: Blog, config: Config) -> Iterator[tuple[str, str, str]]:
    """Yield the same for lists that one of our lists replaces.

    :param blog: the index.
    :param config: the configuration.
    """
    root, title = _root(blog), blog.options.title
    if root:
        yield root, blog.index, title
    for taxonomy in blog.taxonomies:
        if taxonomy.kind == ARCHIVE:
            yield posixpath.join(root, "archive"), taxonomy.pagename, _(taxonomy.title)
            yield from _years(blog, taxonomy, root)
            continue
        folder = posixpath.join(root, taxonomy.kind)
        yield folder, taxonomy.pagename, _(taxonomy.title)
        # Only ABlog's own dictionary gives it names: without, the label is the name.
        known = config[f"blog_{taxonomy.kind}s"] if taxonomy.kind in {AUTHOR, *WITH_DICTIONARY} else {}
        for collection in taxonomy.collections:
            name = collection.name
            if taxonomy.kind == AUTHOR:
                name = known[collection.id][0] if collection.id in known else collection.id
            if slug := slugify(name):
                yield posixpath.join(folder, slug), collection.pagename, collection.name


def _root(blog: Blog) -> str:
    return blog.options.blog_dir.removeprefix(".")


def _years(blog: Blog, taxonomy: Taxonomy, root: str) -> Iterator[tuple[str, str, str]]:
    """Yield ABlog's page of each year; where ours are months, it leads to all of them."""
    by_name = {collection.id: collection for collection in taxonomy.collections}
    for year in dict.fromkeys(str(post.created.year) for post in blog.posts.values()):
        found = by_name.get(year)
        yield (
            posixpath.join(root, year),
            *((found.pagename, found.name) if found else (taxonomy.pagename, _(taxonomy.title))),
        )
