"""The finished blog as ABlog's own objects, which sidebars, templates and labels read."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import ablog.blog
from ablog.blog import Blog as AblogBlog
from ablog.blog import Collection as AblogCollection
from docutils import nodes

from sphinxext.newsroom.build.ablog.dates import SiteTime, naive
from sphinxext.newsroom.build.ablog.store import env_posts
from sphinxext.newsroom.build.translations import gettext as _
from sphinxext.newsroom.core.options import babel_locale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ablog.blog import Catalog as AblogCatalog
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.core.blog import Blog
    from sphinxext.newsroom.core.catalogs import Collection
    from sphinxext.newsroom.core.models import Post

# Our kind of catalog -> ABlog's name of the same.
CATALOGS = {"category": "category", "tag": "tags", "author": "author", "location": "location", "language": "language"}
OVERVIEWS = {
    "category": "blog-categories",
    "tag": "blog-tags",
    "author": "blog-authors",
    "archive": "blog-archives",
    "location": "blog-locations",
    "language": "blog-languages",
}


class _Excerpt:
    """The excerpt of one of our posts, read from its doctree only if ABlog's ``postlist`` wants to show it."""

    def __init__(self, env: BuildEnvironment, docname: str, count: int) -> None:
        self._env, self._docname, self._count = env, docname, count

    def __iter__(self) -> Iterator[nodes.Node]:
        """Yield the first paragraphs."""
        doctree = self._env.get_doctree(self._docname)
        for number, paragraph in enumerate(doctree.findall(nodes.paragraph)):
            if number >= self._count:
                return
            yield paragraph.deepcopy()

    def __bool__(self) -> bool:
        """Return whether there is one, as far as is known."""
        return self._count > 0


def fill_blog(app: Sphinx, blog: Blog, *, feed: str, title_of: Callable[[Post], str]) -> None:
    """Give ABlog every post and the addresses of our lists, so that its sidebars and labels lead there.

    :param app: the application.
    :param blog: the index.
    :param feed: the path of the feed; empty when there is none.
    :param title_of: gives the title of a post as its page shows it.
    """
    AblogBlog._dict.clear()
    theirs = AblogBlog(app)
    theirs.references.clear()
    theirs.config["blog_path"] = blog.index
    people = {author.id: author for post in blog.posts.values() for author in post.authors}
    theirs.config["blog_authors"] = {author.id: (author.name, author.url or None) for author in people.values()}
    theirs.posts._path = theirs.drafts._path = blog.index
    locale = babel_locale(app.config.language or "en")
    stored = {(docname, info["section"]): info for docname, infos in env_posts(app.env).items() for info in infos}
    for post in blog.posts.values():
        info = {**_info_of(post, app), **stored.get((post.docname, post.anchor), {}), "title": title_of(post)}
        info |= {key: SiteTime.of(info[key], locale) for key in ("date", "update") if info[key]}
        for kind, name in CATALOGS.items():
            info[name] = [_label(collection) for collection in blog.collections_of(post, kind)]
        theirs.register(post.docname, info)
    for kind, name in {**CATALOGS, "archive": "archive"}.items():
        mine = theirs.archive if kind == "archive" else theirs.catalogs[name]
        _fill_catalog(theirs, mine, kind, blog)
    title = blog.options.title
    theirs.references |= {"blog-posts": (blog.index, title), "blog-drafts": (blog.index, title)}
    if feed:
        theirs.references["blog-feed"] = (feed, _("%s Feed") % title)
    for post in blog.posts.values():
        for label in (PurePosixPath(post.docname.removesuffix("/index")).name, PurePosixPath(post.path).stem):
            if label != "index" and not post.anchor:
                theirs.references.setdefault(label, (post.docname, title_of(post)))


def _fill_catalog(theirs: AblogBlog, mine: AblogCatalog, kind: str, blog: Blog) -> None:
    """Put our collections of one kind in the place of ABlog's, whose pages do not exist."""
    mine.collections.clear()
    catalog = blog.catalog(kind)
    if catalog is None:
        return
    mine.path = mine.docname = catalog.pagename
    for collection in sorted(catalog.collections, key=lambda c: c.pagename, reverse=True):
        found = AblogCollection(mine, _label(collection), collection.name, path=collection.pagename)
        mine.collections[found.label] = found
        for key in collection.posts:
            if (post := theirs.posts[key]) is not None:
                found.add(post)
        known = theirs.config.get(f"blog_{kind}s", {})
        keys = [key for key, (name, _url) in known.items() if name == collection.name]
        names = [f"{mine.xref}-{ablog.blog.slugify(name)}" for name in (found.label, collection.name, *keys)]
        theirs.references |= dict.fromkeys(names, (collection.pagename, collection.name))
    for post in theirs.posts:
        labels = [mine.collections.get(getattr(label, "label", label)) for label in getattr(post, mine.name, ())]
        setattr(post, mine.name, [label for label in labels if label is not None])
    theirs.references[OVERVIEWS[kind]] = (catalog.pagename, _(catalog.title))


def label_target(app: Sphinx, label: str) -> tuple[str, str] | None:
    """Return the page and the title that one of ABlog's labels stands for; None for any other label.

    :param app: the application.
    :param label: such as ``category-news``, ``blog-posts`` or the file name of a post.
    """
    found = AblogBlog(app).references.get(label)
    return (str(found[0]), str(found[1])) if found else None


def all_labels(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return all of ABlog's labels, each with the page and the title that it stands for.

    :param app: the application.
    """
    return {label: (str(page), str(title)) for label, (page, title) in AblogBlog(app).references.items()}


def _label(collection: Collection) -> str:
    return collection.id if collection.kind in {"author", "archive"} else collection.name


def _info_of(post: Post, app: Sphinx) -> dict[str, Any]:
    """Return a post in the shape in which ABlog keeps posts."""
    created = naive(post.created)
    front_matter = post.front_matter
    count = front_matter.excerpt_paragraphs or app.config.post_auto_excerpt or 0
    return {
        "docname": post.docname,
        "section": post.anchor,
        "order": 1,
        "date": created,
        "update": naive(post.updated) if post.updated else created,
        "title": post.title,
        "excerpt": _Excerpt(app.env, post.docname, int(count)),
        "redirect": [],
        "nocomments": not front_matter.comments,
        "image": None,
        "exclude": False,
        "canonical_link": front_matter.canonical_link,
        "external_link": front_matter.external_link,
        "doctree": nodes.section(),
    }
