"""Decide which documents are parsed with the configured Markdown extensions: posts, or all documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.matching import Matcher

from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions, parse_markdown_extensions
from sphinxext.newsroom.environment.post_source import note_source
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.markdown.extension import MarkdownRules, use_rules

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx

    from sphinxext.newsroom.problems import Problem


def read_markdown(app: Sphinx) -> None:
    """Read posts as Python-Markdown does with the extensions of the site.

    :param app: the application.
    """

    def extensions_of(docname: str) -> MarkdownExtensions:
        site = get_site(app)
        options = site.options
        if not (options.markdown_everywhere or docname in site.planned or Matcher(options.markdown_documents)(docname)):
            return MarkdownExtensions()
        return parse_markdown_extensions(options.markdown_extensions)

    def report(problem: Problem) -> None:
        get_site(app).reporter.report([problem])

    def may_include(file: Path) -> bool:
        site = get_site(app)
        if file.is_relative_to(root := site.srcdir.resolve()):
            note_source(app, file.relative_to(root).as_posix())
        return not site.copy_rules.is_unpublished(str(file))

    app.setup_extension("sphinxext.newsroom.markdown")
    use_rules(app, MarkdownRules(extensions_of=extensions_of, report=report, may_include=may_include))
