"""Store the posts of ABlog's directives in the build environment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment


env_posts = DocumentData("ablog_posts", dict[str, list[dict[str, Any]]])
"""What ABlog keeps of posts declared with its directive, by docname."""


env_updates = DocumentData("newsroom_updates", dict[str, datetime])
"""The newest ``update`` of each document whose post is not declared with ABlog's directive."""


env_drafts = DocumentData("newsroom_drafts", dict[str, dict[str, bool]])
"""The dates of posts that are part of a page, by docname; each with whether it was cut out of the page."""


env_unpublished = DocumentData("newsroom_withheld", set[str])
"""The documents that turned out to be posts that do not exist in this build when they were read."""


def excerpt_nodes(env: BuildEnvironment, docname: str, anchor: str) -> list[nodes.Node] | None:
    """Return the excerpt of a post declared with ABlog's directive, None for any other post.

    :param env: the environment.
    :param docname: the document.
    :param anchor: the section, where it is one.
    """
    for info in env_posts(env).get(docname, ()):
        if info["section"] == anchor:
            return [node.deepcopy() for node in info["excerpt"]]
    return None
