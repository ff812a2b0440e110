"""Types of values that only the front matter of posts has, and how nearly valid values are read.

Each ``to_…`` function is a reader for :func:`sphinxext.newsroom.validation.coerce.coerced`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.dates import is_in_range
from sphinxext.newsroom.utils.identifiers import bare_doi
from sphinxext.newsroom.utils.urls import runs_script, scheme
from sphinxext.newsroom.utils.versions import is_version
from sphinxext.newsroom.validation.coerce import UnusableError
from sphinxext.newsroom.validation.spdx import misspelled_id
from sphinxext.newsroom.validation.values import (
    DATE,
    FALSE,
    NOT_EMPTY,
    split_names,
    split_text,
    texts,
    to_flag,
    to_moment,
    to_text,
    to_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinxext.newsroom.validation.coerce import InvalidValue

LINKS = "a list of paths, of 'title: path' pairs, and of headings over further lists"
LINKS_DEPTH = 8
"""How deep headings of related links can be nested."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# With text after the scheme, and only characters that are valid in a URI.
_URI = re.compile(
    r"[a-z][a-z0-9+.\-]+:[^\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]{2,}", re.IGNORECASE
)
_CREATIVE_COMMONS = re.compile(r"CC-BY(-NC)?(-SA|-ND)?(-[1234]\.\d)?|CC0(-1\.0)?|CC BY.*|", re.IGNORECASE)
IMAGE_KEYS = ("src", "path", "url", "light")


# -- Valid values


def has_created(dates: Mapping[str, date]) -> bool:
    """Return whether the date of the post is among its dates.

    :param dates: dates by name.
    """
    return "created" in dates


def has_source(image: Mapping[str, str]) -> bool:
    """Return whether a mapping names an image.

    :param image: the mapping.
    """
    return any(image.get(key) for key in IMAGE_KEYS)


def has_version(release: Mapping[str, Any]) -> bool:
    """Return whether a mapping names a version, and everything in it is text.

    :param release: the mapping.
    """
    return is_version(release.get("version")) and all(isinstance(value, str) for value in release.values())


def has_flag(search: Mapping[str, Any]) -> bool:
    """Return whether a mapping says yes or no about the search, if it says anything.

    :param search: the mapping.
    """
    return isinstance(search.get("exclude", False), bool)


def is_target(text: str) -> bool:
    """Return whether a text can be the target of a link.

    :param text: the raw text.
    """
    return bool(text.strip()) and not runs_script(text)


def is_old_url(text: str) -> bool:
    """Return whether a text is a path that stays below the root of the site.

    :param text: the raw text.
    """
    path = text.strip().replace("\\", "/")
    is_outside = ".." in PurePosixPath(path).parts or path.startswith("//") or scheme(path) != ""
    return path.strip("/.") != "" and not is_outside


def is_license(text: str) -> bool:
    """Return whether a text can name a license: not if it looks like an id of SPDX and is none.

    :param text: the raw text.
    """
    # Such as CC-BY-4.0, without looking it up.
    return _CREATIVE_COMMONS.fullmatch(text) is not None or not misspelled_id(text.strip())


def is_identifier(text: str) -> bool:
    """Return whether a text can identify a post everywhere: a URI or a UUID.

    :param text: the raw text.
    """
    return _UUID.fullmatch(text) is not None or (_URI.fullmatch(text) is not None and not runs_script(text))


# -- Readers


def to_date(found: InvalidValue) -> Any:
    """Read a date written as text, alone or among others.

    :param found: the value.
    """
    if not isinstance(found.value, dict):
        return to_moment(found)
    dates = {}
    for key, value in found.value.items():
        try:
            right = isinstance(value, date) and is_in_range(value)
            dates[str(key)] = value if right else to_moment(found.inside(str(key), value))
        except UnusableError:
            continue
    if "created" not in dates:
        raise found.reject(f"{DATE}, or a mapping of dates with 'created' among them")
    return dates


def to_draft(found: InvalidValue) -> Any:
    """Read a boolean. Any other text means a draft.

    :param found: the value.
    """
    word = str(found.value).strip().casefold()
    return found.read_as(word not in FALSE and (word != "" or found.silent), "true or false")


def to_authors(found: InvalidValue) -> Any:
    """Read one or several names as a list.

    :param found: the value.
    """
    if isinstance(found.value, dict):
        return found.read_as([{str(key): value for key, value in found.value.items()}], "a list")
    if isinstance(found.value, str):
        return found.read_as(split_names(found.value), "a list")
    if not isinstance(found.value, list):
        return to_texts(found)
    return [
        {str(key): value for key, value in item.items()} if isinstance(item, dict) else item
        for item in texts(found, str, dict)
    ]


def to_tags(found: InvalidValue) -> Any:
    """Read tags as a list.

    :param found: the value.
    """
    return texts(found, str, int, float, bool) if isinstance(found.value, list) else to_texts(found)


def to_series(found: InvalidValue) -> Any:
    """Read a number as the name of a series; a name may have commas in it.

    :param found: the value.
    """
    if isinstance(found.value, list):
        return texts(found, str)
    if isinstance(found.value, str) and not found.silent:
        raise found.reject(NOT_EMPTY)
    return None if found.value == "" else to_text(found)


def to_links(found: InvalidValue) -> Any:
    """Read a single link as a list, and leave out invalid links.

    :param found: the value.
    """
    if isinstance(found.value, str) and is_target(found.value):
        return found.read_as([found.value], LINKS)
    if not isinstance(found.value, (list, dict)):
        raise found.reject(LINKS)
    return list(_links(found, 1))


def to_image(found: InvalidValue) -> Any:
    """Read the URL of an image from a mapping with other keys.

    :param found: the value.
    """
    if found.value is False:
        return None
    image = found.value if isinstance(found.value, dict) else {}
    image = {str(key): value for key, value in image.items() if isinstance(value, str)}
    if not has_source(image):
        raise found.reject("the path or URL of an image, or a mapping with 'src'")
    return image


def to_releases(found: InvalidValue) -> Any:
    """Read one or several versions with the digits that are written; YAML reads ``2.10`` as 2.1.

    :param found: the value.
    """
    if isinstance(found.value, list):
        items = [found.inside(index, item) for index, item in enumerate(found.value)]
        return [release for item in items if (release := _release(item)) is not None]
    if isinstance(found.value, str) and "," in found.value:
        return [release for text in split_text(found.value) if (release := _release(replace(found, value=text)))]
    if (release := _release(found)) is None:
        raise UnusableError
    return release


def to_targets(found: InvalidValue) -> Any:
    """Read one or several targets of links, without those that lead nowhere.

    :param found: the value.
    """
    if isinstance(found.value, list):
        items = [(found.inside(index, item), item) for index, item in enumerate(found.value)]
        targets = [item for _inside, item in items if isinstance(item, str) and is_target(item)]
        for inside, item in items:
            if item not in targets:
                inside.ignore(TARGET)
        return targets
    if found.value == "" and found.silent:
        return None
    raise found.reject(f"{TARGET}, or a list of these")


TARGET = "a path or URL"
RELEASE = "a version such as 2.4 or 1.0.0-rc.1, a mapping with 'version' and 'project', or a list of these"


def _release(found: InvalidValue) -> str | dict[str, str] | None:
    """Return a release, None for a value that names no version."""
    if isinstance(found.value, dict):
        values = {str(key): found.inside(str(key), value) for key, value in found.value.items()}
        texts_ = {key: _scalar(value) for key, value in values.items()}
        if is_version(texts_.get("version")):
            for key, text in texts_.items():
                if text is None:
                    values[key].ignore("text")
            return {key: text for key, text in texts_.items() if text is not None}
        found.ignore(RELEASE)
        return None
    if is_version(text := _scalar(found)):
        return text
    found.ignore(RELEASE)
    return None


def _scalar(found: InvalidValue) -> str | None:
    """Return a scalar as it is written, None for anything else."""
    if isinstance(found.value, str):
        return found.value.strip()
    is_scalar = isinstance(found.value, (int, float, date)) and not isinstance(found.value, bool)
    return found.raw.strip() if is_scalar else None


def to_event(found: InvalidValue) -> Any:
    """Leave what describes no event.

    :param found: the value.
    """
    if found.value is not None and not isinstance(found.value, list):
        # A number or date of the writer's own, like a text.
        return str(found.raw)
    raise found.reject("a mapping with 'start', 'end' and 'place'")


def to_references(found: InvalidValue) -> Any:
    """Read a single work as a list.

    :param found: the value.
    """
    value = found.value
    if isinstance(value, str) and value.strip():
        return found.read_as([value], "a list")
    if isinstance(value, list):
        return _texts_and_mappings(found, "a DOI, a URL, a key of the bibliography file, or a mapping")
    if isinstance(value, dict):
        names = {"doi", "DOI", "url", "URL", "key", "text", "title"}
        # In MyST, a mapping of names to other sites.
        return [value] if names & value.keys() else None
    raise found.reject("a list of DOIs, URLs, keys of the bibliography file, and mappings")


def _texts_and_mappings(found: InvalidValue, expected: str) -> list[Any]:
    """Return the items of a list, those that are neither text nor a mapping replaced so that the others keep their lines."""
    items: list[Any] = []
    for index, item in enumerate(found.value):
        inside = found.inside(index, item)
        if isinstance(item, (str, dict)):
            items.append(item)
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            items.append(inside.raw)
        else:
            inside.ignore(expected)
            items.append({})
    return items


def to_funding(found: InvalidValue) -> Any:
    """Read a single source of funding as a list.

    :param found: the value.
    """
    value = found.value
    if isinstance(value, dict) or (isinstance(value, str) and value.strip()):
        return [value]
    if isinstance(value, list):
        return _texts_and_mappings(found, "a mapping with 'funder', 'ror' and 'award'")
    raise found.reject("a list of mappings with 'funder', 'ror' and 'award'")


def to_search(found: InvalidValue) -> Any:
    """Read ``search: false`` as the short form of excluding the post.

    :param found: the value.
    """
    expected = "a mapping such as {exclude: true}"
    if isinstance(found.value, bool):
        return found.read_as({"exclude": not found.value}, expected)
    if not isinstance(found.value, dict):
        raise found.reject(expected)
    return {
        str(key): to_flag(found.inside("exclude", value)) if key == "exclude" and type(value) is not bool else value
        for key, value in found.value.items()
    }


def to_comments(found: InvalidValue) -> Any:
    """Read anything that is there, such as the settings of a comment system, as yes.

    :param found: the value.
    """
    return str(found.value).strip().casefold() not in FALSE


def to_web_url(found: InvalidValue) -> Any:
    """Reject a value that is not the URL of a web page.

    :param found: the value.
    """
    if found.value == "":
        return None
    raise found.reject("a URL that starts with https:// or http://")


def to_doi(found: InvalidValue) -> Any:
    """Read a DOI written as a URL.

    :param found: the value.
    """
    if found.value == "":
        return None
    if isinstance(found.value, str) and (bare := bare_doi(found.value)):
        return found.read_as(bare, "a DOI such as 10.1234/abcd")
    raise found.reject("a DOI such as 10.1234/abcd")


def to_license(found: InvalidValue) -> Any:
    """Read the license of the text from a mapping of licenses, as MyST has it; anything else is a name.

    :param found: the value.
    """
    if isinstance(found.value, str):
        # Another name is right as well, so that only what looks like an id is questioned.
        expected = "an SPDX id such as CC-BY-4.0, a URL, or the name of a license"
        raise found.reject(expected, f"Did you mean {misspelled_id(found.value.strip())!r}?")
    content = found.value.get("content") if isinstance(found.value, dict) else found.value
    if isinstance(content, dict):
        content = content.get("id") or content.get("url")
    return str(content) if content else None


def to_redirects(found: InvalidValue) -> Any:
    """Read old URLs as a list, without those outside the site.

    :param found: the value.
    """
    kept = []
    for index, item in enumerate(to_texts(found)):
        if is_old_url(item):
            kept.append(item)
        else:
            found.inside(index, item).ignore("a path below the root of the site")
    return kept


def _links(found: InvalidValue, depth: int) -> Iterator[Any]:
    """Yield the links that lead somewhere, in the shape that the schema has for them."""
    value = found.value
    if isinstance(value, str) and is_target(value):
        yield value
    elif isinstance(value, list) and depth < LINKS_DEPTH:
        for index, item in enumerate(value):
            yield from _links(found.inside(index, item), depth + 1)
    elif isinstance(value, dict) and depth < LINKS_DEPTH:
        for title, target in value.items():
            inside = found.inside(str(title), target)
            if isinstance(target, str) and is_target(target):
                yield {str(title): target}
            elif isinstance(target, (list, dict)):
                yield {str(title): list(_links(inside, depth + 1))}
            else:
                inside.ignore("a path or URL")
    else:
        found.ignore(LINKS)
