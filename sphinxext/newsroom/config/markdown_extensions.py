"""Normalize the list of enabled Markdown extensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

# Bundles, with their extensions.
_BUNDLES: Mapping[str, tuple[str, ...]] = {
    "extra": ("abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"),
    "pymdownx.extra": (
        "abbr",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "pymdownx.betterem",
        "pymdownx.superfences",
        "tables",
    ),
}
# MkDocs has these on, whatever a site lists.
_ALWAYS = ("fenced_code", "tables", "toc")


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkdownExtensions:
    """Extensions with their options, by the shortest name that Python-Markdown takes."""

    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.options)

    def __contains__(self, name: object) -> bool:
        return name in self.options

    def enables(self, *names: str) -> bool:
        """Return whether any of these is on.

        :param names: names of extensions.
        """
        return any(name in self.options for name in names)

    def option(self, extension: str, name: str, default: Any = None) -> Any:
        """Return an option of an extension, the default if the site has not set it.

        :param extension: name of the extension.
        :param name: name of the option.
        :param default: what holds otherwise.
        """
        value = self.options.get(extension, {}).get(name)
        return default if value is None else value


def parse_markdown_extensions(listed: Iterable[Any] | Mapping[str, Any]) -> MarkdownExtensions:
    """Read the ``markdown_extensions`` of a ``mkdocs.yml``; names that are not known stay and do nothing.

    :param listed: names, or mappings of a name to its options.
    """
    if isinstance(listed, Mapping):
        listed = [listed]
    found: dict[str, dict[str, Any]] = {}
    for item in listed:
        pairs = item.items() if isinstance(item, Mapping) else [(item, None)]
        for name, options in pairs:
            _add(found, _short(str(name)), options if isinstance(options, Mapping) else {})
    if found:
        for name in _ALWAYS:
            found.setdefault(name, {})
    return MarkdownExtensions(options=found)


def _add(found: dict[str, dict[str, Any]], name: str, options: Mapping[str, Any]) -> None:
    members = _BUNDLES.get(name)
    if members is None:
        found.setdefault(name, {}).update({str(key): value for key, value in options.items()})
        return
    by_member = {_short(str(key)): value for key, value in options.items() if isinstance(value, Mapping)}
    for member in members:
        found.setdefault(member, {}).update(by_member.get(member, {}))


def _short(name: str) -> str:
    """Return ``admonition`` for ``markdown.extensions.admonition:AdmonitionExtension`` and the like."""
    return name.partition(":")[0].strip().removeprefix("markdown.extensions.")
