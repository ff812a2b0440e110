"""Render lists with a site's own copies of ABlog's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ablog.post import _ as ablog_gettext
from markupsafe import escape

from sphinxext.newsroom.ablog.index import blog_of
from sphinxext.newsroom.ablog.kinds import ABLOG_KINDS
from sphinxext.newsroom.ablog.site_templates import CATALOG, COLLECTION
from sphinxext.newsroom.blog.pagination import Overview
from sphinxext.newsroom.config.taxonomy_kinds import ARCHIVE
from sphinxext.newsroom.utils.markup import rendered

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.pagination import View


def is_list_of_ablog(kind: str, pagename: str, app: Sphinx) -> bool:
    """Return whether ABlog would write a list; it never overwrites a page of the site, except its index.

    :param kind: ``index``, or the taxonomy.
    :param pagename: the first page of the list.
    :param app: the application.
    """
    project: Any = app.project  # a BlogProject
    is_written = pagename in app.env.found_docs and pagename not in project.generated
    # ABlog knows no series.
    return (kind == "index" or kind in ABLOG_KINDS) and (not is_written or pagename == app.config.blog_path)


def template_of(app: Sphinx, view: View, own: AbstractSet[str]) -> str:
    """Return the site's own copy of ABlog's template for a page, empty if there is none.

    :param app: the application.
    :param view: the page.
    :param own: the templates that the site has.
    """
    template = CATALOG if isinstance(view, Overview) else COLLECTION
    return template if template in own and is_list_of_ablog(view.kind, view.pagename, app) else ""


def page_context(app: Sphinx, view: View) -> dict[str, Any]:
    """Return what ABlog tells a template of a page; empty if ABlog has nothing to say.

    :param app: the application.
    :param view: the page; :func:`template_of` gives a template for it.
    """
    blog = blog_of(app)
    if view.kind == "index":
        return {
            "title": escape(ablog_gettext("All Posts")),
            "header": ablog_gettext("All"),
            "collection": blog.posts,
            "summary": True,
            "atom_feed": bool(blog.blog_baseurl),
            "feed_path": blog.blog_path,
        }
    names = ABLOG_KINDS[view.kind]
    taxonomy = blog.archive if view.kind == ARCHIVE else blog.catalogs[names.catalog]
    header = ablog_gettext(names.header)
    if isinstance(view, Overview):
        title = ablog_gettext(names.title)
        return {"title": escape(title), "header": header, "catalog": taxonomy, "summary": True}
    found = next((c for c in taxonomy.collections.values() if c.docname == view.pagename), None)
    if found is None:
        return {}
    has_feeds = bool(blog.blog_baseurl and blog.blog_feed_archives)
    title = rendered(f"{escape(header)} {escape(str(found))}")
    return {
        "title": title,
        "header": header,
        "collection": found,
        "summary": True,
        "feed_path": found.path if has_feeds else blog.blog_path,
        "feed_title": title,
        "archive_feed": has_feeds,
    }
