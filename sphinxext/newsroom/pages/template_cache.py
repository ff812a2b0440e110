"""Compiled templates, cached between builds with Jinja's bytecode cache.

Sphinx compiles the templates of the theme in every build, about a third of the time of a build without changes. Jinja identifies a
compiled template by its source alone. But the result also depends on the environment: filters and tests of constants are
evaluated during compilation. All of this is therefore part of the name of the folder, and nothing is cached if a filter, a test or
an extension comes from anywhere but Jinja and Sphinx, whose versions are known.
"""

from __future__ import annotations

import contextlib
import hashlib
from types import BuiltinFunctionType, FunctionType
from typing import TYPE_CHECKING, Any

import jinja2
import sphinx
from jinja2.bccache import BytecodeCache
from jinja2.compiler import CodeGenerator

from sphinxext.newsroom import __version__
from sphinxext.newsroom.utils.cache import load_cached, store_cached

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.bccache import Bucket

_KNOWN = frozenset({"jinja2", "markupsafe", "sphinx", "sphinxext.newsroom"})
_SYNTAX = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline"),
    *("optimized", "sandboxed", "is_async"),
)


class TemplateCache(BytecodeCache):
    """One file for each template; damaged bytecode is never run."""

    def __init__(self, folder: Path) -> None:
        """Use a folder.

        :param folder: the cache folder of the extension.
        """
        self._folder = folder / "templates"
        self._last: tuple[Any, str | None] = (None, None)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with a compiled template, if there is one.

        :param bucket: what Jinja knows of the template.
        """
        version = self._version(bucket.environment)
        if version is not None and (content := load_cached(self._file(bucket, version), version=version)) is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template.

        :param bucket: the template.
        """
        version = self._version(bucket.environment)
        if version is None:
            return
        # Processes that write at the same time compile the same templates; where there is no room the build goes on.
        with contextlib.suppress(OSError):
            store_cached(self._file(bucket, version), bucket.bytecode_to_string(), version=version)

    def _version(self, environment: Environment) -> str | None:
        # Asked for every template, as a filter can be added at any time.
        tables = (environment.filters, environment.tests, environment.policies, environment.extensions)
        state = [tuple(table.items()) for table in tables]
        if state != self._last[0]:
            self._last = (state, environment_version(environment))
        return self._last[1]

    def _file(self, bucket: Bucket, version: str) -> Path:
        return self._folder / hashlib.blake2b(version.encode(), digest_size=8).hexdigest() / bucket.key


def environment_version(environment: Environment) -> str | None:
    """Return what compiled templates depend on besides their source; None if that cannot be known.

    :param environment: the environment that they are compiled in.
    """
    if environment.finalize is not None or environment.code_generator_class is not CodeGenerator:
        return None
    if callable(environment.autoescape) and not _is_known(environment.autoescape):
        return None
    tables: list[dict[str, Any]] = [environment.filters, environment.tests]
    functions = [(name, function) for table in tables for name, function in sorted(table.items())]
    policies = sorted(environment.policies.items())
    used = [function for _name, function in functions] + [value for _name, value in policies if callable(value)]
    if not all(map(_is_known, [*used, *map(type, environment.extensions.values())])):
        return None
    parts = [__version__, jinja2.__version__, sphinx.__version__]
    parts += [repr(getattr(environment, name, None)) for name in _SYNTAX]
    parts += sorted(environment.extensions)
    parts += [f"{name}={function.__module__}.{function.__qualname__}" for name, function in functions]
    parts += [f"{name}={value!r}" for name, value in policies if not callable(value)]
    return "\n".join(parts)


def _is_known(function: Any) -> bool:
    """Return whether a function or class comes from a program whose version says what it does."""
    if isinstance(function, FunctionType):
        # Not __module__, which a decorator copies. A closure can hold another function, as those of some of Jinja's filters do.
        cells = [cell.cell_contents for cell in function.__closure__ or ()]
        return _is_in_known(function.__globals__.get("__name__")) and all(
            isinstance(value, (bool, str)) or _is_known(value) for value in cells
        )
    if isinstance(function, BuiltinFunctionType):
        return True
    return isinstance(function, type) and (function.__module__ == "builtins" or _is_in_known(function.__module__))


def _is_in_known(module: Any) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in _KNOWN)
