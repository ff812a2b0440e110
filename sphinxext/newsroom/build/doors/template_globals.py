"""A door to Jinja: do not look up every global name through two dictionaries for every template.

A page of a theme is made of dozens of templates, and each is given all global names anew. Jinja keeps names that one template
alone knows apart from those of all templates, and asks for each name in both. Nobody uses the former; where they are none,
the latter are read directly, which spares about two per cent of a build.
"""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, KeysView, MutableMapping

    from jinja2 import Environment


class Globals(ChainMap[str, Any]):
    """The global names of a template: its own before those of the environment."""

    def __iter__(self) -> Iterator[str]:
        own, shared = self.maps
        return super().__iter__() if own else iter(shared)

    def __getitem__(self, name: str) -> Any:
        own, shared = self.maps
        return own[name] if name in own else shared[name]

    def keys(self) -> KeysView[str]:
        """Return the names."""
        own, shared = self.maps
        return super().keys() if own else shared.keys()


def read_globals_directly(environment: Environment) -> None:
    """Have an environment look up global names directly.

    :param environment: the environment.
    """

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return Globals({} if own is None else own, environment.globals)

    environment.make_globals = make_globals  # type: ignore[assignment, method-assign]
