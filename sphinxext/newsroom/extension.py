"""Register the event handlers of the extension, in the order of the build phases.

Front matter of all posts is read when Sphinx asks the project for its documents. Documents are then read and written as
usual; excerpts are cached when a post is written, and lists and feeds are rendered last.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.ablog.settings import adjust_config
from sphinxext.newsroom.ablog.setup import add_templates, setup_ablog
from sphinxext.newsroom.ablog.unpublished_sections import unpublished_section_remover
from sphinxext.newsroom.backlinks import sphinx_stale
from sphinxext.newsroom.config.sphinx_config import (
    fill_from_environment,
    register_options,
    shorten_header_title,
    start_at_blog,
)
from sphinxext.newsroom.config.sphinx_registry import register_feed_format
from sphinxext.newsroom.directives import mentions, post_list, tag_index
from sphinxext.newsroom.directives.ablog_postlist import fill_lists
from sphinxext.newsroom.environment import deep_nesting, git_dates, line_ranges, post_source
from sphinxext.newsroom.environment.annotations import annotate_warnings
from sphinxext.newsroom.environment.autosummary import find_stubs_of_posts
from sphinxext.newsroom.environment.blog_project import BlogProject
from sphinxext.newsroom.environment.collector import BlogCollector
from sphinxext.newsroom.environment.drafts_found_while_reading import remove_unpublished_pages
from sphinxext.newsroom.environment.image_names import find_images
from sphinxext.newsroom.environment.included_text import connect_included_text
from sphinxext.newsroom.environment.markdown import read_markdown
from sphinxext.newsroom.environment.site import Site, get_site, set_site
from sphinxext.newsroom.environment.title_override import title_transform
from sphinxext.newsroom.environment.unpublished_references import check_files
from sphinxext.newsroom.feeds.formats import FORMATS
from sphinxext.newsroom.i18n import add_catalogue, forget_catalogue
from sphinxext.newsroom.output import fresh_checkout
from sphinxext.newsroom.output.atomic_pages import write_pages_atomically
from sphinxext.newsroom.output.current_writer import get_site_writer
from sphinxext.newsroom.output.search_index import update_indexes
from sphinxext.newsroom.output.site_writer import SiteWriter
from sphinxext.newsroom.output.sitemap import complete_sitemap
from sphinxext.newsroom.output.source_links import adapt_theme, resolve_markers
from sphinxext.newsroom.pages.broken_templates import replace_broken_templates
from sphinxext.newsroom.pages.deprecated_names import report_deprecated_names
from sphinxext.newsroom.pages.jinja import prepare_templates
from sphinxext.newsroom.pages.post_title import post_title, skip_title
from sphinxext.newsroom.pages.toctree_navigation import place_below_index
from sphinxext.newsroom.references import archive_links, nbsphinx_links, version_links
from sphinxext.newsroom.references.domain import BlogDomain, add_short_roles, warn_of_unknown_name
from sphinxext.newsroom.references.numbering import NumberCollector
from sphinxext.newsroom.references.ref_labels import list_labels, resolve_label
from sphinxext.newsroom.references.toctree import PostTocTree
from sphinxext.newsroom.tuning import connect_tuning
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages, quote_urls
from sphinxext.newsroom.utils.sphinx_events import register_events
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.sphinx_transforms import change_before_writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

FOLDER = Path(__file__).resolve().parent
# Earlier than 500, where most listeners are: ABlog's, the theme's.
EARLY, LATE = 400, 900


def register(app: Sphinx) -> None:
    """Connect every part.

    :param app: the application.
    """
    connect_tuning(app)
    setup_ablog(app)
    forget_catalogue()
    read_markdown(app)
    register_options(app)
    register_events(app)
    for feed_format in FORMATS:
        register_feed_format(app, feed_format)
    _connect_start(app)
    _connect_reading(app)
    _connect_references(app)
    _connect_writing(app)


def _connect_start(app: Sphinx) -> None:
    app.connect("config-inited", _adjust_config, priority=EARLY)
    app.connect("config-inited", add_short_roles, priority=LATE)
    app.connect("config-inited", start_at_blog, priority=LATE)
    app.connect("config-inited", shorten_header_title, priority=LATE)
    fresh_checkout.connect(app)
    app.connect("builder-inited", _start, priority=EARLY)
    app.connect("builder-inited", lambda app: get_site(app).project.restore_generated(), priority=LATE)


def _connect_reading(app: Sphinx) -> None:
    app.add_directive("toctree", PostTocTree, override=True)
    app.add_env_collector(BlogCollector)
    app.connect("source-read", post_source.strip_front_matter, priority=EARLY)
    app.connect("source-read", post_source.add_toctrees, priority=EARLY)
    # Before Sphinx collects images and what is to be downloaded.
    app.connect("doctree-read", find_images, priority=EARLY)
    app.connect("doctree-read", post_source.collect_links, priority=EARLY)
    # Once Sphinx has collected images and downloads.
    app.connect("doctree-read", check_files, priority=LATE)
    app.connect("env-updated", _complete)
    connect_included_text(app)
    line_ranges.connect(app)
    deep_nesting.connect(app)
    app.add_transform(unpublished_section_remover(lambda date: get_site(app).is_unpublished(date)))
    app.add_transform(title_transform(app))
    app.add_directive("post-list", post_list.post_list_directive(app))


def _connect_references(app: Sphinx) -> None:
    app.add_domain(BlogDomain)
    git_dates.connect(app, before=EARLY, after=LATE)
    archive_links.connect(app)
    nbsphinx_links.connect(app)
    version_links.connect(app)
    sphinx_stale.connect(app)
    app.add_env_collector(NumberCollector)
    app.connect("missing-reference", post_source.resolve_plain_docname)
    app.connect("missing-reference", resolve_label)
    app.connect("warn-missing-reference", warn_of_unknown_name)


def _connect_writing(app: Sphinx) -> None:
    app.add_node(post_title, html=(skip_title, None))
    change_before_writing(app, fill_lists)
    app.add_node(post_list.post_list, html=(post_list.visitor(app), None))
    change_before_writing(app, post_list.check_lists)
    tag_index.connect(app)
    mentions.connect(app)
    app.connect("doctree-resolved", _mark_title)
    app.connect("html-collect-pages", _collect_pages)
    app.connect("html-page-context", _add_context, priority=EARLY)
    app.connect("html-page-context", adapt_theme, priority=LATE)
    app.connect("build-finished", complete_sitemap, priority=EARLY)
    app.connect("build-finished", _finish)
    app.connect("builder-inited", annotate_warnings, priority=EARLY - 1)


def _adjust_config(app: Sphinx, config: Config) -> None:
    problems = list(adjust_config(config))
    find_stubs_of_posts(app)
    problems += fill_from_environment(app, config)
    # The site reports them with its own.
    build_state(app).config_problems = tuple(problems)
    add_catalogue(app)
    config.templates_path = [*config.templates_path, str(FOLDER / "templates")]
    config.html_static_path = [*config.html_static_path, str(FOLDER / "static")]
    app.add_css_file("newsroom.css")
    for file in (config.fontawesome_link_cdn, config.fontawesome_css_file):
        if file and isinstance(file, str):
            app.add_css_file(file)


def _start(app: Sphinx) -> None:
    site = Site(app)
    output = SiteWriter(app, site)
    set_site(app, site)
    build_state(app).output = output
    add_templates(app)
    prepare_templates(app, site.state)
    if hasattr(app.builder, "templates"):
        replace_broken_templates(app, app.builder.templates)
    quote_urls(app.builder)
    project = BlogProject(app.project, generated_in=site.state)
    app.project = app.env.project = project
    if site.mkdocs is not None:
        project.exclude(site.excludes)
    if site.options.enabled:
        project.on_discover(site.discover)
        output.write_lists_last()
        list_labels(app)
        if builds_html_pages(app.builder):
            resolve_markers(app)
            report_deprecated_names(app)
            write_pages_atomically(app)
            place_below_index(app, output.index_of)
            update_indexes(app)
    else:
        # No document is read, so report problems with the options here.
        site.reporter.report(site.problems)


def _complete(app: Sphinx, env: BuildEnvironment) -> list[str]:
    if get_site(app).options.enabled:
        remove_unpublished_pages(app, env)
    outdated = get_site_writer(app).complete(env)
    # Sphinx saves its environment only if a document was read or is written: what is gone has to go from it, too.
    return outdated or sorted({app.config.root_doc} & env.found_docs if get_site(app).removed else ())


def _mark_title(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    get_site_writer(app).lift_title(doctree, docname)


def _collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    return get_site_writer(app).collect_pages()


def _add_context(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> str | None:
    output = get_site_writer(app)
    if pagename == "search" and get_site(app).options.enabled:
        app.add_js_file("newsroom-search.js", loading_method="defer")
    if doctree is None:
        output.record_generated_page(pagename)
    return output.add_context(pagename, context, doctree)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is None:
        get_site_writer(app).finish()
        get_site(app).reporter.save()
        if get_site(app).reporter.has_failed:
            app.statuscode = 1
