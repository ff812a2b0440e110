"""A process that builds a site once, keeps the application in memory, and renders documents that have changed.

It reads requests from standard input and writes answers to standard output, both as lines of JSON.
"""

from __future__ import annotations

import copy
import io
import json
import os
import re
import shutil
import signal
import sys
import time
import traceback
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.util.matching import Matcher

from sphinxext.newsroom.ablog.settings import complete_post, pattern_matches
from sphinxext.newsroom.config.sphinx_config import PREVIEW_VARIABLE
from sphinxext.newsroom.content.scanner import Scanner
from sphinxext.newsroom.content.url_registry import UrlRegistry
from sphinxext.newsroom.directives.post_list import queries
from sphinxext.newsroom.environment.annotations import AnnotationHandler, from_workspace, is_suppressed, make_finding
from sphinxext.newsroom.environment.post_files import PostFiles
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.excerpts.rendered_post_store import RenderedPostStore
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.output.current_writer import get_site_writer
from sphinxext.newsroom.output.fresh_checkout import configured_paths, project_modules
from sphinxext.newsroom.preview.settings import PreviewSettings
from sphinxext.newsroom.utils.file_records import digest_of_files
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, html_builder, resolved_doctree
from sphinxext.newsroom.utils.sphinx_events import POSTS_DISCOVERED, has_handlers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.models import Post

EXTENSION = "sphinxext.newsroom"
# What nearly every site loads; nothing of a site itself, which may change before the build.
USUAL = (
    "ablog",
    "myst_parser.sphinx_ext.main",
    "sphinx.builders.dirhtml",
    "sphinx.environment.adapters.toctree",
    EXTENSION,
)
_CLOCK = 50_000_000  # nanoseconds by which times of files may lag
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


class DeclinedError(Exception):
    """A change that is left to the next build."""


class PreviewWorker:
    """Answers requests."""

    def __init__(self) -> None:
        """Have no application yet."""
        self._resources = ExitStack()
        self._app: Sphinx | None = None
        self._assets = Path()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer a request; no error ends the process.

        :param request: what to do.
        """
        try:
            if request["do"] == "build":
                return self._build(PreviewSettings.from_dict(request["settings"]))
            return {"event": "rendered", "urls": self._render(request["paths"])}
        except DeclinedError:
            return {"event": "declined"}
        except Exception as error:  # noqa: BLE001 - extensions and conf.py can raise anything
            return {"event": "failed", "error": describe(error)}

    # -- Building

    def _build(self, settings: PreviewSettings) -> dict[str, Any]:
        started, start = time.time_ns() - _CLOCK, time.monotonic()
        os.environ[PREVIEW_VARIABLE] = "0"  # the tag says whether there are drafts, and all problems are wanted
        assets = _digest_of_assets(settings.pages)
        warnings = io.StringIO()
        self._resources.enter_context(patch_docutils(settings.confdir))
        self._resources.enter_context(docutils_namespace())
        app = Sphinx(
            settings.source,
            settings.confdir,
            settings.pages,
            settings.doctrees,
            settings.builder,
            status=None,
            warning=warnings,
            tags=["drafts"] if settings.drafts else [],
            parallel=os.cpu_count() or 1,
        )
        if not builds_html_pages(app.builder):
            message = f"the builder {settings.builder!r} makes no website"
            raise ValueError(message)
        early = [line for line in _COLOURS.sub("", warnings.getvalue()).splitlines() if line.strip()]
        handler = AnnotationHandler()
        written: set[str] = set()
        app.connect("doctree-resolved", lambda _app, _doctree, docname: written.add(docname))
        app.build()
        self._app = app
        read = {docname for docname, moment in app.env.all_docs.items() if moment * 1000 >= started}
        findings = [make_finding(app, record) for record in handler.records.values() if not is_suppressed(app, record)]
        logging.getLogger(EXTENSION).logger.parent.removeHandler(handler)  # type: ignore[union-attr]
        answer = {
            "event": "built",
            "seconds": time.monotonic() - start,
            "written": _written_pages(settings.pages, started),
            "assets": assets != _digest_of_assets(settings.pages),
            "problems": [_problem("", None, line, "sphinx", "warning") for line in early]
            + [_problem(one.path, one.line, one.message, one.code, one.severity) for one in dict.fromkeys(findings)],
            "read": sorted({from_workspace(Path(app.env.doc2path(docname))) for docname in read | written}),
            "watched": _watched(app),
        }
        self._write_elsewhere(app, settings)
        return answer

    def _write_elsewhere(self, app: Sphinx, settings: PreviewSettings) -> None:
        """Have all that is written from now on go into a separate folder: another process may be building."""
        builder = html_builder(app)
        folder = settings.provisional
        self._assets = settings.pages / "_static"
        app.outdir = builder.outdir = type(builder.outdir)(folder)
        # Written there; the environment reads doctrees of other documents where they are.
        builder.doctreedir = type(builder.doctreedir)(folder / ".doctrees")
        # The search index is written by builds.
        builder.index_page = lambda *_args, **_kwargs: None  # type: ignore[method-assign]
        if EXTENSION in app.extensions:
            site = get_site(app)
            site.rendered_posts = _ProvisionalStore(folder / ".cache", site.rendered_posts)

    # -- Rendering

    def _render(self, paths: list[str]) -> list[str]:
        """Render documents into the folder of provisional pages, and return their URLs."""
        if self._app is None:
            raise DeclinedError
        docnames = [self._document(Path(path)) for path in paths]
        builder = html_builder(self._app)
        self._copy_assets(Path(builder.outdir) / "_static")
        builder.images.clear()
        for docname in docnames:
            self._render_document(docname)
        builder.copy_image_files()
        builder.copy_download_files()
        return [builder.get_target_uri(docname) for docname in docnames]

    def _copy_assets(self, target: Path) -> None:
        """Copy stylesheets and scripts next to provisional pages, once: pages name their checksums."""
        if target.is_dir():
            return
        target.mkdir(parents=True)
        for file in self._assets.rglob("*"):
            if file.suffix in {".css", ".js"}:
                copied = target / file.relative_to(self._assets)
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copied)

    def _document(self, file: Path) -> str:
        """Return the document of a file, whose post is up to date from then on."""
        app = self._app
        if app is None or not file.is_file() or not file.is_relative_to(app.srcdir):
            raise DeclinedError
        docname = app.project.path2doc(file)
        if docname is None or docname not in app.env.all_docs or Path(app.env.doc2path(docname)) != file:
            raise DeclinedError
        if EXTENSION in app.extensions and get_site(app).options.enabled:
            if docname in get_site_writer(app).views or docname in queries(app.env):
                raise DeclinedError  # it shows other posts
            self._refresh_post(docname, file.relative_to(app.srcdir).as_posix())
        return docname

    def _refresh_post(self, docname: str, path: str) -> None:
        """Take over what the front matter of a post says now, unless that concerns other pages first of all."""
        if self._app is None:
            return
        site = get_site(self._app)
        before, now = site.planned.get(docname), self._read_post(path)
        if (before is None) != (now is None):
            raise DeclinedError  # a page has become a post, or a post unpublished
        if before is None or now is None or before == now:
            return
        if has_handlers(self._app, POSTS_DISCOVERED):
            raise DeclinedError  # they may have changed it
        if now.docname != docname:
            raise DeclinedError  # another permalink
        site.planned[docname] = now
        for section in site.sections:
            if docname in section.blog.posts:
                section.blog = replace(section.blog, posts={**section.blog.posts, docname: now})

    def _read_post(self, path: str) -> Post | None:
        """Return the post that a file is now, None if it is none."""
        if self._app is None:
            return None
        app, site = self._app, get_site(self._app)
        sections = [copy.copy(section) for section in site.sections]
        files = PostFiles(
            {path: site.project.plain_docname(path)},
            sections,
            matches=pattern_matches(app),
            root_doc=app.config.root_doc,
        )
        scanner = Scanner(site.srcdir, read_rst=read_outline, timezone=site.options.timezone)
        sources, _problems = files.scan(scanner, site.srcdir)
        kept = files.find_kept_docnames(sources)
        files.build_posts(
            sources,
            kept,
            UrlRegistry(reserved=site.reserved_paths),
            locale=site.locale,
            now=site.now,
            locate=site.reporter.locate,
            complete=lambda post, section: complete_post(post, app.config, section.authors, declared=post.path in kept),
        )
        return next((post for section in sections for post in section.posts), None)

    def _render_document(self, docname: str) -> None:
        """Read and write a document as a build does."""
        app = self._app
        if app is None:
            return
        env, builder = app.env, html_builder(app)
        _enter(app, BuildPhase.READING)
        app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        builder.read_doc(docname)
        _enter(app, BuildPhase.RESOLVING)
        doctree = resolved_doctree(app, docname)
        _enter(app, BuildPhase.WRITING)
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)


class _ProvisionalStore(RenderedPostStore):
    """Rendered posts that differ from those of the last build."""

    def __init__(self, folder: Path, built: RenderedPostStore) -> None:
        """Begin without any.

        :param folder: the folder for them.
        :param built: the rendered posts of the last build, which are only read.
        """
        super().__init__(folder)
        self._built = built

    def load(self, docname: str) -> Mapping[str, RenderedPost]:
        """Return the rendered posts of a document."""
        return self._read(docname) or self._built.load(docname)

    def load_intro(self, docname: str) -> str | None:
        """Return the introduction of a list."""
        return self._built.load_intro(docname)

    def exists(self, docname: str) -> bool:
        """Return whether a document has been written."""
        return self._built.exists(docname)

    def remove(self, docname: str) -> None:
        """Leave the removal to builds."""


def _enter(app: Sphinx, phase: BuildPhase) -> None:
    # Sphinx 9 asks the builder, Sphinx 8 the application.
    for owner in (app.builder, app):
        try:
            owner.phase = phase  # type: ignore[misc]
        except AttributeError:
            continue


def _problem(path: str, line: int | None, message: str, code: str, severity: str) -> dict[str, Any]:
    return {"path": path, "line": line, "message": message, "code": code, "severity": severity}


def _digest_of_assets(pages: Path) -> str:
    return digest_of_files([pages / "_static", pages / "_images"])


def _written_pages(pages: Path, started: int) -> list[str]:
    """Return the URLs of the pages that a build has written."""
    files = (file for file in pages.rglob("*.html") if file.stat().st_mtime_ns >= started)
    return sorted(file.relative_to(pages).as_posix().removesuffix("index.html") for file in files)


def _watched(app: Sphinx) -> dict[str, list[str]]:
    """Return the folders and files that a build depends on, and what in them does not matter."""
    source = Path(app.srcdir)
    others = [path for path in configured_paths(app) if path.exists()]
    dependencies = {source / path for found in app.env.dependencies.values() for path in found}
    files = [path for path in {*project_modules(app), *dependencies, *others} if path.is_file()]
    excluded = Matcher(app.config.exclude_patterns)
    return {
        "folders": sorted({str(source), *(str(path) for path in others if path.is_dir())}),
        "files": sorted({str(path) for path in files}),
        "ignored": sorted(str(path) for path in source.iterdir() if path.is_dir() and excluded(path.name)),
    }


def describe(error: BaseException) -> str:
    """Return an error in one line, with the place in the code where it was raised if that helps.

    :param error: the error.
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    # Sphinx puts the traceback of conf.py into the message.
    text = lines[0] if len(lines) < 2 else f"{lines[0]} {lines[-1]}" if lines else ""  # noqa: PLR2004
    places = [line for line in lines if line.startswith("File ")]
    if places:
        return f"{text} ({places[-1]})"
    if type(error).__module__.startswith("sphinx.") and lines:
        return text
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {text}{place}"


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until there are no more.

    :param requests: one a line.
    :param answers: gets one a line.
    """
    for name in USUAL:
        import_module(name)
    worker = PreviewWorker()
    for line in requests:
        answers.write(json.dumps(worker.answer(json.loads(line))) + "\n")
        answers.flush()


def main() -> None:
    """Run the process."""
    # Ctrl+C reaches all processes of a terminal; the preview ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What extensions print is not an answer.
    os.dup2(2, 1)
    with answers:
        serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
