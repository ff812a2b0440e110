"""Create posts from the data of ABlog's directives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.ablog.environment import env_posts, env_updates
from sphinxext.newsroom.ablog.settings import complete_post
from sphinxext.newsroom.models import DRAFT, PUBLISHED, SCHEDULED, Author, Dates, FrontMatter, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo

    from sphinx.environment import BuildEnvironment


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


def declared_posts(
    env: BuildEnvironment, *, authors: Mapping[str, Author], zone: tzinfo, now: datetime, show_drafts: bool
) -> list[Post]:
    """Return the posts that ABlog's directive declares.

    :param env: the environment, all documents read.
    :param authors: the authors of the blog, by id.
    :param zone: the time zone of dates that name none.
    :param now: the time of the build.
    :param show_drafts: whether drafts and scheduled posts are shown.
    """
    posts = []
    for docname in sorted(env_posts(env)):
        for info in env_posts(env)[docname]:
            post = complete_post(
                _post_of(info, env, authors=authors, zone=zone, now=now), env.config, authors, declared=True
            )
            if show_drafts or post.state == PUBLISHED:
                posts.append(post)
    return posts


def _post_of(
    info: dict[str, Any], env: BuildEnvironment, *, authors: Mapping[str, Author], zone: tzinfo, now: datetime
) -> Post:
    created = info["date"].replace(tzinfo=zone) if info["date"] else None
    updated = info["update"].replace(tzinfo=zone) if info["update"] else None
    state = DRAFT if created is None else SCHEDULED if created > now else PUBLISHED
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
        created=created or now,
        updated=updated if updated != created else None,
        state=state,
        # Without a file or dictionary of authors, the name is all there is.
        authors=tuple(authors.get(label) or Author(id=label, name=label) for label in info["author"]),
        front_matter=front_matter,
    )
