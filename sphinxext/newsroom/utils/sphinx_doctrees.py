"""Remove elements and references to them from doctrees, and delete doctree files."""

from __future__ import annotations

import re
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from sphinxext.newsroom.utils.files import remove_below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

# What docutils has by name or id, and the elements that it has lists of, some of them by name.
_NAMES = ("nametypes", "nameids")
_BY_NAME = ("substitution_defs", "ids")
_LISTS_BY_NAME = ("refnames", "refids", "footnote_refs", "citation_refs")
_LISTS = (
    *("indirect_targets", "citations", "footnotes", "autofootnotes", "autofootnote_refs", "symbol_footnotes"),
    *("symbol_footnote_refs", "parse_messages", "transform_messages"),
)


def remove_element(element: nodes.Element, rest: Iterable[nodes.Node] = ()) -> None:
    """Remove an element from its document.

    The document would keep it where it has it by id, and so in the file of the doctree.

    :param element: the element.
    :param rest: what of its content takes its place.
    """
    document: Any = element.document
    if element.parent is None or document is None:
        return
    element.parent.replace(element, list(rest))
    gone = {id(node) for node in element.findall(nodes.Element)}
    gone -= {id(node) for child in rest if isinstance(child, nodes.Element) for node in child.findall(nodes.Element)}
    ids = {name for name, node in document.ids.items() if id(node) in gone}
    names = {name for name, identifier in document.nameids.items() if identifier in ids}
    # A name of several elements refers to none of them.
    names |= {name for node in element.findall(nodes.Element) if id(node) in gone for name in node["dupnames"]}
    _forget_slugs(document, ids)
    for attribute in _NAMES:
        table = getattr(document, attribute)
        for name in names & table.keys():
            del table[name]
    for attribute in _BY_NAME:
        table = getattr(document, attribute)
        for name in [name for name, node in table.items() if id(node) in gone]:
            del table[name]
    _forget_in_lists(document, gone)


def _forget_slugs(document: Any, ids: set[str]) -> None:
    """Forget MyST-Parser's headings, in the document and in its metadata: line, id and text by slug."""
    env = getattr(document.settings, "env", None)
    metadata = env.metadata[env.docname] if env is not None else {}
    for slugs in (getattr(document, "myst_slugs", {}), metadata.get("myst_slugs", {})):
        for slug in [slug for slug, heading in slugs.items() if heading[1] in ids]:
            del slugs[slug]


def _forget_in_lists(document: Any, gone: set[int]) -> None:
    for attribute in _LISTS_BY_NAME:
        table = getattr(document, attribute)
        for name, found in list(table.items()):
            if left := [node for node in found if id(node) not in gone]:
                table[name] = left
            else:
                del table[name]
    for attribute in _LISTS:
        found = getattr(document, attribute)
        found[:] = [node for node in found if id(node) not in gone]


def remove_doctree(app: Sphinx, docname: str) -> None:
    """Delete the doctree of a document that is gone, which Sphinx leaves.

    :param app: the application.
    :param docname: the document.
    """
    folder = Path(app.doctreedir)
    remove_below(folder / f"{docname}.doctree", folder)
    # nbsphinx stores the executed notebook and images there; MyST-NB uses another folder.
    notebooks, unique = folder / "nbsphinx", re.sub("[/ ]", "_", docname)
    for image in notebooks.glob(f"{escape(unique)}_[0-9]*"):
        remove_below(image, notebooks)
    for copies in (notebooks, Path(app.outdir).parent / "jupyter_execute"):
        remove_below(copies / f"{docname}.ipynb", copies)
