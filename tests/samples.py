"""A site with every kind of page, for tests that look at all of them."""

from __future__ import annotations

import base64

from tests.conftest import INDEX, post

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=="
)
"""A picture, three pixels wide and two high."""
AUTHORS = """
authors:
  training:
    name: Training team
    description: Runs the courses
    avatar: card.png
    orcid: 0000-0002-1825-0097
    affiliation: The node
    socials: {github: node, mastodon: "@node@social.example"}
  diana:
    name: Diana
"""
EVERYTHING: dict[str, str | bytes | None] = {
    "conf.py": "",
    "index.md": INDEX + "\n```{postlist}\n:excerpts:\n```\n",
    "card.png": PNG,
    "blog/.authors.yml": AUTHORS,
    "blog/index.md": "---\ndescription: What is new.\n---\n\n# News\n\nWhat is new.\n",
    "blog/category/courses.md": "# Our courses\n\nAll of them.\n",
    "blog/posts/cover.png": PNG,
    "blog/posts/a.md": post(
        "# A *fine* post\n\nFirst & last.\n\n<!-- more -->\n\n## Part\n\nText.",
        date="{created: 2024-06-18, updated: 2024-07-01}",
        authors=["training", "diana"],
        categories=["News", "Courses"],
        tags=["x", "y & z"],
        description='"About \\"it\\"."',
        image="{src: cover.png, alt: A room, dark: cover.png}",
        pin=True,
        links="[blog/posts/b.md, {Further: [{Elsewhere: https://elsewhere.example/}]}]",
        redirects="[old/a]",
    ),
    "blog/posts/b.md": post("# B\n\nText with {post}`a` and {tag}`x`.", date="2023-01-01", tags=["x"]),
    "blog/posts/c.md": post("# C\n\nText.", date="2022-01-01", authors=["diana"], location="Tartu", language="English"),
    "blog/posts/d.md": post("# Draft\n\nText.", date="2022-01-02", draft=True),
    "blog/posts/e.md": post("Text without a heading.", date="2021-01-01", title="'A <title> of \"its\" own'"),
}
"""Posts, lists, overviews, with everything that they can show."""
