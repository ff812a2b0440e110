"""Advice for MkDocs plugins and Markdown extensions without an equivalent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.config.mkdocs import BLOG_PLUGINS, FEED_PLUGINS, GROUP_PLUGINS, REDIRECT_PLUGINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext.newsroom.config.mkdocs import MkdocsSettings

# Plugins whose work is done by this extension or by Sphinx, by the names without ``material/``.
PLUGINS = frozenset(
    {
        *BLOG_PLUGINS,
        *FEED_PLUGINS,
        *GROUP_PLUGINS,
        *REDIRECT_PLUGINS,
        "autorefs",
        "info",  # only helps to report bugs of Material
        "meta",
        "offline",  # Sphinx's search works without a server
        "search",
        "tags",
    }
)
# What to use instead of some of the others.
INSTEAD_OF_PLUGIN = {
    "awesome-nav": "order the pages in a toctree",
    "awesome-pages": "order the pages in a toctree",
    "bibtex": "use the extension sphinxcontrib-bibtex",
    "drawio": "use the extension sphinxcontrib-drawio",
    "exclude": "name the files in exclude_docs or in exclude_patterns of conf.py",
    "gen-files": "write the files from conf.py, in a listener to 'config-inited'",
    "git-revision-date": "set html_last_updated_fmt",
    "git-revision-date-localized": "set html_last_updated_fmt",
    "i18n": "set language and translate with sphinx-intl",
    "include-markdown": "use MyST's directive include",
    "jupyter": "use the extension myst_nb",
    "literate-nav": "order the pages in a toctree",
    "macros": "use myst_substitutions",
    "markdownextradata": "use myst_substitutions",
    "mermaid2": "use the extension sphinxcontrib.mermaid",
    "mike": "publish versions with Read the Docs or the theme's version switcher",
    "mkdocs-jupyter": "use the extension myst_nb",
    "mkdocstrings": "use the extension sphinx.ext.autodoc",
    "mknotebooks": "use the extension myst_nb",
    "nav-weight": "order the pages in a toctree",
    "open-in-new-tab": "write target=_blank where it is wanted",
    "pdf-export": "build with the builder latexpdf",
    "print-site": "build with the builder singlehtml or latexpdf",
    "section-index": "write an index page for the section",
    "social": "set newsroom_social_cards",
    "spellcheck": "use the extension sphinxcontrib.spelling",
    "swagger-ui-tag": "use the extension sphinxcontrib-openapi",
    "table-reader": "use the directive csv-table",
    "with-pdf": "build with the builder latexpdf",
}
# Extensions of Python-Markdown that are read, or have an effect that is had anyway.
EXTENSIONS = frozenset(
    {
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",  # Sphinx highlights code
        "def_list",
        "fenced_code",
        "footnotes",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",  # as smartquotes of Sphinx
        "tables",
        "toc",
        "wikilinks",
        *(
            f"pymdownx.{name}"
            for name in (
                "arithmatex",
                "b64",  # images are files next to the page
                "betterem",
                "blocks.admonition",
                "blocks.caption",
                "blocks.definition",
                "blocks.details",
                "blocks.html",
                "blocks.tab",
                "caret",
                "critic",
                "details",
                "emoji",
                "fancylists",
                "highlight",
                "inlinehilite",
                "keys",
                "magiclink",
                "mark",
                "saneheaders",
                "smartsymbols",
                "snippets",
                "superfences",
                "tabbed",
                "tasklist",
                "tilde",
            )
        ),
    }
)
INSTEAD_OF_EXTENSION = {
    "markdown_include.include": "use pymdownx.snippets or MyST's directive include",
    "mdx_include": "use pymdownx.snippets or MyST's directive include",
    "mdx_math": "use pymdownx.arithmatex",
    "plantuml_markdown": "use the extension sphinxcontrib.plantuml",
    "pymdownx.progressbar": "write the bar in HTML",
}
NOTHING = "nothing here does what it does; take it out of the file once you have looked at the pages that use it"


def without_counterpart(settings: MkdocsSettings) -> Iterator[tuple[str, str, str]]:
    """Yield each entry of ``plugins`` and ``markdown_extensions`` that has no effect: setting, name, what to do.

    :param settings: the ``mkdocs.yml``.
    """
    for name in dict.fromkeys(settings.plugins):
        short = name.removeprefix("material/")
        if short not in PLUGINS:
            yield "plugins", name, INSTEAD_OF_PLUGIN.get(short.removeprefix("mkdocs-"), NOTHING)
    for name in parse_markdown_extensions(settings.markdown_extensions).options:
        if name not in EXTENSIONS:
            yield "markdown_extensions", name, INSTEAD_OF_EXTENSION.get(name, NOTHING)
