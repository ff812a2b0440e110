"""Store the posts of ABlog's directives in the build environment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.sphinx_env import env_data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def env_posts(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Return what ABlog keeps of posts declared with its directive, by docname.

    :param env: the environment.
    """
    return env_data(env, "ablog_posts", dict[str, list[dict[str, Any]]])


def env_updates(env: BuildEnvironment) -> dict[str, datetime]:
    """Return the newest ``update`` of each document whose post is not declared with ABlog's directive.

    :param env: the environment.
    """
    return env_data(env, "newsroom_updates", dict[str, datetime])


def env_drafts(env: BuildEnvironment) -> dict[str, dict[str, bool]]:
    """Return the dates of posts that are part of a page, by docname; each with whether it was cut out of the page.

    :param env: the environment.
    """
    return env_data(env, "newsroom_drafts", dict[str, dict[str, bool]])


def env_unpublished(env: BuildEnvironment) -> set[str]:
    """Return the documents that turned out to be posts that do not exist in this build when they were read.

    :param env: the environment.
    """
    return env_data(env, "newsroom_withheld", set[str])


def purge_posts(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the posts of a document that is read again or gone."""
    env_posts(env).pop(docname, None)
    env_updates(env).pop(docname, None)
    env_drafts(env).pop(docname, None)
    env_unpublished(env).discard(docname)


def merge_posts(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Take over the posts that another process has read."""
    for docname in docnames:
        if docname in env_posts(other):
            env_posts(env)[docname] = env_posts(other)[docname]
        if docname in env_updates(other):
            env_updates(env)[docname] = env_updates(other)[docname]
        if docname in env_drafts(other):
            env_drafts(env)[docname] = env_drafts(other)[docname]
        if docname in env_unpublished(other):
            env_unpublished(env).add(docname)


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
