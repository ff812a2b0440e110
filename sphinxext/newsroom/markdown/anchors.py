"""Heading anchors with the ids of Python-Markdown."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.slugs import load_slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions

_NUMBERED = re.compile(r"(.*)_([0-9]{1,9})", re.DOTALL)


def heading_slugs(extensions: MarkdownExtensions) -> Callable[[str], str]:
    """Return the function that makes anchors of the headings of one document.

    :param extensions: the site's extensions; ``toc`` can name another function than the usual one.
    """
    slugify = load_slugs(extensions, "toc")
    if slugify is None:
        from markdown.extensions.toc import slugify as usual

        separator = str(extensions.option("toc", "separator", "-"))
        slugify = partial(usual, separator=separator)
    names = UniqueNames()
    return lambda text: names.take(slugify(text))


class UniqueNames:
    """Gives each name once: as Python-Markdown does, ``a`` is followed by ``a_1``, and an empty one is ``_1``."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with names that are taken.

        :param taken: the names.
        """
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return a name that is free, and take it.

        :param name: the name wanted.
        """
        if not name or name in self._taken:
            match = _NUMBERED.fullmatch(name)
            base, number = (match[1], int(match[2])) if match else (name, self._last.get(name, 0))
            number += 1
            while f"{base}_{number}" in self._taken:
                number += 1
            if match is None:
                self._last[base] = number
            name = f"{base}_{number}"
        self._taken.add(name)
        return name


def load_slugs(extensions: MarkdownExtensions, extension: str) -> Callable[[str], str] | None:
    """Return the slug function that an extension names, None if it names none that can be used.

    :param extensions: the site's extensions.
    :param extension: the one with the options ``slugify`` and ``separator``.
    """
    function: Any = extensions.option(extension, "slugify")
    if isinstance(function, str):
        try:
            function = load_slugify(function)
        except ValueError:
            return None
    separator = str(extensions.option(extension, "separator", "-"))
    return (lambda text: str(function(text, separator))) if callable(function) else None
