"""Data that the extension stores in Sphinx's environment, by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment

EnvData = TypeVar("EnvData")


def env_data(env: BuildEnvironment, name: str, make: Callable[[], EnvData]) -> EnvData:
    """Return an attribute of the environment, made if it is not there yet.

    :param env: the environment.
    :param name: the attribute.
    :param make: makes it.
    """
    if not hasattr(env, name):
        setattr(env, name, make())
    return cast("EnvData", getattr(env, name))
