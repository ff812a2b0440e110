"""Create links from user names on other sites."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinxext.newsroom.utils.translatable import translatable
from sphinxext.newsroom.utils.urls import is_web_url

_FEDIVERSE = re.compile(r"@?([\w.\-]+)@([\w\-]+(?:\.[\w\-]+)+)")
_MAIL = re.compile(r"[^@\s:]+@[^@\s:]+\.[^@\s:]+")
_HANDLE = re.compile(r"@?[\w.\-~]+")


@dataclass(frozen=True, slots=True)
class Site:
    """A site on which people have names."""

    label: str
    url: str
    """The URL of a user's page, with ``{}`` in place of the name."""


SITES = {
    "bluesky": Site("Bluesky", "https://bsky.app/profile/{}"),
    "codeberg": Site("Codeberg", "https://codeberg.org/{}"),
    "facebook": Site("Facebook", "https://www.facebook.com/{}"),
    "github": Site("GitHub", "https://github.com/{}"),
    "gitlab": Site("GitLab", "https://gitlab.com/{}"),
    "instagram": Site("Instagram", "https://www.instagram.com/{}"),
    "linkedin": Site("LinkedIn", "https://www.linkedin.com/in/{}/"),
    "stackoverflow": Site("Stack Overflow", "https://stackoverflow.com/users/{}"),
    "threads": Site("Threads", "https://www.threads.net/@{}"),
    "twitch": Site("Twitch", "https://www.twitch.tv/{}"),
    "twitter": Site("X", "https://x.com/{}"),
    "x": Site("X", "https://x.com/{}"),
    "youtube": Site("YouTube", "https://www.youtube.com/@{}"),
}
LABELS = {
    "mastodon": "Mastodon",
    "email": translatable("Email"),
    "mail": translatable("Email"),
    "rss": "RSS",
    "researchgate": "ResearchGate",
}


def social_link(key: str, value: str) -> tuple[str, str] | None:
    """Return the label and the URL of a user's page on another site; None if the value is invalid.

    :param key: the site, such as ``github``.
    :param value: a name there, or the URL of a page.
    """
    key, value = key.strip(), value.strip()
    name = key.casefold()
    site = SITES.get(name)
    label = site.label if site else LABELS.get(name, key.replace("_", " ").replace("-", " ").capitalize())
    if is_web_url(value):
        return label, value
    if name in {"email", "mail"}:
        email = value.removeprefix("mailto:")
        return (label, f"mailto:{email}") if _MAIL.fullmatch(email) else None
    if name == "mastodon":
        match = _FEDIVERSE.fullmatch(value)
        return (label, f"https://{match[2]}/@{match[1]}") if match else None
    if site and _HANDLE.fullmatch(value):
        return label, site.url.format(value.removeprefix("@"))
    return None
