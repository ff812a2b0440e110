"""Extract excerpts as docutils nodes, for lists inside documents."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri

from sphinxext.newsroom.ablog.environment import excerpt_nodes
from sphinxext.newsroom.excerpts.rules import is_caption_class
from sphinxext.newsroom.markdown.nodes import newsroom_details
from sphinxext.newsroom.utils.sphinx_documents import SOURCE, find_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.models import Post

# Attributes that depend on the document, and would be wrong or duplicated elsewhere.
BOUND = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.footnote,
    nodes.citation,
    nodes.target,
    nodes.system_message,
    addnodes.index,
    addnodes.toctree,
)

# Paragraphs in these belong to something else; they are not running text.
SET_APART = (
    nodes.Admonition,
    nodes.block_quote,
    nodes.citation,
    nodes.definition,
    nodes.description,
    nodes.entry,
    nodes.field_body,
    nodes.figure,
    nodes.footnote,
    nodes.list_item,
    nodes.sidebar,
    nodes.topic,
    addnodes.desc_content,
    newsroom_details,
)
# Elements whose title is not a heading.
WITH_TITLE = (nodes.Admonition, nodes.sidebar, nodes.table, nodes.topic)
# Writers look for the number of these by their id.
NUMBERED = (nodes.container, nodes.figure, nodes.math_block, nodes.table)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcerptRule:
    """The rule that cuts the excerpt of a post, for every list and builder."""

    separator: str
    """The comment that ends it."""
    paragraphs: int
    """Number of paragraphs without a marker; 0 for the whole post."""
    image: int
    """Number of the image to include, from 1; 0 for none."""
    from_directive: list[nodes.Node] | None
    """The excerpt from ABlog's directive, for a text without a marker; None if it declares another post or none."""


def excerpt_rule(app: Sphinx, options: Options, post: Post) -> ExcerptRule:
    """Return what makes the excerpt of a post: the options of its blog or, for one declared as in ABlog, those of ABlog.

    :param app: the application.
    :param options: the options of its blog.
    :param post: the post.
    """
    from_directive = excerpt_nodes(app.env, post.docname, post.anchor)
    paragraphs, image = options.post_excerpt_paragraphs, 0
    project: Any = app.project  # a BlogProject
    if from_directive is not None or post.docname not in project.permalinks:
        paragraphs = int(app.config.post_auto_excerpt or 0)
        image = int(app.config.post_auto_image or 0)
    return ExcerptRule(
        separator=options.post_excerpt_separator,
        paragraphs=post.front_matter.excerpt_paragraphs or paragraphs,
        image=post.front_matter.excerpt_image or image,
        from_directive=from_directive,
    )


def cut_excerpt(doctree: nodes.document, rule: ExcerptRule, *, anchor: str = "") -> list[nodes.Node]:
    """Return the excerpt of a post, as :func:`~sphinxext.newsroom.excerpts.rendered_post.build_rendered_post` cuts it out of HTML.

    :param doctree: the document.
    :param rule: what makes the excerpt.
    :param anchor: the section that is the post, where it is not the whole document.
    """
    text = _text_of_post(doctree, anchor)
    marker = _find_marker(text, rule.separator)
    if marker is None and rule.from_directive is not None:
        return rule.from_directive
    image = _image(text, rule.image)
    if marker is not None:
        _cut_after(marker, text)
        marker.parent.remove(marker)
    elif 0 < rule.paragraphs <= len(running := _running_text(text)):
        _cut_after(running[rule.paragraphs - 1], text)
    return _with_image(list(text.children), image)


def cut_paragraphs(doctree: nodes.document, rule: ExcerptRule, *, anchor: str = "") -> list[nodes.Node]:
    """Return the excerpt of a post as ABlog's ``postlist`` shows it: without a marker, nothing but paragraphs.

    :param doctree: the document.
    :param rule: what makes the excerpt.
    :param anchor: the section that is the post, where it is not the whole document.
    """
    text = _text_of_post(doctree, anchor)
    if _find_marker(text, rule.separator) is not None or rule.from_directive is not None:
        return cut_excerpt(doctree, rule, anchor=anchor)
    # A post of nothing but lists or notes has no other paragraphs.
    found = _running_text(text) or [node for node in text.findall(nodes.paragraph) if _has_text(node)]
    return _with_image(list(found[: rule.paragraphs]), _image(text, rule.image))


def _text_of_post(doctree: nodes.document, anchor: str) -> nodes.Element:
    """Return a copy of a post without its title."""
    sections = (node for node in doctree.findall(nodes.section) if not anchor or anchor in node["ids"])
    section = next(sections, None)
    root: nodes.Element = nodes.container()
    if anchor and section is not None:
        root += [child.deepcopy() for child in section.children]
    elif section is None or section.parent is not doctree:
        root += [child.deepcopy() for child in doctree.children]
    else:
        for child in doctree.children:
            root += [part.deepcopy() for part in (child.children if child is section else [child])]
    for title in [node for node in root.children if isinstance(node, nodes.title)][:1]:
        root.remove(title)
    return root


def _find_marker(text: nodes.Element, separator: str) -> nodes.Node | None:
    wanted = _words(separator)
    return next((node for node in text.findall(_may_mark) if _words(node.astext()) == wanted), None)


def _cut_after(node: nodes.Node, root: nodes.Element) -> None:
    """Remove all that follows a node."""
    while node is not root:
        parent: Any = node.parent
        del parent[parent.index(node) + 1 :]
        node = parent


def _running_text(root: nodes.Element) -> list[nodes.paragraph]:
    """Return the paragraphs that belong to nothing else, such as a note, a list or a table."""
    return [node for node in root.findall(nodes.paragraph) if _has_text(node) and not _is_set_apart(node, root)]


def _is_set_apart(paragraph: nodes.Element, root: nodes.Element) -> bool:
    node: Any = paragraph
    while node is not root:
        if isinstance(node, SET_APART) or is_caption_class(" ".join(node.get("classes", ()))):
            return True
        node = node.parent
    return False


def _has_text(paragraph: nodes.Element) -> bool:
    """Return whether there is more in a paragraph than pictures."""
    return any(text.astext().strip() for text in paragraph.findall(nodes.Text))


def _image(text: nodes.Element, number: int) -> nodes.Node | None:
    return next(islice(text.findall(nodes.image), number - 1, None), None) if number > 0 else None


def _with_image(found: list[nodes.Node], image: nodes.Node | None) -> list[nodes.Node]:
    if image is not None and not any(node is image for part in found for node in part.findall(nodes.image)):
        return [*found, image]
    return found


def _may_mark(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.raw, nodes.comment))


def _words(comment: str) -> str:
    return re.sub(r"^<!--|-->$", "", comment.strip()).strip().casefold()


def transplant(
    app: Sphinx, excerpt: Iterable[nodes.Node], *, source: str, target: str, prefix: str = ""
) -> list[nodes.Node]:
    """Return a copy of nodes for another document, without ids, and with links adjusted.

    :param app: the application.
    :param excerpt: nodes of a document whose references are not resolved yet.
    :param source: that document.
    :param target: the document that will contain the copy.
    :param prefix: what makes the ids of figures and equations in the copy differ from those of the target.
    """
    root = nodes.container("", *(node.deepcopy() for node in excerpt))
    _detach(root, prefix)
    for reference in root.findall(nodes.reference):
        if anchor := reference.attributes.pop("refid", None):
            reference["refuri"] = _reference_url(app, source, target, anchor)
    for xref in list(root.findall(addnodes.pending_xref)):
        _move_reference(app, xref, source=source, target=target)
    if source != target:
        _copy_numbers(app.env, root, source=source, target=target, prefix=prefix)
    return list(root.children)


def _detach(root: nodes.Element, prefix: str) -> None:
    """Take out what can be in one document only, and make headings, ids and names those of a part of a page."""
    for bound in [node for node in root.findall(nodes.Element) if isinstance(node, BOUND)]:
        # An inline target is text with an id.
        _replace(bound, bound.children if isinstance(bound, nodes.target) else [])
    for section in list(root.findall(nodes.section)):
        _replace(section, section.children)
    for title in [node for node in root.findall(nodes.title) if not isinstance(node.parent, WITH_TITLE)]:
        # A heading would become a heading of the page that shows the excerpt.
        title.replace_self(nodes.rubric(title.rawsource, "", *title.children))
    for element in root.findall(nodes.Element):
        own: list[str] = element.get("ids", [])
        ids = [prefix + identifier for identifier in own] if isinstance(element, NUMBERED) else []
        for name in ("ids", "names", "dupnames", "backrefs"):
            if element.get(name):
                element[name] = ids if name == "ids" else []
    for problematic in root.findall(nodes.problematic):
        problematic.attributes.pop("refid", None)


def _copy_numbers(env: BuildEnvironment, root: nodes.Element, *, source: str, target: str, prefix: str) -> None:
    """Let figures and equations of an excerpt have the numbers of their post where writers look for them."""
    ids = {identifier for node in root.findall(nodes.Element) for identifier in node["ids"]}
    for kind, numbers in env.toc_fignumbers.get(source, {}).items():
        copied = {prefix + identifier: number for identifier, number in numbers.items() if prefix + identifier in ids}
        if copied:
            # Sphinx expects equations wherever there are numbers.
            env.toc_fignumbers.setdefault(target, {"displaymath": {}}).setdefault(kind, {}).update(copied)


def _replace(node: nodes.Element, others: Sequence[nodes.Node]) -> None:
    """Put nodes in the place of another; docutils' own method would give them its ids."""
    parent: Any = node.parent
    position = parent.index(node)
    parent[position : position + 1] = others


def _move_reference(app: Sphinx, xref: addnodes.pending_xref, *, source: str, target: str) -> None:
    """Let a reference that is not resolved yet mean in another document what it means in its own."""
    xref["refdoc"] = target
    if (anchor := xref.attributes.pop("reflocalid", None)) is not None:
        xref.attributes |= {"refdomain": "doc", "reftarget": source, "reftargetid": anchor}
        return
    if xref.get("intersphinx") or xref["reftype"] not in {"doc", "any"}:
        # Nothing else depends on the document, and the role "external" links to another project anyway.
        return
    path = str(xref["reftarget"])
    if (found := find_document(app, source, path)) is not None:
        xref["reftarget"] = f"/{found}"
    elif xref["reftype"] == "doc":
        # It may be a document of another project. Left to Sphinx, the path could mean a document next to the target.
        xref[SOURCE] = source
        shown = app.events.emit_firstresult(
            "missing-reference", app.env, xref, xref[0].deepcopy(), allowed_exceptions=(NoUri,)
        )
        if shown is not None:
            xref.replace_self(shown)
        else:
            xref["reftarget"] = path if path.startswith("/") else "/" + posixpath.join(posixpath.dirname(source), path)


def _reference_url(app: Sphinx, source: str, target: str, anchor: str) -> str:
    try:
        return str(app.builder.get_relative_uri(target, source)) + f"#{anchor}"
    except NoUri:
        return ""
