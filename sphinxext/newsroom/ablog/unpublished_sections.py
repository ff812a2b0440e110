"""Remove unpublished sections that are declared with ABlog's ``post`` directive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ablog.post import PostNode
from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext.newsroom.ablog.declared_objects import forget_objects
from sphinxext.newsroom.ablog.environment import env_drafts, env_unpublished
from sphinxext.newsroom.utils.sphinx_doctrees import remove_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sphinx.environment import BuildEnvironment


def unpublished_section_remover(is_unpublished: Callable[[str], bool]) -> type[SphinxTransform]:
    """Return the transform that cuts drafts out of pages.

    :param is_unpublished: whether a post of this date does not exist in this build.
    """

    class CutDrafts(SphinxTransform):
        """Take drafts out before labels, titles and index entries are collected (from 850 on)."""

        default_priority = 840

        def apply(self, **_kwargs: Any) -> None:
            """Take them out of one document."""
            found = list(self.document.findall(PostNode))
            several = len(found) > 1 or self.config.post_always_section
            unpublished = [is_unpublished(node["date"] or "") for node in found]
            if found:
                env_drafts(self.env)[self.env.docname] = {
                    node["date"] or "": is_withheld for node, is_withheld in zip(found, unpublished, strict=True)
                }
            if not several:
                # Where such a post can be seen in the file itself, the document is not read in the first place.
                if any(unpublished):
                    env_unpublished(self.env).add(self.env.docname)
                return
            _follow_headings(self.document, found)
            top = [node for node in self.document.children if isinstance(node, nodes.section)]
            # With several headings of the first level, none of them is the title of the whole page.
            self.document["newsroom-top-parts"] = len(top) > 1
            parts = [_part(node, top) for node in found]
            drafts = [part for part, is_withheld in zip(parts, unpublished, strict=True) if is_withheld]
            forget_objects(self.env, [section for section in drafts if section is not None])
            for section in drafts:
                if section is not None and section.parent is not None:
                    remove_element(section)
                    # One post that is left is still a part of the page.
                    self.document["newsroom-several"] = True
            left = next(iter(self.document.findall(nodes.section)), None)
            if None in drafts or (drafts and left is None):
                env_unpublished(self.env).add(self.env.docname)

    return CutDrafts


def _follow_headings(document: nodes.document, found: Iterable[nodes.Element]) -> None:
    """Put posts that are declared above a heading, outside of all sections, below it."""
    for node in found:
        top: Any = node
        while top.parent is not document:
            top = top.parent
        if isinstance(top, nodes.section):
            continue
        following = document.children[document.index(top) + 1 :]
        section: Any = next((other for other in following if isinstance(other, nodes.section)), None)
        if section is not None:
            node.parent.remove(node)
            section.insert(1, node)


def _part(node: nodes.Element, top: Sequence[nodes.section]) -> nodes.section | None:
    """Return the section that is the post, None if that is the whole page."""
    section: Any = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    return None if section is None or [*top] == [section] else section


def outdated_pages(env: BuildEnvironment, is_unpublished: Callable[[str], bool]) -> list[str]:
    """Return the pages with a post whose draft state has changed since they were read.

    :param env: the environment.
    :param is_unpublished: whether a post of this date does not exist in this build.
    """
    return [
        docname
        for docname, drafts in env_drafts(env).items()
        if any(is_unpublished(date) != unpublished for date, unpublished in drafts.items())
    ]
