"""The extension: its options, and which documents are parsed with which Markdown extensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sphinx.util.matching import Matcher

from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions, parse_markdown_extensions
from sphinxext.newsroom.i18n import add_catalogue, forget_catalogue
from sphinxext.newsroom.log import warn
from sphinxext.newsroom.markdown.parser import setup_markdown
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config

EXTENSIONS = "newsroom_markdown_extensions"
DOCUMENTS = "newsroom_markdown_documents"
STATIC = Path(__file__).resolve().parent / "static"
# Before the parsers are replaced, which is done last.
_EARLY = 450


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkdownRules:
    """The Markdown rules of a site."""

    extensions_of: Callable[[str], MarkdownExtensions]
    """Returns the extensions for a document, by docname; none for one that MyST-Parser reads as always."""
    report: Callable[[Problem], object]
    """Reports what cannot be rendered."""
    may_include: Callable[[Path], bool] = lambda _file: True
    """Returns whether a snippet may come from a file."""


def register(app: Sphinx) -> None:
    """Register the options and the parser.

    :param app: the application.
    """
    app.add_config_value(EXTENSIONS, [], "env", types=Any)
    app.add_config_value(DOCUMENTS, None, "env", types=Any)
    forget_catalogue()
    app.connect("config-inited", _prepare, priority=_EARLY)
    setup_markdown(
        app,
        extensions_of=lambda docname: _rules(app).extensions_of(docname),
        report=lambda problem: _rules(app).report(problem),
        may_include=lambda file: _rules(app).may_include(file),
    )


def use_rules(app: Sphinx, rules: MarkdownRules) -> None:
    """Let another extension, such as the blog, say how documents are read, in place of the options alone.

    :param app: the application.
    :param rules: the rules.
    """
    build_state(app).markdown = rules


def _rules(app: Sphinx) -> MarkdownRules:
    return cast("MarkdownRules", build_state(app).markdown)


def _prepare(app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    app.add_css_file("newsroom-markdown.css")
    if build_state(app).markdown is None:
        add_catalogue(app)
        build_state(app).markdown = _rules_of_options(app, config)


def _rules_of_options(app: Sphinx, config: Config) -> MarkdownRules:
    """Return the rules of a site that has this extension alone."""
    root = Path(app.srcdir)

    def report(problem: Problem) -> None:
        warn([problem], root)

    extensions, problems = _parse_extensions(config[EXTENSIONS])
    patterns, more_problems = parse_documents(config[DOCUMENTS])
    warn([*problems, *more_problems], root)
    is_read = Matcher(["**"] if patterns is None else patterns)
    return MarkdownRules(
        extensions_of=lambda docname: extensions if is_read(docname) else MarkdownExtensions(), report=report
    )


def _parse_extensions(value: object) -> tuple[MarkdownExtensions, list[Problem]]:
    """Return the extensions that an option lists, and what is wrong with it."""
    entries = [value] if isinstance(value, Mapping) else value
    if not isinstance(entries, (list, tuple)):
        message = f"{EXTENSIONS} = {value!r} cannot be used: expected a list such as ['admonition']; none is on."
        return MarkdownExtensions(), [Problem(subtype=Subtype.CONFIG, message=message)]
    wrong = [entry for entry in entries if not isinstance(entry, (str, Mapping))]
    problems = [
        Problem(
            subtype=Subtype.CONFIG,
            message=f"{EXTENSIONS}: {entry!r} is left out: expected a name, or a mapping of a name to its options.",
        )
        for entry in wrong
    ]
    return parse_markdown_extensions([entry for entry in entries if entry not in wrong]), problems


def parse_documents(value: object) -> tuple[list[str] | None, list[Problem]]:
    """Return the patterns of an option, None if it is not set, and its problems.

    :param value: its value.
    """
    if value is None:
        return None, []
    if isinstance(value, (list, tuple)) and all(isinstance(pattern, str) for pattern in value):
        return list(value), []
    message = (
        f"{DOCUMENTS} = {value!r} cannot be used: expected a list of patterns such as ['guides/**']; it is ignored."
    )
    return None, [Problem(subtype=Subtype.CONFIG, message=message)]
