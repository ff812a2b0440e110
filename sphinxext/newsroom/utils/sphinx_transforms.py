"""Transform documents before they are written, when the blog is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Callable

    from docutils import nodes
    from sphinx.application import Sphinx

BEFORE_LINKS = 5
"""The priority of what may bring links that are yet to be resolved."""


def change_before_writing(
    app: Sphinx, change: Callable[[Sphinx, nodes.document, str], None], *, priority: int = BEFORE_LINKS
) -> None:
    """Have every document changed before it is written.

    :param app: the application.
    :param change: gets the application, the document, which it changes in place, and its docname.
    :param priority: what is lower comes first.
    """

    class Change(SphinxPostTransform):
        """Hands the document on; Sphinx makes one for each."""

        default_priority = priority

        def run(self, **_kwargs: Any) -> None:
            """Change the document."""
            change(app, self.document, self.env.docname)

    app.add_post_transform(Change)
