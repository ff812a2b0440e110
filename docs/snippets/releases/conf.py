project = "tools"
extensions = ["myst_parser", "sphinxext.newsroom"]
html_theme = "pydata_sphinx_theme"
html_baseurl = "https://tools.example/"
html_sidebars = {"**": []}
html_theme_options = {"show_prev_next": False}
myst_enable_extensions = ["colon_fence"]
newsroom_mentions_domains = ["py"]
newsroom_old_after = 2 * 365
newsroom_release_links = {
    "Source": "https://code.example/tools/releases/v{version}",
    "Package": "https://pypi.org/project/{project}/{version}/",
    "DOI": "https://doi.org/{doi}",
}
