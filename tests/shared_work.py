"""Work that is the same for every site that a test process builds, done once: a small site takes half the time.

Only work of Sphinx, docutils and Jinja whose result does not depend on the site is shared.
"""

from __future__ import annotations

import gc
import logging
from contextlib import contextmanager
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import myst_parser.mdit_to_docutils.base
import sphinx.builders.html
import sphinx.util.docutils
from sphinx import registry, theming

from sphinxext.newsroom.pages.template_cache import TemplateCache
from sphinxext.newsroom.speedups.docutils_defaults import CachedMystDefaults, CachedSphinxSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx


class CompiledTemplates(TemplateCache):
    """Compiled templates in memory, under the conditions of the cache that sites have."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._code: dict[tuple[str, ...], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (version := self._version(bucket.environment)) is not None:
            bucket.code = self._code.get((version, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if (version := self._version(bucket.environment)) is not None and bucket.code is not None:
            self._code[version, bucket.key, bucket.checksum] = bucket.code

    def of_text(self, environment: Environment, source: str, compile_text: Callable[[str], CodeType]) -> CodeType:
        """Return a compiled template that has no name: Sphinx has some among its style sheets and scripts."""
        version = self._version(environment)
        if version is None:
            return compile_text(source)
        if (version, source) not in self._code:
            self._code[version, source] = compile_text(source)
        return self._code[version, source]


TEMPLATES = CompiledTemplates()


def share_templates(app: Sphinx) -> None:
    """Let an application use templates that others have compiled."""
    if not hasattr(app.builder, "templates"):
        return
    environment = app.builder.templates.environment
    environment.bytecode_cache = TEMPLATES
    compile_template = environment.compile

    def compile_once(source: Any, name: str | None = None, filename: str | None = None, **arguments: Any) -> Any:
        if name is None and filename is None and isinstance(source, str) and not arguments:
            return TEMPLATES.of_text(environment, source, compile_template)
        return compile_template(source, name, filename, **arguments)

    environment.compile = compile_once


def share_metadata() -> None:
    """Read the metadata of all installed packages once, instead of for each site that looks for themes and builders."""
    for module in (registry, theming):
        vars(module)["entry_points"] = cache(entry_points)


_FUNCTIONS = [
    (module, name, cached(vars(module)[name]))
    for module, name, cached in (
        (sphinx.util.docutils, "_get_settings", CachedSphinxSettings),
        (sphinx.builders.html, "_get_settings", CachedSphinxSettings),
        (sphinx.builders.html, "_file_checksum", cache),
        (myst_parser.mdit_to_docutils.base, "get_default_settings", CachedMystDefaults),
    )
    if name in vars(module)  # Sphinx 8 caches settings itself
]


@contextmanager
def shared_functions() -> Iterator[None]:
    """Cache docutils' default settings, and the checksums of assets, which Sphinx caches by file."""
    before = [(module, name, vars(module)[name]) for module, name, _cached in _FUNCTIONS]
    for module, name, cached in _FUNCTIONS:
        setattr(module, name, cached)
    try:
        yield
    finally:
        for module, name, original in before:
            setattr(module, name, original)


def leave_out_debug_messages() -> None:
    """Make no record of Sphinx's debug messages, of which there is one for each event, and which no build here shows."""
    logging.disable(logging.DEBUG)


THRESHOLDS = gc.get_threshold()
"""Those that Python starts with."""


def collect_less_often() -> None:
    """Have the garbage collector pass over what was imported, and run after tens of thousands of new objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


@contextmanager
def as_python_starts() -> Iterator[None]:
    """Have the garbage collector and debug messages as in a new process."""
    thresholds, disabled = gc.get_threshold(), logging.root.manager.disable
    gc.unfreeze()
    gc.set_threshold(*THRESHOLDS)
    logging.disable(logging.NOTSET)
    try:
        yield
    finally:
        logging.disable(disabled)
        gc.set_threshold(*thresholds)
        gc.freeze()
