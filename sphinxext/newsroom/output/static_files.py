"""Copy all files of a MkDocs site that are not pages to the URLs that they had."""

from __future__ import annotations

import filecmp
import os
import posixpath
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.matching import Matcher

from sphinxext.newsroom.config.sphinx_mkdocs_site import asset_files
from sphinxext.newsroom.content.url_registry import GENERATED
from sphinxext.newsroom.feeds.sphinx_plan import extra_file
from sphinxext.newsroom.output.attachments import copy_attachment
from sphinxext.newsroom.utils.files import is_regular
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.problems import Problem

# What MkDocs makes pages of.
PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
# What Sphinx writes, or leaves as it is; names are compared without regard to case, as many disks do.
RESERVED = frozenset({"_sources", "objects.inv", "searchindex.js"})


class StaticFiles:
    """The files of one build."""

    def __init__(self, app: Sphinx, site: Site) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        """
        self._app, self._site = app, site
        self._source, self._out = Path(app.srcdir), Path(app.outdir)
        self.paths: list[str] = []
        """The files to copy; each has the same path in the source folder and in the output."""
        self.problems: list[Problem] = []
        self._before: dict[str, Any] = {}
        """Fingerprints of the files before this build wrote anything, by path."""

    def find(self, taken: Iterable[str], pagenames: AbstractSet[str], before: AbstractSet[str]) -> None:
        """Look for the files, once it is known what else is written.

        :param taken: output paths of our other files.
        :param pagenames: every page of the site.
        :param before: the files that the last build has written.
        """
        if not self._is_whole_site:
            return
        others = {path.casefold() for path in taken} | self._files_of_pages(pagenames)
        for path in self._walk():
            if path.casefold() in others:
                continue
            target = self._out / path
            stamp = _stamp(target)
            if stamp is None or path in before or filecmp.cmp(self._source / path, target, shallow=False):
                self._before[path] = stamp
                self.paths.append(path)

    @cached_property
    def _is_whole_site(self) -> bool:
        """Whether the source folder is that of a MkDocs site."""
        mkdocs = self._site.mkdocs
        return (
            mkdocs is not None and mkdocs.is_whole and not mkdocs.file.resolve().is_relative_to(self._source.resolve())
        )

    def what_is_copied_to(self, path: str) -> str | None:
        """Return what the site copies to a path in the output, None for nothing.

        :param path: from the root of the site.
        """
        is_page = path.endswith((*self._app.config.source_suffix, *PAGES))
        if self._is_whole_site and not is_page and is_regular(self._source / path):
            return None if self._site.copy_rules.restriction(path) else f"the file {path!r} of the site"
        return extra_file(self._app, path)

    def copy_assets(self) -> None:
        """Copy stylesheets and scripts that are on every page: pages name their checksums."""
        for path in self._assets:
            copy_attachment(self._app, path, path)
            self._before[path] = _stamp(self._out / path)

    def copy(self) -> list[str]:
        """Copy the files that have changed, and return those that are in the output.

        What Sphinx or another extension has written in this build is left alone.
        """
        copied = [path for path in self.paths if _stamp(self._out / path) == self._before[path]]
        for path in copied:
            copy_attachment(self._app, path, path)
        return copied

    def stamps(self) -> list[tuple[str, int, int]]:
        """Return what changes when a stylesheet or script does that is on every page."""
        found = []
        for path in self._assets:
            status = (self._source / path).stat()
            found.append((path, status.st_size, status.st_mtime_ns))
        return found

    @cached_property
    def _assets(self) -> list[str]:
        mkdocs = self._site.mkdocs
        if mkdocs is None or not self.paths:
            return []
        source, known = self._source.resolve(), set(self.paths)
        paths = [file.relative_to(source).as_posix() for file in asset_files(mkdocs)]
        return [path for path in dict.fromkeys(paths) if path in known]

    def _files_of_pages(self, pagenames: AbstractSet[str]) -> frozenset[str]:
        builder = html_builder(self._app)
        names = {*pagenames, *GENERATED, "genindex-all", "modindex", *self._app.config.html_additional_pages}
        files = {os.path.relpath(builder.get_outfilename(name), self._out).replace(os.sep, "/") for name in names}
        return frozenset(file.casefold() for file in files)

    def _walk(self) -> Iterator[str]:
        """Yield the files of the source folder that MkDocs would copy, without those next to posts."""
        app, source = self._app, self._source
        excluded = Matcher([*app.config.exclude_patterns, *app.config.templates_path, "**/__pycache__"])
        suffixes = (*app.config.source_suffix, *PAGES)
        of_posts = {section.post_dir for section in self._site.sections}
        skipped = self._folders_of_programs()
        extra = [Path(app.confdir) / name for name in app.config.html_extra_path]
        for folder, folders, files in os.walk(source):
            relative = Path(folder).relative_to(source).as_posix()
            inside = [name if relative == "." else posixpath.join(relative, name) for name in sorted(folders)]
            folders[:] = [
                posixpath.basename(path)
                for path in inside
                if path not in of_posts
                and path not in skipped
                and path.casefold() not in RESERVED
                and not excluded(path)
            ]
            for name in sorted(files):
                path = name if relative == "." else posixpath.join(relative, name)
                if name.endswith(suffixes) or path.casefold() in RESERVED or excluded(path):
                    continue
                if not self._site.copy_rules.reports_restriction(path, self.problems) and not any(
                    (other / path).exists() for other in extra
                ):
                    yield path

    def _folders_of_programs(self) -> set[str]:
        """Return folders of the source folder that belong to the build: outputs, translations, and Python's modules."""
        app, source = self._app, self._source.resolve()
        found = set()
        for place in (app.outdir, app.doctreedir):
            inside = Path(place).resolve()
            if inside.is_relative_to(source) and inside != source:
                # Outputs of other builders are next to it.
                found.add(inside.relative_to(source).parts[0])
        others = [Path(app.confdir) / name for name in app.config.locale_dirs]
        for other in [*others, *(Path(name) for name in sys.path if name)]:
            inside = other.resolve()
            if inside.is_relative_to(source) and inside != source:
                found.add(inside.relative_to(source).as_posix())
        return found


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """Return what is another when a file has been written, None if there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
