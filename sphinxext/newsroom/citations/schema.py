"""The keys below ``references`` and ``funding`` in front matter: models that validate and document them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from sphinxext.newsroom.validation.coerce import coerced
from sphinxext.newsroom.validation.values import to_text, to_texts


def to_names(found: Any) -> Any:
    """Reject what is not a list of names.

    :param found: the value.
    """
    raise found.reject("a name, a list of names, or a list of mappings with 'family' and 'given'")


def to_issued(found: Any) -> Any:
    """Reject what is not a date.

    :param found: the value.
    """
    raise found.reject("a year, or a date such as 2024-01-31")


def to_funder(found: Any) -> Any:
    """Reject what is not an organization.

    :param found: the value.
    """
    raise found.reject("the name of an organization, or a mapping with 'name' and 'ror'")


def to_award(found: Any) -> Any:
    """Read the number of a grant.

    :param found: the value.
    """
    if isinstance(found.value, (int, float, date)) and not isinstance(found.value, bool):
        return found.raw
    raise found.reject("the number of a grant, or a mapping with 'number', 'title' and 'url'")


Name = str | dict[str, Any]


class ReferenceKeys(BaseModel):
    """What a post says about a work that it cites. All other variables of CSL-JSON are accepted, too."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    doi: Annotated[str | None, coerced(to_text)] = Field(default=None, validation_alias=AliasChoices("doi", "DOI"))
    """DOI of the work."""
    url: Annotated[str | None, coerced(to_text)] = Field(default=None, validation_alias=AliasChoices("url", "URL"))
    """URL of the work."""
    key: Annotated[str | None, coerced(to_text)] = None
    """Its key in the bibliography file ({confval}`newsroom_bibliography`)."""
    text: Annotated[str | None, coerced(to_text)] = None
    """The whole reference as you want it to be shown."""
    cito: Annotated[list[str] | None, coerced(to_texts, silent=True)] = None
    """Why the work is cited, in terms of the [Citation Typing Ontology](https://purl.org/spar/cito), such as
    `usesMethodIn`."""
    type: Annotated[str | None, coerced(to_text)] = None
    """Type of the work in CSL, such as `article-journal`, `book`, `dataset`, `software` or `webpage`."""
    title: Annotated[str | None, coerced(to_text)] = None
    """Title of the work."""
    author: Annotated[Name | list[Name] | None, coerced(to_names)] = None
    """Its authors: mappings with `family` and `given`, or names."""
    issued: Annotated[int | str | date | dict[str, Any] | None, coerced(to_issued)] = Field(
        default=None, validation_alias=AliasChoices("issued", "year", "date")
    )
    """When it was published: a year, a date, or `date-parts` of CSL."""


class AwardKeys(BaseModel):
    """A grant."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    number: Annotated[str | None, coerced(to_text, silent=True)] = Field(
        default=None, validation_alias=AliasChoices("number", "id")
    )
    title: Annotated[str | None, coerced(to_text)] = None
    url: Annotated[str | None, coerced(to_text)] = Field(default=None, validation_alias=AliasChoices("url", "uri"))


class FunderKeys(BaseModel):
    """An organization that funds."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    name: Annotated[str | None, coerced(to_text)] = None
    ror: Annotated[str | None, coerced(to_text)] = None
    crossref: Annotated[str | None, coerced(to_text, silent=True)] = None
    id: Annotated[str | None, coerced(to_text, silent=True)] = None


class FundingKeys(BaseModel):
    """What a post says about one source of funding."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    funder: Annotated[str | dict[str, Any] | None, coerced(to_funder)] = Field(
        default=None, validation_alias=AliasChoices("funder", "name")
    )
    """Name of the organization, or a mapping with `name` and `ror`."""
    ror: Annotated[str | None, coerced(to_text)] = None
    """ROR id of the organization, such as `https://ror.org/00k4n6c32`."""
    crossref: Annotated[str | None, coerced(to_text, silent=True)] = None
    """Its Crossref funder id, such as `10.13039/501100000780`."""
    award: Annotated[str | dict[str, Any] | None, coerced(to_award)] = None
    """Number of the grant, or a mapping with `number`, `title` and `url`."""
    title: Annotated[str | None, coerced(to_text)] = None
    """Title of the grant."""
    url: Annotated[str | None, coerced(to_text)] = Field(default=None, validation_alias=AliasChoices("url", "uri"))
    """Page or DOI of the grant."""
