"""The bibliography file: works in BibTeX that posts refer to by key, as CSL-JSON."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.citations.csl import GROUP_WORDS
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.identifiers import bare_doi
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TYPES = MappingProxyType(
    {
        "article": "article-journal",
        "book": "book",
        "booklet": "pamphlet",
        "collection": "book",
        "conference": "paper-conference",
        "dataset": "dataset",
        "electronic": "webpage",
        "inbook": "chapter",
        "incollection": "chapter",
        "inproceedings": "paper-conference",
        "manual": "report",
        "mastersthesis": "thesis",
        "online": "webpage",
        "patent": "patent",
        "phdthesis": "thesis",
        "proceedings": "book",
        "report": "report",
        "software": "software",
        "techreport": "report",
        "thesis": "thesis",
        "unpublished": "manuscript",
        "www": "webpage",
    }
)
_TEXTS = MappingProxyType(
    {
        "title": "title",
        "shorttitle": "title-short",
        "journal": "container-title",
        "journaltitle": "container-title",
        "booktitle": "container-title",
        "series": "collection-title",
        "publisher": "publisher",
        "institution": "publisher",
        "school": "publisher",
        "organization": "publisher",
        "address": "publisher-place",  # codespell:ignore address
        "location": "publisher-place",
        "volume": "volume",
        "number": "issue",
        "issue": "issue",
        "edition": "edition",
        "chapter": "chapter-number",
        "pages": "page",
        "note": "note",
        "isbn": "ISBN",
        "issn": "ISSN",
        "version": "version",
        "abstract": "abstract",
        "language": "language",
    }
)
_NUMBERED = frozenset({"report", "patent", "standard"})
"""Types whose ``number`` is not that of an issue."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def can_parse() -> bool:
    """Return whether the packages that read BibTeX are installed."""
    from importlib.util import find_spec

    return find_spec("bibtexparser") is not None


def parse_bibliography(text: str, *, path: str) -> tuple[dict[str, dict[str, Any]], tuple[Problem, ...]]:
    """Return the works of a bibliography file as CSL-JSON by key, and everything that is wrong with the file.

    :param text: the text of the file.
    :param path: the file, for messages.
    """
    import logging

    # It takes half a second to import, and few builds read such a file.
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts

    # What it logs is reported with its line below.
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        # Names are divided first: braces keep the names of groups together.
        library = parse_string(
            sanitize(text),
            append_middleware=[SeparateCoAuthors(), SplitNameParts(), LatexDecodingMiddleware()],
        )
    finally:
        logger.setLevel(level)
    works = {entry.key: _work(entry) for entry in library.entries}
    problems = [
        Problem(subtype=Subtype.FRONT_MATTER, message=_message(block), path=path, line=(block.start_line or 0) + 1)
        for block in library.failed_blocks
    ]
    return works, tuple(problems)


def _message(block: Any) -> str:
    name = type(block).__name__
    if name.startswith("DuplicateBlockKey"):
        return f"the key {block.key!r} is in the file already; the first entry is used."
    if name.startswith("DuplicateField"):
        return f"an entry has the same field twice ({', '.join(sorted(block.duplicate_keys))}); it is ignored."
    first = collapse_whitespace(block.raw or "")[:60]
    return (
        f"the entry {first!r} cannot be read; expected BibTeX such as '@article{{key, title = {{…}}}}'. It is ignored."
    )


def _work(entry: Any) -> dict[str, Any]:
    """Return an entry as CSL-JSON."""
    fields = {name.lower(): field.value for name, field in entry.fields_dict.items()}
    type_ = TYPES.get(entry.entry_type.lower(), "document")
    work: dict[str, Any] = {"id": entry.key, "type": type_}
    for name, variable in _TEXTS.items():
        if isinstance(value := fields.get(name), str) and (text := _text(value)):
            if name == "number" and type_ in _NUMBERED:
                variable = "number"  # noqa: PLW2901 - of this type only
            work.setdefault(variable, text)
    for role in ("author", "editor", "translator"):
        if isinstance(people := fields.get(role), list) and (names := list(_names(people))):
            work[role] = names
    if issued := _issued(fields):
        work["issued"] = issued
    if doi := bare_doi(str(fields.get("doi") or "")):
        work["DOI"] = doi
    url = str(fields.get("url") or "").strip()
    if is_web_url(url):
        work["URL"] = url
    return work


def _text(value: str) -> str:
    return collapse_whitespace(value.replace("{", "").replace("}", "").replace("~", " "))


def _names(people: list[Any]) -> Iterator[dict[str, str]]:
    for person in people:
        given, family, suffix = (
            _text(" ".join(parts)) for parts in (person.first, [*person.von, *person.last], person.jr)
        )
        is_group = not given or (not person.von and family.casefold() in GROUP_WORDS)
        if is_group:
            yield {"literal": f"{given} {family}".strip()}
        else:
            yield {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _issued(fields: Mapping[str, Any]) -> dict[str, Any] | None:
    if match := _DATE.match(str(fields.get("date") or "").strip()):
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    year = re.search(r"\d{4}", str(fields.get("year") or ""))
    if year is None:
        return None
    parts, month = [int(year[0])], str(fields.get("month") or "").strip().casefold()
    if month.isdecimal() and 1 <= int(month) <= len(_MONTHS):
        parts.append(int(month))
    elif month[:3] in _MONTHS:
        parts.append(_MONTHS.index(month[:3]) + 1)
    return {"date-parts": [parts]}
