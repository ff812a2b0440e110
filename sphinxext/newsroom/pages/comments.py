"""Comments below posts and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.ablog.comments import disqus_thread
from sphinxext.newsroom.pages.jinja import render

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.context_types import Comments


def add_comments(app: Sphinx, pagename: str, context: dict[str, Any], *, post: Post | None, url: str) -> None:
    """Put the comments on a document below it, where the site has them.

    :param app: the application.
    :param pagename: the document.
    :param context: the context of its page, changed in place.
    :param post: the post that it is; None for any other page.
    :param url: its full URL.
    """
    if (thread := disqus_thread(app, pagename, post)) is not None:
        title = app.env.titles[pagename].astext() if pagename in app.env.titles else ""
        comments: Comments = {"site": thread["site"], "thread": thread["thread"], "url": url, "title": title}
        context["body"] += render(app, "newsroom/comments.html", context, comments=comments)
