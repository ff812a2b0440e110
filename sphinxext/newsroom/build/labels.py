"""Links to posts and to lists of posts, from anywhere in the documents and for every builder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from docutils import nodes
from sphinx.errors import NoUri

from sphinxext.newsroom.build.ablog import label_target
from sphinxext.newsroom.build.builders import makes_pages

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
    if node.get("reftype") not in {"ref", "any", "myst"} or (found := label_target(app, node["reftarget"])) is None:
        return None
    page, title = found
    shown = contnode if node.get("refexplicit") else nodes.emphasis("", title)
    return link(app, node.get("refdoc", ""), page, shown, tooltip=title)


def link(app: Sphinx, docname: str, page: str, shown: nodes.Node, *, anchor: str = "", tooltip: str = "") -> nodes.Node:
    """Return a link to a page of the blog, or only what it would show where the page does not exist.

    :param app: the application.
    :param docname: the document where the link stands.
    :param page: a document, a list, or the feed.
    :param shown: what the link shows.
    :param anchor: the place in the page.
    :param tooltip: its title.
    """
    is_page = page in app.env.found_docs or (makes_pages(app.builder) and not page.endswith(".xml"))
    base = app.config.html_baseurl
    attributes = {"reftitle": tooltip} if tooltip else {}
    if is_page:
        try:
            uri = app.builder.get_relative_uri(docname, page) + (f"#{anchor}" if anchor else "")
        except NoUri:
            # The builder makes a document of some pages only, and this is none of them.
            return shown
        return nodes.reference("", "", shown, internal=True, refuri=uri, **attributes)
    if base and page.endswith((".xml", "/index")):
        # The same in every kind of website; of other pages nobody knows here how their addresses end.
        uri = urljoin(base.rstrip("/") + "/", page.removesuffix("index"))
        return nodes.reference("", "", shown, internal=False, refuri=uri, **attributes)
    return shown
