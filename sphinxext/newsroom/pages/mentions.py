"""The posts that mention a page or an object, as sidebars and lines below objects name them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext.newsroom.backlinks.index import Target
from sphinxext.newsroom.backlinks.sphinx_mentions import get_mentions
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Mention, MentionedObject

SIDEBAR = "mentions"
_USE_OF_SIDEBAR = re.compile(r"newsroom/sidebars/mentions|newsroom_sidebar\(\s*['\"]mentions['\"]")


def mention_entries(app: Sphinx, posts: Iterable[Post]) -> list[Mention]:
    """Return what is shown of the posts that mention something: title, date and where they are.

    :param app: the application, the index complete.
    :param posts: the posts.
    """
    # It makes the contexts of posts, which name mentions as well.
    from sphinxext.newsroom.pages.context_builders import ContextBuilders

    site = get_site(app)
    pages = ContextBuilders(app, site, site.blog)
    return [
        {
            "page": post.docname,
            "anchor": post.anchor,
            "external_link": post.front_matter.external_link,
            "title": pages.titles.of_post(post),
            "created": {
                "iso": post.created.isoformat(),
                "text": pages.posts.format_date(post.created, site.section_with(post).options.post_date_format),
            },
        }
        for post in posts
    ]


def mentioned_objects(app: Sphinx, post: Post) -> list[MentionedObject]:
    """Return the pages and objects that a post refers to.

    :param app: the application, the index complete.
    :param post: the post.
    """
    mentions, env = get_mentions(app), app.env
    found: list[MentionedObject] = []
    for page, anchor in mentions.mentioned_by(post):
        name = mentions.object_at(Target(page, anchor))
        if page in env.titles:
            title = name or (_heading(app, page, anchor) if anchor else "") or env.titles[page].astext()
            found.append({"title": title, "page": page, "anchor": anchor, "url": "", "is_object": bool(name)})
        elif is_web_url(page):
            # The anchor of an object is its name, as a rule.
            path, _hash, fragment = page.partition("#")
            found.append(
                {"title": fragment or path, "page": "", "anchor": "", "url": page, "is_object": bool(fragment)}
            )
    return found


def _heading(app: Sphinx, docname: str, anchor: str) -> str:
    """Return the heading of a section, empty if there is none with this id."""
    links = app.env.tocs[docname].findall(nodes.reference)
    return next((str(link.astext()) for link in links if link.get("anchorname") == f"#{anchor}"), "")


def sidebar_entries(app: Sphinx, pagename: str) -> list[Mention]:
    """Return the posts that the sidebar of a page shows; only documents are mentioned.

    :param app: the application.
    :param pagename: the page.
    """
    return mention_entries(app, get_mentions(app).on_page(pagename)) if pagename in app.env.found_docs else []


def uses_sidebar(app: Sphinx) -> bool:
    """Return whether any page may have the sidebar part: an option or a template of the site names it.

    :param app: the application.
    """
    config = app.config
    if _USE_OF_SIDEBAR.search(repr([config.html_sidebars, config.html_theme_options])):
        return True
    own = Path(__file__).resolve().parent.parent / "templates"
    folders = [folder for name in config.templates_path if (folder := Path(app.confdir, name)) != own]
    files = (file for folder in folders for file in sorted(folder.rglob("*.html")) if file.is_file())
    return any(_USE_OF_SIDEBAR.search(file.read_text(encoding="utf-8", errors="replace")) for file in files)
