"""The URLs of a site, as its built files, a sitemap or a list have them, and which of them are lost."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from sphinxext.newsroom.cli.errors import CommandError, ExitCode
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

OUTPUT_FOLDERS = (
    "_build/html",
    "_build/dirhtml",
    "_site",
    "site",
    "public",
    "build/html",
    "docs/_build/html",
    "docs/_build/dirhtml",
)
"""Where a site is built, in the order in which they are tried."""
# What changes with every version of Sphinx and the theme, and is not meant for readers.
_INTERNAL_FOLDERS = {"_static", "_sources", "_modules", "_images", ".doctrees"}
_INTERNAL_FILES = {"searchindex.js", "objects.inv", ".buildinfo", ".buildinfo.bak", ".nojekyll", "CNAME"}
_INDEX = "index.html"
_LARGEST = 50_000_000
_TIMEOUT = 30
_NESTED_SITEMAPS = 100
_ALIKE = 80
"""How alike two names are of which one replaces the other, in percent."""


def output_folder(folder: Path | None) -> Path:
    """Return the folder of the built site.

    :param folder: as it is named; without it, the usual ones are tried.
    :raises CommandError: when there is none.
    """
    if folder is not None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder", ExitCode.USAGE)
        return folder
    named = [os.environ["READTHEDOCS_OUTPUT"] + "/html"] if os.environ.get("READTHEDOCS_OUTPUT") else []
    found = next((Path(name) for name in (*named, *OUTPUT_FOLDERS) if (Path(name) / _INDEX).is_file()), None)
    if found is None:
        raise CommandError("the site is not built, or not in one of the usual folders; name its folder")
    return found


def urls_of_folder(folder: Path) -> list[str]:
    """Return the paths of a built site that readers know, in order: folders end with ``/``, the home page is empty.

    :param folder: the folder.
    """
    found = []
    for here, folders, files in os.walk(folder):
        below = os.path.relpath(here, folder).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        folders[:] = [name for name in folders if prefix or name not in _INTERNAL_FOLDERS]
        found += [
            prefix if name == _INDEX else prefix + name for name in files if prefix or name not in _INTERNAL_FILES
        ]
    return sorted(found)


def read_urls(source: str, *, base: str) -> list[str]:
    """Return the paths of an earlier state of the site.

    :param source: a folder with a built site, a sitemap, a list with a path or URL on each line, or the URL of either.
    :param base: the URL of the site, ending in ``/``; empty where it is not known.
    :raises CommandError: when it cannot be read.
    """
    if not is_web_url(source) and Path(source).is_dir():
        return urls_of_folder(Path(source))
    urls = list(_entries(source, _NESTED_SITEMAPS))
    if is_web_url(source) and not any(base and url.startswith(base) for url in urls):
        base = source.rpartition("/")[0] + "/"
    return sorted({path for url in urls if (path := _below(url, base)) is not None})


def _below(url: str, base: str) -> str | None:
    """Return the path of a URL below the site; None where it is one of another site."""
    if is_web_url(url):
        # The same site can be reached by both protocols.
        one, other = (text.partition("://")[2] for text in (url, base))
        if not base or not one.startswith(other):
            return None
        url = one.removeprefix(other)
    path = unquote(urlsplit(url).path).lstrip("/")
    return path.removesuffix(_INDEX) if path == _INDEX or path.endswith(f"/{_INDEX}") else path


def _entries(source: str, left: int) -> Iterator[str]:
    content = _read(source)
    if not content.lstrip().startswith(b"<"):
        lines = content.decode("utf-8-sig", errors="replace").splitlines()
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))
        return
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CommandError(f"{source} is not a sitemap: {error.msg}") from error
    is_index = etree.QName(root).localname == "sitemapindex"
    for place in root.iter("{*}loc"):
        url = (place.text or "").strip()
        if not url:
            continue
        if not is_index:
            yield url
        elif left > 0:
            nested = url if is_web_url(source) else str(Path(source).with_name(posixpath.basename(urlsplit(url).path)))
            yield from _entries(nested, 0)


def _read(source: str) -> bytes:
    try:
        if is_web_url(source):
            request = Request(source, headers={"User-Agent": "sphinxext-newsroom"})  # noqa: S310 - http and https only
            with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - the same
                content: bytes = answer.read(_LARGEST + 1)
        else:
            content = Path(source).read_bytes()
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise CommandError(f"{source} cannot be read: {reason}") from error
    if len(content) > _LARGEST:
        raise CommandError(f"{source} is too large")
    return content


@dataclass(frozen=True, kw_only=True, slots=True)
class LostUrl:
    """A URL that the site had and has no more."""

    path: str
    replacement: str = ""
    """The new path of that page, as far as it can be told."""
    file: str = ""
    """The post that is there now, relative to the source folder."""

    @property
    def old_page(self) -> str:
        """The old URL as redirects name it."""
        return self.path.rstrip("/")

    @property
    def remedy(self) -> str:
        """The lines that restore the URL."""
        if self.file:
            return f"add to {self.file}:\n  redirects:\n    - {self.old_page}"
        target = self.replacement.rstrip("/").removesuffix(".html") or "the page that replaces it"
        found = "" if self.replacement else "no new page is called alike; "
        return f"{found}add to conf.py:\n  newsroom_redirects = {{{self.old_page!r}: {target!r}}}"


def find_lost(before: Iterable[str], now: Collection[str], posts: Mapping[str, str]) -> list[LostUrl]:
    """Return the URLs that are lost, each with what probably replaces it.

    :param before: the paths of the earlier state.
    :param now: the paths of the site.
    :param posts: the files of posts, by path.
    """
    known, there = set(before), set(now)
    lost = sorted(path for path in known if not _exists(path, there))
    # Only a new page can replace a lost one.
    free = sorted(there - known)
    found = []
    for path in lost:
        replacement = _replacement(path, free)
        found.append(LostUrl(path=path, replacement=replacement, file=posts.get(replacement, "")))
    return found


def _exists(path: str, there: set[str]) -> bool:
    # Servers lead from a folder without its slash to the folder, and many from a name to the page.
    ways = (
        (path, f"{path}/", f"{path}.html")
        if not path.endswith("/") and "." not in posixpath.basename(path)
        else (path,)
    )
    return any(way in there for way in ways)


def _name(path: str) -> str:
    return posixpath.basename(path.rstrip("/")).removesuffix(".html")


def _replacement(path: str, free: list[str]) -> str:
    from rapidfuzz import fuzz, process

    name = _name(path)
    is_page = path.endswith(("/", ".html")) or "." not in posixpath.basename(path)
    pages = [url for url in free if url.endswith(("/", ".html")) == is_page]
    same = [url for url in pages if _name(url) == name]
    if same:
        return max(same, key=lambda url: fuzz.ratio(url, path))
    folder = posixpath.dirname(path.rstrip("/"))
    # With dated URLs: the only post of that day.
    siblings = [url for url in pages if folder and posixpath.dirname(url.rstrip("/")) == folder]
    if len(siblings) == 1:
        return siblings[0]
    match = process.extractOne(name, {url: _name(url) for url in pages}, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return match[2] if match else ""
