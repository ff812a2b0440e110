"""What JSON-LD says of a citable post besides :func:`.blog_posting`: identifiers, citations, funding.

Archives and harvesters read it from a document that is separate: not all of them look into a graph, or take a list of types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.citations.credit import role_url
from sphinxext.newsroom.metadata.json_ld import without_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext.newsroom.citation_models import Funding, Reference
    from sphinxext.newsroom.models import Post

    Node = dict[str, Any]

CONTEXT = "https://schema.org/"
SCHOLARLY = f"{CONTEXT}ScholarlyArticle"
DOI = "DOI"


def citable_posting(
    posting: Mapping[str, Any],
    post: Post,
    *,
    urn: str,
    references: Sequence[tuple[Reference, str]],
    publisher: str,
    issn: str = "",
) -> Node:
    """Return a citable post as a JSON-LD document.

    :param posting: its ``BlogPosting``.
    :param post: the post.
    :param urn: the URI that identifies it for ever, which is no DOI.
    :param references: the works that it cites, each with its formatted reference as plain text.
    :param publisher: name of the organization that publishes the blog.
    :param issn: of the blog, or empty.
    """
    front_matter = post.front_matter
    authors = [
        {**node, **({"identifier": author.orcid} if author.orcid else {})}
        for node, author in zip(posting.get("author", ()), post.authors, strict=True)
    ]
    doi = f"https://doi.org/{front_matter.doi}" if front_matter.doi else ""
    node = {
        "@context": CONTEXT,
        **posting,
        # A list of types is not read by all.
        "additionalType": SCHOLARLY if doi else "",
        "name": posting.get("headline", ""),
        "identifier": [{"@type": "PropertyValue", "propertyID": DOI, "value": front_matter.doi, "url": doi}, urn]
        if doi
        else urn,
        "sameAs": doi,
        "abstract": posting.get("description", ""),
        "author": authors,
        "contributor": [
            contribution
            for author, person in zip(post.authors, authors, strict=True)
            for contribution in _roles(front_matter.author_roles.get(author.id, author.roles), person)
        ],
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        "version": front_matter.version,
        "citation": [_work(reference, text) for reference, text in references],
        "funder": _unique(_funder(funding) for funding in front_matter.funding),
        "funding": [_grant(funding) for funding in front_matter.funding if funding.award or funding.title],
    }
    if issn and isinstance(blog := node.get("isPartOf"), dict):
        node["isPartOf"] = {**blog, "issn": issn}
    return without_unknown(node)


def _roles(roles: Sequence[str], person: Mapping[str, Any]) -> list[Node]:
    """Return the roles of a contributor, each as schema.org has a role: a node between the post and the person."""
    who = {name: person[name] for name in ("@type", "@id", "name") if name in person}
    return [{"@type": "Role", "roleName": role, "url": role_url(role), "contributor": who} for role in roles]


def _work(reference: Reference, text: str) -> Node:
    item = reference.item
    return without_unknown(
        {
            "@type": "CreativeWork",
            "@id": reference.link,
            "name": text,
            "headline": item.get("title", ""),
            "url": reference.link,
            "identifier": f"https://doi.org/{reference.doi}" if reference.doi else "",
        }
    )


def _funder(funding: Funding) -> Node:
    return without_unknown(
        {"@type": "Organization", "@id": funding.funder_id, "name": funding.funder, "url": funding.funder_id}
    )


def _grant(funding: Funding) -> Node:
    return without_unknown(
        {
            "@type": "Grant",
            "@id": funding.url,
            "identifier": funding.award,
            "name": funding.title,
            "url": funding.url,
            "funder": _funder(funding),
        }
    )


def _unique(nodes: Iterable[Node]) -> list[Node]:
    return list({repr(node): node for node in nodes}.values())
