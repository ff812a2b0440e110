"""Versions of releases: PEP 440 as far as possible, else Semantic Versioning, else text with numbers in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_LENGTH = 64
"""The longest text that is taken for a version; both schemes are far below."""
_VERSION = re.compile(r"[\w.+!~-]*\d[\w.+!~-]*", re.ASCII)
_SEMVER = re.compile(
    r"v?(?P<base>\d+\.\d+\.\d+)(?:-(?P<pre>[0-9a-z-]+(?:\.[0-9a-z-]+)*))?(?:\+[0-9a-z.-]+)?", re.IGNORECASE | re.ASCII
)
_PARTS = re.compile(r"\d+|\D+", re.ASCII)


def is_version(text: object) -> bool:
    """Return whether a value is text that can name a version: without spaces, with at least one digit.

    :param text: any value.
    """
    return isinstance(text, str) and len(text) <= MAX_LENGTH and _VERSION.fullmatch(text) is not None


def version_key(text: str) -> str:
    """Return what is the same for all spellings of a version, such as ``2.4``, ``2.4.0`` and ``v2.4``.

    :param text: the version.
    """
    text = text.strip()
    if (version := _pep440(text)) is None:
        return text.casefold().removeprefix("v")
    # Packaging compares without trailing zeros, but shows them.
    base = ".".join(map(str, _without_zeros(version.release)))
    return f"{version.epoch}!{base}{str(version).removeprefix(version.base_version)}"


def is_prerelease(text: str) -> bool:
    """Return whether a version comes before a release: alpha, beta, candidate, development.

    :param text: the version.
    """
    if (version := _pep440(text)) is not None:
        return version.is_prerelease
    found = _SEMVER.fullmatch(text)
    return found is not None and found["pre"] is not None


def sort_versions(texts: Iterable[str]) -> list[str]:
    """Return versions, the newest first; those of no known scheme come last.

    :param texts: the versions.
    """
    versions = list(texts)
    key: Callable[[str], Any] = _mixed_key
    if any(_pep440(text) is None for text in versions) and all(_SEMVER.fullmatch(text) for text in versions):
        # The two schemes disagree about prereleases such as "-alpha.beta", so that one of them has to decide all.
        key = _semver_key
    return sorted(versions, key=key, reverse=True)


@lru_cache(maxsize=4096)
def _pep440(text: str) -> Version | None:
    if len(text) > MAX_LENGTH:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _without_zeros(numbers: tuple[int, ...]) -> tuple[int, ...]:
    while len(numbers) > 1 and not numbers[-1]:
        numbers = numbers[:-1]
    return numbers


def _mixed_key(text: str) -> tuple[Any, ...]:
    if (version := _pep440(text)) is not None:
        return 1, Version(version.base_version), 1, version, ()
    return _semver_key(text) if _SEMVER.fullmatch(text) else (0, _natural_key(text))


def _semver_key(text: str) -> tuple[Any, ...]:
    found = _SEMVER.fullmatch(text)
    if found is None:
        return 0, _natural_key(text)
    base, identifiers = Version(found["base"]), (found["pre"] or "").split(".")
    key = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in identifiers)
    return 1, base, 0 if found["pre"] else 1, base, key if found["pre"] else ()


def _natural_key(text: str) -> tuple[Any, ...]:
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part.casefold()) for part in _PARTS.findall(text))
