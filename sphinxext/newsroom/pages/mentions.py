"""The posts that mention a page or an object, as sidebars and lines below objects name them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.backlinks.sphinx_mentions import get_mentions
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.pages.context_builders import ContextBuilders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Mention

SIDEBAR = "mentions"
_USE_OF_SIDEBAR = re.compile(r"newsroom/sidebars/mentions|newsroom_sidebar\(\s*['\"]mentions['\"]")


def mention_entries(app: Sphinx, posts: Iterable[Post]) -> list[Mention]:
    """Return what is shown of the posts that mention something: title, date and where they are.

    :param app: the application, the index complete.
    :param posts: the posts.
    """
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
