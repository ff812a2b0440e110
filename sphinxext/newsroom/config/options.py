"""The options of the blog and their defaults: one typed model that validates, documents and registers them.

In ``conf.py`` each option is called ``newsroom_<name>``. Options of Material for MkDocs' blog plugin have the same names,
defaults and meanings, so that a site can reuse its settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from babel.core import Locale, UnknownLocaleError
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.config.types import (
    RELATED_WEIGHTS,
    Color,
    Comment,
    Count,
    CountOrNone,
    DatePattern,
    Day,
    FeedFiles,
    Folder,
    FunctionPath,
    Issn,
    LinkPattern,
    Look,
    Percent,
    PictureSource,
    RelatedBy,
    SidebarName,
    SortKey,
    TaxonomyName,
    TimeZone,
    Title,
    placeholders,
)
from sphinxext.newsroom.problems import Problem, Subtype, nearest, suggestion
from sphinxext.newsroom.utils.text import sanitize
from sphinxext.newsroom.utils.translatable import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.config.types import (
        Registered,
    )

PREFIX = "newsroom_"


class Options(BaseModel):
    """Every option of the blog, validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=False)

    # -- General
    enabled: StrictBool = Field(default=True, description="Whether the blog is enabled.")
    blog_dir: Folder = Field(
        default="blog",
        description="Folder of the blog below the source folder, and prefix of its URLs. `.` is the source "
        "folder itself. If not set, ABlog's `blog_path` is used.",
    )
    title: str = Field(
        default="",
        description="Title of the blog, used for its feed and for a generated index. Empty: ABlog's `blog_title`.",
    )
    timezone: TimeZone = Field(default="UTC", description="Time zone of dates without a time zone.")
    blog_toc: StrictBool = Field(
        default=False, description="Whether the table of contents of a list contains the titles of its posts."
    )
    blog_view: Look = Field(
        default="list",
        description="Layout of lists: `list` shows posts one below the other with their excerpts, `cards` side by side "
        "with their covers, `table` one on each line.",
    )
    list_posts: StrictBool | None = Field(
        default=None,
        description="Whether the list of posts is added to a page that you wrote for a list, such as `blog/index.md`. "
        "`None`: unless the page lists posts itself, with `post-list` or ABlog's `postlist`. Generated pages always list "
        "their posts.",
    )
    list_navigation: StrictBool = Field(
        default=True,
        description="Whether each page of the blog begins with links to the index, the overviews and the feeds.",
    )
    sidebars: tuple[SidebarName, ...] = Field(
        default=("recent", "categories"),
        description="Components in the sidebar of the pages of the blog, below what the theme has there: `recent`, "
        "`categories`, `tags`, `archive`, `authors`, `feeds`. They are left out where a pattern of `html_sidebars` matches the "
        "page, which then names the whole sidebar.",
    )
    not_found_page: StrictBool = Field(
        default=True,
        description="Whether there is a `404.html` in the look of the site, with a search field, for web servers to show at URLs "
        "that do not exist. Its links begin at the root of the server, so the URL of the site has to be known (`html_baseurl`). "
        "A page, a file or an extension of the site that makes the file takes precedence.",
    )
    announce: StrictBool = Field(
        default=False,
        description="Whether the theme's announcement banner on every page shows the newest post with `announce_until` in "
        "its front matter, until the end of that day.",
    )

    # -- Posts
    post_dir: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/posts", description="Folder of the posts. `{blog}` is replaced by `blog_dir`."
    )
    post_header: StrictBool = Field(
        default=True,
        description="Whether a post begins with title, authors, dates, categories and cover. Otherwise only the title is "
        "shown, as part of the text.",
    )
    post_footer: StrictBool = Field(
        default=True,
        description="Whether a post ends with series, license, authors, related posts, and older and newer posts.",
    )
    post_mentions: StrictBool = Field(
        default=False,
        description='Whether a post ends with the list "In this post": the pages and documented objects that it refers to.',
    )
    post_date_format: DatePattern = Field(
        default="long",
        description="Format of dates: `full`, `long`, `medium`, `short`, or a "
        "[date pattern](https://babel.pocoo.org/en/latest/dates.html#date-fields).",
    )
    post_url_date_format: DatePattern = Field(
        default="yyyy/MM/dd", description="Pattern of `{date}` in `post_url_format`."
    )
    post_url_format: Annotated[str, placeholders("categories", "date", "file", "slug")] = Field(
        default="{date}/{slug}",
        description="URL of a post below `blog_dir`, with the placeholders `{categories}`, `{date}`, `{file}` and `{slug}`.",
    )
    post_url_max_categories: CountOrNone = Field(
        default=1, description="Maximum number of categories in `{categories}`."
    )
    post_slugify: FunctionPath = Field(
        default="pymdownx.slugs.slugify(case='lower')",
        description="Import path of the function that creates a slug from a title; it is called with the text and the "
        "separator. With keyword arguments in parentheses, the function that it returns is used.",
    )
    post_slugify_separator: str = Field(default="-", description="Replacement for a space in the slug of a post.")
    post_excerpt: Literal["optional", "required"] = Field(
        default="optional", description="Whether a post without excerpt marker is reported."
    )
    post_excerpt_separator: Comment = Field(
        default="<!-- more -->",
        description="The comment that ends the excerpt. Spaces inside the comment do not matter.",
    )
    post_excerpt_paragraphs: CountOrNone = Field(
        default=0,
        description="Number of paragraphs in the excerpt of a post without a marker. `0`: the whole post.",
    )
    post_excerpt_max_authors: CountOrNone = Field(
        default=1, description="Maximum number of authors shown with an excerpt."
    )
    post_excerpt_max_categories: CountOrNone = Field(
        default=5, description="Maximum number of categories shown with an excerpt."
    )
    post_excerpt_max_tags: CountOrNone = Field(
        default=0, description="Maximum number of tags shown with an excerpt. The page of a post shows all."
    )
    generated_covers: StrictBool = Field(
        default=False,
        description="Whether lists show a pattern, in a colour chosen by the title, for posts without a cover. Among cards with "
        "covers they do in any case.",
    )
    post_readtime: StrictBool = Field(default=True, description="Whether reading times are computed.")
    post_readtime_words_per_minute: Count = Field(default=265, description="Reading speed in words per minute.")

    # -- Archive
    archive: StrictBool = Field(default=True, description="Whether archive pages are generated.")
    archive_name: Title = Field(default=translatable("Archive"), description="Title of the overview of the archive.")
    archive_date_format: DatePattern = Field(default="yyyy", description="Pattern of the title of an archive page.")
    archive_url_date_format: DatePattern = Field(
        default="yyyy",
        description="Pattern of `{date}` in `archive_url_format`; posts with the same value are on the same page.",
    )
    archive_url_format: Annotated[str, placeholders("date")] = Field(
        default="archive/{date}", description="URL of an archive page below `blog_dir`."
    )
    archive_pagination: StrictBool | None = Field(
        default=None, description="Whether the archive is paginated. `None`: same as `pagination`."
    )
    archive_pagination_per_page: Count | None = Field(
        default=None, description="Posts per page of the archive. `None`: same as `pagination_per_page`."
    )
    archive_toc: StrictBool | None = Field(
        default=None,
        description="Whether the table of contents of the archive contains the titles of posts. `None`: same as `blog_toc`.",
    )
    archive_view: Look | None = Field(default=None, description="Layout of the archive. `None`: same as `blog_view`.")

    # -- Categories
    categories: StrictBool = Field(default=True, description="Whether posts have categories.")
    categories_name: Title = Field(
        default=translatable("Categories"), description="Title of the overview of categories."
    )
    categories_url_format: Annotated[str, placeholders("slug")] = Field(
        default="category/{slug}", description="URL of a category below `blog_dir`."
    )
    categories_slugify: FunctionPath = Field(
        default="pymdownx.slugs.slugify(case='lower')", description="Like `post_slugify`, for categories."
    )
    categories_slugify_separator: str = Field(
        default="-", description="Replacement for a space in the slug of a category."
    )
    categories_sort_by: SortKey = Field(
        default="view_name",
        description="Sort order of categories: `view_name`, `view_post_count`, or the import path of a function that "
        "returns the sort key of a collection (which has `name` and `posts`).",
    )
    categories_sort_reverse: StrictBool = Field(default=False, description="Whether that order is reversed.")
    categories_allowed: tuple[str, ...] = Field(
        default=(), description="Allowed categories; any other is reported. Empty: all are allowed."
    )
    categories_pagination: StrictBool | None = Field(
        default=None, description="Whether categories are paginated. `None`: same as `pagination`."
    )
    categories_pagination_per_page: Count | None = Field(
        default=None, description="Posts per page of a category. `None`: same as `pagination_per_page`."
    )
    categories_toc: StrictBool | None = Field(
        default=None,
        description="Whether the table of contents of a category contains the titles of posts. `None`: same as `blog_toc`.",
    )
    categories_view: Look | None = Field(
        default=None, description="Layout of category pages. `None`: same as `blog_view`."
    )

    # -- Tags
    tags: StrictBool = Field(default=True, description="Whether tag pages are generated.")
    tags_name: str = Field(default=translatable("Tags"), description="Title of the overview of tags.")
    tags_url_format: Annotated[str, placeholders("slug")] = Field(
        default="tag/{slug}", description="URL of a tag below `blog_dir`."
    )
    tags_identifiers: dict[str, str] = Field(
        default_factory=dict,
        description="Maps tag names to identifiers for your style sheet: links to the tag have the class "
        "`newsroom-tag-<identifier>`. In `mkdocs.yml` this is `extra.tags`.",
    )
    tags_view: Look | None = Field(default=None, description="Layout of tag pages. `None`: same as `blog_view`.")

    # -- Series
    series: StrictBool = Field(default=True, description="Whether posts can belong to series.")
    series_name: Title = Field(default=translatable("Series"), description="Title of the overview of series.")
    series_url_format: Annotated[str, placeholders("slug")] = Field(
        default="series/{slug}",
        description="URL of a series below `blog_dir`. Its slug is created in the same way as that of a category.",
    )
    series_pagination: StrictBool | None = Field(
        default=None, description="Whether series are paginated. `None`: same as `pagination`."
    )
    series_pagination_per_page: Count | None = Field(
        default=None, description="Posts per page of a series. `None`: same as `pagination_per_page`."
    )
    series_toc: StrictBool | None = Field(
        default=None,
        description="Whether the table of contents of a series contains the titles of posts. `None`: same as `blog_toc`.",
    )
    series_view: Look | None = Field(default=None, description="Layout of series pages. `None`: same as `blog_view`.")

    # -- Related posts
    related_length: CountOrNone = Field(
        default=3, description="Maximum number of related posts below a post. `0`: none."
    )
    related_threshold: Percent = Field(
        default=20,
        description="Minimum share of the weighted terms of a post that a related post must have, in percent.",
    )
    related_weights: dict[RelatedBy, CountOrNone] = Field(
        default_factory=lambda: dict(RELATED_WEIGHTS),
        description="What makes posts related, with weights: `tag`, `object` (documented objects that posts link to), "
        "`series`, `category`, `author`, `location`, `language`. Anything not listed does not count. Rare terms count more "
        "than common ones.",
    )

    # -- Authors
    authors: StrictBool = Field(default=True, description="Whether posts have authors.")
    authors_file: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/.authors.yml", description="The authors file. `{blog}` is replaced by `blog_dir`."
    )
    venues_file: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/venues.yml",
        description="The file that names the places of events. `{blog}` is replaced by `blog_dir`.",
    )
    event_map_url: Annotated[str, placeholders("latitude", "longitude")] = Field(
        default="https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}",
        description="URL of a map of the place of an event whose coordinates are known, with the placeholders `{latitude}` "
        "and `{longitude}`. Readers load it only if they follow the link. Empty: no link.",
    )
    event_check: Literal["minimum", "recommended", "off"] = Field(
        default="minimum",
        description="Properties of Bioschemas that are reported if an event lacks them: those that its profile requires "
        "(`minimum`), those that it recommends as well (`recommended`), or none (`off`).",
    )
    calendar_catalogs: tuple[TaxonomyName, ...] = Field(
        default=(),
        description="The taxonomies whose terms have a calendar of their events, such as `category` and `tag`.",
    )
    announce_events: StrictBool = Field(
        default=False,
        description="Whether the announcement banner shows the next event while no post is announced.",
    )
    event_emails: StrictBool = Field(
        default=False, description="Whether the emails of `contact` are published on pages and in calendars."
    )
    authors_remote_avatars: StrictBool = Field(
        default=False,
        description="Whether pictures of authors are loaded from other sites. Each is a request from the reader's browser to "
        "that site, so initials are shown instead by default.",
    )
    authors_profiles: StrictBool = Field(default=True, description="Whether each author has a page.")
    authors_profiles_name: Title = Field(
        default=translatable("Authors"), description="Title of the overview of authors."
    )
    authors_profiles_url_format: Annotated[str, placeholders("slug", "name")] = Field(
        default="author/{slug}", description="URL of an author's page below `blog_dir`."
    )
    authors_profiles_pagination: StrictBool | None = Field(
        default=None, description="Whether author pages are paginated. `None`: same as `pagination`."
    )
    authors_profiles_pagination_per_page: Count | None = Field(
        default=None, description="Posts per page of an author. `None`: same as `pagination_per_page`."
    )
    authors_profiles_toc: StrictBool | None = Field(
        default=None,
        description="Whether the table of contents of an author's page contains the titles of posts. `None`: same as `blog_toc`.",
    )
    authors_profiles_view: Look | None = Field(
        default=None, description="Layout of author pages. `None`: same as `blog_view`."
    )

    # -- Pagination
    pagination: StrictBool = Field(default=True, description="Whether lists are paginated.")
    pagination_per_page: Count = Field(default=10, description="Posts per page of a list.")
    pagination_url_format: Annotated[str, placeholders("page", needed="page")] = Field(
        default="page/{page}", description="URL of the second and later pages, below the list."
    )
    pagination_format: str = Field(
        default="~2~",
        description="Number of page numbers on either side of the current page: `~2~` shows two.",
    )
    pagination_template: str = Field(default="", description="The former name of `pagination_format`.")
    pagination_if_single_page: StrictBool = Field(
        default=False, description="Whether page numbers are shown for a list of one page."
    )
    pagination_keep_content: StrictBool = Field(
        default=False, description="Whether the introduction of a list is repeated on its later pages."
    )

    # -- Drafts
    draft: StrictBool = Field(default=False, description="Whether drafts and scheduled posts are built.")
    draft_on_serve: StrictBool = Field(default=True, description="Whether live previews show them.")
    draft_if_future_date: StrictBool = Field(
        default=False, description="Whether a post with a future date is unpublished until then."
    )

    # -- Feeds
    feed: StrictBool = Field(default=True, description="Whether feeds are written.")
    feed_files: FeedFiles = Field(
        default={"atom": "atom.xml"},
        description="The feeds of the blog and their paths below `blog_dir`, or from the root of the site if a path "
        "begins with `/`. `atom`, `rss` and `json` contain the most recently published posts, `atom_updated`, "
        "`rss_updated` and `json_updated` the most recently updated ones. The feeds of a term have the same names, in the "
        "folder of its page.",
    )
    feed_catalogs: tuple[TaxonomyName, ...] = Field(
        default=tuple(kind.name for kind in KINDS if kind.has_feeds),
        description="The taxonomies that have feeds, one for each term: `category`, `tag`, `author`, `series`, "
        "`location`, `language`, `archive`, and those that extensions register. ABlog's `blog_feed_archives` enables or "
        "disables all of them.",
    )
    feed_length: Count = Field(default=20, description="Number of posts in a feed. ABlog's `blog_feed_length`.")
    feed_archive: StrictBool = Field(
        default=False,
        description="Whether additional files contain all older posts, for programs that read the whole blog "
        "([RFC 5005](https://www.rfc-editor.org/rfc/rfc5005#section-4)).",
    )
    feed_fulltext: StrictBool = Field(
        default=True,
        description="Whether feeds contain full posts; otherwise excerpts. ABlog's `blog_feed_fulltext`.",
    )
    feed_titles: StrictBool = Field(
        default=False,
        description="Whether feeds contain only metadata: title, description, dates, authors, terms. ABlog's "
        "`blog_feed_titles`.",
    )
    feed_ids: Literal["url", "uuid"] = Field(
        default="url",
        description="What identifies a post without `id` in feeds: its URL, or `uuid`, a UUID made of its URL, as some archives "
        "of blogs prefer. Choose before you publish the first post: readers take an entry with another id for a new one.",
    )
    feed_subtitle: str = Field(
        default="",
        description="One sentence about the blog, for feeds. Empty: ABlog's `blog_feed_subtitle`, or the `description` of "
        "the index.",
    )
    feed_page: Folder = Field(
        default="subscribe",
        description="URL of the page that lists the feeds, below `blog_dir`. Empty: no page.",
    )

    # -- Age
    old_after: Count | None = Field(
        default=None,
        description="Number of days after which a post has a notice that it may be out of date, counted from its last update. "
        "References in such a post to what is gone are reported as `newsroom.stale`. `None`: never.",
    )
    old_after_categories: dict[str, CountOrNone] = Field(
        default_factory=dict,
        description="The same for the posts of single categories; `0`: never. Of several categories, the one with the longest "
        "time counts.",
    )
    linkcheck_since: Day = Field(
        default="",
        description="Sphinx's `linkcheck` builder does not check the links of posts that were last updated before this day, such "
        "as `2024-01-01`. Empty: it checks all.",
    )

    # -- Releases
    release_page: Folder = Field(
        default="releases",
        description="URL of the page that lists the releases, below `blog_dir`, if any post has `release` in its front matter. "
        "The feed of releases is in this folder. Empty: no page and no feed.",
    )
    release_project: str = Field(
        default="",
        description="The project whose versions `versionadded` and similar directives name. Empty: Sphinx's `project`.",
    )
    release_links: dict[str, LinkPattern] = Field(
        default_factory=dict,
        description="Links of each release, by text: URLs with `{version}`, `{project}`, or another key of `release` in the "
        "front matter, such as `{doi}`. A link for which a post has no value is left out.",
    )

    # -- License and citation
    license: str = Field(
        default="",
        description="License of posts that set none: an id of the [SPDX list](https://spdx.org/licenses/) such as `CC-BY-4.0`, "
        "or a URL. Shown below posts and in feeds.",
    )
    citation_style: str = Field(
        default="apa",
        description="Style of references: the name of a [CSL style](https://www.zotero.org/styles), such as `ieee`, or the path of a "
        "`.csl` file below the source folder. `pip install 'sphinxext-newsroom[citations]'` installs the styles; without it, "
        "references have the form of APA.",
    )
    issn: Issn = Field(default="", description="ISSN of the blog, for citations.")
    bibliography: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/references.bib",
        description="A BibTeX file: `references` of posts can name its keys. `{blog}` is replaced by `blog_dir`. "
        "`pip install 'sphinxext-newsroom[citations]'` installs what reads it.",
    )
    citation: StrictBool = Field(
        default=False,
        description="Whether every post says how to cite it: a formatted reference, files and tags for reference managers and "
        "Google Scholar, typed links (FAIR Signposting). Posts with a `doi` always do.",
    )

    # -- Link previews
    social_image: PictureSource = Field(
        default="",
        description="Image in link previews of pages without a cover: a URL, or a path below the source folder. With "
        "sphinxext-opengraph, its options apply unless this is set.",
    )
    social_image_alt: str = Field(default="", description="Alternative text of that image.")
    social_cards: StrictBool = Field(
        default=False,
        description="Whether a social card with the title is drawn for each post without a cover, and for lists if "
        "`social_image` is not set (link previews need `html_baseurl`). "
        "`pip install 'sphinxext-newsroom[cards]'` installs the requirements. With sphinxext-opengraph, the blog uses these "
        "cards, and all other pages its own.",
    )
    social_cards_color: Color = Field(
        default="#1b365d",
        description="Background colour of these cards, such as `#1b365d`. The text is white, or black if white would be "
        "illegible.",
    )
    social_cards_font: str = Field(
        default="",
        description="Font of these cards: the path of a TrueType or OpenType file below the source folder. Empty: Inter, "
        "which supports Latin, Greek and Cyrillic.",
    )

    # -- Markdown
    markdown_extensions: tuple[Any, ...] = Field(
        default=(), description="Enabled Markdown extensions, as in `markdown_extensions` of `mkdocs.yml`."
    )
    markdown_everywhere: StrictBool = Field(
        default=False,
        description="Whether these extensions apply to every page of the site instead of posts only. With `mkdocs`, the "
        "default is true if the source folder is the `docs_dir` of that file.",
    )
    markdown_documents: tuple[str, ...] = Field(
        default=(),
        description="Documents besides posts to which these extensions apply: glob patterns of docnames such as `guides/**`. "
        "If `sphinxext.newsroom.markdown` is used without a blog, they apply to all documents unless this is set.",
    )

    # -- The whole site
    blogs: tuple[dict[str, Any], ...] = Field(
        default=(),
        description="Options of each blog, for a site with several; options that a blog does not set are those of the "
        "site. Each needs a different `blog_dir`.",
    )
    mkdocs: str = Field(
        default="",
        description="Path of a `mkdocs.yml`, relative to `conf.py`: its settings of the blog and the site apply unless "
        "`conf.py` sets them.",
    )
    toctrees: str = Field(
        default="",
        description="Folder with toctrees for pages that have none, relative to `conf.py`. The text of each file is added "
        "to the end of the document at the same path, or is a page if there is no such document. "
        "`newsroom migrate mkdocs` writes these files, so that the pages of the old site need no change.",
    )
    redirects: dict[str, str] = Field(
        default_factory=dict,
        description="Maps old pages to pages or URLs: paths below the source folder, with or without suffix.",
    )
    mentions_domains: tuple[str, ...] = Field(
        default=(),
        description="Domains whose objects show the posts that mention them, such as `py` or `std`: a line below each "
        "object, and below each term of a glossary.",
    )
    ablog_urls: StrictBool | None = Field(
        default=None,
        description="Whether ABlog's URLs of lists redirect to the new ones if they differ. `None`: if any post uses ABlog's "
        "syntax.",
    )
    severity: dict[Subtype, Literal["ignore", "warn", "error"]] = Field(
        default_factory=dict,
        description="Severity of each kind of problem: `ignore`, `warn`, or `error`, which makes the build fail after all "
        "problems have been reported.",
    )
    annotations: StrictBool = Field(
        default=False,
        # No page depends on it.
        repr=False,
        exclude=True,
        description="Whether builds in GitHub Actions write all warnings, those of Sphinx included, as annotations on the "
        "lines of a pull request as well.",
    )
    compare_content: StrictBool = Field(
        default=False,
        repr=False,
        exclude=True,
        description="Whether a file has changed only if its content has, whatever its modification time is. With the cache of "
        "an earlier build, continuous integration then builds what has changed since. The times of unchanged source files "
        "are set to those of the earlier build.",
    )


def names() -> tuple[str, ...]:
    """Return the names of all options as ``conf.py`` has them."""
    return tuple(PREFIX + name for name in Options.model_fields)


def default(name: str) -> object:
    """Return the default of an option.

    :param name: its name without prefix.
    """
    value = Options.model_fields[name].get_default(call_default_factory=True)
    return list(value) if isinstance(value, tuple) else value


def read_text(name: str, text: str) -> object:
    """Parse a text as the value of an option; return the text if that is impossible.

    :param name: its name without prefix.
    :param text: such as ``0`` or ``a,b``, from a command line.
    """
    if name not in Options.model_fields:
        return text
    if isinstance(default(name), list):
        return text.split(",")
    try:
        return getattr(Options.model_validate_strings({name: text}), name)
    except ValidationError:
        return text


def parse_options(
    values: Mapping[str, Any], registered: Registered | None = None
) -> tuple[Options, tuple[Problem, ...]]:
    """Check option values; one that cannot be used is reported and replaced by its default.

    :param values: the values by name, without prefix.
    :param registered: the taxonomies and formats of feeds that there are.
    """
    problems: list[Problem] = []
    good = {name: sanitize(value) if isinstance(value, str) else value for name, value in values.items()}
    while True:
        try:
            return Options.model_validate(good, context=registered), tuple(problems)
        except ValidationError as error:
            # A union reports one error a member: one sentence for each option is enough.
            for name in dict.fromkeys(str(detail["loc"][0]) for detail in error.errors()):
                details = [detail for detail in error.errors() if detail["loc"][0] == name]
                problems.append(_problem(name, good.pop(name), details))


def _problem(name: str, value: object, details: list[Any]) -> Problem:
    if name not in Options.model_fields:
        meant = nearest(name, Options.model_fields)
        hint = f" Did you mean {PREFIX + meant!r}?" if meant else ""
        return Problem(subtype=Subtype.CONFIG, message=f"{PREFIX}{name} is not an option.{hint}")
    reasons = dict.fromkeys(
        detail["msg"].removeprefix("Value error, ").replace("Input should be", "expected") for detail in details
    )
    message = (
        f"{PREFIX}{name} = {value!r} cannot be used: {' or '.join(reasons)}. The default {default(name)!r} is used."
    )
    literals = [str(v) for detail in details for v in _literals(detail)]
    return Problem(subtype=Subtype.CONFIG, message=message + suggestion(value, literals))


def _literals(detail: Mapping[str, Any]) -> list[str]:
    expected = str(detail.get("ctx", {}).get("expected", "")) if detail["type"] == "literal_error" else ""
    return [part.strip(" '") for part in expected.replace(" or ", ",").split(",") if part.strip()]


def babel_locale(language: str) -> Locale:
    """Return the locale for a Sphinx language, English when Babel does not know it.

    :param language: such as ``et`` or ``pt_BR`` or ``pt-BR``.
    """
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
