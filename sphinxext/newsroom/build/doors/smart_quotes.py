"""A door to Sphinx: do not try to make the quotation marks of a text curly where it has none.

Each piece of text goes through a dozen replacements, for quotation marks, dashes and three dots, which takes about four per
cent of a build. One that has nothing of the kind is handed on as texts are that have to stay as they are, such as code.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING

from sphinx.transforms import SphinxSmartQuotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils.nodes import Text

    Tokens = Callable[[SphinxSmartQuotes, list[Text]], Iterator[tuple[str, str]]]

# What the actions replace, and what keeps something from being replaced.
_REPLACED = re.compile(r"""["'`&\\\x00-]|\.\.\.|\. \. \.""")
_ACTIONS = frozenset("qbBdDiew")
_NAME = "get_tokens"


def pass_over_plain_texts() -> None:
    """Have Sphinx make quotation marks curly only where there are any."""
    original = getattr(SphinxSmartQuotes, _NAME, None)
    if original is not None and not hasattr(original, "__wrapped__"):
        setattr(SphinxSmartQuotes, _NAME, _sorted_out(original))


def _sorted_out(get_tokens: Tokens) -> Tokens:
    """Return what tells of each piece of text whether it is to be changed, plain ones excepted."""

    @wraps(get_tokens)
    def tokens(self: SphinxSmartQuotes, texts: list[Text]) -> Iterator[tuple[str, str]]:
        if not _ACTIONS.issuperset(self.smartquotes_action):
            yield from get_tokens(self, texts)
            return
        for text in texts:
            if _REPLACED.search(text):
                yield from get_tokens(self, [text])
            else:
                yield "literal", str(text)

    return tokens
