"""Files next to citable posts: for reference managers, and the linkset of Signposting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.output.page_assets import asset_path, write_assets
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.output.blog_writer import BlogWriter
    from sphinxext.newsroom.output.write_order import WriteOrder

SCRIPT = "newsroom-citation.js"


class CitationFiles:
    """The files of the citable posts of all blogs."""

    def __init__(self, app: Sphinx, site: Site, blog_writers: Sequence[BlogWriter]) -> None:
        """Use blogs whose indexes are complete.

        :param app: the application.
        :param site: its site.
        :param blog_writers: of all blogs.
        """
        self._app, self._site, self._blog_writers = app, site, blog_writers

    @property
    def paths(self) -> list[str]:
        """The path of each file from the root of the site."""
        if not any(writer.pages.citations.posts for writer in self._blog_writers):
            return []
        return [
            asset_path(SCRIPT),
            *(post.docname + suffix for _writer, post in self._posts() for suffix in self._suffixes),
        ]

    @property
    def _suffixes(self) -> list[str]:
        from sphinxext.newsroom.citations.formats import FILES
        from sphinxext.newsroom.metadata.signposting import SUFFIX

        return [*(suffix for _name, suffix, _type in FILES), SUFFIX]

    def _posts(self) -> Iterator[tuple[BlogWriter, Post]]:
        for writer in self._blog_writers:
            for post in writer.pages.citations.posts:
                yield writer, post

    def write(self, write_order: WriteOrder) -> None:
        """Write the files that are not as they should be.

        :param write_order: renders posts again whose descriptions are not known.
        """
        posts = list(self._posts())
        if not posts:
            return
        from sphinxext.newsroom.citations.formats import FILES, write
        from sphinxext.newsroom.metadata.signposting import SUFFIX, linkset

        write_order.ensure_posts_rendered([post.key for _writer, post in posts])
        root = Path(self._app.outdir)
        write_assets(self._app, [SCRIPT])
        for writer, post in posts:
            item = writer.pages.citations.item(post, abstract=self._site.rendered_posts.description(post))
            for _name, suffix, _type in FILES:
                write_output_file(self._app, root / (post.docname + suffix), write(item, suffix))
            links = writer.pages.citations.typed_links(post)
            url = writer.pages.urls.of_page(post.docname)
            write_output_file(self._app, root / (post.docname + SUFFIX), linkset(url, links))
