"""Template contexts of releases."""

from __future__ import annotations

from itertools import groupby
from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinxext.newsroom.releases.sphinx_releases import get_releases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders
    from sphinxext.newsroom.releases.changes import Change
    from sphinxext.newsroom.releases.index import Announced


class ReleaseContexts:
    """Makes the contexts of releases."""

    def __init__(self, app: Sphinx, blog: Blog, pages: ContextBuilders) -> None:
        """Use a blog whose index is complete."""
        self._app, self._blog, self._pages = app, blog, pages

    def of_post(self, post: Post) -> list[context_types.PostRelease]:
        """Return the releases that a post announces, with what has changed in them."""
        releases = get_releases(self._app)
        return [
            {**self._release(release), "pages": self._changed_pages(releases.changes_in(release))}
            for release in releases.index.of(post)
        ]

    def projects(self) -> list[context_types.ReleasedProject]:
        """Return the releases of the blog by project, newest version first."""
        projects = get_releases(self._app).of_blog(self._blog.index).projects
        return [
            {
                "title": project,
                "releases": [
                    {**self._release(release), "posts": [self._post(post) for post in release.posts]}
                    for release in releases
                ],
            }
            for project, releases in projects.items()
        ]

    def _release(self, release: Announced) -> context_types.Release:
        return {
            "name": release.name,
            "version": release.version,
            "project": release.project,
            "is_prerelease": release.is_prerelease,
            "links": self._links(release),
            "count": len(get_releases(self._app).changes_in(release)),
        }

    def _links(self, release: Announced) -> list[context_types.ReleaseLink]:
        project = release.project or self._blog.options.release_project or str(self._app.config.project)
        values = {**release.extra, "version": release.version, "project": project}
        quoted = {name: quote(text, safe="/+") for name, text in values.items() if text}
        return [
            {"title": title, "url": pattern.format_map(quoted)}
            for title, pattern in self._blog.options.release_links.items()
            if all(name is None or name in quoted for _text, name, _spec, _conversion in Formatter().parse(pattern))
        ]

    def _changed_pages(self, changes: Iterable[Change]) -> list[context_types.ChangedPage]:
        titles = self._app.env.titles
        return [
            {
                "page": docname,
                "title": titles[docname].astext() if docname in titles else docname,
                "changes": [
                    {
                        "kind": change.kind,
                        "name": change.name,
                        "anchor": change.anchor,
                        "is_object": change.is_object,
                        "text": [{"text": text, "is_code": is_code} for text, is_code in change.sentence],
                    }
                    for change in of_page
                ],
            }
            for docname, of_page in groupby(changes, key=lambda change: change.docname)
        ]

    def _post(self, post: Post) -> context_types.RelatedPost:
        return {
            "page": post.docname,
            "anchor": post.anchor,
            "title": self._pages.titles.of_post(post),
            "created": self._pages.posts.date(post),
        }
