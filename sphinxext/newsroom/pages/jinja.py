"""Set up our templates in Sphinx's Jinja environment, and render them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChoiceLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from sphinx.errors import ExtensionError

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.i18n import plural
from sphinxext.newsroom.pages import deprecated_names
from sphinxext.newsroom.pages.template_cache import TemplateCache
from sphinxext.newsroom.problems import TemplateMistake
from sphinxext.newsroom.utils.html_links import ROOT_MARK
from sphinxext.newsroom.utils.sphinx_builders import html_builder
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2 import Environment
    from sphinx.application import Sphinx

OWN = Path(__file__).resolve().parent.parent / "templates"
SUFFIX = ".html"
_NOT_FOUND = re.compile(r"'?(.+?)'?(?: not found in .*)?$", re.DOTALL)


def prepare_templates(app: Sphinx, folder: Path) -> None:
    """Have our templates and ABlog's escape what they show; Sphinx's own leave that to their authors.

    :param app: the application, its builder made.
    :param folder: the cache folder of the extension.
    """
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return
    if not hasattr(templates, "environment"):
        message = "sphinxext.newsroom needs Sphinx's own templates (template_bridge is set to something else)"
        raise ExtensionError(message)
    templates.environment.autoescape = _is_escaped
    # Each use of a template would look up the times of its files; they do not change while a site is built.
    templates.environment.auto_reload = False
    templates.environment.bytecode_cache = TemplateCache(folder)
    deprecated_names.install(templates, OWN, app)


def _is_escaped(template: str | None) -> bool:
    return template is not None and template.startswith(("newsroom/", "ablog/"))


def render(app: Sphinx, template: str, context: Mapping[str, Any], *, usual: str = "", **data: Any) -> str:
    """Return what a template makes of the context of a page and of data of our own.

    Where a template of the site has a mistake, that is reported, and ours is used.

    :param app: the application.
    :param template: its name.
    :param context: the context.
    :param usual: our template for the same purpose, if only the site has the template.
    :param data: what the template shows.
    """
    values = {**context, "_": _, "plural": plural, **deprecated_names.with_old_keys(app, data)}
    templates = html_builder(app).templates
    try:
        return str(templates.environment.get_template(template).render(values))
    except Exception as error:
        # Anything can go wrong in a template of the site; ours is shown in its place.
        if (found := find_mistake(error, template, OWN)) is None:
            raise
        name = template if (OWN / template).is_file() else usual
        html = _own_environment(html_builder(app).templates).get_template(name).render(values)
        get_site(app).reporter.report_template(found)
        return html


def find_mistake(
    error: Exception, name: str, own: Path, *, folders: Sequence[Path] | None = None
) -> TemplateMistake | None:
    """Return the line of a template of the site where something has gone wrong, None if it is none of the site's.

    :param error: what was raised while the template was compiled or rendered.
    :param name: the template that was asked for.
    :param own: the folder of our templates.
    :param folders: the folders of the site's templates, where those of the theme may be at fault as well.
    """
    lines: list[tuple[Path, int]] = []
    trace = error.__traceback__
    while trace is not None:
        source = trace.tb_frame.f_code.co_filename
        if source.endswith(SUFFIX):
            lines.append((Path(source), trace.tb_lineno))
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError) and error.filename:
        lines.append((Path(error.filename), error.lineno))
    lines = [(file, line) for file, line in lines if not file.is_relative_to(own)]
    if folders is not None:
        lines = [(file, line) for file, line in lines if any(file.resolve().is_relative_to(part) for part in folders)]
    if not lines:
        return None
    file, line = lines[-1]
    kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
    # Sphinx appends the searched folders to the name.
    missing = _NOT_FOUND.match(str(error)) if isinstance(error, TemplateNotFound) else None
    reason = f"there is no template {missing[1]!r}" if missing else f"{kind}{collapse_whitespace(str(error))}"
    return TemplateMistake(name=name, file=file, line=line, reason=reason)


def _own_environment(templates: Any) -> Environment:
    """Return an environment like that of the builder, in which our templates come first."""
    loader = ChoiceLoader([deprecated_names.OwnTemplates(OWN), templates])
    environment: Environment = templates.environment.overlay(loader=loader, bytecode_cache=None)
    return environment


def path_to_root(context: Mapping[str, Any]) -> str:
    """Return the path from a page to the root of the site, ending in ``/``, or empty for a page that is there.

    :param context: the context of the page.
    """
    root: str = context["pathto"]("", resource=True)
    return "" if root in {"#", "./"} else root


def path_from_root(app: Sphinx) -> Callable[..., str]:
    """Return the link functions of templates for HTML that is shown on several pages.

    :param app: the application.
    """

    def pathto(target: str, resource: bool = False) -> str:
        return ROOT_MARK + (target if resource else app.builder.get_target_uri(target))

    return pathto
