"""Base class of the renderer's mixins."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from sphinxext.newsroom.markdown.snippets import expand_code
from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from docutils import nodes
    from markdown_it.tree import SyntaxTreeNode

    from sphinxext.newsroom.markdown.settings import PostSettings


class BaseRenderer(SphinxRenderer):
    """MyST's renderer, with what a document has to know."""

    @property
    def settings(self) -> PostSettings:
        """The settings of the document."""
        settings: PostSettings = self.md_options["newsroom"]
        return settings

    def number(self, kind: str) -> int:
        """Return the next number of a kind in this document, from 1.

        :param kind: what is counted.
        """
        return self.sphinx_env.new_serialno(f"newsroom-{kind}") + 1

    def warn_once(self, construct: str, message: str, token: SyntaxTreeNode) -> None:
        """Warn of a construct that cannot be rendered, once a document.

        :param construct: its name.
        :param message: the message.
        :param token: the first token that contains it.
        """
        settings = self.settings
        if construct in settings.said:
            return
        settings.said.add(construct)
        path = str(self.sphinx_env.doc2path(self.sphinx_env.docname, base=False))
        settings.report(Problem(subtype=Subtype.MARKDOWN, message=message, path=path, line=token_line(token, 1)))

    @property
    def last(self) -> nodes.Element:
        """The node that was made last."""
        return cast("nodes.Element", self.current_node.children[-1])

    def render_into(self, node: nodes.Element, token: SyntaxTreeNode) -> None:
        """Add a node with what a token holds.

        :param node: the node.
        :param token: the token.
        """
        self.add_line_and_source_path(node, token)
        self.copy_attributes(token, node)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def with_snippets(self, content: str, token: SyntaxTreeNode) -> str:
        """Return code or HTML with its snippets put in.

        :param content: the code.
        :param token: the token that contains it.
        """
        if "pymdownx.snippets" not in self.settings.extensions:
            return content
        content, missing = expand_code(content, self.settings.read_snippet, self.settings.included)
        for path, reason in missing.items():
            self.warn_missing(path, token, reason)
        return content

    def warn_missing(self, path: str, token: SyntaxTreeNode, reason: str = "") -> None:
        """Warn of a snippet that is not put in.

        :param path: what the document says.
        :param token: where it says so.
        :param reason: why, if it is there.
        """
        message = (
            reason or f"the snippet {path!r} is not inside the site or not published, so nothing is put in for it."
        )
        self.warn_once(f"snippet {path}", message, token)
