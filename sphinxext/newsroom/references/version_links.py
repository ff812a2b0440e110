"""Links from ``versionadded`` and similar directives to the post that announces the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.releases.sphinx_changes import LABEL, collect_changes, document_changes
from sphinxext.newsroom.releases.sphinx_releases import forget_releases, get_releases
from sphinxext.newsroom.utils.sphinx_transforms import change_before_writing

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Connect what collects changes while documents are read, and what makes links of versions when they are written.

    :param app: the application.
    """
    app.connect("doctree-read", collect_changes)
    app.connect("env-updated", forget_releases, priority=0)
    change_before_writing(app, _link_versions)


def _link_versions(app: Sphinx, document: nodes.document, docname: str) -> None:
    if docname not in document_changes(app.env):
        return
    releases = get_releases(app)
    for node in list(document.findall(addnodes.versionmodified)):
        version = str(node["version"])
        if (post := releases.announcement_of(version)) is not None:
            shown = link(app, docname, post.docname, nodes.inline("", version), anchor=post.anchor)
            _replace_version(node, version, shown)


def _replace_version(node: addnodes.versionmodified, version: str, shown: nodes.Node) -> None:
    """Put what is shown in place of the version, which is in words that differ by language."""
    for label in node.findall(nodes.inline):
        if LABEL in label["classes"]:
            before, found, after = label.astext().partition(version)
            if found:
                texts = [nodes.Text(before), shown, nodes.Text(after)]
                label.children = []
                label.extend(child for child in texts if child.astext())
            return
