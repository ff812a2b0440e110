"""Template contexts of posts, except data that requires rendering: title as HTML, excerpt and body (see :mod:`.renderer`)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from docutils import nodes

from sphinxext.newsroom.config.taxonomy_kinds import TAG, find_kind
from sphinxext.newsroom.content.age import is_old
from sphinxext.newsroom.content.licenses import read_license
from sphinxext.newsroom.pages.adjacent_posts import AdjacentPosts
from sphinxext.newsroom.pages.mentions import mentioned_objects
from sphinxext.newsroom.utils.dates import format_date
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.plain_data import plain_data
from sphinxext.newsroom.utils.sphinx_events import POST_CONTEXT, has_handlers

if TYPE_CHECKING:
    from datetime import datetime

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.content.licenses import License
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders

# What tells which post it is, and cannot be changed.
HUES = 8
"""Number of colours of generated covers."""
IDENTITY = ("key", "id", "page", "anchor")


class PostContexts:
    """Makes the contexts of posts."""

    def __init__(self, app: Sphinx, site: Site, blog: Blog, pages: ContextBuilders) -> None:
        """Use a blog whose index is complete.

        :param pages: makes the contexts of what posts name.
        """
        self._app, self._site, self._blog, self._pages = app, site, blog, pages
        self._adjacent = AdjacentPosts(app.env, site, blog, pages.titles, date_of=self.date)
        self._summaries: dict[str, context_types.PostSummary] = {}
        self._dates: dict[str, context_types.Date] = {}

    def summary(self, post: Post) -> context_types.PostSummary:
        """Return what pages, lists and feeds have of a post."""
        if post.key not in self._summaries:
            front_matter = post.front_matter
            summary: context_types.PostSummary = {
                "key": post.key,
                "id": f"post-{fingerprint(post.key)[:8]}",
                "page": post.docname,
                "anchor": post.anchor,
                "external_link": front_matter.external_link,
                "created": self.date(post),
                "updated": self._updated(post),
                "authors": [self._pages.authors.summary(author) for author in post.authors],
                "category": self._terms(post, "category"),
                "tag": self._terms(post, "tag"),
                "location": self._terms(post, "location"),
                "language": self._terms(post, "language"),
                "more_terms": self._more_terms(post),
                "pin": front_matter.pin,
                "state": post.state,
                "minutes": front_matter.readtime,
                "cover": self._pages.images.cover(post),
                "description": front_matter.description,
                "event": self._pages.events.summary(front_matter.event) if front_matter.event else None,
                "extra": plain_data(front_matter.extra),
            }
            self._summaries[post.key] = self._handled(post, summary)
        return self._summaries[post.key]

    def keywords(self, post: Post) -> list[str]:
        """Return the names of the categories and tags of a post."""
        summary = self.summary(post)
        return [term["name"] for terms in (summary["category"], summary["tag"]) for term in terms]

    def _handled(self, post: Post, summary: context_types.PostSummary) -> context_types.PostSummary:
        """Return the data of a post as handlers of other extensions have changed it."""
        if not has_handlers(self._app, POST_CONTEXT):
            return summary
        changed = dict(summary)
        self._app.emit(POST_CONTEXT, post, changed)
        # Plain, so that it can be compared with that of the last build; what templates rely on stays.
        kept = {name: value for name, value in summary.items() if name in IDENTITY}
        return cast("context_types.PostSummary", {**summary, **plain_data(changed), **kept})

    def list_entry(self, post: Post) -> context_types.ListEntry:
        """Return what a list shows of a post."""
        title = self._pages.titles.of_post(post)
        return {**self.summary(post), "plain_title": title, "hue": int(fingerprint(title)[:4], 16) % HUES}

    def page(self, post: Post) -> context_types.PostData:
        """Return what the page of a post shows."""
        pages = self._pages
        links = pages.links.resolved(post.front_matter.links)
        summary, social_card = self.summary(post), pages.social_cards.of_post(post)
        license_ = self.license_of(post)
        return {
            **summary,
            **self._adjacent.of(post, links),
            "kind": "post",
            "index": pages.navigation.index,
            "breadcrumbs": pages.navigation.breadcrumbs,
            "navigation": pages.navigation.items,
            "subscribe": pages.navigation.subscribe,
            "has_navigation": self._blog.options.list_navigation,
            "bios": [pages.authors.with_bio(author) for author in post.authors if author.bio or author.description],
            "links": links,
            "event_page": self._pages.events.of_post(post, pages.titles.of_post(post))
            if post.front_matter.event
            else None,
            "mentioned": mentioned_objects(self._app, post) if self._blog.options.post_mentions else [],
            "old_notice": self._old_notice(post),
            "releases": pages.releases.of_post(post) if post.front_matter.releases else [],
            "canonical_link": post.front_matter.canonical_link,
            "license": {"name": license_.name, "url": license_.url} if license_ else None,
            "has_citation_tags": pages.citations.is_citable(post),
            "citation": pages.citations.of_page(post),
            "references": pages.citations.references(post),
            "funding": pages.citations.funding(post),
            "roles": pages.citations.roles(post),
            "reference_style": pages.citations.style(post),
            "hide": self._hidden_parts(post),
            "social_card": social_card,
            "preview_image": summary["cover"] or social_card or pages.social_image,
        }

    def license_of(self, post: Post) -> License | None:
        """Return the license of a post, None if neither it nor the site names one."""
        return read_license(post.front_matter.license or self._blog.options.license)

    def _old_notice(self, post: Post) -> context_types.OldNotice | None:
        superseded_by = self._pages.links.resolved(post.front_matter.superseded_by)
        old = is_old(post, self._blog.options, self._site.now)
        if not old and not superseded_by:
            return None
        return {"is_old": old, "published": self.date(post), "superseded_by": superseded_by}

    def _hidden_parts(self, post: Post) -> list[str]:
        """Return what the page of a post does not show; ABlog has an option for older and newer posts."""
        hide = list(post.front_matter.hide)
        return hide if self._app.config.post_show_prev_next or "footer" in hide else [*hide, "footer"]

    def _terms(self, post: Post, kind: str) -> list[context_types.Term]:
        identifiers = self._tag_identifiers if kind == TAG else {}
        return [
            {
                "name": self._pages.titles.of_collection(collection),
                "page": collection.pagename,
                "identifier": nodes.make_id(identifiers.get(collection.name, "")),
            }
            for collection in self._blog.collections_of(post, kind)
        ]

    def _more_terms(self, post: Post) -> list[context_types.TermGroup]:
        """Return the terms of a post in the taxonomies that extensions have registered, with the title of each."""
        groups: list[context_types.TermGroup] = []
        for taxonomy in self._blog.taxonomies:
            kind = find_kind(taxonomy.kind, self._site.kinds)
            if kind.key and kind.is_shown and (terms := self._terms(post, kind.name)):
                title = self._pages.titles.of_taxonomy(taxonomy)
                groups.append({"taxonomy": kind.name, "title": title, "terms": terms})
        return groups

    @cached_property
    def _tag_identifiers(self) -> dict[str, str]:
        return dict(self._blog.options.tags_identifiers)

    # -- Dates

    def date(self, post: Post) -> context_types.Date:
        """Return when a post was published."""
        return self._date(post.created)

    def _updated(self, post: Post) -> context_types.Date | None:
        if post.updated is None or post.updated.date() == post.created.date():
            return None
        return self._date(post.updated)

    def _date(self, moment: datetime) -> context_types.Date:
        iso = moment.isoformat()
        if iso not in self._dates:
            text = self.format_date(moment, self._blog.options.post_date_format)
            self._dates[iso] = {"iso": iso, "text": text}
        return self._dates[iso]

    def format_date(self, moment: datetime, pattern: str) -> str:
        """Return a date as readers see it.

        :param pattern: one of Babel's, or a length such as ``long``.
        """
        return format_date(moment, pattern, self._site.locale)
