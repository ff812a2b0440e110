"""Links without markup: URLs, addresses of mail, and short ones to repositories, ``#12`` and ``@name``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.core.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.dispatch import Rules

_HOSTS: Mapping[str, tuple[str, str]] = {
    "github": ("https://github.com", "issues"),
    "gitlab": ("https://gitlab.com", "-/issues"),
    "bitbucket": ("https://bitbucket.org", "issues"),
}
_ISSUE = re.compile(r"#(\d+)(?!\w)")
_PERSON = re.compile(r"@([A-Za-z\d](?:[A-Za-z\d-]{0,37}[A-Za-z\d])?)(?![\w/.-]*@)(?!\w)")
_SCHEME = re.compile(r"(?<![A-Za-z\d])(?:https?|ftps?)\Z", re.IGNORECASE)
_REST = re.compile(r"://[^\s<>]+")
_MAILBOX = re.compile(r"(?<![\w.+-])\w[\w.+-]*\Z")
_HOST = re.compile(r"@[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?(?:\.[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?)+(?![\w-])")
_LONGEST = 80


def bare_links(rules: Rules) -> None:
    """Read URLs and addresses of mail that stand in text.

    :param rules: the rules of the parser.
    """
    rules.inline(":@", _bare)


def _bare(state: StateInline, silent: bool) -> bool:
    mark = state.src[state.pos]
    if silent or state.linkLevel:
        return False
    before, behind = (_SCHEME, _REST) if mark == ":" else (_MAILBOX, _HOST)
    match = behind.match(state.src, state.pos, state.posMax)
    # What stands before the mark has been taken for text already.
    begin = before.search(state.pending[-_LONGEST:]) if match else None
    if match is None or begin is None:
        return False
    rest = _without_punctuation(match[0]) if mark == ":" else match[0]
    shown = begin[0] + rest
    target = state.md.normalizeLink(shown) if mark == ":" else f"mailto:{shown}"
    if not state.md.validateLink(target):
        return False
    state.pending = state.pending[: -len(begin[0])]
    _push_link(state, target, shown)
    state.pos += len(rest)
    return True


def _without_punctuation(url: str) -> str:
    """Return a URL without what belongs to the sentence around it."""
    while url:
        if url[-1] in "?!.,:;*_~'\"" or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            return url
    return url


def _push_link(state: StateInline, target: str, text: str) -> None:
    link = state.push("link_open", "a", 1)
    link.attrs = {"href": target}
    link.markup, link.info = "linkify", "auto"
    state.push("text", "", 0).content = text
    link = state.push("link_close", "a", -1)
    link.markup, link.info = "linkify", "auto"


def repository_links(rules: Rules, extensions: MarkdownExtensions) -> None:
    """Read short links to issues of the site's repository and to people.

    :param rules: the rules of the parser.
    :param extensions: the site's extensions, which say where the repository is.
    """
    host, issues = _HOSTS.get(str(extensions.option("pymdownx.magiclink", "provider", "github")), _HOSTS["github"])
    owner, name = (extensions.option("pymdownx.magiclink", option) for option in ("user", "repo"))

    def rule(state: StateInline, silent: bool) -> bool:
        start = state.pos
        mark = state.src[start]
        if start and (state.src[start - 1].isalnum() or state.src[start - 1] in "/_&#@"):
            return False
        match = (_ISSUE if mark == "#" else _PERSON).match(state.src, start, state.posMax)
        if match is None or state.linkLevel or (mark == "#" and not (owner and name)):
            return False
        if not silent:
            target = f"{host}/{owner}/{name}/{issues}/{match[1]}" if mark == "#" else f"{host}/{match[1]}"
            _push_link(state, target, match[0])
        state.pos = match.end()
        return True

    rules.inline("#@", rule)
