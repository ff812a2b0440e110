"""What posts refer to: pages, functions, options and other objects.

References are collected while a post is read, as they are written. They are resolved only if a page asks for mentions;
their names alone tell which posts are related.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.util import docname_join

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# What says nothing about where a reference leads.
_IRRELEVANT = frozenset({*nodes.Element.basic_attributes, "refwarn", "reftitle"})
# References of the domain "std" to a position in a text instead of an object.
_PLACES = frozenset({"ref", "numref", "keyword", "token"})


class Reference(NamedTuple):
    """A reference in a document with posts."""

    attributes: dict[str, Any]
    """Attributes of the unresolved reference, or the ``refuri`` of a resolved one."""
    sections: tuple[str, ...]
    """Ids of the sections around it, where a document holds several posts."""
    line: int | None = None
    """The line of the first of several equal ones."""


post_references = DocumentData("newsroom_references", dict[str, list[Reference]])
"""What the posts of each document refer to, by docname."""


def collect_references(app: Sphinx, doctree: nodes.document) -> None:
    """Record what the posts of a document refer to.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    docname, site = app.env.docname, get_site(app)
    if not site.is_post(docname):
        return
    has_one_post = docname in site.planned
    found: dict[str, Reference] = {}
    for node, attributes in _references(doctree):
        sections = () if has_one_post else tuple(_sections_around(node))
        key = repr((sorted(attributes.items()), sections))
        if key not in found:
            found[key] = Reference(attributes, sections, get_source_line(node)[1])
    if found:
        post_references(app.env)[docname] = list(found.values())


def _references(doctree: nodes.document) -> Iterator[tuple[nodes.Element, dict[str, Any]]]:
    for xref in doctree.findall(addnodes.pending_xref):
        yield xref, {name: value for name, value in xref.attributes.items() if name not in _IRRELEVANT}
    for link in doctree.findall(nodes.reference):
        # MyST-Parser has found the object of another project already.
        if "inv_match" in link:
            yield link, {"refuri": link["refuri"]}


def _sections_around(node: nodes.Node) -> Iterator[str]:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            yield from parent["ids"]
        parent = parent.parent


def post_objects(env: BuildEnvironment, docnames: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of what posts refer to, by docname. Posts that refer to the same are related.

    :param env: the environment, all documents read.
    :param docnames: the documents that are one post each.
    """
    references = post_references(env)
    found = {}
    for docname in docnames:
        names = {_name(reference.attributes, docname) for reference in references.get(docname, ())} - {""}
        # A post is about itself: it is related to those that link to it.
        found[docname] = sorted({*names, f"doc:{docname}"})
    return found


def _name(attributes: Mapping[str, Any], docname: str) -> str:
    """Return what a reference names, the same whatever role it has; empty if it names no object."""
    domain, target = str(attributes.get("refdomain") or ""), str(attributes.get("reftarget") or "")
    kind = attributes.get("reftype")
    if domain == "doc":
        return f"doc:{target}"  # MyST-Parser has found the document already
    if domain == "std" and kind == "doc":
        return f"doc:{docname_join(str(attributes.get('refdoc') or docname), target)}"
    if not domain or not target or (domain == "std" and kind in _PLACES):
        return ""
    return f"{domain}:{target.removesuffix('()').lstrip('.~!')}"
