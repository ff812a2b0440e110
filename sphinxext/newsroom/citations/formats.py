"""Write a work for reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Item = Mapping[str, Any]

BIBTEX, RIS, CSL = (
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/vnd.citationstyles.csl+json",
)
FILES = (("BibTeX", ".bib", BIBTEX), ("RIS", ".ris", RIS), ("CSL-JSON", ".csl.json", CSL))
"""The name, suffix and media type of each format."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"\textbackslash ", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"\textasciitilde ", "^": r"\textasciicircum ", '"': "''",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
# Words that titles begin with, which tell posts apart no better than no word.
_ARTICLES = frozenset(
    {"a", "an", "the", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los"}
)


def write(item: Item, suffix: str) -> bytes:
    """Return a work as a file.

    :param item: the work as CSL-JSON.
    :param suffix: that of one of :data:`FILES`.
    """
    made = {".bib": bibtex, ".ris": ris, ".csl.json": csl_json}[suffix](item)
    return made.encode()


def citation_key(item: Item) -> str:
    """Return a key for BibTeX: ASCII, and the same as long as the first author, the year and the title are.

    :param item: the work as CSL-JSON.
    """
    authors = item.get("author") or [{}]
    words = [_ascii(word) for word in str(item.get("title", "")).split()]
    first = next((word for word in words if word and word not in _ARTICLES), "")
    name = _ascii(authors[0].get("family") or authors[0].get("literal") or item.get("container-title") or "")
    return f"{name}{_date(item)[0] if _date(item) else ''}{first}" or "post"


def bibtex(item: Item) -> str:
    """Return a work in BibTeX, as ``@misc``: other types that suit a post are only known to biblatex.

    :param item: the work as CSL-JSON.
    """
    parts = _date(item)
    year, month, day = (*parts, None, None, None)[:3]
    date = "-".join(f"{part:02}" for part in parts)
    fields = {
        "author": " and ".join(map(_bibtex_name, item.get("author", ()))),
        # The second pair of braces keeps capitals.
        "title": f"{{{_tex(item.get('title', ''))}}}",
        "year": str(year or ""),
        "month": _MONTHS[month - 1] if month and day else "",
        "date": date,
        "howpublished": _tex(item.get("container-title", "")),
        "version": _tex(item.get("version", "")),
        "doi": _bare(item.get("DOI", "")),
        "url": _bare(item.get("URL", "")),
        "langid": _tex(item.get("language", "")),
        "keywords": _tex(item.get("keyword", "")),
        "abstract": _tex(item.get("abstract", "")),
    }
    # The name of a month is a macro.
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return "@misc{" + ",\n".join([citation_key(item), *lines]) + "\n}\n"


def ris(item: Item) -> str:
    """Return a work in RIS.

    :param item: the work as CSL-JSON.
    """
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(item))


def csl_json(item: Item) -> str:
    """Return a work as CSL-JSON.

    :param item: the work.
    """
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _ris_lines(item: Item) -> Iterator[tuple[str, str]]:
    parts = _date(item)
    yield "TY", "BLOG"
    lines = [
        *(("AU", _ris_name(name)) for name in item.get("author", ())),
        ("TI", item.get("title", "")),
        ("T2", item.get("container-title", "")),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join(f"{part:02}" for part in parts)),
        ("ET", item.get("version", "")),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        *(("KW", word) for word in str(item.get("keyword", "")).split(", ")),
        ("LA", item.get("language", "")),
        ("AB", item.get("abstract", "")),
    ]
    yield from ((tag, text) for tag, value in lines if (text := _line(value)))
    yield "ER", ""


def _date(item: Item) -> list[int]:
    dates = (item.get("issued") or {}).get("date-parts") or [[]]
    return [int(part) for part in dates[0]]


def _line(value: Any) -> str:
    """Return a text on one line: in RIS, a line break would begin another field."""
    return collapse_whitespace(_CONTROL.sub(" ", str(value)))


def _tex(value: Any) -> str:
    text = _line(value)
    # To BibTeX, an escaped brace is a brace, too: a single one would end the value, or run into the next entry.
    braces = {} if _is_balanced(text) else {"{": r"\textbraceleft ", "}": r"\textbraceright "}
    return "".join({**_TEX, **braces}.get(character, character) for character in text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _bare(value: Any) -> str:
    """Return a DOI or URL, which BibTeX takes as it is; braces and backslashes would end it."""
    text = _line(value).replace(" ", "%20")
    return "".join(f"%{ord(character):02X}" if character in "{}\\" else character for character in text)


def _bibtex_name(name: Mapping[str, str]) -> str:
    family, given = name.get("family", ""), name.get("given", "")
    if not family:
        return f"{{{_tex(name.get('literal', ''))}}}"
    # In braces, "and" and commas are parts of a name.
    parts = [_tex(part) for part in (family, given) if part]
    return ", ".join(f"{{{part}}}" if re.search(r",|\band\b|^[a-z]", part) else part for part in parts)


def _ris_name(name: Mapping[str, str]) -> str:
    parts = [name.get("family", ""), name.get("given", "")]
    return ", ".join(part for part in parts if part) or name.get("literal", "")


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_IN_KEYS.sub("", plain)
