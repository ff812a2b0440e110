"""The records of what makes a post citable: references, funding, institutions. They hold plain data and never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

CITATION_KEYS = ("references", "funding", "version")
"""Keys of front matter that are read here, and that templates of a site may have used before."""
REFERENCES_TITLES = (
    "references", "bibliography", "literature", "literature cited", "works cited", "referenzen", "literatur",
)  # fmt: skip
"""Headings of lists of references, in lower case, as archives of blogs know them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Institution:
    """Where an author works."""

    name: str
    ror: str = ""
    """ROR id as a URL."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A work that a post cites: at least one of the fields is set."""

    key: str = ""
    """Key in the bibliography file."""
    doi: str = ""
    """Bare DOI."""
    url: str = ""
    text: str = ""
    """The reference as the writer formatted it."""
    item: Mapping[str, Any] = field(default_factory=dict)
    """The work as CSL-JSON."""
    cito: tuple[str, ...] = ()
    """Why it is cited, in terms of the Citation Typing Ontology such as ``cites``."""

    @property
    def link(self) -> str:
        """URL of the work, empty if none is known."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Funding:
    """Who paid for the work that a post describes."""

    funder: str
    ror: str = ""
    """ROR id as a URL."""
    crossref: str = ""
    """Crossref funder id as a URL, ``https://doi.org/10.13039/…``."""
    award: str = ""
    """Number of the grant."""
    title: str = ""
    """Title of the grant."""
    url: str = ""
    """Page of the grant."""

    @property
    def funder_id(self) -> str:
        """URL that identifies the funder, empty if none is known."""
        return self.ror or self.crossref
