project = "دليل العقدة"
language = "ar"
extensions = ["myst_parser", "sphinxext.newsroom"]
templates_path = ["_templates"]

html_theme = "pydata_sphinx_theme"
html_title = project
html_baseurl = "https://docs.example.org/"
html_sidebars = {"**": []}

newsroom_blog_dir = "news"
newsroom_title = "الأخبار"
