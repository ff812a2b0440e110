"""Types of option values, each with its validation and error message."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from babel.core import Locale
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE, KINDS
from sphinxext.newsroom.utils.dates import format_date
from sphinxext.newsroom.utils.identifiers import IdentifierError
from sphinxext.newsroom.utils.identifiers import issn as read_issn
from sphinxext.newsroom.utils.slugs import load_function
from sphinxext.newsroom.utils.urls import is_web_url, join_docname, scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import ValidationInfo

    from sphinxext.newsroom.config.feed_formats import FeedFormat
    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind

Look = Literal["list", "cards", "table"]
SidebarName = Literal["recent", "categories", "tags", "archive", "authors", "feeds"]
ListView = Literal["list", "cards", "table", "month"]
Count = Annotated[int, Field(ge=1, strict=True)]
CountOrNone = Annotated[int, Field(ge=0, strict=True)]
Percent = Annotated[int, Field(ge=0, le=100, strict=True)]


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        message = f"no time zone is called {name!r}; expected a name such as 'UTC' or 'Europe/Tallinn'"
        raise ValueError(message) from None
    return name


def _issn(value: str) -> str:
    try:
        return read_issn(value) if value else ""
    except IdentifierError as error:
        message = f"{value!r} is no ISSN: {error}"
        raise ValueError(message) from None


Issn = Annotated[str, AfterValidator(_issn)]


def placeholders(*names: str, needed: str | None = None) -> AfterValidator:
    """Return a check that a format uses no placeholders but these, as they are, and the one that it needs.

    :param names: the placeholders that are known.
    :param needed: the placeholder without which every page would have the same URL.
    """

    def check(value: str) -> str:
        try:
            fields = [
                (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(value) if name is not None
            ]
        except ValueError:
            fields = [("", "", None)]
        if any(name not in names or spec or conversion for name, spec, conversion in fields):
            known = ", ".join(f"{{{name}}}" for name in names)
            message = f"{value!r} has a placeholder that is not known here; expected only {known}"
            raise ValueError(message)
        if needed is not None and not any(name == needed for name, _, _ in fields):
            message = f"{value!r} would be the URL of every page; expected {{{needed}}} in it"
            raise ValueError(message)
        return value

    return AfterValidator(check)


def _date_pattern(value: str) -> str:
    if re.search(r"%[a-zA-Z]", value):
        message = f"{value!r} is a pattern of strftime; expected one such as 'yyyy-MM-dd'"
        raise ValueError(message)
    try:
        written = format_date(datetime(2000, 1, 1), value, Locale("en"))  # noqa: DTZ001 - only a trial
    except (ValueError, KeyError):
        written = ""
    if not written:
        message = f"{value!r} is not a pattern of dates; expected one such as 'yyyy-MM-dd'"
        raise ValueError(message)
    return value


def _comment(value: str) -> str:
    if not re.fullmatch(r"\s*<!--\s*[^\s>-].*-->\s*", value):
        message = f"{value!r} is not a comment of HTML; expected one such as '<!-- more -->'"
        raise ValueError(message)
    return value


FEED_SUFFIXES = (".xml", ".atom", ".rss", ".json")
UPDATED = "_updated"
"""What the name of a feed ends with that is in the order of the last changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """Names that extensions have registered, used to validate options."""

    kinds: tuple[TaxonomyKind, ...] = KINDS
    formats: Mapping[str, FeedFormat] | None = None
    """None where formats are not known, so that any name is taken."""

    @property
    def feed_names(self) -> tuple[str, ...]:
        """The names that feeds can have in the options."""
        names = tuple(self.formats or ())
        return (*names, *(name + UPDATED for name in names))


def _registered(info: ValidationInfo) -> Registered:
    return info.context if isinstance(info.context, Registered) else Registered()


def _one_of(value: str, names: Iterable[str]) -> str:
    """Return a value that is one of some names; what is said of any other is what a ``Literal`` says."""
    expected = [repr(name) for name in names]
    if repr(value) not in expected:
        listed = " or ".join(filter(None, (", ".join(expected[:-1]), expected[-1])))
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": listed})
    return value


def _taxonomy_name(value: str, info: ValidationInfo) -> str:
    return _one_of(value, (kind.name for kind in _registered(info).kinds))


def _related_by(value: str, info: ValidationInfo) -> str:
    # Every post of a month would be related.
    names = [kind.name for kind in _registered(info).kinds if kind.name != ARCHIVE]
    return _one_of(value, (*names, "object"))


def _feed_name(value: str, info: ValidationInfo) -> str:
    names = _registered(info).feed_names
    return _one_of(value, names) if names else value


def _feed_file(value: str) -> str:
    join_docname(".", value)
    stem, suffix = posixpath.splitext(posixpath.basename(value))
    if not stem or not suffix:
        message = f"{value!r} is not the path of a feed; expected one that ends in {', '.join(FEED_SUFFIXES)}"
        raise ValueError(message)
    return value


def _feed_files(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    formats = _registered(info).formats or {}
    for name, path in value.items():
        found = formats.get(name.removesuffix(UPDATED))
        suffixes = found.suffixes if found else FEED_SUFFIXES
        if posixpath.splitext(path)[1] not in suffixes:
            message = f"{path!r} is not the path of a feed; expected one that ends in {', '.join(suffixes)}"
            raise ValueError(message)
    # The feeds of a term are in one folder, named by the last parts of these paths.
    names = [posixpath.basename(path) for path in value.values()]
    if twice := next((name for name in names if names.count(name) > 1), None):
        message = f"two feeds are called {twice!r}; expected a different name for each"
        raise ValueError(message)
    return value


def _folder(value: str) -> str:
    join_docname(value.strip("/"), "index")
    return value


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            message = f"{value!r} is not a day; expected one such as '2024-01-31'"
            raise ValueError(message) from None
    return value


def _link_pattern(value: str) -> str:
    try:
        fields = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(value) if name is not None
        ]
    except ValueError:
        fields = [("", "", None)]
    if any(not name.isidentifier() or spec or conversion for name, spec, conversion in fields):
        message = f"{value!r} has a placeholder that is no name; expected for instance {{version}}"
        raise ValueError(message)
    if not is_web_url(value):
        message = f"{value!r} is no URL; expected one that starts with https:// or http://"
        raise ValueError(message)
    return value


def _color(value: str) -> str:
    if not re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}", value):
        message = f"{value!r} is not a colour; expected one such as '#1b365d'"
        raise ValueError(message)
    return value.lower()


def _picture(value: str) -> str:
    if scheme(value) and not is_web_url(value):
        message = f"{value!r} is not an image URL; expected a path, or a URL that starts with https:// or http://"
        raise ValueError(message)
    return value


# Material for MkDocs' own names of these titles.
_TITLES = {"blog.archive": "Archive", "blog.categories": "Categories", "blog.authors": "Authors"}


def _title(value: str) -> str:
    return _TITLES.get(value, value)


def _function_text(value: object) -> object:
    """Return the import path for a function that is written as a mapping, as other settings files have it."""
    if not isinstance(value, dict):
        return value
    path = next((value[key] for key in ("object", "function", "name") if key in value), None)
    keywords = next((value[key] for key in ("kwds", "kwargs", "arguments") if key in value), None) or {}
    if not isinstance(path, str) or not isinstance(keywords, dict):
        return value
    return f"{path}({', '.join(f'{key}={argument!r}' for key, argument in keywords.items())})"


SORT_KEYS = ("view_name", "view_post_count")


def _sort_key(value: str) -> str:
    name = value.rpartition(".")[2]
    if name in SORT_KEYS:
        return name
    load_function(value)
    return value


TaxonomyName = Annotated[str, AfterValidator(_taxonomy_name)]
RelatedBy = Annotated[str, AfterValidator(_related_by)]
RELATED_WEIGHTS: Mapping[str, int] = MappingProxyType({"tag": 100, "object": 80, "series": 60, "category": 40})

FeedName = Annotated[str, AfterValidator(_feed_name)]
Color = Annotated[str, AfterValidator(_color)]
Comment = Annotated[str, AfterValidator(_comment)]
Day = Annotated[str, BeforeValidator(_day)]
DatePattern = Annotated[str, AfterValidator(_date_pattern)]
FeedFiles = Annotated[dict[FeedName, Annotated[str, AfterValidator(_feed_file)]], AfterValidator(_feed_files)]
Folder = Annotated[str, AfterValidator(_folder)]
FunctionPath = Annotated[str, BeforeValidator(_function_text)]
LinkPattern = Annotated[str, AfterValidator(_link_pattern)]
PictureSource = Annotated[str, AfterValidator(_picture)]
SortKey = Annotated[str, AfterValidator(_sort_key)]
TimeZone = Annotated[str, AfterValidator(_known_timezone)]
Title = Annotated[str, AfterValidator(_title)]
