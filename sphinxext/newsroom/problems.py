"""Warnings: the kinds, and problems as data with file, line and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Subtype(StrEnum):
    """The kinds of warning, each shown as ``newsroom.<subtype>`` and silenced with ``suppress_warnings``."""

    CONFIG = "config"
    """An option in ``conf.py`` has a value that cannot be used; its default is taken."""
    MKDOCS = "mkdocs"
    """A setting in ``mkdocs.yml`` is not taken over; the message says what to do instead."""
    FRONT_MATTER = "front_matter"
    """The front matter of a post cannot be read, or a key of it has the wrong kind of value."""
    DATE = "date"
    """A post has no date, or one that is not understood."""
    AUTHOR = "author"
    """The authors file has a mistake, or a post names an author that is not in it."""
    IMAGE = "image"
    """The cover image of a post has no text for those who do not see it."""
    CATEGORY = "category"
    """A category is not among the allowed ones, or two categories would share an address."""
    DUPLICATE = "duplicate"
    """Two pages want the same address."""
    PERMALINK = "permalink"
    """An address cannot be made from what the post or the option says."""
    EXCERPT = "excerpt"
    """A post has no excerpt marker although the site requires one."""
    LINK = "link"
    """A related link of a post, or a link to a post or list by its name, leads nowhere."""
    ENCODING = "encoding"
    """Text was stored in one encoding and read in another, so that its characters are garbled."""
    MARKDOWN = "markdown"
    """A post uses something that nothing here can fill in, such as a macro or a missing snippet; it is shown as it
    stands."""
    TEMPLATE = "template"
    """A template of the site has a mistake; that of the extension is used in its place."""
    FEED = "feed"
    """A feed cannot be written, or lacks what makes it valid."""
    ABLOG = "ablog"
    """A post or list declared with one of ABlog's directives has a mistake."""
    LIST = "list"
    """A list of posts in a page has an option that cannot be used, or asks for a label that no post has."""
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
    """What stands there."""
    new: str
    unquote: bool = False
    """Whether quotes around it go, too: of a value that is no text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong in one place."""

    subtype: Subtype
    message: str
    """What was found and what is expected, as one sentence or two."""
    path: str | None = None
    """The file, relative to the source folder with ``/``; None for ``conf.py``."""
    line: int | None = None
    """The line in that file, counted from 1."""
    edits: tuple[Edit, ...] = ()
    """What corrects it, where only one correction is right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateMistake:
    """Where a template of the site has a mistake."""

    name: str
    """The template that was asked for."""
    file: Path
    line: int
    reason: str


def nearest(found: object, valid: Iterable[str]) -> str | None:
    """Return the valid value that looks most like what was found, if one is close.

    :param found: what somebody wrote.
    :param valid: the values that would have been right.
    """
    from rapidfuzz import fuzz, process, utils

    match = process.extractOne(
        str(found), list(valid), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70
    )
    return match[0] if match else None


def suggestion(found: object, valid: Iterable[str]) -> str:
    """Return ``" Did you mean 'x'?"`` when a valid value is close to what was found, else ``""``.

    :param found: what somebody wrote.
    :param valid: the values that would have been right.
    """
    match = nearest(found, valid)
    return f" Did you mean {match!r}?" if match is not None else ""
