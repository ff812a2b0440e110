"""What templates get: the interface for those who write templates of their own.

mypy checks that the builders of these contexts keep to the types, a test that each template gets exactly these keys, and the
reference page *Templates* is made of them. Pages are named by their pagename: ``pathto(post.page)`` is the URL.
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
    """As readers see it."""


class Image(TypedDict):
    """An image."""

    src: str
    """URL, or path from the root of the site."""
    dark: str
    """The same for the variant on dark pages, or empty."""
    alt: str
    """What it shows, for those who do not see it."""
    width: int | None
    """In pixels, or nothing where it is not known."""
    height: int | None
    """In pixels, or nothing where it is not known."""


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
    """A link to a post about the same."""

    created: Date
    """When it was published."""


class RelatedLink(TypedDict):
    """A related link that a post names. It leads to a page, a URL or a file, or is a heading above others."""

    title: str
    """Title, plain text."""
    subtitle: str
    """Subtitle of the page, or the heading that the link leads to."""
    page: str
    """Pagename, or empty."""
    anchor: str
    """Anchor in the page, or empty."""
    url: str
    """URL on another site, or empty."""
    file: str
    """Path of a file from the root of the site, or empty."""
    children: list[RelatedLink]
    """The links below it."""


class Term(TypedDict):
    """A term of a post, such as a category."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts."""
    identifier: str
    """From the option `newsroom_tags_identifiers`, for a class of its own; else empty."""


class TermGroup(TypedDict):
    """The terms of a post in a taxonomy that another extension has added."""

    taxonomy: str
    """The taxonomy, such as `funder`."""
    title: str
    """Its title."""
    terms: list[Term]
    """The terms."""


class SeriesPart(TypedDict):
    """Which part of a series a post is."""

    name: str
    """Name of the series."""
    page: str
    """Pagename of the series."""
    number: int
    """Number of the part, from 1."""
    count: int
    """How many parts the series has."""
    first: int
    """Number of the first part in `posts`."""
    posts: list[PostLink]
    """The parts to name, this one among them."""


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
    """`1` for a feed of changes, else empty."""


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
    """URL, or path from the root of the site; empty where initials are shown."""
    initials: str
    """One or two letters."""


class AuthorWithBio(Author):
    """An author on their own page and below posts."""

    bio: str
    """Biography, rendered HTML."""


# -- Posts -------------------------------------------------------------------------------------------------------------


class PostSummary(TypedDict):
    """What pages, lists and feeds have of a post."""

    key: str
    """What tells posts apart."""
    id: str
    """Identifier of the entry in lists."""
    page: str
    """Pagename."""
    anchor: str
    """The section, for one of several posts on a page; else empty."""
    external_link: str
    """Where the title leads instead, or empty."""
    created: Date
    """When it was published."""
    updated: Date | None
    """When it was updated; nothing where that was on the same day."""
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
    extra: dict[str, Any]
    """Keys of the front matter that the extension does not know, as they are written: `view.extra.course.name` for a `course:`
    with a `name:` below it. Text, numbers, true and false, lists and mappings; a date is text such as `2026-11-20`. Where a
    key is called like a method of a mapping, write `view.extra["items"]`."""


class PostData(PostSummary):
    """What is known of the page of a post before it is rendered."""

    index: PageLink
    """The index of the blog."""
    breadcrumbs: list[list[str]]
    """Pagename and title of each page from the home page to the index."""
    older: PostLink | None
    """The older post."""
    newer: PostLink | None
    """The newer post."""
    series: list[SeriesPart]
    """The series that it is part of."""
    related: list[RelatedPost]
    """Related posts."""
    links: list[RelatedLink]
    """Related links."""
    bios: list[AuthorWithBio]
    """The authors who have a `bio`."""
    license: License | None
    """The license."""
    canonical_link: str
    """The URL of the original, or empty."""
    has_citation_tags: bool
    """Whether its head has tags for citing."""
    hide: list[str]
    """What the page does not show: `navigation`, `toc`, `footer`, `related`, `tags`."""
    social_card: Image | None
    """The picture that is drawn for link previews."""
    preview_image: Image | None
    """The picture in link previews: cover, social card or that of the site."""


class PostContext(PostData):
    """The page of a post."""

    title: str
    """Title, rendered HTML."""
    body: str
    """The text, rendered HTML."""
    words: int
    """Number of words."""
    has_header: bool
    """Whether title, date and authors stand above the text."""
    has_footer: bool
    """Whether anything stands below the text."""
    has_byline: bool
    """Whether date and authors are shown; not where a template of ABlog's does."""
    has_adjacent_posts: bool
    """Whether the older and the newer post are shown; not where a template of ABlog's does."""
    postcard: str | None
    """What the site's own `ablog/postcard.html` makes, rendered HTML."""
    postnavy: str | None
    """What the site's own `ablog/postnavy.html` makes, rendered HTML."""


class ListEntry(PostSummary):
    """What is known of a post in a list before it is rendered."""

    plain_title: str
    """Title, plain text."""


class RenderedEntry(ListEntry):
    """A post in a list."""

    title: str
    """Title, rendered HTML."""
    excerpt: str
    """The excerpt, rendered HTML; empty where the list shows none."""
    summary: str
    """The description, or the first paragraph as plain text."""
    has_more: bool
    """Whether there is more to read than the excerpt."""
    has_images: bool
    """Whether the excerpt has images that programs would take for those of the post."""


class ListedPost(ListEntry):
    """A post that a list holds."""

    html: str
    """The entry as the template of the layout has made it, rendered HTML."""


# -- Lists -------------------------------------------------------------------------------------------------------------


class ListLayout(TypedDict):
    """How a list shows posts."""

    layout: str
    """`list`, `cards` or `table`."""
    fields: list[str]
    """What is shown of each post."""
    level: int
    """Level of the headings."""
    max_authors: int
    """{confval}`newsroom_post_excerpt_max_authors`."""
    max_categories: int
    """{confval}`newsroom_post_excerpt_max_categories`."""
    max_tags: int
    """How many tags of a post are shown."""
    part_numbers: dict[str, int]
    """In a series, the part that each post is, by `post.key`."""
    part_count: int
    """In a series, how many parts it has."""
    more_text: str
    """Text of the link to the rest of a post, or empty for the usual one."""
    date_format: str
    """Format of dates, or empty for that of the blog."""
    fingerprint: str
    """Differs where any of these does."""


class PageData(TypedDict):
    """What all pages of the blog show that are no posts, known before anything is rendered."""

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
    """Whether the intro has a heading."""
    description: str
    """Description in the front matter of the intro."""
    hide: list[str]
    """What the front matter of the intro hides."""
    template: str
    """The template that makes the page."""
    preview_image: Image | None
    """The picture in link previews."""


class ListPageData(PageData, ListLayout):
    """What is known of a page of a list but for its posts."""

    number: int
    """Number of this page, from 1."""
    count: int
    """How many pages the list has."""
    total: int
    """How many posts the list has."""
    window: list[PageNumber | None]
    """The page numbers to show, with nothing where some are left out."""
    newer: str | None
    """Pagename of the page before."""
    older: str | None
    """Pagename of the page after."""
    feeds: list[Feed]
    """The feeds of the term."""
    has_toc: bool
    """Whether the list has a table of contents."""
    has_own_list: bool
    """Whether the intro lists the posts itself."""
    empty: str
    """What is shown where there are no posts, or empty for the usual text."""


class PageNumber(TypedDict):
    """A page of a list."""

    number: int
    """Its number."""
    page: str
    """Pagename."""


class ListData(ListPageData):
    """What is known of a page of a list before its posts are rendered."""

    entries: list[ListEntry]
    """The posts on this page."""


class ListContext(ListPageData):
    """A page of a list."""

    intro: str
    """The text that somebody wrote above the list, rendered HTML, or empty."""
    entries: list[ListedPost]
    """The posts on this page."""


class OverviewTerm(TypedDict):
    """A term in an overview."""

    name: str
    """Name."""
    page: str
    """Pagename of the list of its posts."""
    count: int
    """How many posts have it."""
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
    """How many posts it has."""
    children: list[Period]
    """Its months, or whatever else the archive has pages for."""


class OverviewData(PageData):
    """What is known of an overview but for its intro."""

    terms: list[OverviewTerm]
    """The terms."""
    years: list[Period]
    """The years, in the overview of the archive."""


class OverviewContext(OverviewData):
    """An overview, such as all categories."""

    intro: str
    """The text that somebody wrote above it, rendered HTML, or empty."""


class SubscribeData(PageData):
    """What is known of the list of feeds but for its intro."""

    feeds: list[Feed]
    """The feeds of the blog."""
    groups: list[FeedGroup]
    """The feeds of terms."""


class SubscribeContext(SubscribeData):
    """The list of feeds."""

    intro: str
    """The text that somebody wrote above it, rendered HTML, or empty."""


class PostListData(ListLayout):
    """What is known of a list that a directive asks for, before its posts are rendered."""

    entries: list[ListEntry]
    """The posts."""
    empty: str
    """What is shown where there are no posts, or empty for the usual text."""


class PostListContext(ListLayout):
    """A list that the directive `post-list` asks for."""

    entries: list[ListedPost]
    """The posts."""
    empty: str
    """What is shown where there are no posts, or empty for the usual text."""


# -- Around pages ------------------------------------------------------------------------------------------------------


class SidebarRecent(TypedDict):
    """Recent posts in a sidebar."""

    name: str
    """`recent`."""
    page: str
    """Pagename of the index."""
    posts: list[ListEntry]
    """The newest posts."""


class SidebarTerms(TypedDict):
    """The terms of a taxonomy in a sidebar."""

    name: str
    """`categories`, `tags`, `archive` or `authors`."""
    title: str
    """Title of the overview; empty where the blog has none."""
    page: str
    """Pagename of the overview; empty where the blog has none."""
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

    external_link: str
    """Where it leads instead, or empty."""


class Comments(TypedDict):
    """Comments by Disqus."""

    site: str
    """The short name of the site at Disqus."""
    thread: str
    """What tells the page apart."""
    url: str
    """Full URL of the page."""
    title: str
    """Title of the page."""


class PageHead(TypedDict):
    """What programs read in the head of a page."""

    description: str
    """Description, or empty."""
    authors: list[str]
    """Names of the authors of a post."""
    is_indexed: bool
    """Whether search engines may show the page."""
    open_graph: list[tuple[str, str]]
    """Open Graph properties: name and value."""
    citation: list[tuple[str, str]]
    """Tags for citing: name and value."""
    twitter_card: str
    """Kind of `twitter:card`, or empty."""
    prev: PostLink | None
    """The older post, or the page of the list before this one; its title can be empty."""
    next: PostLink | None
    """The newer post, or the page of the list after this one; its title can be empty."""
    json_ld: str
    """The graph of schema.org data, rendered, or empty."""


class HeadContext(PageHead):
    """The head of a page."""

    feeds: list[Feed]
    """The feeds that the page announces."""


# -- Templates ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Template:
    """What a template makes, and which variables it gets beside those that Sphinx gives to every page."""

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
    "newsroom/head.html": Template("what stands in the head of a page", {"head": HeadContext}),
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
        "authors, dates, reading time, categories and tags on a post", {"post": PostContext}
    ),
    f"{PARTIALS}draft_notice.html": Template("the words above a draft or scheduled post", {"post": PostContext}),
    f"{PARTIALS}series.html": Template("the parts of a series, below one of them", {"part": SeriesPart}),
    f"{PARTIALS}author_bio.html": Template("an author, below a post", {"author": AuthorWithBio}),
    f"{PARTIALS}author_profile.html": Template(
        "the author above the list of their posts", {"view": ListContext, "author": AuthorWithBio}
    ),
    f"{PARTIALS}author_links.html": Template("the pages that an author has elsewhere", {"author": AuthorWithBio}),
    f"{PARTIALS}list_header.html": Template(
        "title, intro and navigation above a list, an overview or the list of feeds", {"view": VIEWS}
    ),
    f"{PARTIALS}nav.html": Template(
        "the blog navigation: links to index, overviews and feeds", {"view": VIEWS, "feed": Feed | None}
    ),
    f"{PARTIALS}entries.html": Template("the posts of a list, in its layout", {"view": ListContext | PostListContext}),
    f"{PARTIALS}entry.html": Template("a post in a list", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}card.html": Template("a post as a card", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}table_row.html": Template("a post in a table", {"post": RenderedEntry, "view": ListLayout}),
    f"{PARTIALS}post_meta.html": Template(
        "authors, dates, reading time and terms of a post in a list", {"post": RenderedEntry, "view": ListLayout}
    ),
    f"{PARTIALS}status_badge.html": Template(
        "the mark of a draft or scheduled post in a list", {"post": RenderedEntry}
    ),
    f"{PARTIALS}pagination.html": Template("links to the pages of a list", {"view": ListContext}),
    f"{PARTIALS}toc.html": Template("the table of contents of a list, where it has one", {"view": ListData}),
    f"{PARTIALS}terms.html": Template("the terms in an overview", {"view": OverviewContext}),
    f"{PARTIALS}archive.html": Template("the years in the overview of the archive", {"view": OverviewContext}),
    f"{PARTIALS}post_list.html": Template("a list that the directive `post-list` asks for", {"view": PostListContext}),
    f"{PARTIALS}announcement.html": Template("the post in the announcement banner", {"post": Announcement}),
    f"{PARTIALS}macros.html": Template("small pieces for `import`: images, dates, terms, links"),
    f"{PARTIALS}sidebars/recent.html": Template("recent posts in a sidebar", {"view": SidebarRecent}),
    f"{PARTIALS}sidebars/terms.html": Template("the terms of a taxonomy in a sidebar", {"view": SidebarTerms}),
    f"{PARTIALS}sidebars/feeds.html": Template("the feeds in a sidebar", {"view": SidebarFeeds}),
    **{
        f"newsroom/sidebars/{name}.html": Template(f"{what}, for `html_sidebars`")
        for name, what in {
            "recent": "recent posts",
            "categories": "categories",
            "tags": "tags",
            "archive": "the archive",
            "authors": "authors",
            "feeds": "feeds",
        }.items()
    },
}
"""Every template, in the order of the reference."""
