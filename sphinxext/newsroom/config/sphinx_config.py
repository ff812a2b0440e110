"""Register options with Sphinx, validate them, and synchronize them with ABlog's options."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sphinxext.newsroom.config.options import PREFIX, Options, default, parse_options, read_text
from sphinxext.newsroom.config.sphinx_hosting import find_base_url
from sphinxext.newsroom.config.sphinx_mkdocs_site import adopt_settings, read_mkdocs_site
from sphinxext.newsroom.config.sphinx_registry import feed_formats, taxonomy_kinds
from sphinxext.newsroom.config.types import Registered
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.slugs import load_slugify
from sphinxext.newsroom.utils.translatable import translatable
from sphinxext.newsroom.utils.urls import PermalinkError, is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config

PREVIEW_VARIABLE = "NEWSROOM_PREVIEW"
"""Set it to anything but ``0`` to have a build taken for live preview, or to ``0`` for the contrary."""
# Programs that rebuild on every change; each build is a separate process.
PREVIEW_PROGRAMS = re.compile(r"sphinx[-_]autobuild|ablog(\x00| )serve|esbonio")


# Themes with the icons that ABlog's sidebars show instead of words.
BRINGS_FONTAWESOME = ("pydata_sphinx_theme", "sphinx_book_theme")
# Dates in ABlog's directives are stored in the environment.
READ_WITH_DOCUMENTS = frozenset({"timezone"})
WITHOUT_EFFECT_ON_PAGES = frozenset({"annotations"})
USUAL_TITLE = translatable("Blog")
UNNAMED = "Project name not set"
"""Sphinx's name of a project that has none."""
# Options that are not those of one blog.
SITE_OPTIONS = frozenset(
    {
        "blogs",
        "mkdocs",
        "severity",
        "redirects",
        "timezone",
        "ablog_urls",
        "mentions_domains",
        "annotations",
        "toctrees",
    }
)
# Functions that a mkdocs.yml may name: they make slugs, and nothing else.
TRUSTED_FUNCTIONS = re.compile(r"(pymdownx\.slugs|markdown\.extensions\.toc|material\.plugins\.blog)\.\w+(\(.*\))?$")

SHORT_HEADERS = ("pydata_sphinx_theme", "sphinx_book_theme")
"""Themes whose header or sidebar has the title in one line."""


def register_options(app: Sphinx) -> None:
    """Register every option as ``newsroom_<name>``.

    :param app: the application.
    """
    for name in Options.model_fields:
        # Checked by the model, so that there is one warning for a bad value, and it can be silenced.
        rebuild: Literal["", "env", "html"] = "env" if name in READ_WITH_DOCUMENTS else "html"
        if name in WITHOUT_EFFECT_ON_PAGES:
            rebuild = ""
        if PREFIX + name not in app.config:  # those of Markdown belong to a separate extension
            app.add_config_value(PREFIX + name, default(name), rebuild, types=Any)


def explicit_settings(config: Config) -> dict[str, Any]:
    """Return the values that ``conf.py`` and the command line give, known or not.

    Sphinx tells the value of an option but not whether it is the default; pydata-sphinx-theme looks here as well.

    :param config: the configuration.
    """
    return {**config._raw_config, **config.overrides}  # noqa: SLF001 - see above


def is_set(config: Config, name: str) -> bool:
    """Return whether ``conf.py`` or the command line gives a value.

    :param config: the configuration.
    :param name: the full name of the value.
    """
    return name in explicit_settings(config)


def read_options(app: Sphinx) -> tuple[Options, tuple[Options, ...], tuple[Problem, ...]]:
    """Return the options of the site and those of each of its blogs.

    What ``conf.py`` does not set comes from ``mkdocs.yml`` where one is named, then from ABlog's options of the same
    meaning.

    :param app: the application.
    """
    config = app.config
    written = _written(config)
    mkdocs = read_mkdocs_site(app)
    found: list[Problem] = []
    registered = Registered(kinds=taxonomy_kinds(app), formats=feed_formats(app))
    inherited: dict[str, Any] = _defaults(registered) | _of_ablog(config, registered)
    if mkdocs is not None:
        settings = mkdocs.settings
        found += mkdocs.problems
        blogs = [_trusted(blog, found) for blog in settings.blogs]
        # The plugin makes feeds of the whole site; of several blogs the first is the one that is followed.
        feeds = {name: value for name, value in settings.feeds.items() if name not in written}
        blogs[:1] = [feeds | blog for blog in blogs[:1]]
        inherited |= blogs[0] if len(blogs) == 1 else {"blogs": blogs}
        inherited |= {
            "markdown_extensions": tuple(_trusted_extension(entry, found) for entry in settings.markdown_extensions),
            "markdown_everywhere": mkdocs.is_whole,
            "redirects": dict(settings.redirects),
            "tags_identifiers": dict(settings.tags),
        }
    base = _complete({**inherited, **written}, config, registered, found)
    of_blogs: list[Options] = []
    for entry in base.blogs:
        own = {name: value for name, value in entry.items() if name not in SITE_OPTIONS}
        if wrong := sorted(entry.keys() & SITE_OPTIONS):
            message = f"{PREFIX}blogs: {', '.join(wrong)} can only be set for the whole site; it is left out."
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
        shared = {name: value for name, value in {**inherited, **written}.items() if name != "blogs"}
        options = _complete({**shared, **own}, config, registered, found)
        if any(options.blog_dir == other.blog_dir for other in of_blogs):
            message = f"{PREFIX}blogs: two blogs have the blog_dir {options.blog_dir!r}; the second is left out."
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
        else:
            of_blogs.append(options)
    enabled = tuple(options for options in of_blogs or (base,) if options.enabled)
    if not enabled:
        base = base.model_copy(update={"enabled": False})
    return base, enabled or (base,), tuple(dict.fromkeys(found))


def _written(config: Config) -> dict[str, Any]:
    """Return what ``conf.py`` and the command line say, by name without prefix; on the command line, all is text."""
    values = {
        name.removeprefix(PREFIX): value for name, value in explicit_settings(config).items() if name.startswith(PREFIX)
    }
    texts = {name for name, value in values.items() if isinstance(value, str) and PREFIX + name in config.overrides}
    return {name: read_text(name, value) if name in texts else value for name, value in values.items()}


def _defaults(registered: Registered) -> dict[str, Any]:
    """Return the defaults that depend on what extensions have registered."""
    return {"feed_catalogs": tuple(kind.name for kind in registered.kinds if kind.has_feeds)}


def _of_ablog(config: Config, registered: Registered) -> dict[str, Any]:
    """Return ABlog's options that mean the same as ours, where ``conf.py`` sets them."""
    values: dict[str, Any] = {}
    for ours, theirs in (
        ("blog_dir", "blog_path"),
        ("title", "blog_title"),
        ("feed_length", "blog_feed_length"),
        ("feed_subtitle", "blog_feed_subtitle"),
    ):
        if is_set(config, theirs) and config[theirs]:
            values[ours] = config[theirs]
    for ours, theirs in (("feed_fulltext", "blog_feed_fulltext"), ("feed_titles", "blog_feed_titles")):
        if is_set(config, theirs):
            values[ours] = bool(config[theirs])
    if is_set(config, "blog_feed_archives"):
        values["feed_catalogs"] = tuple(kind.name for kind in registered.kinds) if config.blog_feed_archives else ()
    if is_set(config, "blog_feed_templates"):
        # It names all feeds that there are; those of templates are planned with ours.
        values["feed_files"] = {}
    return values


def _trusted(blog: Mapping[str, Any], found: list[Problem]) -> dict[str, Any]:
    """Leave out functions that are not known to do nothing but make slugs: nothing that MkDocs would run is run."""
    values = dict(blog)
    for name in ("post_slugify", "categories_slugify", "categories_sort_by"):
        if name in values and not TRUSTED_FUNCTIONS.match(str(values[name])):
            message = f"{name}: {values.pop(name)!r} is not called because mkdocs.yml names it; name it in conf.py."
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
    return values


def _trusted_extension(entry: Any, found: list[Problem]) -> Any:
    """Return an entry of ``markdown_extensions`` without functions that are not known to do nothing but make slugs."""
    if not isinstance(entry, dict):
        return entry
    values = {name: dict(options) if isinstance(options, dict) else options for name, options in entry.items()}
    for name, options in values.items():
        if isinstance(options, dict) and isinstance(made := options.get("slugify"), str):
            if TRUSTED_FUNCTIONS.match(made):
                continue
            del options["slugify"]
            message = (
                f"{name}: slugify: {made!r} is not called because mkdocs.yml names it; name it in conf.py, in "
                f"{PREFIX}markdown_extensions."
            )
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
    return values


def _complete(values: dict[str, Any], config: Config, registered: Registered, found: list[Problem]) -> Options:
    """Check options and fill in what has no plain default."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    options, problems = parse_options(values, registered)
    found += problems
    update: dict[str, Any] = {
        "blog_dir": posixpath.normpath(options.blog_dir.strip("/") or "."),
        "title": options.title or _(str(config.blog_title or USUAL_TITLE)),
    }
    if options.pagination_template:
        update["pagination_format"] = options.pagination_template
        message = f"{PREFIX}pagination_template is now called {PREFIX}pagination_format; its value is used."
        found.append(Problem(subtype=Subtype.CONFIG, message=message))
    for name in ("post_slugify", "categories_slugify"):
        try:
            load_slugify(getattr(options, name))
        except PermalinkError as error:
            update[name] = default(name)
            message = f"{PREFIX}{name}: {error}; the default {default(name)!r} is used."
            found.append(Problem(subtype=Subtype.CONFIG, message=message))
    return options.model_copy(update=update)


def fill_from_environment(app: Sphinx, config: Config) -> list[Problem]:
    """Set options that depend on other options or the environment, before they are read; return problems.

    Values that Sphinx compares with those of the last build have to be set here: set later, they would differ from what
    ``conf.py`` gives, and every build would be a full one.

    :param app: the application.
    :param config: the configuration.
    """
    mkdocs_url = ""
    if (mkdocs := read_mkdocs_site(app)) is not None:
        settings, mkdocs_url = mkdocs.settings, mkdocs.settings.site_url
        adopt_settings(mkdocs, config, explicit_settings(config))
        if settings.language and not is_set(config, "language"):
            config.language = settings.language.replace("-", "_")
            # The messages of the interface were chosen before this could be known.
            app._init_i18n()  # noqa: SLF001 - Sphinx has no public API
    problems = list(_fill_base_url(app, config, mkdocs_url))
    if is_set(config, PREFIX + "blog_dir") and isinstance(config.newsroom_blog_dir, str):
        config.blog_path = config.newsroom_blog_dir
    if config.html_theme in BRINGS_FONTAWESOME and not is_set(config, "fontawesome_included"):
        # pydata-sphinx-theme sets this too late, which makes every build a full one (pydata-sphinx-theme#1222).
        config.fontawesome_included = True
    # ABlog's own page.html would replace the theme's for every page of the site.
    config.skip_injecting_base_ablog_templates = True
    if config.project == UNNAMED:
        # Sphinx's own title, "Project name not set documentation", pushes everything else out of a narrow header.
        if not is_set(config, "html_title"):
            config.html_title = read_options(app)[1][0].title
        config.project = config.html_title
    return problems


def base_url(config: Config) -> str:
    """Return the URL of the site, ending in ``/``; empty where it is not known.

    :param config: the configuration.
    """
    known = (url for url in (config.html_baseurl, config.blog_baseurl) if isinstance(url, str) and is_web_url(url))
    return next((url.rstrip("/") + "/" for url in known), "")


def _fill_base_url(app: Sphinx, config: Config, mkdocs_url: str) -> Iterator[Problem]:
    """Complete ``html_baseurl`` and ``blog_baseurl`` from each other, ``mkdocs.yml`` and the hosting service."""
    known = base_url(config) or (mkdocs_url if is_web_url(mkdocs_url) else find_base_url(app, config))
    written = {name: config[name] for name in ("html_baseurl", "blog_baseurl")}
    for name, value in {**written, f"{config.newsroom_mkdocs}: site_url": mkdocs_url}.items():
        if value and not is_web_url(str(value)):
            if known:
                outcome = f"{known!r} is used"
            elif name in written:
                outcome = "without one, no feed is written"
            else:
                outcome = "it is not used"
            message = f"{name} is {value!r}; expected a whole URL such as 'https://example.org/docs/'; {outcome}."
            yield Problem(subtype=Subtype.CONFIG, message=message)
    if known and not is_web_url(str(config.blog_baseurl)):
        config.blog_baseurl = known
    # This extension writes a CNAME file for the host of html_baseurl: there, the site has to choose it.
    if known and not is_web_url(str(config.html_baseurl)) and "sphinx.ext.githubpages" not in config.extensions:
        config.html_baseurl = known


def start_at_blog(app: Sphinx, config: Config) -> None:
    """Let a site without a home page start at its blog, as MkDocs builds one; Sphinx would build nothing.

    It is known only now: the suffixes of documents were brought together by Sphinx just before.

    :param app: the application.
    :param config: the configuration.
    """
    source = Path(app.srcdir)
    if is_set(config, "root_doc") or is_set(config, "master_doc"):
        return
    if any((source / f"{config.root_doc}{suffix}").is_file() for suffix in config.source_suffix):
        return
    # MkDocs takes it for the home page, too; or the home page is made of a toctree.
    if config.newsroom_mkdocs and ((source / "README.md").is_file() or config.newsroom_toctrees):
        return
    _options, (blog, *_others), _problems = read_options(app)
    if blog.enabled and (source / blog.blog_dir).is_dir():
        config.root_doc = posixpath.normpath(posixpath.join(blog.blog_dir, "index"))


def shorten_header_title(app: Sphinx, config: Config) -> None:
    """Show the name of the project in the header of pydata-sphinx-theme, where nobody has chosen a title.

    Sphinx's own title ends in "documentation". The header does not break it, so that narrow pages would scroll sideways.

    :param app: the application.
    :param config: the configuration.
    """
    del app
    logo = config.html_theme_options.get("logo", {})
    if (
        config.html_theme not in SHORT_HEADERS
        or any(is_set(config, name) for name in ("html_title", "html_logo"))
        or not isinstance(logo, dict)
        or logo
    ):
        return
    title = config.html_short_title if is_set(config, "html_short_title") else config.project
    config.html_theme_options = {**config.html_theme_options, "logo": {"text": title}}


def shows_drafts(app: Sphinx, options: Options) -> bool:
    """Return whether drafts and scheduled posts of a blog exist in this build.

    :param app: the application.
    :param options: the options of the blog.
    """
    if options.draft or app.tags.has("drafts"):
        return True
    if os.environ.get("READTHEDOCS_VERSION_TYPE") == "external":
        return True
    return options.draft_on_serve and is_preview()


def is_preview() -> bool:
    """Return whether this build was started by live preview."""
    if said := os.environ.get(PREVIEW_VARIABLE):
        return said != "0"
    return PREVIEW_PROGRAMS.search(_command_of(os.getppid())) is not None


def _command_of(process: int) -> str:
    """Return the command line of a process, empty if the system does not tell."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        pass
    command = ["ps", "-o", "command=", "-p", str(process)]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nothing from outside
    except OSError:
        return ""
    return shown.stdout
