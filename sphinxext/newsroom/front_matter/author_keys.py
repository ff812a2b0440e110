"""The keys of an author, in the authors file or in a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from sphinxext.newsroom.citation_models import Institution
from sphinxext.newsroom.models import Author
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.utils.identifiers import IdentifierError, orcid_url, ror_url
from sphinxext.newsroom.utils.social_sites import social_link
from sphinxext.newsroom.utils.urls import is_safe
from sphinxext.newsroom.validation.coerce import check, coerced, report_misspelled_keys
from sphinxext.newsroom.validation.values import to_text, to_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinxext.newsroom.validation.coerce import InvalidValue, ValidationContext


def to_name(found: InvalidValue) -> Any:
    """Read a number as text; reject anything else.

    :param found: the value.
    """
    if found.value is None or isinstance(found.value, (list, dict)):
        raise found.reject("the name of the author", "The id is shown instead.")
    return to_text(found)


def to_affiliation(found: InvalidValue) -> Any:
    """Reject a value that is not an institution.

    :param found: the value.
    """
    raise found.reject("the name of an institution, or a list of names")


def to_kind(found: InvalidValue) -> Any:
    """Read another word for a person or a group.

    :param found: the value.
    """
    word = str(found.value).strip().casefold()
    kind = {"group": ORGANIZATION, "team": ORGANIZATION, "organisation": ORGANIZATION}.get(word, word)
    if kind in (PERSON, ORGANIZATION):
        return kind
    raise found.reject(f"'{PERSON}' or '{ORGANIZATION}'", suggestion(word, (PERSON, ORGANIZATION)))


def to_socials(found: InvalidValue) -> Any:
    """Leave out values that are neither a name nor the URL of a page.

    :param found: the value.
    """
    if not isinstance(found.value, dict):
        raise found.reject("a mapping such as {github: name}")
    socials = {}
    for key, value in found.value.items():
        inside = found.inside(str(key), value)
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            socials[str(key)] = inside.raw
        else:
            inside.ignore("a name, or the URL of a page")
    return socials


def to_page(found: InvalidValue) -> Any:
    """Reject a value that is neither a boolean nor a permalink.

    :param found: the value.
    """
    raise found.reject("true, false, or a mapping with 'permalink'")


PERSON, ORGANIZATION = "person", "organization"


class AuthorKeys(BaseModel):
    """Every key that an author can have in the authors file. Additional keys are stored unchanged."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    name: Annotated[str, coerced(to_name)] = ""
    """Name of the author. The only required key."""
    given: Annotated[str | None, coerced(to_text)] = None
    """Given names, for references."""
    family: Annotated[str | None, coerced(to_text)] = None
    """Family name, for references. Without it, the last word of the name and particles such as `van der` are taken for it."""
    type: Annotated[Literal["person", "organization"] | None, coerced(to_kind, silent=True)] = None
    """`organization` for a team or another group: references show its name as it is."""
    description: Annotated[str | None, coerced(to_text)] = None
    """Role, or a short text about the author."""
    title: Annotated[str | None, coerced(to_text)] = None
    """Role, if `description` is not set."""
    avatar: Annotated[str | None, coerced(to_text)] = Field(
        default=None, validation_alias=AliasChoices("avatar", "image_url", "image")
    )
    """Picture: a URL, or a path below the source folder. Without one, initials are shown."""
    slug: Annotated[str | None, coerced(to_text)] = None
    """Last part of the URL of the author's page, instead of the id."""
    url: Annotated[str | None, coerced(to_text)] = None
    """Home page of the author. Without one, the name links to the author's page on this site."""
    email: Annotated[str | None, coerced(to_text)] = None
    """Email."""
    orcid: Annotated[str | None, coerced(to_text, silent=True)] = None
    """ORCID iD, alone or as a URL."""
    affiliation: Annotated[str | list[str | dict[str, Any]] | dict[str, Any] | None, coerced(to_affiliation)] = Field(
        default=None, validation_alias=AliasChoices("affiliation", "affiliations")
    )
    """Institution: its name, or a mapping with `name` and `ror`, its [ROR](https://ror.org/) id; or a list of these."""
    roles: Annotated[list[str] | None, coerced(to_texts)] = None
    """Contributor roles of [CRediT](https://credit.niso.org/), such as `Software` or `Writing – original draft`. A post sets other
    ones as `authors: [{id: training, roles: [Software]}]`."""
    bio: Annotated[str | None, coerced(to_text)] = None
    """A few sentences about the author, in Markdown: paragraphs, lists, emphasis, code and links. Shown on the author's page
    and below the author's posts. Links to pages use their paths below the source folder."""
    socials: Annotated[dict[str, str] | None, coerced(to_socials)] = None
    """User names on other sites, or URLs, by the name of the site: `github`, `mastodon`, `orcid`, …"""
    page: Annotated[bool | dict[str, Any] | None, coerced(to_page)] = None
    """`false`: this author has no page. A mapping with `permalink` sets the URL of the page."""


def inline_author(
    mapping: Mapping[str, Any], *, keys: tuple[str | int, ...], context: ValidationContext
) -> str | Author:
    """Return an author given in a post: an id from the authors file, or a complete author.

    :param keys: the location in the front matter.
    :param context: takes the problems.
    """
    identifier = next((str(mapping[key]) for key in ("id", "key") if mapping.get(key)), "")
    if identifier and "name" not in mapping:
        if not mapping.keys() <= {"id", "key", "roles"}:
            context.report(f"author {identifier!r} is in the authors file; the further keys here are ignored.", keys)
        return identifier
    entry = {key: value for key, value in mapping.items() if key not in {"id", "key"}}
    return make_author(identifier, entry, context.inside(AuthorKeys, entry, keys))


def roles_in_post(
    mapping: Mapping[str, Any], *, keys: tuple[str | int, ...], context: ValidationContext
) -> tuple[str, ...]:
    """Return the CRediT roles that a post gives to an author of the authors file.

    :param mapping: the author as the post has it.
    :param keys: the location in the front matter.
    :param context: takes the problems.
    """
    if "name" in mapping or not mapping.get("roles"):
        return ()
    inside = context.inside(AuthorKeys, mapping, keys)
    values, _ = check(AuthorKeys, {"roles": mapping["roles"]}, inside)
    return tuple(_roles(values.get("roles") or (), inside))


def make_author(identifier: str, entry: Mapping[str, Any], context: ValidationContext) -> Author:
    """Return the author described by an entry."""
    values, extra = check(AuthorKeys, entry, context)
    report_misspelled_keys(extra, AuthorKeys, context)
    text = {key: value.strip() for key, value in values.items() if isinstance(value, str)}
    name = text.get("name") or identifier
    if not text.get("name") and "name" not in context.rejected:
        context.report(f"author {identifier!r} has no name; expected 'name'. The id is shown instead.", context.keys)
    if text.get("description") and text.get("title"):
        extra = {**extra, "title": text["title"]}
    page = values.get("page")
    permalink = page.get("permalink") if isinstance(page, dict) else None
    orcid, links = _links(values.get("socials") or {}, context)
    institutions = tuple(_institutions(values.get("affiliation"), context))
    return Author(
        id=identifier or name,
        name=name,
        description=text.get("description") or text.get("title", ""),
        avatar=_checked_url(text, "avatar", context),
        slug=text.get("slug") or (permalink.strip("/ ") if isinstance(permalink, str) else ""),
        url=_checked_url(text, "url", context),
        email=text.get("email", "").removeprefix("mailto:"),
        orcid=_orcid(text.get("orcid", ""), (*context.keys, "orcid"), context) or orcid,
        affiliation="; ".join(institution.name for institution in institutions),
        institutions=institutions if any(institution.ror for institution in institutions) else (),
        given=text.get("given", ""),
        family=text.get("family", ""),
        is_organization=values.get("type") == ORGANIZATION,
        roles=tuple(_roles(values.get("roles") or (), context)),
        bio=text.get("bio", ""),
        links=links,
        listed=page is not False,
        extra=extra,
    )


def _checked_url(text: Mapping[str, str], key: str, context: ValidationContext) -> str:
    """Return the path or URL in a field, if it is safe to link to."""
    url = text.get(key, "")
    is_picture = key == "avatar" and url.startswith("data:image/")
    if is_safe(url) or is_picture:
        return url
    context.found(key, url, subtype=None, silent=False).ignore("a path, or a URL that starts with https:// or http://")
    return ""


def _orcid(value: str, keys: tuple[str | int, ...], context: ValidationContext) -> str:
    """Return an ORCID iD as a URL, if its check digit is right."""
    if not value:
        return ""
    try:
        return orcid_url(value)
    except IdentifierError as error:
        context.report(f"{value!r} is not an ORCID iD: {error}. It is ignored.", keys)
        return ""


def _links(socials: Mapping[str, str], context: ValidationContext) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the ORCID iD among the accounts of an author, and links to the others."""
    orcid, links = "", []
    for key, value in socials.items():
        keys = (*context.keys, "socials", key)
        if key.casefold() == "orcid":
            orcid = _orcid(value, keys, context)
        elif link := social_link(key, value):
            links.append(link)
        else:
            context.report(f"'socials.{key}' is {value!r}; expected a name there, or a URL. It is ignored.", keys)
    return orcid, tuple(links)


def _institutions(affiliation: Any, context: ValidationContext) -> Iterator[Institution]:
    """Yield institutions, in any notation."""
    key = context.found("affiliation", None, subtype=None, silent=False).keys
    for index, item in enumerate(affiliation if isinstance(affiliation, list) else [affiliation]):
        is_mapping = isinstance(item, dict)
        name = item.get("name", item.get("institution")) if is_mapping else item
        if isinstance(name, str) and name.strip():
            keys = (*key, index) if isinstance(affiliation, list) else key
            yield Institution(name=name.strip(), ror=_ror(item, keys, context) if is_mapping else "")


def _ror(institution: Mapping[str, Any], keys: tuple[str | int, ...], context: ValidationContext) -> str:
    """Return the ROR id of an institution as a URL, if its check digits are right."""
    key = next((key for key in ("ror", "id") if institution.get(key)), "")
    value = str(institution.get(key) or "")
    if not value or (key == "id" and "ror.org" not in value):
        return ""
    try:
        return ror_url(value)
    except IdentifierError as error:
        context.report(f"{value!r} is not a ROR id: {error}. It is ignored.", (*keys, key))
        return ""


def _roles(roles: Iterable[str], context: ValidationContext) -> Iterator[str]:
    """Yield roles in the spelling of CRediT."""
    # Few authors have any.
    from sphinxext.newsroom.citations.credit import ROLES, find_role

    for index, role in enumerate(roles):
        if found := find_role(role):
            yield found
        else:
            message = f"{role!r} is not a role of CRediT.{suggestion(role, ROLES)} It is ignored."
            context.report(message, (*context.keys, "roles", index))
