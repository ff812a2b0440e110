"""Tell the kinds of address apart, so that no address that runs a script becomes a link."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
# Browsers skip these, also within "java<tab>script:".
_SKIPPED = re.compile(r"[\x00-\x20\x7f]")


def scheme(url: str) -> str:
    """Return the scheme of a URL in lower case; empty for a path.

    :param url: a URL or path.
    """
    match = _SCHEME.match(_SKIPPED.sub("", url))
    return match[1].lower() if match else ""


def is_relative(url: str) -> bool:
    """Return whether an address only means something together with that of the document that it stands in.

    :param url: a URL or path.
    """
    return not scheme(url)


def is_web_url(url: str) -> bool:
    """Return whether an address is an absolute ``http`` or ``https`` URL.

    :param url: what somebody wrote.
    """
    return re.match(r"https?://[^\s/]", url, re.IGNORECASE) is not None


def runs_script(url: str) -> bool:
    """Return whether following an address would run what somebody wrote into it.

    :param url: what somebody wrote.
    """
    return scheme(url) in {"javascript", "vbscript", "data"}


def is_safe(url: str) -> bool:
    """Return whether an address can be a link: a path, a web page or a mail address.

    :param url: what somebody wrote.
    """
    return scheme(url) in {"", "http", "https", "mailto"}
