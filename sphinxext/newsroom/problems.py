"""Warnings: the kinds, and problems as data with file, line and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Subtype(StrEnum):
    """The kinds of warning, shown as ``newsroom.<subtype>``; ``suppress_warnings`` suppresses them."""

    CONFIG = "config"
    """An option in ``conf.py`` has an invalid value; the default is used."""
    MKDOCS = "mkdocs"
    """A setting in ``mkdocs.yml`` has no equivalent; the message says what to do instead."""
    FRONT_MATTER = "front_matter"
    """The front matter of a post is malformed, or a key has an invalid value."""
    DATE = "date"
    """A post has no date, or an invalid one."""
    AUTHOR = "author"
    """The authors file contains a mistake, or a post names an author who is not in it."""
    EVENT = "event"
    """An event or course contains a mistake, or lacks what registries require."""
    IMAGE = "image"
    """The cover image of a post has no alternative text."""
    CATEGORY = "category"
    """A category is not allowed, or two categories would have the same URL."""
    DUPLICATE = "duplicate"
    """Two pages would have the same URL."""
    PERMALINK = "permalink"
    """A URL cannot be built from the values of a post or an option."""
    EXCERPT = "excerpt"
    """A post has no excerpt marker, but the site requires one."""
    LINK = "link"
    """A related link of a post, or a link to a post or list by name, has no target."""
    ENCODING = "encoding"
    """Text was saved in one encoding and read in another, so its characters are garbled."""
    MARKDOWN = "markdown"
    """A post uses something that cannot be resolved, such as a macro or a missing snippet; it is shown unchanged."""
    TEMPLATE = "template"
    """A template of the site contains a mistake; the template of the extension is used instead."""
    FEED = "feed"
    """A feed cannot be written, or would be invalid."""
    RELEASE = "release"
    """A release is announced by two posts, or its version cannot be used."""
    STALE = "stale"
    """An old post mentions a page, object or release that does not exist, or leads to one (see `newsroom_old_after`)."""
    ABLOG = "ablog"
    """A post or list declared with one of ABlog's directives contains a mistake."""
    LIST = "list"
    """A list of posts on a page has an invalid option, or a term that no post has."""
    DEPRECATED = "deprecated"
    """A template, stylesheet or option of the site uses a name that has changed; the old one goes in a later version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A replacement in one line of a file."""

    path: str
    """The file, relative to the source folder with ``/``."""
    line: int
    """The line, counted from 1."""
    old: str
    """The text at that place."""
    new: str
    unquote: bool = False
    """Whether quotes around it are removed too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A problem in one place."""

    subtype: Subtype
    message: str
    """What was found and what is expected, in one or two sentences."""
    path: str | None = None
    """The file, relative to the source folder with ``/``; None for ``conf.py``."""
    line: int | None = None
    """The line in that file, counted from 1."""
    edits: tuple[Edit, ...] = ()
    """The correction, where only one is right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateMistake:
    """The location of a mistake in a template of the site."""

    name: str
    """The requested template."""
    file: Path
    line: int
    reason: str


def nearest(found: object, valid: Iterable[str]) -> str | None:
    """Return the valid value that is most similar to an invalid one, if any is close."""
    from rapidfuzz import fuzz, process, utils

    match = process.extractOne(
        str(found), list(valid), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return match[0] if match else None


def suggestion(found: object, valid: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` if a valid value is close to an invalid one, else ``""``."""
    match = nearest(found, valid)
    return f" Did you mean {match!r}?" if match is not None else ""


class Locate(Protocol):
    """A function that finds the line of a front matter key, or of one item in it."""

    def __call__(self, path: str, key: str, item: str | None = None, /) -> int | None:
        """Return the line, counted from 1."""
