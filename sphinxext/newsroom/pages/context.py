"""Template contexts of posts and list pages, as plain data."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from babel.dates import format_date, format_datetime
from docutils import nodes

from sphinxext.newsroom.blog.archive import years_of
from sphinxext.newsroom.blog.pagination import FIELDS, has_contents, look_of
from sphinxext.newsroom.config.sphinx_config import base_url
from sphinxext.newsroom.content.licenses import read_license
from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages.authors import AuthorContexts
from sphinxext.newsroom.pages.images import Images
from sphinxext.newsroom.pages.list_intro import read_list_intro
from sphinxext.newsroom.pages.post_context import AdjacentPosts
from sphinxext.newsroom.pages.related_links import Links
from sphinxext.newsroom.pages.social_cards import Cards
from sphinxext.newsroom.pages.templates import USUAL, page_templates
from sphinxext.newsroom.utils.dates import DATE_LENGTHS
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.limits import MAX_LISTED_TAGS
from sphinxext.newsroom.utils.plain_data import plain_data

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.archive import Period
    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.blog.pagination import ListPage, Overview, SubscribePage, View
    from sphinxext.newsroom.blog.taxonomies import Collection, Taxonomy
    from sphinxext.newsroom.content.licenses import License
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages.list_intro import ListIntro

# The kinds of label that are shown with a post, and the kinds of list that readers are led to.
SHOWN_LABELS = ("category", "tag", "location", "language")

# What a list does not show of posts that it only names.
TEXTS = frozenset({"cover", "excerpt", "tag", "more"})


class Pages:
    """Makes the data of pages; page addresses in it are pagenames, which the templates turn into links."""

    def __init__(self, app: Sphinx, site: Site, blog: Blog) -> None:
        """Use a blog whose index is complete.

        :param app: the application.
        :param site: the site.
        :param blog: the index of the blog.
        """
        self._app, self._site, self._blog = app, site, blog
        self.images = Images(app, site.publishing, remote_avatars=blog.options.authors_remote_avatars)
        """The pictures that they show."""
        self.author_contexts = AuthorContexts(app, site, blog, self.images)
        """The authors."""
        self.links = Links(app, site.project, self.images)
        """What posts link to in their front matter."""
        self._adjacent = AdjacentPosts(app.env, blog, self)
        self.cards = Cards(app, site, blog, self)
        """The pictures that are drawn for its pages."""
        self._entries: dict[str, dict[str, Any]] = {}
        self._entry_marks: dict[str, str] = {}
        self._looks: dict[str, dict[str, Any]] = {}
        self._titles: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._heads: dict[str, ListIntro] = {}
        self._dates: dict[str, dict[str, str]] = {}

    # -- Posts

    def title_of(self, post: Post) -> str:
        """Return the title of a post as plain text, as its page shows it.

        :param post: the post.
        """
        titles = self._app.env.titles
        if post.docname not in self._site.planned or post.docname not in titles:
            # ABlog's directive has found the title in the document, or has one of its own.
            return post.title
        if post.front_matter.title and post.docname not in self._site.project.permalinks:
            # As with ABlog, whose lists show it while the page shows its own heading.
            return post.front_matter.title
        if post.docname not in self._titles:
            self._titles[post.docname] = str(titles[post.docname].astext()) or post.title
        return self._titles[post.docname]

    def entry(self, post: Post) -> dict[str, Any]:
        """Return what lists and headers show of a post, but for what is only known once it is rendered.

        :param post: the post.
        """
        if post.key not in self._entries:
            front_matter = post.front_matter
            self._entries[post.key] = {
                "key": post.key,
                "id": f"post-{fingerprint(post.key)[:8]}",
                "page": post.docname,
                "anchor": post.anchor,
                "external_link": front_matter.external_link,
                "created": self.date(post),
                "updated": self._date(post.updated) if post.updated and self._is_updated(post) else None,
                "authors": [self.author_contexts.shown(author) for author in post.authors],
                **{kind: self._labels(post, kind) for kind in SHOWN_LABELS},
                "pin": front_matter.pin,
                "state": post.state,
                "minutes": front_matter.readtime,
                "cover": self.images.cover(post),
                "description": front_matter.description,
                "extra": plain_data(front_matter.extra),
            }
        return self._entries[post.key]

    def post(self, post: Post) -> dict[str, Any]:
        """Return what the page of a post shows, but for what is only known once it is rendered.

        :param post: the post.
        """
        links = list(self.links.resolved(post.front_matter.links))
        card = self.cards.of_post(post)
        return {
            **self.entry(post),
            **self._adjacent.of(post, links),
            **self._around,
            "bios": [self.author_contexts.described(author) for author in post.authors if author.bio],
            "links": links,
            "canonical_link": post.front_matter.canonical_link,
            "license": asdict(found) if (found := self.license_of(post)) else None,
            "has_citation_tags": bool(post.front_matter.doi) or self._blog.options.citation,
            "hide": self._hidden_parts(post),
            "social_card": card,
            "preview_image": self.entry(post)["cover"] or card or self.social_image,
        }

    def license_of(self, post: Post) -> License | None:
        """Return the license of a post, None if neither it nor the site names one.

        :param post: the post.
        """
        return read_license(post.front_matter.license or self._blog.options.license)

    def _hidden_parts(self, post: Post) -> list[str]:
        """Return the parts that the page of a post does not show; ABlog has an option for older and newer posts."""
        hide = list(post.front_matter.hide)
        return hide if self._app.config.post_show_prev_next or "footer" in hide else [*hide, "footer"]

    def head(self, pagename: str) -> ListIntro:
        """Return what the page that somebody wrote says about the list that stands below it.

        :param pagename: the first page of the list.
        """
        if pagename not in self._heads:
            self._heads[pagename] = read_list_intro(self._app.env, pagename)
        return self._heads[pagename]

    def index_title(self) -> str:
        """Return the title of the blog: that of its index, if somebody wrote one."""
        return self.head(self._blog.index).title or self._blog.options.title

    def name_of(self, collection: Collection) -> str:
        """Return the name of a collection: that of its page, if somebody wrote one.

        :param collection: the collection.
        """
        return self.head(collection.pagename).title or collection.name

    def taxonomy_title(self, taxonomy: Taxonomy) -> str:
        """Return the title of a catalog: that of its page, if somebody wrote one.

        :param taxonomy: the catalog.
        """
        return self.head(taxonomy.pagename).title or _(taxonomy.title)

    @staticmethod
    def _is_updated(post: Post) -> bool:
        return post.updated is not None and post.updated.date() != post.created.date()

    def date(self, post: Post) -> dict[str, str]:
        """Return when a post was published, for programs and for people.

        :param post: the post.
        """
        return self._date(post.created)

    def _date(self, moment: datetime) -> dict[str, str]:
        iso = moment.isoformat()
        if iso not in self._dates:
            self._dates[iso] = {"iso": iso, "text": self.written_date(moment, self._blog.options.post_date_format)}
        return self._dates[iso]

    def written_date(self, moment: datetime, pattern: str) -> str:
        """Return a date as it is shown.

        :param moment: the date.
        :param pattern: one of Babel's, or a length such as ``long``.
        """
        locale = self._site.locale
        if pattern in DATE_LENGTHS:
            return format_date(moment.date(), format=pattern, locale=locale)
        return format_datetime(moment.replace(tzinfo=None), format=pattern, locale=locale)

    def _labels(self, post: Post, kind: str) -> list[dict[str, str]]:
        identifiers = self._blog.options.tags_identifiers if kind == "tag" else {}
        return [
            {
                "name": self.name_of(collection),
                "page": collection.pagename,
                "identifier": nodes.make_id(identifiers.get(collection.name, "")),
            }
            for collection in self._blog.collections_of(post, kind)
        ]

    # -- Templates

    @cached_property
    def templates(self) -> frozenset[str]:
        """The templates that posts and pages can ask for."""
        return page_templates(self._app)

    def template(self, name: str, usual: str) -> str:
        """Return the template that a post or page asks for, or the usual one if the blog has none of that name.

        :param name: what its front matter says.
        :param usual: the usual template.
        """
        if name in USUAL:
            return usual
        return next((found for found in (name, f"newsroom/{name}") if found in self.templates), usual)

    # -- Lists

    def list_page(self, view: ListPage) -> dict[str, Any]:
        """Return what a page of a list shows, but for the excerpts.

        :param view: the page.
        """
        posts = (self._blog.posts[key] for key in view.posts)
        return {**self._list(view), "entries": [self.list_entry(post) for post in posts]}

    def list_fingerprint(self, view: ListPage) -> dict[str, Any]:
        """Return what differs whenever a page of a list shows something else, but for the excerpts.

        :param view: the page.
        """
        posts = (self._blog.posts[key] for key in view.posts)
        return {**self._list(view), "entries": [self._entry_fingerprint(post) for post in posts]}

    def _entry_fingerprint(self, post: Post) -> str:
        if post.key not in self._entry_marks:
            self._entry_marks[post.key] = fingerprint(self.list_entry(post))
        return self._entry_marks[post.key]

    def _list(self, view: ListPage) -> dict[str, Any]:
        options, head, taxonomy = self._blog.options, self.head(view.first), view.taxonomy
        author = view.collection.author if view.collection else None
        title = options.title if view.kind == "index" else view.title
        return {
            **self._headed(view, head, title=title, template="newsroom/list.html"),
            # The title of an author's page stands beside the picture, whoever wrote it.
            "has_heading": head.has_heading and author is None,
            "number": view.number,
            "count": view.count,
            "total": view.total,
            "has_own_list": view.has_own_list,
            "window": [
                None if number is None else {"number": number, "page": view.pagenames[number - 1]}
                for number in view.window
            ],
            "newer": view.pagenames[view.number - 2] if view.number > 1 else None,
            "older": view.pagenames[view.number] if view.number < view.count else None,
            "author": self.author_contexts.described(author) if author else None,
            "overview": {"page": taxonomy.pagename, "title": self.taxonomy_title(taxonomy)} if taxonomy else None,
            "has_toc": has_contents(options, view.kind) and "toc" not in head.hide and not view.has_own_list,
            **self._look(view),
        }

    def _look(self, view: ListPage) -> dict[str, Any]:
        """Return how a list shows its posts; ABlog has an option for titles without texts."""
        if view.kind not in self._looks:
            look = look_of(self._blog.options, view.kind)
            only_titles = self._app.config.blog_archive_titles
            fields = [field for field in FIELDS[look] if not (only_titles and field in TEXTS)]
            self._looks[view.kind] = self.shown(look, fields=fields)
        usual = self._looks[view.kind]
        if view.kind != "series" or view.collection is None:
            return usual
        # On a page of its own, a post says which part of the series it is.
        numbers = {key: number for number, key in enumerate(view.collection.posts, start=1)}
        parts = {key: numbers[key] for key in view.posts}
        return self.shown(usual["layout"], fields=usual["fields"], part_numbers=parts, part_count=len(numbers))

    def shown(self, look: str, **own: Any) -> dict[str, Any]:
        """Return how a list shows its posts.

        :param look: ``list``, ``cards`` or ``table``.
        :param own: what is different in this list.
        """
        options = self._blog.options
        shown = {
            "layout": look,
            "fields": list(FIELDS[look]),
            "level": 2,
            "max_authors": options.post_excerpt_max_authors,
            "max_categories": options.post_excerpt_max_categories,
            "max_tags": MAX_LISTED_TAGS,
            **own,
        }
        return {**shown, "fingerprint": fingerprint(shown)}

    def list_entry(self, post: Post) -> dict[str, Any]:
        """Return what a list shows of a post, but for what is only known once it is rendered.

        :param post: the post.
        """
        return {
            **self.entry(post),
            "plain_title": self.title_of(post),
        }

    def overview(self, view: Overview) -> dict[str, Any]:
        """Return what an overview of a catalog shows.

        :param view: the overview.
        """
        title = self.taxonomy_title(view.taxonomy)
        return {
            **self._headed(view, self.head(view.pagename), title=title, template="newsroom/overview.html"),
            "terms": self.collections(view.taxonomy),
            "years": self._years(view.taxonomy) if view.kind == "archive" else [],
        }

    def subscribe_page(self, view: SubscribePage) -> dict[str, Any]:
        """Return what the page that lists the feeds shows, but for the feeds.

        :param view: the page.
        """
        return self._headed(view, self.head(view.pagename), title=_("Subscribe"), template="newsroom/subscribe.html")

    def _headed(self, view: View, head: ListIntro, *, title: str, template: str) -> dict[str, Any]:
        """Return what all pages show that are no posts; what somebody wrote above the list comes first."""
        return {
            **self._around,
            "kind": view.kind,
            "title": head.title or title,
            "has_heading": head.has_heading,
            "description": head.description,
            "hide": list(head.hide),
            "template": self.template(head.template, template),
            "page": view.pagename,
            "preview_image": self.social_image or self.cards.of_blog(),
            "navigation": self.navigation(),
        }

    @cached_property
    def _around(self) -> dict[str, Any]:
        """The way to the index of the blog, which every page of it shows."""
        return {
            "index": {"page": self._blog.index, "title": self.index_title()},
            "breadcrumbs": [list(step) for step in self._breadcrumbs_to_index],
        }

    def collections(self, taxonomy: Taxonomy) -> list[dict[str, Any]]:
        """Return the collections of a catalog as overviews show them.

        :param taxonomy: the catalog.
        """
        return [
            {
                "name": self.name_of(collection),
                "page": collection.pagename,
                "count": len(collection.posts),
                "description": self.head(collection.pagename).description,
                "author": self.author_contexts.shown(collection.author) if collection.author else None,
            }
            for collection in taxonomy.collections
        ]

    def _years(self, taxonomy: Taxonomy) -> list[dict[str, Any]]:
        created = {key: post.created for key, post in self._blog.posts.items()}
        pattern = self._blog.options.archive_url_date_format
        named = tuple(replace(collection, name=self.name_of(collection)) for collection in taxonomy.collections)
        years = years_of(replace(taxonomy, collections=named), created, pattern=pattern, locale=self._site.locale)
        return [_period(year) for year in years]

    def navigation(self) -> list[dict[str, str]]:
        """Return the ways into the blog besides its index: the overviews."""
        return [{"kind": c.kind, "title": self.taxonomy_title(c), "page": c.pagename} for c in self._blog.taxonomies]

    # -- For programs

    @cached_property
    def social_image(self) -> dict[str, Any] | None:
        """The picture for pages without a cover, None if there is none."""
        options = self._blog.options
        return self.images.of_site(options.social_image, alt=options.social_image_alt)

    @cached_property
    def _breadcrumbs_to_index(self) -> tuple[tuple[str, str], ...]:
        """Page and title of each page above the index of the blog, from the home page on, and of the index."""
        env, index = self._app.env, self._blog.index
        relations, above = env.collect_relations(), [env.config.root_doc]
        parents: list[str] = []
        parent = relations[index][0] if index in relations else None
        while parent is not None and parent not in (*above, *parents):
            parents.append(parent)
            parent = relations[parent][0] if parent in relations else None
        pages = [page for page in (*above, *reversed(parents)) if page in env.titles and page != index]
        titles = [(page, str(env.titles[page].astext())) for page in pages]
        return (*titles, (index, self.index_title()))

    # -- Addresses

    def absolute(self, path: str) -> str:
        """Return the full URL of an address from the root of the site, empty when the site's own URL is not known.

        :param path: an address, or a URL, which is returned as it is.
        """
        base = base_url(self._app.config)
        if is_url(path):
            return path
        return urljoin(base, path) if base and path else ""

    def page_url(self, pagename: str) -> str:
        """Return the full URL of a page, empty when the site's own URL is not known.

        :param pagename: the page.
        """
        if pagename not in self._urls:
            # The home page of folders has no address of its own.
            self._urls[pagename] = self.absolute(self._app.builder.get_target_uri(pagename) or "./") if pagename else ""
        return self._urls[pagename]


def _period(period: Period) -> dict[str, Any]:
    children = [_period(part) for part in period.parts]
    return {"name": period.name, "page": period.pagename, "count": period.count, "children": children}


def path_to_root(context: Mapping[str, Any]) -> str:
    """Return the way from a page to the root of the site, ending in ``/``, or empty for a page that stands there.

    :param context: the context of the page.
    """
    root: str = context["pathto"]("", resource=True)
    return "" if root in {"#", "./"} else root
