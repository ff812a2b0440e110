"""The keys of a post's front matter: one model that validates posts and generates the reference and JSON Schema."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

from sphinxext.newsroom.front_matter.values import (
    has_created,
    has_flag,
    has_source,
    has_version,
    is_license,
    is_old_url,
    is_target,
    to_authors,
    to_comments,
    to_date,
    to_doi,
    to_draft,
    to_event,
    to_funding,
    to_image,
    to_license,
    to_links,
    to_redirects,
    to_references,
    to_releases,
    to_search,
    to_series,
    to_tags,
    to_targets,
    to_web_url,
)
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.dates import is_in_range
from sphinxext.newsroom.utils.identifiers import is_doi
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.utils.versions import is_version
from sphinxext.newsroom.validation.coerce import coerced
from sphinxext.newsroom.validation.values import to_flag, to_moment, to_number, to_text, to_texts

if TYPE_CHECKING:
    from collections.abc import Callable


def _must(condition: Callable[[Any], bool]) -> AfterValidator:
    """Return a check that a value meets a condition; the reader reports what is expected."""

    def validate(value: Any) -> Any:
        if not condition(value):
            message = "this cannot be used"
            raise ValueError(message)
        return value

    return AfterValidator(validate)


def _aliases(*names: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(*names))


Moment = Annotated[datetime | date, _must(is_in_range)]
Dates = Annotated[
    dict[str, Moment], _must(has_created), Field(json_schema_extra={"required": ["created"], "minProperties": 1})
]
Target = Annotated[str, _must(is_target)]
Links = TypeAliasType("Links", "list[Target | Links] | dict[str, Target | Links]")
ImageMapping = Annotated[dict[str, str], _must(has_source)]
Search = Annotated[
    dict[str, Any], _must(has_flag), Field(json_schema_extra={"properties": {"exclude": {"type": "boolean"}}})
]
OldUrl = Annotated[str, _must(is_old_url)]
WebUrl = Annotated[str, _must(is_web_url), Field(json_schema_extra={"format": "uri"})]
Doi = Annotated[str, _must(is_doi), Field(json_schema_extra={"pattern": "^10[.]"})]
LicenseName = Annotated[str, _must(is_license)]
Name = Annotated[str, Field(pattern=r"\S")]
Authors = list[Name | dict[str, Any]]
NameOrNames = Name | list[Name]
# A number is read by the reader, which knows the digits as they are written: 2.10 is not 2.1.
Version = Annotated[str | int | float, _must(is_version)]
ReleaseMapping = Annotated[
    dict[str, str | int | float],
    _must(has_version),
    Field(
        json_schema_extra={
            "required": ["version"],
            "properties": {"version": {"type": ["string", "number"]}, "project": {"type": "string"}},
        }
    ),
]


class PostKeys(BaseModel):
    """Every key that the front matter of a post can have, in every spelling. Additional keys are stored unchanged."""

    # Strict: YAML has types, so "true" in quotes is text; the readers interpret it.
    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    # -- The keys of a post in Material for MkDocs
    date: Annotated[Moment | Dates, coerced(to_date, subtype=Subtype.DATE)] = {}
    """When the post is published: a date, a date with a time (with or without a time zone), or a mapping of dates:
    `created`, `updated`, and any other names. Required."""
    authors: Annotated[Authors, coerced(to_authors)] = []
    """List of author ids from the authors file. An item can also be a mapping with the keys of that file, for an author
    who is not in it, or with only `id`."""
    categories: Annotated[list[Name], coerced(to_texts)] = []
    """List of categories. Each has a page that lists its posts."""
    tags: Annotated[list[Name | int | float | bool] | None, coerced(to_tags)] = None
    """List of tags. Each has a page that lists its posts."""
    series: Annotated[NameOrNames | None, coerced(to_series)] = None
    """Name of the series that the post belongs to, or a list of names. Each series has a page that lists its parts, oldest
    first, and every part shows its number."""
    draft: Annotated[bool | None, coerced(to_draft)] = None
    """Whether the post is left out of the site. `false` publishes a post with a future date at once, regardless of
    `newsroom_draft_if_future_date`."""
    pin: Annotated[bool | None, coerced(to_flag)] = None
    """Whether the post comes first in lists."""
    links: Annotated[Links | None, coerced(to_links)] = None
    """Related links: a list of paths below the source folder (`guide/index.md`, `guide/index.md#install`) or URLs,
    of `title: path` pairs, and of titles with nested lists."""
    readtime: Annotated[Annotated[int, Field(ge=0)] | bool | None, coerced(to_number)] = None
    """Reading time in minutes, instead of the estimate."""
    slug: Annotated[str | None, coerced(to_text)] = None
    """Last part of the URL, instead of the one made from the title."""

    # -- The keys of any page in Material for MkDocs
    title: Annotated[str, coerced(to_text)] = ""
    """Title of the post, instead of its first heading. If the post has no heading, it becomes the heading."""
    description: Annotated[str | None, coerced(to_text, silent=True)] = None
    """One or two sentences about the post, for search engines, feeds and previews."""
    hide: Annotated[list[Name], coerced(to_texts)] = []
    """Parts of the page to hide: `toc`, `navigation`, `tags`, `footer`, `feedback`, `path`; in a post also `related`, the
    related posts that are found automatically, and `citation`, how to cite the post."""
    template: Annotated[str | None, coerced(to_text)] = None
    """Template of the page, instead of the one for posts."""
    icon: Annotated[str | None, coerced(to_text)] = None
    """Icon shown next to links from other posts."""
    search: Annotated[Search | None, coerced(to_search)] = None
    """`{exclude: true}` excludes the post from search."""
    comments: Annotated[bool | None, coerced(to_comments, silent=True)] = None
    """Whether readers can comment, if the site has comments."""

    # -- The keys of ABlog, and their names in other programs
    author: Annotated[str | Authors | None, coerced(to_authors, silent=True)] = None
    """Authors as comma-separated text or a list, if `authors` is not set."""
    category: Annotated[NameOrNames | None, coerced(to_texts, silent=True)] = None
    """Categories as comma-separated text or a list, if `categories` is not set."""
    location: Annotated[NameOrNames | None, coerced(to_texts, silent=True)] = None
    """Locations, as comma-separated text or a list. Each has a page that lists its posts."""
    language: Annotated[NameOrNames | None, coerced(to_texts, silent=True)] = None
    """Languages, as comma-separated text or a list. Each has a page that lists its posts."""
    redirects: Annotated[list[OldUrl] | None, coerced(to_redirects, silent=True)] = Field(
        default=None, validation_alias=AliasChoices("redirect", "redirects", "aliases", "url_alias")
    )
    """Old URLs of the post, relative to the root of the site, as comma-separated text or a list. Each redirects to the
    post."""
    external_link: Annotated[WebUrl | None, coerced(to_web_url)] = None
    """URL of the full text on another site: the title of the post links to it."""
    canonical_link: Annotated[WebUrl | None, coerced(to_web_url)] = Field(
        default=None, validation_alias=AliasChoices("canonical_link", "canonical", "canonical_url")
    )
    """URL of the original publication, for search engines."""
    id: Annotated[str | int | None, coerced(to_text, silent=True)] = None
    """Identifies the post in feeds instead of its URL, so that feed readers do not show old posts as new ones after the site
    has moved: a UUID, or a URI such as `urn:uuid:…`. Any other value is custom data."""
    doi: Annotated[Doi | None, coerced(to_doi, silent=True)] = None
    """DOI of the post, such as `10.1234/abcd`. It can be added at any time: feeds know the post by its {key}`id` or URL. Only a
    DOI that was there before the post was published can be its `id`, as `https://doi.org/10.1234/abcd`."""
    license: Annotated[LicenseName | None, coerced(to_license, silent=True)] = None
    """License of the post, if it differs from `newsroom_license`: an id of the [SPDX list](https://spdx.org/licenses/) such as
    `CC-BY-4.0`, or a URL."""
    version: Annotated[str | None, coerced(to_text, silent=True)] = None
    """Version of the post, for citations."""
    references: Annotated[list[str | dict[Any, Any]] | None, coerced(to_references, silent=True)] = None
    """Works that the post cites: a list of DOIs, URLs, keys of the bibliography file ({confval}`newsroom_bibliography`), and
    mappings with the keys listed below."""
    funding: Annotated[list[str | dict[Any, Any]] | None, coerced(to_funding, silent=True)] = None
    """Who funded the work that the post describes: a list of mappings with the keys listed below."""
    image: Annotated[str | int | ImageMapping | None, coerced(to_image)] = Field(
        default=None, validation_alias=AliasChoices("image", "cover", "thumbnail")
    )
    """Cover image: its path or URL, or a mapping with `src`, `alt` and, for dark pages, `dark`. An empty `alt` means that
    the image is decorative. A number has ABlog's meaning: the image of the post that is added to its excerpt."""
    image_alt: Annotated[str | None, coerced(to_text, silent=True)] = Field(
        default=None, validation_alias=AliasChoices("image_alt", "image-alt")
    )
    """Alternative text of the cover image."""
    updated: Annotated[Moment | None, coerced(to_moment, subtype=Subtype.DATE, silent=True)] = Field(
        default=None, validation_alias=AliasChoices("updated", "lastmod", "last_modified", "date_update")
    )
    """When the post was last updated, if `date` does not contain it."""
    excerpt: Annotated[int | str | None, coerced(to_text, silent=True)] = None
    """Number of paragraphs in the excerpt, if the post has no `<!-- more -->`."""
    announce_until: Annotated[Moment | None, coerced(to_moment, subtype=Subtype.DATE)] = None
    """The last day, or the time, until which the announcement banner on every page shows the post, if
    `newsroom_announce` is set."""
    release: Annotated[
        Version | ReleaseMapping | list[Version | ReleaseMapping] | None,
        coerced(to_releases, subtype=Subtype.RELEASE),
    ] = None
    """The version that the post announces, such as `2.4`: its page lists what has changed in it. Or a list of versions, or a
    mapping with `version`, `project`, and values for `newsroom_release_links` such as `doi`."""
    evergreen: Annotated[bool | None, coerced(to_flag)] = None
    """Whether the post stays valid, however old it is: it has no notice (see `newsroom_old_after`)."""
    superseded_by: Annotated[Target | list[Target] | None, coerced(to_targets)] = None
    """What to read instead of the post: the path of a post or page below the source folder, or a URL; or a list of these. A
    notice above the post leads there."""
    event: Annotated[dict[Any, Any] | str | None, coerced(to_event)] = None
    """The event that the post announces: a mapping with `start`, `end`, `place` and the other keys listed below."""
    course: Annotated[dict[Any, Any] | str | None, coerced(to_event)] = None
    """The course that the post announces, in place of `event`."""
    nocomments: Annotated[bool | None, coerced(to_flag, silent=True)] = None
    """Whether comments are disabled."""
    blogpost: Annotated[bool | None, coerced(to_flag, silent=True)] = None
    """Whether a page outside the folder of posts is a post. It keeps its URL."""


PostKeys.model_rebuild()
