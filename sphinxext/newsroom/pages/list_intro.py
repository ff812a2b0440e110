"""Introductions of lists: pages that the site provides at the path of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext.newsroom.validation.values import split_text

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

NO_TITLE = "<no title>"
"""What Sphinx calls a document without heading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListIntro:
    """The introduction above a list; empty where nobody wrote one."""

    title: str = ""
    has_heading: bool = False
    """Whether the text contains the title."""
    description: str = ""
    hide: tuple[str, ...] = ()
    template: str = ""


def read_list_intro(env: BuildEnvironment, docname: str) -> ListIntro:
    """Return what a page says about the list below it.

    :param env: the environment, all documents read.
    :param docname: the first page of the list.
    """
    if docname not in env.titles:
        return ListIntro()
    metadata = {key: value for key, value in env.metadata[docname].items() if isinstance(value, str)}
    heading = env.titles[docname].astext()
    has_heading = heading != NO_TITLE
    return ListIntro(
        title=metadata.get("title", "") or (heading if has_heading else ""),
        has_heading=has_heading,
        description=metadata.get("description", ""),
        hide=tuple(split_text(metadata.get("hide", ""))),
        template=metadata.get("template", ""),
    )
