"""Every kind of warning: the smallest input that gives it."""

from __future__ import annotations

import pytest

from sphinxext.newsroom.problems import Subtype
from tests.conftest import Site, post

pytestmark = pytest.mark.theme("basic")

BLOG = "blog/posts/"
POSTS: dict[Subtype, tuple[str | bytes, str]] = {
    Subtype.FRONT_MATTER: (post(pin="x"), "'pin' is 'x'; expected true or false"),
    Subtype.DATE: (post(date="someday"), "'someday'"),
    Subtype.AUTHOR: (post(authors=["nobody"]), "'nobody' is not in"),
    Subtype.IMAGE: (post(image="cover.svg"), "cover.svg"),
    Subtype.CATEGORY: (post(categories=["Other"]), "'Other'"),
    Subtype.DUPLICATE: (post(slug="same"), "same"),
    Subtype.PERMALINK: (post(redirect="index"), "the old URL 'index'"),
    Subtype.EXCERPT: (post("# Long\n\nText."), "expected '<!-- more -->'"),
    Subtype.LINK: (post(links=["nowhere.md"]), "'nowhere.md' leads nowhere"),
    Subtype.ENCODING: (post("# A post\n\nCafé").encode("latin-1"), "UTF-8"),
    Subtype.MARKDOWN: (post('# A post\n\n--8<-- "nowhere.txt"\n'), "the snippet 'nowhere.txt'"),
    Subtype.ABLOG: (post('# A post\n\n```{postlist}\n:format: "{x}"\n```\n'), "{x}"),
    Subtype.EVENT: (post(event="{start: someday}"), "someday"),
    Subtype.RELEASE: (post(release="next"), "'next'"),
    Subtype.STALE: (post("# A post\n\n{ref}`gone`", date="2001-01-01"), "'gone'"),
    Subtype.LIST: (post("# A post\n\n```{post-list}\n:view: crads\n```\n"), "Did you mean 'cards'?"),
}
# What is wrong with something else than a post.
OTHERS = {
    Subtype.CONFIG: "newsroom_feed_length = 0 cannot be used",
    Subtype.MKDOCS: "plugins: 'print-site' has no effect",
    Subtype.TEMPLATE: "newsroom/partials/entry.html cannot be used",
    Subtype.FEED: "blog_feed_templates: title of 'atom' cannot be made",
    Subtype.DEPRECATED: "'newsroom/partials/facts.html' is now called",
}


@pytest.fixture(scope="module")
def warnings(tmp_path_factory):
    """Return the warnings of a site with all of these mistakes, built once."""
    files: dict[str, str | bytes | None] = {f"{BLOG}{subtype}.md": text for subtype, (text, _message) in POSTS.items()}
    files |= {
        "conf.py": "",
        "index.md": "# Home\n\n```{toctree}\nblog/index\n```\n",
        "mkdocs.yml": "site_name: A\nplugins:\n  - blog\n  - print-site\n",
        f"{BLOG}cover.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
        f"{BLOG}same.md": post(slug="same"),
        "_templates/newsroom/partials/entry.html": "{% for %}",
        "_templates/newsroom/partials/facts.html": "",
    }
    conf = {
        "templates_path": ["_templates"],
        "newsroom_mkdocs": "mkdocs.yml",
        "newsroom_feed_length": 0,
        "newsroom_old_after": 365 * 20,
        "newsroom_categories_allowed": ["News"],
        "newsroom_post_excerpt": "required",
        "newsroom_markdown_extensions": ["pymdownx.snippets"],
        "blog_feed_templates": {"atom": {"title": "{{ 1 // 0 }}"}},
    }
    return Site(folder=tmp_path_factory.mktemp("warnings"), conf=conf).write(files).build().warnings


@pytest.mark.parametrize("subtype", Subtype)
def test_every_kind_of_warning_is_given_for_its_smallest_input(warnings, subtype):
    """A new kind fails here until there is an input for it, and a dead one because it has none."""
    message = OTHERS[subtype] if subtype in OTHERS else POSTS[subtype][1]
    found = [line for line in warnings if line.endswith(f"[newsroom.{subtype}]")]
    assert [line for line in found if message in line], found
    if subtype in POSTS and subtype is not Subtype.DUPLICATE:
        assert [line for line in found if line.startswith(f"{BLOG}{subtype}.md:")], found
