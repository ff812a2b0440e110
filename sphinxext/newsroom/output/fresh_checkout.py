"""Recognize files that have not changed although they are newer: those of a fresh checkout.

Sphinx and the caches of the extension compare modification times, which are new in every checkout. Each build therefore records
what every file contained at which time. The next build restores the time of each file with the same content, before anything
compares it, so there is one definition of what has changed.

The record is used only if all that it does not describe is the same: the environment that it was made with, the output, Python
and its packages, ``conf.py`` and modules of the project, templates and static files. Otherwise every document is read and
written. If something has changed that other documents may show, such as a title or a label, every document is written.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.matching import Matcher

from sphinxext.newsroom import __version__
from sphinxext.newsroom.config.sphinx_config import read_options
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.references.domain import NAME as BLOG_DOMAIN
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.file_records import (
    FileRecord,
    digest_of_files,
    is_same_content,
    record_files,
    restore_times,
    walk_files,
)
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, cache_name, html_builder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.utils.file_records import Records

logger = logging.getLogger(__name__)

VERSION = f"{__version__} 1"
FIRST, LAST = 390, 2000


def connect(app: Sphinx) -> None:
    """Compare the contents of files if the site wants it.

    :param app: the application.
    """
    app.connect("builder-inited", _begin, priority=FIRST)


def _begin(app: Sphinx) -> None:
    # After the environment is loaded, and before the site looks at any file.
    if not read_options(app)[0].compare_content or not builds_html_pages(app.builder):
        return
    record = _BuildRecord(app)
    record.restore()
    app.connect("env-get-outdated", record.outdated)
    app.connect("env-updated", record.with_other_references, priority=LAST)
    app.connect("build-finished", record.save, priority=LAST)


class _BuildRecord:
    """What the last build of one output folder left."""

    def __init__(self, app: Sphinx) -> None:
        """Load it.

        :param app: the application, its environment loaded.
        """
        self._app = app
        self._file = Path(app.doctreedir) / "newsroom" / cache_name(app.builder) / "files.json"
        content = load_cached(self._file, version=VERSION)
        self._last: dict[str, Any] = json.loads(content) if content is not None else {}
        self._is_usable = True
        self._references = ""

    def _records(self, name: str) -> Records:
        return {path: FileRecord(*record) for path, record in self._last.get(name, {}).items()}

    # -- Before the build

    def restore(self) -> None:
        """Restore the times of unchanged files, or find that everything has to be built."""
        if not self._app.env.all_docs:
            return
        if reason := self._mismatch():
            self._is_usable = False
            logger.info("newsroom: every document is built, because %s.", reason)
            return
        sources = self._records("sources")
        unchanged = restore_times(sources)
        outputs = self._records("outputs")
        restore_times(outputs)
        self._touch_pages(outputs)
        logger.info("newsroom: %d of %d source files are unchanged.", unchanged, len(sources))

    def _mismatch(self) -> str:
        """Return why the record cannot be used, empty if it can."""
        last = self._last
        if not last:
            return "the last build left no record of files"
        if last["read"] != _read_times(self._app.env):
            return "the record of files is not that of the last build"
        if last["packages"] != _packages():
            return "Python or its packages have changed"
        if changed := _first_changed(self._records("programs")):
            return f"{changed} has changed"
        if last["look"] != _look(self._app):
            return "templates or static files have changed"
        changed = _first_changed(self._records("outputs"))
        return f"{changed} is not as the last build left it" if changed else ""

    def _touch_pages(self, outputs: Records) -> None:
        """Make pages newer than templates, which are newly installed but the same: Sphinx compares their times."""
        builder = html_builder(self._app)
        newest = builder.templates.newest_template_mtime()
        for docname in self._app.env.all_docs:
            page = str(builder.get_outfilename(docname))
            if page in outputs and outputs[page].modified / 10**9 <= newest:
                os.utime(page)

    def outdated(self, app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
        """Return every document if the last build cannot be used."""
        if self._is_usable:
            return []
        get_site(app).manifest.invalidate()
        return sorted(env.found_docs)

    def with_other_references(self, _app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return every document if something has changed that any of them may show."""
        self._references = _references(env, get_site(self._app).blog.by_docname.keys())
        return sorted(env.found_docs) if self._last and self._last["references"] != self._references else []

    # -- After the build

    def save(self, app: Sphinx, exception: Exception | None) -> None:
        """Record the files, now that all is written; after an error, the next build finds a record of another one."""
        if exception is not None:
            return
        record = partial(_plain_records, previous={**self._records("sources"), **self._records("outputs")})
        out, doctrees = Path(app.outdir), Path(app.doctreedir)
        content = {
            "read": _read_times(app.env),
            "packages": _packages(),
            "programs": record(project_modules(app)),
            "look": _look(app),
            "references": self._references,
            "sources": record(_sources(app)),
            "outputs": record(walk_files(out, without=[doctrees])),
        }
        if content != self._last:
            store_cached(self._file, json.dumps(content).encode(), version=VERSION)


def _first_changed(records: Records) -> str:
    return next((path for path, record in records.items() if not is_same_content(path, record)), "")


def _plain_records(files: Iterator[Path], previous: Records) -> dict[str, list[Any]]:
    return {path: list(record) for path, record in record_files(files, previous).items()}


def _read_times(env: BuildEnvironment) -> str:
    """Return what differs whenever a document was read again."""
    return fingerprint(sorted(env.all_docs.items()))


def _packages() -> list[str]:
    """Return Python and what is installed, with versions."""
    found = {entry.name for folder in _installed() if folder.is_dir() for entry in folder.glob("*.dist-info")}
    return [sys.version, *sorted(found)]


def _installed() -> list[Path]:
    return [Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")]


def project_modules(app: Sphinx) -> Iterator[Path]:
    """Yield ``conf.py`` and the modules that belong to the project: extensions that are not installed as packages.

    :param app: the application.
    """
    yield Path(app.confdir) / "conf.py"
    others = [*_installed(), *(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib"))]
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py") and not any(Path(file).is_relative_to(folder) for folder in others):
            yield Path(file)


def configured_paths(app: Sphinx) -> Iterator[Path]:
    """Yield the folders and files of the project that options name: templates, static files, catalogues.

    :param app: the application.
    """
    conf, config = Path(app.confdir), app.config
    names = [*config.templates_path, *config.html_static_path, *config.html_extra_path, *config.locale_dirs]
    yield from (path for path in (conf / name for name in names) if path.is_relative_to(conf))


def _look(app: Sphinx) -> str:
    """Return what differs whenever a template does, or a static file: pages name the checksums of those."""
    static = [Path(app.confdir) / name for name in app.config.html_static_path]
    return digest_of_files([*html_builder(app).templates.pathchain, *static])


def _references(env: BuildEnvironment, posts: AbstractSet[str]) -> str:
    """Return what differs whenever documents may show something else of others, except the titles of posts.

    For titles of posts, the fingerprints of pages tell it exactly.
    """
    std = env.domains.standard_domain
    others = sorted(env.found_docs - posts)
    children = {child for found in env.toctree_includes.values() for child in found}
    return fingerprint(
        [
            [(name, env.titles[name].astext()) for name in others if name in env.titles],
            [(name, env.tocs[name].pformat()) for name in others if name in children and name in env.tocs],
            [(name, found) for name, found in sorted(env.toctree_includes.items()) if name not in posts],
            sorted(std.labels.items()),
            sorted(std.anonlabels.items()),
            # Without lines, which any edit moves.
            [(name, _headings(env.metadata[name])) for name in others],
            [(name, env.toc_secnumbers.get(name), env.toc_fignumbers.get(name)) for name in others],
            {
                domain.name: sorted(found for found in domain.get_objects() if found[2] != "doc")
                for domain in env.domains.sorted()
                if domain.name != BLOG_DOMAIN
            },
        ]
    )


def _headings(metadata: dict[str, Any]) -> list[Any]:
    """Return the headings of a document that MyST-Parser lets others link to."""
    return [[slug, *list(found)[1:]] for slug, found in sorted((metadata.get("myst_slugs") or {}).items())]


def _sources(app: Sphinx) -> Iterator[Path]:
    """Yield the files of the project that a build may read."""
    source = Path(app.srcdir)
    without = [Path(app.outdir), Path(app.doctreedir)]
    yield from walk_files(source, without=without, excludes=Matcher(app.config.exclude_patterns))
    for path in configured_paths(app):
        yield from walk_files(path, without=without) if path.is_dir() else [path]
    for dependencies in app.env.dependencies.values():
        for dependency in dependencies:
            file = source / dependency
            if not any(file.is_relative_to(folder) for folder in _installed()):
                yield file
