"""Which documents are written again: those whose fingerprints are not those of the last build.

Lists are compared in :mod:`.outdated_lists` when their posts are written; what counts as a change is said in
:mod:`.fingerprints`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.directives.mentions import mention_fingerprints
from sphinxext.newsroom.environment.post_source import list_documents, post_links
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.output.search_index import is_index_missing
from sphinxext.newsroom.references.domain import get_domain
from sphinxext.newsroom.releases.sphinx_releases import get_releases

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.output.fingerprints import Fingerprints


def find_outdated_documents(
    app: Sphinx, env: BuildEnvironment, fingerprints: Fingerprints, site_wide: str, *, lists: AbstractSet[str]
) -> list[str]:
    """Return the documents that show something else than in the last build, and record their fingerprints.

    :param app: the application.
    :param env: the environment, all documents read.
    :param fingerprints: of this build.
    :param site_wide: the fingerprint of what every page shows.
    :param lists: the pages of lists, whose fingerprints are only known when their posts are written.
    """
    site = get_site(app)
    manifest, posts = site.manifest, site.blog.by_docname
    outdated = []
    for docname in {*posts, *list_documents(env), *post_links(env)} & env.found_docs - lists:
        fingerprint = fingerprints.of_document(docname)
        is_missing = docname in posts and not site.rendered_posts.exists(docname)
        if manifest.previous.get(docname) != fingerprint or is_missing:
            outdated.append(docname)
        manifest.outputs[docname] = fingerprint
    references = get_domain(env).fingerprints()
    outdated += [docname for docname, found in references.items() if manifest.references.get(docname) != found]
    manifest.references = references
    if not fingerprints.is_unchanged:
        outdated += _with_other_mentions(app)
        outdated += _with_other_announcements(app)
    if manifest.site_wide != site_wide or not manifest.is_complete or is_index_missing(app):
        # As when an option of the theme changes, all pages are written again; and after an interrupted build, when it is
        # unknown which pages are current; and if the search index has to be rebuilt from all of them.
        outdated = sorted(env.found_docs)
    manifest.site_wide = site_wide
    return outdated


def _with_other_mentions(app: Sphinx) -> list[str]:
    """Return the documents in which roles, sidebars or lines below objects show other mentions now."""
    manifest = get_site(app).manifest
    previous, manifest.mentions = manifest.mentions, mention_fingerprints(app)
    changed = dict(previous.items() ^ manifest.mentions.items())
    return sorted(changed.keys() & app.env.found_docs)


def _with_other_announcements(app: Sphinx) -> list[str]:
    """Return the documents in which a version leads to another post now, or to none."""
    manifest = get_site(app).manifest
    previous, manifest.releases = manifest.releases, get_releases(app).link_fingerprints()
    changed = dict(previous.items() ^ manifest.releases.items())
    return sorted(changed.keys() & app.env.found_docs)
