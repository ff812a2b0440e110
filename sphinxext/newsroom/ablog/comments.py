"""Disqus comments, as configured with ABlog's options."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ablog.blog import Blog as AblogBlog

from sphinxext.newsroom.config.sphinx_config import base_url

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post


def disqus_thread(app: Sphinx, pagename: str, post: Post | None) -> dict[str, str] | None:
    """Return what Disqus has to know of the comments on a page, None if it has none.

    :param app: the application.
    :param pagename: the page of a document.
    :param post: the post that it is; None for any other page.
    """
    config = app.config
    if not (config.disqus_shortname and base_url(config)):
        return None
    wanted = config.disqus_pages if post is None else post.front_matter.comments and _is_open(post, app)
    # The name of the thread is ABlog's, so that what was written stays with its page.
    return {"site": config.disqus_shortname, "thread": _thread(app, pagename)} if wanted else None


def _thread(app: Sphinx, pagename: str) -> str:
    blog: Any = SimpleNamespace(config=app.config)  # all that ABlog asks for
    return str(AblogBlog.page_id(blog, pagename))


def _is_open(post: Post, app: Sphinx) -> bool:
    return post.state == "published" or bool(app.config.disqus_drafts)
