"""Load the functions that options name, such as slug functions."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from sphinxext.newsroom.utils.urls import PermalinkError

if TYPE_CHECKING:
    from collections.abc import Callable


class Slugify(Protocol):
    """A function that makes a slug of a text."""

    def __call__(self, text: str, separator: str, /) -> str:
        """Return the slug."""


@cache
def load_function(source: str) -> Callable[..., object]:
    """Return the function that an option names.

    :param source: import path such as ``package.module.function``, or the same with keyword arguments in brackets for a
        function that makes the function: ``pymdownx.slugs.slugify(case='lower')``.
    :raises PermalinkError: when there is no such function.
    """
    try:
        call = ast.parse(source, mode="eval").body
        arguments: dict[str, object] | None = None
        if isinstance(call, ast.Call):
            if call.args or not all(keyword.arg for keyword in call.keywords):
                raise TypeError("its arguments need names")  # noqa: TRY301 - reported like every other mistake
            arguments = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
            call = call.func
        module, _, name = ast.unparse(call).rpartition(".")
        function = getattr(import_module(module), name)
        made = function if arguments is None else function(**arguments)
        if not callable(made):
            raise TypeError("it cannot be called")  # noqa: TRY301
    except (SyntaxError, ValueError, ImportError, AttributeError, TypeError) as error:
        message = f"{source!r} is not the import path of a function ({error})"
        raise PermalinkError(message) from error
    return cast("Callable[..., object]", made)


@cache
def load_slugify(source: str) -> Slugify:
    """Return the slug function that an option names, once it has shown that it makes slugs.

    :param source: its import path, as for :func:`load_function`; without brackets, the path of a function that makes the
        function will do as well (``pymdownx.slugs.slugify``).
    :raises PermalinkError: when there is no such function.
    """
    named = load_function(source)
    reason = "it returns no text"
    for make in (lambda: named, named):
        try:
            slugify = cast("Slugify", make())
            if isinstance(slugify("A title", "-"), str):
                return slugify
        except (ValueError, AttributeError, TypeError) as error:
            reason = str(error)
    message = f"{source!r} is not the import path of a slug function ({reason})"
    raise PermalinkError(message)
