"""Let a toctree refer to posts by their file paths."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, cast

from docutils.statemachine import StringList
from sphinx.directives.other import TocTree, glob_re
from sphinx.util.matching import patfilter
from sphinx.util.nodes import explicit_title_re

from sphinxext.newsroom.environment.post_source import collect_unpublished_link

if TYPE_CHECKING:
    from docutils import nodes

    from sphinxext.newsroom.environment.blog_project import BlogProject


class PostTocTree(TocTree):
    """Sphinx's directive, with posts under their permalinks, and without those that do not exist in this build."""

    def run(self) -> list[nodes.Node]:
        """Put permalinks in the place of paths."""
        # A new list: the content of a directive is a view of the file, and deleting a line in it makes
        # the parser of reStructuredText lose its place and skip a line below the directive.
        entries, named = StringList(), set[str]()
        for number, entry in enumerate(self.content):
            source, line = self.content.info(number)
            for shown in self._shown(entry, named):
                entries.append(shown, source, line or 0)
        self.content = entries
        return super().run()

    def _shown(self, entry: str, named: set[str]) -> list[str]:
        """Return an entry for Sphinx; nothing if it only matches unpublished posts.

        :param entry: the line of the directive.
        :param named: the documents of earlier entries; those of this entry are added.
        """
        match = explicit_title_re.match(entry)
        target = match[2] if match else entry.strip()
        if not target or "://" in target:
            return [entry]
        path = self._path(target)
        if docname := self._project.permalink(path) or self._moved(path):
            named.add(docname)
            return [f"{match[1]} </{docname}>" if match else f"/{docname}"]
        if (file := self._project.unpublished_file(path)) is not None:
            collect_unpublished_link(self.env, file)
            return []
        if "glob" in self.options and match is None and glob_re.match(entry):
            return self._shown_pattern(entry, path, named)
        named.add(self._project.plain_docname(path))
        return [entry]

    def _moved(self, path: str) -> str | None:
        """Return the document that a path means in a post, whose docname is in another folder than its file."""
        plain = self._project.plain_docname(path)
        is_elsewhere = posixpath.dirname(self.env.docname) != self._folder
        return plain if is_elsewhere and plain in self.env.found_docs else None

    def _shown_pattern(self, entry: str, pattern: str, named: set[str]) -> list[str]:
        """Return the documents that match a glob pattern of files or docnames, in the order of the files.

        Sphinx would look for posts by their permalinks only, and report a pattern that matches nothing but drafts.
        """
        documents = self.env.found_docs - {self.env.docname}
        by_file = {self._project.plain_docname(self._file_of(docname)): docname for docname in documents}
        found = {name: by_file[name] for name in patfilter(by_file, self._project.plain_docname(pattern))}
        posts = self._project.permalinks.intersection(found.values())
        if posts or self._folder != posixpath.dirname(self.env.docname):
            known = {name for name, docname in by_file.items() if docname in set(patfilter(documents, pattern))}
            found |= {name: by_file[name] for name in known}
            shown = [found[name] for name in sorted(found) if found[name] not in named]
            named.update(shown)
            if shown or found:
                return [f"/{docname}" for docname in shown]
        named.update(patfilter(documents, pattern))
        left_out = self._project.unpublished_files(pattern)
        if not left_out or next(iter(patfilter(documents, pattern)), None) is not None:
            return [entry]
        for file in left_out:
            collect_unpublished_link(self.env, file)
        return []

    def _file_of(self, docname: str) -> str:
        return str(self.env.doc2path(docname, base=False))

    @property
    def _folder(self) -> str:
        """The folder of the file that is read."""
        return posixpath.dirname(self._file_of(self.env.docname))

    @property
    def _project(self) -> BlogProject:
        return cast("BlogProject", self.env.project)

    def _path(self, target: str) -> str:
        return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(self._folder, target))
