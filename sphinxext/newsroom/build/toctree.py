"""The toctree, in which a post can stand by the path of its file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, cast

from sphinx.directives.other import TocTree
from sphinx.util.nodes import explicit_title_re

from sphinxext.newsroom.build.reading import note_hidden

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext.newsroom.build.project import BlogProject


class PostTocTree(TocTree):
    """Sphinx's directive, with posts under their permalinks, and without those that do not exist in this build."""

    def run(self) -> list[nodes.Node]:
        """Put permalinks in the place of paths."""
        for number, entry in reversed([*enumerate(self.content)]):
            match = explicit_title_re.match(entry)
            path = self._path(match[2] if match else entry.strip())
            if docname := self._project.permalink(path):
                self.content[number] = f"{match[1]} </{docname}>" if match else f"/{docname}"
            elif (file := self._project.hidden_file(path)) is not None:
                del self.content[number]
                note_hidden(self.env, file)
        return super().run()

    @property
    def _project(self) -> BlogProject:
        return cast("BlogProject", self.env.project)

    def _path(self, target: str) -> str:
        here = posixpath.dirname(str(self.env.doc2path(self.env.docname, base=False)))
        return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(here, target))
