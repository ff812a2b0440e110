"""Tags for reference managers and Google Scholar: Highwire Press tags, Dublin Core, and Zotero's item type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinxext.newsroom.models import Post

BLOG_POST = "blogPost"


def citation_tags(
    post: Post,
    *,
    title: str,
    url: str,
    blog: str,
    language: str,
    keywords: Sequence[str] = (),
    abstract: str = "",
    urn: str = "",
    license_url: str = "",
    publisher: str = "",
    issn: str = "",
) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each tag.

    :param post: the post.
    :param title: its title as plain text.
    :param url: its absolute URL, empty without base URL.
    :param blog: the title of the blog.
    :param language: such as ``en``.
    :param keywords: its categories and tags.
    :param abstract: what it is about.
    :param urn: what identifies it, if it has no DOI.
    :param license_url: URL of its license, or empty.
    :param publisher: name of the organization that publishes the blog.
    :param issn: of the blog, or empty.
    """
    front_matter = post.front_matter
    doi, day = front_matter.doi, f"{post.created:%Y-%m-%d}"
    tags = [("citation_title", title)]
    for author in post.authors:
        # Tags after an author describe that author.
        tags.append(("citation_author", _name(author.name)))
        institutions = [found.name for found in author.institutions] or [author.affiliation]
        tags += [("citation_author_institution", name) for name in institutions]
        tags.append(("citation_author_orcid", author.orcid))
    tags += [
        ("citation_publication_date", f"{post.created:%Y/%m/%d}"),
        ("citation_online_date", f"{post.updated:%Y/%m/%d}" if post.updated else ""),
        ("citation_journal_title", blog),
        ("citation_issn", issn),
        ("citation_publisher", publisher),
        ("citation_doi", doi),
        ("citation_language", language),
        ("citation_keywords", "; ".join(keywords)),
        ("citation_abstract", abstract),
        ("citation_public_url", url),
        ("citation_abstract_html_url", url),
        ("citation_fulltext_html_url", url),
        *(("citation_reference", reference) for reference in _references(post)),
        # With a journal title alone, Zotero files a post as an article of that journal.
        ("z:itemType", BLOG_POST),
        ("DC.type", BLOG_POST),
        ("DC.title", title),
        *(("DC.creator", author.name) for author in post.authors),
        ("DC.date", day),
        ("DC.identifier", f"https://doi.org/{doi}" if doi else urn),
        ("DC.language", language),
        ("DC.publisher", publisher),
        ("DC.relation.ispartof", blog),
        ("DC.rights", license_url),
        ("DC.description", abstract),
        *(("DC.subject", word) for word in keywords),
    ]
    yield from ((name, collapse_whitespace(value)) for name, value in tags if value.strip())


def _name(name: str) -> str:
    """Return a name for one tag: a semicolon would divide it."""
    return name.replace(";", ",")


def _references(post: Post) -> Iterator[str]:
    """Yield the works that a post cites, each as fields with semicolons between them."""
    for reference in post.front_matter.references:
        item = reference.item
        fields = {
            "citation_title": item.get("title") or reference.text,
            "citation_journal_title": item.get("container-title", ""),
            "citation_doi": reference.doi,
            "citation_public_url": "" if reference.doi else reference.url,
        }
        authors = [
            " ".join(filter(None, (name.get("given"), name.get("family"), name.get("literal"))))
            for name in item.get("author", ())
        ]
        issued = (item.get("issued") or {}).get("date-parts") or [[]]
        parts = [
            *(f"{name}={_name(value)}" for name, value in fields.items() if value),
            *(f"citation_author={_name(author)}" for author in authors),
            *(f"citation_publication_date={part}" for part in issued[0][:1]),
        ]
        yield "; ".join(parts)
