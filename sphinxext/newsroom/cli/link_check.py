"""Check links to other sites: concurrently, politely, and only once in a while."""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinxext.newsroom import __version__
from sphinxext.newsroom.cli.markdown_lines import lines_without_code
from sphinxext.newsroom.utils.cache import load_cached, store_cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from requests import Session

FILE = "links.json"
_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]+", re.IGNORECASE)
_VALID_FOR = 7 * 24 * 3600
"""How long a link that works is not asked for again, in seconds."""
_WORKERS = 8
_PAUSE = 0.2
"""Between two requests to the same host, in seconds."""
_TIMEOUT = (5, 15)
_BLOCKED = frozenset({401, 403, 405, 406, 429, 451, 999})
"""Answers to programs that say nothing about what readers get."""
_HEADERS = {"User-Agent": f"sphinxext-newsroom/{__version__} (link check)", "Accept": "text/html,*/*;q=0.8"}


class Outcome(StrEnum):
    """What is known of a link."""

    OK = "ok"
    UNKNOWN = "unknown"
    """The site does not answer programs, or not now."""
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkResult:
    """What came of a link."""

    outcome: Outcome
    detail: str = ""


def external_links(text: str) -> Iterator[tuple[int, str]]:
    """Yield the links to other sites in a text, with their line; not those in code.

    :param text: the text of a post, with its front matter.
    """
    for number, line in lines_without_code(text):
        for found in _URL.finditer(line):
            yield number, _trimmed(found.group())


def _trimmed(url: str) -> str:
    """Return a URL without the punctuation of the sentence that it is in."""
    url = url.rstrip(".,;:!?*_")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?*_")
    return url


class LinkChecker:
    """Asks for links; those that worked lately are not asked for again."""

    def __init__(self, cache_folder: Path | None) -> None:
        """Read what is known.

        :param cache_folder: the cache folder of the site; None for no cache.
        """
        self._file = cache_folder / FILE if cache_folder is not None else None
        content = load_cached(self._file, version=__version__) if self._file is not None else None
        known = json.loads(content) if content else {}
        self._known = {url: moment for url, moment in known.items() if moment > time.time() - _VALID_FOR}

    def check(self, urls: Iterable[str]) -> dict[str, LinkResult]:
        """Return what came of each link.

        :param urls: the links.
        """
        by_host: dict[str, list[str]] = defaultdict(list)
        results: dict[str, LinkResult] = {}
        for url in dict.fromkeys(urls):
            if _page(url) in self._known:
                results[url] = LinkResult(outcome=Outcome.OK)
            else:
                by_host[_host(url)].append(url)
        with ThreadPoolExecutor(_WORKERS) as executor:
            for found in executor.map(_check_host, by_host.values()):
                results |= found
        now = time.time()
        self._known |= {
            _page(url): now
            for urls_of_host in by_host.values()
            for url in urls_of_host
            if results[url].outcome is Outcome.OK
        }
        if self._file is not None and by_host:
            store_cached(self._file, json.dumps(self._known).encode(), version=__version__)
        return results


def _page(url: str) -> str:
    return url.partition("#")[0]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.casefold()
    except ValueError:
        return ""


def _check_host(urls: list[str]) -> dict[str, LinkResult]:
    """Ask one host, one link after the other."""
    from requests import Session

    found: dict[str, LinkResult] = {}
    with Session() as session:
        session.headers.update(_HEADERS)
        for number, url in enumerate(urls):
            if number:
                time.sleep(_PAUSE)
            found[url] = _check(session, url)
    return found


def _check(session: Session, url: str) -> LinkResult:
    from requests import RequestException, Timeout
    from requests.exceptions import InvalidURL

    try:
        status = session.head(url, timeout=_TIMEOUT, allow_redirects=True).status_code
        if status >= 400:  # noqa: PLR2004 - many servers only answer GET
            with session.get(url, timeout=_TIMEOUT, allow_redirects=True, stream=True) as answer:
                status = answer.status_code
    except Timeout:
        return LinkResult(outcome=Outcome.UNKNOWN, detail="it does not answer in time")
    except (InvalidURL, ValueError) as error:
        return LinkResult(outcome=Outcome.BROKEN, detail=f"it is not a URL: {error}")
    except RequestException as error:
        return LinkResult(outcome=Outcome.BROKEN, detail=_reason(error))
    if status in _BLOCKED or status >= 500:  # noqa: PLR2004 - errors of the server
        return LinkResult(outcome=Outcome.UNKNOWN, detail=f"it answers {status}")
    if status >= 400:  # noqa: PLR2004 - there is nothing
        return LinkResult(outcome=Outcome.BROKEN, detail=f"it answers {status}")
    return LinkResult(outcome=Outcome.OK)


def _reason(error: Exception) -> str:
    text = str(error)
    if "NameResolution" in text or "getaddrinfo" in text or "Name or service" in text:
        return "there is no such host"
    if "SSL" in type(error).__name__ or "CERTIFICATE" in text:
        return "its certificate is not valid"
    return "there is no connection" if "Connection" in type(error).__name__ else type(error).__name__
