"""Recognize other programs' notations for drafts, and misspelled ones.

A post with ``published: false`` or ``Draft: true`` should stay unpublished. The key is unknown, but ignoring it would publish
the post.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.validation.aliases import misspelled
from sphinxext.newsroom.validation.coerce import format_value
from sphinxext.newsroom.validation.values import FALSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from sphinxext.newsroom.validation.coerce import ValidationContext

# Keys without case and everything but letters; each with true (or any other word that is not a no) as its value.
_NO = frozenset(
    {
        *("draft", "drafts", "isdraft", "draftpost", "postdraft", "unpublished", "notpublished", "unpublish"),
        *("donotpublish", "dontpublish", "nopublish", "hidden", "private", "unlisted", "wip"),
    }
)
# The same for keys that make a post a draft if they are false.
_YES = frozenset(
    {"publish", "published", "ispublished", "publishpost", "postpublished", "public", "ispublic", "listed"}
)
# Keys whose value is a word, and the words that mean that a post is not (or not yet, or no longer) for everybody.
_STATUS = frozenset({"status", "state", "poststatus", "poststate", "publishstatus", "publishstate", "visibility"})
_WITHHELD = frozenset(
    {
        *(
            "draft",
            "drafts",
            "unpublished",
            "private",
            "hidden",
            "unlisted",
            "pending",
            "skip",
            "trash",
            "wip",
            "embargoed",
        ),
    }
)


def says_draft(key: str, value: Any, model: type[BaseModel]) -> bool:
    """Return whether an unknown key marks its post as unpublished.

    :param key: the key.
    :param value: its value.
    :param model: the model of our keys.
    """
    name = "".join(filter(str.isalpha, key.casefold()))
    word = "" if value is None else str(value).strip().casefold()
    if name in _STATUS:
        return isinstance(value, str) and not _WITHHELD.isdisjoint(re.findall(r"[^\W\d_]+", word))
    if name in _YES:
        return word in FALSE or word in _WITHHELD
    return (name in _NO or misspelled(key, model) == "draft") and word != "" and word not in FALSE


def report_drafts(extra: Mapping[str, Any], model: type[BaseModel], context: ValidationContext) -> Iterator[str]:
    """Note the keys that say that their post is not to be published, and yield them.

    :param extra: keys that are not ours, with their values.
    :param model: the model of our keys.
    :param context: takes the problems.
    """
    for key, value in extra.items():
        if says_draft(key, value, model):
            context.report(
                f"{key!r} is {format_value(value)}, so the post is taken for a draft and not published; expected 'draft: true'. "
                f"Remove {key!r} to publish the post.",
                (*context.keys, key),
            )
            yield key
