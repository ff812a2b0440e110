"""The ``conf.py`` of a site that came from MkDocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.locate import CONF
from sphinxext.newsroom.cli.migrate.conf_text import conf_text
from sphinxext.newsroom.cli.migrate.hosting import OUTPUT, REQUIREMENTS, URLS
from sphinxext.newsroom.cli.migrate.mkdocs_settings import analytics
from sphinxext.newsroom.problems import Subtype
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from sphinxext.newsroom.cli.migrate.colours import Palette
    from sphinxext.newsroom.cli.migrate.macros import Macros
    from sphinxext.newsroom.cli.migrate.mkdocs_source import MkdocsSource

TOCTREES = "toctrees"
STATIC = "_static"
STYLESHEET = "colours.css"
_PACKAGES = {
    "pydata_sphinx_theme": "pydata-sphinx-theme",
    "sphinx_book_theme": "sphinx-book-theme",
    "sphinx_rtd_theme": "sphinx-rtd-theme",
    "sphinx_sitemap": "sphinx-sitemap",
    "sphinxcontrib.mermaid": "sphinxcontrib-mermaid",
    "myst_nb": "myst-nb",
}
_BASED_ON_PYDATA = ("pydata_sphinx_theme", "sphinx_book_theme")


def extensions(source: MkdocsSource) -> list[str]:
    """Return the extensions of Sphinx that a site needs.

    :param source: the site.
    """
    settings = source.settings
    found = [source.markdown_extension, "sphinxext.newsroom"]
    if "mermaid2" in settings.plugins or any("mermaid" in str(entry) for entry in settings.markdown_extensions):
        found.append("sphinxcontrib.mermaid")
    if is_web_url(settings.site_url):
        found.append("sphinx_sitemap")
    return found


def requirements(source: MkdocsSource) -> str:
    """Return the packages that a build needs, one on a line.

    :param source: the site.
    """
    names = [name for name in extensions(source) if name in _PACKAGES]
    packages = ["sphinxext-newsroom", *(_PACKAGES.get(name, name) for name in (source.theme, *names))]
    return "".join(f"{name}\n" for name in packages)


def mkdocs_conf(source: MkdocsSource, palette: Palette, macros: Macros, *, unlisted: bool) -> str:
    """Return the text of ``conf.py``.

    :param source: the site.
    :param palette: its colours.
    :param macros: its variables.
    :param unlisted: whether there are pages outside of the navigation.
    """
    site: dict[str, Any] = {"project": source.settings.text("site_name") or source.root.name}
    if is_web_url(source.settings.site_url):
        site["html_baseurl"] = source.settings.site_url.rstrip("/") + "/"
    site["extensions"] = extensions(source)
    read: dict[str, Any] = {"newsroom_mkdocs": source.file.name, "newsroom_toctrees": TOCTREES}
    others = {"sitemap_url_scheme": "{link}"} if "sphinx_sitemap" in site["extensions"] else {}
    return conf_text(
        "Configuration of Sphinx, made from mkdocs.yml by 'newsroom migrate mkdocs'.",
        [
            ("The site. Other settings are read from mkdocs.yml, so that both sites have the same.", site),
            ("The file with these settings, and the navigation.", read),
            ("What is a page.", _documents(source)),
            ("Looks.", _looks(source, palette)),
            ("Variables of the plugin macros.", _variables(macros)),
            ("The sitemap, and what the report of the migration says already.", others | _hidden(source, unlisted)),
        ],
    )


def _documents(source: MkdocsSource) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if any(path.endswith(".rst") for path in source.files):
        # MkDocs copies them.
        found["source_suffix"] = {".md": "markdown"} | ({".ipynb": "myst-nb"} if source.has_notebooks else {})
    patterns = list(source.exclude_patterns)
    if source.docs == source.root:
        patterns += [OUTPUT, TOCTREES, ".venv", STATIC, CONF, REQUIREMENTS, URLS]
    return found | ({"exclude_patterns": patterns} if patterns else {})


def _looks(source: MkdocsSource, palette: Palette) -> dict[str, Any]:
    looks: dict[str, Any] = {"html_theme": source.theme}
    options = palette.theme_options(source.theme)
    if source.theme in _BASED_ON_PYDATA:
        if found := analytics(source.settings.values):
            options["analytics"] = found
        if palette.default != "auto":
            looks["html_context"] = {"default_mode": palette.default}
    if options:
        looks["html_theme_options"] = options
    if palette.css(source.theme):
        looks |= {"html_static_path": [STATIC], "html_css_files": [STYLESHEET]}
    return looks


def _variables(macros: Macros) -> dict[str, Any]:
    if not macros.used:
        return {}
    found: dict[str, Any] = {"myst_enable_extensions": ["substitution"], "myst_substitutions": macros.used}
    return found | ({"myst_sub_delimiters": macros.delimiters} if macros.delimiters else {})


def _hidden(source: MkdocsSource, unlisted: bool) -> dict[str, Any]:
    names = ["toc.not_included"] if unlisted else []
    # The report names them once; they would be repeated in every build.
    if any(problem.subtype is Subtype.MKDOCS for problem in source.site.problems):
        names.append("newsroom.mkdocs")
    return {"suppress_warnings": names} if names else {}
