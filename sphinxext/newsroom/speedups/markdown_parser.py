"""Make MyST-Parser's Markdown parser once instead of for every document.

What: ``myst_parser.parsers.sphinx_.create_md_parser``.

Why: making one assembles the grammar and compiles the regular expressions that find links.

Gain: about 2 % of a build; a site with the blog has it without this patch.

Not needed once MyST-Parser caches the parser by its settings.
"""

from __future__ import annotations

from sphinxext.newsroom.speedups.patch import Patch, defined_as
from sphinxext.newsroom.tuning.shared_parser import SharedParser

PATCH = Patch(
    name="the Markdown parser",
    target="myst_parser.parsers.sphinx_",
    attribute="create_md_parser",
    replace=SharedParser,
    versions={"myst-parser": ">=5.2,<5.3", "markdown-it-py": ">=4.0,<5"},
    is_original=defined_as("myst_parser.parsers.mdit", "create_md_parser"),
)
