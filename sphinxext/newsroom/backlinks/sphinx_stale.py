"""References of old posts to what is gone: reported as such, in place of Sphinx's warnings about broken references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util.logging import suppress_logging

from sphinxext.newsroom.backlinks.sphinx_mentions import get_mentions
from sphinxext.newsroom.content.age import is_before, is_old
from sphinxext.newsroom.environment.post_references import post_references
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.sphinx_transforms import change_before_writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.domains import Domain

    from sphinxext.newsroom.models import Post

# Objects of these domains belong to this site; a name in any other one may be that of a project without documentation here.
_OWN_DOMAINS = frozenset({"std", "newsroom"})
_WITHOUT_DOMAIN = frozenset({"any", "myst", "doc"})
_SEPARATOR = re.compile(r"::|\.")
_AFTER_LINKS = 700
"""The priority of what changes resolved links, before Sphinx collects those to be checked."""


class StaleReference(NamedTuple):
    """A reference of an old post to what is gone."""

    kind: str
    """The type of the reference, such as ``func``."""
    target: str
    line: int | None


class StaleReferences:
    """The references of old posts to what is gone, resolved once."""

    def __init__(self, app: Sphinx) -> None:
        """Look at all old posts.

        :param app: the application, all documents read.
        """
        self._app = app
        self._namespaces: dict[str, frozenset[str]] = {}
        self._documents = old_documents(app)
        references = post_references(app.env)
        self.by_document: dict[str, list[StaleReference]] = {
            docname: found
            for docname in sorted(self._documents)
            if (
                found := [
                    StaleReference(str(of["reftype"]), str(of["reftarget"]), line)
                    for of, _sections, line in references.get(docname, ())
                    if self._is_gone(of, docname)
                ]
            )
        }

    def _is_gone(self, attributes: Mapping[str, Any], docname: str) -> bool:
        if "refuri" in attributes or "intersphinx" in attributes or not self._is_ours(attributes):
            return False
        return not get_mentions(self._app).targets(attributes, docname) and not self._is_found(attributes, docname)

    def _is_ours(self, attributes: Mapping[str, Any]) -> bool:
        """Return whether what a reference names would be documented here, or Sphinx complains about all that is not."""
        domain, kind = str(attributes.get("refdomain") or ""), str(attributes["reftype"])
        if domain in _OWN_DOMAINS or kind in _WITHOUT_DOMAIN:
            return True
        if domain not in self._app.env.domains:
            return False
        config, target = self._app.config, str(attributes["reftarget"]).lstrip("~.!").removesuffix("()")
        name = f"{domain}:{kind}"
        if (name, target) in {tuple(pair) for pair in config.nitpick_ignore}:
            return False
        if any(
            re.fullmatch(kinds, name) and re.fullmatch(names, target) for kinds, names in config.nitpick_ignore_regex
        ):
            return False
        return bool(config.nitpicky) or not self._namespaces_of(domain).isdisjoint(_namespaces(target))

    def _namespaces_of(self, domain: str) -> frozenset[str]:
        if domain not in self._namespaces:
            objects: Domain = self._app.env.domains[domain]
            found = {space for name, *_others in objects.get_objects() for space in (*_namespaces(name), name)}
            self._namespaces[domain] = frozenset(found)
        return self._namespaces[domain]

    def _is_found(self, attributes: Mapping[str, Any], docname: str) -> bool:
        """Return whether another extension knows what a reference leads to."""
        shown = nodes.inline("", "x")
        xref = addnodes.pending_xref("", shown, **{"refdoc": docname, **attributes})
        with suppress_logging():
            try:
                found = self._app.emit_firstresult(
                    "missing-reference", self._app.env, xref, shown, allowed_exceptions=(NoUri,)
                )
            except NoUri:
                return True
        return found is not None

    def problems(self) -> Iterator[Problem]:
        """Yield each of them."""
        names: list[str] = []
        for docname, found in self.by_document.items():
            post = self._documents[docname]
            names = names or sorted(set(get_mentions(self._app).names()))
            for kind, target, line in found:
                message = f"this post of {post.created.date()} mentions {target!r} ({kind}), which does not exist."
                message += suggestion(target, names)
                yield Problem(subtype=Subtype.STALE, message=message, path=post.path, line=line)


def _namespaces(name: str) -> list[str]:
    """Return the names of what a name is inside, such as ``a`` and ``a.b`` for ``a.b.c``."""
    return [name[: match.start()] for match in _SEPARATOR.finditer(name)]


def old_documents(app: Sphinx) -> dict[str, Post]:
    """Return the documents all of whose posts are old, each with one of them.

    :param app: the application, its index complete.
    """
    site = get_site(app)
    found = {docname: posts_of(app, docname) for docname in site.blog.by_docname}
    return {
        docname: posts[0]
        for docname, posts in found.items()
        if all(is_old(post, site.section_with(post).options, site.now) for post in posts)
    }


def posts_of(app: Sphinx, docname: str) -> list[Post]:
    """Return the posts of a document.

    :param app: the application, its index complete.
    :param docname: the document.
    """
    blog = get_site(app).blog
    return [blog.posts[key] for key in blog.by_docname.get(docname, ())]


def get_stale_references(app: Sphinx) -> StaleReferences:
    """Return the stale references of the build of an application.

    :param app: the application, all documents read.
    """
    state = build_state(app)
    if state.stale is None:
        state.stale = StaleReferences(app)
    return cast("StaleReferences", state.stale)


def connect(app: Sphinx) -> None:
    """Connect what keeps Sphinx and MyST-Parser from reporting the same, and what leaves old links unchecked.

    :param app: the application.
    """
    app.connect("env-updated", _forget, priority=0)
    change_before_writing(app, _remove_links_to_nothing)
    change_before_writing(app, _remove_links_before_day, priority=_AFTER_LINKS)


def _forget(app: Sphinx, _env: Any) -> None:
    build_state(app).stale = None


def _stale_of(app: Sphinx, docname: str) -> set[tuple[str, str]]:
    if not builds_html_pages(app.builder) or not get_site(app).is_complete:
        return set()
    found = get_stale_references(app).by_document.get(docname, ())
    return {(reference.kind, reference.target) for reference in found}


def _remove_links_to_nothing(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Leave only the text of links that have been reported, so that Sphinx and MyST-Parser do not report them again."""
    if stale := _stale_of(app, docname):
        for node in list(document.findall(addnodes.pending_xref)):
            if "reflocalid" not in node and (node["reftype"], node["reftarget"]) in stale:
                node.replace_self(node.children if node.astext() else [nodes.literal("", node["reftarget"])])


def _remove_links_before_day(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Take the links of posts before a date out of the documents that Sphinx checks the links of."""
    if app.builder.name != "linkcheck":
        return
    site, posts = get_site(app), posts_of(app, docname)
    if not posts or not all(is_before(post, site.section_with(post).options.linkcheck_since) for post in posts):
        return
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.reference):
            node.attributes.pop("refuri", None)
        elif isinstance(node, nodes.image):
            node["candidates"] = {}
        elif isinstance(node, nodes.raw):
            node.attributes.pop("source", None)
