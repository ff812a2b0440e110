"""Resolve links on sites whose notebooks nbsphinx reads.

nbsphinx resolves the path in a link relative to the docname. Docnames of posts are permalinks, so its own links from posts
are broken, and those to posts link to copies of the source files, including drafts.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.environment.post_source import collect_unpublished_link, post_links
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import is_folder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def connect(app: Sphinx) -> None:
    """Resolve links by files where nbsphinx is in use.

    :param app: the application.
    """
    app.connect("config-inited", _add_transforms)


def _add_transforms(app: Sphinx, _config: Config) -> None:
    if "nbsphinx" in app.extensions:
        app.add_transform(_section_labels(app))
        app.add_transform(_link_resolver(app))


def _section_labels(app: Sphinx) -> type[SphinxTransform]:
    class SectionLabels(SphinxTransform):
        """Give the sections of a post the labels that nbsphinx gives those of other documents: by the path of the file."""

        default_priority = 251  # nbsphinx has named the sections

        def apply(self, **_kwargs: Any) -> None:
            """Add the labels of one document."""
            docname, labels = self.env.docname, self.env.domains.standard_domain
            if not get_site(app).is_post(docname):
                return
            path = str(self.env.doc2path(docname, base=False))
            for section in self.document.findall(nodes.section):
                label = f"/{path}#{section['ids'][0]}".lower()
                labels.labels[label] = docname, section["ids"][0], section[0].astext()
                labels.anonlabels[label] = docname, section["ids"][0]

    return SectionLabels


def _link_resolver(app: Sphinx) -> type[SphinxTransform]:
    class LinkResolver(SphinxTransform):
        """Resolve links to files in posts, and links to posts in other documents."""

        default_priority = 490  # before nbsphinx does

        def apply(self, **_kwargs: Any) -> None:
            """Resolve the links of one document."""
            for node in list(self.document.findall(nodes.reference)):
                _resolve(app, self.document, node)

    return LinkResolver


def _resolve(app: Sphinx, document: nodes.document, node: nodes.reference) -> None:
    env, site = app.env, get_site(app)
    docname, here = env.docname, str(env.doc2path(env.docname, base=False))
    is_post = site.is_post(docname)
    parts = urlsplit(_uri(document, node))
    if parts.scheme or parts.netloc or parts.query or parts.path.startswith("/") or not (parts.path or parts.fragment):
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path))) if parts.path else here
    is_document = path.endswith(tuple(app.config.source_suffix))
    target = app.project.path2doc(path) if is_document and path not in site.unpublished else None
    if target in env.found_docs:
        if is_post or site.is_post(str(target)):
            _link_document(app, node, path, str(target), parts.fragment)
    elif reason := _restriction(app, path):
        collect_unpublished_link(env, path)
        _leave_out(app, node, here, f"the link to {path!r} is left out: {reason}.")
    elif is_post and here.endswith(".ipynb"):
        if is_folder(site.srcdir / path):
            _leave_out(app, node, here, f"a link leads to the folder {path!r}; expected a page or a file.")
        else:
            # Sphinx copies the file, or reports that it is not there.
            shown = nodes.inline("", "", *node.children, classes=["xref", "download"])
            attributes = {"reftype": "download", "refdomain": "", "refexplicit": True, "refwarn": True}
            download = addnodes.download_reference("", "", shown, reftarget=f"/{path}", refdoc=docname, **attributes)
            node.replace_self(download)


def _restriction(app: Sphinx, path: str) -> Restriction | None:
    """Return why a file must not be copied for a link to it: nbsphinx copies what is not a document."""
    site = get_site(app)
    return Restriction.UNPUBLISHED if path in site.unpublished else site.copy_rules.restriction_of_page(path)


def _leave_out(app: Sphinx, node: nodes.reference, path: str, message: str) -> None:
    """Show the words of a link without it, and say why."""
    problem = Problem(subtype=Subtype.LINK, message=message, path=path, line=get_source_line(node)[1])
    get_site(app).reporter.report([problem])
    node.replace_self(node.children)


def _uri(document: nodes.document, node: nodes.reference) -> str:
    """Return the target of a link, given in the link or in a separate target."""
    identifier = node.get("refid") or document.nameids.get(node.get("refname", ""))
    target = document.ids.get(identifier or "")
    return str(node.get("refuri") or (target.get("refuri", "") if target is not None else ""))


def _link_document(app: Sphinx, node: nodes.reference, path: str, target: str, fragment: str) -> None:
    """Put a link to a document or to a section of it in the place of one to its file."""
    env, site = app.env, get_site(app)
    if site.is_post(target):
        post_links(env).setdefault(env.docname, {})[path] = target
    attributes = {"refdomain": "std", "refexplicit": True, "refwarn": True, "refdoc": env.docname}
    # As nbsphinx has them, and the labels of posts above.
    attributes |= (
        {"reftype": "ref", "reftarget": f"/{path}#{fragment}".lower()}
        if fragment
        else {"reftype": "doc", "reftarget": f"/{target}"}
    )
    node.replace_self(addnodes.pending_xref("", nodes.inline("", "", *node.children), **attributes))
