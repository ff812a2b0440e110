"""The configuration of this project's documentation: ``sphinx-build -c . docs <out>`` builds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "docs" / "_ext"))

from sphinxext.newsroom import __version__

project = "sphinxext-newsroom"
author = "The sphinxext-newsroom contributors"
copyright = f"2026, {author}"  # noqa: A001 - the name that Sphinx reads
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_design",
    "sphinx_sitemap",
    "sphinxext.newsroom",
    "newsroom_reference",
    "markdown_examples",
]
exclude_patterns = ["_build", "snippets"]
nitpicky = True
nitpick_ignore = [("py:class", "sphinx.errors.ExtensionError")]

autodoc_typehints = "none"
autodoc_member_order = "bysource"

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

newsroom_blog_dir = "news"
newsroom_title = "News"
newsroom_announce = True
newsroom_archive_view = "table"
newsroom_citation = True
newsroom_draft_if_future_date = True
newsroom_feed_archive = True
newsroom_feed_catalogs = ["category", "tag", "author", "series"]
newsroom_feed_files = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
newsroom_feed_length = 10
newsroom_license = "MIT"
newsroom_mentions_domains = ["std"]
newsroom_release_links = {
    "Package": "https://pypi.org/project/sphinxext-newsroom/{version}/",
}
newsroom_redirects = {
    "explanation/addresses": "explanation/permalinks",  # codespell:ignore addresses
    "reference/addresses": "reference/urls",  # codespell:ignore addresses
}
newsroom_social_cards = True

html_theme = "pydata_sphinx_theme"
html_title = project
html_baseurl = "https://sphinxext-newsroom.readthedocs.io/en/latest/"
if os.environ.get("READTHEDOCS_VERSION_TYPE") != "external":
    # Other versions have separate URLs; the page of a preview is a copy of the published one.
    html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", html_baseurl)
sitemap_url_scheme = "{link}"
html_static_path = ["docs/_static"]
html_css_files = ["site.css"]
html_favicon = "docs/_static/logo.svg"
html_show_sourcelink = False
html_sidebars: dict[str, list[str]] = {
    "tutorial/*": [],
    "changelog": [],
    "contributing": [],
    "how-to/sidebars": ["sidebar-collapse.html", "sidebar-nav-bs.html", "newsroom/sidebars/recent.html"],
}
html_theme_options = {
    "logo": {"text": "Newsroom", "image_light": "_static/logo.svg", "image_dark": "_static/logo.svg"},
    "header_links_before_dropdown": 7,
    "navbar_align": "left",
    "show_prev_next": False,
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
}
