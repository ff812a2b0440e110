"""Replace the first heading of a post by the title in its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext.newsroom.environment.site import get_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BEFORE_SMART_QUOTES = 700
"""The priority of a transform whose text gets typographic quotation marks as any other."""


def title_transform(app: Sphinx) -> type[SphinxTransform]:
    """Return the transform that puts the title of a post in the place of its heading.

    Everything takes the title from there: the page, toctrees, the search, links. Lists and feeds of other formats do, too.

    :param app: the application.
    """

    class FrontMatterTitle(SphinxTransform):
        """Changes one document."""

        default_priority = BEFORE_SMART_QUOTES

        def apply(self, **_kwargs: Any) -> None:
            """Change the heading, unless it says the same with markup; its anchors stay."""
            site, docname = get_site(app), self.env.docname
            post = site.planned.get(docname)
            # A post declared with ABlog's syntax shows its own heading, as with ABlog; lists show its title.
            if post is None or docname not in site.project.permalinks or not post.front_matter.title:
                return
            section = next(iter(self.document.findall(nodes.section)), None)
            heading = section.next_node(nodes.title) if section is not None else None
            if heading is not None and heading.astext() != post.front_matter.title:
                heading.children = []
                heading += nodes.Text(post.front_matter.title)
                heading.rawsource = post.front_matter.title

    return FrontMatterTitle
