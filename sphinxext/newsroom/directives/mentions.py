"""The directive and the role ``mentions``, and the lines below objects: posts that mention a page or an object.

The directive is a ``post-list`` of the posts that mention something. Role and lines show titles and dates alone, which are
known before anything is written, so that Sphinx writes a page again when one of them changes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.util.docutils import SphinxRole
from sphinx.util.osutil import relative_uri

from sphinxext.newsroom.backlinks.sphinx_mentions import forget_mentions, get_mentions
from sphinxext.newsroom.blog.taxonomies import Collection
from sphinxext.newsroom.directives.post_list import PostListDirective, post_list_directive, unknown_name
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.feeds.plan import MENTIONS
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.pages.jinja import path_from_root, render
from sphinxext.newsroom.pages.mentions import mention_entries, sidebar_entries, uses_sidebar
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.html_links import resolve_root
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder
from sphinxext.newsroom.utils.sphinx_env import DocumentData
from sphinxext.newsroom.utils.sphinx_transforms import change_before_writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Mention, Mentions

UNFOLDED = 3
"""How many posts the line below an object shows before it is folded."""


class mentions_line(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801 - docutils finds visitors by this name
    """The posts that mention something, in a line; filled where the page is written."""


class MentionsDirective(PostListDirective):
    """Asks for a list of the posts that mention a page or an object."""

    final_argument_whitespace = True
    flags = ("feed",)

    def run(self) -> list[nodes.Node]:
        """Return the list, and note that a feed is asked for."""
        [node] = super().run()
        if "feed" in self.options and isinstance(node, nodes.Element):
            node["feed"] = node["query"]["mentions"]
            names = _feeds(self.env).setdefault(self.env.docname, [])
            if node["feed"] not in names:
                names.append(node["feed"])
        return [node]

    def values(self) -> dict[str, str]:
        """Return what the list asks for: by default, titles and dates below a heading."""
        values = {name: str(value or "").strip() for name, value in self.options.items() if name != "feed"}
        values.setdefault("title", _("In the news"))
        if values.setdefault("view", "list") == "list":
            values.setdefault("fields", "date")
            values.setdefault("excerpt", "none")
        values["mentions"] = self.arguments[0].strip() if self.arguments else values.get("mentions") or "."
        return values


class MentionsRole(SphinxRole):
    """Shows the posts that mention a page or an object, in a line of text."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the line, to be filled when all posts are known."""
        name = self.text.strip()
        _names(self.env).setdefault(self.env.docname, []).append(name)
        node = mentions_line(name=name)
        self.set_source_info(node)
        return [node], []


def connect(app: Sphinx) -> None:
    """Register the directive and the role, and connect what fills them.

    :param app: the application.
    """
    app.add_directive("mentions", post_list_directive(app, MentionsDirective))
    app.add_role("mentions", MentionsRole())
    app.add_node(mentions_line, html=(partial(_visit, app), None))
    app.connect("env-updated", _forget, priority=0)
    change_before_writing(app, _fill)


# -- What is stored in the environment -----------------------------------------------------------------------------------


_names = DocumentData("newsroom_mentions", dict[str, list[str]])
"""What the roles of each document name, by docname."""


_feeds = DocumentData("newsroom_mention_feeds", dict[str, list[str]])
"""What each document asks for a feed of mentions of, by docname."""


def _forget(app: Sphinx, _env: BuildEnvironment) -> None:
    forget_mentions(app)


# -- Feeds -------------------------------------------------------------------------------------------------------------


def mention_feeds(app: Sphinx) -> Iterator[Collection]:
    """Yield the posts of each feed that a directive asks for.

    :param app: the application, the index complete.
    """
    titles, found_docs = app.env.titles, app.env.found_docs
    for docname, names in sorted(_feeds(app.env).items()):
        for name in names if docname in found_docs else ():
            posts = get_mentions(app).of_name(name, docname)
            label = titles[docname].astext() if name == "." else name
            keys = tuple(post.key for post in posts if post.state == PUBLISHED)
            yield Collection(kind=MENTIONS, id=name, name=label, pagename=docname, posts=keys)


# -- What pages show ---------------------------------------------------------------------------------------------------


def mention_fingerprints(app: Sphinx) -> dict[str, str]:
    """Return what changes when role, sidebar or lines of a document show something else, for each that shows any.

    :param app: the application, the index complete.
    """
    shown: dict[str, dict[str, Any]] = {}
    mentions, entries = get_mentions(app), partial(mention_entries, app)
    for docname, names in _names(app.env).items():
        of_names = {name: entries(mentions.of_name(name, docname)) for name in names}
        shown.setdefault(docname, {})["roles"] = of_names
    for docname, anchors in _of_objects(app).items():
        lines = {anchor: entries(posts) for anchor, posts in anchors.items()}
        shown.setdefault(docname, {})["objects"] = lines
    if uses_sidebar(app):
        for docname in mentions.pages():
            shown.setdefault(docname, {})["sidebar"] = sidebar_entries(app, docname)
    return {docname: fingerprint(data) for docname, data in shown.items()}


def _of_objects(app: Sphinx) -> dict[str, dict[str, list[Post]]]:
    domains = [name for name in get_site(app).options.mentions_domains if name in app.env.domains]
    return get_mentions(app).of_objects(domains) if domains else {}


def domain_problems(app: Sphinx) -> list[Problem]:
    """Return what is wrong with the domains whose objects are to show mentions.

    :param app: the application.
    """
    known = [domain.name for domain in app.env.domains.sorted()]
    return [
        Problem(
            subtype=Subtype.CONFIG,
            message=f"newsroom_mentions_domains: there is no domain {name!r}; expected one of "
            f"{', '.join(known)}.{suggestion(name, known)}",
        )
        for name in get_site(app).options.mentions_domains
        if name not in known
    ]


# -- Where a page is written -------------------------------------------------------------------------------------------


def _fill(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Check the roles of a document about to be written, and add the lines below its objects."""
    for node in list(document.findall(mentions_line)):
        path, line = str(app.env.doc2path(docname, base=False)), get_source_line(node)[1]
        problems = unknown_name(app, node["name"], docname)
        get_site(app).reporter.report(replace(problem, path=path, line=line) for problem in problems)
        node["posts"] = mention_entries(app, get_mentions(app).of_name(node["name"], docname))
        if not builds_html_pages(app.builder):
            node.replace_self(_plain(app, docname, node["posts"]))
    if builds_html_pages(app.builder) and (anchors := _of_objects(app).get(docname)):
        for element in list(document.findall(nodes.Element)):
            for anchor in anchors.keys() & set(element["ids"]):
                _add_line(element, mentions_line(posts=mention_entries(app, anchors[anchor]), block=True))


def _add_line(element: nodes.Element, line: nodes.Element) -> None:
    """Put a line below the description of an object."""
    parent = element.parent
    if isinstance(element, addnodes.desc_signature):
        content = next(iter(parent.findall(addnodes.desc_content)), parent)
        members = (n for n, child in enumerate(content) if isinstance(child, (addnodes.desc, addnodes.index)))
        content.insert(next(members, len(content)), line)
    elif isinstance(element, nodes.term):
        next(iter(parent.findall(nodes.definition)), parent).append(line)
    else:
        # A module has no description, only a place in the text.
        parent.insert(parent.index(element) + 1, line)


def _plain(app: Sphinx, docname: str, posts: list[Mention]) -> list[nodes.Node]:
    """Return a line as any builder writes it."""
    shown: list[nodes.Node] = []
    for post in posts:
        title = nodes.Text(post["title"])
        external = post["external_link"]
        shown += [nodes.Text(", ")] if shown else []
        shown.append(
            nodes.reference("", "", title, internal=False, refuri=external)
            if external
            else link(app, docname, post["page"], title, anchor=post["anchor"])
        )
        shown.append(nodes.Text(f" ({post['created']['text']})"))
    return shown or [nodes.Text("")]


def _visit(app: Sphinx, translator: Any, node: nodes.Element) -> None:
    docname = translator.docnames[0]
    context = {**html_builder(app).globalcontext, "pagename": docname, "pathto": path_from_root(app)}
    view: Mentions = {"posts": node["posts"], "block": "block" in node, "folded": len(node["posts"]) > UNFOLDED}
    html = render(app, "newsroom/partials/mentions.html", context, view=view)
    translator.body.append(resolve_root(html.strip(), relative_uri(html_builder(app).get_target_uri(docname), "")))
    raise nodes.SkipNode
