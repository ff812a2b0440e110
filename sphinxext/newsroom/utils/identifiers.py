"""Identifiers of people, organizations and works. The last characters of the first two say whether the others are right."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)?((?:\d{4}-?){3}\d{3}[\dX])/?", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://(?:www\.)?ror\.org/|ror:\s*)?(0[0-9a-hj-km-np-tv-z]{6}\d{2})/?", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_DOI_PREFIX = re.compile(r"\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_FUNDER = re.compile(r"(?:10\.13039/)?(\d{9,15})")
_ISSN = re.compile(r"(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)
# Crockford's alphabet: no i, l, o and u.
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


class IdentifierError(ValueError):
    """A text that is no such identifier; the message says why."""


def orcid_url(text: str) -> str:
    """Return an ORCID iD as a URL.

    :param text: the iD, alone or as a URL.
    :raises IdentifierError: when it is none, or its check digit (ISO 7064 11-2) is wrong.
    """
    match = _ORCID.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("expected 16 digits such as 0000-0002-1825-0097")
    digits = match[1].replace("-", "").upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
        raise IdentifierError("its last digit does not fit the others")
    return "https://orcid.org/" + "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def ror_url(text: str) -> str:
    """Return a ROR id as a URL.

    :param text: the id, alone or as a URL.
    :raises IdentifierError: when it is none, or its last two digits (ISO 7064 97-10) are wrong.
    """
    match = _ROR.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("expected a URL such as https://ror.org/03z77qz90")
    identifier = match[1].lower()
    number = 0
    for character in identifier[:-2]:
        number = number * 32 + _BASE32.index(character)
    if 98 - number * 100 % 97 != int(identifier[-2:]):
        raise IdentifierError("its last two digits do not fit the others")
    return f"https://ror.org/{identifier}"


def is_doi(text: str) -> bool:
    """Return whether a text is a bare DOI.

    :param text: the raw text.
    """
    return _DOI.fullmatch(text) is not None


def bare_doi(text: str) -> str:
    """Return a DOI without prefix, empty for a text that is none.

    :param text: the DOI, alone, with ``doi:`` or as a URL.
    """
    found = _DOI_PREFIX.sub("", text).strip()
    return found if is_doi(found) else ""


def crossref_funder_url(text: str) -> str:
    """Return an id of the Open Funder Registry as a URL.

    :param text: the id, alone, as a DOI or as a URL.
    :raises IdentifierError: when it is none.
    """
    match = _FUNDER.fullmatch(_DOI_PREFIX.sub("", text).strip())
    if match is None:
        raise IdentifierError("expected a DOI such as 10.13039/501100000780")
    return f"https://doi.org/10.13039/{match[1]}"


def issn(text: str) -> str:
    """Return an ISSN with its dash.

    :param text: the ISSN.
    :raises IdentifierError: when it is none, or its check digit is wrong.
    """
    match = _ISSN.fullmatch(text.strip())
    if match is None:
        raise IdentifierError("expected eight digits such as 2049-3630")
    digits = (match[1] + match[2]).upper()
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits[:-1], strict=True))
    if "0123456789X"[-total % 11] != digits[-1]:
        raise IdentifierError("its last digit does not fit the others")
    return f"{match[1]}-{match[2].upper()}"


def permalink_urn(url: str) -> str:
    """Return the UUID (version 5) of a permalink, as a URN: the same on every machine and in every build.

    :param url: the permalink.
    """
    return uuid5(NAMESPACE_URL, url).urn
