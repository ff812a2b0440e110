"""Write the search index and the inventory only when they have changed, and without the words of deleted posts.

Sphinx loads and writes both in every build, about a tenth of the time of a build without changes.

To remove a document from the search index, Sphinx goes through the documents of every word, twice in a build, and keeps words
that no document contains any more, so those of an unpublished post could still be read there.

Only methods of the builder and of the indexer that belong to the application are replaced.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import INVENTORY_FILENAME
from sphinx.search import js_index
from sphinx.util.index_entries import split_index_msg

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.output.current_writer import get_site_writer
from sphinxext.newsroom.references.domain import NAME
from sphinxext.newsroom.utils.files import file_stamp
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

# The attributes of Sphinx's search index with data by document, and with documents by word.
OF_DOCUMENTS = ("_titles", "_filenames", "_all_titles")
OF_WORDS = ("_mapping", "_title_mapping")


def update_indexes(app: Sphinx) -> None:
    """Make the builder of an application write both only if they may have changed, without deleted documents.

    :param app: the application; its builder makes pages.
    """
    builder: Any = html_builder(app)
    unchanged = _Unchanged(app, load=builder.load_indexer)
    builder.load_indexer = unchanged.load_indexer
    builder.index_page = unchanged.before(builder.index_page)
    builder.dump_search_index = unchanged.unless_spared(builder.dump_search_index)
    builder.dump_inventory = unchanged.unless_same(builder.dump_inventory)


def record_files(app: Sphinx) -> None:
    """Record how both were left, now that all is written.

    :param app: the application; its builder makes pages.
    """
    get_site(app).manifest.indexes = _stamps(app)


def is_index_missing(app: Sphinx) -> bool:
    """Return whether the search index of the last build is unreadable and has to be regenerated.

    :param app: the application; its builder makes pages.
    """
    left = get_site(app).manifest.indexes[:1]
    if not any(left) or left == _stamps(app)[:1]:
        return False
    try:
        text = (Path(app.outdir) / html_builder(app).searchindex_filename).read_text(encoding="utf-8")
        js_index.loads(text)
    except (OSError, ValueError):
        return True
    return False


def _listed(app: Sphinx) -> str:
    """Return what changes when the inventory does: what it lists of documents, and what our part of it is made of."""
    config, inputs = app.config, get_site_writer(app).fingerprints.inputs
    objects = {domain.name: sorted(domain.get_objects()) for domain in app.env.domains.sorted() if domain.name != NAME}
    return fingerprint([config.project, config.version, inputs, objects])


def _stamps(app: Sphinx) -> list[str]:
    builder = html_builder(app)
    return [file_stamp(Path(app.outdir) / name) for name in (builder.searchindex_filename, INVENTORY_FILENAME)]


class _Unchanged:
    """Whether they can stay as they are in this build."""

    def __init__(self, app: Sphinx, *, load: Callable[[AbstractSet[str]], None]) -> None:
        self._app, self._load = app, load
        self._is_spared = False

    def load_indexer(self, docnames: AbstractSet[str]) -> None:
        """Load the search index, unless no document is to be written.

        :param docnames: the documents that Sphinx is about to write.
        """
        indexer = html_builder(self._app).indexer
        indexer.prune = _Pruning(indexer)  # type: ignore[union-attr, method-assign]
        stamps = get_site(self._app).manifest.indexes
        self._is_spared = (
            not docnames and get_site_writer(self._app).is_unchanged and all(stamps) and stamps == _stamps(self._app)
        )
        if not self._is_spared:
            self._load(docnames)

    def before(self, index_page: Callable[..., None]) -> Callable[..., None]:
        """Return what adds a page to the index, loaded by then.

        :param index_page: adds a page.
        """

        def add(*args: Any, **kwargs: Any) -> None:
            if self._is_spared:
                self._is_spared = False
                self._load(frozenset())
            index_page(*args, **kwargs)

        return add

    def unless_spared(self, dump: Callable[[], None]) -> Callable[[], None]:
        """Return what writes one of them if it has to be written.

        :param dump: writes it.
        """

        def run() -> None:
            if self._is_spared:
                return
            _complete_index_entries(self._app)
            try:
                dump()
            except FileNotFoundError:
                # Sphinx's temporary file has one name: a build into the same folder at the same time has put it in place.
                if not Path(html_builder(self._app).outdir, html_builder(self._app).searchindex_filename).is_file():
                    raise

        return run

    def unless_same(self, dump: Callable[[], None]) -> Callable[[], None]:
        """Return what writes the inventory if anything in it has changed.

        :param dump: writes it.
        """
        manifest = get_site(self._app).manifest

        def run() -> None:
            if self._is_spared:
                return
            before, manifest.inventory = manifest.inventory, _listed(self._app)
            if before != manifest.inventory or manifest.indexes[1:] != _stamps(self._app)[1:]:
                dump()

        return run


def _complete_index_entries(app: Sphinx) -> None:
    """Add the entries of the general index of documents that are not written in this build.

    Sphinx does not load them with its search index, so that they would be missing after an edit.
    """
    indexer: Any = html_builder(app).indexer
    env = app.env
    found: dict[str, list[tuple[str, str, str]]] = indexer._index_entries  # noqa: SLF001 - Sphinx has no public API
    for docname in indexer._titles:  # noqa: SLF001
        if docname not in found and not {"no-search", "nosearch"} & env.metadata.get(docname, {}).keys():
            found[docname] = _index_entries(env.domains.index_domain.entries.get(docname, ()))
    # In the order of documents, whatever the order was in which they were written.
    entries = {docname: found[docname] for docname in sorted(found) if docname in indexer._titles}  # noqa: SLF001
    found.clear()
    found.update(entries)


def _index_entries(entries: Iterable[tuple[str, str, str, str, str | None]]) -> list[tuple[str, str, str]]:
    """Return the entries of one document as Sphinx's search index has them."""
    found = set()
    for kind, value, target, main, _category in entries:
        with contextlib.suppress(ValueError):
            parts = split_index_msg(kind, value)
            found |= {(part, target or "", main) for part in parts}
    return sorted(found)


class _Pruning:
    """Takes documents out of a search index, and the words that no document has any more."""

    def __init__(self, indexer: Any) -> None:
        self._indexer = indexer

    def __call__(self, docnames: Iterable[str]) -> None:
        """Keep only some documents.

        :param docnames: the documents to keep.
        """
        indexer = self._indexer
        gone = indexer._titles.keys() - set(docnames)  # noqa: SLF001 - Sphinx has no public API
        if not gone:
            return
        for name in OF_DOCUMENTS:
            known = getattr(indexer, name)
            setattr(indexer, name, {docname: value for docname, value in known.items() if docname not in gone})
        for name in OF_WORDS:
            known = getattr(indexer, name)
            for word in list(known):
                known[word] -= gone
                if not known[word]:
                    del known[word]
