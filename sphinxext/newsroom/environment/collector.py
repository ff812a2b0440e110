"""What is collected from each document while Sphinx reads, kept in its environment and merged between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.collectors import EnvironmentCollector

from sphinxext.newsroom.ablog.directives import read_posts
from sphinxext.newsroom.environment.post_references import collect_references
from sphinxext.newsroom.environment.post_source import collect_metadata, keep_excerpt_markers, outdated_posts
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class BlogCollector(EnvironmentCollector):
    """The one collector of the extension, for all its :class:`.DocumentData`."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Remove what is known of a document that is read again or gone."""
        for data in DocumentData.ALL:
            data.clear(env, docname)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process has read."""
        names = frozenset(docnames)
        for data in DocumentData.ALL:
            data.merge(env, names, other)

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect what lists, links and other pages have to know of a document."""
        collect_metadata(app, doctree)
        collect_references(app, doctree)
        keep_excerpt_markers(app, doctree)
        read_posts(app, doctree, get_site(app).zone)

    def get_outdated_docs(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """Return the documents that are read again for another reason than that their file has changed."""
        return outdated_posts(app, env, added, changed, removed)
