"""Build the index of a blog: all posts in order, adjacent posts and taxonomies. It never changes afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.taxonomies import OWN_INDEX, build_taxonomies
from sphinxext.newsroom.blog.terms import term_names
from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.content.url_registry import UrlRegistry, url_key
from sphinxext.newsroom.utils.file_names import file_order
from sphinxext.newsroom.utils.urls import join_docname

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from babel.core import Locale

    from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy
    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
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
    adjacent: Mapping[str, tuple[str | None, str | None]]
    """By key of a post, the keys of the older and of the newer one."""
    taxonomies: tuple[Taxonomy, ...]
    by_docname: Mapping[str, tuple[str, ...]]
    """Keys of the posts that a document holds."""
    labels: Mapping[str, tuple[Collection, ...]]
    """By key of a post, the collections it is in."""
    documents: frozenset[str]
    """Docnames of every other document of the site."""
    releases_page: str = ""
    """The page that lists the releases, empty if there is none."""

    def taxonomy(self, kind: str) -> Taxonomy | None:
        """Return a taxonomy, None if no post has a term in it.

        :param kind: such as ``category``.
        """
        return next((taxonomy for taxonomy in self.taxonomies if taxonomy.kind == kind), None)

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
    kinds: Sequence[TaxonomyKind] = KINDS,
) -> tuple[Blog, tuple[Problem, ...]]:
    """Arrange posts.

    :param posts: the posts, each with its docname.
    :param options: the options.
    :param locale: the language of dates in URLs.
    :param documents: docnames of every document of the site that holds no posts.
    :param taken: posts of other blogs, path by docname.
    :param reserved: paths of files that are not pages.
    :param kinds: the kinds of taxonomy that there are.
    """
    # Equal dates keep the order of files; sorting in reverse leaves equal ones as they are.
    in_order = sorted(posts, key=lambda post: (file_order(post.path), post.anchor))
    in_order.sort(key=lambda post: (post.front_matter.pin, post.created), reverse=True)

    index = join_docname(options.blog_dir, "index")
    written = {url_key(docname): docname for docname in documents}
    if index not in documents:
        # A page next to the folder, such as blog.md, is an introduction of the blog, too.
        index = written.get(url_key(index), index)
    url_registry = UrlRegistry(reserved=reserved)
    url_registry.reserve(index, OWN_INDEX)
    for docname, path in taken.items():
        url_registry.reserve(docname, path)
    by_docname: dict[str, list[str]] = {}
    for post in in_order:
        if post.docname not in by_docname:
            url_registry.reserve(post.docname, post.path)
        by_docname.setdefault(post.docname, []).append(post.key)
    taxonomies, problems = build_taxonomies(
        in_order, options=options, locale=locale, url_registry=url_registry, documents=written, kinds=kinds
    )

    releases_page = ""
    if options.release_page and any(post.front_matter.releases for post in in_order):
        wanted = join_docname(options.blog_dir, options.release_page)
        releases_page = url_registry.reserve(wanted, "the page of releases")
        # A page there is the introduction.
        releases_page = written.get(url_key(releases_page), releases_page)

    # Older and newer follow the calendar; a pin moves a post in lists, not in time.
    by_time = in_order[::-1]
    by_time.sort(key=lambda post: post.created)
    keys = [None, *(post.key for post in by_time), None]
    adjacent = {key: (keys[i], keys[i + 2]) for i, key in enumerate(keys[1:-1]) if key is not None}
    labels: dict[str, list[Collection]] = {}
    for taxonomy in taxonomies:
        for collection in taxonomy.collections:
            for key in collection.posts:
                labels.setdefault(key, []).append(collection)
    posts_by_key = {post.key: post for post in in_order}
    blog = Blog(
        options=options,
        index=index,
        posts=posts_by_key,
        adjacent=adjacent,
        taxonomies=taxonomies,
        by_docname={docname: tuple(keys_) for docname, keys_ in by_docname.items()},
        labels={key: tuple(_as_written(posts_by_key[key], found, kinds)) for key, found in labels.items()},
        documents=frozenset(written.values()),
        releases_page=releases_page,
    )
    return blog, problems


def _as_written(post: Post, collections: list[Collection], kinds: Sequence[TaxonomyKind]) -> list[Collection]:
    """Put the collections of a post into the order in which its front matter names their terms."""
    terms = {
        (kind.name, identifier): number
        for number, (kind, identifier) in enumerate(
            (kind, identifier) for kind in kinds for identifier in term_names(post, kind)
        )
    }
    return sorted(collections, key=lambda c: terms.get((c.kind, c.id), len(terms)))


def merge_blogs(blogs: Sequence[Blog]) -> Blog:
    """Return one index with the posts of several, for what concerns a whole site.

    :param blogs: at least one; the first provides index, options and the titles of taxonomies.
    """
    if len(blogs) == 1:
        return blogs[0]
    posts = {key: post for blog in blogs for key, post in blog.posts.items()}
    in_order = sorted(posts, key=lambda key: (posts[key].front_matter.pin, posts[key].created), reverse=True)
    taxonomies: dict[str, Taxonomy] = {}
    for taxonomy in (taxonomy for blog in blogs for taxonomy in blog.taxonomies):
        first = taxonomies.get(taxonomy.kind)
        joined = (*first.collections, *taxonomy.collections) if first else taxonomy.collections
        taxonomies[taxonomy.kind] = replace(first or taxonomy, collections=joined)
    return Blog(
        options=blogs[0].options,
        index=blogs[0].index,
        posts={key: posts[key] for key in in_order},
        adjacent={key: pair for blog in blogs for key, pair in blog.adjacent.items()},
        taxonomies=tuple(taxonomies.values()),
        by_docname={docname: keys for blog in blogs for docname, keys in blog.by_docname.items()},
        labels={key: labels for blog in blogs for key, labels in blog.labels.items()},
        documents=frozenset().union(*(blog.documents for blog in blogs)),
    )
