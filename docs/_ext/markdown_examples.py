"""The examples of Material's Markdown that the tests check: source, a picture of Material's rendering, and ours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.markdown.parser import parse_post
from sphinxext.newsroom.markdown.settings import PostSettings

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from sphinxext.newsroom.problems import Problem

CASES = Path(__file__).parents[2] / "tests" / "cases" / "markdown"
FENCE = "`" * 32
EXAMPLE = re.compile(rf"^## ([^\n]+)\n\n{FENCE} example( differs)?\n(.*?)\n\.\n(.*?){FENCE}$", re.MULTILINE | re.DOTALL)
EXTENSIONS = parse_markdown_extensions(
    [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "wikilinks"),
        *(f"pymdownx.blocks.{name}" for name in ("admonition", "caption", "definition", "details", "html", "tab")),
        *(
            f"pymdownx.{name}"
            for name in ("arithmatex", "betterem", "caret", "critic", "details", "emoji", "highlight")
        ),
        *(f"pymdownx.{name}" for name in ("inlinehilite", "keys", "magiclink", "mark", "smartsymbols")),
        *(f"pymdownx.{name}" for name in ("superfences", "tabbed", "tasklist", "tilde")),
    ]
)


# What needs another file, is warned of, or would be part of the page around it.
MARKS = (
    *("8<", "{{", "my-example", "exec=", "forecast", "[^1]", "[^a]", "[[", "##Dates", "<iframe"),
    "<div markdown>\n\n*text*",
)


class MarkdownExamples(SphinxDirective):
    """Show the examples of a file: source, Material's picture, and what readers see, or with ``:html:`` the HTML."""

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
            row += self.picture(title)
            result = nodes.container("", labelled("This extension"), classes=["markdown-result"])
            if "html" in self.options or not shows_alone(source):
                result += nodes.literal_block(expected, expected, language="html", force=True)
            else:
                settings = PostSettings(app=self.env.app, extensions=EXTENSIONS, report=self.reject)
                live = source.replace("logo.svg", "/_static/logo.svg")
                parse_post(live, self.state.document, settings, into=result)
            row += result
            found += [nodes.rubric("", title), row]
        return found

    def picture(self, title: str) -> nodes.Node:
        """Return the picture of what Material shows; ``nox -s pictures`` makes it."""
        name = re.sub(r"\W+", "-", f"{self.arguments[0]} {title}".lower()).strip("-")
        image = nodes.image(
            "", uri=f"/images/markdown/{name}.webp", alt=f"{title}, as Material shows it", classes=["no-scaled-link"]
        )
        return nodes.container("", labelled("Material"), image, classes=["markdown-material"])

    def reject(self, problem: Problem) -> None:
        """Fail: an example that warns is not to be rendered here."""
        raise self.severe(problem.message)


def labelled(text: str) -> nodes.Node:
    """Return a heading of a column."""
    return nodes.paragraph("", text, classes=["markdown-label"])


def shows_alone(source: str) -> bool:
    """Return whether an example needs no other file, and says nothing that is warned of."""
    return not any(mark in source for mark in MARKS)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("markdown-examples", MarkdownExamples)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
