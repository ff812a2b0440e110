"""Report problems as warnings, and find their lines in source files."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.environment.known_problems import KnownProblems
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.front_matter.split import source_map_of_file
from sphinxext.newsroom.log import ErrorWatch, warn
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import is_regular
from sphinxext.newsroom.utils.yaml import YamlSourceMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.problems import TemplateMistake
    from sphinxext.newsroom.validation.coerce import SourceMap


class ProblemReporter:
    """Reports the problems of one build."""

    def __init__(self, app: Sphinx, cache_folder: Path, severity: Mapping[Subtype, str]) -> None:
        """Watch what is logged from now on.

        :param app: the application, its environment loaded.
        :param cache_folder: stores the problems that a live preview has already reported.
        :param severity: ``ignore``, ``warn`` or ``error`` by kind of problem.
        """
        self._srcdir, self._severity = Path(app.srcdir), severity
        self._known_problems = KnownProblems(app, cache_folder)
        self._errors = ErrorWatch()
        self._template_mistakes: set[TemplateMistake] = set()
        self._source_maps: dict[str, tuple[int, SourceMap]] = {}

    def report(self, problems: Iterable[Problem]) -> None:
        """Log problems, each with the severity that the site has configured.

        :param problems: in the order in which they are logged.
        """
        warn(self._known_problems.new(problems), self._srcdir, self._severity)

    def report_template(
        self, mistake: TemplateMistake, *, name: str = "", instead: str = "the extension", is_error: bool = False
    ) -> None:
        """Report a mistake in a template of the site, once in each process.

        :param mistake: the mistake.
        :param name: the template that has it, if not the one that was asked for.
        :param instead: whose template is used in its place.
        :param is_error: whether the build fails for it, once the site is written.
        """
        if mistake in self._template_mistakes:
            return
        self._template_mistakes.add(mistake)
        message = (
            f"{name or mistake.name} cannot be used: {mistake.reason}; the template of {instead} is shown in its place."
        )
        path = os.path.relpath(mistake.file, self._srcdir).replace(os.sep, "/")
        problem = Problem(subtype=Subtype.TEMPLATE, message=message, path=path, line=mistake.line)
        severity = {**self._severity, Subtype.TEMPLATE: "error"} if is_error else self._severity
        warn(self._known_problems.new([problem]), self._srcdir, severity)

    def save(self) -> None:
        """Remember what was reported, at the end of a successful build."""
        self._known_problems.save()

    @property
    def has_wrong_template(self) -> bool:
        """Whether a template of the site that was used has a mistake."""
        return self._errors.has_seen_template

    @property
    def has_failed(self) -> bool:
        """Whether a problem was reported as an error, which fails the build."""
        return self._errors.has_error

    # -- Lines

    def locate(self, path: str, key: str, item: str | None = None) -> int | None:
        """Return the line of a front matter key, or of an item in its list.

        :param path: relative to the source folder.
        :param key: a key of the front matter.
        :param item: an item of the value.
        """
        source_map = self._source_map(path, partial(source_map_of_file, read_rst=read_outline))
        return source_map.item_line(item, key) if item is not None else source_map.line(key)

    def locate_author(self, author: Author, post: Post, sections: Iterable[BlogSection]) -> tuple[str, int | None]:
        """Return the file and the line where an author is described.

        :param author: the author.
        :param post: one of their posts.
        :param sections: the blogs of the site, which have the authors files.
        """
        for section in sections:
            if author.id in section.authors and is_regular(self._srcdir / section.authors_file):
                source_map = self._source_map(section.authors_file, _yaml_source_map)
                return section.authors_file, source_map.line("authors", author.id) or source_map.line(author.id)
        return post.path, self.locate(post.path, "authors") or self.locate(post.path, "author")

    def _source_map(self, path: str, read: Callable[[Path], SourceMap]) -> SourceMap:
        """Return the source map of a file. The last one is cached, because a file with one problem often has several."""
        file = self._srcdir / path
        stamp = file.stat().st_mtime_ns
        if self._source_maps.get(path, (0, None))[0] != stamp:
            self._source_maps = {path: (stamp, read(file))}
        return self._source_maps[path][1]


def _yaml_source_map(file: Path) -> SourceMap:
    return YamlSourceMap(file.read_text(encoding="utf-8", errors="replace"))
