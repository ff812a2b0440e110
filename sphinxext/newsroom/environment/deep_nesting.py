"""Documents of reStructuredText that are nested too deeply: their source is shown instead.

docutils' parser calls itself for every level, as does what stores and writes documents, and Sphinx would stop.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.parsers import RSTParser

from sphinxext.newsroom.environment.generated_index import rst_heading
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.limits import MAX_DOCUMENT_DEPTH
from sphinxext.newsroom.utils.sphinx_doctrees import remove_element

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_LATE = 900


def connect(app: Sphinx) -> None:
    """Let parsers of reStructuredText survive such a document.

    :param app: the application.
    """
    # Once all extensions have brought their parsers.
    app.connect("config-inited", _replace_parsers, priority=_LATE)


def _replace_parsers(app: Sphinx, _config: Config) -> None:
    parsers = app.registry.source_parsers
    for file_type, parser in list(parsers.items()):
        if issubclass(parser, RSTParser):
            parsers[file_type] = _surviving(parser, app)


def _surviving(base: type[Any], app: Sphinx) -> type[Any]:
    class SurvivingParser(base):  # type: ignore[misc]
        """A parser of reStructuredText that shows the source of what it cannot parse."""

        def parse(self, inputstring: Any, document: nodes.document) -> None:
            """Parse a document.

            :param inputstring: its text.
            :param document: where its nodes go.
            """
            try:
                super().parse(inputstring, document)
                is_too_deep = depth(document) > MAX_DOCUMENT_DEPTH
            except RecursionError:
                is_too_deep = True
            if is_too_deep:
                message = f"there are more than {MAX_DOCUMENT_DEPTH} levels of elements; the source is shown instead."
                path = str(app.env.doc2path(app.env.docname, base=False))
                get_site(app).reporter.report([Problem(subtype=Subtype.MARKDOWN, message=message, path=path)])
                for child in list(document.children):
                    if isinstance(child, nodes.Element):
                        remove_element(child)
                document.children.clear()
                lines = inputstring.splitlines() if isinstance(inputstring, str) else list(inputstring)
                source = "".join(f"   {line}\n" for line in lines)
                super().parse(f"{rst_heading(_title(app, path))}\n::\n\n{source}", document)

    return SurvivingParser


def _title(app: Sphinx, path: str) -> str:
    """Return the title of a post, or the name of any other file."""
    post = get_site(app).planned.get(app.env.docname)
    return post.title if post is not None else PurePosixPath(path).stem


def depth(document: nodes.Element) -> int:
    """Return the number of levels of elements.

    :param document: the outermost of them, which does not count.
    """
    levels = 0
    inner = [child for child in document.children if isinstance(child, nodes.Element)]
    while inner:
        levels += 1
        inner = [child for element in inner for child in element.children if isinstance(child, nodes.Element)]
    return levels
