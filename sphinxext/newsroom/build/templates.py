"""Our templates: set up in Sphinx's own environment of Jinja, and rendered there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError

from sphinxext.newsroom.build.builders import html_builder
from sphinxext.newsroom.build.template_cache import TemplateCache
from sphinxext.newsroom.build.translations import gettext as _
from sphinxext.newsroom.build.translations import plural
from sphinxext.newsroom.core.html_links import ROOT_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.builders import Builder


def prepare_templates(builder: Builder, folder: Path) -> None:
    """Have our templates and ABlog's escape what they show; Sphinx's own leave that to their authors.

    :param builder: the builder.
    :param folder: where the extension keeps its files.
    """
    templates = getattr(builder, "templates", None)
    if templates is None:
        return
    if not hasattr(templates, "environment"):
        message = "sphinxext.newsroom needs Sphinx's own templates (template_bridge is set to something else)"
        raise ExtensionError(message)
    templates.environment.autoescape = _is_escaped
    # Each use of a template would look up the times of its files; they do not change while a site is built.
    templates.environment.auto_reload = False
    templates.environment.bytecode_cache = TemplateCache(folder)


def _is_escaped(template: str | None) -> bool:
    return template is not None and template.startswith(("newsroom/", "ablog/"))


def render(app: Sphinx, template: str, context: Mapping[str, Any], **data: Any) -> str:
    """Return what a template makes of the context of a page and of data of our own.

    :param app: the application.
    :param template: its name.
    :param context: the context.
    :param data: what the template shows.
    """
    return str(html_builder(app).templates.render(template, {**context, "_": _, "plural": plural, **data}))


def path_from_root(app: Sphinx) -> Callable[..., str]:
    """Return what templates call for links, where HTML is made that stands on several pages.

    :param app: the application.
    """

    def pathto(target: str, resource: bool = False) -> str:
        return ROOT_MARK + (target if resource else app.builder.get_target_uri(target))

    return pathto
