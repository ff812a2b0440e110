"""Select the constructs of a parser from the enabled extensions and the text of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.markdown import inline_marks
from sphinxext.newsroom.markdown.abbreviations import abbreviations
from sphinxext.newsroom.markdown.admonitions import admonitions
from sphinxext.newsroom.markdown.attributes import attributes
from sphinxext.newsroom.markdown.autorefs import autorefs
from sphinxext.newsroom.markdown.critic import critic
from sphinxext.newsroom.markdown.dispatch import Rules
from sphinxext.newsroom.markdown.emphasis import emphasis
from sphinxext.newsroom.markdown.footnotes import footnotes
from sphinxext.newsroom.markdown.generic_blocks import generic_blocks
from sphinxext.newsroom.markdown.headings import headings
from sphinxext.newsroom.markdown.html import html_blocks
from sphinxext.newsroom.markdown.icons import shortcodes
from sphinxext.newsroom.markdown.links import lenient_links, spaced_references
from sphinxext.newsroom.markdown.lists import lists
from sphinxext.newsroom.markdown.magic_links import bare_links, repository_links
from sphinxext.newsroom.markdown.math import bracket_math
from sphinxext.newsroom.markdown.snippets import snippets
from sphinxext.newsroom.markdown.symbols import symbols
from sphinxext.newsroom.markdown.tables import tables
from sphinxext.newsroom.markdown.tabs import tabs
from sphinxext.newsroom.markdown.wikilinks import wikilinks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.settings import PostSettings
    from sphinxext.newsroom.markdown.syntax_hints import Presence

# Patterns of what may be there begin with a character that is rare, which is searched for at the speed of memory.
# What MyST-Parser supports itself: its name, and its syntax.
_MYST = {
    "def_list": ("deflist", re.compile(r"\n[ \t>]*[:~][ \t]")),
    "pymdownx.arithmatex": ("dollarmath", re.compile(r"\$")),
    "pymdownx.tasklist": ("tasklist", re.compile(r"\[[ xX]\]")),
}
# Stars that CommonMark could take otherwise than Python-Markdown: between a letter and a sign.
_TIGHT_STARS = re.compile(
    r"""\*(?:(?<=[^\W_]\*)\**(?:["'`\[({]|[^\x00-\x7f\w\s])|(?<=[!-')+-/:-@\]^`|}~\x80-\U0010ffff]\*)\**[^\W_])"""
)
_CLOSING_TAG = re.compile(r"</[a-zA-Z]")
_TIGHT_HEADING = re.compile(r"#[^\s#]")
_SHORTCODE = re.compile(r":[+\-\w]+:")
_SCHEME = re.compile(r"://(?<!\]\(https://)(?<!\]\(http://)(?<!<https://)(?<!\]: https://)")
_DEEPEST = 60


def myst_extensions(extensions: MarkdownExtensions, presence: Presence) -> set[str]:
    """Return the extensions of MyST-Parser that read what the site has enabled.

    :param extensions: the site's extensions.
    :param presence: what the document may hold.
    """
    return {
        name for extension, (name, pattern) in _MYST.items() if extension in extensions and presence.matches(pattern)
    }


def enable(md: MarkdownIt, settings: PostSettings, presence: Presence) -> None:
    """Turn on the constructs of the extensions that a site has enabled.

    :param md: the parser.
    :param settings: those of the document.
    :param presence: what the document may hold.
    """
    md.options["maxNesting"] = _DEEPEST
    rules = Rules(md)
    _enable_grammar(rules, settings.extensions, presence)
    _enable_blocks(rules, settings, presence)
    _enable_inline(rules, settings, presence)


def _enable_grammar(rules: Rules, extensions: MarkdownExtensions, presence: Presence) -> None:
    """Turn on Python-Markdown's own grammar, which holds whatever is enabled."""
    lenient_links(rules.md)
    lists(rules.md, brackets="pymdownx.fancylists" in extensions)
    tables(rules.md)
    if presence.matches(_TIGHT_STARS):
        emphasis(rules)
    if presence.has("] [", "]\n["):
        spaced_references(rules)
    if presence.has("]["):
        autorefs(rules)
    if presence.has("[^"):
        footnotes(rules)
    if presence.matches(_CLOSING_TAG):
        html_blocks(rules, markdown_inside="md_in_html" in extensions)
    if presence.matches(_TIGHT_HEADING) and "pymdownx.saneheaders" not in extensions:
        headings(rules)


def _enable_blocks(rules: Rules, settings: PostSettings, presence: Presence) -> None:
    extensions = settings.extensions
    admonitions(
        rules,
        plain="admonition" in extensions and presence.has("!!!"),
        folding="pymdownx.details" in extensions and presence.has("???"),
    )
    if "pymdownx.tabbed" in extensions and presence.has("==="):
        tabs(rules)
    if presence.has("///"):
        generic_blocks(rules, extensions)
    if "pymdownx.snippets" in extensions and presence.has("8<"):
        snippets(rules, settings.read_snippet, settings.included)
    if "abbr" in extensions and presence.has("*["):
        abbreviations(rules)
    if "pymdownx.arithmatex" in extensions and presence.has("\\"):
        bracket_math(rules)


def _enable_inline(rules: Rules, settings: PostSettings, presence: Presence) -> None:
    extensions = settings.extensions
    if "wikilinks" in extensions and presence.has("[["):
        wikilinks(rules, extensions)
    if "pymdownx.critic" in extensions and presence.has("{"):
        critic(rules, str(extensions.option("pymdownx.critic", "mode", "view")))
    if "pymdownx.emoji" in extensions and presence.matches(_SHORTCODE):
        shortcodes(rules, is_icon=settings.knows_icon)
    if "pymdownx.smartsymbols" in extensions:
        symbols(rules.md, extensions, presence)
    if "pymdownx.magiclink" in extensions and (presence.has("www.", "@") or presence.matches(_SCHEME)):
        bare_links(rules)
    if extensions.option("pymdownx.magiclink", "repo_url_shorthand", default=False) and presence.has("#", "@"):
        repository_links(rules, extensions)
    if "pymdownx.keys" in extensions and presence.has("++"):
        inline_marks.keys(rules, names=extensions.option("pymdownx.keys", "key_map"))
    inline_marks.inline_marks(rules, [mark for mark in _marks(extensions) if presence.has(mark.marker)])
    if "attr_list" in extensions and presence.has("{"):
        attributes(rules)


def _marks(extensions: MarkdownExtensions) -> list[inline_marks.Mark]:
    marks = [inline_marks.MARK] if "pymdownx.mark" in extensions else []
    for extension, double, single, option, single_option in (
        ("pymdownx.caret", inline_marks.INSERT, inline_marks.SUPERSCRIPT, "insert", "superscript"),
        ("pymdownx.tilde", inline_marks.DELETE, inline_marks.SUBSCRIPT, "delete", "subscript"),
    ):
        if extension in extensions:
            marks += [double] if extensions.option(extension, option, default=True) else []
            marks += [single] if extensions.option(extension, single_option, default=True) else []
    return marks
