"""The Markdown parser: MyST's, with the enabled constructs."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, cast

from docutils.utils import SystemMessage
from myst_parser.config.main import TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers import sphinx_
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning
from sphinx.errors import SphinxError

from sphinxext.newsroom.markdown.anchors import heading_slugs
from sphinxext.newsroom.markdown.grammar import enable, myst_extensions
from sphinxext.newsroom.markdown.nodes import register_nodes
from sphinxext.newsroom.markdown.page_targets import note_targets
from sphinxext.newsroom.markdown.plain import register_plain_nodes
from sphinxext.newsroom.markdown.renderer import PostRenderer
from sphinxext.newsroom.markdown.settings import PostSettings
from sphinxext.newsroom.markdown.syntax_hints import Presence
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.tuning.shared_parser import SharedParser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docutils import nodes
    from myst_parser.config.main import MdParserConfig
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions

    ExtensionsOf = Callable[[str], MarkdownExtensions]
    Report = Callable[[Problem], object]
    MayInclude = Callable[[Path], bool]

_HEADING_LEVELS = 6
_KNOWN_MYST = "5.2."
_LATE = 900


def setup_markdown(app: Sphinx, extensions_of: ExtensionsOf, report: Report, may_include: MayInclude) -> None:
    """Extend MyST's parser, and parsers based on it, for documents that need it.

    :param app: the application.
    :param extensions_of: returns the extensions that hold for a document, by docname; none for a document of MyST's.
    :param report: tells what cannot be rendered.
    :param may_include: tells whether the text of a file may be put into a document.
    """

    def replace_parsers(app: Sphinx, _config: Config) -> None:
        parsers = app.registry.source_parsers
        for filetype, parser in list(parsers.items()):
            if issubclass(parser, MystParser):
                parsers[filetype] = _post_parser(parser, app, extensions_of, report, may_include)

    # Once all extensions have brought their parsers.
    app.connect("config-inited", replace_parsers, priority=_LATE)
    register_nodes(app)
    register_plain_nodes(app)


def _post_parser(
    base: type[Any], app: Sphinx, extensions_of: ExtensionsOf, report: Report, may_include: MayInclude
) -> type[Any]:
    # Only a method that is known can be replaced by one that does the same.
    is_mysts = base.parse is MystParser.parse and version("myst-parser").startswith(_KNOWN_MYST)
    shared = SharedParser(create_md_parser)

    class PostParser(base):  # type: ignore[misc]
        """A parser of MyST's that reads more where a document wants it."""

        def parse(self, inputstring: str, document: nodes.document) -> None:
            """Parse a document.

            :param inputstring: its text.
            :param document: where its nodes go.
            """
            extensions = extensions_of(app.env.docname)
            try:
                if extensions and not _is_notebook(app, inputstring):
                    settings = PostSettings(app=app, extensions=extensions, report=report, may_include=may_include)
                    parse_post(inputstring, document, settings)
                elif is_mysts and vars(sphinx_).get("create_md_parser") is create_md_parser:
                    _parse_as_myst(inputstring, document, shared)
                else:
                    super().parse(inputstring, document)
            except (SphinxError, SystemMessage):
                raise  # meant to end the build
            except Exception as error:  # noqa: BLE001 - one document never takes the site down
                report(_failure(app, error))
                document.children.clear()
                super().parse(_as_code(inputstring), document)

    return PostParser


def _as_code(text: str) -> str:
    """Return a text as one block of code."""
    fence = "~" * max([3, *(len(run) + 1 for run in re.findall("~{3,}", text))])
    return f"{fence}text\n{text}\n{fence}\n"


def _failure(app: Sphinx, error: Exception) -> Problem:
    """Return what kept a document from being parsed."""
    message = (
        f"the document cannot be parsed ({type(error).__name__}: {str(error)[:200]}); its source is shown instead."
    )
    return Problem(subtype=Subtype.MARKDOWN, message=message, path=str(app.env.doc2path(app.env.docname, base=False)))


def _parse_as_myst(text: str, document: nodes.document, create: SharedParser) -> None:
    """Parse Markdown as MyST's parser does, with a parser that documents share.

    :param text: the Markdown.
    :param document: where its nodes go.
    :param create: returns the parser.
    """
    md = create(_settings(text, document, document.settings.env.myst_config), SphinxRenderer)
    md.options["document"] = document
    md.render(text)


def _is_notebook(app: Sphinx, text: str) -> bool:
    """Return whether MyST-NB has to read a document: one of Jupyter's, or of Markdown with code to run."""
    if str(app.env.doc2path(app.env.docname)).endswith(".ipynb"):
        return True
    try:
        return not {"jupytext", "kernelspec"}.isdisjoint(read_topmatter(text) or {})
    except TopmatterReadError:
        return False


def parse_post(
    text: str, document: nodes.document, settings: PostSettings, *, into: nodes.Element | None = None
) -> None:
    """Parse Markdown with the extensions of a site.

    :param text: the Markdown.
    :param document: the document that it belongs to.
    :param settings: what holds for it.
    :param into: where its nodes go, if not to the end of the document.
    """
    appended = _appended(settings)
    presence = Presence.of(text, more=bool(appended))
    config = _config(text, document, settings, presence)
    md = create_md_parser(config, PostRenderer)
    enable(md, settings, presence)
    cast("PostRenderer", md.renderer).prepare(presence, settings.extensions)
    md.options["document"] = document
    md.options["newsroom"] = settings
    if into is not None:
        md.options["current_node"] = into
        md.disable("wordcount")  # of the document, not of a part
    md.render(text + appended)
    if into is None:
        note_targets(document, settings.app.env, settings.extensions)


def _config(text: str, document: nodes.document, settings: PostSettings, presence: Presence) -> MdParserConfig:
    """Return MyST's settings for a document: those of the site, of the file, and what its extensions need."""
    config = _settings(text, document, settings.app.env.myst_config)  # type: ignore[attr-defined]
    # As smart_dollar has it: the dollar of a price is not a formula.
    math = "pymdownx.arithmatex" in settings.extensions
    return config.copy(
        enable_extensions={*config.enable_extensions, *myst_extensions(settings.extensions, presence)},
        heading_anchors=_HEADING_LEVELS,
        dmath_allow_space=config.dmath_allow_space and not math,
        dmath_allow_digits=config.dmath_allow_digits and not math,
        heading_slug_func=config.heading_slug_func or heading_slugs(settings.extensions),
    )


def _settings(text: str, document: nodes.document, config: MdParserConfig) -> MdParserConfig:
    """Return MyST's settings for a document: those of the site, or merged with those of its front matter."""

    def warn(kind: Any, message: str) -> None:
        create_warning(document, message, kind, line=1, append_to=document)

    try:
        own = read_topmatter(text)
    except TopmatterReadError:
        return config  # reported while the document is rendered
    return merge_file_level(config, own, warn) if own else config


def _appended(settings: PostSettings) -> str:
    """Return the files that the site appends to every document, such as a glossary."""
    listed = settings.extensions.option("pymdownx.snippets", "auto_append", [])
    texts = [settings.read_snippet(str(path)) for path in listed] if isinstance(listed, list) else []
    return "".join(f"\n\n{text}\n" for text in texts if text)
