"""Immutable records that the other modules exchange."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinxext.newsroom.citation_models import Funding, Institution, Reference
    from sphinxext.newsroom.event_models import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """Somebody who writes, as the authors file tells."""

    id: str
    """The key in the authors file, or the name itself for an author who is not in it."""
    name: str
    description: str = ""
    """Role or a short text about the author."""
    avatar: str = ""
    """URL of a picture, or its path below the source folder; empty: initials are shown."""
    slug: str = ""
    """Last part of the URL of the author's page; empty: the id."""
    url: str = ""
    """Home page of the author; empty: the author's page on this site."""
    email: str = ""
    orcid: str = ""
    """ORCID iD as a URL, ``https://orcid.org/0000-…``."""
    affiliation: str = ""
    """Names of institutions, separated by semicolons."""
    institutions: tuple[Institution, ...] = ()
    """The same institutions with their ROR ids, if any has one."""
    given: str = ""
    """Given names, as references have them."""
    family: str = ""
    """Family name, as references have it."""
    is_organization: bool = False
    """Whether the authors file says that this is a group and not a person."""
    roles: tuple[str, ...] = ()
    """CRediT roles in all posts that say nothing else."""
    bio: str = ""
    """A few sentences about the author, in Markdown."""
    links: tuple[tuple[str, str], ...] = ()
    """Pairs of label and URL, from ``socials``."""
    listed: bool = True
    """False when the authors file says ``page: false``: no page of the author is made."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Additional keys of the authors file, unchanged."""


# Without slots: Python reads frozen ones back field by field, and those of every post are read in every build.
@dataclass(frozen=True, kw_only=True)
class Dates:
    """The dates of a post; all of them aware."""

    created: datetime
    updated: datetime | None = None
    others: Mapping[str, datetime] = field(default_factory=dict)
    """Dates under names of the writer's own (``date: {created: …, reviewed: …}``)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A related link of a post, or a heading over several."""

    title: str = ""
    target: str = ""
    """Path below the source folder (with or without ``#anchor``) or URL; empty for a heading."""
    children: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A version that a post announces."""

    version: str
    """As it is written."""
    project: str = ""
    """Empty: the project of the documentation."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further keys and values, for links."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """The cover image of a post."""

    src: str
    """URL, or path relative to the post (``/x`` from the source folder)."""
    alt: str | None = None
    """Alternative text; empty for a decorative image, None if not given."""
    dark: str = ""
    """The same for dark pages."""


@dataclass(frozen=True, kw_only=True)  # as above
class FrontMatter:
    """The front matter of a post, validated and normalized."""

    dates: Dates | None = None
    """None when there is no usable date."""
    authors: tuple[str | Author, ...] = ()
    """Ids of the authors file, or whole authors written into the post."""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    draft: bool | None = None
    """None when the post does not say."""
    pin: bool = False
    announce_until: datetime | None = None
    """When the post leaves the announcement banner."""
    links: tuple[Link, ...] = ()
    readtime: int | None = None
    """Minutes, where the writer gave them."""
    slug: str = ""
    title: str = ""
    description: str = ""
    image: Image | None = None
    hide: tuple[str, ...] = ()
    template: str = ""
    icon: str = ""
    search_exclude: bool = False
    redirects: tuple[str, ...] = ()
    """Old URLs of the post, relative to the root of the site."""
    external_link: str = ""
    canonical_link: str = ""
    id: str = ""
    """A URI that stays the post's own, wherever the site moves."""
    doi: str = ""
    """The DOI of the post, such as ``10.1234/abcd``."""
    license: str = ""
    """The license as written, such as ``CC-BY-4.0``."""
    version: str = ""
    references: tuple[Reference, ...] = ()
    """The works that the post cites."""
    funding: tuple[Funding, ...] = ()
    author_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """CRediT roles in this post by the id of the author, where they are not those of the authors file."""
    evergreen: bool = False
    """Whether the post never gets old."""
    superseded_by: tuple[Link, ...] = ()
    """What to read instead."""
    releases: tuple[Release, ...] = ()
    """The versions that the post announces."""
    event: Event | None = None
    """The event or course that the post announces."""
    comments: bool = True
    excerpt_paragraphs: int | None = None
    """ABlog's ``excerpt``: how many paragraphs make the excerpt."""
    excerpt_image: int | None = None
    """ABlog's ``image`` as a number: which image is added to the excerpt, counted from 1."""
    blogpost: bool | None = None
    """Whether the file declares itself a post; None if it does not say."""
    """ABlog's key for a page that is a post and keeps its URL."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Additional keys, unchanged."""


PUBLISHED, DRAFT, SCHEDULED = "published", "draft", "scheduled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One dated entry of the blog."""

    docname: str
    """The document that shows it: its permalink, or the page that it was declared in."""
    path: str
    """The file it is written in, relative to the source folder with ``/``."""
    anchor: str = ""
    """The id of the section, for a post that is only a part of its page."""
    title: str
    """Its title as plain text, as far as it is known before anything is rendered."""
    created: datetime
    updated: datetime | None = None
    state: str = PUBLISHED
    """``published``, ``draft`` or ``scheduled``; the other two only exist in builds that show them."""
    authors: tuple[Author, ...] = ()
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    insert_heading: bool = False
    """Whether the text has no heading, so that the title becomes its heading."""

    @property
    def key(self) -> str:
        """The docname, with the anchor if it has one."""
        return f"{self.docname}#{self.anchor}" if self.anchor else self.docname
