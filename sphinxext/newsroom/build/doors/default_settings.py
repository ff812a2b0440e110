"""A door to docutils: do not work out the default settings of a document anew for every document.

docutils makes a parser of command line options only to ask it for defaults; Sphinx and MyST-Parser each do so for every
document, which takes about a tenth of the reading. The defaults of the same components are the same every time, as long
as no configuration file of docutils is read. Can go when both keep them themselves (Sphinx 8 did; 9.0 to 9.2 do not).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import myst_parser.mdit_to_docutils.base as myst
import sphinx.util.docutils as host
from docutils.frontend import OptionParser
from docutils.utils import DependencyList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils.frontend import Values


def remember_default_settings() -> None:
    """Have Sphinx and MyST-Parser ask for the default settings of each kind of reader and parser once."""
    for module, name, remembered in (
        (host, "_get_settings", RememberedSettings),
        (myst, "get_default_settings", RememberedDefaults),
    ):
        original = getattr(module, name, None)
        if original is not None and not isinstance(original, remembered):
            setattr(module, name, remembered(original))


class Remembered:
    """Remembers the defaults of each kind of reader and parser."""

    def __init__(self, original: Callable[..., Values]) -> None:
        """Remember nothing yet.

        :param original: the function.
        """
        self._original = original
        self._known: dict[tuple[type, ...], Values] = {}

    def recall(self, components: tuple[Any, ...], **arguments: Any) -> Values:
        """Return the settings for some components without anything else.

        :param components: readers, parsers and writers, or their classes.
        :param arguments: what the function needs besides.
        """
        kinds = tuple(part if isinstance(part, type) else type(part) for part in components)
        if kinds not in self._known:
            self._known[kinds] = self._original(*components, **arguments)
        settings = self._known[kinds].copy()
        # Lists of its own for each document.
        settings.record_dependencies = DependencyList()
        settings._config_files = []  # noqa: SLF001 - a setting like any other
        return settings


class RememberedDefaults(Remembered):
    """Stands in for docutils' function, and gives what it would give."""

    def __call__(self, *components: Any) -> Values:
        """Return the default settings for some components.

        :param components: readers, parsers and writers, or their classes.
        """
        return self.recall(components)


class RememberedSettings(Remembered):
    """Stands in for Sphinx's function, and gives what it would give."""

    def __call__(self, *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Values:
        """Return the settings for some components.

        :param components: readers, parsers and writers, or their classes.
        :param defaults: settings that differ from the defaults.
        :param read_config_files: whether configuration files are read, if the settings allow it.
        """
        if read_config_files and not defaults.get("_disable_config") and _has_config_file():
            return self._original(*components, defaults=defaults, read_config_files=read_config_files)
        settings = self.recall(components, defaults={})
        settings._update_loose(dict(defaults))  # noqa: SLF001 - what docutils itself does with defaults
        if settings.record_dependencies is None:
            settings.record_dependencies = DependencyList()
        return settings


def _has_config_file() -> bool:
    return any(Path(file).is_file() for file in OptionParser.get_standard_config_files())
