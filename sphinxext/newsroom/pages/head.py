"""Metadata in the head of each page of the blog, for search engines, link previews and harvesters."""

from __future__ import annotations

import re
from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING, Any, cast

from sphinxext.newsroom.blog.pagination import ListPage, Overview, ReleasesPage, SubscribePage
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.metadata import json_ld as structured_data
from sphinxext.newsroom.metadata.citation import citation_tags
from sphinxext.newsroom.metadata.open_graph import ARTICLE, PROFILE, WEBSITE, Preview, open_graph, twitter_card
from sphinxext.newsroom.metadata.signposting import LINKSET, TypedLink
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.pages.events import event_scripts
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_builders import language_tag
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.citations import Citations
    from sphinxext.newsroom.pages.page_urls import PageUrls

OPENGRAPH = "sphinxext.opengraph"
# What that extension writes for every document. It takes the values from the metadata of the document, where they are.
OF_OPENGRAPH = re.compile(r"og:(type|title|description|url|image(:.*)?)")
ONLY_OF_OPENGRAPH = "og:site_name"
OF_IMAGE = "og:image"
DESCRIPTION_LENGTH = 155
"""Characters; search engines show no more."""
NAMES = re.compile(r"""<meta\b[^>]*?\b(?:name|property)=["']([^"']+)["']""")

EMPTY_HEAD: context_types.PageHead = {
    "description": "",
    "authors": [],
    "is_indexed": True,
    "open_graph": [],
    "citation": [],
    "links": [],
    "posting": "",
    "twitter_card": "",
    "prev": None,
    "next": None,
    "json_ld": "",
    "events": [],
}
"""What the head of a page says that is not part of a blog."""


class Metadata:
    """Makes the heads of the pages of one blog."""

    def __init__(self, app: Sphinx, urls: PageUrls, citations: Citations) -> None:
        """Prepare for an application."""
        self._app, self._urls, self._citations = app, urls, citations
        self._language = language_tag(app)

    # -- Kinds of page

    def post(
        self,
        post: Post,
        data: context_types.PostData,
        context: dict[str, Any],
        *,
        headline: str,
        description: str,
        words: int,
        minutes: int | None,
    ) -> context_types.PageHead:
        """Return the head of a post.

        :param post: the post.
        :param data: what its page shows.
        :param context: the context of the page, for other extensions.
        :param headline: its title as plain text.
        :param description: one or two sentences about it.
        :param words: how many words it has.
        :param minutes: how long it takes to read.
        """
        url = self._urls.of_page(post.docname)
        authors = [self._person(*pair) for pair in zip(post.authors, data["authors"], strict=True)]
        categories, tags = ([term["name"] for term in terms] for terms in (data["category"], data["tag"]))
        posting = structured_data.blog_posting(
            post,
            headline=headline,
            description=collapse_whitespace(description),
            url=url,
            image=self._image(data["cover"] or data["social_card"]),
            language=self._language,
            categories=categories,
            tags=tags,
            words=words,
            minutes=minutes,
            authors=authors,
            blog=self._blog(data),
            license=structured_data.license_node(**data["license"]) if data["license"] else None,
        )
        preview = self._preview(
            data,
            kind=ARTICLE,
            title=headline,
            description=description,
            url=post.front_matter.canonical_link or url,
            published=post.created.isoformat(),
            modified=post.updated.isoformat() if post.updated else "",
            authors=tuple(author.get("url") or author.get("name", "") for author in authors),
            section=categories[0] if categories else "",
            tags=tuple(tags),
        )
        applications = [
            structured_data.software(
                name=release["project"] or str(self._app.config.project),
                version=release["version"],
                published=post.created.isoformat(),
                notes_url=url,
            )
            for release in data["releases"]
        ]
        is_citable = data["citation"] is not None
        breadcrumbs = self._breadcrumbs(data, post.docname, headline)
        graph = structured_data.graph(None if is_citable else posting, *applications, breadcrumbs)
        events = event_scripts(
            post.front_matter.event,
            name=headline,
            description=collapse_whitespace(description),
            url=url,
            image=self._image(data["cover"] or data["social_card"]),
            language=self._language,
            categories=categories,
            tags=tags,
        )
        return {
            **self._shared(context, post.docname, preview, graph),
            "authors": [collapse_whitespace(author.name) for author in post.authors],
            "prev": data["older"],
            "next": data["newer"],
            "is_indexed": post.state == PUBLISHED,
            "events": [rendered(structured_data.dump_for_script(document)) for document in events],
            "citation": self._citation(post, data, context, headline, preview) if data["has_citation_tags"] else [],
            "links": [(link.rel, link.href, link.type) for link in self._typed_links(post)] if is_citable else [],
            "posting": self._citable_posting(posting, post) if is_citable else "",
        }

    def _citation(
        self, post: Post, data: context_types.PostData, context: dict[str, Any], title: str, preview: Preview
    ) -> list[tuple[str, str]]:
        """Return the tags for those who cite a post, none if the page has such tags already."""
        tags = citation_tags(
            post,
            title=title,
            url=preview.url,
            blog=data["index"]["title"],
            language=self._language,
            keywords=tuple(dict.fromkeys(term["name"] for terms in (data["category"], data["tag"]) for term in terms)),
            abstract=preview.description,
            urn=self._citations.urn(post),
            license_url=data["license"]["url"] if data["license"] else "",
            publisher=self._citations.publisher,
            issn=self._citations.issn,
        )
        return [] if "citation_title" in NAMES.findall(context.get("metatags", "")) else list(tags)

    def _typed_links(self, post: Post) -> list[TypedLink]:
        links = self._citations.typed_links(post)
        linkset = self._citations.linkset_url(post)
        return [*links, TypedLink(rel="linkset", href=linkset, type=LINKSET)] if linkset else links

    def _citable_posting(self, posting: dict[str, Any], post: Post) -> str:
        from sphinxext.newsroom.metadata.citable_json_ld import citable_posting

        document = citable_posting(
            posting,
            post,
            urn=self._citations.urn(post),
            references=[(found, self._citations.reference_text(found)) for found in post.front_matter.references],
            publisher=self._citations.publisher,
            issn=self._citations.issn,
        )
        return rendered(structured_data.dump_for_script(document))

    def view(
        self,
        view: View,
        data: context_types.ViewData,
        context: dict[str, Any],
        *,
        title: str,
    ) -> context_types.PageHead:
        """Return the head of a page that is not a post.

        :param view: the page.
        :param data: what it shows.
        :param context: the context of the page, for other extensions.
        :param title: its title, with the number on later pages of a list.
        """
        if isinstance(view, ListPage):
            return self._list_page(view, cast("context_types.ListData", data), context, title)
        preview = self._preview(
            data,
            kind=WEBSITE,
            title=title,
            description=data["description"],
            url=self._urls.of_page(view.pagename),
        )
        nodes: list[dict[str, Any] | None] = []
        fallback = title
        if isinstance(view, Overview):
            items = [
                (item["name"], self._urls.of_page(item["page"]))
                for item in cast("context_types.OverviewData", data)["terms"]
            ]
            nodes = self._collection(data, preview, items=items, before=0, total=len(items))
            names = shorten(", ".join(name for name, _url in items), DESCRIPTION_LENGTH, placeholder=" …")
            fallback = f"{title}: {names}" if names else title
        elif isinstance(view, SubscribePage):
            fallback = _("A feed reader shows new posts automatically. Give it one of these URLs.")
        if isinstance(view, ReleasesPage):
            projects = cast("context_types.ReleasesData", data)["projects"]
            posts = [post for project in projects for release in project["releases"] for post in release["posts"]]
            items = [(post["title"], self._url_of(post)) for post in posts]
            nodes = self._collection(data, preview, items=items, before=0, total=len(items))
        graph = structured_data.graph(*nodes, self._breadcrumbs(data, view.pagename, title))
        return self._shared(context, view.pagename, preview, graph, fallback=fallback)

    def _list_page(
        self, view: ListPage, data: context_types.ListData, context: dict[str, Any], title: str
    ) -> context_types.PageHead:
        first, url, entries = view.number == 1, self._urls.of_page(view.pagename), data["entries"]
        author = view.collection.author if view.collection and first else None
        preview = self._preview(
            data,
            kind=PROFILE if author else WEBSITE,
            title=title,
            description=data["description"] if first else "",
            url=url,
        )
        nodes = self._collection(
            data,
            preview,
            items=[(entry["plain_title"], self._url_of(entry)) for entry in entries],
            before=(view.number - 1) * len(entries) if view.number < view.count else view.total - len(entries),
            total=view.total,
            about=self._person(author, data["author"]) if author and data["author"] else None,
        )
        graph = structured_data.graph(*nodes, self._breadcrumbs(data, view.pagename, title))
        page = _("Page %(number)d of %(count)d") % data if data["number"] > 1 else ""
        about = (data["summary"] or title, data["index"]["title"] if view.collection else "", page)
        return {
            **self._shared(context, view.pagename, preview, graph, fallback=" · ".join(filter(None, about))),
            "prev": _page_of_list(data["newer"]),
            "next": _page_of_list(data["older"]),
            "is_indexed": is_indexed(data),
        }

    # -- Parts

    def _shared(
        self, context: dict[str, Any], pagename: str, preview: Preview, graph: dict[str, Any], *, fallback: str = ""
    ) -> context_types.PageHead:
        """Return what every head says, except what is in it already or is left to another extension.

        :param fallback: a description for search engines where nobody wrote one.
        """
        present = set(NAMES.findall(context.get("metatags", "")))
        meta = context.get("meta") or {}
        properties = [(name, value) for name, value in open_graph(preview) if name not in present]
        if OF_IMAGE in present or (OPENGRAPH in self._app.extensions and OF_IMAGE in meta):
            # What else we could say is about another picture.
            properties = [(name, value) for name, value in properties if not name.startswith(OF_IMAGE)]
        card = "" if "twitter:card" in present else twitter_card(preview)
        if OPENGRAPH in self._app.extensions and "ogp_disable" in meta:
            properties, card = [], ""
        elif OPENGRAPH in self._app.extensions and pagename in self._app.env.found_docs:
            # A copy: that extension takes out what it has used. It escapes nothing but quotation marks.
            told = {name: escape(value, quote=False) for name, value in properties if OF_OPENGRAPH.fullmatch(name)}
            context["meta"] = {**told, **meta}
            properties = [(name, value) for name, value in properties if name not in {*told, ONLY_OF_OPENGRAPH}]
            card = card if preview.image else ""
        return {
            **EMPTY_HEAD,
            "description": "" if "description" in present else collapse_whitespace(preview.description or fallback),
            "open_graph": properties,
            "twitter_card": card,
            "json_ld": rendered(structured_data.dump_for_script(graph)) if graph["@graph"] else "",
        }

    def _preview(self, data: Mapping[str, Any], **values: Any) -> Preview:
        picture = data["preview_image"]
        if picture and (url := self._urls.absolute(picture["src"])):
            values |= {
                "image": url,
                "image_alt": picture["alt"],
                "image_width": picture["width"],
                "image_height": picture["height"],
            }
        return Preview(site_name=str(self._app.config.project), language=self._language, **values)

    def _collection(self, data: Mapping[str, Any], preview: Preview, **values: Any) -> list[dict[str, Any] | None]:
        if not preview.url:
            return []
        blog, is_index = self._blog(data), data["page"] == data["index"]["page"]
        nodes = structured_data.collection_page(
            url=preview.url,
            name=preview.title,
            description=collapse_whitespace(preview.description),
            language=self._language,
            part_of=blog,
            **values,
        )
        return [*nodes, {**blog, "description": preview.description} if blog and is_index else None]

    def _blog(self, data: Mapping[str, Any]) -> dict[str, Any] | None:
        index = data["index"]
        return structured_data.blog(name=index["title"], url=self._urls.of_page(index["page"]), language=self._language)

    def _person(self, author: Author, shown: context_types.Author | context_types.AuthorWithBio) -> dict[str, Any]:
        return structured_data.person(author, page_url=self._urls.of_page(shown["page"]))

    def _image(self, picture: context_types.Image | None) -> dict[str, Any] | None:
        if not picture:
            return None
        url = self._urls.absolute(picture["src"])
        return structured_data.image(url=url, alt=picture["alt"], width=picture["width"], height=picture["height"])

    def _breadcrumbs(self, data: Mapping[str, Any], pagename: str, title: str) -> dict[str, Any] | None:
        pages = {page: name for page, name in data["breadcrumbs"] if page != pagename}
        if above := data.get("overview"):
            pages[above["page"]] = above["title"]
        steps = [(name, self._urls.of_page(page)) for page, name in (*pages.items(), (pagename, title))]
        return structured_data.breadcrumbs(steps, url=self._urls.of_page(pagename))

    def _url_of(self, post: context_types.ListEntry | context_types.PostLink) -> str:
        return self._urls.of_page(post["page"]) + (f"#{post['anchor']}" if post["anchor"] else "")


def _page_of_list(pagename: str | None) -> context_types.PostLink | None:
    return {"page": pagename, "anchor": "", "title": ""} if pagename else None


def is_indexed(data: context_types.ListData) -> bool:
    """Return whether search engines may show a page of a list: not if it shows a post that is not published.

    :param data: what the page shows.
    """
    return all(entry["state"] == PUBLISHED for entry in data["entries"])
