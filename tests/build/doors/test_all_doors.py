"""What is written is the same whether the doors to other programs are open or shut."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.conftest import DEFAULTS, post

FILES = {
    "index.md": "# Home\n\n```{toctree}\nguide\nreference\nblog/index\n```\n",
    "guide.md": (
        '# Guide\'s "first" -- page...\n\n(label)=\n## A part\n\nSee [](#label), [](blog/posts/a.md) and {doc}`reference`.\n\n'
        "### Below\n\n```{code-block} python\n:linenos:\n:emphasize-lines: 2\nx = 'a'\nprint(x)\n```\n\n"
        "```python\nprint('b')\n```\n\n[^one]: A note.\n\nText[^one] with a formula {math}`a^2`.\n\n## Another 'part'\n"
    ),
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
# In a process of its own: a door to docutils or MyST-Parser, once open, stays so.
BUILD = """
import sys
from contextlib import nullcontext
from types import SimpleNamespace
from sphinx.cmd.build import main
from sphinxext.newsroom.build.doors import markdown_parsers, opening

if sys.argv.pop(1) == "shut":
    opening.open_doors = lambda app: None
    markdown_parsers.parser_of_site = lambda: SimpleNamespace(reading=nullcontext)
    from sphinxext.newsroom.build import extension
    extension.care_for_indexes = lambda app: None
sys.exit(main(sys.argv[1:]))
"""


def build(made, doors):
    made.out.parent.mkdir(exist_ok=True)
    folders = [str(made.folder / "src"), str(made.out)]
    command = [sys.executable, "-c", BUILD, doors, "-q", "-b", made.builder, "-d", str(made.folder / doors), *folders]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    written = made.snapshot()
    shutil.rmtree(made.out)
    return written


@pytest.mark.parametrize(
    ("theme", "builder"),
    [*(("pydata_sphinx_theme", builder) for builder in ("dirhtml", "html", "text", "latex")), ("alabaster", "dirhtml")],
)
def test_output_is_the_same(site, theme, builder):
    conf = {**DEFAULTS, "html_theme": theme, "myst_enable_extensions": ["colon_fence"], "html_show_sourcelink": True}
    made = site({**FILES, "conf.py": "\n".join(f"{name} = {value!r}" for name, value in conf.items())}, builder=builder)
    assert build(made, "open") == build(made, "shut")
