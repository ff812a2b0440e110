"""Old addresses of posts, and which file of the site answers to each."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sphinxext.newsroom.core.permalinks import PermalinkError, address_key, join_address
from sphinxext.newsroom.core.problems import Problem, Subtype

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext.newsroom.core.models import Post
    from sphinxext.newsroom.core.posts import Locate

KEYS = ("redirects", "redirect", "aliases", "url_alias")


def build_redirects(
    posts: Iterable[Post], *, pagenames: Iterable[str], locate: Locate
) -> tuple[dict[str, Post], tuple[Problem, ...]]:
    """Return the post that each old address leads to, by pagename, or by file name where the address has one.

    :param posts: the posts.
    :param pagenames: every page of the site; their addresses are never taken.
    :param locate: finds lines, for messages.
    """
    taken = {address_key(pagename): pagename for pagename in pagenames}
    found: dict[str, Post] = {}
    problems: list[Problem] = []
    for post in posts:
        for written in post.front_matter.redirects:
            try:
                pagename = _pagename(written)
            except PermalinkError as error:
                problems.append(_problem(post, str(error), locate))
                continue
            owner = taken.get(address_key(pagename.removesuffix(".html")))
            if owner in {None, post.path}:
                taken[address_key(pagename.removesuffix(".html"))] = post.path
                found[pagename] = post
            else:
                problems.append(_problem(post, f"the old address {written!r} is that of {owner!r}", locate))
    return found, tuple(problems)


def _pagename(written: str) -> str:
    try:
        path = unquote(urlsplit(written).path).strip("/")
    except ValueError as error:
        message = f"the old address {written!r} cannot be read ({error})"
        raise PermalinkError(message) from error
    pagename = join_address("", path)
    if posixpath.basename(pagename) == "index.html":
        return pagename.removesuffix(".html")
    return pagename


def _problem(post: Post, message: str, locate: Locate) -> Problem:
    line = next((line for key in KEYS if (line := locate(post.path, key)) is not None), None)
    return Problem(subtype=Subtype.PERMALINK, message=f"{message}; no redirect is written.", path=post.path, line=line)
