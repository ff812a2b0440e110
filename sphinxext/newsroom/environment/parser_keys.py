"""Front matter keys that the blog does not use: the parser of the document reads them.

MyST-Parser, MyST-NB, jupytext and other extensions each define some, and new versions may add more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from docutils.languages import get_language

from sphinxext.newsroom.front_matter.schema import PostKeys
from sphinxext.newsroom.utils.yaml import dump_line
from sphinxext.newsroom.validation.aliases import known_keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config


def parser_front_matter(front_matter: Mapping[str, Any], config: Config) -> str:
    """Return what a parser gets of the front matter, as YAML on one line; empty if there is nothing.

    :param front_matter: the keys that mean nothing to the blog.
    :param config: the configuration.
    """
    unpublished = known_keys(PostKeys) | _bibliographic_fields(config.language or "en")
    values = {key: value for key, value in front_matter.items() if key.casefold() not in unpublished}
    return dump_line(values) if values else ""


@cache
def _bibliographic_fields(language: str) -> frozenset[str]:
    """Return the keys of which docutils would make visible parts of the document, such as an abstract."""
    names = {key for code in ("en", language) for key in get_language(code).bibliographic_fields}
    return frozenset(name.casefold() for name in names)
