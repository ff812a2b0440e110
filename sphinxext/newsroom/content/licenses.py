"""Licenses: their names, aliases and URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sphinxext.newsroom.utils.urls import is_web_url
from sphinxext.newsroom.validation.spdx import BASE as SPDX
from sphinxext.newsroom.validation.spdx import spdx_expression, spdx_url

CREATIVE_COMMONS = "https://creativecommons.org"
_BY = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)(?:[ -](\d\.\d))?", re.IGNORECASE)
_ZERO = re.compile(r"CC[ -]?(?:0|ZERO)(?:[ -]1\.0)?", re.IGNORECASE)
_BY_URL = re.compile(r"https?://creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)\b.*", re.IGNORECASE)
_ZERO_URL = re.compile(r"https?://creativecommons\.org/publicdomain/zero/1\.0\b.*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class License:
    """The license of a post."""

    name: str
    url: str = ""
    """URL of its terms, empty if unknown."""


@cache
def read_license(text: str) -> License | None:
    """Return the license that a text names, None for an empty text.

    :param text: an SPDX id such as ``CC-BY-4.0``, a URL, or any name.
    """
    text = text.strip()
    if not text:
        return None
    if _ZERO.fullmatch(text) or _ZERO_URL.fullmatch(text):
        return License(name="CC0 1.0", url=f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/")
    if match := _BY.fullmatch(text) or _BY_URL.fullmatch(text):
        parts, version = match[1].upper(), match[2] or "4.0"
        return License(name=f"CC {parts} {version}", url=f"{CREATIVE_COMMONS}/licenses/{parts.lower()}/{version}/")
    if is_web_url(text):
        return License(name=spdx_expression(text.removeprefix(f"{SPDX}/").removesuffix(".html")) or text, url=text)
    return License(name=spdx_expression(text) or text, url=spdx_url(text))
