"""The index of a build: all posts in order, their neighbours and catalogs. It is made once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.taxonomies import OWN_INDEX, build_catalogs
from sphinxext.newsroom.content.permalinks import Addresses, address_key, label_key
from sphinxext.newsroom.content.posts import file_order
from sphinxext.newsroom.utils.slugs import join_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from babel.core import Locale

    from sphinxext.newsroom.blog.taxonomies import Catalog, Collection
    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.content.reserved_paths import ReservedPaths
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.problems import Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Blog:
    """Everything that pages and feeds need to know of the posts."""

    options: Options
    index: str
    """The document with the list of all posts."""
    posts: Mapping[str, Post]
    """Posts by key, in the order of lists: pinned ones first, each group newest first."""
    neighbours: Mapping[str, tuple[str | None, str | None]]
    """By key of a post, the keys of the older and of the newer one."""
    catalogs: tuple[Catalog, ...]
    by_docname: Mapping[str, tuple[str, ...]]
    """Keys of the posts that a document holds."""
    labels: Mapping[str, tuple[Collection, ...]]
    """By key of a post, the collections it is in."""
    documents: frozenset[str]
    """Docnames of every other document of the site."""

    def catalog(self, kind: str) -> Catalog | None:
        """Return the catalog of a kind, None if no post has such a label.

        :param kind: such as ``category``.
        """
        return next((catalog for catalog in self.catalogs if catalog.kind == kind), None)

    def collections_of(self, post: Post, kind: str) -> list[Collection]:
        """Return the collections of one kind that a post is in, in the order of its front matter.

        :param post: a post.
        :param kind: such as ``category``.
        """
        return [collection for collection in self.labels.get(post.key, ()) if collection.kind == kind]

    def recent(self) -> list[Post]:
        """Return the posts newest first, whether pinned or not."""
        return sorted(self.posts.values(), key=lambda post: post.created, reverse=True)


def build_blog(
    posts: Iterable[Post],
    *,
    options: Options,
    locale: Locale,
    documents: Iterable[str],
    taken: Mapping[str, str] = MappingProxyType({}),
    reserved: ReservedPaths | None = None,
) -> tuple[Blog, tuple[Problem, ...]]:
    """Arrange posts.

    :param posts: the posts, each with its docname.
    :param options: the options.
    :param locale: the language of dates in addresses.
    :param documents: docnames of every document of the site that holds no posts.
    :param taken: posts of other blogs, path by docname.
    :param reserved: paths of files that are no pages.
    """
    # Equal dates keep the order of files; sorting in reverse leaves equal ones as they are.
    in_order = sorted(posts, key=lambda post: (file_order(post.path), post.anchor))
    in_order.sort(key=lambda post: (post.front_matter.pin, post.created), reverse=True)

    index = join_address(options.blog_dir, "index")
    written = {address_key(docname): docname for docname in documents}
    if index not in documents:
        # A page beside the folder, such as blog.md, heads the blog as one inside of it does.
        index = written.get(address_key(index), index)
    addresses = Addresses(reserved=reserved)
    addresses.claim(index, OWN_INDEX)
    for docname, path in taken.items():
        addresses.claim(docname, path)
    by_docname: dict[str, list[str]] = {}
    for post in in_order:
        if post.docname not in by_docname:
            addresses.claim(post.docname, post.path)
        by_docname.setdefault(post.docname, []).append(post.key)
    catalogs, problems = build_catalogs(
        in_order, options=options, locale=locale, addresses=addresses, documents=written
    )

    # Older and newer follow the calendar; a pin moves a post in lists, not in time.
    by_time = in_order[::-1]
    by_time.sort(key=lambda post: post.created)
    keys = [None, *(post.key for post in by_time), None]
    neighbours = {key: (keys[i], keys[i + 2]) for i, key in enumerate(keys[1:-1]) if key is not None}
    labels: dict[str, list[Collection]] = {}
    for catalog in catalogs:
        for collection in catalog.collections:
            for key in collection.posts:
                labels.setdefault(key, []).append(collection)
    posts_by_key = {post.key: post for post in in_order}
    blog = Blog(
        options=options,
        index=index,
        posts=posts_by_key,
        neighbours=neighbours,
        catalogs=catalogs,
        by_docname={docname: tuple(keys_) for docname, keys_ in by_docname.items()},
        labels={key: tuple(_as_written(posts_by_key[key], found)) for key, found in labels.items()},
        documents=frozenset(written.values()),
    )
    return blog, problems


def _as_written(post: Post, collections: list[Collection]) -> list[Collection]:
    """Put a post's labels into the order in which its front matter names them."""
    front_matter = post.front_matter
    written = {
        "category": map(label_key, front_matter.categories),
        "tag": map(label_key, front_matter.tags),
        "series": map(label_key, front_matter.series),
        "location": map(label_key, front_matter.locations),
        "language": map(label_key, front_matter.languages),
        "author": (author.id for author in post.authors),
    }
    labels = [(kind, identifier) for kind, identifiers in written.items() for identifier in identifiers]
    return sorted(collections, key=lambda c: labels.index((c.kind, c.id)) if c.kind in written else len(labels))


def merge_blogs(blogs: Sequence[Blog]) -> Blog:
    """Return one index with the posts of several, for what concerns a whole site.

    :param blogs: at least one; the first gives index, options and the titles of catalogs.
    """
    if len(blogs) == 1:
        return blogs[0]
    posts = {key: post for blog in blogs for key, post in blog.posts.items()}
    in_order = sorted(posts, key=lambda key: (posts[key].front_matter.pin, posts[key].created), reverse=True)
    catalogs: dict[str, Catalog] = {}
    for catalog in (catalog for blog in blogs for catalog in blog.catalogs):
        first = catalogs.get(catalog.kind)
        joined = (*first.collections, *catalog.collections) if first else catalog.collections
        catalogs[catalog.kind] = replace(first or catalog, collections=joined)
    return Blog(
        options=blogs[0].options,
        index=blogs[0].index,
        posts={key: posts[key] for key in in_order},
        neighbours={key: pair for blog in blogs for key, pair in blog.neighbours.items()},
        catalogs=tuple(catalogs.values()),
        by_docname={docname: keys for blog in blogs for docname, keys in blog.by_docname.items()},
        labels={key: labels for blog in blogs for key, labels in blog.labels.items()},
        documents=frozenset().union(*(blog.documents for blog in blogs)),
    )
