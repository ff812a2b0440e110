"""Patches of other packages, applied while an application builds and reverted afterwards."""

from __future__ import annotations

import platform
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from threading import RLock
from types import FunctionType
from typing import TYPE_CHECKING, Any, Protocol

from packaging.specifiers import SpecifierSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Undo = Callable[[], None]

PYTHON = "Python"


class UnsupportedError(Exception):
    """A change is not made; the message says why."""


class Change(Protocol):
    """Something of the process that is different while applications build."""

    @property
    def name(self) -> str:
        """Its name in messages."""

    def apply(self) -> Undo | None:
        """Make the change and return what takes it back; None if there is nothing to change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patch:
    """The replacement of one attribute of a module or class."""

    name: str
    target: str
    """The module or class, such as ``docutils.nodes`` or ``docutils.nodes:Node``."""
    attribute: str
    replace: Callable[[Any], Any]
    """Returns the replacement, given the original."""
    versions: Mapping[str, str]
    """The versions with which it was tested, by distribution."""
    is_original: Callable[[Any], bool]
    """Whether the attribute is the original, not something another program has put there."""

    def apply(self) -> Undo | None:
        """Replace the attribute and return what restores it; None if the program does not have it, or is not in use."""
        owner = self._owner()
        if owner is None or self.attribute not in vars(owner):
            return None
        check_versions(self.versions)
        original = vars(owner)[self.attribute]
        if not self.is_original(original):
            message = f"{self.target.replace(':', '.')}.{self.attribute} has been replaced by something else"
            raise UnsupportedError(message)
        replacement = self.replace(original)
        setattr(owner, self.attribute, replacement)

        def undo() -> None:
            if vars(owner).get(self.attribute) is replacement:
                setattr(owner, self.attribute, original)

        return undo

    def _owner(self) -> Any:
        module, _, name = self.target.partition(":")
        owner = sys.modules.get(module)  # nothing is imported that the site does not use
        return getattr(owner, name, None) if name else owner


def defined_as(module: str, name: str) -> Callable[[Any], bool]:
    """Return what recognizes a function as the one that a module defines, undecorated.

    :param module: the module.
    :param name: the name of the function in it, with that of its class.
    """

    def is_original(function: Any) -> bool:
        return (
            isinstance(function, FunctionType)
            and function.__globals__.get("__name__") == module
            and function.__qualname__ == name
            and not hasattr(function, "__wrapped__")
        )

    return is_original


def check_versions(supported: Mapping[str, str]) -> None:
    """Raise :class:`UnsupportedError` for a version that a change was not tested with.

    :param supported: the versions that it was tested with, by distribution.
    """
    for distribution, specifiers in supported.items():
        try:
            found = platform.python_version() if distribution == PYTHON else version(distribution)
        except PackageNotFoundError:
            found = ""
        if not found or not SpecifierSet(specifiers).contains(found, prereleases=False):
            message = f"{distribution} {found or 'is missing'}, tested with {specifiers}"
            raise UnsupportedError(message)


class Changes:
    """Changes that are in force as long as at least one application builds."""

    def __init__(self, changes: Sequence[Change]) -> None:
        """Change nothing yet.

        :param changes: the changes.
        """
        self._changes = changes
        self._lock = RLock()
        self._builds = 0
        self._undo: list[Undo] = []
        self._omitted: tuple[str, ...] = ()

    @contextmanager
    def applied(self) -> Iterator[Sequence[str]]:
        """Make the changes for the duration of a build; give those that are not made, each with the reason."""
        with self._lock:
            self._builds += 1
            if self._builds == 1:
                self._apply()
            omitted = self._omitted
        try:
            yield omitted
        finally:
            with self._lock:
                self._builds -= 1
                if not self._builds:
                    self._take_back()

    def _apply(self) -> None:
        omitted = []
        for change in self._changes:
            try:
                undo = change.apply()
            except UnsupportedError as reason:
                omitted.append(f"{change.name} ({reason})")
            else:
                if undo is not None:
                    self._undo.append(undo)
        self._omitted = tuple(omitted)

    def _take_back(self) -> None:
        while self._undo:
            self._undo.pop()()
