"""Split the text of a post into front matter and body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinxext.newsroom.front_matter.field_list import FieldSourceMap, find_fields
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.utils.yaml import YamlSourceMap
from sphinxext.newsroom.validation.aliases import known_keys

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sphinxext.newsroom.front_matter.rst_outline import RstOutline, RstReader
    from sphinxext.newsroom.validation.coerce import SourceMap


# The opening line can occur twice: in YAML it starts a document, so MkDocs reads what follows.
_FENCED = re.compile(
    r"---[ \t]*\n(?P<yaml>(?:---[ \t]*\n(?=[\w\-]+[ \t]*:\s))?.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


# A line that would open front matter: the next line, except blank lines and comments, is a key.
_FENCE = re.compile(r"(?P<blank>\s*)---[ \t]*\n(?=(?:[ \t]*(?:#.*)?\n)*[\w\-]+[ \t]*:(?:\s|\Z))")


_FIELDS = re.compile(r"\s*:\w")


BOM = "\ufeff"
"""Text files may begin with this; it is not a part of the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """A text in its two parts."""

    text: str = ""
    """The front matter, without its fences."""
    body: str = ""
    line: int = 1
    """The line on which the front matter starts."""
    body_line: int = 1
    is_fields: bool = False
    """True when the front matter is a field list instead of YAML."""
    heading: str = ""
    """The first section title of a text in reStructuredText, as it is written."""
    mistake: tuple[str, int] | None = None
    """Why something that looks like front matter cannot be read as such, with its line."""


def normalized(text: str) -> str:
    """Return a text without byte order mark, whose lines end with a line feed.

    :param text: the text of a file.
    """
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str, *, read_rst: RstReader | None = None) -> Split:
    """Split a text into front matter and body.

    :param text: the text of a file.
    :param read_rst: finds the title of a text in reStructuredText, where front matter is a field list before or after
        the title; None for Markdown.
    """
    text = normalized(text)
    if read_rst is not None:
        return _split_rst(text, read_rst(text))
    if match := _FENCED.match(text):
        return Split(
            text=match["yaml"], body=text[match.end() :], line=2, body_line=text.count("\n", 0, match.end()) + 1
        )
    if _FIELDS.match(text):
        from sphinxext.newsroom.front_matter.schema import PostKeys

        found = find_fields(text.split("\n"))
        # In Markdown, a line such as ":calendar: 1 May" is only text.
        is_front_matter = found is not None and bool(known_keys(PostKeys).intersection(found.fields))
        return _split_fields(text, [range(found.start, found.stop)] if found and is_front_matter else [])
    mistake = None
    if match := _FENCE.match(text):
        line = match["blank"].count("\n") + 1
        is_late = bool(match["blank"])
        message = "must start on the first line" if is_late else "has no closing line; expected '---' below it"
        mistake = f"the front matter {message}. It is read as part of the text.", line
    return Split(body=text, mistake=mistake)


def line_of(split: Split, key: str, item: str | None = None) -> int | None:
    """Return the line of a key of the front matter, or of an item of its list.

    :param split: the text in its two parts.
    :param key: the key, in the spelling of the file.
    :param item: the item, as it was written.
    """
    source_map = source_map_of(split)
    return source_map.item_line(item, key) if item is not None else source_map.line(key)


def source_map_of_file(file: Path, read_rst: RstReader) -> SourceMap:
    """Return where the keys of the front matter of a file are.

    :param file: a post, in Markdown or reStructuredText.
    :param read_rst: as for :func:`split`; asked only for reStructuredText.
    """
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    return source_map_of(split(text, read_rst=read_rst if file.name.endswith(RST_SUFFIXES) else None))


def source_map_of(split: Split) -> SourceMap:
    """Return the source map of the front matter.

    :param split: the text in its two parts.
    """
    return (FieldSourceMap if split.is_fields else YamlSourceMap)(split.text, split.line)


def _split_rst(text: str, outline: RstOutline) -> Split:
    lists = [] if outline.top is None else [outline.top]
    if outline.below_title is not None:
        from sphinxext.newsroom.front_matter.schema import PostKeys

        found = find_fields(text.split("\n")[outline.below_title.start : outline.below_title.stop])
        # Below the title, a list of other fields may be what the post is about.
        if found and known_keys(PostKeys).intersection(found.fields):
            lists.append(outline.below_title)
    return replace(_split_fields(text, lists), heading=outline.title)


def _split_fields(text: str, lists: Sequence[range]) -> Split:
    """Split a text into its field lists, given by their lines, and the rest."""
    if not lists:
        return Split(body=text)
    lines = text.split("\n")
    start, stop = lists[0].start, lists[-1].stop
    ours = {number for found in lists for number in found}
    fields = "\n".join(lines[number] if number in ours else "" for number in range(start, stop))
    if not any(line.strip() for line in lines[:start]) and len(lists) == 1:
        body, body_line = "\n".join(lines[stop:]), stop + 1
    else:
        # Empty lines stay where the fields were, so that the lines of the body keep their numbers.
        body, body_line = "\n".join("" if number in ours else line for number, line in enumerate(lines)), 1
    return Split(text=fields, body=body, line=start + 1, body_line=body_line, is_fields=True)
