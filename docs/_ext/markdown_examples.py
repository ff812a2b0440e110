"""The examples of Material's Markdown that the tests check, with what becomes of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinxext.newsroom.core.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.markdown.parser import parse_post
from sphinxext.newsroom.markdown.settings import PostSettings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinxext.newsroom.core.problems import Problem

CASES = Path(__file__).parents[2] / "tests" / "cases" / "markdown"
FENCE = "`" * 32
EXAMPLE = re.compile(rf"^## ([^\n]+)\n\n{FENCE} example( differs)?\n(.*?)\n\.\n(.*?){FENCE}$", re.MULTILINE | re.DOTALL)
EXTENSIONS = parse_markdown_extensions(
    [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
        *(f"pymdownx.{name}" for name in ("arithmatex", "betterem", "caret", "details", "emoji", "highlight")),
        *(f"pymdownx.{name}" for name in ("inlinehilite", "keys", "magiclink", "mark", "smartsymbols")),
        *(f"pymdownx.{name}" for name in ("superfences", "tabbed", "tasklist", "tilde")),
    ]
)


class MarkdownExamples(SphinxDirective):
    """Show the examples of a file: source, and what readers see, or with ``:html:`` the HTML."""

    required_arguments = 1
    option_spec: ClassVar = {"html": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Make a row of each example."""
        file = CASES / f"{self.arguments[0]}.md"
        self.env.note_dependency(str(file))
        found: list[nodes.Node] = []
        for title, _differs, source, expected in EXAMPLE.findall(file.read_text(encoding="utf-8")):
            row = nodes.container("", classes=["markdown-example"])
            row += nodes.literal_block(source, source, language="markdown", force=True)
            result = nodes.container("", classes=["markdown-result"])
            if "html" in self.options or not shows_alone(source):
                result += nodes.literal_block(expected, expected, language="html", force=True)
            else:
                settings = PostSettings(app=self.env.app, extensions=EXTENSIONS, report=self.refuse)
                live = source.replace("logo.svg", "/_static/logo.svg")
                parse_post(live, self.state.document, settings, into=result)
            row += result
            found += [nodes.rubric("", title), row]
        return found

    def refuse(self, problem: Problem) -> None:
        """Fail: an example that warns is not to be rendered here."""
        raise self.severe(problem.message)


def shows_alone(source: str) -> bool:
    """Return whether an example needs no other file, and says nothing that is warned of."""
    return not any(mark in source for mark in ("8<", "{{", "my-example", "[^1]", "<div markdown>\n\n*text*"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("markdown-examples", MarkdownExamples)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
