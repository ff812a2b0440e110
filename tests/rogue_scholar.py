"""Read feeds as the importer of Rogue Scholar, an archive of science blogs, reads them.

Its rules are facts of its published code (``front-matter/rogue-scholar-api``): what is not found here is lost there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
CREATOR, MEDIA = "{http://purl.org/dc/elements/1.1/}creator", "{http://search.yahoo.com/mrss/}"
ORCID = re.compile(r"https?://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
TITLES = ("References", "Bibliography", "Literature", "Referenzen", "Works cited")
MAX_TAGS = 5


@dataclass
class Imported:
    """What is archived of one entry."""

    id: str
    url: str
    title: str
    text: str
    summary: str
    published: str
    authors: list[tuple[str, str]]
    """Names with ORCID iDs, empty where none is found."""
    tags: list[str]
    references: list[str]
    """URL of each work that is cited, or its text."""
    funding: list[dict[str, Any]] = field(default_factory=list)
    picture: str = ""


def import_json(text: str) -> list[Imported]:
    """Return what is archived of a JSON feed."""
    entries = []
    for item in json.loads(text)["items"]:
        if not item.get("title") or "date_published" not in item:
            continue
        body = item.get("content_html", "")
        references = item.get("_references")
        entries.append(
            Imported(
                id=item["id"],
                url=item["url"],
                title=item["title"],
                text=body,
                summary=item.get("summary", ""),
                published=item["date_published"],
                authors=[_author(author["name"], author.get("url", "")) for author in item.get("authors", ())],
                tags=item.get("tags", [])[:MAX_TAGS],
                references=[work.get("url") or work["reference"] for work in references]
                if references
                else _references(body),
                funding=item.get("_funding", []),
                picture=_first_picture(body),
            )
        )
    return entries


def import_atom(text: str) -> list[Imported]:
    """Return what is archived of an Atom feed."""
    entries = []
    for entry in etree.fromstring(text.encode()).iterfind(f"{ATOM}entry"):
        links = entry.findall(f"{ATOM}link")
        # With several links, the one that says what it is; with one, that one.
        found = [link for link in links if link.get("rel") == "alternate"] if len(links) > 1 else links
        content = entry.find(f"{ATOM}content")
        if not found or not entry.findtext(f"{ATOM}title"):
            continue
        # Only this type is read, and its entities twice.
        body = unescape(content.text or "") if content is not None and content.get("type") == "html" else ""
        summary, thumbnail = entry.find(f"{ATOM}summary"), entry.find(f"{MEDIA}thumbnail")
        entries.append(
            Imported(
                id=entry.findtext(f"{ATOM}id") or "",
                url=found[0].get("href") or "",
                title=entry.findtext(f"{ATOM}title") or "",
                text=body,
                summary=(summary.text or "") if summary is not None and summary.get("type") else "",
                published=entry.findtext(f"{ATOM}published") or "",
                authors=[
                    _author(author.findtext(f"{ATOM}name") or "", author.findtext(f"{ATOM}uri") or "")
                    for author in entry.iterfind(f"{ATOM}author")
                ],
                tags=[tag.get("term") or "" for tag in entry.iterfind(f"{ATOM}category")][:MAX_TAGS],
                references=_references(body),
                picture=(thumbnail.get("url") or "") if thumbnail is not None else _first_picture(body),
            )
        )
    return entries


def import_rss(text: str) -> list[Imported]:
    """Return what is archived of an RSS feed."""
    entries = []
    for item in etree.fromstring(text.encode()).iterfind(".//item"):
        # A category with attributes ends the reading of the item.
        if not item.findtext("title") or any(tag.attrib for tag in item.iterfind("category")):
            continue
        body = item.findtext(f"{CONTENT}encoded") or ""
        pictures = [picture for picture in item.iterfind(f"{MEDIA}content") if int(picture.get("width") or 0) >= 200]
        entries.append(
            Imported(
                id=item.findtext("guid") or "",
                url=item.findtext("link") or "",
                title=item.findtext("title") or "",
                text=body,
                summary="",
                published=item.findtext("pubDate") or "",
                authors=[_author(author.text or "", "") for author in item.iterfind(CREATOR)],
                tags=[tag.text or "" for tag in item.iterfind("category")][:MAX_TAGS],
                references=_references(body),
                picture=(pictures[0].get("url") or "") if pictures else _first_picture(body),
            )
        )
    return entries


def _author(name: str, url: str) -> tuple[str, str]:
    return name, url if ORCID.fullmatch(url) else ""


def _first_picture(body: str) -> str:
    root: Any = html.fromstring(f"<div>{body}</div>")
    found = root.xpath("//img/@src")
    return str(found[0]) if found else ""


def _references(body: str) -> list[str]:
    """Return the works in the text: entries of CSL, or a list after a heading that ends exactly so."""
    root: Any = html.fromstring(f"<div>{body}</div>")
    works = root.xpath("//div[contains(@class, 'csl-bib-body')]/div[contains(@class, 'csl-entry')]")
    if not works:
        heading = re.search(rf"(?:{'|'.join(TITLES)})</(?:h[1-4]|p)>(.*)", body, re.DOTALL)
        rest: Any = html.fromstring(f"<div>{heading[1] if heading else ''}</div>")
        works = rest.xpath("(//ol|//ul)[1]/li")
    return [next(iter(work.xpath(".//a/@href")), work.text_content().strip()) for work in works]


def relative_urls(body: str) -> list[str]:
    """Return the links of a text that are wrong elsewhere."""
    root: Any = html.fromstring(f"<div>{body}</div>")
    return [str(url) for url in root.xpath("//@href | //@src") if not urlsplit(str(url)).scheme]
