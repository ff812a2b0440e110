"""The toctree, in which a post can stand by the path of its file."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, cast

from docutils.statemachine import StringList
from sphinx.directives.other import TocTree, glob_re
from sphinx.util.matching import patfilter
from sphinx.util.nodes import explicit_title_re

from sphinxext.newsroom.build.reading import note_hidden

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext.newsroom.build.project import BlogProject


class PostTocTree(TocTree):
    """Sphinx's directive, with posts under their permalinks, and without those that do not exist in this build."""

    def run(self) -> list[nodes.Node]:
        """Put permalinks in the place of paths."""
        # A list of its own: the content of a directive is a view of the file, and a line that is deleted in it makes
        # the parser of reStructuredText lose its place and skip a line below the directive.
        entries = StringList()
        for number, entry in enumerate(self.content):
            if (shown := self._shown(entry)) is not None:
                source, line = self.content.info(number)
                entries.append(shown, source, line or 0)
        self.content = entries
        return super().run()

    def _shown(self, entry: str) -> str | None:
        """Return an entry as Sphinx understands it, None if it stands for nothing but posts that are left out."""
        match = explicit_title_re.match(entry)
        target = match[2] if match else entry.strip()
        if not target or "://" in target:
            return entry
        path = self._path(target)
        if docname := self._project.permalink(path):
            return f"{match[1]} </{docname}>" if match else f"/{docname}"
        if (file := self._project.hidden_file(path)) is not None:
            note_hidden(self.env, file)
            return None
        if "glob" in self.options and match is None and glob_re.match(entry):
            return self._shown_pattern(entry, path)
        return entry

    def _shown_pattern(self, entry: str, pattern: str) -> str | None:
        """Return a pattern, None if all that it matches is left out: Sphinx would report that it matches nothing."""
        left_out = self._project.hidden_files(pattern)
        documents = self.env.found_docs - {self.env.docname}
        if not left_out or next(iter(patfilter(documents, pattern)), None) is not None:
            return entry
        for file in left_out:
            note_hidden(self.env, file)
        return None

    @property
    def _project(self) -> BlogProject:
        return cast("BlogProject", self.env.project)

    def _path(self, target: str) -> str:
        here = posixpath.dirname(str(self.env.doc2path(self.env.docname, base=False)))
        return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(here, target))
