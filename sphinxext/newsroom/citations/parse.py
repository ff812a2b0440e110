"""Read ``references`` and ``funding`` of front matter into records, with every mistake at once."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.citation_models import Funding, Reference
from sphinxext.newsroom.citations.csl import CSL_TYPES, CSL_VARIABLES, csl_date, csl_names
from sphinxext.newsroom.citations.schema import AwardKeys, FunderKeys, FundingKeys, ReferenceKeys
from sphinxext.newsroom.problems import Subtype, suggestion
from sphinxext.newsroom.utils.identifiers import IdentifierError, bare_doi, crossref_funder_url, ror_url
from sphinxext.newsroom.utils.plain_data import plain_data
from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.coerce import (
    ValidationContext,
    check,
    format_value,
    report_misspelled_keys,
    text_keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import BaseModel

    from sphinxext.newsroom.problems import Problem
    from sphinxext.newsroom.validation.coerce import SourceMap

    Keys = tuple[str | int, ...]

REFERENCE = "a DOI, a URL, a key of the bibliography file, or a mapping with 'doi', 'url', 'text' or 'title'"
DOI = "a DOI such as 10.1234/abcd"
URL = "a URL that starts with https:// or http://"
# What looks like a DOI or a URL, and is none.
_NEARLY = re.compile(r"10\.|doi:|[^\s/]+://\S*$", re.IGNORECASE)
_KEY = re.compile(r"@?[^\s@,{}()\"'#%=~\\]+")


def parse_references(
    items: Iterable[Any], *, source_map: SourceMap, path: str
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return the works that a post cites, each once, and everything that is wrong with what it says about them.

    :param items: the items of the list.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    """
    context = _context(ReferenceKeys, source_map, path)
    found = (_reference(item, ("references", index), context) for index, item in enumerate(items) if item != {})
    references = {repr(reference): reference for reference in found if reference is not None}
    return tuple(references.values()), tuple(context.problems)


def parse_funding(
    items: Iterable[Any], *, source_map: SourceMap, path: str
) -> tuple[tuple[Funding, ...], tuple[Problem, ...]]:
    """Return who funded the work that a post describes, and everything that is wrong with what it says about them.

    :param items: the items of the list.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    """
    context = _context(FundingKeys, source_map, path)
    found = [_funding(item, ("funding", index), context) for index, item in enumerate(items) if item != {}]
    return tuple(funding for funding in found if funding is not None), tuple(context.problems)


def _context(model: type[BaseModel], source_map: SourceMap, path: str) -> ValidationContext:
    return ValidationContext(model, {}, source_map=source_map, path=path, subtype=Subtype.FRONT_MATTER)


# -- References


def _reference(item: Any, keys: Keys, context: ValidationContext) -> Reference | None:
    if isinstance(item, dict):
        return _from_mapping(text_keys(item), keys, context)
    if not isinstance(item, str) or not item.strip():
        context.report(f"'references' has {format_value(item)} in it; expected {REFERENCE}. It is ignored.", keys)
        return None
    text = collapse_whitespace(item)
    if doi := bare_doi(text):
        return Reference(doi=doi)
    if is_web_url(text):
        return Reference(url=text)
    if _NEARLY.match(text):
        expected = DOI if "://" not in text else URL
        context.report(f"'references' has {format_value(item)} in it; expected {expected}. It is ignored.", keys)
        return None
    return Reference(key=text.removeprefix("@")) if _KEY.fullmatch(text) else Reference(text=text)


def _from_mapping(mapping: Mapping[str, Any], keys: Keys, context: ValidationContext) -> Reference | None:
    before = len(context.problems)
    values, inside = _read(ReferenceKeys, mapping, keys, context, known=CSL_VARIABLES)
    doi, url = values.get("doi") or "", (values.get("url") or "").strip()
    if doi and not (bare := bare_doi(doi)):
        inside.report(f"{_place(keys, 'doi')} is {doi!r}; expected {DOI}. It is ignored.", (*keys, "doi"))
        doi = ""
    elif doi:
        doi = bare
    url = _url(url, keys, inside)
    item = dict(_csl_item(mapping, values, keys, inside))
    reference = Reference(
        key=(values.get("key") or "").strip().removeprefix("@"),
        doi=doi,
        url=url,
        text=collapse_whitespace(values.get("text") or ""),
        item={**item, **({"DOI": doi} if doi else {}), **({"URL": url} if url else {})} if item else {},
        cito=tuple(values.get("cito") or ()),
    )
    if any((reference.key, reference.doi, reference.url, reference.text, reference.item.get("title"))):
        return reference
    if len(context.problems) == before:
        context.report(f"'references' has {format_value(dict(mapping))} in it; expected {REFERENCE}.", keys)
    return None


def _csl_item(
    mapping: Mapping[str, Any], values: Mapping[str, Any], keys: Keys, context: ValidationContext
) -> Iterator[tuple[str, Any]]:
    """Yield the variables of CSL that a mapping has besides identifiers."""
    type_ = values.get("type")
    if type_ and type_ not in CSL_TYPES:
        hint = suggestion(type_, CSL_TYPES)
        message = f"{_place(keys, 'type')} is {type_!r}; expected a type of CSL such as 'article-journal'.{hint}"
        context.report(message, (*keys, "type"))
        type_ = None
    if not values.get("title"):
        return
    yield "type", type_ or "document"
    yield "title", collapse_whitespace(values["title"])
    if names := csl_names(values.get("author")):
        yield "author", names
    if issued := values.get("issued"):
        if found := csl_date(issued):
            yield "issued", found
        else:
            expected = "a year, or a date such as 2024-01-31"
            message = f"{_place(keys, 'issued')} is {format_value(issued)}; expected {expected}. It is ignored."
            context.report(message, (*keys, "issued"))
    for name in sorted(CSL_VARIABLES & mapping.keys()):
        if value := _variable(CSL_VARIABLES[name], mapping[name]):
            yield name, value


def _variable(kind: str, value: Any) -> Any:
    """Return the value of a variable as CSL-JSON has it, nothing for what cannot be one."""
    if kind == "names":
        return csl_names(value) if isinstance(value, (str, list, dict)) else None
    if kind == "date":
        return csl_date(value)
    is_text = isinstance(value, (str, int, float, date)) and not isinstance(value, bool)
    return collapse_whitespace(str(plain_data(value))) if is_text else None


# -- Funding


def _funding(item: Any, keys: Keys, context: ValidationContext) -> Funding | None:
    expected = "a mapping with 'funder', 'ror' and 'award'"
    if isinstance(item, str) and item.strip():
        return Funding(funder=collapse_whitespace(item))
    if not isinstance(item, dict):
        context.report(f"'funding' has {format_value(item)} in it; expected {expected}. It is ignored.", keys)
        return None
    values, inside = _read(FundingKeys, text_keys(item), keys, context)
    funder, award = values.get("funder"), values.get("award")
    ror, crossref, title, url = (values.get(name) or "" for name in ("ror", "crossref", "title", "url"))
    if isinstance(funder, dict):
        about = _read(FunderKeys, text_keys(funder), (*keys, "funder"), context)[0]
        identifier, funder = about.get("id") or "", about.get("name")
        is_ror = "ror.org" in identifier
        ror = ror or about.get("ror") or (identifier if is_ror else "")
        crossref = crossref or about.get("crossref") or ("" if is_ror else identifier)
    if isinstance(award, dict):
        about = _read(AwardKeys, text_keys(award), (*keys, "award"), context)[0]
        award, title, url = about.get("number"), title or about.get("title") or "", url or about.get("url") or ""
    if not (funder or "").strip():
        if "funder" not in inside.rejected:
            context.report(f"{_place(keys)} names no funder; expected {expected}. It is ignored.", keys)
        return None
    if doi := bare_doi(url):
        url = f"https://doi.org/{doi}"
    return Funding(
        funder=collapse_whitespace(funder or ""),
        ror=_identifier("ror", ror, keys, context),
        crossref=_identifier("crossref", crossref, keys, context),
        award=collapse_whitespace(award or ""),
        title=collapse_whitespace(title),
        url=_url(url, keys, context),
    )


def _identifier(name: str, value: str, keys: Keys, context: ValidationContext) -> str:
    if not value:
        return ""
    read = {"ror": ror_url, "crossref": crossref_funder_url}[name]
    kind = {"ror": "a ROR id", "crossref": "a Crossref funder id"}[name]
    try:
        return read(value)
    except IdentifierError as error:
        context.report(
            f"{_place(keys, name)} is {value!r}, which is not {kind}: {error}. It is ignored.", (*keys, name)
        )
        return ""


# -- Helpers


def _read(
    model: type[BaseModel],
    mapping: Mapping[str, Any],
    keys: Keys,
    context: ValidationContext,
    *,
    known: Iterable[str] = (),
) -> tuple[dict[str, Any], ValidationContext]:
    """Return the checked values of a mapping, and the context for what else is said of them."""
    inside = context.inside(model, mapping, keys)
    values, extra = check(model, mapping, inside)
    report_misspelled_keys([key for key in extra if key not in {*known}], model, inside)
    return values, inside


def _url(url: str, keys: Keys, context: ValidationContext) -> str:
    if not url or is_web_url(url):
        return url
    context.report(f"{_place(keys, 'url')} is {url!r}; expected {URL}. It is ignored.", (*keys, "url"))
    return ""


def _place(keys: Keys, *more: str) -> str:
    return repr(".".join(map(str, (*keys, *more))))
