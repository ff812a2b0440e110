"""Write redirect pages at old URLs: those set by authors, and those of ABlog's lists."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.ablog.urls import legacy_urls
from sphinxext.newsroom.blog.redirects import HOME, Redirect, Redirects
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.config.sphinx_config import base_url, is_set
from sphinxext.newsroom.feeds.sphinx_plan import extra_file
from sphinxext.newsroom.pages.jinja import render
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import html_builder, language_tag
from sphinxext.newsroom.utils.urls import absolute_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.content.reserved_paths import ReservedPaths
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.problems import Problem


def find_redirects(
    app: Sphinx,
    site: Site,
    pagenames: AbstractSet[str],
    reserved: ReservedPaths,
    copied: Callable[[str], str | None],
) -> tuple[list[Redirect], list[Problem]]:
    """Return the redirect pages to write, and problems with configured redirects.

    :param app: the application.
    :param site: its site, the index complete.
    :param pagenames: every page of the site.
    :param reserved: paths of other files.
    :param copied: returns what the site copies to a path in the output, None for nothing.
    """

    def find_document(path: str) -> str | None:
        docname = site.project.path2doc(path) or path
        return docname if docname in app.env.found_docs else None

    redirects = Redirects(pagenames, file_of=partial(_file, app), reserved=reserved, copied=copied)
    redirects.add_posts(site.blog.posts.values(), site.reporter.locate)
    redirects.add_pages(site.options.redirects, find=find_document, suffixes=tuple(app.config.source_suffix))
    if starts_at_blog(app, site):
        # Last: a redirect of the site itself from its root comes first.
        redirects.add_home(app.config.root_doc)
    for section in site.sections:
        redirects.add_merged_labels(section.blog)
    found = list(redirects.found)
    if keeps_ablog_urls(site):
        # The same URL is a different file for each builder, so files are compared.
        files = {_file(app, name).casefold() for name in (*pagenames, *(redirect.pagename for redirect in found))}
        found += (
            old
            for old in _of_ablog(app, site, files)
            if reserved.owner(old.pagename) is None and not redirects.obstacle(old.pagename)
        )
    return found, redirects.problems


def starts_at_blog(app: Sphinx, site: Site) -> bool:
    """Return whether the root of a site redirects to a blog, because no file of the site is there.

    :param app: the application.
    :param site: its site.
    """
    is_taken = HOME in app.config.html_additional_pages or extra_file(app, f"{HOME}.html")
    return app.config.root_doc in {section.blog.index for section in site.sections} and not is_taken


def keeps_ablog_urls(site: Site) -> bool:
    """Return whether what ABlog has at other URLs is there as well.

    :param site: the site, its index complete.
    """
    if (wanted := site.options.ablog_urls) is not None:
        return wanted
    permalinks = site.project.permalinks
    return any(post.docname not in permalinks for post in site.main.blog.posts.values())


def _of_ablog(app: Sphinx, site: Site, files: set[str]) -> Iterator[Redirect]:
    for pagename, target, title in legacy_urls(site.main.blog, app.config):
        file = _file(app, pagename).casefold()
        if file not in files:
            files.add(file)
            yield Redirect(pagename=pagename, docname=target, title=title)


def _file(app: Sphinx, pagename: str) -> str:
    """Return the file of a root-relative URL."""
    if pagename.endswith(".html"):
        return pagename
    return Path(html_builder(app).get_outfilename(pagename)).relative_to(app.outdir).as_posix()


def redirect_path(app: Sphinx, redirect: Redirect) -> str:
    """Return the path of the redirect page at an old URL, from the root of the site.

    :param app: the application.
    :param redirect: the old URL.
    """
    return _file(app, redirect.pagename)


def write_redirects(app: Sphinx, redirects: Iterable[Redirect]) -> None:
    """Write the redirect pages.

    :param app: the application.
    :param redirects: the old URLes.
    """
    builder, base = html_builder(app), base_url(app.config)
    # Search engines follow at once; ABlog has readers wait for five seconds.
    seconds = app.config.post_redirect_refresh if is_set(app.config, "post_redirect_refresh") else 0
    for redirect in redirects:
        path = redirect_path(app, redirect)
        target = "" if redirect.url else builder.get_target_uri(redirect.docname)
        target += f"#{redirect.anchor}" if redirect.anchor else ""
        url = redirect.url or "../" * path.count("/") + target
        known = app.env.titles.get(redirect.docname)
        content = render(
            app,
            "newsroom/redirect.html",
            {},
            language=language_tag(app),
            direction=babel_locale(app.config.language or "en").text_direction,
            title=known.astext() if known else redirect.title or url,
            url=url,
            canonical=redirect.url or absolute_url(base, target or "./") or url,
            is_home=redirect.pagename == HOME,
            seconds=0 if redirect.pagename == HOME else seconds,
        )
        write_output_file(app, Path(app.outdir) / path, content.encode())
