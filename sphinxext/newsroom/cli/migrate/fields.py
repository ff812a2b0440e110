"""Bring values of other generators' front matter into the shape that posts have here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.slugs import load_slugify

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
"""A file name that begins with the date of the post."""
_SLUGIFY = "pymdownx.slugs.slugify(case='lower')"


def names(value: Any, *, separator: str | None = ",") -> list[str]:
    """Return a list of names.

    :param value: a list, or names in one text.
    :param separator: what is between the names of a text; None for spaces.
    """
    if isinstance(value, str):
        parts = value.split(separator) if separator is None or separator in value else [value]
        return [part.strip() for part in parts if part.strip()]
    if isinstance(value, (list, tuple)):
        return [str(item).strip() for item in value if item is not None and str(item).strip()]
    return [] if value is None else [str(value)]


def first_text(meta: Mapping[str, Any], *keys: str) -> str:
    """Return the first value that is a text, empty if there is none.

    :param meta: the front matter.
    :param keys: the keys, in the order in which they are looked at.
    """
    return next((value.strip() for key in keys if isinstance(value := meta.get(key), str) and value.strip()), "")


def date_of_name(name: str) -> tuple[str, str]:
    """Return the date in a file name, as ``YYYY-MM-DD``, and the rest of the name; no date if there is none.

    :param name: the name without suffix.
    """
    if match := _DATED_NAME.fullmatch(name):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", match[4]
    return "", name


def with_suffix_md(path: str) -> str:
    """Return a path with the suffix that Markdown has here.

    :param path: such as ``a.markdown`` or ``a.mdx``.
    """
    return re.sub(r"\.(?:markdown|mdown|mkd|mdx|html)$", ".md", path)


def slugify(text: str) -> str:
    """Return a slug as most generators make it of a title.

    :param text: the title.
    """
    return load_slugify(_SLUGIFY)(text, "-")
