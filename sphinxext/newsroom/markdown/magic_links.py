"""Links without markup: URLs, email URLs, and short links to repositories, ``#12`` and ``@name``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
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
_WWW = re.compile(r"(?<![^\s*_~^\[('\"])www\.[A-Za-z\d][\w.-]{0,250}\.[A-Za-z][^\s<]*", re.IGNORECASE)
_LONGEST = 80


def bare_links(rules: Rules) -> None:
    """Read URLs and emails in text.

    :param rules: the rules of the parser.
    """
    rules.inline(":@", _bare)
    # Nothing tells where text ends before a `w`, so these are found once all text is known.
    rules.md.core.ruler.after("text_join", "www", _link_www)


def _bare(state: StateInline, silent: bool) -> bool:
    mark = state.src[state.pos]
    if silent or state.linkLevel:
        return False
    before, behind = (_SCHEME, _REST) if mark == ":" else (_MAILBOX, _HOST)
    # The text before the delimiter has already been consumed. It is short, and what follows may be long.
    begin = before.search(state.pending[-_LONGEST:])
    match = behind.match(state.src, state.pos, state.posMax) if begin else None
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


def _link_www(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline" or not token.children or "www." not in token.content.lower():
            continue
        found: list[Token] = []
        depth = 0
        for child in token.children:
            depth += child.nesting * (child.type in {"link_open", "link_close"})
            found += [child] if child.type != "text" or depth else _split_www(child)
        token.children = found


def _split_www(text: Token) -> list[Token]:
    parts: list[Token] = []
    position = 0
    for match in _WWW.finditer(text.content):
        shown = _without_punctuation(match[0])
        parts.append(text.copy(content=text.content[position : match.start()]))
        parts += _link(f"http://{shown}", shown)
        position = match.start() + len(shown)
    return [*parts, text.copy(content=text.content[position:])] if parts else [text]


def _without_punctuation(url: str) -> str:
    """Return a URL without what belongs to the sentence around it."""
    end, unopened = len(url), url.count(")") - url.count("(")
    while end and (url[end - 1] in "?!.,:;*_~'\"" or (url[end - 1] == ")" and unopened > 0)):
        unopened -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _push_link(state: StateInline, target: str, text: str) -> None:
    opening, content, closing = _link(target, text)
    state.push(opening.type, opening.tag, 1).attrs = opening.attrs
    state.tokens[-1].markup, state.tokens[-1].info = opening.markup, opening.info
    state.push("text", "", 0).content = content.content
    state.push(closing.type, closing.tag, -1)
    state.tokens[-1].markup, state.tokens[-1].info = closing.markup, closing.info


def _link(target: str, text: str) -> list[Token]:
    """Return the tokens of a link that was written without markup."""
    return [
        Token("link_open", "a", 1, attrs={"href": target}, markup="linkify", info="auto"),
        Token("text", "", 0, content=text),
        Token("link_close", "a", -1, markup="linkify", info="auto"),
    ]


def repository_links(rules: Rules, extensions: MarkdownExtensions) -> None:
    """Read short links to issues of the site's repository and to users.

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
