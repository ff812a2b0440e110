"""The ``post-list`` directive: lists of posts on any page, with the layouts of the blog's lists.

The data of a list is part of the fingerprint of its page. Its HTML is rendered by templates when the page is written. Other
builders get a plain list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from sphinxext.newsroom.ablog.kinds import WITH_DICTIONARY
from sphinxext.newsroom.ablog.settings import term_names
from sphinxext.newsroom.backlinks.sphinx_mentions import get_mentions
from sphinxext.newsroom.config.sphinx_registry import taxonomy_kinds
from sphinxext.newsroom.directives.ablog_postlist import post_excerpt
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.pages.context_builders import ContextBuilders
from sphinxext.newsroom.pages.jinja import path_from_root, render
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder
from sphinxext.newsroom.utils.sphinx_env import DocumentData
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.query import ListOptions
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import (
        ListedPost,
        ListEntry,
        ListGroup,
        ListLayout,
        Month,
        PostListContext,
        PostListData,
    )

HIGHEST = 6
"""The level of the smallest heading that HTML has."""


class post_list(nodes.General, nodes.Element):  # noqa: N801 - docutils finds visitors by the name of the class
    """A list of posts; filled where the page is written."""


class _Options:
    """The options of the directive. Few sites use it, so the model of what it can be asked for is made at its first use."""

    def __init__(self, app: Sphinx) -> None:
        self._app = app

    def __get__(self, _directive: object, owner: type[PostListDirective]) -> dict[str, Callable[[str], Any]]:
        from sphinxext.newsroom.blog.query import query_model

        fields = query_model(taxonomy_kinds(self._app)).model_fields
        options: dict[str, Callable[[str], Any]] = {
            field.alias or name: directives.unchanged for name, field in fields.items()
        }
        options |= dict.fromkeys(owner.flags, cast("Callable[[str], Any]", directives.flag))
        return options


class PostListDirective(SphinxDirective):
    """Asks for a list of posts."""

    optional_arguments = 1
    flags: ClassVar[tuple[str, ...]] = ()
    """The options that have no value."""

    def run(self) -> list[nodes.Node]:
        """Return the list, to be filled when all posts are known."""
        values = self.values()
        others = queries(self.env).setdefault(self.env.docname, [])
        others.append(values)
        node = post_list(query=values, number=len(others))
        self.set_source_info(node)
        return [node]

    def values(self) -> dict[str, str]:
        """Return what the list asks for, as it is written."""
        values = {name: str(value or "").strip() for name, value in self.options.items()}
        if self.arguments:
            values.setdefault("count", self.arguments[0].strip())
        return values


def post_list_directive(app: Sphinx, base: type[PostListDirective] = PostListDirective) -> type[PostListDirective]:
    """Return the directive with the options that an application has for it.

    :param app: the application.
    :param base: the directive.
    """
    return type("PostList", (base,), {"option_spec": _Options(app)})


# -- What is stored in the environment -----------------------------------------------------------------------------------


queries = DocumentData("newsroom_queries", dict[str, list[dict[str, str]]])
"""What the lists of each document ask for, by docname."""


def documents_with_lists(env: BuildEnvironment) -> set[str]:
    """Return the documents that list posts by themselves; those that mention something are an addition.

    :param env: the environment.
    """
    return {docname for docname, found in queries(env).items() if not all(values.get("mentions") for values in found)}


# -- What a list shows -------------------------------------------------------------------------------------------------


def post_list_fingerprint(app: Sphinx, docname: str) -> str:
    """Return what changes when the lists of a document show something else.

    :param app: the application.
    :param docname: the document.
    """
    lists = [_data(app, docname, query, 2) for query in _asked(app, docname)]
    return fingerprint(
        [[data, [_text_fingerprint(app, docname, entry) for entry in data["entries"]]] for data in lists]
    )


def _asked(app: Sphinx, docname: str) -> list[ListOptions]:
    """Return what the lists of a document ask for."""
    return [_parse(app, values)[0] for values in queries(app.env)[docname]]


def _parse(app: Sphinx, values: Mapping[str, str]) -> tuple[ListOptions, tuple[Problem, ...]]:
    from sphinxext.newsroom.blog.query import parse_query

    query, problems = parse_query(values, taxonomy_kinds(app))
    names = {
        field: tuple(term_names(app.config, kind, labels))
        for kind in WITH_DICTIONARY
        for field in (kind, f"exclude_{kind}")
        if (labels := getattr(query, field))
    }
    return query.model_copy(update=names) if names else query, problems


def _data(app: Sphinx, docname: str, query: ListOptions, level: int) -> PostListData:
    """Return what a list shows, except what is only known once its posts are rendered."""
    site, output = get_site(app), build_state(app).output
    pages = ContextBuilders(app, site, site.blog)
    layout = pages.layouts.make(
        query.view,
        fields=list(query.shown),
        level=level + bool(query.group),
        more_text=query.more,
        date_format=query.date_format or "",
        event_phases=query.when,
    )
    entries: list[ListEntry] = []
    posts = _posts(app, docname, query)
    for post in posts:
        owner = output.writers_by_page[post.docname]
        entry: ListEntry = owner.pages.posts.list_entry(post)
        if query.when and post.front_matter.event:
            entry["event"] = owner.pages.events.summary(post.front_matter.event, query.when)
        # In any other order, a pin means nothing.
        entry["pin"] = entry["pin"] and query.sort == "pinned"
        if query.date_format:
            entry["created"] = {
                **entry["created"],
                "text": owner.pages.posts.format_date(post.created, query.date_format),
            }
        entries.append(entry)
    return {
        **layout,
        "entries": entries,
        "groups": _groups(site, posts, query),
        "months": _months(site, posts, query, pages),
        "empty": query.empty,
        "title": query.title if entries else "",
    }


def _groups(site: Site, posts: list[Post], query: ListOptions) -> list[tuple[str, list[str]]]:
    if not query.group:
        return []
    from sphinxext.newsroom.pages.event_lists import group_posts

    return group_posts(posts, query.group, now=site.now, phases=query.when)


def _months(site: Site, posts: list[Post], query: ListOptions, pages: ContextBuilders) -> list[Month]:
    if query.view != "month":
        return []
    from sphinxext.newsroom.pages.event_lists import find_months

    return find_months(posts, now=site.now, phases=query.when, locale=site.locale, title_of=pages.titles.of_post)


def _is_shown_without_text(app: Sphinx, docname: str, entry: ListEntry) -> bool:
    """Return whether two posts would show each other's excerpts, which would hold the lists themselves."""
    return docname in get_site(app).blog.by_docname and entry["page"] in queries(app.env)


def _text_fingerprint(app: Sphinx, docname: str, entry: ListEntry) -> str:
    if _is_shown_without_text(app, docname, entry):
        return ""
    return get_site(app).manifest.rendered_posts.get(entry["key"], "")


def listed_posts(app: Sphinx, docname: str) -> list[str]:
    """Return the keys of the posts that the lists of a document show.

    :param app: the application.
    :param docname: the document.
    """
    return [post.key for query in _asked(app, docname) for post in _posts(app, docname, query)]


def _posts(app: Sphinx, docname: str, query: ListOptions) -> list[Post]:
    """Return the posts of a list, except the one that contains it."""
    from sphinxext.newsroom.blog.query import select

    site = get_site(app)
    section = next((section for section in site.sections if section.options.blog_dir == query.blog), None)
    blog = site.blog if section is None else section.blog
    posts = (post for post in blog.posts.values() if post.docname != docname)
    if query.mentions:
        mentioning = {post.key for post in get_mentions(app).of_name(query.mentions, docname)}
        posts = (post for post in posts if post.key in mentioning)
    return select(posts, query, taxonomy_kinds(app), now=site.now)


def _check(app: Sphinx, docname: str, node: nodes.Element) -> ListOptions:
    """Return what a list asks for, and report what of that cannot be used or does not exist."""
    from sphinxext.newsroom.blog.query import unknown_labels

    site = get_site(app)
    folders = [section.options.blog_dir for section in site.sections]
    query, found = _parse(app, node["query"])
    problems = list(found)
    if query.blog and query.blog not in folders:
        message = f"no blog has the blog_dir {query.blog!r}, so posts of all are listed."
        problems.append(Problem(subtype=Subtype.LIST, message=message + suggestion(query.blog, folders)))
    also = {
        "author": [text for section in site.sections for a in section.authors.values() for text in (a.id, a.name)],
        "category": [name for section in site.sections for name in section.options.categories_allowed],
    }
    problems += unknown_labels([*site.blog.posts.values()], query, also, taxonomy_kinds(app))
    if query.mentions:
        problems += unknown_name(app, query.mentions, docname)
    path = str(app.env.doc2path(docname, base=False))
    site.reporter.report(replace(problem, path=path, line=node.line) for problem in problems)
    return query


# -- Where the page is written -----------------------------------------------------------------------------------------


def check_lists(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Check the lists of a document, and fill them where no template does.

    :param app: the application.
    :param document: a document about to be written, changed in place.
    :param docname: its name.
    """
    for node in list(document.findall(post_list)):
        query = _check(app, docname, node)
        if not builds_html_pages(app.builder):
            node.replace_self(_plain(app, docname, query, number=node["number"]))


def unknown_name(app: Sphinx, name: str, docname: str) -> list[Problem]:
    """Return what is wrong with the name of a page or object whose mentions are asked for.

    :param app: the application.
    :param name: the name.
    :param docname: the document that asks.
    """
    mentions = get_mentions(app)
    if mentions.exists(name, docname):
        return []
    message = f"no page, label, object or term is called {name!r}.{suggestion(name, mentions.names())}"
    return [Problem(subtype=Subtype.LIST, message=message)]


def _plain(app: Sphinx, docname: str, query: ListOptions, *, number: int) -> list[nodes.Node]:
    """Return a list as any builder writes it."""
    pages = ContextBuilders(app, get_site(app), get_site(app).blog)
    options = get_site(app).options
    bullets = nodes.bullet_list()
    for place_in_list, post in enumerate(_posts(app, docname, query)):
        title = nodes.Text(pages.titles.of_post(post))
        external = post.front_matter.external_link
        reference = (
            nodes.reference("", "", title, internal=False, refuri=external)
            if external
            else link(app, docname, post.docname, title, anchor=post.anchor)
        )
        line = nodes.paragraph("", "", reference)
        if "date" in query.shown:
            date = pages.posts.format_date(post.created, query.date_format or options.post_date_format)
            line += nodes.Text(f" – {date}")
        item = nodes.list_item("", line)
        if "excerpt" in query.shown:
            item += post_excerpt(app, post, target=docname, prefix=f"excerpt-{number}-{place_in_list}-")
        bullets += item
    if not bullets.children:
        return [nodes.paragraph("", query.empty)] if query.empty or not query.mentions else []
    return [nodes.rubric("", query.title), bullets] if query.title else [bullets]


def visitor(app: Sphinx) -> Callable[[Any, nodes.Element], None]:
    """Return what writes a list into a page.

    :param app: the application.
    """

    def visit(translator: Any, node: nodes.Element) -> None:
        translator.body.append(_html(app, translator.docnames[0], node))
        raise nodes.SkipNode

    return visit


def _html(app: Sphinx, docname: str, node: nodes.Element) -> str:
    builder = html_builder(app)
    level, parent = 1, node.parent
    while parent is not None:
        level += isinstance(parent, nodes.section)
        parent = parent.parent
    query = _parse(app, node["query"])[0]
    level = min(max(level, 2), HIGHEST)
    data = _data(app, docname, query, min(level + bool(query.title), HIGHEST))
    if query.mentions and not data["entries"] and not query.empty:
        return ""
    context: Mapping[str, Any] = {**builder.globalcontext, "pagename": docname, "pathto": path_from_root(app)}
    number = str(node["number"])
    entries = _listed(app, docname, data, context, data["entries"], suffix=number) if not data["groups"] else []
    feeds = build_state(app).output.feeds_of_mentions(docname, node["feed"]) if "feed" in node else []
    view: PostListContext = {**_context(data, entries, level), "feeds": feeds}
    by_key = {entry["key"]: entry for entry in data["entries"]}
    groups: list[ListGroup] = []
    for place_in_list, (title, keys) in enumerate(data["groups"], start=1):
        found = [by_key[key] for key in keys]
        listed = _listed(app, docname, data, context, found, suffix=f"{number}-{place_in_list}")
        groups.append({"title": title, "view": _context(data, listed, level)})
    html = render(app, "newsroom/partials/post_list.html", context, view={**view, "groups": groups})
    return resolve_root(html, relative_uri(builder.get_target_uri(docname), ""))


def _listed(
    app: Sphinx,
    docname: str,
    data: PostListData,
    context: Mapping[str, Any],
    entries: Iterable[ListEntry],
    *,
    suffix: str,
) -> list[ListedPost]:
    """Return entries with their HTML; a post can be in several lists of a page, but ids must be unique."""
    if data["layout"] == "month":
        return []
    output = build_state(app).output
    listed: list[ListedPost] = []
    for entry in entries:
        renderer = output.writers_by_page[entry["page"]].renderer
        without_text = _is_shown_without_text(app, docname, entry)
        html = renderer.list_entries.html(entry, data, context, without_text=without_text)
        unique = entry["id"].removeprefix("post-")
        listed.append({**entry, "html": rendered(html.replace(unique, f"{unique}-{suffix}"))})
    return listed


def _context(data: PostListData, entries: list[ListedPost], level: int) -> PostListContext:
    return {
        **cast("ListLayout", data),
        "entries": entries,
        "groups": [],
        "months": data["months"],
        "empty": data["empty"],
        "title": data["title"],
        "title_level": level,
        "feeds": [],
    }
