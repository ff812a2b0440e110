"""The toctree, in which a post can stand by the path of its file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, cast

from sphinx.directives.other import TocTree
from sphinx.util.nodes import explicit_title_re

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext.newsroom.build.project import BlogProject


class PostTocTree(TocTree):
    """Sphinx's directive, with posts under their permalinks."""

    def run(self) -> list[nodes.Node]:
        """Put permalinks in the place of paths."""
        for number, entry in enumerate(self.content):
            match = explicit_title_re.match(entry)
            target = match[2] if match else entry.strip()
            if docname := self._post(target):
                self.content[number] = f"{match[1]} </{docname}>" if match else f"/{docname}"
        return super().run()

    def _post(self, target: str) -> str | None:
        here = posixpath.dirname(str(self.env.doc2path(self.env.docname, base=False)))
        path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(here, target))
        return cast("BlogProject", self.env.project).permalink(path)
