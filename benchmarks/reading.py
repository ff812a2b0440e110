"""How long Sphinx takes to read posts, without writing them.

``python -m benchmarks.reading SOURCE OUTPUT`` reads a site and prints the CPU seconds for each document as JSON. Each
site is read in a separate process.
"""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx

from benchmarks.contestants import Newsroom, Plain, material_text
from benchmarks.corpus import Corpus
from benchmarks.measure import ENVIRONMENT, BuildError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.corpus import Post

EXTENSIONS = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details"),
    *("pymdownx.caret", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark"),
    *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
]
ENABLED = f"newsroom_markdown_extensions = {EXTENSIONS}\n"

CONSTRUCTS = """!!! tip "Before you begin"
    Read the list below.

    - [x] done
    - [ ] to do

??? note
    There is more to say, with `code` and ==a mark==.

=== "Linux"
    ```bash
    make all
    ```

=== "macOS"
    Press ++cmd+space++.

A paragraph with a class.
{ .lead }

Term
:   What it means.

![wide](picture.svg){ width=50% }
"""
"""Some of what a post may use, about thirty lines of it."""

MYST_CONSTRUCTS = """:::{admonition} Before you begin
:class: tip
Read the list below.

- [x] done
- [ ] to do
:::

:::{dropdown} Note
There is more to say, with `code` and *a mark*.
:::

::::{tab-set}
:::{tab-item} Linux
```bash
make all
```
:::

:::{tab-item} macOS
Press {kbd}`cmd+space`.
:::
::::

{.lead}
A paragraph with a class.

Term
:   What it means.

![wide](picture.svg){width=50%}
"""
"""The same in MyST's own syntax."""

MYST_ENABLED = """
extensions += ["sphinx_design"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "tasklist"]
"""

LINES = 2500
NESTED: dict[str, Callable[[int], str]] = {
    "One long admonition": lambda n: "!!! note\n" + "    Text.\n\n" * (n // 2),
    "Many admonitions": lambda n: "!!! note\n    Text.\n\n" * (n // 3),
    "Admonitions ten deep": lambda n: "".join(f"{'    ' * (i % 10)}!!! note\n" for i in range(n)),
    "Tabs of one set": lambda n: "".join(f'=== "Tab {i}"\n    Text.\n\n' for i in range(n // 3)),
    "Tabs in lists in admonitions": lambda n: (
        '!!! note\n    - item\n\n        === "Tab"\n            Text.\n\n' * (n // 6)
    ),
    "An unclosed fence": lambda n: "```python\n" + "value = 1\n" * n,
    "Unclosed fences in admonitions": lambda n: "!!! note\n    ```python\n    value = 1\n\n" * (n // 4),
    "Unclosed HTML": lambda n: "<div markdown>\n\nText.\n\n" * (n // 4),
    "Quotes with admonitions": lambda n: "> !!! note\n>     Text.\n>\n" * (n // 3),
    "Unclosed marks": lambda n: "==a ^^b ~~c ++d\n" * n,
}
"""Inputs of some number of lines, by what they hold."""

Seconds = dict[str, float]


class PlainConstructs(Plain):
    """Plain Sphinx, with posts that use the constructs of Material; what it does not know, it takes for text."""

    name = "plain-constructs"

    def text(self, post: Post) -> str:
        """Return the post with the constructs at its end.

        :param post: the post.
        """
        return f"{super().text(post)}\n{CONSTRUCTS}"


class MystConstructs(Plain):
    """Plain Sphinx, with posts that have the constructs in MyST's own syntax."""

    name, more = "myst-constructs", MYST_ENABLED

    def text(self, post: Post) -> str:
        """Return the post with the constructs at its end.

        :param post: the post.
        """
        return f"{super().text(post)}\n{MYST_CONSTRUCTS}"


class Enabled(Newsroom):
    """Newsroom with the Markdown extensions on, and posts that do not use them."""

    name, more = "enabled", ENABLED


class Constructs(Enabled):
    """Newsroom with the Markdown extensions on, and posts that use them."""

    name = "constructs"
    extensions = (*Newsroom.extensions, "sphinx_design")

    def text(self, post: Post) -> str:
        """Return the post with the constructs at its end.

        :param post: the post.
        """
        return f"{material_text(post)}\n{CONSTRUCTS}"


READERS = (Plain, Newsroom, Enabled, PlainConstructs, MystConstructs, Constructs)


class Nested(Enabled):
    """Newsroom with a document for each input and length."""

    name = "nested"

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is written.

        :param folder: where sources and output are.
        """
        super().__init__(folder, Corpus(posts=0))

    def settings(self) -> dict[str, str]:
        """Return the documents as well."""
        documents = {
            f"nested-{number}-{times}.md": f"---\norphan: true\n---\n# Nested\n\n{text(LINES * times)}"
            for number, text in enumerate(NESTED.values())
            for times in (1, 2, 4)
        }
        return {
            **super().settings(),
            **documents,
            "conf.py": super().settings()["conf.py"] + "newsroom_markdown_everywhere = True\n",
        }


def read_posts(folder: Path, posts: int, number: int) -> Seconds:
    """Return how long each reader takes for the posts, one after the other.

    :param folder: a folder for the sites.
    :param posts: how many posts.
    :param number: the number of the round, by which the order differs.
    """
    first = number % len(READERS)
    found: Seconds = {}
    for kind in READERS[first:] + READERS[:first]:
        shutil.rmtree(folder / kind.name, ignore_errors=True)
        site = kind(folder / kind.name, Corpus(posts=posts))
        site.write()
        taken = read_site(site)
        found[kind.name] = round(sum(seconds for name, seconds in taken.items() if name.startswith("blog/")), 3)
    return found


def read_nested(folder: Path) -> dict[str, list[float]]:
    """Return the seconds for each nested input: of some lines, of twice and of four times as many.

    :param folder: a folder for the site.
    """
    shutil.rmtree(folder / Nested.name, ignore_errors=True)
    site = Nested(folder / Nested.name)
    site.write()
    taken = read_site(site)
    return {title: [taken[f"nested-{number}-{times}"] for times in (1, 2, 4)] for number, title in enumerate(NESTED)}


def read_site(site: Newsroom | Plain) -> Seconds:
    """Read a site that was never built, and return the CPU seconds for each document.

    :param site: the site, written already.
    """
    command = [sys.executable, "-m", "benchmarks.reading", str(site.source), str(site.output)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command)} failed:\n{done.stderr}")
    seconds: Seconds = json.loads(done.stdout)
    return seconds


def time_documents(source: str, output: str) -> Seconds:
    """Read all documents in this process, and return the CPU seconds for each.

    :param source: the folder of the sources.
    :param output: a folder for what is made.
    """
    app = Sphinx(source, source, output, f"{output}/doctrees", "dirhtml", status=None, warning=None)
    read, seconds = app.builder.read_doc, {}
    gc.freeze()  # what is there by now is looked through no more

    def read_doc(docname: str, **options: Any) -> None:
        gc.collect()  # so that no document pays for another
        start = time.process_time()
        read(docname, **options)
        seconds[docname] = round(time.process_time() - start, 6)

    app.builder.read_doc = read_doc  # type: ignore[method-assign, misc] # a stopwatch around it
    app.builder.read()
    return seconds


if __name__ == "__main__":
    sys.stdout.write(json.dumps(time_documents(*sys.argv[1:])))
