"""Which lists are written again: those whose fingerprints are not those of the last build.

Lists show excerpts, so they are compared when the posts are written: generated list pages, list pages that are documents,
and documents with a ``post-list``. What counts as a change of a list is said in :mod:`.fingerprints`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.directives.post_list import post_list_fingerprint, queries
from sphinxext.newsroom.output.files import page_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.output.fingerprints import Fingerprints
    from sphinxext.newsroom.output.write_order import WriteOrder
    from sphinxext.newsroom.pages.context_types import Feed


class OutdatedLists:
    """Finds the lists of a site that show something else than in the last build."""

    def __init__(
        self,
        app: Sphinx,
        site: Site,
        views: Mapping[str, View],
        fingerprints: Fingerprints,
        write_order: WriteOrder,
        *,
        feeds_of: Callable[[str], list[Feed]],
    ) -> None:
        """Prepare for a build.

        :param app: the application.
        :param site: its site, the index complete.
        :param views: the pages of lists.
        :param fingerprints: of this build.
        :param write_order: writes documents.
        :param feeds_of: returns the feeds that a page announces.
        """
        self._app, self._site, self._views = app, site, views
        self._fingerprints, self._write_order, self._feeds_of = fingerprints, write_order, feeds_of

    def record_written(self, docnames: AbstractSet[str]) -> None:
        """Record the fingerprints of lists that have been written anyway.

        :param docnames: documents.
        """
        manifest = self._site.manifest
        for docname in docnames & self._views.keys():
            manifest.outputs[docname] = self._fingerprint(docname)
        for docname in docnames & queries(self._app.env).keys():
            manifest.listings[docname] = post_list_fingerprint(self._app, docname)

    def write_documents(self) -> None:
        """Write documents with outdated lists, first posts, whose excerpts others show."""
        if self._fingerprints.is_unchanged:
            return
        manifest, posts = self._site.manifest, self._site.blog.by_docname
        documents = queries(self._app.env).keys() & self._app.env.found_docs
        for docname in sorted(documents, key=lambda docname: (docname not in posts, docname)):
            current = post_list_fingerprint(self._app, docname)
            if manifest.listings.get(docname) != current:
                self._write_order.ensure_rendered(docname)
                self._write_order.write(docname)
                if docname in posts:
                    self._write_order.record_written({docname})
            manifest.listings[docname] = current
        manifest.listings = {docname: listed for docname, listed in manifest.listings.items() if docname in documents}

    def find_pages(self) -> Iterator[str]:
        """Write outdated list pages that are documents, and yield those that have to be generated."""
        manifest = self._site.manifest
        documents = self._app.env.found_docs
        for pagename, view in self._views.items():
            self._write_order.ensure_intro_rendered(view)
            current = self._fingerprint(pagename)
            if pagename in documents:
                if manifest.outputs.get(pagename) != current:
                    self._write_order.ensure_rendered(pagename)
                    self._write_order.write(pagename)
            elif manifest.previous.get(pagename) != current or not page_file(self._app, pagename).is_file():
                self._write_order.ensure_rendered(pagename)
                yield pagename
            manifest.outputs[pagename] = current

    def _fingerprint(self, pagename: str) -> str:
        return self._fingerprints.of_view(self._views[pagename], self._feeds_of(pagename))
