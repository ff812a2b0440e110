"""A door to Sphinx: let go of the documents into which titles are put to be rendered.

The environment keeps the title of each page. To make HTML of one, Sphinx puts it into a document of its own, and the title
stays in there: so one more document for each page, with all that docutils keeps beside a text, lives until the end of a
build. That is more than four kilobytes a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.builders.html import StandaloneHTMLBuilder


def let_go_of_partial_documents(builder: StandaloneHTMLBuilder) -> None:
    """Have a builder leave the nodes that it renders by themselves as they were.

    :param builder: the builder.
    """
    render = builder.render_partial

    def render_partial(node: Node | None) -> dict[str, str]:
        if node is None:
            return render(node)
        parent, document = node.parent, node.document
        try:
            return render(node)
        finally:
            node.parent, node.document = parent, document  # type: ignore[assignment] # none, more often than not

    builder.render_partial = render_partial  # type: ignore[method-assign]
