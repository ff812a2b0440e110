"""Number figures, tables, code blocks and equations in posts.

Sphinx numbers documents that are reachable from the home page through toctrees. Posts are in none, so their figures would
have no number, and references to them would be reported. Each post that is not reachable is numbered separately.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import StandardDomain
from sphinx.environment.collectors import EnvironmentCollector

from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_env import DocumentData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

Numbers = dict[str, dict[str, tuple[int, ...]]]
"""The number of each element, by its kind and its id."""

# References that show a number; "any" and MyST-Parser's show one if their target is an equation.
_TO_FIGURES, _TO_EQUATIONS = frozenset({"numref"}), frozenset({"eq", "numref", "any", "myst"})


class NumberCollector(EnvironmentCollector):
    """Numbers posts that no toctree leads to, and has pages written again when a number on them has changed."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Do nothing: the collector of the blog goes through all data."""

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Do nothing, as above."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Count the elements of a document, and record which numbers of others it refers to."""
        env = app.env
        if app.config.numfig and (numbers := _count(env, doctree)):
            _own_numbers(env)[env.docname] = numbers
        if targets := sorted(
            {xref["reftarget"] for xref in doctree.findall(addnodes.pending_xref) if _shows_number(xref)}
        ):
            _references(env)[env.docname] = targets

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Count posts that Sphinx has not reached; return the documents that show other numbers than before."""
        site, own = get_site(app), _own_numbers(env)
        if not site.options.enabled:
            return []
        shown: dict[str, list[Any]] = {}
        for docname in _unreached(app, env) if own else ():
            if docname in own:
                # Sphinx expects equations wherever there are numbers.
                env.toc_fignumbers[docname] = deepcopy({"displaymath": {}, **own[docname]})
                shown[docname] = [own[docname]]
        for docname, targets in _references(env).items():
            shown.setdefault(docname, []).extend(_number(env, target) for target in targets)
        numbers = {docname: fingerprint(found) for docname, found in shown.items()}
        before, site.manifest.numbers = site.manifest.numbers, numbers
        return sorted(docname for docname, found in numbers.items() if before.get(docname) != found)


def _count(env: BuildEnvironment, doctree: nodes.document) -> Numbers:
    """Return the numbers of the elements of a document, starting at 1."""
    domains = list(env.domains.sorted())
    counts: Counter[str] = Counter()
    numbers: Numbers = {}
    for element in doctree.findall(nodes.Element):
        if not isinstance(element, nodes.section) and element.get("ids") and (kind := _kind(domains, element)):
            counts[kind] += 1
            numbers.setdefault(kind, {})[element["ids"][0]] = (counts[kind],)
    return numbers


def _kind(domains: Iterable[Domain], element: nodes.Element) -> str | None:
    """Return the kind of an element that has a number, as Sphinx finds it."""
    for domain in domains:
        if isinstance(domain, StandardDomain) and not domain.get_numfig_title(element):
            continue  # without a caption there is no number
        if kind := domain.get_enumerable_node_type(element):
            return kind
    return None


def _shows_number(xref: addnodes.pending_xref) -> bool:
    return xref.get("reftype") in _TO_FIGURES | _TO_EQUATIONS and xref.get("refdomain") != "doc"


def _unreached(app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
    """Yield the documents of blogs that no toctree leads to from the home page, and those in toctrees of them."""
    site = get_site(app)
    lists = (collection.pagename for taxonomy in site.blog.taxonomies for collection in taxonomy.collections)
    overviews = (taxonomy.pagename for taxonomy in site.blog.taxonomies)
    indexes = (section.blog.index for section in site.sections)
    found = {*site.blog.by_docname, *lists, *overviews, *indexes} & env.found_docs
    reached = _below(env, {env.config.root_doc})
    yield from sorted(_below(env, found - reached) - reached)


def _below(env: BuildEnvironment, docnames: AbstractSet[str]) -> set[str]:
    """Return documents and all to which toctrees lead from them."""
    found, new = set[str](), set(docnames)
    while new:
        found |= new
        new = {child for docname in new for child in env.toctree_includes.get(docname, ())} - found
    return found


def _number(env: BuildEnvironment, target: str) -> tuple[Any, ...]:
    """Return what changes when a reference by number shows something else."""
    labels = env.domains.standard_domain
    label = labels.labels.get(target) or labels.anonlabels.get(target)
    equation = env.domains.math_domain.equations.get(target)
    return tuple((*place, env.toc_fignumbers.get(place[0])) for place in (label, equation) if place)


# -- What is stored in the environment -----------------------------------------------------------------------------------


_own_numbers = DocumentData("newsroom_own_numbers", dict[str, Numbers])
"""The numbers of each document, starting at 1."""


_references = DocumentData("newsroom_number_references", dict[str, list[str]])
"""The targets of each document's references that may show a number."""
