"""Which constructs a parser reads, given the extensions that a site has enabled."""

from __future__ import annotations

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

    from sphinxext.newsroom.core.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.settings import PostSettings

# What MyST-Parser can read by itself.
_MYST = {
    "def_list": ("deflist",),
    "pymdownx.arithmatex": ("dollarmath",),
    "pymdownx.tasklist": ("tasklist",),
}
_DEEPEST = 60


def myst_extensions(extensions: MarkdownExtensions) -> set[str]:
    """Return the extensions of MyST-Parser that read what the site has enabled.

    :param extensions: the site's extensions.
    """
    return {name for extension, names in _MYST.items() if extension in extensions for name in names}


def enable(md: MarkdownIt, settings: PostSettings) -> None:
    """Turn on the constructs of the extensions that a site has enabled.

    :param md: the parser.
    :param settings: those of the document.
    """
    extensions = settings.extensions
    md.options["maxNesting"] = _DEEPEST
    rules = Rules(md)
    # Python-Markdown's own grammar, whatever is enabled.
    emphasis(rules)
    lenient_links(md)
    spaced_references(rules)
    autorefs(rules)
    lists(md, brackets="pymdownx.fancylists" in extensions)
    tables(md)
    footnotes(rules)
    if "pymdownx.saneheaders" not in extensions:
        headings(rules)
    html_blocks(rules, markdown_inside="md_in_html" in extensions)
    admonitions(rules, plain="admonition" in extensions, folding="pymdownx.details" in extensions)
    _enable_blocks(rules, settings)
    _enable_inline(rules, settings)


def _enable_blocks(rules: Rules, settings: PostSettings) -> None:
    extensions = settings.extensions
    if "pymdownx.tabbed" in extensions:
        tabs(rules)
    generic_blocks(rules, extensions)
    if "pymdownx.snippets" in extensions:
        snippets(rules, settings.read_snippet)
    if "abbr" in extensions:
        abbreviations(rules)
    if "pymdownx.arithmatex" in extensions:
        bracket_math(rules)


def _enable_inline(rules: Rules, settings: PostSettings) -> None:
    extensions = settings.extensions
    if "wikilinks" in extensions:
        wikilinks(rules, extensions)
    if "pymdownx.critic" in extensions:
        critic(rules, str(extensions.option("pymdownx.critic", "mode", "view")))
    if "pymdownx.emoji" in extensions:
        shortcodes(rules, is_icon=settings.knows_icon)
    if "pymdownx.smartsymbols" in extensions:
        symbols(rules.md, extensions)
    if "pymdownx.magiclink" in extensions:
        bare_links(rules)
    if extensions.option("pymdownx.magiclink", "repo_url_shorthand", default=False):
        repository_links(rules, extensions)
    if "pymdownx.keys" in extensions:
        inline_marks.keys(rules, names=extensions.option("pymdownx.keys", "key_map"))
    inline_marks.inline_marks(rules, _marks(extensions))
    if "attr_list" in extensions:
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
