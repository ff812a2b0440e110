"""The releases of one build: announcements with their changes, and which documents link to them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.releases.index import ReleaseIndex
from sphinxext.newsroom.releases.sphinx_changes import document_changes
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.versions import version_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.releases.changes import Change
    from sphinxext.newsroom.releases.index import Announced


class Releases:
    """Knows the releases that posts announce, and what has changed in them."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare for an application.

        :param app: the application, its index complete.
        """
        self._env = app.env
        site = get_site(app)
        project = site.options.release_project or str(app.config.project)
        self.index = ReleaseIndex(site.blog.posts.values(), project=project)
        self._of_blogs = {
            section.blog.index: ReleaseIndex(section.blog.posts.values(), project=project) for section in site.sections
        }

    def of_blog(self, index: str) -> ReleaseIndex:
        """Return the releases that the posts of one blog announce.

        :param index: the index of the blog.
        """
        return self._of_blogs[index]

    @cached_property
    def _changes(self) -> Mapping[str, list[Change]]:
        """The changes by version, in the order of documents."""
        found: dict[str, list[Change]] = {}
        changes = document_changes(self._env)
        for docname in sorted(changes.keys() & self._env.found_docs):
            for change in changes[docname]:
                found.setdefault(version_key(change.version), []).append(change)
        return found

    def changes_in(self, release: Announced) -> list[Change]:
        """Return what has changed in a release; only that of the documentation is known.

        :param release: the release.
        """
        return self._changes.get(version_key(release.version), []) if not release.project and self.index else []

    def announcement_of(self, version: str) -> Post | None:
        """Return the post that announces a version of the documentation, None if there is none.

        :param version: the version as a directive writes it.
        """
        release = self.index.find(version) if self.index else None
        return release.posts[0] if release is not None else None

    def link_fingerprints(self) -> dict[str, str]:
        """Return what changes when a version in a document leads to another post, for each document with such links."""
        if not self.index:
            return {}
        found: dict[str, str] = {}
        for docname, changes in document_changes(self._env).items():
            posts = {change.version: self.announcement_of(change.version) for change in changes}
            if linked := {version: post.key for version, post in posts.items() if post is not None}:
                found[docname] = fingerprint(linked)
        return found

    @property
    def inputs(self) -> list[object]:
        """What posts and pages of releases show of documents, as plain data."""
        shown: list[object] = []
        for releases in self.index.projects.values():
            changes = [(release.version, self.changes_in(release)) for release in releases]
            pages = sorted({change.docname for _version, found in changes for change in found})
            titles = [(name, self._env.titles[name].astext()) for name in pages if name in self._env.titles]
            shown.append([changes, titles])
        return shown


def get_releases(app: Sphinx) -> Releases:
    """Return the releases of the build of an application.

    :param app: the application, its index complete.
    """
    state = build_state(app)
    if state.releases is None:
        state.releases = Releases(app)
    return cast("Releases", state.releases)


def forget_releases(app: Sphinx, _env: BuildEnvironment) -> None:
    """Have releases arranged again, because documents were read.

    :param app: the application.
    """
    build_state(app).releases = None
