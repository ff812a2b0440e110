"""Contributor roles: the 14 of CRediT (ANSI/NISO Z39.104-2022)."""

from __future__ import annotations

import re

ROLES = (
    "Conceptualization",
    "Data curation",
    "Formal analysis",
    "Funding acquisition",
    "Investigation",
    "Methodology",
    "Project administration",
    "Resources",
    "Software",
    "Supervision",
    "Validation",
    "Visualization",
    "Writing – original draft",
    "Writing – review & editing",
)
BASE = "https://credit.niso.org/contributor-roles"
_NOT_LETTERS = re.compile(r"[^a-z]+")


def _key(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text.casefold().replace("&", " ").replace(" and ", " ")).strip()


_BY_KEY = {_key(role): role for role in ROLES} | {
    "conceptualisation": "Conceptualization",
    "visualisation": "Visualization",
}


def find_role(text: str) -> str:
    """Return a role as CRediT spells it, empty for any other text.

    :param text: such as ``software`` or ``writing - review and editing``.
    """
    return _BY_KEY.get(_key(text), "")


def role_url(role: str) -> str:
    """Return the URL that identifies a role.

    :param role: one of :data:`ROLES`.
    """
    return f"{BASE}/{_key(role).replace(' ', '-')}/"
