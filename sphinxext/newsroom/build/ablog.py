"""The door to ABlog: the only module that knows it.

ABlog keeps giving its directives, its labels, its configuration and the ``ablog`` object that sidebars read. What it does
wrong is put right here; each repair names the defect and can go when ABlog has mended it (the versions up to 0.11.13 have
them all).
"""

from __future__ import annotations

from collections import ChainMap
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

import ablog
import ablog.blog
import ablog.post
from ablog.blog import Blog as AblogBlog
from ablog.blog import Collection as AblogCollection
from ablog.post import PostDirective, PostList, PostListDirective, PostNode, UpdateNode
from docutils import nodes
from sphinx.jinja2glue import SphinxFileSystemLoader
from sphinx.locale import get_translation

from sphinxext.newsroom.build.environment import kept
from sphinxext.newsroom.build.warnings import warn
from sphinxext.newsroom.core.dates import NotADateError, aware, read_date
from sphinxext.newsroom.core.models import DRAFT, PUBLISHED, SCHEDULED, Author, Dates, FrontMatter, Post
from sphinxext.newsroom.core.problems import Problem, Subtype
from sphinxext.newsroom.core.urls import is_safe, is_web_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ablog.blog import Catalog as AblogCatalog
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.blog import Blog
    from sphinxext.newsroom.core.catalogs import Collection

_ = get_translation("sphinx")  # where ABlog keeps its translations

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
        # Stops at mistakes, and takes labels away from other documents: see read_posts.
        ablog.post.process_posts,
        # Stops where a builder leaves posts out, and lists everything for a label that no post has: see post_lists.
        ablog.post.process_postlist,
        # Leads to pages that do not exist: see labels.
        ablog.post.missing_reference,
        # Would put ABlog's page.html before the theme's, for every page of the site.
        ablog.builder_inited,
    }
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            if listener.handler in replaced:
                app.disconnect(listener.id)
    # Reads front matter back from docinfo, where lists have become text; ours reads the front matter itself.
    app.registry.transforms.remove(ablog.post.CheckFrontMatter)
    app.add_directive("post", CheckedPost, override=True)
    app.add_directive("postlist", CheckedPostList, override=True)
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


def adjust_config(config: Config) -> list[Problem]:
    """Replace values that would stop ABlog later, in the middle of reading, and return what was wrong.

    :param config: the configuration.
    """
    problems = []
    for name in ("post_auto_excerpt", "post_auto_image"):
        if not isinstance(config[name] or 0, int):
            message = f"{name} = {config[name]!r} cannot be used: it must be a whole number. The default is used."
            problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            config[name] = config.values[name].default
    # Defaults last: they are looked up in the authors, languages and locations.
    for name, default, _rebuild, *verify in sorted(ablog.blog.CONFIG, key=lambda row: "_default_" in row[0]):
        if not verify:
            continue
        try:
            verify[0](name, config[name], config)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            reason = str(error.args[0]) if isinstance(error, KeyError) else "it has another shape than ABlog expects"
            message = f"{name} = {config[name]!r} cannot be used: {reason}. The default {default!r} is used."
            problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            config[name] = default
    return problems


def configured_authors(config: Config) -> dict[str, Author]:
    """Return the authors that ``conf.py`` knows, by id.

    :param config: the configuration.
    """
    return {
        identifier: Author(id=identifier, name=name, url=url if url and is_safe(url) else "")
        for identifier, (name, url) in config.blog_authors.items()
    }


def complete_post(post: Post, config: Config, authors: Mapping[str, Author]) -> Post:
    """Give a post what ``conf.py`` says of posts that do not say it, and the names of its places and languages.

    :param post: the post.
    :param config: the configuration.
    :param authors: the authors by id.
    """

    def names(labels: tuple[str, ...], kind: str) -> tuple[str, ...]:
        known = config[f"blog_{kind}s"]
        return tuple(known[label][0] if label in known else label for label in labels or _listed(config, kind))

    front_matter = post.front_matter
    locations, languages = names(front_matter.locations, "location"), names(front_matter.languages, "language")
    if locations != front_matter.locations or languages != front_matter.languages:
        front_matter = replace(front_matter, locations=locations, languages=languages)
    people = post.authors or tuple(authors[label] for label in _listed(config, "author") if label in authors)
    return replace(post, authors=people, front_matter=front_matter)


def _listed(config: Config, kind: str) -> list[str]:
    default = config[f"blog_default_{kind}"] or []
    return [default] if isinstance(default, str) else default


# -- While documents are read ------------------------------------------------------------------------------------------


def _text(value: str | None) -> str:
    return (value or "").strip()


class CheckedPost(PostDirective):  # type: ignore[misc]
    """The directive that declares a post; an option without value does not stop the build."""

    option_spec: ClassVar = {
        **PostDirective.option_spec,
        **dict.fromkeys(("title", "canonical_link", "external_link"), _text),
    }


class CheckedPostList(PostListDirective):  # type: ignore[misc]
    """The directive that lists posts; an option without value, or a count that is none, does not stop the build."""

    option_spec: ClassVar = {**PostListDirective.option_spec, **dict.fromkeys(("date", "list-style", "format"), _text)}

    def run(self) -> list[nodes.Node]:
        """Return the list, to be filled when all posts are known."""
        wrong = [count for count in self.arguments if not (count.isascii() and count.isdigit())]
        if wrong:
            self.arguments: list[str] = []
        [node] = super().run()
        env = self.state.document.settings.env
        node["docname"] = env.docname
        for count in wrong:
            warn_node(env, node, f"{count!r} is not a number of posts, so all are listed", env.docname)
        return [node]


def read_posts(app: Sphinx, doctree: nodes.document) -> None:
    """Let ABlog take the posts out of a document, after the mistakes that would stop it are mended.

    :param app: the application.
    :param doctree: a document that has just been read.
    """
    post_nodes = list(doctree.findall(PostNode))
    updates = list(doctree.findall(UpdateNode))
    _check_updates(app, updates, post_nodes)
    if not post_nodes:
        return
    date_format = app.config.post_date_format
    several = len(post_nodes) > 1 or app.config.post_always_section
    for node in post_nodes:
        if node["date"] is not None:
            node["date"] = _checked_date(app.env, node, node["date"], date_format)
        for key in ("tags", "author", "category", "location", "language", "redirect"):
            node[key] = [label for label in node[key] if label]
        for key in ("external_link", "canonical_link"):
            if node[key] and not is_web_url(node[key]):
                warn_node(
                    app.env, node, f"{key!r} is {node[key]!r}; expected a URL that starts with https:// or http://"
                )
                node[key] = ""
        if several and not isinstance(node.parent, nodes.section):
            _move_to_section(app, node)
        if not node["title"] and next(iter(doctree.findall(nodes.title)), None) is None:
            node["title"] = PurePosixPath(app.env.docname).name
    labels = app.env.domains.standard_domain.data
    # Labels of posts are found in another way (see labels): here they would displace those of other documents.
    mine = {name: labels[name] for name in ("labels", "anonlabels")}
    labels |= {name: ChainMap({}, known) for name, known in mine.items()}
    try:
        ablog.post.process_posts(app, doctree)
    finally:
        labels |= mine
    for info in env_posts(app.env).get(app.env.docname, ()):
        # A second copy of the post, only for ABlog's own feeds; it would be most of what the environment holds.
        info["doctree"] = nodes.section()


def _check_updates(app: Sphinx, updates: list[UpdateNode], post_nodes: list[PostNode]) -> None:
    """Give every update a date that ABlog understands, and the title that it gives only to updates of its own posts."""
    date_format = app.config.post_date_format
    dates = []
    for update in updates:
        date = _checked_date(app.env, update, update.get("date"), date_format)
        if date is not None and post_nodes and all(node["date"] for node in post_nodes):
            update["date"] = date
            continue
        # An update without a date, or of a post without one, or of a post that is declared in front matter.
        title = _("Updated on ") + date if date else _("Update")
        note = nodes.admonition("", nodes.title("", title), *update.children, classes=["note", "update"])
        update.parent.replace(update, note)
        if date is not None:
            dates.append(_in_format(date, date_format) or aware(datetime.fromisoformat(date), UTC))
    if dates:
        env_updates(app.env)[app.env.docname] = max(dates)


def _checked_date(env: BuildEnvironment, node: nodes.Element, found: object, date_format: str) -> str | None:
    """Return a date so that ABlog reads it as it was meant, None if it is not a date."""
    text = str(found)
    if (moment := _in_format(text, date_format)) is None:
        try:
            moment = aware(read_date(text, month_first=True), UTC)
        except NotADateError as error:
            expected = datetime(2024, 6, 18, tzinfo=UTC).strftime(date_format)
            warn_node(env, node, f"{text!r} is not a date; expected one such as {expected!r}. {error}".rstrip())
            return None
        written = moment.strftime(date_format)
        same = _in_format(written, date_format)
        return written if same is not None and _naive(same) == _naive(moment) else _naive(moment).isoformat()
    return text


def _in_format(text: str, date_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, date_format).replace(tzinfo=UTC)
    except ValueError:
        return None


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _move_to_section(app: Sphinx, node: PostNode) -> None:
    """Put a post that stands in a box into the section around it: ABlog looks for the section only one step up."""
    section = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    node.parent.remove(node)
    if section is None:
        warn_node(app.env, node, "a post that is part of a page has to stand in a section; it is left out")
    else:
        section.append(node)


def warn_node(env: BuildEnvironment, node: nodes.Element, message: str, docname: str | None = None) -> None:
    """Warn about something that a document has in it.

    :param env: the environment.
    :param node: what the warning is about.
    :param message: what is wrong.
    :param docname: the document; None for the one that is being read.
    """
    path = str(env.doc2path(docname or env.docname, base=False))
    warn([Problem(subtype=Subtype.ABLOG, message=message, path=path, line=node.line)], Path(env.srcdir))


def lists_posts(doctree: nodes.document) -> bool:
    """Return whether a document shows a list of posts made by ABlog's directive.

    :param doctree: the document.
    """
    return next(iter(doctree.findall(PostList)), None) is not None


def find_lists(doctree: nodes.document) -> list[nodes.Element]:
    """Return the lists of posts in a document, as ABlog's directive leaves them.

    :param doctree: the document.
    """
    return list(doctree.findall(PostList))


def env_posts(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Return what ABlog keeps of posts declared with its directive, by docname.

    :param env: the environment.
    """
    return kept(env, "ablog_posts", dict[str, list[dict[str, Any]]])


def env_updates(env: BuildEnvironment) -> dict[str, datetime]:
    """Return the newest ``update`` of each document whose post is not declared with ABlog's directive.

    :param env: the environment.
    """
    return kept(env, "newsroom_updates", dict[str, datetime])


def purge_posts(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the posts of a document that is read again or gone."""
    env_posts(env).pop(docname, None)
    env_updates(env).pop(docname, None)


def merge_posts(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the posts that another process has read."""
    for docname in docnames:
        if docname in env_posts(other):
            env_posts(env)[docname] = env_posts(other)[docname]
        if docname in env_updates(other):
            env_updates(env)[docname] = env_updates(other)[docname]


# -- Between reading and writing ---------------------------------------------------------------------------------------


def with_updates(posts: Iterable[Post], env: BuildEnvironment) -> list[Post]:
    """Return posts with the dates of the updates that are written into their texts.

    :param posts: the posts.
    :param env: the environment, all documents read.
    """
    updates = env_updates(env)

    def newest(post: Post) -> datetime | None:
        found = updates.get(post.docname)
        return max(found, post.updated or found) if found else post.updated

    return [replace(post, updated=newest(post)) if post.docname in updates else post for post in posts]


def declared_posts(env: BuildEnvironment, site: Site) -> list[Post]:
    """Return the posts that ABlog's directive declares.

    :param env: the environment, all documents read.
    :param site: the site.
    """
    posts = []
    for docname in sorted(env_posts(env)):
        for info in env_posts(env)[docname]:
            post = complete_post(_post_of(info, env, site), env.config, site.authors)
            if site.is_shown(post):
                posts.append(post)
    return posts


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
        authors=tuple(_author(label, site) for label in info["author"]),
        front_matter=front_matter,
    )


def _author(label: str, site: Site) -> Author:
    # Without a file or dictionary of authors, the name is all there is.
    return site.authors.get(label) or Author(id=label, name=label, slug=ablog.blog.slugify(label))


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
    stored = {(docname, info["section"]): info for docname, infos in env_posts(app.env).items() for info in infos}
    for post in blog.posts.values():
        info = {**_info_of(post, app), **stored.get((post.docname, post.anchor), {}), "title": title_of(post)}
        for kind, name in CATALOGS.items():
            info[name] = [_label(collection) for collection in blog.collections_of(post, kind)]
        theirs.register(post.docname, info)
    for kind, name in {**CATALOGS, "archive": "archive"}.items():
        mine = theirs.archive if kind == "archive" else theirs.catalogs[name]
        _fill_catalog(theirs, mine, kind, blog)
    title = blog.options.title
    theirs.references |= {"blog-posts": (blog.index, title), "blog-drafts": (blog.index, title)}
    if feed:
        theirs.references["blog-feed"] = (feed, f"{title} Feed")
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
    theirs.references[OVERVIEWS[kind]] = (catalog.pagename, catalog.title)


def label_target(app: Sphinx, label: str) -> tuple[str, str] | None:
    """Return the page and the title that one of ABlog's labels stands for; None for any other label.

    :param app: the application.
    :param label: such as ``category-news``, ``blog-posts`` or the file name of a post.
    """
    found = AblogBlog(app).references.get(label)
    return (str(found[0]), str(found[1])) if found else None


def _label(collection: Collection) -> str:
    return collection.id if collection.kind in {"author", "archive"} else collection.name


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
