"""What has changed in a version, as directives such as ``versionadded`` tell it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# A full stop ends a sentence if no word in small letters follows, unless it is part of an abbreviation.
_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\bvs)[.!?\u2026](?=\s+[^a-z\s]|\s*$)|[\u3002\uff01\uff1f]")


class Fragment(NamedTuple):
    """A part of a sentence."""

    text: str
    is_code: bool = False


class Change(NamedTuple):
    """One of these directives."""

    kind: str
    """The name of the directive."""
    version: str
    """The version as it is written."""
    docname: str
    anchor: str
    """The id of the object or section that contains the directive; empty for the page itself."""
    name: str
    """The name of that object or section; empty for the page itself."""
    is_object: bool
    sentence: tuple[Fragment, ...]
    """The first sentence of the directive or, if that is empty, of the object."""


def first_sentence(fragments: Iterable[Fragment]) -> tuple[Fragment, ...]:
    """Return the part of a text up to the end of its first sentence.

    :param fragments: the text; full stops in code end nothing.
    """
    found = [Fragment(re.sub(r"\s+", " ", text), is_code) for text, is_code in fragments]
    # Of the same length, without any sign that could end a sentence.
    whole = "".join("X" * len(text) if is_code else text for text, is_code in found)
    end = match.end() if (match := _END.search(whole)) else len(whole)
    sentence: list[Fragment] = []
    for text, is_code in found:
        if shown := text[: max(end, 0)]:
            sentence.append(Fragment(shown, is_code))
        end -= len(text)
    return tuple(sentence)
