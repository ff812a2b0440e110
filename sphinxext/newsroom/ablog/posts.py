"""Posts of the blog, made of what ABlog's directives say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.ablog.settings import complete_post
from sphinxext.newsroom.ablog.store import env_posts, env_updates
from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED, Author, Dates, FrontMatter, Post

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.environment.site import Site


def with_updates(posts: Iterable[Post], env: BuildEnvironment) -> list[Post]:
    """Return posts with the dates of the updates that are written into their texts.

    :param posts: the posts.
    :param env: the environment, all documents read.
    """
    updates = env_updates(env)

    def newest(post: Post) -> datetime | None:
        found = updates.get(post.docname)
        return max(found, post.updated or found) if found else post.updated

    return [replace(post, updated=newest(post)) if post.docname in updates else post for post in posts]


def declared_posts(env: BuildEnvironment, site: Site) -> list[Post]:
    """Return the posts that ABlog's directive declares.

    :param env: the environment, all documents read.
    :param site: the site.
    """
    posts = []
    for docname in sorted(env_posts(env)):
        for info in env_posts(env)[docname]:
            post = complete_post(_post_of(info, env, site), env.config, site.authors, declared=True)
            if site.is_shown(post):
                posts.append(post)
    return posts


def _post_of(info: dict[str, Any], env: BuildEnvironment, site: Site) -> Post:
    created = info["date"].replace(tzinfo=site.zone) if info["date"] else None
    updated = info["update"].replace(tzinfo=site.zone) if info["update"] else None
    state = DRAFT if created is None else SCHEDULED if created > site.now else PUBLISHED
    front_matter = FrontMatter(
        dates=Dates(created=created) if created else None,
        categories=tuple(info["category"]),
        tags=tuple(info["tags"]),
        locations=tuple(info["location"]),
        languages=tuple(info["language"]),
        redirects=tuple(info["redirect"]),
        external_link=info["external_link"] or "",
        canonical_link=info["canonical_link"] or "",
        comments=not info["nocomments"],
    )
    return Post(
        docname=info["docname"],
        path=str(env.doc2path(info["docname"], base=False)),
        anchor=info["section"],
        title=info["title"],
        created=created or site.now,
        updated=updated if updated != created else None,
        state=state,
        authors=tuple(_author(label, site) for label in info["author"]),
        front_matter=front_matter,
    )


def _author(label: str, site: Site) -> Author:
    # Without a file or dictionary of authors, the name is all there is.
    return site.authors.get(label) or Author(id=label, name=label)
