"""Labels of posts and lists for ``ref``, for every builder and for other projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri

from sphinxext.newsroom.ablog.index import find_ablog_index
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.references.xref_index import inventory_name
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder
from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.utils.urls import absolute_url

if TYPE_CHECKING:
    from sphinx import addnodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def resolve_label(
    app: Sphinx, _env: BuildEnvironment, node: addnodes.pending_xref, contnode: nodes.Element
) -> nodes.Node | None:
    """Let ``:ref:`` find posts and lists by the labels that ABlog gives them.

    :param app: the application.
    :param node: the reference that was not found.
    :param contnode: what it shows.
    """
    index = find_ablog_index(app)
    if index is None or node.get("reftype") not in {"ref", "any", "myst"} or node["reftarget"] not in index.labels:
        return None
    page, title = index.labels[node["reftarget"]]
    shown = contnode if node.get("refexplicit") else nodes.emphasis("", title)
    return link(app, node.get("refdoc", ""), page, shown, tooltip=title)


def link(app: Sphinx, docname: str, page: str, shown: nodes.Node, *, anchor: str = "", tooltip: str = "") -> nodes.Node:
    """Return a link to a page of the blog, or only what it would show where the page does not exist.

    :param app: the application.
    :param docname: the document that contains the link.
    :param page: a document, a list, or the feed.
    :param shown: what the link shows.
    :param anchor: the place in the page.
    :param tooltip: its title.
    """
    is_page = page in app.env.found_docs or (builds_html_pages(app.builder) and not page.endswith(".xml"))
    base = base_url(app.config)
    attributes = {"reftitle": tooltip} if tooltip else {}
    if is_page:
        try:
            uri = app.builder.get_relative_uri(docname, page) + (f"#{anchor}" if anchor else "")
        except NoUri:
            # The builder makes a document of some pages only, and this is none of them.
            return shown
        return nodes.reference("", "", shown, internal=True, refuri=uri, **attributes)
    if base and page.endswith((".xml", "/index")):
        # Valid for every builder; the suffix of the URLs of other pages is unknown here.
        uri = absolute_url(base, page.removesuffix("index"))
        return nodes.reference("", "", shown, internal=False, refuri=uri, **attributes)
    return shown


def list_labels(app: Sphinx) -> None:
    """Have the inventory list the labels of posts and lists; those that documents give themselves come first.

    In the environment they would be taken for labels of documents, and be reported as double in later builds.

    :param app: the application.
    """
    if not builds_html_pages(app.builder):
        return
    builder = html_builder(app)
    dump = builder.dump_inventory

    def dump_with_labels() -> None:
        domain = app.env.domains.standard_domain
        known = dict(domain.labels)
        index = find_ablog_index(app)
        for label, (page, title) in index.labels.items() if index is not None else ():
            if label not in domain.anonlabels and not page.endswith(".xml"):
                domain.labels.setdefault(inventory_name(label), (page, "", collapse_whitespace(title) or label))
        try:
            dump()
        finally:
            domain.labels.clear()
            domain.labels.update(known)

    builder.dump_inventory = dump_with_labels  # type: ignore[method-assign]
