"""Prevent directives that include files from inserting text of unpublished posts."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Raw
from sphinx.directives.code import LiteralInclude
from sphinx.directives.other import Include
from sphinx.directives.patches import CSVTable
from sphinx.util.docutils import is_directive_registered

from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.environment.post_source import note_source
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docutils import nodes
    from docutils.parsers.rst import Directive
    from sphinx.application import Sphinx
    from sphinx.config import Config

# With one of these, the text is shown as it is, or from its middle on: a section that is not published could not be told
# from the rest.
_SHOWING_PARTS = ("literal", "code", "parser", "start-line", "end-line", "start-after", "end-before")

# Directives of other extensions that show the file that is their argument.
_DIAGRAMS = ("graphviz", "mermaid", "uml", "jupyter-execute")


def connect_included_text(app: Sphinx) -> None:
    """Have directives leave out the text of unpublished posts.

    :param app: the application.
    """
    for name, directive in (("literalinclude", LiteralInclude), ("csv-table", CSVTable), ("raw", Raw)):
        app.add_directive(name, _checked(app, directive), override=True)
    app.connect("config-inited", _check_diagrams, priority=900)
    options = _ReadOptions()
    app.add_directive("include", _checked_include(app, options), override=True)
    # MyST-Parser has its own include directive, which takes nothing but the options from that.
    app.connect("include-read", partial(_check_include, options))


def _check_diagrams(app: Sphinx, _config: Config) -> None:
    """Have the directives of other extensions leave it out, now that all of them are loaded."""
    for name in _DIAGRAMS:
        if is_directive_registered(name):
            found: Any = directives
            directive, _messages = found.directive(name, None, None)
            app.add_directive(name, _checked(app, directive), override=True)


def _file_of_url(url: str) -> str:
    """Return the path of a ``file:`` URL, empty for any other."""
    found = urlsplit(url.strip())
    return url2pathname(found.path) if found.scheme == "file" else ""


class _ReadOptions:
    """Tells whether the include directive that is being read has options that show parts of a file."""

    def __init__(self) -> None:
        self._found = False
        self.is_checked = False
        """Whether the directive has looked at the file before Sphinx asks."""

    def noting(self, convert: Callable[[str], Any]) -> Callable[[str], Any]:
        """Return a converter of an option that notes that the option is there.

        :param convert: the directive's own converter.
        """

        def convert_and_note(value: str) -> Any:
            self._found = True
            return convert(value)

        return convert_and_note

    def take(self) -> bool:
        """Return whether there was such an option, and forget it."""
        found, self._found = self._found, False
        return found


def _checked(app: Sphinx, base: type[Directive]) -> type[Directive]:
    class Checked(base):  # type: ignore[misc,valid-type]
        """A directive that may read files."""

        def run(self) -> list[nodes.Node]:
            """Run it, unless a file is not published."""
            named = [self.options.get("file"), self.options.get("diff"), _file_of_url(self.options.get("url") or "")]
            if base not in {CSVTable, Raw}:
                named += self.arguments[:1]
            is_rejected = any(_names_unpublished(app, self, name, partly=True) for name in named if name)
            return [] if is_rejected else list(super().run())

    return Checked


def _checked_include(app: Sphinx, options: _ReadOptions) -> type[Directive]:
    class CheckedInclude(Include):
        """Sphinx's directive, except for text that is not published."""

        option_spec: ClassVar = {
            name: options.noting(convert) if name in _SHOWING_PARTS else convert
            for name, convert in (Include.option_spec or {}).items()
        }

        def run(self) -> Sequence[nodes.Node]:
            """Run it, unless the file is not published."""
            name = self.arguments[0]
            partly = options.take() or _file_type(app, name) != "restructuredtext"
            if _names_unpublished(app, self, name, partly=partly):
                return []
            options.is_checked = True
            try:
                return super().run()
            finally:
                options.is_checked = False

    return CheckedInclude


def _names_unpublished(app: Sphinx, directive: Directive, name: str, *, partly: bool) -> bool:
    """Return whether a directive names a file that may not be read, and report it."""
    document = directive.state.document
    folder = os.path.dirname(document.current_source or document["source"])  # noqa: PTH120
    paths = {app.env.relfn2path(name, app.env.docname)[1], os.path.join(folder, name)}  # noqa: PTH118
    return any(_is_rejected(app, path, line=directive.lineno, partly=partly) for path in sorted(paths))


def _is_rejected(app: Sphinx, path: str, *, line: int, partly: bool) -> bool:
    """Return whether a file may not be read, and report it.

    :param path: the file, absolute.
    :param line: where it is named.
    :param partly: whether a page counts of which only a section is not published.
    """
    site = get_site(app)
    relative = Path(os.path.relpath(path, site.srcdir)).as_posix()
    note_source(app, relative)
    if not site.copy_rules.is_unpublished(path, partly=partly):
        return False
    message = f"the text of {relative!r} is left out: {Restriction.UNPUBLISHED}."
    here = str(app.env.doc2path(app.env.docname, base=False))
    site.reporter.report([Problem(subtype=Subtype.LINK, message=message, path=here, line=line)])
    return True


def _check_include(options: _ReadOptions, app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
    """Take the text of an unpublished post out of what MyST-Parser includes."""
    if options.is_checked:
        return
    # Sections are found where the parser is that of the page.
    partly = options.take() or path.suffix == ".ipynb" or _file_type(app, path.name) == "restructuredtext"
    if _is_rejected(app, str(Path(app.srcdir) / path), line=1, partly=partly):
        content[0] = ""


def _file_type(app: Sphinx, name: str) -> str | None:
    """Return what Sphinx takes a file for, None if for no document."""
    file_types: dict[str, str] = app.config.source_suffix
    return file_types.get(Path(name).suffix)
