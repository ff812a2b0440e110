"""Structured data for search engines, as JSON-LD (schema.org): the nodes, of which ``pages/head`` makes a graph for each page.

Each page has one graph. Entities with a page are identified by the URL of that page, a blog and a list by a fragment of it, a
person by the ORCID iD, so that programs can match the same entity on several pages.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext.newsroom.models import Author, Post

    Node = dict[str, Any]

# Inside a script element these would end it or start a comment; JavaScript also ends lines at the last two.
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
# Not part of any text or file.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def dump_for_script(data: Any) -> str:
    """Return data as JSON that can be inside a ``<script>`` element.

    :param data: plain data.
    """
    text = json.dumps(data, ensure_ascii=False)
    if not text.isascii():
        text = LONE_SURROGATE.sub("\ufffd", text)
    # Several times faster than `str.translate`, which visits each character.
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def without_unknown(node: Mapping[str, Any]) -> Node:
    """Leave out the properties that are not known.

    :param node: a node.
    """
    return {key: value for key, value in node.items() if value not in ("", [], {}, None)}


def graph(*nodes: Node | None) -> Node:
    """Return nodes as the graph of a page.

    :param nodes: the nodes, the main entity first; None is left out.
    """
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def blog_posting(
    post: Post,
    *,
    headline: str,
    description: str,
    url: str,
    image: Node | None,
    language: str,
    categories: Sequence[str],
    tags: Sequence[str],
    words: int,
    minutes: int | None,
    authors: Sequence[Node],
    blog: Node | None,
    license: str | Node | None = None,  # noqa: A002 - the name of the property
) -> Node:
    """Return a post as ``BlogPosting``.

    :param post: the post.
    :param headline: its title as plain text.
    :param description: one or two sentences.
    :param url: its absolute URL, empty without base URL.
    :param image: the cover, None for none.
    :param language: such as ``en`` or ``pt-BR``.
    :param categories: names.
    :param tags: names.
    :param words: number of words.
    :param minutes: reading time.
    :param authors: a :func:`person` for each.
    :param blog: the blog that it is part of.
    :param license: its :func:`license_node`.
    """
    return without_unknown(
        {
            "@type": "BlogPosting",
            "@id": url,
            "url": url,
            "mainEntityOfPage": url,
            "headline": headline,
            "description": description,
            "image": image,
            "datePublished": post.created.isoformat(),
            "dateModified": (post.updated or post.created).isoformat(),
            "inLanguage": language,
            "author": list(authors),
            "articleSection": list(categories),
            "keywords": list(tags),
            "wordCount": words,
            "timeRequired": f"PT{minutes}M" if minutes is not None else "",
            "isPartOf": blog,
            "license": license,
        }
    )


def blog(*, name: str, url: str, language: str, description: str = "") -> Node | None:
    """Return a blog as ``Blog``, None without base URL.

    :param name: its title.
    :param url: the full URL of its index.
    :param language: such as ``en``.
    :param description: what it is about.
    """
    if not url:
        return None
    return without_unknown(
        {
            "@type": "Blog",
            "@id": f"{url}#blog",
            "name": name,
            "url": url,
            "description": description,
            "inLanguage": language,
        }
    )


def license_node(*, name: str, url: str) -> str | Node:
    """Return a license: its URL, or a work with a name. A text alone would be read as a path below the page.

    :param name: its name.
    :param url: the URL of its terms, or empty.
    """
    return url or {"@type": "CreativeWork", "name": name}


def person(author: Author, *, page_url: str) -> Node:
    """Return an author as ``Person``, identified by the ORCID iD, else by the page on this site.

    :param author: the author.
    :param page_url: the full URL of the author's page on this site, empty for none.
    """
    organizations = [
        without_unknown({"@type": "Organization", "@id": institution.ror, "name": institution.name})
        for institution in author.institutions
    ] or [{"@type": "Organization", "name": name} for name in author.affiliation.split("; ") if author.affiliation]
    is_group = author.is_organization
    url = author.url if author.url.startswith(("http://", "https://")) else ""
    return without_unknown(
        {
            "@type": "Organization" if is_group else "Person",
            "@id": author.orcid or (f"{page_url}#{'organization' if is_group else 'person'}" if page_url else ""),
            "name": author.name,
            "givenName": author.given,
            "familyName": author.family,
            "url": url or page_url,
            "sameAs": [link for link in (author.orcid, *(link for _label, link in author.links)) if link],
            "parentOrganization" if is_group else "affiliation": organizations[0]
            if len(organizations) == 1
            else organizations,
        }
    )


def image(*, url: str, alt: str, width: int | None, height: int | None) -> Node | None:
    """Return an image as ``ImageObject``, None if it has no absolute URL.

    :param url: its full URL.
    :param alt: its alternative text.
    :param width: in pixels.
    :param height: in pixels.
    """
    if not url:
        return None
    return without_unknown({"@type": "ImageObject", "url": url, "caption": alt, "width": width, "height": height})


def collection_page(
    *,
    url: str,
    name: str,
    description: str,
    language: str,
    items: Sequence[tuple[str, str]],
    before: int,
    total: int,
    part_of: Node | None,
    about: Node | None = None,
) -> list[Node]:
    """Return a page of a list as ``CollectionPage``, or as ``ProfilePage`` of an author, and its ``ItemList``.

    :param url: its full URL.
    :param name: its title.
    :param description: what it lists.
    :param language: such as ``en``.
    :param items: name and full URL of what it lists.
    :param before: the number of items on earlier pages.
    :param total: the number of items on all pages.
    :param part_of: the blog.
    :param about: the person whose page it is.
    """
    elements = [
        {"@type": "ListItem", "position": position, "name": item, "url": target}
        for position, (item, target) in enumerate(items, start=before + 1)
    ]
    listed = {
        "@type": "ItemList",
        "@id": f"{url}#list",
        "numberOfItems": total,
        "itemListElement": elements,
    }
    page = {
        "@type": "ProfilePage" if about else "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": language,
        "mainEntity": about or {"@id": f"{url}#list"},
        "isPartOf": part_of,
    }
    return [without_unknown(page), listed]


def software(*, name: str, version: str, published: str, notes_url: str) -> Node:
    """Return a release as ``SoftwareApplication``.

    :param name: the project.
    :param version: the version.
    :param published: when it was announced, in ISO 8601.
    :param notes_url: the full URL of the post, empty without base URL.
    """
    return without_unknown(
        {
            "@type": "SoftwareApplication",
            "@id": f"{notes_url}#release-{quote(name)}-{quote(version)}" if notes_url else "",
            "name": name,
            "softwareVersion": version,
            "datePublished": published,
            "releaseNotes": notes_url,
            "subjectOf": {"@id": notes_url} if notes_url else None,
        }
    )


def breadcrumbs(steps: Iterable[tuple[str, str]], *, url: str) -> Node | None:
    """Return the path to a page as ``BreadcrumbList``, None if it is empty.

    :param steps: name and full URL of each page from the home page on, this page last.
    :param url: the full URL of this page.
    """
    elements = [
        {"@type": "ListItem", "position": position, "name": name, "item": target}
        for position, (name, target) in enumerate(steps, start=1)
    ]
    if not url or len(elements) == 1:
        return None
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumbs", "itemListElement": elements}
