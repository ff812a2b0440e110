"""Support ``hide`` in the front matter of ordinary pages of a MkDocs site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.pages.theme_metadata import HIDES_CONTENTS
from sphinxext.newsroom.validation.values import split_text

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def hide_parts(env: BuildEnvironment, docname: str, context: dict[str, Any]) -> None:
    """Leave out what a page says that its theme should not show around it.

    :param env: the environment.
    :param docname: the page.
    :param context: its context, changed in place.
    """
    hide = env.metadata.get(docname, {}).get("hide", "")
    if not isinstance(hide, str) or not hide:
        return
    parts = split_text(hide)
    if "navigation" in parts:
        context["sidebars"] = []
    if "toc" in parts:
        context["meta"] = {**(context.get("meta") or {}), **HIDES_CONTENTS}
    if "footer" in parts:
        context["prev"] = context["next"] = None
