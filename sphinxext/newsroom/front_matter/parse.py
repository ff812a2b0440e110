"""Read the front matter of a post: split it off, check it, and bring it into one shape whatever spelling was used."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.front_matter.draft_words import report_drafts
from sphinxext.newsroom.front_matter.field_list import FieldSourceMap, find_fields
from sphinxext.newsroom.front_matter.values import IMAGE_KEYS, is_identifier
from sphinxext.newsroom.models import Author, Dates, FrontMatter, Image, Link
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import aware
from sphinxext.newsroom.utils.text import sanitize
from sphinxext.newsroom.utils.yaml import YamlSourceMap, load
from sphinxext.newsroom.validation.aliases import known_keys, misspelled
from sphinxext.newsroom.validation.coerce import (
    NoSourceMap,
    ValidationContext,
    check,
    format_value,
    report_misspelled_keys,
    text_keys,
)
from sphinxext.newsroom.validation.values import split_names, split_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, tzinfo

    from sphinxext.newsroom.front_matter.rst_outline import RstOutline, RstReader
    from sphinxext.newsroom.validation.coerce import SourceMap

# The opening line can stand there twice: in YAML it starts a document, so MkDocs reads what follows.
_FENCED = re.compile(
    r"---[ \t]*\n(?P<yaml>(?:---[ \t]*\n(?=[\w\-]+[ \t]*:\s))?.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# A line that would open front matter: below it, after empty lines and comments, stands a key.
_FENCE = re.compile(r"(?P<blank>\s*)---[ \t]*\n(?=(?:[ \t]*(?:#.*)?\n)*[\w\-]+[ \t]*:(?:\s|\Z))")
_FIELDS = re.compile(r"\s*:\w")
BOM = "\ufeff"
"""Text files may begin with this; it is no part of the text."""


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
    """What keeps something that looks like front matter from being read as such, and its line."""


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


def parse(
    text: str,
    *,
    path: str,
    defaults: Mapping[str, Any] | None = None,
    timezone: tzinfo = UTC,
    ablog: bool = False,
    read_rst: RstReader | None = None,
) -> tuple[FrontMatter, Split, tuple[Problem, ...]]:
    """Return what a post says about itself, the text in its two parts, and everything that is wrong with the former.

    A value that cannot be used leaves its key at its default and the other keys alone. Nothing that can stand in a text
    raises an error.

    :param text: the text of a file.
    :param path: the file, for messages.
    :param defaults: front matter that the file inherits from its folders.
    :param timezone: the time zone of dates that name none.
    :param ablog: whether the post is marked ABlog's way; then its spellings pass without a word, and a date can be
        absent.
    :param read_rst: as for :func:`split`.
    """
    parts = split(text, read_rst=read_rst)
    mapping, problems = _load(parts, path)
    is_index_missing = bool(problems) and not mapping
    own, extra, own_problems = _check(mapping, source_map_of(parts), path=path, silent=ablog or parts.is_fields)
    problems += own_problems
    if defaults:
        # What is wrong with these was said when their file was read.
        inherited, more, _ = _check(text_keys(defaults), NoSourceMap(), path=path, silent=True)
        own, extra = merge(inherited, own), merge(more, extra)
    front_matter = _front_matter(own, extra, timezone)
    if front_matter.dates is None:
        problems = _explain_draft(problems, mapping, path=path, is_index_missing=is_index_missing, can_be_undated=ablog)
    return front_matter, parts, tuple(problems)


def _explain_draft(
    problems: Sequence[Problem], mapping: Mapping[str, Any], *, path: str, is_index_missing: bool, can_be_undated: bool
) -> list[Problem]:
    """Return the problems of a post without a date, one of which says that it is a draft for that reason."""
    from sphinxext.newsroom.front_matter.schema import PostKeys

    ours, cause = known_keys(PostKeys), None
    if is_index_missing:
        # Nobody knows whether there is a date in what could not be read.
        cause = problems[-1]
    elif "date" in mapping:
        cause = next((problem for problem in problems if problem.message.startswith("'date")), None)
    elif (
        key := next((key for key in mapping if key not in ours and misspelled(key, PostKeys) == "date"), None)
    ) is not None:
        cause = next((problem for problem in problems if problem.message.startswith(repr(key))), None)
    elif not can_be_undated:
        message = "there is no date, so the post is a draft; expected for instance 'date: 2024-01-31'."
        return [*problems, Problem(subtype=Subtype.DATE, message=message, path=path, line=1)]
    said = "The post is a draft until this is corrected."
    return [replace(found, message=f"{found.message} {said}") if found is cause else found for found in problems]


def parse_defaults(text: str, *, path: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return the front matter that a file gives to the posts in its folder, and everything that is wrong with it.

    :param text: the text of the file, which is YAML.
    :param path: the file, for messages.
    """
    parts = Split(text=text.removeprefix("\ufeff"))
    mapping, problems = _load(parts, path)
    *_, more = _check(mapping, source_map_of(parts), path=path, silent=False)
    return dict(mapping), (*problems, *more)


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping on top of another: lists are joined, mappings are merged, and otherwise the upper one wins.

    :param under: the mapping below.
    :param over: the mapping on top.
    """
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            merged[key] = merge(below, value)
        elif isinstance(value, list) and isinstance(below, list):
            merged[key] = [*below, *_without(value, below)]
        else:
            merged[key] = value
    return merged


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    """Return the items that are not among others."""
    texts = {item for item in others if isinstance(item, str)}
    rest = [item for item in others if not isinstance(item, str)]
    return [item for item in items if (item not in texts if isinstance(item, str) else item not in rest)]


def line_of(split: Split, key: str, item: str | None = None) -> int | None:
    """Return the line of the file on which a key of the front matter stands, or one item of its list.

    :param split: the text in its two parts.
    :param key: the key, in the spelling of the file.
    :param item: the item, as it was written.
    """
    source_map = source_map_of(split)
    return source_map.item_line(item, key) if item is not None else source_map.line(key)


def source_map_of(split: Split) -> SourceMap:
    """Return where the keys of the front matter stand.

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


def _load(parts: Split, path: str) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return the front matter as it stands in the file."""
    mistakes: list[tuple[str, int | None]] = [parts.mistake] if parts.mistake else []
    mapping: Mapping[str, Any] = {}
    if parts.is_fields:
        found = find_fields(parts.text.split("\n"))
        mapping = {name: sanitize(field.value) for name, field in found.fields.items()} if found else {}
    elif parts.text:
        data, wrong = load(parts.text, first_line=parts.line)
        mistakes += wrong
        if isinstance(data, dict):
            mapping = text_keys(data)
        elif data is not None:
            mistakes.append(
                (f"the front matter is {format_value(data)}; expected lines such as 'title: My post'.", parts.line)
            )
    return mapping, [
        Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path, line=line) for message, line in mistakes
    ]


def _check(
    mapping: Mapping[str, Any], source_map: SourceMap, *, path: str, silent: bool
) -> tuple[dict[str, Any], dict[str, Any], list[Problem]]:
    """Return the values by field, the further keys, and what is wrong."""
    from sphinxext.newsroom.front_matter.schema import PostKeys

    silent = silent or mapping.get("blogpost") in (True, "true", "True")
    context = ValidationContext(
        PostKeys, mapping, source_map=source_map, path=path, subtype=Subtype.FRONT_MATTER, silent=silent
    )
    values, extra = check(PostKeys, mapping, context)
    if extra:
        drafts = set(report_drafts(extra, PostKeys, context))
        report_misspelled_keys([key for key in extra if key not in drafts], PostKeys, context)
        if drafts:
            values["draft"] = True
    for key in ("authors", "author"):
        if isinstance(people := values.get(key), list) and any(isinstance(person, dict) for person in people):
            from sphinxext.newsroom.front_matter.authors import inline_author

            values[key] = [
                inline_author(person, keys=(key, index), context=context) if isinstance(person, dict) else person
                for index, person in enumerate(people)
            ]
    return values, extra, context.problems


def _front_matter(values: Mapping[str, Any], extra: Mapping[str, Any], zone: tzinfo) -> FrontMatter:
    """Return values, whatever spelling they came in, as one record."""
    get = values.get
    image, excerpt_image = _image(get("image"), get("image_alt"))
    excerpt = get("excerpt")
    if isinstance(excerpt, str):
        # Elsewhere it is the text of the excerpt; that stays what it is.
        extra = {**extra, "excerpt": excerpt}
        excerpt = _number(excerpt)
    identifier = _identifier(get("id"))
    if get("id") and not identifier:
        # Elsewhere it is a name of the writer's own; that stays what it is.
        extra = {**extra, "id": get("id")}
    return FrontMatter(
        dates=_dates(get("date"), get("updated"), zone),
        authors=_unique(get("authors") or _names(get("author"))),
        categories=_unique(_items(get("categories") or get("category"))),
        tags=_unique(str(tag) for tag in _items(get("tags"))),
        series=_unique(_one_or_more(get("series"))),
        locations=_unique(_items(get("location"))),
        languages=_unique(_items(get("language"))),
        draft=get("draft"),
        pin=bool(get("pin")),
        announce_until=_end(get("announce_until"), zone),
        links=_links(get("links") or ()),
        readtime=int(get("readtime") or 0) or None,
        slug=(get("slug") or "").strip(),
        title=(get("title") or "").strip(),
        description=(get("description") or "").strip(),
        image=image,
        hide=_unique(get("hide") or ()),
        template=(get("template") or "").strip(),
        icon=(get("icon") or "").strip(),
        search_exclude=(get("search") or {}).get("exclude") is True,
        redirects=_unique(permalink.strip().lstrip("/") for permalink in get("redirects") or ()),
        external_link=(get("external_link") or "").strip(),
        canonical_link=(get("canonical_link") or "").strip(),
        id=identifier,
        doi=get("doi") or "",
        license=(get("license") or "").strip(),
        comments=get("comments") is not False and not get("nocomments"),
        excerpt_paragraphs=excerpt if excerpt and excerpt > 0 else None,
        excerpt_image=excerpt_image,
        blogpost=get("blogpost"),
        extra=extra,
    )


def _identifier(value: str | int | None) -> str:
    """Return an identifier as a URI, empty if it is none; one without a scheme is a UUID."""
    text = str(value).strip()
    if not is_identifier(text):
        return ""
    return text if ":" in text else f"urn:uuid:{text.lower()}"


def _items(value: str | Sequence[Any] | None) -> Sequence[Any]:
    return split_text(value) if isinstance(value, str) else value or ()


def _names(value: str | Sequence[Any] | None) -> Sequence[Any]:
    return split_names(value) if isinstance(value, str) else value or ()


def _one_or_more(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or ()


def _unique(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return the items that are there, each once, in their order."""
    found: dict[Any, Any] = {}
    for item in items:
        value = item.strip() if isinstance(item, str) else item
        if value:
            found.setdefault(value.id if isinstance(value, Author) else value, value)
    return tuple(found.values())


def _dates(value: Any, updated: date | None, zone: tzinfo) -> Dates | None:
    if not value:
        return None
    moments = {
        name: aware(moment, zone) for name, moment in (value if isinstance(value, dict) else {"created": value}).items()
    }
    created, changed = moments.pop("created"), moments.pop("updated", None)
    return Dates(created=created, updated=changed or (aware(updated, zone) if updated else None), others=moments)


def _end(value: date | None, zone: tzinfo) -> datetime | None:
    """Return when a day is over; a moment is what it is."""
    if value is None:
        return None
    return aware(value if isinstance(value, datetime) else value + timedelta(days=1), zone)


def _image(value: Any, alt: str | None) -> tuple[Image | None, int | None]:
    """Return the cover image, or the index of the image that ABlog adds to the excerpt."""
    if isinstance(value, int):
        return None, value if value > 0 else None
    if isinstance(value, str) and _number(value) is not None:
        return None, _number(value) or None
    if not value:
        return None, None
    image = value if isinstance(value, dict) else {"src": value}
    src = next(image[key] for key in IMAGE_KEYS if image.get(key))
    return Image(src=src.strip(), alt=image.get("alt", alt), dark=image.get("dark", "").strip()), None


def _number(text: str) -> int | None:
    """Return the number that a text is, if it is one that counts something in a post."""
    return int(text) if re.fullmatch(r"\d{1,3}", text.strip(), re.ASCII) else None


def _links(value: Any) -> tuple[Link, ...]:
    """Return related links. A mapping stands for a list of its pairs."""
    links: list[Link] = []
    for item in [value] if isinstance(value, dict) else value:
        if isinstance(item, str):
            links.append(Link(target=item))
        elif isinstance(item, list):
            links += _links(item)
        else:
            for title, target in item.items():
                if isinstance(target, str):
                    links.append(Link(title=title, target=target))
                else:
                    links.append(Link(title=title, children=_links(target)))
    return tuple(links)
