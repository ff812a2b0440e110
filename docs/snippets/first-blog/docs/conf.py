project = "Node handbook"
extensions = ["myst_parser", "sphinxext.newsroom"]
html_theme = "pydata_sphinx_theme"
