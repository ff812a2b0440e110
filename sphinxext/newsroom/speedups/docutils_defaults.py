"""Work out the default settings of docutils once for each kind of document instead of for every document.

What: ``sphinx.util.docutils._get_settings`` and ``myst_parser.mdit_to_docutils.base.get_default_settings``.

Why: docutils makes a parser of command line options only to ask it for defaults. The defaults of the same components are
the same as long as no configuration file of docutils is read.

Gain: about 5 % of a build, a tenth of its reading.

Not needed once Sphinx and MyST-Parser cache them (Sphinx 8 did, 9 does not).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils.frontend import OptionParser
from docutils.utils import DependencyList

from sphinxext.newsroom.speedups.patch import Patch, defined_as

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docutils.frontend import Values


class CachedDefaults:
    """Caches the defaults of each combination of reader, parser and writer."""

    def __init__(self, original: Callable[..., Values]) -> None:
        """Start with an empty cache.

        :param original: the function.
        """
        self._original = original
        self._cache: dict[tuple[type, ...], Values] = {}

    def defaults(self, components: tuple[Any, ...], **arguments: Any) -> Values:
        """Return the settings for some components without anything else.

        :param components: readers, parsers and writers, or their classes.
        :param arguments: what the function needs besides.
        """
        if any(_has_own_defaults(component) for component in components):
            return self._original(*components, **arguments)
        kinds = tuple(part if isinstance(part, type) else type(part) for part in components)
        if kinds not in self._cache:
            self._cache[kinds] = self._original(*components, **arguments)
        settings = self._cache[kinds].copy()
        # Each document has its own lists.
        for name, value in vars(settings).items():
            if isinstance(value, (list, dict)):
                setattr(settings, name, value.copy())
        settings.record_dependencies = DependencyList()
        return settings


class CachedMystDefaults(CachedDefaults):
    """Replaces docutils' function, and returns equal settings."""

    def __call__(self, *components: Any) -> Values:
        """Return the default settings for some components.

        :param components: readers, parsers and writers, or their classes.
        """
        return self.defaults(components)


class CachedSphinxSettings(CachedDefaults):
    """Replaces Sphinx's function, and returns equal settings."""

    def __call__(self, *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Values:
        """Return the settings for some components.

        :param components: readers, parsers and writers, or their classes.
        :param defaults: settings that differ from the defaults.
        :param read_config_files: whether configuration files are read, if the settings allow it.
        """
        if read_config_files and not defaults.get("_disable_config") and _has_config_file():
            return self._original(*components, defaults=defaults, read_config_files=read_config_files)
        settings = self.defaults(components, defaults={})
        settings._update_loose(dict(defaults))  # noqa: SLF001 - what docutils itself does with defaults
        if settings.record_dependencies is None:
            settings.record_dependencies = DependencyList()
        return settings


def _has_config_file() -> bool:
    return any(Path(file).is_file() for file in OptionParser.get_standard_config_files())


def _has_own_defaults(component: Any) -> bool:
    """Return whether a component differs in its settings from others of its class."""
    return not isinstance(component, type) and any(
        name.startswith(("settings_", "config_section", "relative_path_settings")) for name in vars(component)
    )


PATCHES = (
    Patch(
        name="default settings in Sphinx",
        target="sphinx.util.docutils",
        attribute="_get_settings",
        replace=CachedSphinxSettings,
        versions={"Sphinx": ">=9.0,<9.3", "docutils": ">=0.21,<0.23"},
        is_original=defined_as("sphinx.util.docutils", "_get_settings"),
    ),
    Patch(
        name="default settings in MyST-Parser",
        target="myst_parser.mdit_to_docutils.base",
        attribute="get_default_settings",
        replace=CachedMystDefaults,
        versions={"myst-parser": ">=5.2,<5.3", "docutils": ">=0.21,<0.23"},
        is_original=defined_as("docutils.frontend", "get_default_settings"),
    ),
)
