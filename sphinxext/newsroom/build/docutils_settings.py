"""A door to docutils: do not work out the default settings of a document anew for every document.

docutils makes a parser of command line options for each document only to ask it for defaults, which takes about a
fifteenth of a build. The defaults of the same components are the same every time. Can go when Sphinx keeps them itself
(Sphinx 8 did; 9.0 to 9.2 do not).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sphinx.util.docutils as host
from docutils.utils import DependencyList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils.frontend import Values

NAME = "_get_settings"


def remember_default_settings() -> None:
    """Have Sphinx ask for the default settings of each kind of reader and parser once."""
    original = getattr(host, NAME, None)
    if original is not None and not isinstance(original, RememberedSettings):
        setattr(host, NAME, RememberedSettings(original))


class RememberedSettings:
    """Stands in for Sphinx's function, and gives what it would give."""

    def __init__(self, original: Callable[..., Values]) -> None:
        """Remember nothing yet.

        :param original: Sphinx's function.
        """
        self._original = original
        self._defaults: dict[tuple[type, ...], Values] = {}

    def __call__(self, *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Values:
        """Return the settings for some components.

        :param components: readers, parsers and writers, or their classes.
        :param defaults: settings that differ from the defaults.
        :param read_config_files: whether configuration files are read, if the settings allow it.
        """
        if read_config_files and not defaults.get("_disable_config"):
            return self._original(*components, defaults=defaults, read_config_files=read_config_files)
        kinds = tuple(part if isinstance(part, type) else type(part) for part in components)
        if kinds not in self._defaults:
            plain = {"_disable_config": True}
            self._defaults[kinds] = self._original(*components, defaults=plain, read_config_files=read_config_files)
        settings = self._defaults[kinds].copy()
        settings._update_loose(dict(defaults))  # noqa: SLF001 - what docutils itself does with defaults
        if "_disable_config" not in defaults:
            settings._disable_config = None  # noqa: SLF001 - a setting like any other
        if defaults.get("record_dependencies") is None:
            # A list of its own for each document.
            settings.record_dependencies = DependencyList()
        return settings
