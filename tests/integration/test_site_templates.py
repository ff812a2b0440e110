"""A site's own copies of ABlog's templates make the parts of the blog that they made with ABlog."""

from __future__ import annotations

import pytest

from tests.conftest import post

pytestmark = pytest.mark.theme("basic")

COLLECTION = """\
{%- extends "page.html" %}
{%- macro postlink(post) -%}{{ pathto(post.docname) }}{{ anchor(post) }}{%- endmacro -%}
{% block body %}
<div class="their-list">
<h1>{{ header }} {{ collection }}</h1>
{% for post in collection %}
<article>
<h2><a href="{{ postlink(post) }}">{{ post.title }}</a></h2>
<time>{{ post.date.strftime("%Y-%m-%d") }}</time>
{{ post.to_html(pagename) }}
</article>
{% endfor %}
</div>
{% endblock body %}
"""
CATALOG = """\
{%- extends "page.html" %}
{% block body %}
<div class="their-catalog">
{% for collection in catalog %}<h2>{{ header }} <a href="{{ pathto(collection.docname) }}">{{ collection }}</a></h2>{% endfor %}
</div>
{% endblock body %}
"""
POSTNAVY = """\
{% set post = ablog[pagename] %}
<nav class="their-nav">{% if post.prev %}<a href="{{ pathto(post.prev.docname) }}">{{ post.prev.title }}</a>{% endif %}</nav>
"""
POSTCARD = """\
{% set post = ablog[pagename] %}
<p class="their-card">{{ post.date.strftime("%Y-%m-%d") }} {% for author in post.author %}{{ author }}{% endfor %}</p>
"""
TEMPLATES = {"collection": COLLECTION, "catalog": CATALOG, "postnavy": POSTNAVY, "postcard": POSTCARD}
FILES = {
    "index.md": "# Home\n",
    "notes/apple.md": post(
        "# Apple & <pie>\n\nText with [a link](zebra.md).",
        date="2024-03-01",
        category="News",
        author="Ana",
        blogpost=True,
    ),
    "notes/zebra.md": post(
        "# Zebra\n\nText.", date="2024-03-02", category="News, R & D", author="Ana", tags="x", blogpost=True
    ),
    "_static/cat.txt": "",
}


def with_templates(*names: str) -> dict[str, str]:
    return {**FILES, **{f"_templates/ablog/{name}.html": TEMPLATES[name] for name in names}}


def text(soup, selector):
    return [" ".join(found.get_text(" ", strip=True).split()) for found in soup.select(selector)]


@pytest.mark.parametrize("builder", ["dirhtml", "html"])
def test_each_part_is_made_by_the_template_of_the_site(site, builder):
    built = site(
        with_templates(*TEMPLATES), builder=builder, templates_path=["_templates"], newsroom_pagination_per_page=1
    )
    built.build()
    assert built.warnings == []
    suffix = ".html" if builder == "html" else "/"
    for page, heading, titles in (
        ("blog/index.html", "All Posts", ["Zebra", "Apple & <pie>"]),
        (f"blog/category/news{suffix}", "Posts in News", ["Zebra", "Apple & <pie>"]),
        (f"blog/archive/2024{suffix}", "Posted in 2024", ["Zebra", "Apple & <pie>"]),
        (f"blog/tag/x{suffix}", "Posts tagged x", ["Zebra"]),
    ):
        soup = built.soup(page)
        assert text(soup, ".their-list h1") == [heading], page
        assert text(soup, ".their-list h2") == titles, page
        assert not soup.select(".newsroom-list, .newsroom-nav"), page
        assert soup.select_one(".their-list article .ablog-post-excerpt p").get_text(strip=True) in {
            "Text.",
            "Text with a link.",
        }
    link = built.soup(f"blog/category/news{suffix}").select_one(".ablog-post-excerpt a")
    target = built.file(f"blog/category/news{suffix}").parent / str(link["href"])
    assert target.resolve() == built.file(f"notes/zebra{suffix}").resolve() or (target / "index.html").is_file()
    assert (
        text(built.soup("blog/category/index.html"), ".their-catalog h2") == ["Posts in R & D", "Posts in News"][::-1]
    )
    page = built.soup(f"notes/zebra{suffix}")
    assert text(page, ".newsroom-header .their-card") == ["2024-03-02 Ana"]
    assert text(page, ".their-nav a") == ["Apple & <pie>"]
    assert not page.select(".newsroom-byline, .newsroom-footer")
    assert not list((built.out / "blog").rglob("page"))


def test_lists_of_the_site_are_as_fresh_as_after_a_clean_build(site):
    built = site(with_templates("collection"), templates_path=["_templates"]).build()
    built.write({"notes/apple.md": FILES["notes/apple.md"].replace("Text with", "Words with")}).build()
    assert "Words with" in built.text("blog/category/news/")
    incremental = built.snapshot()
    assert incremental == built.build(fresh=True).snapshot()
    built.write({"_templates/ablog/collection.html": None}).build()
    assert built.soup("blog/category/news/").select(".newsroom-list")
    incremental = built.snapshot()
    assert incremental == built.build(fresh=True).snapshot()


def test_what_the_site_shows_elsewhere_is_not_shown_twice(site):
    layout = '{% extends "!page.html" %}{% block body %}{{ super() }}{% include "ablog/postnavy.html" %}{% endblock %}'
    pages = {**FILES, "_templates/page.html": layout}
    built = site(
        pages, templates_path=["_templates"], html_sidebars={"notes/*": ["ablog/postcard.html"]}, html_theme="alabaster"
    )
    page = built.build().soup("notes/zebra/")
    assert len(page.select(".ablog__postcard")) == len(page.select(".ablog__prev-next")) == 1
    assert not page.select(".newsroom-byline, .newsroom-prev-next")
    assert text(page, "h1.p-name") == ["Zebra"]


def test_nothing_is_left_out_for_templates_that_are_only_installed(site):
    # The folder above that of alabaster has all packages in it, ABlog's templates among them.
    page = site(FILES, html_theme="alabaster").build().soup("notes/zebra/")
    assert len(page.select(".newsroom-byline")) == len(page.select(".newsroom-prev-next")) == 1


def test_parts_can_be_switched_off(site):
    off = dict.fromkeys(("newsroom_post_header", "newsroom_post_footer", "newsroom_list_navigation"), False)
    built = site(FILES, **off).build()
    page = built.soup("notes/zebra/")
    assert text(page, "h1") == ["Zebra #"] or text(page, "h1")[0].startswith("Zebra")
    assert not page.select(".newsroom-header, .newsroom-footer")
    for url in ("blog/", "blog/category/", "blog/category/news/", "blog/subscribe/"):
        assert not built.soup(url).select(".newsroom-nav"), url
