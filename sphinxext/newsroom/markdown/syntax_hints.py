"""Detect which constructs a document may contain, so that the others cost nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Text from elsewhere can hold anything.
_ELSEWHERE = re.compile(r"8<|\{include\}|\{\{")


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence:
    """The text of a document, asked for marks."""

    text: str
    everything: bool = field(default=False)
    """Whether more text than this is read with it."""

    @classmethod
    def of(cls, text: str, *, more: bool = False) -> Presence:
        """Return the delimiters that occur in a text.

        :param text: the document.
        :param more: whether files are appended to it.
        """
        return cls(text=text, everything=more or _ELSEWHERE.search(text) is not None)

    def has(self, *marks: str) -> bool:
        """Return whether one of these can be there.

        :param marks: the delimiters of a construct.
        """
        return self.everything or any(mark in self.text for mark in marks)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Return whether this can be there.

        :param pattern: what a construct looks like.
        """
        return self.everything or pattern.search(self.text) is not None
