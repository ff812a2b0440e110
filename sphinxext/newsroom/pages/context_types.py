"""Types of the template contexts, the interface of custom templates.

mypy checks the builders of these contexts, a test checks that each template gets exactly these keys, and the reference page
*Templates* is generated from them. Pages are identified by pagename: ``pathto(post.page)`` is the URL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

# -- Small values ------------------------------------------------------------------------------------------------------


class Date(TypedDict):
    """A date."""

    iso: str
    """In ISO 8601 with offset, for programs."""
    text: str
    """Formatted for readers."""


class Image(TypedDict):
    """An image."""

    src: str
    """URL, or path from the root of the site."""
    dark: str
    """URL or path of the variant for dark pages, or empty."""
    alt: str
    """Alternative text."""
    width: int | None
    """In pixels, or nothing if unknown."""
    height: int | None
    """In pixels, or nothing if unknown."""


class PageLink(TypedDict):
    """A link to a page."""

    page: str
    """Pagename."""
    title: str
    """Title, plain text."""


class NavigationItem(PageLink):
    """An entry of the blog navigation: an overview."""

    kind: str
    """The taxonomy, such as `category`."""


class PostLink(PageLink):
    """A link to a post, or to another page of the same list."""

    anchor: str
    """The section, for one of several posts on a page; else empty."""


class RelatedPost(PostLink):
    """A link to a related post."""

    created: Date
    """When it was published."""


class RelatedLink(TypedDict):
    """A related link of a post: to a page, a URL or a file, or a title above nested links."""

    title: str
    """Title, plain text."""
    subtitle: str
    """Subtitle of the page, or the heading at the anchor."""
    page: str
    """Pagename, or empty."""
    anchor: str
    """Anchor in the page, or empty."""
    url: str
    """URL on another site, or empty."""
    file: str
    """Path of a file from the root of the site, or empty."""
    children: list[RelatedLink]
    """Nested links."""


class Term(TypedDict):
    """A term of a post, such as a category."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts."""
    identifier: str
    """From the option `newsroom_tags_identifiers`, for a CSS class; else empty."""


class MentionedObject(TypedDict):
    """A page or object that a post refers to."""

    title: str
    """Title or name, plain text."""
    page: str
    """Pagename, or empty for another project."""
    anchor: str
    """The section or object, or empty."""
    url: str
    """URL in another project, or empty."""
    is_object: bool
    """Whether it is an object."""


class OldNotice(TypedDict):
    """The notice on a post that is old, or that is superseded."""

    is_old: bool
    """Whether the post is older than the site allows without a notice."""
    published: Date
    """When it was published."""
    superseded_by: list[RelatedLink]
    """What to read instead."""


class TermGroup(TypedDict):
    """The terms of a post in a taxonomy that another extension has added."""

    taxonomy: str
    """The taxonomy, such as `funder`."""
    title: str
    """Its title."""
    terms: list[Term]
    """The terms."""


class SeriesPart(TypedDict):
    """The position of a post in a series."""

    name: str
    """Name of the series."""
    page: str
    """Pagename of the series."""
    number: int
    """Number of the part, from 1."""
    count: int
    """Number of parts in the series."""
    first: int
    """Number of the first part in `posts`."""
    posts: list[PostLink]
    """The parts to list, including this one."""


class License(TypedDict):
    """A license."""

    name: str
    """Name."""
    url: str
    """URL of its terms, or empty."""


class Feed(TypedDict):
    """A feed."""

    path: str
    """Path from the root of the site: `pathto(feed.path, 1)`."""
    title: str
    """Title, plain text."""
    type: str
    """Media type."""
    format: str
    """Atom, RSS or JSON Feed."""
    changed: str
    """`1` for a feed of updated posts, else empty."""


class CalendarLink(PageLink):
    """A calendar of a blog or of a term."""

    path: str
    """Path from the root of the site: `pathto(calendar.path, 1)`."""
    webcal: str
    """URL with the scheme `webcal`, by which calendar programs subscribe; empty if the site has no base URL."""


class TermFeeds(TypedDict):
    """A term with its feeds."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts."""
    feeds: list[Feed]
    """The feeds of these posts."""


class FeedGroup(TypedDict):
    """The feeds of a taxonomy."""

    title: str
    """Title of the taxonomy."""
    terms: list[TermFeeds]
    """Its terms that have feeds."""


# -- Authors -----------------------------------------------------------------------------------------------------------


class Author(TypedDict):
    """An author."""

    id: str
    """The id in the authors file."""
    name: str
    """Name."""
    description: str
    """Role or description."""
    affiliation: str
    """Affiliation."""
    orcid: str
    """ORCID iD as a URL, or empty."""
    url: str
    """Home page, or empty."""
    links: list[list[str]]
    """Pairs of name and URL."""
    page: str
    """Pagename of the author's page, or empty."""
    avatar: str
    """URL, or path from the root of the site; empty if initials are shown."""
    initials: str
    """One or two letters."""


class AuthorWithBio(Author):
    """An author on the author's page and below posts."""

    bio: str
    """Biography, rendered HTML."""


# -- Events ------------------------------------------------------------------------------------------------------------


class EventPeriod(TypedDict):
    """The start and end of an event."""

    start: str
    """In ISO 8601: a day, or a time with offset."""
    end: str
    """The last day, or a time with offset."""
    text: str
    """Formatted for readers."""


class EventState(TypedDict):
    """The state of an event at the time of the build, and what the script needs to update its words."""

    phase: str
    """`upcoming`, `running` or `past`; empty if the event is cancelled or postponed."""
    phase_text: str
    """The same in words."""
    days_text: str
    """How far away it is, such as "in 3 days", or empty."""
    status: str
    """`scheduled`, `cancelled`, `postponed`, `rescheduled` or `moved-online`."""
    status_text: str
    """The same in words, empty for `scheduled`."""
    registration: str
    """`open`, `not-yet`, `closed`, `full`, `other` or `none`."""
    registration_text: str
    """The same in words, empty for `other` and `none`."""
    opens_text: str
    """How far away the opening of registration is, or empty."""
    closes_text: str
    """How far away the deadline is, or empty."""
    times: str
    """The first and last moments of the current date and, with a recurrence rule, the next ones, in UTC."""
    zone: str
    """Name of the time zone."""
    opens: str
    """When registration opens, in UTC, or empty."""
    closes: str
    """When registration closes, in UTC, or empty."""
    base: str
    """The state of registration regardless of the time."""


class EventLink(TypedDict):
    """An organization or a topic."""

    name: str
    """Name."""
    url: str
    """URL, or empty."""


class EventPerson(EventLink):
    """A speaker or instructor."""

    orcid: str
    """ORCID iD as a URL, or empty."""
    page: str
    """Pagename of the author's page, or empty."""


class EventContact(EventLink):
    """The contact of an event."""

    email: str
    """Email, if {confval}`newsroom_event_emails` is set; else empty."""


class EventMaterial(TypedDict):
    """Material of an event."""

    title: str
    """Title."""
    url: str
    """URL."""


class EventOccurrence(TypedDict):
    """One time and place of an event, or one instance of a course."""

    anchor: str
    """Its anchor in the page; empty for an event with one date."""
    when: EventPeriod
    """Start and end; with a recurrence rule, those of the current date."""
    zone: str
    """Time zone, or empty for whole days."""
    dates: list[EventPeriod]
    """The next dates of a recurrence rule."""
    previous: str
    """When it was to start before it was moved, or empty."""
    state: EventState
    """Its state."""
    mode: str
    """On site, online or hybrid, or empty if nothing is said."""
    place: str
    """The place as one line, or empty."""
    place_url: str
    """Page about the place, or empty."""
    map_url: str
    """URL of a map, or empty."""
    is_online: bool
    """Whether people can take part online."""
    online: str
    """Name of the service, or empty."""
    online_url: str
    """URL of the meeting, or empty."""
    registration_url: str
    """URL of the form, or empty."""
    registration_text: str
    """How people sign up without a form, or empty."""
    opens: str
    """When registration opens, or empty."""
    deadline: str
    """When registration closes, or empty."""
    prices: list[str]
    """Prices."""
    capacity: int | None
    """How many people can take part."""
    languages: list[str]
    """Names of its languages."""
    organizers: list[EventLink]
    """Who holds it."""
    people: list[EventPerson]
    """Who speaks or teaches."""


class EventData(TypedDict):
    """The event or course of a post."""

    kind: str
    """`event` or `course`."""
    label: str
    """The same in words."""
    name: str
    """Its name."""
    has_own_name: bool
    """Whether that is not the title of the post."""
    description: str
    """Its description in the front matter, or empty."""
    calendar: str
    """Path of its calendar file from the root of the site: `pathto(event.calendar, 1)`."""
    occurrences: list[EventOccurrence]
    """Its dates or instances."""
    title_state: str
    """The state of registration that follows the title, or empty."""
    providers: list[EventLink]
    """Who offers it."""
    contact: EventContact | None
    """Whom to ask."""
    audience_text: str
    """For whom it is, in a sentence, or empty."""
    audience: list[str]
    """For whom it is, as keywords."""
    people_text: str
    """Names of those who teach, as text, or empty."""
    people_label: str
    """What those who speak or teach are called."""
    level: str
    """Level, or empty."""
    languages: list[str]
    """The language of the site, unless dates have languages."""
    prerequisites: list[str]
    """What people have to know before."""
    outcomes: list[str]
    """What people can do afterwards."""
    key_topics: list[str]
    """What it is about, in words."""
    topics: list[EventLink]
    """What it is about, as terms of an ontology."""
    keywords: list[str]
    """Keywords."""
    duration: str
    """Hours of teaching, or empty."""
    license: License | None
    """License of the material."""
    materials: list[EventMaterial]
    """Material."""
    data: dict[str, Any]
    """What the front matter says about it, as plain data."""


class EventSummary(TypedDict):
    """What lists show of an event: the date that runs or comes next, else the last one."""

    kind: str
    """`event` or `course`."""
    label: str
    """The same in words."""
    anchor: str
    """Anchor of that date in the page, or empty."""
    when: EventPeriod
    """Start and end, in short."""
    where: str
    """Place or city, or "Online"; empty if nothing is said."""
    state: EventState
    """Its state."""
    others: int
    """Number of its other dates."""


# -- Releases ----------------------------------------------------------------------------------------------------------


class ReleaseLink(TypedDict):
    """A link from the option `newsroom_release_links`."""

    title: str
    """Title, plain text."""
    url: str
    """URL."""


class ChangeText(TypedDict):
    """A part of the sentence about a change."""

    text: str
    """Plain text."""
    is_code: bool
    """Whether it is code."""


class ReleaseChange(TypedDict):
    """A change in a release."""

    kind: str
    """`versionadded`, `versionchanged`, `deprecated` or `versionremoved`."""
    name: str
    """The name of the object or section; empty for the page itself."""
    anchor: str
    """Its anchor in the page, or empty."""
    is_object: bool
    """Whether it is an object or term, and no section."""
    text: list[ChangeText]
    """The first sentence about the change; can be empty."""


class ChangedPage(PageLink):
    """A page that documents changes in a release."""

    changes: list[ReleaseChange]
    """The changes, in the order of the page."""


class Release(TypedDict):
    """A release."""

    name: str
    """The version, with the project unless it is that of the documentation."""
    version: str
    """The version as it is written."""
    project: str
    """The project; empty for that of the documentation."""
    is_prerelease: bool
    """Whether it is a prerelease."""
    links: list[ReleaseLink]
    """Links to its tag, package and the like."""
    count: int
    """Number of changes."""


class PostRelease(Release):
    """A release on the post that announces it."""

    pages: list[ChangedPage]
    """The pages that document changes."""


class ListedRelease(Release):
    """A release in the list of releases."""

    posts: list[RelatedPost]
    """The posts that announce it, oldest first."""


class ReleasedProject(TypedDict):
    """A project with its releases."""

    title: str
    """The project; empty for that of the documentation."""
    releases: list[ListedRelease]
    """Its releases, newest version first."""


# -- Citable posts -----------------------------------------------------------------------------------------------------


class CitationFile(TypedDict):
    """A file for reference managers."""

    path: str
    """Path from the root of the site: `pathto(file.path, 1)`."""
    format: str
    """BibTeX, RIS or CSL-JSON."""
    type: str
    """Media type."""


class Citation(TypedDict):
    """How a post is cited."""

    doi: str
    """DOI, or empty."""
    url: str
    """URL of the DOI, else of the post."""
    urn: str
    """URI that identifies the post, which is not its DOI."""
    bibtex: str
    """The post in BibTeX."""
    item: dict[str, Any]
    """The post in [CSL-JSON](https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    files: list[CitationFile]
    """Files to download."""


class ReferenceData(TypedDict):
    """A work that a post cites."""

    url: str
    """URL of the work, or empty."""
    doi: str
    """DOI, or empty."""
    text: str
    """The reference in the front matter, or empty."""
    item: dict[str, Any]
    """The work in CSL-JSON, or empty."""


class FundingData(TypedDict):
    """A source of funding."""

    funder: str
    """Name of the organization."""
    funder_url: str
    """URL that identifies it, or empty."""
    award: str
    """Number of the grant, or empty."""
    title: str
    """Title of the grant, or empty."""
    url: str
    """URL of the grant, or empty."""


class Roles(TypedDict):
    """What an author did."""

    name: str
    """Name of the author."""
    roles: list[str]
    """Roles of CRediT."""


# -- Posts -------------------------------------------------------------------------------------------------------------


class PostSummary(TypedDict):
    """The data of a post that pages, lists and feeds share."""

    key: str
    """Unique key of the post."""
    id: str
    """Identifier of the entry in lists."""
    page: str
    """Pagename."""
    anchor: str
    """The section, for one of several posts on a page; else empty."""
    external_link: str
    """URL that the title links to instead, or empty."""
    created: Date
    """When it was published."""
    updated: Date | None
    """When it was updated; nothing if that was on the same day."""
    authors: list[Author]
    """The authors."""
    category: list[Term]
    """The categories."""
    tag: list[Term]
    """The tags."""
    location: list[Term]
    """The locations."""
    language: list[Term]
    """The languages."""
    more_terms: list[TermGroup]
    """Its terms in the taxonomies that other extensions have added."""
    pin: bool
    """Whether it is pinned."""
    state: str
    """`published`, `draft` or `scheduled`."""
    minutes: int | None
    """Reading time, or nothing."""
    cover: Image | None
    """The cover image."""
    description: str
    """Description in the front matter."""
    event: EventSummary | None
    """The event or course of the post; nothing for most posts."""
    extra: dict[str, Any]
    """Keys of the front matter that the extension does not know, as they are written: `view.extra.course.name` for a `course:`
    with a `name:` below it. Text, numbers, true and false, lists and mappings; a date is text such as `2026-11-20`. Where a
    key is called like a method of a mapping, write `view.extra["items"]`."""


class PostData(PostSummary):
    """The data of a post's page that is known before it is rendered."""

    event_page: EventData | None
    """The event or course of the post with everything that is said of it; nothing for most posts."""
    kind: str
    """`post`."""
    index: PageLink
    """The index of the blog."""
    breadcrumbs: list[list[str]]
    """Pagename and title of each page from the home page to the index."""
    navigation: list[NavigationItem]
    """The overviews."""
    subscribe: str
    """Pagename of the list of feeds, or empty."""
    has_navigation: bool
    """Whether the blog navigation is shown."""
    older: PostLink | None
    """The older post."""
    newer: PostLink | None
    """The newer post."""
    series: list[SeriesPart]
    """Its series."""
    related: list[RelatedPost]
    """Related posts."""
    links: list[RelatedLink]
    """Related links."""
    bios: list[AuthorWithBio]
    """The authors who have a biography or a description."""
    license: License | None
    """The license."""
    mentioned: list[MentionedObject]
    """What the post refers to, if `newsroom_post_mentions` is set."""
    old_notice: OldNotice | None
    """The notice that the post may be out of date, or nothing."""
    releases: list[PostRelease]
    """The releases that the post announces."""
    canonical_link: str
    """The URL of the original publication, or empty."""
    has_citation_tags: bool
    """Whether its head has citation tags."""
    citation: Citation | None
    """How the post is cited, if it has a `doi` or {confval}`newsroom_citation` is set."""
    references: list[ReferenceData]
    """The works that it cites."""
    funding: list[FundingData]
    """Who funded the work that it describes."""
    roles: list[Roles]
    """What each author did, as far as it is said."""
    reference_style: list[Any]
    """The style of references and what differs whenever it changes; empty if the page shows none."""
    hide: list[str]
    """Parts that the page hides: `navigation`, `toc`, `footer`, `related`, `tags`."""
    social_card: Image | None
    """The social card for link previews."""
    preview_image: Image | None
    """The image in link previews: cover, social card or the image of the site."""


class PostContext(PostData):
    """The page of a post."""

    title: str
    """Title, rendered HTML."""
    body: str
    """The text, rendered HTML."""
    words: int
    """Number of words."""
    has_header: bool
    """Whether title, date and authors are shown above the text."""
    has_footer: bool
    """Whether anything is shown below the text."""
    has_byline: bool
    """Whether date and authors are shown; false if a template of ABlog shows them."""
    has_adjacent_posts: bool
    """Whether the older and newer post are shown; false if a template of ABlog shows them."""
    citation_html: str
    """The formatted reference to the post, rendered HTML; empty if `citation` is nothing."""
    reference_list: list[str]
    """The works that the post cites, each as rendered HTML; empty if its text ends with a list of references."""
    postcard: str | None
    """The site's own `ablog/postcard.html`, rendered HTML."""
    postnavy: str | None
    """The site's own `ablog/postnavy.html`, rendered HTML."""


class ListEntry(PostSummary):
    """The data of a post in a list that is known before it is rendered."""

    hue: int
    """The colour of a generated cover, from 0 to 7."""

    plain_title: str
    """Title, plain text."""


class RenderedEntry(ListEntry):
    """A post in a list."""

    title: str
    """Title, rendered HTML."""
    excerpt: str
    """The excerpt, rendered HTML; empty if the list shows none."""
    summary: str
    """The description, or the first paragraph as plain text."""
    has_more: bool
    """Whether there is more to read than the excerpt."""
    has_images: bool
    """Whether the excerpt has images that programs would mistake for the cover."""


class ListedPost(ListEntry):
    """A post in a list."""

    html: str
    """The entry, rendered with the template of the layout, as HTML."""


# -- Lists -------------------------------------------------------------------------------------------------------------


class ListLayout(TypedDict):
    """The layout of a list."""

    layout: str
    """`list`, `cards`, `table` or `month`."""
    fields: list[str]
    """Parts that are shown of each post."""
    level: int
    """Level of the headings."""
    max_authors: int
    """{confval}`newsroom_post_excerpt_max_authors`."""
    max_categories: int
    """{confval}`newsroom_post_excerpt_max_categories`."""
    generated_covers: bool
    """{confval}`newsroom_generated_covers`."""
    max_tags: int
    """Maximum number of tags of a post."""
    part_numbers: dict[str, int]
    """In a series, the part number of each post, by `post.key`."""
    part_count: int
    """In a series, the number of parts."""
    event_phases: list[str]
    """The phases of events that the list asks for, such as `upcoming`; empty for any."""
    more_text: str
    """Text of the link to the rest of a post, or empty for the default."""
    date_format: str
    """Format of dates, or empty for the format of the blog."""
    fingerprint: str
    """Fingerprint of these values."""


class PageData(TypedDict):
    """The data of all pages except posts that is known before anything is rendered."""

    kind: str
    """`index`, `subscribe`, or the taxonomy: `category`, `tag`, `series`, `author`, `archive`, `location`, `language`."""
    title: str
    """Title, plain text."""
    page: str
    """Pagename."""
    index: PageLink
    """The index of the blog."""
    breadcrumbs: list[list[str]]
    """Pagename and title of each page from the home page to the index."""
    navigation: list[NavigationItem]
    """The overviews."""
    subscribe: str
    """Pagename of the list of feeds, or empty."""
    has_navigation: bool
    """Whether the blog navigation is shown."""
    overview: PageLink | None
    """The overview above this list."""
    author: AuthorWithBio | None
    """The author, in the list of an author's posts."""
    has_heading: bool
    """Whether the introduction has a heading."""
    description: str
    """Description in the front matter of the introduction."""
    hide: list[str]
    """Parts hidden by the front matter of the introduction."""
    template: str
    """The template of the page."""
    preview_image: Image | None
    """The image in link previews."""


class ListPageData(PageData, ListLayout):
    """The data of a list page except its posts."""

    number: int
    """Number of this page, from 1."""
    count: int
    """Number of pages of the list."""
    total: int
    """Number of posts in the list."""
    summary: str
    """What the list has, such as `12 posts in Training`; empty if its introduction lists posts itself."""
    window: list[PageNumber | None]
    """The page numbers to show, with nothing for gaps."""
    newer: str | None
    """Pagename of the page before."""
    older: str | None
    """Pagename of the page after."""
    feeds: list[Feed]
    """The feeds of the term."""
    has_toc: bool
    """Whether the list has a table of contents."""
    has_own_list: bool
    """Whether the introduction lists the posts itself."""
    empty: str
    """Text if there are no posts, or empty for the default."""


class PageNumber(TypedDict):
    """A page of a list."""

    number: int
    """Its number."""
    page: str
    """Pagename."""


class ListData(ListPageData):
    """The data of a list page before its posts are rendered."""

    entries: list[ListEntry]
    """The posts on this page."""


class ListContext(ListPageData):
    """A page of a list."""

    intro: str
    """The introduction of the list, rendered HTML, or empty."""
    entries: list[ListedPost]
    """The posts on this page."""


class LetterGroup(TypedDict):
    """The terms in an overview that begin with the same letter."""

    letter: str
    """The letter, `0–9` or `#`."""
    terms: list[OverviewTerm]
    """The terms."""


class OverviewTerm(TypedDict):
    """A term in an overview."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts."""
    count: int
    """Number of posts."""
    description: str
    """Description in the front matter of its page."""
    author: Author | None
    """The author, in the overview of authors."""


class Period(TypedDict):
    """A year in the archive, or a part of one."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts, or empty."""
    count: int
    """Number of posts."""
    posts: list[Mention]
    """Its posts, newest first; empty where `children` have them, and beyond the latest 300 posts."""
    children: list[Period]
    """Its months, or other periods with archive pages."""


class OverviewData(PageData):
    """The data of an overview except its introduction."""

    terms: list[OverviewTerm]
    """The terms."""
    groups: list[LetterGroup]
    """The terms by letter, if there are many in alphabetical order; else empty."""
    years: list[Period]
    """The years, in the overview of the archive."""


class OverviewContext(OverviewData):
    """An overview, such as all categories."""

    intro: str
    """Its introduction, rendered HTML, or empty."""


class SubscribeData(PageData):
    """The data of the list of feeds except its introduction."""

    feeds: list[Feed]
    """The feeds of the blog."""
    groups: list[FeedGroup]
    """The feeds of terms."""
    calendars: list[CalendarLink]
    """The calendars of the blog and of terms."""


class SubscribeContext(SubscribeData):
    """The list of feeds."""

    intro: str
    """Its introduction, rendered HTML, or empty."""


class ReleasesData(PageData):
    """The data of the list of releases that is known before it is rendered."""

    projects: list[ReleasedProject]
    """The projects with their releases."""
    feeds: list[Feed]
    """The feeds of releases."""


class ReleasesContext(ReleasesData):
    """The list of releases."""

    intro: str
    """The text above the list, rendered HTML."""


ViewData = ListData | OverviewData | SubscribeData | ReleasesData


class ListGroup(TypedDict):
    """The posts of a list that share a year, a place, a topic or an instructor."""

    title: str
    """What they share."""
    view: PostListContext
    """The list of these posts."""


class MonthDay(TypedDict):
    """A day in a month view."""

    number: int
    """Day of the month; 0 for a cell before the first or after the last day."""
    iso: str
    """In ISO 8601."""
    weekday: str
    """Name of the day of the week."""
    events: list[MonthEvent]
    """The events on that day."""


class MonthEvent(PostLink):
    """An event on a day of a month view."""

    time: str
    """When it starts on that day, or empty."""
    status_text: str
    """`Cancelled` and the like, in words, or empty."""


class Month(TypedDict):
    """A month with events."""

    title: str
    """Month and year."""
    weekdays: list[list[str]]
    """Short and full name of each day of the week."""
    weeks: list[list[MonthDay]]
    """The weeks."""


class PostListData(ListLayout):
    """The data of a `post-list` directive before its posts are rendered."""

    entries: list[ListEntry]
    """The posts."""
    groups: list[tuple[str, list[str]]]
    """Title of each group, and the keys of its posts."""
    months: list[Month]
    """The months of a month view."""
    empty: str
    """Text if there are no posts, or empty for the default."""
    title: str
    """Heading of the list, or empty."""


class PostListContext(ListLayout):
    """The list of a `post-list` directive."""

    groups: list[ListGroup]
    """Its groups, if it has any."""
    months: list[Month]
    """The months of a month view."""
    entries: list[ListedPost]
    """The posts."""
    empty: str
    """Text if there are no posts, or empty for the default."""
    title: str
    """Heading of the list, or empty."""
    title_level: int
    """Level of that heading."""
    feeds: list[Feed]
    """The feeds of its posts, if the directive `mentions` asks for them."""


class Mention(TypedDict):
    """A post that mentions a page or an object."""

    page: str
    """Pagename."""
    anchor: str
    """Id on that page, where it holds several posts, or empty."""
    external_link: str
    """Its target, or empty."""
    title: str
    """Title as plain text."""
    created: Date
    """When it was published."""


class Mentions(TypedDict):
    """The posts that mention an object."""

    posts: list[Mention]
    """The posts, the newest first."""
    block: bool
    """Whether they are shown below the object; otherwise in running text."""
    folded: bool
    """Whether there are so many that the list is folded."""


# -- Around pages ------------------------------------------------------------------------------------------------------


class SidebarRecent(TypedDict):
    """Recent posts in a sidebar."""

    name: str
    """`recent`."""
    page: str
    """Pagename of the index."""
    posts: list[ListEntry]
    """The newest posts."""


class SidebarEvents(TypedDict):
    """The next events in a sidebar."""

    name: str
    """`events`."""
    title: str
    """Heading: next courses, or next events."""
    posts: list[ListEntry]
    """Posts with events, the soonest first."""


class SidebarMentions(TypedDict):
    """The posts that mention the page, in a sidebar."""

    posts: list[Mention]
    """The posts, the newest first."""


class SidebarTerms(TypedDict):
    """The terms of a taxonomy in a sidebar."""

    name: str
    """`categories`, `tags`, `archive` or `authors`."""
    title: str
    """Title of the overview; empty if the blog has none."""
    page: str
    """Pagename of the overview; empty if the blog has none."""
    terms: list[OverviewTerm]
    """The terms."""


class SidebarFeeds(TypedDict):
    """The feeds in a sidebar."""

    name: str
    """`feeds`."""
    feeds: list[Feed]
    """The feeds of all posts."""


class Announcement(PostLink):
    """The post in the announcement banner."""

    when: str
    """The date of the next event, or empty for an announced post."""
    external_link: str
    """URL that it links to instead, or empty."""


class Comments(TypedDict):
    """Comments by Disqus."""

    site: str
    """The short name of the site at Disqus."""
    thread: str
    """Unique identifier of the page."""
    url: str
    """Absolute URL of the page."""
    title: str
    """Title of the page."""


class PageHead(TypedDict):
    """The metadata in the head of a page."""

    description: str
    """Description, or empty."""
    authors: list[str]
    """Names of the authors of a post."""
    is_indexed: bool
    """Whether search engines may show the page."""
    open_graph: list[tuple[str, str]]
    """Open Graph properties: name and value."""
    citation: list[tuple[str, str]]
    """Citation tags: name and value."""
    links: list[tuple[str, str, str]]
    """Typed links of a citable post: relation, URL and media type, which can be empty."""
    posting: str
    """The schema.org data of a citable post in a separate document, rendered, or empty."""
    twitter_card: str
    """Kind of `twitter:card`, or empty."""
    prev: PostLink | None
    """The older post, or the page of the list before this one; its title can be empty."""
    next: PostLink | None
    """The newer post, or the page of the list after this one; its title can be empty."""
    json_ld: str
    """The graph of schema.org data, rendered, or empty."""
    events: list[str]
    """The schema.org data of the event of a post, rendered: a document for each time, one for a course."""


class HeadContext(PageHead):
    """The head of a page."""

    event_words: str
    """Words for the script that updates the states of events, as JSON; empty on pages without events."""
    event_assets: list[str]
    """Paths of the style sheet and the script for events, from the root of the site."""
    feeds: list[Feed]
    """The feeds that the page announces."""


# -- Templates ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Template:
    """The purpose of a template, and the variables it gets in addition to Sphinx's page context."""

    makes: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    """The type of each variable."""


VIEWS = ListContext | OverviewContext | SubscribeContext
PARTIALS = "newsroom/partials/"
TEMPLATES: Mapping[str, Template] = {
    "newsroom/post.html": Template("the page of a post", {"view": PostContext, "feed": Feed | None}),
    "newsroom/list.html": Template(
        "a page of a list: index, category, tag, series, author, archive", {"view": ListContext, "feed": Feed | None}
    ),
    "newsroom/overview.html": Template(
        "an overview, such as all categories", {"view": OverviewContext, "feed": Feed | None}
    ),
    "newsroom/subscribe.html": Template("the list of feeds", {"view": SubscribeContext, "feed": Feed | None}),
    "newsroom/releases.html": Template("the list of releases", {"view": ReleasesContext, "feed": Feed | None}),
    "newsroom/not_found.html": Template("the page for URLs that do not exist", {"title": str, "links": list[PageLink]}),
    "newsroom/head.html": Template("metadata in the head of a page", {"head": HeadContext}),
    "newsroom/comments.html": Template("comments by Disqus", {"comments": Comments}),
    "newsroom/redirect.html": Template(
        "a whole page at an old URL, without the theme",
        {
            "title": str,
            "url": str,
            "canonical": str,
            "language": str,
            "direction": str,
            "seconds": int,
            "is_home": bool,
        },
    ),
    f"{PARTIALS}byline.html": Template(
        "authors, dates, reading time, categories and series of a post", {"post": PostContext}
    ),
    f"{PARTIALS}events/box.html": Template("when and where an event takes place, on its page", {"post": PostContext}),
    f"{PARTIALS}events/details.html": Template("what else is said of an event, below its text", {"post": PostContext}),
    f"{PARTIALS}events/state.html": Template("the state of an event in words", {"state": EventState}),
    f"{PARTIALS}events/entry.html": Template("when and where an event takes place, in a list", {"post": RenderedEntry}),
    f"{PARTIALS}events/cells.html": Template(
        "when and where an event takes place, in a table", {"post": RenderedEntry, "view": ListLayout}
    ),
    f"{PARTIALS}events/macros.html": Template("macros for `import`: periods, people, links"),
    f"{PARTIALS}post_terms.html": Template("tags and other terms below the text of a post", {"post": PostContext}),
    f"{PARTIALS}draft_notice.html": Template("the notice above a draft or scheduled post", {"post": PostContext}),
    f"{PARTIALS}mentioned.html": Template("what a post refers to, below it", {"post": PostContext}),
    f"{PARTIALS}old_notice.html": Template("the notice on a post that may be out of date", {"notice": OldNotice}),
    f"{PARTIALS}release.html": Template(
        "links and changes of a release, below the text of the post that announces it", {"release": PostRelease}
    ),
    f"{PARTIALS}citation.html": Template("how to cite a post", {"post": PostContext}),
    f"{PARTIALS}references.html": Template("the works that a post cites, below its text", {"post": PostContext}),
    f"{PARTIALS}credits.html": Template("who funded a post, and who did what", {"post": PostContext}),
    f"{PARTIALS}series.html": Template("the parts of a series, below one of them", {"part": SeriesPart}),
    f"{PARTIALS}author_bio.html": Template("an author, below a post", {"author": AuthorWithBio}),
    f"{PARTIALS}author_profile.html": Template(
        "the author above the list of their posts", {"view": ListContext, "author": AuthorWithBio}
    ),
    f"{PARTIALS}author_links.html": Template("links to an author on other sites", {"author": AuthorWithBio}),
    f"{PARTIALS}list_header.html": Template(
        "title, intro and navigation above a list, an overview or the list of feeds", {"view": VIEWS}
    ),
    f"{PARTIALS}nav.html": Template(
        "the blog navigation: links to index, overviews and feeds", {"view": VIEWS | PostContext, "feed": Feed | None}
    ),
    f"{PARTIALS}entries.html": Template("the posts of a list, in its layout", {"view": ListContext | PostListContext}),
    f"{PARTIALS}entry.html": Template("a post in a list", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}card.html": Template("a post as a card", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}table_row.html": Template("a post in a table", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}post_meta.html": Template(
        "authors, dates, reading time and terms of a post in a list", {"post": RenderedEntry, "view": ListLayout}
    ),
    f"{PARTIALS}status_badge.html": Template(
        "the badge of a draft or scheduled post in a list", {"post": RenderedEntry}
    ),
    f"{PARTIALS}pagination.html": Template("links to the pages of a list", {"view": ListContext}),
    f"{PARTIALS}toc.html": Template("the table of contents of a list, if it has one", {"view": ListData}),
    f"{PARTIALS}terms.html": Template("the terms in an overview", {"view": OverviewContext}),
    f"{PARTIALS}archive.html": Template("the years in the overview of the archive", {"view": OverviewContext}),
    f"{PARTIALS}post_list.html": Template("the list of a `post-list` directive", {"view": PostListContext}),
    f"{PARTIALS}mentions.html": Template(
        "posts that mention an object, below it or in running text", {"view": Mentions}
    ),
    f"{PARTIALS}announcement.html": Template("the post in the announcement banner", {"post": Announcement}),
    f"{PARTIALS}macros.html": Template("macros for `import`: images, dates, terms, links"),
    f"{PARTIALS}events/month.html": Template("the months of a `post-list` directive", {"view": PostListContext}),
    f"{PARTIALS}sidebars/events.html": Template("the next events in a sidebar", {"view": SidebarEvents}),
    f"{PARTIALS}sidebars/recent.html": Template("recent posts in a sidebar", {"view": SidebarRecent}),
    f"{PARTIALS}sidebars/mentions.html": Template("posts that mention the page", {"view": SidebarMentions}),
    f"{PARTIALS}sidebars/terms.html": Template("the terms of a taxonomy in a sidebar", {"view": SidebarTerms}),
    f"{PARTIALS}sidebars/feeds.html": Template("the feeds in a sidebar", {"view": SidebarFeeds}),
    **{
        f"newsroom/sidebars/{name}.html": Template(f"{what}, for `html_sidebars`")
        for name, what in {
            "recent": "recent posts",
            "events": "the next events",
            "categories": "categories",
            "tags": "tags",
            "archive": "the archive",
            "authors": "authors",
            "feeds": "feeds",
            "mentions": "posts that mention the page",
        }.items()
    },
}
"""Every template, in the order of the reference."""
