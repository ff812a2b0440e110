"""What is written is the same with and without the speedups."""

from __future__ import annotations

import pytest

from tests.conftest import WITH_SPEEDUPS, post

FILES = {
    "index.md": "# Home\n\n```{toctree}\nguide\nreference\nblog/index\n```\n",
    "guide.md": (
        '# Guide\'s "first" -- page...\n\n(label)=\n## A part\n\nSee [](#label), [](blog/posts/a.md) and {doc}`reference`.\n\n'
        "### Below\n\n```{code-block} python\n:linenos:\n:emphasize-lines: 2\nx = 'a'\nprint(x)\n```\n\n"
        "```python\nprint('b')\n```\n\n[^one]: A note.\n\nText[^one] with a formula {math}`a^2`.\n\n## Another 'part'\n\n"
        "```{eval-rst}\n.. include:: part.txt\n   :parser: myst_parser.sphinx_\n```\n"
    ),
    "part.txt": 'An *included* text "with" marks.\n',
    "reference.rst": (
        'Reference\n=========\n\n.. index:: word\n\n.. glossary::\n   :sorted:\n\n   word\n      A *word* -- "quoted".\n\n'
        ".. versionadded:: 1.0\n   It's there...\n\n.. code-block:: console\n\n   $ run\n"
    ),
    "own.md": '---\nmyst:\n  enable_extensions: [deflist]\n  substitutions: {x: y}\norphan: true\n---\n# Own\n\nTerm\n: Its \\"meaning\\"\n',
    "blog/posts/a.md": post(
        '# It\'s a first\n\nIntro "here" & there.\n\n<!-- more -->\n\n## Part\n\n### Of it\n\n- `code`\n', tags=["x"]
    ),
    "blog/posts/b.md": post(
        "# Second\n\n```python\nprint(1)\n```\n\n:::{note}\nNested *text*.\n:::\n", categories=["C"]
    ),
}
WITHOUT_BLOG = ["myst_parser"]
MORE = {"myst_enable_extensions": ["colon_fence"], "html_show_sourcelink": True}


@pytest.mark.parametrize(
    ("theme", "builder"),
    [*(("pydata_sphinx_theme", builder) for builder in ("dirhtml", "html", "text", "latex")), ("alabaster", "dirhtml")],
)
def test_a_blog_is_the_same(site, theme, builder):
    made = site(FILES, builder=builder, html_theme=theme, **MORE).build()
    plain = made.snapshot()
    made.conf["extensions"] = WITH_SPEEDUPS
    assert made.build(fresh=True).snapshot() == plain
    assert made.warnings == []


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text"])
def test_a_site_without_a_blog_is_the_same(site, builder):
    files = {name: text for name, text in FILES.items() if not name.startswith("blog/")}
    files["index.md"] = files["index.md"].replace("blog/index\n", "")
    files["guide.md"] = files["guide.md"].replace(", [](blog/posts/a.md)", "")
    made = site(files, builder=builder, extensions=WITHOUT_BLOG, **MORE).build()
    plain, warnings = made.snapshot(), made.warnings
    made.conf["extensions"] = [*WITHOUT_BLOG, "sphinxext.newsroom.speedups"]
    assert made.build(fresh=True).snapshot() == plain
    assert made.warnings == warnings
