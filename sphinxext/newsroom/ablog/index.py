"""Provide the finished blog as ABlog's objects, for its sidebars, templates and labels."""

from __future__ import annotations

import posixpath
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, cast

from ablog import anchor
from ablog.blog import Collection as AblogCollection
from ablog.blog import slugify
from docutils import nodes
from sphinx.util.osutil import relative_uri

from sphinxext.newsroom.ablog.dates import SiteTime, naive
from sphinxext.newsroom.ablog.environment import env_posts
from sphinxext.newsroom.ablog.kinds import ABLOG_KINDS, TERM_KINDS
from sphinxext.newsroom.ablog.shared_blog import SeparateBlog, share_blog, today
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.config.sphinx_config import base_url, is_set
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, AUTHOR
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.markdown.icons import has_icon_font
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from ablog.blog import Blog as AblogBlog
    from ablog.blog import Taxonomy as AblogCatalog
    from markupsafe import Markup
    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.taxonomies import Collection
    from sphinxext.newsroom.models import Post

_LAST = 990


class _Excerpt:
    """The excerpt of one of our posts, read from its doctree only if somebody wants to show it."""

    def __init__(self, read: Callable[[], Iterable[nodes.Node]]) -> None:
        self._read = read

    @cached_property
    def _nodes(self) -> tuple[nodes.Node, ...]:
        return tuple(self._read())

    def __iter__(self) -> Iterator[nodes.Node]:
        """Yield its nodes."""
        return iter(self._nodes)

    def __bool__(self) -> bool:
        """Return whether there is one."""
        return bool(self._nodes)


class AblogIndex:
    """The index as ABlog would have it; worked out when somebody asks, as most builds ask for nothing of it."""

    def __init__(
        self,
        app: Sphinx,
        blog: Blog,
        *,
        feed: str,
        title_of: Callable[[Post], str],
        excerpt_of: Callable[[Post], Iterable[nodes.Node]],
        now: datetime,
    ) -> None:
        """Work out nothing yet.

        :param app: the application.
        :param blog: the index.
        :param feed: the path of the feed; empty when there is none.
        :param title_of: gives the title of a post as its page shows it.
        :param excerpt_of: gives the excerpt of a post as ABlog's lists show it.
        :param now: the time of the build, in the time zone of the site.
        """
        self._now, self._excerpt_of = now, excerpt_of
        self._app, self._blog, self._feed, self._title_of = app, blog, feed, title_of

    @cached_property
    def ablog_blog(self) -> AblogBlog:
        """ABlog's blog, with every post and the URLs of our lists."""
        made = SeparateBlog(self._app)
        if not is_set(self._app.config, "fontawesome_included") and has_icon_font(self._app.builder):
            made.config["fontawesome_included"] = made.config["fontawesome"] = True
        with today(naive(self._now)):
            self._fill(made)
        return made

    def share(self) -> None:
        """Let those who ask ABlog for its blog find this one, until the build has finished."""
        restore = share_blog(lambda: self.ablog_blog)
        self._app.connect("build-finished", lambda *_: restore(), priority=_LAST)

    def _fill(self, ablog_blog: AblogBlog) -> None:
        app, blog = self._app, self._blog
        ablog_blog.config["blog_path"] = blog.index
        ablog_blog.config["blog_authors"] = self._author_infos
        ablog_blog.posts._path = ablog_blog.drafts._path = blog.index
        locale = babel_locale(app.config.language or "en")
        infos_by_section = {
            (docname, info["section"]): info for docname, infos in env_posts(app.env).items() for info in infos
        }
        for post in blog.posts.values():
            own = {
                **_info_of(post),
                "excerpt": _Excerpt(partial(self._excerpt_of, post)),
                **infos_by_section.get((post.docname, post.anchor), {}),
                "title": self._title_of(post),
            }
            own |= {key: SiteTime.of(own[key], locale) for key in ("date", "update") if own[key]}
            for kind in TERM_KINDS:
                own[ABLOG_KINDS[kind].catalog] = [_label(collection) for collection in blog.collections_of(post, kind)]
            ablog_blog.register(post.docname, own)
            if (registered := ablog_blog.posts[post.key]) is not None:
                registered.to_html = partial(_post_html, app, post)
        for kind, names in ABLOG_KINDS.items():
            _fill_catalog(
                ablog_blog, ablog_blog.archive if kind == ARCHIVE else ablog_blog.catalogs[names.catalog], kind, blog
            )
        ablog_blog.references.clear()
        ablog_blog.references |= self.labels

    @property
    def path(self) -> str:
        """The document that heads the blog."""
        return self._blog.index

    @cached_property
    def _author_infos(self) -> dict[str, tuple[str, str | None]]:
        authors = {author.id: author for post in self._blog.posts.values() for author in post.authors}
        return {author.id: (author.name, author.url or None) for author in authors.values()}

    @cached_property
    def labels(self) -> dict[str, tuple[str, str]]:
        """ABlog's labels, such as ``category-news``, ``blog-posts`` or the file name of a post: page and title of each."""
        blog = self._blog
        labels: dict[str, tuple[str, str]] = {}
        for kind, names_of_kind in ABLOG_KINDS.items():
            if (taxonomy := blog.taxonomy(kind)) is None:
                continue
            known = self._author_infos if kind == AUTHOR else getattr(self._app.config, f"blog_{kind}s", None) or {}
            for collection in sorted(taxonomy.collections, key=lambda c: c.pagename, reverse=True):
                keys = [key for key, (name, _url) in known.items() if name == collection.name]
                names = (_label(collection), collection.name, *keys)
                found = dict.fromkeys(
                    (f"{kind}-{slugify(name)}" for name in names), (collection.pagename, collection.name)
                )
                labels |= found
            labels[names_of_kind.overview] = (taxonomy.pagename, _(taxonomy.title))
        title = blog.options.title
        labels |= {"blog-posts": (blog.index, title), "blog-drafts": (blog.index, title)}
        if self._feed:
            labels["blog-feed"] = (self._feed, _("%s Feed") % title)
        for post in blog.posts.values():
            permalink, file = post.docname.removesuffix("/index"), posixpath.splitext(post.path)[0]
            for label in (posixpath.basename(permalink), posixpath.basename(file)):
                if label != "index" and not post.anchor:
                    labels.setdefault(label, (post.docname, self._title_of(post)))
        return labels


class LazyBlog:
    """The ``ablog`` of ABlog's templates."""

    def __init__(self, index: AblogIndex) -> None:
        """Defer creation until first use.

        :param index: the index.
        """
        self._index = index

    def __getattr__(self, name: str) -> Any:
        """Return a catalog or an option."""
        return getattr(self._index.ablog_blog, name)

    def __getitem__(self, docname: str) -> Any:
        """Return a post."""
        return self._index.ablog_blog[docname]

    def __contains__(self, docname: str) -> bool:
        """Return whether a document is a post."""
        return docname in self._index.ablog_blog

    def __len__(self) -> int:
        """Return how many posts there are."""
        return len(self._index.ablog_blog)

    def __bool__(self) -> bool:
        """Return whether there is a blog, without asking."""
        return True


def add_ablog(app: Sphinx, context: dict[str, Any], index: AblogIndex) -> None:
    """Put into the context of a page what templates made for ABlog look for.

    :param app: the application.
    :param context: the context, changed in place.
    :param index: the index.
    """
    context["ablog"] = LazyBlog(index)
    context["anchor"] = anchor
    if app.config.blog_baseurl and "feed_path" not in context:
        context["feed_path"], context["feed_title"] = index.path, app.config.blog_title


def blog_of(app: Sphinx) -> AblogBlog:
    """Return ABlog's blog of an application: with all posts as soon as all documents are read, empty until then.

    :param app: the application.
    """
    index = find_ablog_index(app)
    return SeparateBlog(app) if index is None else index.ablog_blog


def find_ablog_index(app: Sphinx) -> AblogIndex | None:
    """Return the index of an application in ABlog's shape, None until all documents are read.

    :param app: the application.
    """
    return cast("AblogIndex | None", build_state(app).ablog)


def _fill_catalog(ablog_blog: AblogBlog, catalog: AblogCatalog, kind: str, blog: Blog) -> None:
    """Put our collections of one kind in the place of ABlog's, whose pages do not exist."""
    catalog.collections.clear()
    taxonomy = blog.taxonomy(kind)
    if taxonomy is None:
        return
    catalog.path = catalog.docname = taxonomy.pagename
    for collection in sorted(taxonomy.collections, key=lambda c: c.pagename, reverse=True):
        found = AblogCollection(catalog, _label(collection), collection.name, path=collection.pagename)
        catalog.collections[found.label] = found
        for key in collection.posts:
            if (post := ablog_blog.posts[key]) is not None:
                found.add(post)
    for post in ablog_blog.posts:
        labels = [catalog.collections.get(getattr(label, "label", label)) for label in getattr(post, catalog.name, ())]
        setattr(post, catalog.name, [label for label in labels if label is not None])


def _post_html(app: Sphinx, post: Post, pagename: str, fulltext: bool = False, **options: Any) -> Markup:
    """Return the excerpt of a post, or all of it, for ABlog's templates; they show it as HTML.

    :param app: the application.
    :param post: the post.
    :param pagename: the page that shows it.
    :param fulltext: whether the whole post is asked for.
    :param options: ``img_url`` asks for complete URLs.
    """
    rendered_post = build_state(app).site.rendered_posts.load(post.docname).get(post.key)
    if rendered_post is None:
        return rendered("")
    root = relative_uri(app.builder.get_target_uri(pagename), "")
    if options.get("img_url"):
        root = base_url(app.config) or root
    return rendered(
        f'<div class="ablog-post-excerpt">{resolve_root(rendered_post.body if fulltext else rendered_post.excerpt, root)}</div>'
    )


def _label(collection: Collection) -> str:
    return collection.id if collection.kind in {AUTHOR, ARCHIVE} else collection.name


def _info_of(post: Post) -> dict[str, Any]:
    """Return a post in the shape in which ABlog keeps posts."""
    created = naive(post.created)
    front_matter = post.front_matter
    return {
        "docname": post.docname,
        "section": post.anchor,
        "order": 1,
        "date": created,
        "update": naive(post.updated) if post.updated else created,
        "title": post.title,
        "redirect": [],
        "nocomments": not front_matter.comments,
        "image": None,
        "exclude": False,
        "canonical_link": front_matter.canonical_link,
        "external_link": front_matter.external_link,
        "doctree": nodes.section(),
    }
