"""CSL-JSON (https://citationstyles.org): the variables of a work, of which references are formatted."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext.newsroom.models import Author, Post

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
)  # fmt: skip
_TEXTS = (
    "abstract", "archive", "archive_location", "authority", "chapter-number", "collection-number", "collection-title",
    "container-title", "container-title-short", "dimensions", "division", "edition", "event-place", "event-title",
    "genre", "ISBN", "ISSN", "issue", "jurisdiction", "keyword", "language", "locator", "medium", "note", "number",
    "number-of-pages", "number-of-volumes", "original-publisher", "original-title", "page", "page-first", "part-number",
    "part-title", "PMCID", "PMID", "publisher", "publisher-place", "reviewed-title", "scale", "section", "source",
    "status", "supplement-number", "title-short", "version", "volume", "volume-title",
)  # fmt: skip
_NAMES = (
    "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator", "director",
    "editor", "editorial-director", "illustrator", "interviewer", "organizer", "performer", "recipient",
    "reviewed-author", "translator",
)  # fmt: skip
_DATES = ("accessed", "available-date", "event-date", "original-date", "submitted")
CSL_VARIABLES = MappingProxyType(
    {**dict.fromkeys(_TEXTS, "text"), **dict.fromkeys(_NAMES, "names"), **dict.fromkeys(_DATES, "date")}
)
"""The kind of each variable, besides type, title, author, issued, DOI and URL."""
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")
# The last words of names of groups. A wrong guess is corrected in the authors file.
GROUP_WORDS = frozenset(
    {
        "team", "teams", "group", "lab", "labs", "laboratory", "office", "desk", "consortium", "institute", "university",
        "committee", "community", "network", "node", "project", "contributors", "developers", "editors", "authors",
        "collective", "association", "society", "foundation", "center", "centre", "department", "board", "council",
        "initiative", "infrastructure", "service", "services", "staff", "unit", "support", "working-group",
    }
)  # fmt: skip


def csl_names(value: Any) -> list[dict[str, str]]:
    """Return names as CSL-JSON has them.

    :param value: a name, a mapping, or a list of both.
    """
    names = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            parts = {name: collapse_whitespace(str(item[name])) for name in _NAME_PARTS if item.get(name)}
            if parts.get("family") or parts.get("literal"):
                names.append(parts)
            elif name := collapse_whitespace(str(item.get("name") or item.get("given") or "")):
                names.append(split_name(name))
        elif isinstance(item, str) and item.strip():
            names.append(split_name(collapse_whitespace(item)))
    return names


def csl_date(value: Any) -> dict[str, Any] | None:
    """Return a date as CSL-JSON has it, None for what is no date.

    :param value: a year, a date, a text in ISO 8601, or a mapping with ``date-parts``.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return {"date-parts": [[value.year, value.month, value.day]]}
    if isinstance(value, int):
        return {"date-parts": [[value]]}
    if isinstance(value, str) and (match := _ISO.fullmatch(value.strip())):
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    if isinstance(value, dict) and isinstance(parts := value.get("date-parts"), list):
        found = [
            [int(part) for part in moment[:3]]
            for moment in parts[:2]
            if isinstance(moment, list) and moment and all(str(part).isdecimal() for part in moment[:3])
        ]
        return {"date-parts": found} if found else None
    return None


def author_name(author: Author) -> dict[str, str]:
    """Return an author's name as CSL-JSON has it.

    :param author: the author.
    """
    if author.is_organization:
        return {"literal": author.name}
    if author.family:
        return {"family": author.family, **({"given": author.given} if author.given else {})}
    return split_name(collapse_whitespace(author.name))


def is_guessed(author: Author) -> bool:
    """Return whether the family name of an author is only a guess.

    :param author: the author.
    """
    return not (author.family or author.is_organization) and "family" in split_name(author.name)


def split_name(name: str) -> dict[str, str]:
    """Return a name as CSL-JSON has it: the last word with the particles before it is the family name, unless it is of a group.

    :param name: such as ``Ludwig van Beethoven``, ``Beethoven, Ludwig van`` or ``Training team``.
    """
    if ", " in name:
        family, given = name.split(", ", 1)
        return {"family": family.strip(), "given": given.strip()}
    words = name.split()
    # Scripts without capitals write family names first.
    if len(words) < 2 or words[-1].casefold() in GROUP_WORDS or not words[-1][0].isupper():  # noqa: PLR2004 - given and family
        return {"literal": name}
    # "van der Berg", "de la Cruz"
    start = next((index for index, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
    return {"family": " ".join(words[start:]), "given": " ".join(words[:start])}


def post_item(
    post: Post,
    *,
    title: str,
    url: str,
    blog: str,
    language: str,
    keywords: Sequence[str] = (),
    abstract: str = "",
    publisher: str = "",
    issn: str = "",
) -> dict[str, Any]:
    """Return a post as CSL-JSON.

    :param post: the post.
    :param title: its title as plain text.
    :param url: its full URL, empty without base URL.
    :param blog: the title of the blog.
    :param language: such as ``en``.
    :param keywords: its categories and tags.
    :param abstract: what it is about.
    :param publisher: name of who publishes the site.
    :param issn: of the blog, or empty.
    """
    from sphinxext.newsroom.citations.formats import citation_key

    created = post.created
    item: dict[str, Any] = {
        "id": "",
        "type": "post-weblog",
        "title": collapse_whitespace(title),
        "author": [author_name(author) for author in post.authors],
        "issued": {"date-parts": [[created.year, created.month, created.day]]},
        "container-title": collapse_whitespace(blog),
        "publisher": collapse_whitespace(publisher),
        "version": post.front_matter.version,
        "DOI": post.front_matter.doi,
        "URL": url,
        "ISSN": issn,
        "language": language,
        "keyword": ", ".join(dict.fromkeys(keywords)),
        "abstract": collapse_whitespace(abstract),
    }
    item["id"] = citation_key(item)
    return {name: value for name, value in item.items() if value}
