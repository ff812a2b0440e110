"""What the extension keeps in Sphinx's environment, by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

Data = TypeVar("Data")


class DocumentData(Generic[Data]):
    """Data of the environment by docname: a mapping, or a set of docnames. It is called to get that of an environment.

    One collector removes what belongs to a document that is read again, and merges what other processes have read.
    """

    ALL: ClassVar[list[DocumentData[Any]]] = []
    """All that there are, which the collector goes through."""

    def __init__(self, name: str, make: Callable[[], Data]) -> None:
        """Register the data.

        :param name: the attribute of the environment.
        :param make: makes it where there is none yet.
        """
        self._name, self._make = name, make
        self.ALL.append(self)

    def __call__(self, env: BuildEnvironment) -> Data:
        """Return the data of an environment.

        :param env: the environment.
        """
        if not hasattr(env, self._name):
            setattr(env, self._name, self._make())
        return cast("Data", getattr(env, self._name))

    def clear(self, env: BuildEnvironment, docname: str) -> None:
        """Remove what belongs to a document.

        :param env: the environment.
        :param docname: the document.
        """
        data: Any = self(env)
        if isinstance(data, set):
            data.discard(docname)
        else:
            data.pop(docname, None)

    def merge(self, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment) -> None:
        """Take over what another process has read.

        :param env: the environment.
        :param docnames: the documents that it has read.
        :param other: its environment.
        """
        data: Any = self(env)
        found: Any = self(other)
        data.update(
            found & docnames if isinstance(found, set) else {name: found[name] for name in docnames & found.keys()}
        )
