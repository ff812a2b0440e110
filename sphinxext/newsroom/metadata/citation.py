"""Citation tags for reference managers and Google Scholar (Highwire Press tags)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.models import Post


def citation_tags(post: Post, *, title: str, url: str, blog: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each tag.

    :param post: the post.
    :param title: its title as plain text.
    :param url: its absolute URL, empty without base URL.
    :param blog: the title of the blog.
    :param language: such as ``en``.
    """
    tags = [("citation_title", title)]
    for author in post.authors:
        # Tags after an author describe that author.
        tags += [
            ("citation_author", author.name),
            ("citation_author_institution", author.affiliation),
            ("citation_author_orcid", author.orcid),
        ]
    tags += [
        ("citation_publication_date", f"{post.created:%Y/%m/%d}"),
        ("citation_journal_title", blog),
        ("citation_doi", post.front_matter.doi),
        ("citation_language", language),
        ("citation_public_url", url),
    ]
    yield from ((name, collapse_whitespace(value)) for name, value in tags if value.strip())
