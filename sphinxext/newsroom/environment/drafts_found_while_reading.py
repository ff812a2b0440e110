"""Remove pages that are found to be drafts while they are read, because their directive is in an included file or nested.

Most drafts are known before, and never read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx import addnodes

from sphinxext.newsroom.ablog.environment import env_unpublished
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_doctrees import remove_doctree
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


pages_naming_unpublished = DocumentData("newsroom_naming_withheld", set[str])
"""The documents whose toctree contained an unpublished page; they are read again in every build."""


def remove_unpublished_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Remove unpublished pages from the environment, as if they had not been found.

    :param app: the application.
    :param env: the environment, all documents read.
    """
    site, unpublished = get_site(app), frozenset(env_unpublished(env))
    naming = pages_naming_unpublished(env)
    naming.clear()
    if not unpublished:
        return
    site.mark_unpublished(unpublished)
    for docname in sorted(unpublished):
        app.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        remove_doctree(app, docname)
    for docname, children in env.toctree_includes.items():
        if unpublished.isdisjoint(children):
            continue
        naming.add(docname)
        env.toctree_includes[docname] = [child for child in children if child not in unpublished]
        _leave_out(env.tocs[docname], unpublished)
        doctree = env.get_doctree(docname)
        _leave_out(doctree, unpublished)
        app.builder.write_doctree(docname, doctree)
        # Sphinx stores the content of the file.
        env._pickled_doctree_cache.pop(docname, None)  # noqa: SLF001 - Sphinx has no public API


def _leave_out(tree: nodes.Element, docnames: frozenset[str]) -> None:
    """Take documents out of the toctrees of a tree."""
    for toctree in tree.findall(addnodes.toctree):
        entries: list[tuple[Any, str]] = toctree["entries"]
        toctree["entries"] = [entry for entry in entries if entry[1] not in docnames]
        toctree["includefiles"] = [name for name in toctree["includefiles"] if name not in docnames]
