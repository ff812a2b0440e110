"""The posts of the benchmarks: the same for every program, and the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 2014
FIRST_DAY = date(2014, 1, 1)
DAYS = 12 * 365
AUTHORS = {f"author-{number}": f"Author {number}" for number in range(1, 13)}
CATEGORIES = [f"Category {number}" for number in range(1, 17)]
TAGS = [f"tag-{number}" for number in range(1, 41)]

_LETTERS = ("bcdfghjklmnprstvz", "aeiou")
_WORDS = 4000
_SENTENCE = 12
_PARAGRAPH = 54
_EXCERPT = 40
_ITEMS, _ITEM = 5, 8

CODE = """def total(values, *, start={number}):
    result = start
    for value in values:
        result += value
    return result
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """A post of about 300 words, in no dialect yet."""

    number: int
    title: str
    date: date
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    excerpt: str
    text: str
    """What is below the excerpt: two headings, a list, a block of code and an image."""

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return f"post-{self.number:05}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """A number of posts over twelve years."""

    posts: int
    seed: int = SEED
    growing: bool = False
    """Whether the labels grow with the posts: 1.5 new tags each, instead of up to three of 40."""

    def __iter__(self) -> Iterator[Post]:
        """Make the posts, oldest first."""
        return (self.post(number) for number in range(self.posts))

    def post(self, number: int, *, edition: str = "") -> Post:
        """Make one post; it does not depend on the others.

        :param number: which, from the oldest on.
        :param edition: a word at the end of its excerpt, by which one edition of the text is known from another.
        """
        random = Random(f"{self.seed} {number}")
        return Post(
            number=number,
            title=f"{_words(random, 5).capitalize()} {number}",
            date=FIRST_DAY + timedelta(days=number * DAYS // self.posts),
            authors=tuple(random.sample(list(AUTHORS), random.randint(1, 2))),
            categories=tuple(random.sample(CATEGORIES, random.randint(1, 3))),
            tags=_new_tags(number) if self.growing else tuple(random.sample(TAGS, random.randint(0, 3))),
            excerpt=" ".join(filter(None, (_prose(random, _EXCERPT), edition))),
            text="\n\n".join(
                [
                    f"## {_words(random, 3).capitalize()}",
                    _prose(random, _PARAGRAPH),
                    _prose(random, _PARAGRAPH),
                    "\n".join(f"- {_words(random, _ITEM)}" for _ in range(_ITEMS)),
                    f"## {_words(random, 3).capitalize()}",
                    _prose(random, _PARAGRAPH),
                    f"```python\n{CODE.format(number=number)}```",
                    _prose(random, _PARAGRAPH),
                    f"![{_words(random, 3)}](picture.svg)",
                ]
            ),
        )


def _new_tags(number: int) -> tuple[str, ...]:
    """Return tags that no other post has: one for the even, two for the odd posts."""
    return tuple(f"new-tag-{number}-{index}" for index in range(1 + number % 2))


def _prose(random: Random, count: int) -> str:
    """Return sentences, with a line for each."""
    lengths = [min(_SENTENCE, count - start) for start in range(0, count, _SENTENCE)]
    return "\n".join(f"{_words(random, length).capitalize()}." for length in lengths)


def _words(random: Random, count: int) -> str:
    words, weights = _vocabulary()
    return " ".join(random.choices(words, cum_weights=weights, k=count))


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Return made-up words, and how often they are in texts: as in languages, a few often and many rarely."""
    random = Random(SEED)
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        words["".join(random.choice(letters) for _ in range(random.randint(1, 4)) for letters in _LETTERS)] = None
    return list(words), list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))
