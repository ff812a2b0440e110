"""Identifiers of people and organizations, whose last characters say whether the others are right."""

from __future__ import annotations

import re

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)?((?:\d{4}-?){3}\d{3}[\dX])/?", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://(?:www\.)?ror\.org/|ror:\s*)?(0[0-9a-hj-km-np-tv-z]{6}\d{2})/?", re.IGNORECASE)
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
