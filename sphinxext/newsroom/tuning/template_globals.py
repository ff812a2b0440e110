"""Read the global names of Jinja templates without going through a chain of two dictionaries.

A page is made of dozens of templates, and Jinja copies all global names for each of them through a ``ChainMap``. Its first
dictionary, with names of a single template, is nearly always empty; then the second is read directly.
"""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator, KeysView, MutableMapping


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
    """Let an environment look up global names directly, unless its class overrides the lookup.

    :param environment: the environment.
    """
    if type(environment).make_globals is not Environment.make_globals or "make_globals" in vars(environment):
        return

    def make_globals(own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return Globals({} if own is None else own, environment.globals)

    environment.make_globals = make_globals  # type: ignore[assignment, method-assign]
