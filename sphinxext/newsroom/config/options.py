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
    FeedFiles,
    Folder,
    FunctionPath,
    Look,
    Percent,
    PictureSource,
    RelatedBy,
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
    """Every option of the blog, checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=False)

    # -- General
    enabled: StrictBool = Field(default=True, description="Whether there is a blog at all.")
    blog_dir: Folder = Field(
        default="blog",
        description="Folder of the blog below the source folder, and prefix of its addresses. `.` is the source "
        "folder itself. Where it is not set, ABlog's `blog_path` is taken.",
    )
    title: str = Field(
        default="",
        description="Title of the blog: of its feed, and of its index where you have not written one. Empty: ABlog's "
        "`blog_title`.",
    )
    timezone: TimeZone = Field(default="UTC", description="Time zone of dates that name none.")
    blog_toc: StrictBool = Field(
        default=False, description="Whether the titles of posts stand in the table of contents of a list."
    )
    blog_view: Look = Field(
        default="list",
        description="How lists show posts: `list` one below the other with their excerpts, `cards` side by side with "
        "their covers, `table` one a line.",
    )
    list_posts: StrictBool | None = Field(
        default=None,
        description="Whether posts are listed below a page that you wrote at the address of a list, such as "
        "`blog/index.md`. `None`: unless the page lists posts itself, by `post-list` or ABlog's `postlist`. Pages that you "
        "have not written always list their posts.",
    )
    list_navigation: StrictBool = Field(
        default=True,
        description="Whether links to the index, the overviews and the feeds stand above each list.",
    )
    announce: StrictBool = Field(
        default=False,
        description="Whether the newest post with `announce_until` in its front matter stands in the theme's "
        "announcement banner, on every page, until that day is over.",
    )

    # -- Posts
    post_dir: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/posts", description="Folder of the posts. `{blog}` stands for `blog_dir`."
    )
    post_header: StrictBool = Field(
        default=True,
        description="Whether title, authors, dates, categories and cover stand above a post. Otherwise the title stays in "
        "the text of the post, and nothing is added.",
    )
    post_footer: StrictBool = Field(
        default=True,
        description="Whether series, license, authors, related posts, and older and newer posts stand below a post.",
    )
    post_date_format: DatePattern = Field(
        default="long",
        description="How dates are shown: `full`, `long`, `medium`, `short`, or a "
        "[date pattern](https://babel.pocoo.org/en/latest/dates.html#date-fields).",
    )
    post_url_date_format: DatePattern = Field(
        default="yyyy/MM/dd", description="Pattern of `{date}` in `post_url_format`."
    )
    post_url_format: Annotated[str, placeholders("categories", "date", "file", "slug")] = Field(
        default="{date}/{slug}",
        description="Address of a post below `blog_dir`, made of `{categories}`, `{date}`, `{file}` and `{slug}`.",
    )
    post_url_max_categories: CountOrNone = Field(
        default=1, description="How many categories `{categories}` holds at most."
    )
    post_slugify: FunctionPath = Field(
        default="pymdownx.slugs.slugify(case='lower')",
        description="Import path of the function that makes a slug of a title, called with the text and the "
        "separator; with keyword arguments in brackets, the function that it returns is taken.",
    )
    post_slugify_separator: str = Field(default="-", description="What replaces a space in the slug of a post.")
    post_excerpt: Literal["optional", "required"] = Field(
        default="optional", description="Whether a post without excerpt marker is reported."
    )
    post_excerpt_separator: Comment = Field(
        default="<!-- more -->",
        description="The comment that ends the excerpt. Spaces inside the comment do not matter.",
    )
    post_excerpt_paragraphs: CountOrNone = Field(
        default=0,
        description="How many paragraphs, counted from the start, are shown of a post without marker. `0`: the whole "
        "post.",
    )
    post_excerpt_max_authors: CountOrNone = Field(default=1, description="How many authors an excerpt shows at most.")
    post_excerpt_max_categories: CountOrNone = Field(
        default=5, description="How many categories an excerpt shows at most."
    )
    post_readtime: StrictBool = Field(default=True, description="Whether reading times are computed.")
    post_readtime_words_per_minute: Count = Field(
        default=265, description="How many words a reader is thought to read a minute."
    )

    # -- Archive
    archive: StrictBool = Field(default=True, description="Whether there are archive pages.")
    archive_name: Title = Field(default=translatable("Archive"), description="Title of the overview of the archive.")
    archive_date_format: DatePattern = Field(default="yyyy", description="Pattern of the title of an archive page.")
    archive_url_date_format: DatePattern = Field(
        default="yyyy", description="Pattern of `{date}` in `archive_url_format`; posts that share it share a page."
    )
    archive_url_format: Annotated[str, placeholders("date")] = Field(
        default="archive/{date}", description="Address of an archive page below `blog_dir`."
    )
    archive_pagination: StrictBool | None = Field(
        default=None, description="Whether the archive is paginated. `None`: as `pagination`."
    )
    archive_pagination_per_page: Count | None = Field(
        default=None, description="Posts on a page of the archive. `None`: as `pagination_per_page`."
    )
    archive_toc: StrictBool | None = Field(
        default=None,
        description="Whether the titles of posts stand in the table of contents of the archive. `None`: as `blog_toc`.",
    )
    archive_view: Look | None = Field(
        default=None, description="How the pages of the archive show posts. `None`: as `blog_view`."
    )

    # -- Categories
    categories: StrictBool = Field(default=True, description="Whether there are categories.")
    categories_name: Title = Field(
        default=translatable("Categories"), description="Title of the overview of categories."
    )
    categories_url_format: Annotated[str, placeholders("slug")] = Field(
        default="category/{slug}", description="Address of a category below `blog_dir`."
    )
    categories_slugify: FunctionPath = Field(
        default="pymdownx.slugs.slugify(case='lower')", description="As `post_slugify`, for categories."
    )
    categories_slugify_separator: str = Field(default="-", description="What replaces a space in a category's slug.")
    categories_sort_by: SortKey = Field(
        default="view_name",
        description="Order of categories: `view_name`, `view_post_count`, or the import path of a function that returns "
        "the sort key of a collection (which has `name` and `posts`).",
    )
    categories_sort_reverse: StrictBool = Field(default=False, description="Whether that order is turned round.")
    categories_allowed: tuple[str, ...] = Field(
        default=(), description="The categories that posts may have; any other is reported. Empty: all."
    )
    categories_pagination: StrictBool | None = Field(
        default=None, description="Whether categories are paginated. `None`: as `pagination`."
    )
    categories_pagination_per_page: Count | None = Field(
        default=None, description="Posts on a page of a category. `None`: as `pagination_per_page`."
    )
    categories_toc: StrictBool | None = Field(
        default=None,
        description="Whether the titles of posts stand in the table of contents of a category. `None`: as `blog_toc`.",
    )
    categories_view: Look | None = Field(
        default=None, description="How the pages of categories show posts. `None`: as `blog_view`."
    )

    # -- Tags
    tags: StrictBool = Field(default=True, description="Whether there are pages of tags.")
    tags_name: str = Field(default=translatable("Tags"), description="Title of the overview of tags.")
    tags_url_format: Annotated[str, placeholders("slug")] = Field(
        default="tag/{slug}", description="Address of a tag below `blog_dir`."
    )
    tags_identifiers: dict[str, str] = Field(
        default_factory=dict,
        description="Identifier of a tag by its name, for your style sheet: links to the tag have the class "
        "`newsroom-tag-<identifier>`. It is `extra.tags` in `mkdocs.yml`.",
    )
    tags_view: Look | None = Field(
        default=None, description="How the pages of tags show posts. `None`: as `blog_view`."
    )

    # -- Series
    series: StrictBool = Field(default=True, description="Whether there are series.")
    series_name: Title = Field(default=translatable("Series"), description="Title of the overview of series.")
    series_url_format: Annotated[str, placeholders("slug")] = Field(
        default="series/{slug}",
        description="Address of a series below `blog_dir`. Its slug is made as that of a category.",
    )
    series_pagination: StrictBool | None = Field(
        default=None, description="Whether series are paginated. `None`: as `pagination`."
    )
    series_pagination_per_page: Count | None = Field(
        default=None, description="Posts on a page of a series. `None`: as `pagination_per_page`."
    )
    series_toc: StrictBool | None = Field(
        default=None,
        description="Whether the titles of posts stand in the table of contents of a series. `None`: as `blog_toc`.",
    )
    series_view: Look | None = Field(
        default=None, description="How the pages of series show posts. `None`: as `blog_view`."
    )

    # -- Related posts
    related_length: CountOrNone = Field(
        default=3, description="How many related posts are shown below a post at most. `0`: none."
    )
    related_threshold: Percent = Field(
        default=20,
        description="How much of what a post is about another one has to share to be related, in percent.",
    )
    related_weights: dict[RelatedBy, CountOrNone] = Field(
        default_factory=lambda: dict(RELATED_WEIGHTS),
        description="What makes posts related, and how much each counts: `tag`, `object` (what the posts link to in the "
        "documentation), `series`, `category`, `author`, `location`, `language`. What is not named does not count. A label "
        "that few posts share counts more than one that many share.",
    )

    # -- Authors
    authors: StrictBool = Field(default=True, description="Whether posts have authors.")
    authors_file: Annotated[str, placeholders("blog")] = Field(
        default="{blog}/.authors.yml", description="The authors file. `{blog}` stands for `blog_dir`."
    )
    authors_remote_avatars: StrictBool = Field(
        default=False,
        description="Whether pictures of authors are taken from other sites. Each is a request from the reader's browser to "
        "that site, so initials are shown in their place by default.",
    )
    authors_profiles: StrictBool = Field(default=True, description="Whether each author has a page.")
    authors_profiles_name: Title = Field(
        default=translatable("Authors"), description="Title of the overview of authors."
    )
    authors_profiles_url_format: Annotated[str, placeholders("slug", "name")] = Field(
        default="author/{slug}", description="Address of an author's page below `blog_dir`."
    )
    authors_profiles_pagination: StrictBool | None = Field(
        default=None, description="Whether author pages are paginated. `None`: as `pagination`."
    )
    authors_profiles_pagination_per_page: Count | None = Field(
        default=None, description="Posts on a page of an author. `None`: as `pagination_per_page`."
    )
    authors_profiles_toc: StrictBool | None = Field(
        default=None,
        description="Whether the titles of posts stand in the table of contents of an author's page. `None`: as `blog_toc`.",
    )
    authors_profiles_view: Look | None = Field(
        default=None, description="How the pages of authors show posts. `None`: as `blog_view`."
    )

    # -- Pagination
    pagination: StrictBool = Field(default=True, description="Whether lists are divided into pages.")
    pagination_per_page: Count = Field(default=10, description="Posts on a page.")
    pagination_url_format: Annotated[str, placeholders("page", needed="page")] = Field(
        default="page/{page}", description="Address of the second and later pages, below the list."
    )
    pagination_format: str = Field(
        default="~2~",
        description="How many page numbers are shown on either side of the page you are on: `~2~` is two.",
    )
    pagination_template: str = Field(default="", description="The former name of `pagination_format`.")
    pagination_if_single_page: StrictBool = Field(
        default=False, description="Whether page numbers are shown for a list of one page."
    )
    pagination_keep_content: StrictBool = Field(
        default=False, description="Whether the text above a list is repeated on its later pages."
    )

    # -- Drafts
    draft: StrictBool = Field(default=False, description="Whether drafts and scheduled posts are built.")
    draft_on_serve: StrictBool = Field(default=True, description="Whether live preview builds them.")
    draft_if_future_date: StrictBool = Field(
        default=False, description="Whether a post with a date to come is held back until then."
    )

    # -- Feeds
    feed: StrictBool = Field(default=True, description="Whether feeds are written.")
    feed_files: FeedFiles = Field(
        default={"atom": "atom.xml"},
        description="The feeds of the blog, each with its path below `blog_dir`, or from the root of the site if it "
        "begins with `/`. `atom`, `rss` and `json` hold the posts published last, `atom_updated`, `rss_updated` and "
        "`json_updated` those changed last. The feeds of a label have the same names, in the folder of its page.",
    )
    feed_catalogs: tuple[TaxonomyName, ...] = Field(
        default=tuple(kind.name for kind in KINDS if kind.has_feeds),
        description="The taxonomies that have feeds, one for each term: `category`, `tag`, `author`, `series`, "
        "`location`, `language`, `archive`, and what extensions have registered. ABlog's `blog_feed_archives` stands for all or none.",
    )
    feed_length: Count = Field(default=20, description="How many posts a feed holds. ABlog's `blog_feed_length`.")
    feed_archive: StrictBool = Field(
        default=False,
        description="Whether further files hold all posts that are older, for programs that want the whole blog "
        "([RFC 5005](https://www.rfc-editor.org/rfc/rfc5005#section-4)).",
    )
    feed_fulltext: StrictBool = Field(
        default=True,
        description="Whether feeds hold whole posts; otherwise excerpts. ABlog's `blog_feed_fulltext`.",
    )
    feed_titles: StrictBool = Field(
        default=False,
        description="Whether feeds hold neither posts nor excerpts but only what is said of them: title, description, "
        "dates, authors, labels. ABlog's `blog_feed_titles`.",
    )
    feed_subtitle: str = Field(
        default="",
        description="What feeds say of the blog in a sentence. Empty: ABlog's `blog_feed_subtitle`, or the "
        "`description` of the index.",
    )
    feed_page: Folder = Field(
        default="subscribe",
        description="Address of the page that lists the feeds, below `blog_dir`. Empty: there is none.",
    )

    # -- Citing
    license: str = Field(
        default="",
        description="License of posts that name none: an id such as `CC-BY-4.0`, or a URL. It stands below posts and in "
        "feeds.",
    )
    citation: StrictBool = Field(
        default=False,
        description="Whether every post says how to cite it, in the tags that Zotero and Google Scholar read. Posts with a "
        "`doi` always do.",
    )

    # -- Link previews
    social_image: PictureSource = Field(
        default="",
        description="Picture in the previews of links to pages without a cover: a URL, or a path below the source "
        "folder. Where sphinxext-opengraph is used, its own options hold unless this is set.",
    )
    social_image_alt: str = Field(default="", description="What that picture shows.")
    social_cards: StrictBool = Field(
        default=False,
        description="Whether a picture is drawn for each post without a cover, and for lists where `social_image` is not "
        "set: a card with the title, for the previews of links (they need `html_baseurl`). "
        "`pip install 'sphinxext-newsroom[cards]'` installs what draws them. Beside sphinxext-opengraph, these are the "
        "pictures of the blog, and its own options hold for all other pages.",
    )
    social_cards_color: Color = Field(
        default="#1b365d",
        description="Background of these cards, such as `#1b365d`. The text is white, or black where white could not be "
        "read.",
    )
    social_cards_font: str = Field(
        default="",
        description="Font of these cards: the path of a TrueType or OpenType file below the source folder. Empty: Inter, "
        "which has Latin, Greek and Cyrillic letters.",
    )

    # -- Markdown
    markdown_extensions: tuple[Any, ...] = Field(
        default=(), description="The `markdown_extensions` of `mkdocs.yml`, kept for the posts that use them."
    )
    markdown_everywhere: StrictBool = Field(
        default=False,
        description="Whether these extensions hold for every page of the site instead of posts alone. With `mkdocs`, they "
        "do if the source folder is the `docs_dir` of that file, unless this is set.",
    )
    markdown_documents: tuple[str, ...] = Field(
        default=(),
        description="Documents for which these extensions hold besides posts: patterns of docnames such as `guides/**`. "
        "Where `sphinxext.newsroom.markdown` is used without a blog, they hold for all documents unless this is set.",
    )

    # -- The whole site
    blogs: tuple[dict[str, Any], ...] = Field(
        default=(),
        description="Options of each blog, where a site has several; what one does not set is as set for all. Each needs "
        "a `blog_dir` of its own.",
    )
    mkdocs: str = Field(
        default="",
        description="A `mkdocs.yml` left in place, relative to `conf.py`: what it says of the blog and of the site is used "
        "where `conf.py` says nothing.",
    )
    redirects: dict[str, str] = Field(
        default_factory=dict,
        description="Old addresses, each with the page or URL that it leads to: paths below the source folder, with or "
        "without suffix.",
    )
    ablog_urls: StrictBool | None = Field(
        default=None,
        description="Whether the addresses that ABlog gives to lists lead to ours where they differ. `None`: if a post is "
        "declared in one of ABlog's ways.",
    )
    severity: dict[Subtype, Literal["ignore", "warn", "error"]] = Field(
        default_factory=dict,
        description="What becomes of each kind of problem: `ignore`, `warn`, or `error`, which ends the build once "
        "everything has been reported.",
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
    """Return what a text means as the value of an option; where that cannot be told, the text.

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
