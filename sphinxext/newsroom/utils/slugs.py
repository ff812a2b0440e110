"""Slugs and dates in URLs, and the one way to join the parts of a path."""

from __future__ import annotations

import ast
import posixpath
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from babel.dates import format_date, format_datetime

from sphinxext.newsroom.utils.limits import MAX_URL_BYTES, MAX_URL_SEGMENT_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from babel.core import Locale


# Never right in an address: control characters, and characters that themes put into scripts and attributes unescaped.
UNSAFE = re.compile(r"""[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>"'`\\^|{}]""")


DATE_LENGTHS = ("full", "long", "medium", "short")


class PermalinkError(ValueError):
    """An address that cannot be used; the message says why."""


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
                raise TypeError("its arguments need names")  # noqa: TRY301 - told like every other mistake
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


def format_url_date(moment: datetime, pattern: str, locale: Locale) -> str:
    """Return a date in a pattern of Babel or one of its four lengths, in its own time zone.

    :param moment: the date.
    :param pattern: ``full``, ``long``, ``medium``, ``short``, or a pattern such as ``yyyy/MM/dd``.
    :param locale: the language of names.
    """
    if pattern in DATE_LENGTHS:
        return format_date(moment, format=pattern, locale=locale)
    return format_datetime(moment.replace(tzinfo=None), format=pattern, locale=locale)


def join_url(folder: str, path: str) -> str:
    """Return the docname for a path below a folder, tidied and safe.

    :param folder: such as ``blog``; ``.`` or empty for the root.
    :param path: what a format gave; ``..`` and doubled slashes are resolved.
    :raises PermalinkError: when the address would leave the site or cannot be a file.
    """
    path_in_site = posixpath.normpath(posixpath.join(folder or ".", path.strip("/")))
    if path_in_site.split("/")[0] == ".." or posixpath.isabs(path_in_site):
        message = f"the address {path!r} would leave the site"
        raise PermalinkError(message)
    if found := UNSAFE.search(path_in_site):
        message = f"the address {path!r} has a character that cannot stand in an address: {found.group()!r}"
        raise PermalinkError(message)
    if len(path_in_site.encode()) > MAX_URL_SEGMENT_BYTES and any(
        len(part.encode()) > MAX_URL_SEGMENT_BYTES for part in path_in_site.split("/")
    ):
        message = f"the address {path[:60] + '…'!r} is too long for a file name ({MAX_URL_SEGMENT_BYTES} bytes a part)"
        raise PermalinkError(message)
    if len(path_in_site.encode()) > MAX_URL_BYTES:
        message = f"the address {path[:60] + '…'!r} is too long for a path ({MAX_URL_BYTES} bytes)"
        raise PermalinkError(message)
    folder, name = posixpath.split(path_in_site)
    if name == "README":
        path_in_site = posixpath.join(folder, "index")
    return "index" if path_in_site == "." else path_in_site


def safe_segment(text: str) -> str:
    """Return a text as one part of an address: what cannot stand there replaced by ``-``, cut to what a file name holds.

    :param text: such as a file name or slug.
    """
    safe = UNSAFE.sub("-", text).replace("/", "-").encode()[:MAX_URL_SEGMENT_BYTES].decode(errors="ignore").strip()
    return safe if safe.strip(".") else "-"
