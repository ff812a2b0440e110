"""Remove references to files that must not be published from documents."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import get_source_line
from sphinx import addnodes

from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.environment.post_source import note_source
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.markdown.nodes import newsroom_media, raw_tag
from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    Refused = dict[str, Restriction]


def check_files(app: Sphinx, doctree: nodes.document) -> None:
    """Remove references to unpublished files, so that they are not copied.

    :param app: the application.
    :param doctree: the document that has just been read, its images and downloads collected.
    """
    rejected: Refused = {}
    for image in list(doctree.findall(nodes.image)):
        candidates: dict[str, str] = image.get("candidates", {})
        paths = [path for kind, path in candidates.items() if kind != "?"]
        if found := _refused(app, paths):
            rejected |= found
            _report(app, image, "image", found)
            replace_image(image)
    for download in list(doctree.findall(addnodes.download_reference)):
        target = str(download["reftarget"])
        path = "" if "://" in target else app.env.relfn2path(target, app.env.docname)[0]
        if found := _refused(app, [path] if path else []):
            rejected |= found
            _report(app, download, "link to", found)
            download.replace_self(download.children)
    if rejected:
        _forget(app, rejected)


def _refused(app: Sphinx, paths: list[str]) -> Refused:
    """Return the files among some that are not published, each with the reason."""
    site = get_site(app)
    copy_rules = site.copy_rules
    restriction = copy_rules.restriction if site.is_post(app.env.docname) else copy_rules.restriction_of_page
    rejected: Refused = {}
    for path in paths:
        note_source(app, path)
        # Sphinx says itself what is not there.
        if (reason := restriction(path)) is not None and reason is not Restriction.MISSING:
            rejected[path] = reason
    return rejected


def _report(app: Sphinx, node: nodes.Element, kind: str, rejected: Refused) -> None:
    here = str(app.env.doc2path(app.env.docname, base=False))
    line = get_source_line(node)[1]
    problems = [
        Problem(subtype=Subtype.LINK, message=f"the {kind} {path!r} is left out: {reason}.", path=here, line=line)
        for path, reason in rejected.items()
    ]
    get_site(app).reporter.report(problems)


def replace_image(image: nodes.Element) -> None:
    """Show the words of an image instead, or the tag of raw HTML without its file.

    :param image: the image.
    """
    if isinstance(image, newsroom_media) and image.get("tag", "img") != "img":
        image.replace_self(nodes.raw("", raw_tag(image), format="html"))
        return
    words = nodes.Text(image.get("alt", ""))
    link = image.parent
    image.replace_self(words if isinstance(link, nodes.TextElement) else nodes.paragraph("", "", words))
    if isinstance(link, nodes.reference) and not isinstance(link.parent, nodes.TextElement):
        # Outside of a paragraph, Sphinx's writers expect an image in a link.
        link.replace_self(nodes.paragraph("", "", link.deepcopy()))


def _forget(app: Sphinx, rejected: Refused) -> None:
    """Take files out of those that Sphinx has collected for the document being read."""
    env = app.env
    for collected in (env.images, env.dlfiles):
        # Sphinx 9 has paths, Sphinx 8 texts.
        files: dict[Any, tuple[set[str], Any]] = dict(collected)
        paths = [str(PurePosixPath(path)) for path, entry in files.items() if env.docname in entry[0]]
        if not rejected.keys().isdisjoint(paths):
            collected.purge_doc(env.docname)
            for path in paths:
                if path not in rejected:
                    collected.add_file(env.docname, path)
