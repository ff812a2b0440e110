"""The names by which documents and other projects link to posts and lists."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.releases.index import Announced

POST, RELEASE = "post", "release"
_WORD_AND_NUMBER = re.compile(r"\s\S+\s-?\d+(\s|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class XrefTarget:
    """The target of a name."""

    kind: str
    """``post``, ``release``, or the taxonomy."""
    page: str
    anchor: str
    title: str


@dataclass(frozen=True, kw_only=True)
class XrefIndex:
    """Everything that has a name, by kind and name."""

    written: Mapping[str, Mapping[str, Sequence[XrefTarget]]]
    """By kind and by name as it is written; of several targets the first is meant."""

    @cached_property
    def _keys(self) -> Mapping[str, Mapping[str, str]]:
        """By kind, the written name of what differs from it only in case and spacing."""
        return {kind: {term_key(name): name for name in reversed([*names])} for kind, names in self.written.items()}

    def find(self, kind: str, name: str) -> Sequence[XrefTarget]:
        """Return the targets of a name, best first.

        :param kind: ``post``, or the taxonomy.
        :param name: the raw name.
        """
        written = self.written.get(kind, {})
        name = collapse_whitespace(name)
        return written.get(name) or written.get(self._keys.get(kind, {}).get(term_key(name), ""), ())

    def objects(self, *, with_lists: bool) -> Iterator[tuple[str, XrefTarget]]:
        """Yield each name with its target, for the inventory.

        :param with_lists: whether lists have pages.
        """
        for kind, names in self.written.items():
            if kind not in {POST, RELEASE} and not with_lists:
                continue
            for name, targets in names.items():
                yield inventory_name(name), targets[0]


def inventory_name(name: str) -> str:
    """Return a name for the inventory, whose parsers treat a word and a number as the end of the name.

    :param name: the name.
    """
    name = collapse_whitespace(name)
    return name.replace(" ", "-") if _WORD_AND_NUMBER.search(name) else name


def build_xref_index(
    blog: Blog,
    *,
    title_of: Callable[[Post], str],
    name_of: Callable[[Collection], str],
    projects: Mapping[str, Sequence[Announced]] | None = None,
    main: str = "",
) -> XrefIndex:
    """Give every post and every list its names.

    The path of each is a name. Other names of a post are the last part of the path and its file, of a list its term,
    an author by the id. The first owner keeps a name, so that links from other projects stay valid.

    :param blog: the index.
    :param title_of: gives the title of a post.
    :param name_of: gives the title of a list.
    :param projects: the releases by project, those of the documentation first.
    :param main: the project of the documentation.
    """
    written: dict[str, dict[str, list[XrefTarget]]] = {POST: {}}

    def add(target: XrefTarget, *names: str) -> None:
        for name in dict.fromkeys(filter(None, map(collapse_whitespace, names))):
            written.setdefault(target.kind, {}).setdefault(name, []).append(target)

    in_time = sorted(blog.posts.values(), key=lambda post: (post.created, post.key))
    posts = [
        (post, XrefTarget(kind=POST, page=post.docname, anchor=post.anchor, title=collapse_whitespace(title_of(post))))
        for post in in_time
    ]
    # URLs first, so that no other name takes them.
    for post, target in posts:
        add(target, post.key)
    for post, target in posts:
        add(target, *(name for name in _short_names(post) if name not in blog.posts))
    for release in (release for releases in (projects or {}).values() for release in releases):
        post = release.posts[0]
        target = XrefTarget(kind=RELEASE, page=post.docname, anchor=post.anchor, title=release.name)
        # The version alone names a release of this project first; those of another one need its name as well.
        add(target, release.version, f"{release.project or main} {release.version}")
    for taxonomy in blog.taxonomies:
        lists = [
            (c, XrefTarget(kind=taxonomy.kind, page=c.pagename, anchor="", title=collapse_whitespace(name_of(c))))
            for c in taxonomy.collections
        ]
        paths = {target.page for _collection, target in lists}
        for _collection, target in lists:
            add(target, target.page)
        for collection, target in lists:
            names = {collection.id if collection.author else collection.name, collection.name}
            add(target, *sorted(names - paths))
    return XrefIndex(written=written)


def _short_names(post: Post) -> Iterator[str]:
    if post.anchor:
        yield post.anchor
        return
    for path in (post.docname, posixpath.splitext(post.path)[0]):
        folder, name = posixpath.split(path)
        yield posixpath.basename(folder) if name in {"index", "README"} else name
