"""Support ``autosummary`` in posts: stubs are written next to the file of the post, not next to its permalink."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sphinxext.newsroom.environment.site import get_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

EXTENSION = "sphinx.ext.autosummary"


def find_stubs_of_posts(app: Sphinx) -> None:
    """Have the directive find the stubs of posts, where the site uses it.

    :param app: the application.
    """
    if EXTENSION not in app.extensions:
        return
    from sphinx.ext.autosummary import Autosummary

    class PostAutosummary(Autosummary):
        """Sphinx's directive, with a folder of stubs that is relative to the file of a post."""

        def run(self) -> list[nodes.Node]:
            """Say where the stubs are, as seen from the docname."""
            docname = self.env.docname
            if "toctree" in self.options and docname in get_site(app).project.permalinks:
                folder = posixpath.dirname(str(self.env.doc2path(docname, base=False)))
                stubs = posixpath.join(folder, self.options["toctree"].strip())
                self.options["toctree"] = posixpath.relpath(stubs, posixpath.dirname(docname) or ".")
            return super().run()

    app.add_directive("autosummary", PostAutosummary, override=True)
