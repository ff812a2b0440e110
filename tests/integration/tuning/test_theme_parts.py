"""Parts of the theme that always have content are not checked for it, and pages stay as they are."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from sphinxext.newsroom import tuning
from sphinxext.newsroom.pages.broken_templates import _PageRenderer
from tests.conftest import post

THEME = files("pydata_sphinx_theme") / "theme" / "pydata_sphinx_theme" / "theme.conf"
HAS_OPTION = "templates_skip_empty_check" in THEME.read_text(encoding="utf-8")
SITE = {
    "guide.md": "# Guide\n\nText.\n",
    "index.md": "# Home\n\n```{toctree}\nguide\nblog/index\n```\n",
    "blog/posts/a.md": post("# First\n\n## Part\n\nText."),
    "blog/posts/b.md": post("# Second\n\nText."),
}


def checks(made, monkeypatch):
    """Return how often each template was rendered by itself."""
    counted: Counter[str] = Counter()
    render = _PageRenderer.render

    def count(self, template, context):
        counted[template] += 1
        return render(self, template, context)

    monkeypatch.setattr(_PageRenderer, "render", count)
    made.build(fresh=True)
    return counted


@pytest.mark.parametrize(
    "conf",
    [
        {},
        {"html_show_copyright": False, "html_show_sphinx": False},
        {"html_context": {"show_copyright": False, "show_sphinx": False}},
        {"html_theme_options": {"footer_start": "copyright, theme-version.html", "header_links_before_dropdown": 2}},
        {"html_theme_options": {"navbar_end": ["my-theme-version", "theme-version"], "footer_end": []}},
        {"html_theme_options": {"templates_skip_empty_check": "sidebar-nav-bs.html, navbar-nav.html, copyright"}},
    ],
    ids=[
        "plain",
        "nothing shown",
        "nothing shown by context",
        "lists as text",
        "a name that ends like the theme's",
        "with the site's own setting",
    ],
)
def test_pages_are_the_same(site, monkeypatch, conf):
    # Shown on one page only, under a name that ends like that of one of the theme's parts.
    own = "{% if pagename == 'guide' %}<p>only here</p>{% endif %}"
    files = {**SITE, "_templates/my-theme-version.html": own}
    made = site(files, copyright="the node", templates_path=["_templates"], **conf)
    ours = made.build().snapshot()
    monkeypatch.setattr(tuning, "skip_empty_checks", lambda *_: None)
    assert made.build(fresh=True).snapshot() == ours


@pytest.mark.skipif(not HAS_OPTION, reason="this version of the theme checks everything")
def test_parts_with_content_are_not_checked(site, monkeypatch):
    assert checks(site(SITE), monkeypatch)["theme-switcher.html"] == 0


def test_a_template_of_the_site_is_checked_on_every_page(site, monkeypatch):
    own = "{% if pagename != 'index' %}<p>Version</p>{% endif %}"
    made = site({**SITE, "_templates/theme-version.html": own}, templates_path=["_templates"])
    assert checks(made, monkeypatch)["theme-version.html"] > 4
    assert "<p>Version</p>" in made.text("/guide/")
    assert "<p>Version</p>" not in made.text("/")


def test_other_themes_have_no_such_option(site):
    built = site(SITE, html_theme="alabaster").build()
    assert "complete_option" not in str(built.app.events.listeners["html-page-context"])
