"""Release the document that Sphinx creates to render a title, instead of holding one for each page until the build ends.

The environment stores the title of each page, and Sphinx leaves the title attached to the temporary document: more than
four kilobytes a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.builders.html import StandaloneHTMLBuilder


def release_partial_documents(builder: StandaloneHTMLBuilder) -> None:
    """Detach nodes that a builder renders by themselves from the temporary document.

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
            node.parent, node.document = parent, document  # type: ignore[assignment] # mostly None

    builder.render_partial = render_partial  # type: ignore[method-assign]
