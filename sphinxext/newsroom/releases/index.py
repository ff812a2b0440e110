"""The index of releases: versions in order, each with the posts that announce it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.utils.versions import is_prerelease, sort_versions, version_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinxext.newsroom.models import Post, Release
    from sphinxext.newsroom.problems import Locate


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """A release with the posts that announce it."""

    project: str
    """Empty for the project of the documentation."""
    version: str
    """As the oldest of the posts writes it."""
    is_prerelease: bool
    posts: tuple[Post, ...]
    """The oldest first."""
    extra: Mapping[str, str]
    """Further values that the front matter has for links, such as ``doi``."""

    @property
    def name(self) -> str:
        """The version, with the project unless it is that of the documentation."""
        return f"{self.project} {self.version}".strip()


class ReleaseIndex:
    """The releases that posts announce."""

    def __init__(self, posts: Iterable[Post], *, project: str) -> None:
        """Arrange the releases.

        :param posts: the posts.
        :param project: the project of the documentation.
        """
        self._main = _project_key(project)
        self._found: dict[tuple[str, str], list[tuple[Release, Post]]] = {}
        self._names: dict[str, str] = {}
        for post in sorted(posts, key=lambda post: (post.created, post.key)):
            for release in post.front_matter.releases:
                key = self._key(release.project)
                self._names.setdefault(key, collapse_whitespace(release.project) if key else "")
                self._found.setdefault((key, version_key(release.version)), []).append((release, post))

    def _key(self, project: str) -> str:
        """Return what identifies a project, empty for that of the documentation."""
        key = _project_key(project)
        return "" if key == self._main else key

    def find(self, version: str, project: str = "") -> Announced | None:
        """Return a release, None if no post announces it.

        :param version: the version, in any spelling.
        :param project: its project; empty for that of the documentation.
        """
        key = self._key(project), version_key(version)
        return self._announced(key) if key in self._found else None

    def of(self, post: Post) -> list[Announced]:
        """Return what a post announces.

        :param post: the post.
        """
        keys = dict.fromkeys((self._key(r.project), version_key(r.version)) for r in post.front_matter.releases)
        return [self._announced(key) for key in keys if key in self._found]

    @cached_property
    def projects(self) -> Mapping[str, list[Announced]]:
        """The releases of each project, the newest version first; the project of the documentation has no name."""
        in_order: dict[str, list[Announced]] = {}
        for project in sorted({key for key, _version in self._found}):
            releases = [self._announced(key) for key in self._found if key[0] == project]
            by_version = {release.version: release for release in releases}
            in_order[self._names[project]] = [by_version[version] for version in sort_versions(by_version)]
        return in_order

    def _announced(self, key: tuple[str, str]) -> Announced:
        pairs = self._found[key]
        version = pairs[0][0].version
        return Announced(
            project=self._names[key[0]],
            version=version,
            is_prerelease=is_prerelease(version),
            posts=tuple({post.key: post for _release, post in pairs}.values()),
            extra={name: text for release, _post in reversed(pairs) for name, text in release.extra},
        )

    def __bool__(self) -> bool:
        return bool(self._found)

    def problems(self, locate: Locate) -> Iterator[Problem]:
        """Yield the releases that several posts announce, each once.

        :param locate: finds the line of a front matter key.
        """
        for key in self._found:
            release = self._announced(key)
            if len(release.posts) > 1:
                first, *others = release.posts
                last = others[-1]
                message = (
                    f"the release {release.name!r} is announced by {first.path}, too; both are listed, and links to the "
                    "release lead to the older post."
                )
                yield Problem(
                    subtype=Subtype.RELEASE, message=message, path=last.path, line=locate(last.path, "release")
                )


def _project_key(project: str) -> str:
    return collapse_whitespace(project).casefold()
