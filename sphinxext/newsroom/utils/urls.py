"""URLs and paths: which are safe to link to, and how they are joined."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urljoin

from sphinxext.newsroom.utils.limits import MAX_URL_BYTES, MAX_URL_SEGMENT_BYTES

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
# Browsers skip these, also within "java<tab>script:".
_SKIPPED = re.compile(r"[\x00-\x20\x7f]")


# Never valid in a permalink: control characters, and characters that themes put into scripts and attributes unescaped.
UNSAFE = re.compile(r"""[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>"'`\\^|{}]""")


class PermalinkError(ValueError):
    """A permalink that cannot be used; the message says why."""


def scheme(url: str) -> str:
    """Return the scheme of a URL in lower case; empty for a path.

    :param url: a URL or path.
    """
    match = _SCHEME.match(_SKIPPED.sub("", url))
    return match[1].lower() if match else ""


def is_relative(url: str) -> bool:
    """Return whether a URL is relative to the document that contains it.

    :param url: a URL or path.
    """
    return not scheme(url)


def is_web_url(url: str) -> bool:
    """Return whether a text is an absolute ``http`` or ``https`` URL.

    :param url: the raw URL.
    """
    return re.match(r"https?://[^\s/]", url, re.IGNORECASE) is not None


def runs_script(url: str) -> bool:
    """Return whether following a URL would run a script.

    :param url: the raw URL.
    """
    return scheme(url) in {"javascript", "vbscript", "data"}


def is_safe(url: str) -> bool:
    """Return whether a text can be a link: a path, a web page or an email.

    :param url: the raw URL.
    """
    return scheme(url) in {"", "http", "https", "mailto"}


def absolute_url(base: str, path: str) -> str:
    """Return the full URL of a path below a base URL, empty where one of them is empty.

    :param base: the URL of the site, ending in ``/``.
    :param path: a path from the root of the site; ``./`` for the root itself.
    """
    return urljoin(base, path) if base and path else ""


def join_docname(folder: str, path: str) -> str:
    """Return the docname for a path below a folder, normalized and safe.

    :param folder: such as ``blog``; ``.`` or empty for the root.
    :param path: what a format gave; ``..`` and doubled slashes are resolved.
    :raises PermalinkError: when the path would leave the site or cannot be a file.
    """
    path_in_site = posixpath.normpath(posixpath.join(folder or ".", path.strip("/")))
    if path_in_site.split("/")[0] == ".." or posixpath.isabs(path_in_site):
        message = f"the URL {path!r} would leave the site"
        raise PermalinkError(message)
    if found := UNSAFE.search(path_in_site):
        message = f"the URL {path!r} has a character that is not allowed: {found.group()!r}"
        raise PermalinkError(message)
    if len(path_in_site.encode()) > MAX_URL_SEGMENT_BYTES and any(
        len(part.encode()) > MAX_URL_SEGMENT_BYTES for part in path_in_site.split("/")
    ):
        message = f"the URL {path[:60] + '…'!r} is too long for a file name ({MAX_URL_SEGMENT_BYTES} bytes a part)"
        raise PermalinkError(message)
    if len(path_in_site.encode()) > MAX_URL_BYTES:
        message = f"the URL {path[:60] + '…'!r} is too long for a path ({MAX_URL_BYTES} bytes)"
        raise PermalinkError(message)
    folder, name = posixpath.split(path_in_site)
    if name == "README":
        path_in_site = posixpath.join(folder, "index")
    return "index" if path_in_site == "." else path_in_site


def safe_segment(text: str) -> str:
    """Return a text as one segment of a path: invalid characters become ``-``, and it is cut to the longest file name.

    :param text: such as a file name or slug.
    """
    safe = UNSAFE.sub("-", text).replace("/", "-").encode()[:MAX_URL_SEGMENT_BYTES].decode(errors="ignore").strip()
    return safe if safe.strip(".") else "-"
