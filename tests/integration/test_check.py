"""``newsroom check`` and a build: what one says of posts, authors and options, the other says as well."""

from __future__ import annotations

import re

from sphinxext.newsroom.cli.locate import Place
from sphinxext.newsroom.cli.site import StaticSite
from sphinxext.newsroom.environment.site import get_site

# What only shows once documents are read: links, images, Markdown, feeds.
ONLY_IN_BUILDS = {"excerpt", "link", "markdown", "image", "feed", "template", "list", "cache"}
SITE = {
    "index.md": "# Home\n\n```{toctree}\nblog/index\nguide\n```\n",
    "guide.md": "# Guide\n",
    "blog/index.md": "# News\n",
    "blog/.authors.yml": "authors:\n  lena:\n    nam: Training team\n    orcid: 1234\n",
    "blog/posts/.meta.yml": "categories: [News]\npinn: true\n",
    "blog/posts/a.md": "---\ndate: 2024-01-31\nauthors: [lenna]\nslug: same\n---\n\n# A\n",
    "blog/posts/b.md": "---\ndate: 2024-01-31\nslug: same\ncategories: [news]\n---\n\n# B\n",
    "blog/posts/c.md": "# Without a date\n",
    "blog/posts/d.md": "---\ndate: [yesterday\n---\n\n# D\n",
    "blog/posts/e.rst": ":date: 31 January 2024\n:authros: lena\n\nE\n=\n",
    "blog/posts/f.md": "---\ndate: 2024-13-01\ntags: a, b\n---\n\n# caf\u00c3\u00a9\n",
    "blog/posts/g.md": "---\ndate: 2024-02-01\ndraft: true\nauthors: [nobody]\n---\n\n# G\n",
    "blog/posts/h.md": b"---\ndate: 2024-02-02\n---\n\n# H \xff\n",
    "elsewhere.md": "---\nblogpost: true\ndate: 2024-02-03\ncategory: Elsewhere\n---\n\n# Elsewhere\n",
    "old/pattern.md": "---\ndate: Feb 04, 2024\n---\n\n# Pattern\n",
}
CONF = {
    "newsroom_blog_view": "card",
    "newsroom_post_slugify": "nothing.there",
    "blog_post_pattern": "old/*.md",
    "blog_authors": {"team": ("Release team", None)},
    "blog_default_author": "team",
}


def test_check_says_what_a_build_says(site, tmp_path):
    made = site(SITE, **CONF).build(tags=("drafts",))
    built = set()
    for line in made.warnings:
        if match := re.fullmatch(r"(?:(\S+?):(\d+): )?(?:WARNING|ERROR): (.*) \[newsroom\.(\w+)\]", line):
            path, number, message, subtype = match.groups()
            if subtype not in ONLY_IN_BUILDS:
                built.add((subtype, path, number and int(number), message))
    conf = tmp_path / "conf" / "conf.py"
    conf.parent.mkdir()
    settings = {
        "extensions": ["myst_parser", "sphinxext.newsroom"],
        "html_baseurl": "https://node.example/",
        **CONF,
    }
    conf.write_text("\n".join(f"{name} = {value!r}" for name, value in settings.items()), encoding="utf-8")
    checked = StaticSite(Place(source=made.folder / "src", conf=conf))
    said = {
        (problem.subtype.value, problem.path, (problem.line or 1) if problem.path else None, problem.message)
        for problem in checked.problems
    }
    assert said == built
    assert len(built) > 15
    assert {subtype for subtype, *_ in built} >= {"author", "category", "config", "date", "duplicate", "encoding"}
    assert {post.path: post.docname for post in checked.posts} == {
        post.path: post.docname for post in get_site(made.app).posts
    }
