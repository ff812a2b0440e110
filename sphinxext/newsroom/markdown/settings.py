"""Settings of the parser and the renderer for one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown.icons import knows_icon
from sphinxext.newsroom.markdown.snippets import Included, read_snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.problems import Problem

# Files that say where a site of MkDocs begins; paths in its settings are relative to them.
_ROOTS = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml")


@dataclass(frozen=True, kw_only=True, slots=True)
class PostSettings:
    """The extensions of a document, and where its files are."""

    app: Sphinx
    extensions: MarkdownExtensions
    report: Callable[[Problem], object]
    """Tells what cannot be rendered."""
    may_include: Callable[[Path], bool] = lambda _file: True
    """Tells whether the text of a file may be put into the document."""
    said: set[str] = field(default_factory=set)
    """Constructs that were reported for this document."""
    included: Included = field(default_factory=Included)
    """The snippets of this document."""

    @property
    def bases(self) -> tuple[Path, ...]:
        """The folders that paths in settings can be relative to, all of them parts of the site."""
        source = Path(self.app.srcdir)
        roots = [source.parent] if any((source.parent / name).is_file() for name in _ROOTS) else []
        # A path that begins with the name of the source folder was meant from the folder above.
        return tuple(dict.fromkeys([*roots, source, Path(self.app.confdir)]))

    @property
    def icon_folders(self) -> tuple[Path, ...]:
        """The folders with icons of the site's own."""
        options: Mapping[str, object] = self.extensions.option("pymdownx.emoji", "options", {})
        listed = options.get("custom_icons") if isinstance(options, dict) else None
        folders = listed if isinstance(listed, list) else []
        return tuple(base / str(folder) for folder in folders for base in self.bases)

    def knows_icon(self, name: str) -> bool:
        """Return whether the site provides an icon.

        :param name: its shortcode without colons.
        """
        return knows_icon(name, self.icon_folders)

    def read_snippet(self, path: str) -> str | None:
        """Return the text of a snippet, None if there is none inside the site.

        :param path: what the document says.
        """
        listed = self.extensions.option("pymdownx.snippets", "base_path", ["."])
        folders = [str(item) for item in (listed if isinstance(listed, list) else [listed])]
        source = Path(self.app.srcdir)
        bases = [base / folder for folder in folders for base in self.bases]
        bases += [source / self._below_source(folder) for folder in folders]
        stripped = self._below_source(path)
        found = read_snippet(path, bases=bases, inside=self.bases)
        if found is None and stripped != path:
            found = read_snippet(stripped, bases=[source], inside=self.bases)
        if found is None:
            return None
        text, file = found
        if not self.may_include(file):
            return None
        self.app.env.note_dependency(str(file))
        return text

    def _below_source(self, path: str) -> str:
        """Return a path from the source folder on: a site in a folder of another name, or alone, still says ``docs/…``."""
        return path.removeprefix(f"{Path(self.app.srcdir).name}/").removeprefix("docs/")
