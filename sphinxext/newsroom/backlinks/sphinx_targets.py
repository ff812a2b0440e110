"""Where references lead, found in the same places as Sphinx and MyST-Parser find it when they write a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.util.logging import suppress_logging

from sphinxext.newsroom.backlinks.index import Target
from sphinxext.newsroom.utils.sphinx_documents import SOURCE, find_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.domains import Domain

_INTERNAL = "newsroom-target:"
_EXPLICIT = re.compile(r"(?P<domain>[a-z]\w*):(?P<role>[\w-]+):(?P<target>[^:].*)", re.DOTALL)
"""The name of an object with its domain and role, such as ``py:func:json.loads``."""
_BLOG = "newsroom"
"""The domain of the blog itself."""
_RELATIVE = frozenset({"doc", "myst", "any"})
"""The types of reference that depend on the document that contains them."""


class _Locator:
    """Replaces the builder: domains ask it for URLs, and it answers with docnames."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._builder, name)

    def get_relative_uri(self, _source: str, docname: str, _typ: str | None = None) -> str:
        return _INTERNAL + quote(docname)

    def get_target_uri(self, docname: str, _typ: str | None = None) -> str:
        return _INTERNAL + quote(docname)


class TargetFinder:
    """Finds targets, once all documents are read."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare for an application.

        :param app: the application.
        """
        self._app, self._env = app, app.env
        self._builder = cast("Builder", _Locator(app.builder))
        self._known: dict[str, frozenset[Target]] = {}

    # -- References as they were read

    def of_reference(self, attributes: Mapping[str, Any], docname: str) -> frozenset[Target]:
        """Return the target of a reference, nothing if it leads nowhere.

        :param attributes: the attributes of the reference.
        :param docname: the document that contains it.
        """
        if "refuri" in attributes:
            return frozenset({Target(attributes["refuri"])})
        is_relative = attributes.get("reftype") in _RELATIVE
        key = repr((sorted((k, v) for k, v in attributes.items() if k != "refdoc"), docname if is_relative else ""))
        if key not in self._known:
            xref = addnodes.pending_xref("", nodes.inline("", "x"), **{"refdoc": docname, **attributes})
            self._known[key] = frozenset(self._silently(self._of_xref, xref, docname))
        return self._known[key]

    def _silently(self, find: Any, *arguments: Any) -> list[Target]:
        # What is wrong with a reference is reported where it is written.
        with suppress_logging():
            try:
                return list(find(*arguments))
            except NoUri:
                return []

    def _of_xref(self, xref: addnodes.pending_xref, docname: str) -> Iterator[Target]:
        domain, kind, target = str(xref.get("refdomain") or ""), str(xref["reftype"]), str(xref["reftarget"])
        if "intersphinx" in xref:
            yield from self._external(xref)
        elif domain == "doc":
            yield from self._of_markdown_link(target, xref.get("reftargetid"))
        elif domain in self._env.domains:
            found = list(self._in_domain(self._env.domains[domain], kind, target, xref))
            if not found and kind == "doc" and (post := find_document(self._app, xref.get(SOURCE, docname), target)):
                found = [Target(post)]
            yield from found or self._external(xref)
        elif kind in {"any", "myst"}:
            # Of several, Sphinx and MyST-Parser take the first.
            found = list(self._anywhere(target, xref)) or list(self._external(xref))
            yield from found[:1]

    def _of_markdown_link(self, docname: str, anchor: str | None) -> Iterator[Target]:
        if docname not in self._env.all_docs:
            return
        if not anchor:
            yield Target(docname)
            return
        slugs = self._env.metadata[docname].get("myst_slugs", {})
        labels = self._env.domains.standard_domain
        label = labels.anonlabels.get(anchor, ("", ""))
        yield Target(docname, slugs[anchor][1] if anchor in slugs else label[1] if label[0] == docname else anchor)

    def _in_domain(self, domain: Domain, kind: str, target: str, xref: addnodes.pending_xref) -> Iterator[Target]:
        if domain.name == _BLOG:
            yield from (Target(found.page, found.anchor) for found in cast("Any", domain).find(kind, target))
            return
        shown = nodes.inline("", "x")
        yield from _target(domain.resolve_xref(self._env, "", self._builder, kind, target, xref, shown))

    def _anywhere(self, target: str, xref: addnodes.pending_xref) -> Iterator[Target]:
        standard = self._env.domains.standard_domain
        yield from self._in_domain(standard, "doc", target, xref)
        for domain in (standard, *(domain for domain in self._env.domains.sorted() if domain is not standard)):
            shown = nodes.inline("", "x")
            try:
                results = domain.resolve_any_xref(self._env, "", self._builder, target, xref, shown)
            except NotImplementedError:
                for role in domain.roles:
                    yield from self._in_domain(domain, role, target, xref)
            else:
                for _role, node in results:
                    yield from _target(node)

    def _external(self, xref: addnodes.pending_xref) -> Iterator[Target]:
        if "sphinx.ext.intersphinx" not in self._app.extensions:
            return
        from sphinx.ext import intersphinx

        shown = nodes.inline("", "x")
        attributes = {**xref.attributes, "reftype": "any"} if xref["reftype"] == "myst" else xref.attributes
        copy = addnodes.pending_xref("", shown, **attributes)
        if xref.get("inventory"):
            node = intersphinx.resolve_reference_in_inventory(self._env, xref["inventory"], copy, shown)
        elif "intersphinx" in xref:
            node = intersphinx.resolve_reference_any_inventory(self._env, False, copy, shown)
        else:
            node = intersphinx.missing_reference(self._app, self._env, copy, shown)
        yield from _target(node)

    # -- Names as a directive or role gives them

    def of_name(self, name: str, docname: str) -> frozenset[Target]:
        """Return the targets that have a name, whatever they are; nothing if there is none.

        :param name: a page, a label, an object or a term; with domain and role if the name alone is not clear.
        :param docname: the document that asks, from which a page can be named by a relative path.
        """
        if name == ".":
            return frozenset({Target(docname)})
        return frozenset(self._silently(self._of_name, name, docname))

    def _of_name(self, name: str, docname: str) -> Iterator[Target]:
        explicit = _EXPLICIT.fullmatch(name)
        if explicit and explicit["domain"] in self._env.domains:
            attributes = {"refdomain": explicit["domain"], "reftype": explicit["role"], "reftarget": explicit["target"]}
            yield from self._of_xref(self._xref(docname, **attributes), docname)
            return
        xref = self._xref(docname, refdomain="", reftype="any", reftarget=name)
        found = list(self._anywhere(name, xref))
        if not found and (page := find_document(self._app, docname, name)):
            found = [Target(page)]
        yield from found or self._external(xref)

    def _xref(self, docname: str, **attributes: Any) -> addnodes.pending_xref:
        # With explicit text, labels of places without a title are found, too.
        return addnodes.pending_xref("", nodes.inline("", "x"), refdoc=docname, refexplicit=True, **attributes)

    def names(self) -> Iterator[str]:
        """Yield the names of all objects and pages, for suggestions."""
        yield from self._env.found_docs
        for domain in self._env.domains.sorted():
            yield from (found[0] for found in domain.get_objects())


def _target(node: nodes.Element | None) -> Iterator[Target]:
    """Yield where a resolved reference leads."""
    reference = (
        node if isinstance(node, nodes.reference) else next(node.findall(nodes.reference), None) if node else None
    )
    if reference is None or "refuri" not in reference:
        return
    uri = str(reference["refuri"])
    if uri.startswith(_INTERNAL):
        page, _hash, anchor = uri.removeprefix(_INTERNAL).partition("#")
        yield Target(unquote(page), anchor)
    else:
        yield Target(uri)
