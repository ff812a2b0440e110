"""Posts that are a part of a page, declared with ABlog's directive, whose time has not come: they are cut out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ablog.post import PostNode
from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext.newsroom.build.ablog.store import env_drafts
from sphinxext.newsroom.build.doctrees import remove_element

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment


def cutter(withholds: Callable[[str], bool]) -> type[SphinxTransform]:
    """Return the transform that cuts drafts out of pages.

    :param withholds: whether a post of this date does not exist in this build.
    """

    class CutDrafts(SphinxTransform):
        """Take drafts out before labels, titles and index entries are collected (from 850 on)."""

        default_priority = 840

        def apply(self, **_kwargs: Any) -> None:
            """Take them out of one document."""
            found = list(self.document.findall(PostNode))
            if len(found) < 2 and not self.config.post_always_section:  # noqa: PLR2004 - several posts
                return
            dates = [node["date"] or "" for node in found]
            withheld = [withholds(date) for date in dates]
            env_drafts(self.env)[self.env.docname] = dict(zip(dates, withheld, strict=True))
            for node, is_withheld in zip(found, withheld, strict=True):
                section = _section(node)
                if is_withheld and section is not None and section.parent is not None:
                    remove_element(section)
                    # One post that is left is still a part of the page.
                    self.document["newsroom-several"] = True

    return CutDrafts


def _section(node: nodes.Element) -> nodes.section | None:
    """Return the section that is the post, None if that would be the whole page."""
    section: Any = node.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    return None if section is None or isinstance(section.parent, nodes.document) else section


def outdated_pages(env: BuildEnvironment, withholds: Callable[[str], bool]) -> list[str]:
    """Return the pages with a post that was a draft when they were read and is none now, or the other way round.

    :param env: the environment.
    :param withholds: whether a post of this date does not exist in this build.
    """
    return [
        docname
        for docname, drafts in env_drafts(env).items()
        if any(withholds(date) != withheld for date, withheld in drafts.items())
    ]
