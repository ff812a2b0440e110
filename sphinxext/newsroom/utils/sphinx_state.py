"""The state of a build: one record for each application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(slots=True)
class BuildState:
    """The state of the build of one application; each part is typed by the function that returns it."""

    config_problems: tuple[Any, ...] = ()
    """Problems of the configuration, found before there is a site to report them."""
    taxonomy_kinds: tuple[Any, ...] = ()
    """The kinds of taxonomy that extensions have registered."""
    feed_formats: dict[str, Any] = field(default_factory=dict)
    """The formats of feeds by name, those of this extension among them."""
    git_patterns: Any = None
    """The option of sphinx-last-updated-by-git while it is another one."""
    site: Any = None
    """Made when the builder is: :func:`.get_site`."""
    output: Any = None
    """The writer of the site: :func:`.get_site_writer`."""
    markdown: Any = None
    """The rules for Markdown: :class:`.MarkdownRules`."""
    mentions: Any = None
    """The index of mentions, created on demand: :func:`.get_mentions`."""
    releases: Any = None
    """Which posts announce which versions, made when a page asks: :func:`.get_releases`."""
    stale: Any = None
    """The references of old posts to what is gone, found on demand: :func:`.get_stale_references`."""
    ablog: Any = None
    """The index in ABlog's shape, made when all documents are read: :func:`.find_ablog_index`."""


def build_state(app: Sphinx) -> BuildState:
    """Return the state of the build of an application.

    :param app: the application.
    """
    if not hasattr(app, "newsroom"):
        app.newsroom = BuildState()  # type: ignore[attr-defined]
    return cast("BuildState", app.newsroom)  # type: ignore[attr-defined]
