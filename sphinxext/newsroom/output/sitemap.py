"""Complete the sitemap of sphinx-sitemap: every page in every build, with the dates of posts."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.blog.pagination import ListPage
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.output.current_writer import get_site_writer
from sphinxext.newsroom.output.layout_cache import NUMBER, SLUG
from sphinxext.newsroom.output.not_found_page import PAGENAME as NOT_FOUND
from sphinxext.newsroom.pages.head import is_indexed
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post

    Entry = tuple[str, str | None]

SITEMAP = "sphinx_sitemap"


def complete_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Give sphinx-sitemap what it does not know: the pages that this build had no need to write, and the dates of posts.

    That extension lists the pages that were written, in the order in which they were; a second build would drop the
    others. Its own function makes the entries, so that its options hold.

    :param app: the application.
    :param exception: what ended the build, if anything did.
    """
    written: Any = getattr(app, "sitemap_links", None)
    if exception is not None or written is None or SITEMAP not in app.extensions or not builds_html_pages(app.builder):
        return
    # What the theme wrote once for many pages is none itself.
    entries = {link: changed for link, changed in _taken(written) if SLUG not in link and str(NUMBER) not in link}
    if not entries:
        # Nothing was written, and nothing will be.
        return
    queue: SimpleQueue[Entry] = SimpleQueue()
    app.sitemap_links = queue  # type: ignore[attr-defined]
    add_page = app.extensions[SITEMAP].module.add_html_link
    posts = {post.docname: post for post in get_site(app).blog.posts.values() if not post.anchor}
    for pagename in sorted({*app.env.found_docs, *get_site_writer(app).writers_by_page, NOT_FOUND}):
        add_page(app, pagename, "", {}, None)
        for link, changed in _taken(queue):
            if not _is_listed(app, pagename, posts.get(pagename)):
                entries.pop(link, None)
            elif pagename in posts:
                entries[link] = (posts[pagename].updated or posts[pagename].created).isoformat()
            else:
                entries[link] = changed
    for entry in sorted(entries.items(), key=lambda entry: entry[0]):
        queue.put(entry)


def _taken(queue: Any) -> Iterator[Entry]:
    """Take everything out of a queue."""
    while True:
        try:
            yield queue.get_nowait()
        except Empty:
            return


def _is_listed(app: Sphinx, pagename: str, post: Post | None) -> bool:
    """Return whether search engines are to have a page: if it may be indexed, and is not a copy of one elsewhere."""
    if pagename == NOT_FOUND and pagename not in app.env.found_docs:
        return False
    if post is not None:
        return post.state == PUBLISHED and not post.front_matter.canonical_link
    blog_writer = get_site_writer(app).writers_by_page.get(pagename)
    view = blog_writer.views.get(pagename) if blog_writer is not None else None
    if blog_writer is None or not isinstance(view, ListPage):
        return True
    return is_indexed(blog_writer.lists.list_page(view))
