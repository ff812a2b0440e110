"""Figures, tables, code blocks and equations of posts have numbers, although no toctree leads to posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import post
from tests.samples import PNG

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = pytest.mark.theme("basic")

FIGURES = """\
# First

See {numref}`one-plot`, {numref}`one-table` and {eq}`one-sum`; there are {numref}`two-plot` and {eq}`two-sum`.

```{figure} plot.png
:name: one-plot

A plot
```

```{math}
:label: one-sum

a + b
```

<!-- more -->

```{figure} plot.png
:name: one-second

Another plot
```

```{table} A table
:name: one-table

| a | b |
|---|---|
| 1 | 2 |
```
"""
SECOND = """\
Second
======

:numref:`two-plot` and :eq:`two-sum` are here, :numref:`Abb. %s <one-second>` there, and :numref:`page-plot` in the
documentation.

.. figure:: plot.png
   :name: two-plot

   A plot

.. math:: c
   :label: two-sum

.. code-block:: python
   :caption: Code
   :name: two-code

   print()

:numref:`two-code`
"""
PAGE = """\
# Guide

{numref}`page-plot`, {numref}`one-second`, {eq}`one-sum`, {numref}`below-plot`

```{figure} page.png
:name: page-plot

On a page
```

```{postlist}
:excerpts:
```
"""
BELOW = "# Below\n\n{numref}`below-plot`\n\n```{figure} ../page.png\n:name: below-plot\n\nBelow\n```\n"
FILES = {
    "index.md": "# Home\n\n```{toctree}\nguide\nblog/index\nblog/posts/listed\n```\n",
    "guide.md": PAGE,
    "page.png": PNG,
    "data/below.md": BELOW,
    "blog/posts/plot.png": PNG,
    "blog/posts/one.md": post(FIGURES, date="2026-01-01"),
    "blog/posts/two.rst": f":date: 2026-01-02\n\n{SECOND}",
    "blog/posts/three.md": post(
        "# Third\n\n```{toctree}\n/data/below\n```\n\n```{math}\n:label: three-sum\n\nd\n```\n", date="2026-01-03"
    ),
    "blog/posts/listed.md": post(
        "# Listed\n\n{numref}`listed-plot`\n\n```{figure} plot.png\n:name: listed-plot\n\nListed\n```\n",
        date="2026-01-04",
    ),
}
ONE, TWO, LISTED = "/blog/2026/01/01/first", "/blog/2026/01/02/second", "/blog/2026/01/04/listed"


def numbers(built: Site, url: str) -> list[str]:
    """Return the numbers of captions and equations of a page, in their order."""
    found = built.soup(url).select(".body .caption-number, .body .eqno, article .caption-number, article .eqno")
    return [part.get_text().strip("¶# ") for part in found]


def references(built: Site, url: str) -> list[str]:
    """Return what the references of a page show that have a number."""
    shown = [link.get_text() for link in built.soup(url).select("article a.reference.internal")]
    return [text for text in shown if re.search(r"\d", text)]


@pytest.mark.theme("pydata_sphinx_theme")
def test_each_post_counts_by_itself(site):
    built = site(FILES, numfig=True).build()
    assert built.warnings == []
    assert numbers(built, ONE) == ["Fig. 1", "(1)", "Fig. 2", "Table 1"]
    assert references(built, ONE) == ["Fig. 1", "Table 1", "(1)", "Fig. 1", "(1)"]
    assert numbers(built, TWO) == ["Fig. 1", "(1)", "Listing 1"]
    assert references(built, TWO) == ["Fig. 1", "(1)", "Abb. 2", "Fig. 1", "Listing 1"]
    # What the toctree of the home page leads to, Sphinx counts.
    assert numbers(built, LISTED) == ["Fig. 2"]
    assert references(built, "/data/below") == ["Fig. 1"]
    # Excerpts have the numbers of their posts, in lists of both kinds and in feeds.
    assert numbers(built, "/blog") == ["Fig. 2", "(1)", "Fig. 1", "(1)", "Listing 1", "Fig. 1", "(1)"]
    assert numbers(built, "/guide") == ["Fig. 1", "Fig. 1", "(1)"]
    assert references(built, "/guide")[:4] == ["Fig. 1", "Fig. 2", "(1)", "Fig. 1"]
    assert "Listing 1" in built.text("/blog/atom.xml")


@pytest.mark.theme("pydata_sphinx_theme")
def test_numbers_are_exact_in_incremental_and_parallel_builds(site):
    built = site(FILES, numfig=True).build()
    above = "# First\n\n```{figure} plot.png\nAbove all\n```\n\n```{math}\n:label: one-above\n\nx\n```\n"
    for changes in (
        # Other pages refer to figures that have another number now.
        {"blog/posts/one.md": post(FIGURES.replace("# First\n", above), date="2026-01-01")},
        # The toctree lets go of a post, and takes another.
        {"index.md": "# Home\n\n```{toctree}\nguide\nblog/index\nblog/posts/two\n```\n"},
        {"index.md": "# Home\n\n```{toctree}\nblog/posts/listed\nguide\nblog/index\n```\n"},
        {"blog/posts/three.md": post("# Third\n", date="2026-01-03", draft=True), "data/below.md": None},
    ):
        incremental, warnings = built.write(changes).build().snapshot(), built.warnings
        clean = built.build(fresh=True, jobs=2).snapshot()
        unknown = ["guide.md:3: WARNING: undefined label: 'below-plot' [ref.numref]"]
        assert warnings == built.warnings == (unknown if "data/below.md" in changes else [])
        assert [name for name in clean if incremental.get(name) != clean[name]] == []
    assert references(built, "/guide")[:3] == ["Fig. 2", "Fig. 3", "(2)"]


@pytest.mark.parametrize("builder", ["epub", "latex", "text", "singlehtml"])
def test_other_builders_number_posts_too(site, builder):
    built = site(FILES, numfig=True, builder=builder, copyright="2026, Node", version="1").build()
    assert [line for line in built.warnings if "multiple toctrees" not in line] == []
    if builder == "epub":
        assert numbers(built, f"{TWO}.xhtml") == ["Fig. 1", "(1)", "Listing 1"]
