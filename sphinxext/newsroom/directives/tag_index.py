"""The list of all tags with their posts, for Material's ``<!-- material/tags -->``."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext.newsroom.environment.post_source import list_documents
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.pages.context_builders import ContextBuilders
from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.utils.sphinx_transforms import change_before_writing

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.taxonomies import Collection

_KEY = "newsroom_tag_list"
# As Material's plugin "tags" has it.
_PREFIX = "tag:"
_MARK = re.compile(r"<!--\s*material/tags\b.*?-->", re.DOTALL)


class tag_list(nodes.General, nodes.Element):  # noqa: N801 - as all nodes
    """The place of the list; filled once all posts are known."""


def connect(app: Sphinx) -> None:
    """Connect what answers to Sphinx's events; the tags are known when the blog is complete.

    :param app: the application.
    """
    app.connect("doctree-read", _find)
    app.connect("env-updated", _name_anchors)
    change_before_writing(app, _fill)


def _find(app: Sphinx, doctree: nodes.document) -> None:
    """Find where a document asks for the list of tags; any document of a site that was one of Material's can.

    :param app: the application.
    :param doctree: the document that has just been read.
    """
    if not get_site(app).options.markdown_extensions:
        return
    for raw in list(doctree.findall(nodes.raw)):
        if _MARK.fullmatch(raw.astext().strip()):
            raw.replace_self(tag_list())
            list_documents(app.env).add(app.env.docname)
            app.env.metadata[app.env.docname][_KEY] = True


def _name_anchors(app: Sphinx, env: BuildEnvironment) -> None:
    """Let links such as ``tags.md#tag:news`` find the tags of a list, as they do headings.

    :param app: the application.
    :param env: the environment.
    """
    taxonomy = get_site(app).blog.taxonomy("tag")
    tags = taxonomy.collections if taxonomy is not None else ()
    anchors = {_anchor(tag): (None, _anchor(tag), tag.name) for tag in tags}
    for metadata in env.metadata.values():
        if _KEY in metadata:
            headings = metadata.get("myst_slugs", {})
            metadata["myst_slugs"] = {
                name: place for name, place in headings.items() if not name.startswith(_PREFIX)
            } | anchors


def _fill(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put the tags into the lists of a document about to be written."""
    for node in list(document.findall(tag_list)):
        node.replace_self(_tags(app, docname))


def _tags(app: Sphinx, docname: str) -> list[nodes.Node]:
    site = get_site(app)
    pages = ContextBuilders(app, site, site.blog)
    taxonomy = site.blog.taxonomy("tag")
    found: list[nodes.Node] = []
    for tag in taxonomy.collections if taxonomy is not None else ():
        to_tag = link(app, docname, tag.pagename, nodes.Text(tag.name))
        found.append(nodes.rubric("", "", to_tag, ids=[_anchor(tag)], classes=["newsroom-tag"]))
        bullets = nodes.bullet_list()
        for post in (site.blog.posts[key] for key in tag.posts):
            to_post = link(app, docname, post.docname, nodes.Text(pages.titles.of_post(post)), anchor=post.anchor)
            bullets += nodes.list_item("", nodes.paragraph("", "", to_post))
        found.append(bullets)
    return found


def _anchor(tag: Collection) -> str:
    return _PREFIX + posixpath.basename(tag.pagename)
