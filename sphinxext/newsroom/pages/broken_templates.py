"""Pages of a site whose own templates have mistakes: the page is made with the template that the site has replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, TemplateNotFound

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.pages.jinja import OWN, find_mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment
    from sphinx.application import Sphinx


def replace_broken_templates(app: Sphinx, templates: Any) -> None:
    """Have pages rendered without the templates of the site in which something goes wrong on them.

    Sphinx would stop with the first of these pages.

    :param app: the application.
    :param templates: the template bridge of its builder.
    """
    templates.render = _PageRenderer(app, templates).render


class _PageRenderer:
    """Renders the pages of one build."""

    def __init__(self, app: Sphinx, templates: Any) -> None:
        self._app, self._templates = app, templates
        folders = (Path(app.confdir, entry).resolve() for entry in app.config.templates_path)
        self._folders = [folder for folder in folders if folder != OWN]
        self._environments: dict[frozenset[Path], Environment] = {frozenset(): templates.environment}

    def render(self, template: str, context: Mapping[str, Any]) -> str:
        """Return a page.

        :param template: the name of its template.
        :param context: the context.
        """
        broken: frozenset[Path] = frozenset()
        while True:
            try:
                return str(self._environment(broken).get_template(template).render(context))
            except Exception as error:
                # Anything can go wrong in a template of the site.
                mistake = find_mistake(error, template, OWN, folders=self._folders)
                if mistake is None or mistake.file in broken:
                    raise
                name = self._name(mistake.file)
                if (other := self._other(name, broken | {mistake.file})) is None:
                    raise
                is_ours = other.is_relative_to(OWN)
                get_site(self._app).reporter.report_template(
                    mistake, name=name, instead="the extension" if is_ours else "Sphinx", is_error=not is_ours
                )
                broken |= {mistake.file}

    def _name(self, file: Path) -> str:
        """Return the name of a template of the site."""
        return next(
            file.relative_to(folder).as_posix() for folder in self._folders if file.resolve().is_relative_to(folder)
        )

    def _other(self, name: str, broken: frozenset[Path]) -> Path | None:
        """Return the file of a template without those that have mistakes, None if there is no other."""
        try:
            _source, file, _is_current = self._environment(broken).loader.get_source(self._templates.environment, name)  # type: ignore[union-attr]
        except TemplateNotFound:
            return None
        return Path(file or "")

    def _environment(self, broken: frozenset[Path]) -> Environment:
        """Return an environment like that of the builder, without some templates of the site."""
        if broken not in self._environments:
            loader = _LoaderWithout(self._templates, broken)
            self._environments[broken] = self._templates.environment.overlay(loader=loader, bytecode_cache=None)
        return self._environments[broken]


class _LoaderWithout(BaseLoader):
    """Loads what the builder would, as if some files were not there."""

    def __init__(self, templates: Any, broken: frozenset[Path]) -> None:
        self._templates, self._broken = templates, broken
        # Sphinx names them where a template is missing.
        self.pathchain = templates.pathchain

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template."""
        is_of_theme = template.startswith("!")
        loaders = self._templates.loaders[self._templates.templatepathlen if is_of_theme else 0 :]
        for loader in loaders:
            try:
                source, file, is_current = loader.get_source(environment, template.removeprefix("!"))
            except TemplateNotFound:
                continue
            if Path(file or "") not in self._broken:
                return source, file, is_current
        raise TemplateNotFound(template)
