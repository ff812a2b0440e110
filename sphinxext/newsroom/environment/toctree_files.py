"""Add toctrees to the pages of a site from separate files, so that the pages themselves need no change.

The pages of a site that came from another generator have no toctrees. As long as both build the site, neither a toctree in a
page nor a page that only has a toctree would look right in the old site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.files import read_bytes
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

FORMATS = (".md", ".rst")


class ToctreeFiles:
    """The files in the folder ``newsroom_toctrees``."""

    def __init__(self, folder: Path | None) -> None:
        """Find the files.

        :param folder: the folder; None if the site has none.
        """
        self.problems: list[Problem] = []
        self._files: dict[str, Path] = {}
        self._added: dict[str, str] = {}
        if folder is None:
            return
        if not folder.is_dir():
            message = f"newsroom_toctrees: there is no folder {folder.name!r}; no toctree is added."
            self.problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            return
        for file in sorted(folder.rglob("*")):
            docname = file.relative_to(folder).with_suffix("").as_posix()
            if file.suffix in FORMATS and file.is_file() and docname not in self._files:
                self._files[docname] = file

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def arrange(self, documents: Mapping[str, str]) -> dict[str, Path]:
        """Return the files that are documents, because the site has none at their path; the others are added to those.

        :param documents: the file name of each other document of the site.
        """
        self._added = {}
        for docname, file in self._files.items():
            if docname not in documents:
                continue
            if documents[docname].endswith(file.suffix):
                self._added[docname] = self._read(file)
                continue
            message = (
                f"newsroom_toctrees: {file.name!r} cannot be added to {documents[docname]!r}; expected a file of the same "
                "format. Its toctrees are missing."
            )
            self.problems.append(Problem(subtype=Subtype.CONFIG, message=message, path=documents[docname]))
        return {docname: file for docname, file in self._files.items() if docname not in documents}

    def _read(self, file: Path) -> str:
        try:
            return read_bytes(file).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            message = f"newsroom_toctrees: {file.name!r} cannot be read: {error}. Its toctrees are missing."
            self.problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            return ""

    def complete(self, env: BuildEnvironment, docname: str, content: list[str]) -> None:
        """Add the toctrees of a document to its text, below the last line, so that its lines keep their numbers.

        :param env: the environment.
        :param docname: the document that is about to be parsed.
        :param content: its text, to be changed in place.
        """
        if text := self._added.get(docname):
            added_toctrees(env)[docname] = fingerprint([text])
            content[0] = f"{content[0].rstrip()}\n\n{text}"

    def outdated(self, env: BuildEnvironment) -> Iterable[str]:
        """Return the documents that other toctrees are added to than when they were read.

        :param env: the environment.
        """
        now = {docname: fingerprint([text]) for docname, text in self._added.items() if text}
        before = added_toctrees(env)
        return [docname for docname in now.keys() | before.keys() if now.get(docname) != before.get(docname)]


added_toctrees = DocumentData("newsroom_toctrees", dict[str, str])
"""The fingerprint of the toctrees that were added to a document."""
