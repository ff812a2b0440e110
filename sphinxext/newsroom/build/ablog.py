"""The door to ABlog: the only module that knows it.

ABlog keeps giving its directives, its labels, its configuration and the ``ablog`` object that sidebars read. What it does
wrong is put right here; each repair names the defect and can go when ABlog has mended it (the versions up to 0.11.13 have
them all).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import ablog
import ablog.blog
import ablog.post
from ablog.blog import Blog as AblogBlog
from ablog.post import PostList, PostNode, UpdateNode
from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date
from docutils import nodes
from sphinx.jinja2glue import SphinxFileSystemLoader

from sphinxext.newsroom.core.models import DRAFT, PUBLISHED, SCHEDULED, Author, Dates, FrontMatter, Post
from sphinxext.newsroom.core.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.blog import Blog
    from sphinxext.newsroom.core.catalogs import Collection

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


def setup_ablog(app: Sphinx) -> None:
    """Load ABlog and replace the parts of it that this extension does itself.

    :param app: the application.
    """
    app.setup_extension("ablog")
    replaced = {
        # Lists and feeds are ours: paginated, escaped, absolute, and only written when they change.
        ablog.post.generate_archive_pages,
        ablog.post.generate_atom_feeds,
        # Deletes labels of other documents that happen to be called like a post's file.
        ablog.post.purge_posts,
        # Would put ABlog's page.html before the theme's, for every page of the site.
        ablog.builder_inited,
    }
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            if listener.handler in replaced:
                app.disconnect(listener.id)
    # Reads front matter back from docinfo, where lists have become text; ours reads the front matter itself.
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    # Its data is merged by merge_posts.
    app.extensions["ablog"].parallel_read_safe = True


def reset_blog(app: Sphinx, now: datetime) -> None:
    """Forget the blog of an earlier build in this process, and tell ABlog what day it is.

    ABlog keeps one blog for the whole process and reads the date when it is imported.

    :param app: the application.
    :param now: the time of the build.
    """
    AblogBlog._dict.clear()
    ablog.blog.TOMORROW = _naive(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def add_templates(app: Sphinx) -> None:
    """Make ABlog's sidebars available behind the templates of user and theme, and escape what they print.

    :param app: the application.
    """
    templates = getattr(app.builder, "templates", None)
    if templates is not None and hasattr(templates, "loaders"):
        templates.loaders.append(SphinxFileSystemLoader(ablog.get_html_templates_path()))


def pattern_matches(app: Sphinx) -> frozenset[str]:
    """Return the docnames that ``blog_post_pattern`` matches.

    :param app: the application.
    """
    return frozenset(app.config.matched_blog_posts)


def adjust_config(config: Config) -> None:
    """Replace values that would stop ABlog later, in the middle of reading.

    :param config: the configuration.
    """
    if not isinstance(config.blog_post_pattern, (str, list)):
        config.blog_post_pattern = []


# -- While documents are read ------------------------------------------------------------------------------------------


def check_post_nodes(app: Sphinx, doctree: nodes.document) -> None:
    """Report and mend what would make ABlog stop the build, or run for ever.

    :param app: the application.
    :param doctree: a document that has just been read.
    """
    post_nodes = list(doctree.findall(PostNode))
    if not post_nodes:
        return
    date_format = app.config.post_date_format
    several = len(post_nodes) > 1 or app.config.post_always_section
    for node in post_nodes:
        if node["date"] is not None:
            node["date"] = _checked_date(app, node, node["date"], date_format)
        for key in ("tags", "author", "category", "location", "language", "redirect"):
            node[key] = [label for label in node[key] if label]
        if several and not isinstance(node.parent, nodes.section):
            _move_to_section(app, node)
        if not node["title"] and next(iter(doctree.findall(nodes.title)), None) is None:
            node["title"] = PurePosixPath(app.env.docname).name
    for update in doctree.findall(UpdateNode):
        first = next((node["date"] for node in post_nodes if node["date"]), None)
        update["date"] = _checked_date(app, update, update.get("date"), date_format) or first
    if any(node["date"] is None for node in post_nodes):
        # Their date would be compared with none at all.
        for update in list(doctree.findall(UpdateNode)):
            update.parent.replace(update, nodes.note("", *update.children))


def _checked_date(app: Sphinx, node: nodes.Element, text: Any, date_format: str) -> str | None:
    try:
        datetime.strptime(str(text), date_format)  # noqa: DTZ007 - only tried
    except ValueError:
        try:
            moment = parse_date(str(text))
        except (ParserError, OverflowError, ValueError):
            _warn_node(app, node, f"{str(text)!r} is not a date; expected one such as {_example(date_format)!r}")
            return None
        return _naive(moment).strftime(date_format) if _survives(moment, date_format) else _naive(moment).isoformat()
    return str(text)


def _survives(moment: datetime, date_format: str) -> bool:
    """Return whether a time can be written in a format and read back as the same."""
    naive = _naive(moment)
    return naive == datetime.strptime(naive.strftime(date_format), date_format)  # noqa: DTZ007


def _example(date_format: str) -> str:
    return datetime(2024, 6, 18, tzinfo=UTC).strftime(date_format)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _move_to_section(app: Sphinx, node: PostNode) -> None:
    """Put a post that stands in a box into the section around it: ABlog looks for the section only one step up."""
    section = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    node.parent.remove(node)
    if section is None:
        _warn_node(app, node, "a post that is part of a page has to stand in a section; it is left out")
    else:
        section.append(node)


def _warn_node(app: Sphinx, node: nodes.Element, message: str) -> None:
    from sphinxext.newsroom.build.warnings import warn  # noqa: PLC0415

    path = str(app.env.doc2path(app.env.docname, base=False))
    warn([Problem(subtype=Subtype.ABLOG, message=message, path=path, line=node.line)], app.srcdir)


def drop_doctrees(app: Sphinx, _doctree: nodes.document) -> None:
    """Do not keep a second copy of each post in the environment; only ABlog's own feeds need it.

    :param app: the application.
    """
    for info in env_posts(app.env).get(app.env.docname, ()):
        info["doctree"] = nodes.section()


def lists_posts(doctree: nodes.document) -> bool:
    """Return whether a document shows a list of posts made by ABlog's directive.

    :param doctree: the document.
    """
    return next(iter(doctree.findall(PostList)), None) is not None


def env_posts(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Return what ABlog keeps of posts declared with its directive, by docname.

    :param env: the environment.
    """
    if not hasattr(env, "ablog_posts"):
        env.ablog_posts = {}
    return env.ablog_posts


def purge_posts(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the posts of a document that is read again or gone."""
    env_posts(env).pop(docname, None)


def merge_posts(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the posts that another process has read."""
    for docname in docnames:
        if docname in env_posts(other):
            env_posts(env)[docname] = env_posts(other)[docname]


# -- Between reading and writing ---------------------------------------------------------------------------------------


def declared_posts(env: BuildEnvironment, site: Site) -> tuple[list[Post], list[Problem]]:
    """Return the posts that ABlog's directive declares.

    :param env: the environment, all documents read.
    :param site: the site.
    """
    posts = []
    for docname in sorted(env_posts(env)):
        for info in env_posts(env)[docname]:
            post = _post_of(info, env, site)
            if site.is_shown(post):
                posts.append(post)
    return posts, []


def _post_of(info: dict[str, Any], env: BuildEnvironment, site: Site) -> Post:
    created = info["date"].replace(tzinfo=UTC) if info["date"] else None
    updated = info["update"].replace(tzinfo=UTC) if info["update"] else None
    state = DRAFT if created is None else SCHEDULED if created > site.now else PUBLISHED
    front_matter = FrontMatter(
        dates=Dates(created=created) if created else None,
        categories=tuple(info["category"]),
        tags=tuple(info["tags"]),
        locations=tuple(info["location"]),
        languages=tuple(info["language"]),
        redirects=tuple(info["redirect"]),
        external_link=info["external_link"] or "",
        canonical_link=info["canonical_link"] or "",
        comments=not info["nocomments"],
    )
    return Post(
        docname=info["docname"],
        path=str(env.doc2path(info["docname"], base=False)),
        anchor=info["section"],
        title=info["title"],
        created=created or site.now,
        updated=updated if updated != created else None,
        state=state,
        authors=tuple(_author(label, env, site) for label in info["author"]),
        front_matter=front_matter,
    )


def _author(label: str, env: BuildEnvironment, site: Site) -> Author:
    if label in site.authors:
        return site.authors[label]
    name, url = env.config.blog_authors.get(label, (label, ""))
    return Author(id=label, name=name, url=url or "", slug=ablog.blog.slugify(name))


def excerpt_nodes(env: BuildEnvironment, docname: str, anchor: str) -> list[nodes.Node] | None:
    """Return the excerpt of a post declared with ABlog's directive, None for any other post.

    :param env: the environment.
    :param docname: the document.
    :param anchor: the section, where it is one.
    """
    for info in env_posts(env).get(docname, ()):
        if info["section"] == anchor:
            return [node.deepcopy() for node in info["excerpt"]]
    return None


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


def fill_blog(app: Sphinx, blog: Blog) -> None:
    """Give ABlog every post and the addresses of our lists, so that its sidebars, lists and labels lead there.

    :param app: the application.
    :param blog: the index.
    """
    AblogBlog._dict.clear()
    theirs = AblogBlog(app)
    stored = {
        (docname, info["section"]): info for docname, infos in env_posts(app.env).items() for info in infos
    }
    for post in blog.posts.values():
        info = dict(stored.get((post.docname, post.anchor)) or _info_of(post, app))
        for kind, name in CATALOGS.items():
            info[name] = [_label(collection) for collection in blog.collections_of(post, kind)]
        if not blog.catalog("author"):
            info["author"] = [author.id for author in post.authors]
        theirs.register(post.docname, info)
        for label in {post.docname.rsplit("/", 1)[-1], PurePosixPath(post.path).stem} - {"index"}:
            theirs.references.setdefault(label, (post.docname, post.title))
    for catalog in blog.catalogs:
        mine = theirs.archive if catalog.kind == "archive" else theirs.catalogs[CATALOGS[catalog.kind]]
        mine.path = mine.docname = catalog.pagename
        theirs.references[OVERVIEWS[catalog.kind]] = (catalog.pagename, catalog.title)
        for collection in sorted(catalog.collections, key=lambda c: c.pagename, reverse=True):
            label = int(collection.id) if catalog.kind == "archive" and collection.id.isdigit() else _label(collection)
            if label not in mine.collections:
                continue
            found = mine.collections[label]
            found.name = collection.name
            found._path = collection.pagename
            theirs.references[found.xref] = (collection.pagename, collection.name)
            theirs.references[f"{mine.xref}-{ablog.blog.slugify(collection.name)}"] = (
                collection.pagename,
                collection.name,
            )
    feed = re.sub(r"(^|/)index$", r"\1atom.xml", blog.index)
    theirs.config["blog_path"] = blog.index
    theirs.posts._path = theirs.drafts._path = blog.index
    title = blog.options.title
    theirs.references |= {
        "blog-posts": (blog.index, title),
        "blog-drafts": (blog.index, title),
        "blog-feed": (feed, f"{title} Feed"),
    }


def _label(collection: Collection) -> str:
    return collection.id if collection.kind == "author" else collection.name


def _info_of(post: Post, app: Sphinx) -> dict[str, Any]:
    """Return a post in the shape in which ABlog keeps posts."""
    created = _naive(post.created)
    front_matter = post.front_matter
    count = front_matter.excerpt_paragraphs or app.config.post_auto_excerpt or 0
    return {
        "docname": post.docname,
        "section": post.anchor,
        "order": 1,
        "date": created,
        "update": _naive(post.updated) if post.updated else created,
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
