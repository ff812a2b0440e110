"""What Sphinx's domains know of sections that are cut out of a page: directives tell them while they are parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

# These keep declarations in a tree, of which nothing less than a document can be taken out.
_TREES = frozenset({"c", "cpp"})


def forget_objects(env: BuildEnvironment, sections: Iterable[nodes.Element]) -> None:
    """Take the objects, terms, equations and notes on versions in some sections out of all domains.

    :param env: the environment; the document that is read has the sections.
    :param sections: the sections.
    """
    elements = [element for section in sections for element in section.findall(nodes.Element)]
    ids = {identifier for element in elements for identifier in element["ids"]}
    texts = {element.astext() for element in elements if isinstance(element, addnodes.versionmodified)}
    trees = {element.get("domain") for element in elements if isinstance(element, addnodes.desc)} & _TREES
    for name in sorted(env.domains):
        domain = env.get_domain(name)
        if name in trees:
            domain.clear_doc(env.docname)
        for table in domain.data.values():
            if isinstance(table, dict):
                _forget_in(table, env.docname, ids, texts)


def _forget_in(table: dict[Any, Any], docname: str, ids: set[str], texts: set[str]) -> None:
    """Remove what a document declares with some ids from one table of a domain."""
    for key, entry in list(table.items()):
        if isinstance(entry, list):
            # Notes on versions, by version.
            entry[:] = [item for item in entry if not _is_note(item, docname, texts)]
        elif isinstance(entry, tuple) and docname in entry:
            own = {nodes.make_id(f"equation-{key}")} if isinstance(key, str) else set()
            if not ids.isdisjoint({*own, *(item for item in entry if isinstance(item, str))}):
                del table[key]


def _is_note(item: Any, docname: str, texts: set[str]) -> bool:
    return getattr(item, "docname", "") == docname and getattr(item, "content", None) in texts
