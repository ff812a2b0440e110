"""Find the references and the funding of a post in its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.validation.coerce import NoSourceMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext.newsroom.citation_models import Funding, Reference
    from sphinxext.newsroom.problems import Problem
    from sphinxext.newsroom.validation.coerce import SourceMap


def read_citation(
    own: Mapping[str, Any], inherited: Mapping[str, Any], source_map: SourceMap, *, path: str
) -> tuple[tuple[Reference, ...], tuple[Funding, ...], tuple[Problem, ...]]:
    """Return the works that a post cites, who funded it, and everything that is wrong with what it says about them.

    :param own: the checked values of the file.
    :param inherited: those of its folders; what is wrong with them is reported where they are written.
    :param source_map: finds the lines of keys.
    :param path: the file, for messages.
    """
    if not any(values.get(key) for values in (own, inherited) for key in ("references", "funding")):
        return (), (), ()
    # Few posts have any.
    from sphinxext.newsroom.citations.parse import parse_funding, parse_references

    references, of_references = parse_references(own.get("references") or (), source_map=source_map, path=path)
    funding, of_funding = parse_funding(own.get("funding") or (), source_map=source_map, path=path)
    if inherited:
        nowhere = NoSourceMap()
        more, _ = parse_references(inherited.get("references") or (), source_map=nowhere, path=path)
        others, _ = parse_funding(inherited.get("funding") or (), source_map=nowhere, path=path)
        references, funding = _joined(more, references), _joined(others, funding)
    return references, funding, (*of_references, *of_funding)


def _joined(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*first, *(item for item in second if item not in first))
