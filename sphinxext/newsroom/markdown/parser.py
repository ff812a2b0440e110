"""The parser of Markdown documents: MyST's, with the constructs that a site has enabled where they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from myst_parser.config.main import TopmatterReadError, merge_file_level, read_topmatter
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.warnings_ import create_warning

from sphinxext.newsroom.markdown.anchors import heading_slugs
from sphinxext.newsroom.markdown.grammar import enable, myst_extensions
from sphinxext.newsroom.markdown.nodes import register_nodes
from sphinxext.newsroom.markdown.renderer import PostRenderer
from sphinxext.newsroom.markdown.settings import PostSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from myst_parser.config.main import MdParserConfig
    from sphinx.application import Sphinx

    from sphinxext.newsroom.core.markdown_extensions import MarkdownExtensions

    ExtensionsOf = Callable[[str], MarkdownExtensions]

_HEADING_LEVELS = 6


def setup_markdown(app: Sphinx, extensions_of: ExtensionsOf) -> None:
    """Put the parser in MyST's place.

    :param app: the application.
    :param extensions_of: returns the extensions that hold for a document, by docname; none for a document of MyST's.
    """

    class PostParser(MystParser):
        """MyST's parser, which reads more where a document wants it."""

        def parse(self, inputstring: str, document: nodes.document) -> None:
            """Parse a document.

            :param inputstring: its text.
            :param document: where its nodes go.
            """
            env = document.settings.env
            extensions = extensions_of(env.docname)
            if extensions:
                _parse(inputstring, document, PostSettings(env=env, extensions=extensions))
            else:
                super().parse(inputstring, document)

    app.setup_extension("myst_parser")
    app.add_source_parser(PostParser, override=True)
    register_nodes(app)


def _parse(text: str, document: nodes.document, settings: PostSettings) -> None:
    config = _config(text, document, settings)
    md = create_md_parser(config, PostRenderer)
    enable(md, settings)
    md.options["document"] = document
    md.options["newsroom"] = settings
    md.render(text + _appended(settings))


def _config(text: str, document: nodes.document, settings: PostSettings) -> MdParserConfig:
    """Return MyST's settings for a document: those of the site, of the file, and what its extensions need."""

    def warn(kind: Any, message: str) -> None:
        create_warning(document, message, kind, line=1, append_to=document)

    config: MdParserConfig = settings.env.myst_config
    try:
        own = read_topmatter(text)
    except TopmatterReadError:
        own = None  # told while the document is rendered
    if own:
        config = merge_file_level(config, own, warn)
    return config.copy(
        enable_extensions={*config.enable_extensions, *myst_extensions(settings.extensions)},
        heading_anchors=_HEADING_LEVELS,
        heading_slug_func=config.heading_slug_func or heading_slugs(settings.extensions),
    )


def _appended(settings: PostSettings) -> str:
    """Return the files that the site appends to every document, such as a glossary."""
    listed = settings.extensions.option("pymdownx.snippets", "auto_append", [])
    texts = [settings.read_snippet(str(path)) for path in listed] if isinstance(listed, list) else []
    return "".join(f"\n\n{text}\n" for text in texts if text)
