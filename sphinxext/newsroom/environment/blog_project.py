"""The documents of a site with a blog: the docname of a post is its permalink, and unpublished posts are not documents."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.locale import __
from sphinx.project import EXCLUDE_PATHS, Project
from sphinx.util import logging
from sphinx.util.matching import get_matching_files, patfilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

logger = logging.getLogger(__name__)


class BlogProject(Project):
    """A Sphinx project whose documents and docnames come from the index of the blog."""

    def __init__(self, project: Project, *, generated_in: Path) -> None:
        """Replace Sphinx's project.

        :param project: Sphinx's project.
        :param generated_in: the folder of the documents that are not in the source folder.
        """
        super().__init__(project.srcdir, project.source_suffix)
        self.restore(project)
        self._plan: Callable[[list[str]], None] | None = None
        self._permalinks: dict[str, str] = {}
        self._unpublished: frozenset[str] = frozenset()
        self._excludes: Callable[[str], bool] | None = None
        self._excluded: frozenset[str] = frozenset()
        self.permalinks: frozenset[str] = frozenset()
        """The docnames that are permalinks."""
        self._generated_in = generated_in
        self._generated: dict[str, Path] = {}
        self._paths: dict[tuple[str, bool], Any] = {}
        self.moved: set[str] = set()
        """Documents with a different file than in the last build."""
        self.removed_documents: set[str] = set()
        """Documents of the last build whose file is that of a post that does not exist in this one."""

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the state of a build."""
        return {
            **self.__dict__,
            "_plan": None,
            "_excludes": None,
            "_excluded": frozenset(),
            "_permalinks": {},
            "permalinks": frozenset(),
            "_unpublished": frozenset(),
            "_generated": {},
            "_paths": {},
        }

    def restore_generated(self) -> None:
        """Restore the generated documents of the last build.

        Builders ask for their files before they look for the documents of this build. Extensions that are notified that the
        builder has been made take each document that has a file for one in the source folder.
        """
        self._generated = {
            docname: self.generated_file(docname, path.suffix)
            for docname, path in self._docname_to_path.items()
            if path not in self._path_to_docname
        }
        self._paths.clear()

    def generated_file(self, docname: str, suffix: str) -> Path:
        """Return the file of a document that is not in the source folder.

        :param docname: the document.
        :param suffix: what its name ends with.
        """
        # Sphinx never takes a file with this prefix for a document, wherever the folder of doctrees is.
        return self._generated_in / f".#{docname.replace('/', '-')}{suffix}"

    @property
    def generated(self) -> frozenset[str]:
        """The documents that are not in the source folder."""
        return frozenset(self._generated)

    @property
    def excluded(self) -> frozenset[str]:
        """The source files that are excluded in addition to Sphinx's patterns, relative to the source folder."""
        return self._excluded

    def on_discover(self, plan: Callable[[list[str]], None]) -> None:
        """Set the function that is called with all source files, and calls :meth:`arrange`, before documents are found.

        :param plan: a function of the paths relative to the source folder.
        """
        self._plan = plan

    def exclude(self, excludes: Callable[[str], bool]) -> None:
        """Set the filter of source files that are excluded, in addition to Sphinx's patterns.

        :param excludes: a function of the path relative to the source folder.
        """
        self._excludes = excludes

    def arrange(
        self,
        *,
        permalinks: Mapping[str, str],
        indexes: Mapping[str, str],
        unpublished: Iterable[str],
        generated: Mapping[str, Path],
    ) -> None:
        """Set the documents in addition to those that Sphinx finds.

        :param permalinks: docname by path, of posts that are not called by their path.
        :param indexes: docname by path, of pages that are the index of their folder under another name.
        :param unpublished: paths that are not documents.
        :param generated: file by docname, of documents that are not in the source folder.
        """
        self._permalinks = {**indexes, **permalinks}
        self.permalinks = frozenset(permalinks.values())
        self._unpublished = frozenset(unpublished) | self._excluded
        self._generated = dict(generated)

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find the documents, the posts among them under their permalinks.

        Sphinx's own method would look through the folders a second time.
        """
        before = {docname: str(path) for docname, path in self._docname_to_path.items()}
        found = get_matching_files(self.srcdir, include_paths, [*exclude_paths, *EXCLUDE_PATHS])
        files = [file for file in found if file.endswith(self.source_suffix)]
        if self._excludes is not None:
            self._excluded = self._unpublished = frozenset(filter(self._excludes, files))
            files = [file for file in files if file not in self._excluded]
        if self._plan is not None:
            self._plan(files)
        self.docnames.clear()
        self._path_to_docname.clear()
        self._docname_to_path.clear()
        self._paths.clear()
        for file in files:
            docname = self.path2doc(file)
            if docname is None:
                continue
            if docname in self.docnames:
                kept = self._docname_to_path[docname].as_posix()
                message = __("%s and %s are both the document %r; the first is used")
                logger.warning(message, kept, file, docname, location=f"{self.srcdir / file}:1")
            elif os.access(self.srcdir / file, os.R_OK):
                self._add(docname, Path(file))
            else:
                logger.warning(__("%s cannot be read and is left out"), file, location=f"{self.srcdir / file}:1")
        for docname, generated in self._generated.items():
            # The path is only a name: the file is not in the source folder.
            self._add(docname, Path(docname + generated.suffix))
            del self._path_to_docname[Path(docname + generated.suffix)]
        self.moved = {
            docname
            for docname, path in self._docname_to_path.items()
            if docname in before and before[docname] != str(path)
        }
        unpublished = {self.plain_docname(path) for path in self._unpublished}
        self.removed_documents = unpublished & (before.keys() - self.docnames)
        return self.docnames

    def remove_documents(self, docnames: Iterable[str]) -> None:
        """Remove documents that have been read but do not exist in this build.

        :param docnames: the documents.
        """
        for docname in docnames:
            path = self._docname_to_path.pop(docname)
            self._path_to_docname.pop(path, None)
            self._unpublished |= {path.as_posix()}
            self.docnames.discard(docname)
            self.removed_documents.add(docname)
        self._paths.clear()

    def _add(self, docname: str, path: Path) -> None:
        self.docnames.add(docname)
        self._path_to_docname[path] = docname
        self._docname_to_path[docname] = path

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the docname of a file, None if it is not a document or unpublished."""
        path = Path(filename)
        if path.is_absolute() and path.is_relative_to(self.srcdir):
            path = path.relative_to(self.srcdir)
        relative = path.as_posix()
        if relative in self._unpublished:
            return None
        return self._permalinks.get(relative) or super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> Any:
        """Return the file of a document, cached because every build requests it several times."""
        key = docname, absolute
        if key not in self._paths:
            is_ours = absolute and docname in self._generated
            path = type(self.srcdir)(self._generated[docname]) if is_ours else super().doc2path(docname, absolute)
            self._paths[key] = path
        return self._paths[key]

    def permalink(self, path: str) -> str | None:
        """Return the docname of a post, None if the file has no permalink.

        :param path: its file relative to the source folder, with or without suffix.
        """
        return next(
            (found for suffix in ("", *self.source_suffix) if (found := self._permalinks.get(path + suffix))), None
        )

    def unpublished_file(self, path: str) -> str | None:
        """Return the file of a post that does not exist in this build, None for any other file.

        :param path: its file relative to the source folder, with or without suffix.
        """
        return next((path + suffix for suffix in ("", *self.source_suffix) if path + suffix in self._unpublished), None)

    def unpublished_files(self, pattern: str) -> list[str]:
        """Return the files of posts that do not exist in this build and that a pattern of docnames matches.

        :param pattern: such as ``blog/*/index``.
        """
        files = {self.plain_docname(path): path for path in sorted(self._unpublished)}
        return [files[docname] for docname in patfilter(files, pattern)]

    def plain_docname(self, path: str) -> str:
        """Return the docname that a file would have without the blog.

        :param path: relative to the source folder.
        """
        suffix = next((suffix for suffix in self.source_suffix if path.endswith(suffix)), "")
        return posixpath.normpath(path.removesuffix(suffix))
