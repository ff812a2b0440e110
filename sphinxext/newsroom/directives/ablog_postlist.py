"""Render ABlog's ``postlist`` directive from the index of the blog."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext.newsroom.ablog.dates import written_date
from sphinxext.newsroom.ablog.directives import find_lists, warn_node
from sphinxext.newsroom.ablog.kinds import ABLOG_KINDS, TERM_KINDS
from sphinxext.newsroom.ablog.settings import term_names
from sphinxext.newsroom.blog.terms import term_keys, terms_of
from sphinxext.newsroom.blog.terms import term_names as names_of_post
from sphinxext.newsroom.content.categories import term_key
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.excerpts.sphinx_excerpt_from_doctree import (
    cut_excerpt,
    cut_paragraphs,
    excerpt_rule,
    transplant,
)
from sphinxext.newsroom.pages.context_builders import ContextBuilders
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.references.ref_labels import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post

FORMAT = "{date} - {title}"
KEYS = ("date", "title", "author", "location", "language", "category", "tags")


def fill_lists(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the posts into the lists of a document; before references are resolved, those in excerpts among them.

    :param app: the application.
    :param document: a document about to be written, changed in place.
    :param docname: its name.
    """
    for number, node in enumerate(find_lists(document)):
        node.replace_self(_PostList(app, node, docname, number).build())


class _PostList:
    """One list."""

    def __init__(self, app: Sphinx, node: nodes.Element, docname: str, number: int) -> None:
        self._app, self._node, self._docname, self._number = app, node, docname, number
        self._site = get_site(app)
        self._blog = self._site.blog
        self._pages = ContextBuilders(app, self._site, self._blog)

    def build(self) -> nodes.bullet_list:
        """Return the list."""
        node = self._node
        parts = self._format(node["format"] or FORMAT)
        style = nodes.make_id(node["list-style"] or "none")
        bullets = nodes.bullet_list(classes=[f"postlist-style-{style}", "postlist"])
        for number, post in enumerate(self._posts()):
            item = nodes.list_item("", self._line(post, parts), classes=["ablog-post"])
            if node["excerpts"]:
                item += self._excerpt(post, number)
            bullets += item
        return bullets

    def _posts(self) -> list[Post]:
        """Return the posts with all of the labels, newest first; the document itself is not listed."""
        node = self._node
        wanted = {kind: {term_key(label) for label in self._labels(kind)} for kind in TERM_KINDS}
        posts = [
            post
            for post in self._blog.recent()
            if post.docname != node.get("docname")
            and all(keys <= term_keys(post, TERM_KINDS[kind]) for kind, keys in wanted.items())
        ]
        self._report_unknown()
        posts = posts[: node["length"]]
        return posts[::-1] if node["sort"] else posts

    def _labels(self, kind: str) -> list[str]:
        """Return the names of the labels that are asked for; ABlog has places and languages by key."""
        return term_names(self._app.config, kind, [label for label in self._node[ABLOG_KINDS[kind].catalog] if label])

    def _report_unknown(self) -> None:
        for kind in TERM_KINDS:
            labels = self._labels(kind)
            if not labels:
                continue
            known = {label for post in self._blog.posts.values() for label in terms_of(post, TERM_KINDS[kind])}
            keys = {term_key(label) for label in known}
            for label in labels:
                if term_key(label) not in keys:
                    message = f"no post has the {kind} {label!r}, so this list has none.{suggestion(label, known)}"
                    warn_node(self._app.env, self._node, message, self._node.get("docname"))

    def _format(self, text: str) -> list[tuple[str, str | None]]:
        """Return a format as pairs of text and key."""
        try:
            parts = [(before, key) for before, key, _spec, _conversion in Formatter().parse(text)]
        except ValueError as error:
            problem = str(error)
        else:
            unknown = [key for _before, key in parts if key is not None and key not in KEYS]
            if not unknown:
                return parts
            problem = f"{{{unknown[0]}}} is not known; expected " + ", ".join(f"{{{key}}}" for key in KEYS)
            problem += suggestion(unknown[0], KEYS)
        warn_node(
            self._app.env, self._node, f"the format {text!r} cannot be used: {problem}", self._node.get("docname")
        )
        return [(before, key) for before, key, _spec, _conversion in Formatter().parse(FORMAT)]

    def _line(self, post: Post, parts: list[tuple[str, str | None]]) -> nodes.paragraph:
        line = nodes.paragraph()
        for before, key in parts:
            if before:
                line += nodes.Text(before)
            if key == "date":
                line += nodes.Text(self._date(post))
            elif key == "title":
                line += self._to_post(post, nodes.Text(self._pages.titles.of_post(post)))
                line["classes"] = ["ablog-post-title"]
            elif key is not None:
                line += list(self._links(post, key))
        return line

    def _date(self, post: Post) -> str:
        pattern = self._node["date"] or self._app.config.post_date_format_short
        try:
            return written_date(post.created, pattern, self._site.locale)
        except ValueError:
            return post.created.date().isoformat()

    def _to_post(self, post: Post, shown: nodes.Node) -> nodes.Node:
        if external := post.front_matter.external_link:
            return nodes.reference("", "", shown, internal=False, refuri=external)
        return link(self._app, self._docname, post.docname, shown, anchor=post.anchor)

    def _links(self, post: Post, key: str) -> Iterator[nodes.Node]:
        kind = next(kind for kind in TERM_KINDS if ABLOG_KINDS[kind].catalog == key)
        pages = {collection.id: collection.pagename for collection in self._blog.collections_of(post, kind)}
        for number, (identifier, name) in enumerate(names_of_post(post, TERM_KINDS[kind]).items()):
            if number:
                yield nodes.Text(", ")
            shown = nodes.emphasis("", name)
            page = pages.get(identifier)
            yield link(self._app, self._docname, page, shown, tooltip=name) if page else shown

    def _excerpt(self, post: Post, number: int) -> list[nodes.Node]:
        prefix = f"excerpt-{self._number}-{number}-"
        excerpt = post_excerpt(self._app, post, target=self._docname, paragraphs_only=True, prefix=prefix)
        for element in excerpt:
            if isinstance(element, nodes.Element):
                element["classes"] = [*element["classes"], "ablog-post-excerpt"]
        if excerpt and self._node["expand"]:
            shown = nodes.emphasis("", self._node["expand"])
            excerpt.append(nodes.paragraph("", "", self._to_post(post, shown), classes=["ablog-post-expand"]))
        return excerpt


def post_excerpt(
    app: Sphinx, post: Post, *, target: str, paragraphs_only: bool = False, prefix: str = ""
) -> list[nodes.Node]:
    """Return the excerpt of a post as nodes for another document.

    :param app: the application.
    :param post: the post.
    :param target: that document.
    :param paragraphs_only: whether it is made as ABlog makes it.
    :param prefix: what makes the ids in it differ from others in that document.
    """
    found = _cut(app, post, paragraphs_only=paragraphs_only)
    return transplant(app, found, source=post.docname, target=target, prefix=prefix)


def excerpt_paragraphs(app: Sphinx, post: Post) -> list[nodes.Node]:
    """Return the excerpt of a post as ABlog makes it, in the document of the post.

    :param app: the application.
    :param post: the post.
    """
    return _cut(app, post, paragraphs_only=True)


def _cut(app: Sphinx, post: Post, *, paragraphs_only: bool) -> list[nodes.Node]:
    """Return what the rule of the blog of a post makes of its document."""
    site = get_site(app)
    rule = excerpt_rule(app, site.section_with(post).options, post)
    if paragraphs_only and not rule.paragraphs and post.docname in site.project.permalinks:
        # Where lists show such a post whole, ABlog's show its beginning.
        rule = replace(rule, paragraphs=int(app.config.post_auto_excerpt or 0))
    cut = cut_paragraphs if paragraphs_only else cut_excerpt
    return cut(app.env.get_doctree(post.docname), rule, anchor=post.anchor)
