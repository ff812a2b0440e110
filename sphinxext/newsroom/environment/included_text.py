"""Text that directives take out of other files: nothing of unpublished posts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from sphinx.directives.code import LiteralInclude
from sphinx.directives.other import Include
from sphinx.directives.patches import CSVTable
from sphinx.transforms import SphinxTransform

from sphinxext.newsroom.environment.publishing import Restriction
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.environment.source import note_source
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_doctrees import remove_element

if TYPE_CHECKING:
    from docutils.parsers.rst import Directive
    from sphinx.application import Sphinx

# With one of these, the text is shown as it is: a section that is not published could not be told from the rest.
_AS_IT_IS = ("literal", "code", "parser")


def connect_included_text(app: Sphinx) -> None:
    """Have directives leave out the text of unpublished posts.

    :param app: the application.
    """
    for name, directive in (
        ("include", Include),
        ("literalinclude", LiteralInclude),
        ("csv-table", CSVTable),
        ("raw", Raw),
    ):
        app.add_directive(name, _checked(app, directive), override=True)
    # MyST-Parser has an include directive of its own.
    app.connect("include-read", _check_include)
    app.add_transform(_literal_text_filter(app))


def _checked(app: Sphinx, base: type[Directive]) -> type[Directive]:
    class Checked(base):  # type: ignore[misc,valid-type]
        """A directive that may read files."""

        def run(self) -> list[nodes.Node]:
            """Run it, unless a file is not published."""
            is_shown = not issubclass(base, Include) or any(option in self.options for option in _AS_IT_IS)
            named = [self.options.get("file"), self.options.get("diff")]
            if issubclass(base, (Include, LiteralInclude)):
                named += self.arguments[:1]
            source = self.state.document.current_source or self.state.document["source"]
            for name in filter(None, named):
                paths = {app.env.relfn2path(name, app.env.docname)[1], os.path.join(os.path.dirname(source), name)}  # noqa: PTH118, PTH120
                for path in sorted(paths):
                    if _is_refused(app, path, line=self.lineno, partly=is_shown):
                        return []
            return list(super().run())

    return Checked


def _is_refused(app: Sphinx, path: str, *, line: int, partly: bool) -> bool:
    """Return whether a file may not be read, and report it.

    :param path: the file, absolute.
    :param line: where it is named.
    :param partly: whether a page counts of which only a section is not published.
    """
    site = get_site(app)
    relative = Path(os.path.relpath(path, site.srcdir)).as_posix()
    note_source(app, relative)
    if not site.publishing.is_unpublished(path, partly=partly):
        return False
    message = f"the text of {relative!r} is left out: {Restriction.UNPUBLISHED}."
    here = str(app.env.doc2path(app.env.docname, base=False))
    site.reporter.report([Problem(subtype=Subtype.LINK, message=message, path=here, line=line)])
    return True


def _check_include(app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
    """Take the text of an unpublished post out of what MyST-Parser includes."""
    if _is_refused(app, str(Path(app.srcdir) / path), line=1, partly=False):
        content[0] = ""


def _literal_text_filter(app: Sphinx) -> type[SphinxTransform]:
    class WithoutUnpublishedText(SphinxTransform):
        """Take out literal blocks that MyST-Parser has made of a page with an unpublished section."""

        default_priority = 5

        def apply(self, **_kwargs: Any) -> None:
            """Take them out of one document."""
            publishing = get_site(app).publishing
            own = str(self.document["source"])
            for node in list(self.document.findall(nodes.literal_block)):
                source = node.get("source")
                if source and source != own and publishing.is_unpublished(source):
                    remove_element(node)

    return WithoutUnpublishedText
