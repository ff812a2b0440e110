"""Collect the pages, functions, options and other objects that posts refer to.

Posts that refer to the same objects are related. Names are collected unresolved while a post is read, and stored with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes
from sphinx.util import docname_join

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# References of the domain "std" to a position in a text instead of an object.
_PLACES = frozenset({"ref", "numref", "keyword", "token"})


def collect_objects(app: Sphinx, doctree: nodes.document) -> None:
    """Record what a post refers to.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    docname = app.env.docname
    if docname not in get_site(app).planned:
        return
    names = {_name(xref, docname) for xref in doctree.findall(addnodes.pending_xref)} - {""}
    # A post is about itself: it is related to those that link to it.
    post_objects(app.env)[docname] = sorted({*names, f"doc:{docname}"})


def _name(xref: addnodes.pending_xref, docname: str) -> str:
    """Return what a reference names, the same whatever role it has; empty if it names no object."""
    domain, kind, target = str(xref.get("refdomain") or ""), xref.get("reftype"), str(xref.get("reftarget") or "")
    if domain == "doc":
        return f"doc:{target}"  # MyST-Parser has found the document already
    if domain == "std" and kind == "doc":
        return f"doc:{docname_join(str(xref.get('refdoc') or docname), target)}"
    if not domain or not target or (domain == "std" and kind in _PLACES):
        return ""
    return f"{domain}:{target.removesuffix('()').lstrip('.~!')}"


post_objects = DocumentData("newsroom_objects", dict[str, list[str]])
"""The names of what each post refers to, by docname."""
