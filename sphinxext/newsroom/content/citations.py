"""Find the works that posts cite by key in the bibliography file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.problems import Problem, Subtype, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinxext.newsroom.citation_models import Reference
    from sphinxext.newsroom.problems import Locate

INSTALL = "pip install 'sphinxext-newsroom[citations]'"


@dataclass(frozen=True, kw_only=True)
class Bibliography:
    """The bibliography file of a blog."""

    path: str = ""
    works: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """CSL-JSON by key."""
    is_readable: bool = True
    """Whether the packages that read it are installed."""


NO_BIBLIOGRAPHY = Bibliography()


def resolve_references(
    references: Iterable[Reference], bibliography: Bibliography, *, path: str, locate: Locate
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """Return references with the works of their keys, and the keys that are not found.

    :param references: as the front matter has them.
    :param bibliography: the works by key.
    :param path: the post, for messages.
    :param locate: finds lines, for messages.
    """
    found, problems = [], []
    for reference in references:
        work = bibliography.works.get(reference.key) if reference.key else None
        if work is not None:
            found.append(
                replace(
                    reference,
                    doi=reference.doi or work.get("DOI", ""),
                    url=reference.url or work.get("URL", ""),
                    item={**work, **reference.item},
                )
            )
            continue
        if reference.key and bibliography.is_readable:
            hint = suggestion(reference.key, bibliography.works) if bibliography.works else " There is no such file."
            message = f"reference {reference.key!r} is not in {bibliography.path}.{hint}"
            line = locate(path, "references", reference.key)
            problems.append(Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path, line=line))
        if reference.link or reference.text or reference.item:
            found.append(reference)
    return tuple(found), tuple(problems)
