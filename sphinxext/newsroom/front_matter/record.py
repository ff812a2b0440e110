"""Convert validated front matter to one record, merging all spellings."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.citation_models import CITATION_KEYS
from sphinxext.newsroom.event_models import COURSE, EVENT
from sphinxext.newsroom.front_matter.values import IMAGE_KEYS, is_identifier
from sphinxext.newsroom.models import Author, Dates, FrontMatter, Image, Link, Release
from sphinxext.newsroom.utils.dates import aware
from sphinxext.newsroom.validation.values import split_names, split_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, tzinfo

    from sphinxext.newsroom.citation_models import Funding, Reference
    from sphinxext.newsroom.event_models import Event


def make_record(
    values: Mapping[str, Any],
    extra: Mapping[str, Any],
    zone: tzinfo,
    *,
    event: Event | None = None,
    references: tuple[Reference, ...] = (),
    funding: tuple[Funding, ...] = (),
) -> FrontMatter:
    """Return the values of front matter as one record, with all spellings merged.

    :param values: checked values by field of the schema.
    :param extra: every further key, as the file has it.
    :param zone: the time zone of dates that name none.
    :param event: the event or course that the post announces.
    :param references: the works that it cites.
    :param funding: who funded the work that it describes.
    """
    get = values.get
    # Templates of the site may show what it says.
    extra = {**extra, **{key: values[key] for key in (EVENT, COURSE, *CITATION_KEYS) if values.get(key)}}
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
        version=(get("version") or "").strip(),
        references=references,
        funding=funding,
        author_roles=get("author_roles") or {},
        evergreen=bool(get("evergreen")),
        superseded_by=tuple(Link(target=text.strip()) for text in _one_or_more(get("superseded_by"))),
        releases=_releases(get("release")),
        event=event,
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


def _releases(value: Any) -> tuple[Release, ...]:
    """Return the releases that a post announces, each once."""
    found: dict[tuple[str, str], Release] = {}
    for item in value if isinstance(value, list) else [value] if value else []:
        values = dict(item) if isinstance(item, dict) else {"version": item}
        version, project = values.pop("version"), values.pop("project", "").strip()
        found.setdefault((project, version), Release(version=version, project=project, extra=tuple(values.items())))
    return tuple(found.values())


def _number(text: str) -> int | None:
    """Return the number that a text is, if it is one that counts something in a post."""
    return int(text) if re.fullmatch(r"\d{1,3}", text.strip(), re.ASCII) else None


def _links(value: Any) -> tuple[Link, ...]:
    """Return related links. A mapping is equivalent to a list of its pairs."""
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
