"""Compute the reading time of a post."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext.newsroom.utils.html import read_text

if TYPE_CHECKING:
    from lxml import html

# Chinese, Japanese and Korean characters: words are not set apart by spaces there. Compiled where a text
# is not plain ASCII, for that takes longer than all other patterns here.
_CJK = (
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uffdc\U00020000-\U000323af]"
)
CJK_PER_MINUTE = 500
"""Reading speed for such characters, per minute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """The amount of text and images in a post."""

    words: int = 0
    characters: int = 0
    """Number of Chinese, Japanese and Korean characters, which are not counted as words."""
    images: int = 0


def reading_minutes(count: Count, words_per_minute: int) -> int:
    """Return the reading time in minutes.

    The first image takes 12 seconds, each further one a second less, down to 3.

    :param count: the amount of text and images.
    :param words_per_minute: reading speed.
    """
    seconds = math.ceil(count.words / words_per_minute * 60 + count.characters / CJK_PER_MINUTE * 60)
    seconds += sum(max(12 - index, 3) for index in range(count.images))
    return max(1, math.ceil(seconds / 60))


def count_words(*roots: html.HtmlElement) -> Count:
    """Count words, characters and images in parsed HTML.

    Words are counted as Material for MkDocs does, except for Chinese, Japanese and Korean ones, of which it takes a whole
    sentence for one.

    :param roots: the parsed HTML, in its parts.
    """
    text = "\n".join(map(read_text, roots))
    images = sum(1 for root in roots for _ in root.iter("img"))
    rest, characters = (text, 0) if text.isascii() else re.subn(_CJK, " ", text)
    words = len(re.findall(r"\w+", rest)) if characters else len(re.split(r"\W+", text))
    return Count(words=words, characters=characters, images=images)
