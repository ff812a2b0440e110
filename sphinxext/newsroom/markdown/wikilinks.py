"""Links by name, ``[[Page name]]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.dispatch import Rules

_LINK = re.compile(r"\[\[([\w -]+)\]\]")
_SPACES = re.compile(r"[ ]+_|_[ ]+|[ ]+")


def wikilinks(rules: Rules, extensions: MarkdownExtensions) -> None:
    """Read links by name.

    :param rules: the rules of the parser.
    :param extensions: the site's extensions, which configure the URL.
    """
    base, end, classes = (
        str(extensions.options["wikilinks"].get(option, usual))
        for option, usual in (("base_url", "/"), ("end_url", "/"), ("html_class", "wikilink"))
    )

    def rule(state: StateInline, silent: bool) -> bool:
        match = _LINK.match(state.src, state.pos, state.posMax)
        label = match[1].strip() if match else ""
        if match is None or not label or state.linkLevel:
            return False
        if not silent:
            link = state.push("link_open", "a", 1)
            link.attrs = {"href": f"{base}{_SPACES.sub('_', label)}{end}", **({"class": classes} if classes else {})}
            state.push("text", "", 0).content = label
            state.push("link_close", "a", -1)
        state.pos = match.end()
        return True

    rules.inline("[", rule)
