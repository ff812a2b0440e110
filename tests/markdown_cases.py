"""The constructs of Material's Markdown, each with a source and the HTML that a post shows for it.

The files in ``cases/markdown`` are written like the examples of the CommonMark specification: a heading, then the source
and the HTML with a dot between. ``python -m tests.markdown_cases`` writes the HTML again, to be read before it is stored.
An example whose words differ from those of Python-Markdown says so.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.conftest import INDEX, Site
from tests.markdown_reference import visible_words

FOLDER = Path(__file__).parent / "cases" / "markdown"
FENCE = "`" * 32
EXTENSIONS: list[Any] = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": True}},
    {"pymdownx.arithmatex": {"generic": True}},
    "pymdownx.betterem",
    *(f"pymdownx.blocks.{name}" for name in ("admonition", "caption", "definition", "details", "html")),
    {"pymdownx.blocks.tab": {"alternate_style": True}},
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    {"pymdownx.snippets": {"base_path": ["includes"]}},
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    "pymdownx.tilde",
    "wikilinks",
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>\n'
# What the sources refer to.
FILES: dict[str, str | bytes | None] = {
    "blog/posts/logo.svg": SVG,
    "blog/posts/group photo.svg": SVG,
    "blog/posts/other.md": "---\ndate: 2024-06-19\n---\n\n# Other\n\n## Dates\n",
    "includes/snippet.txt": "From *elsewhere*.\n",
    "includes/code.py": "x = 0\n# --8<-- [start:part]\nx = 1\n# --8<-- [end:part]\n",
    "../outside.txt": "secret",
}
_EXAMPLE = re.compile(
    rf"^## ([^\n]+)\n\n{FENCE} example( differs)?\n(.*?)\n\.\n(.*?){FENCE}$", re.MULTILINE | re.DOTALL
)
# Classes of Sphinx and docutils, which say nothing of the construct.
_NOISE = re.compile(
    r"docutils|literal|notranslate|reference|internal|external|simple|std\S*|arabic|xref|row-\S+|nohighlight|head|myst"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One example."""

    file: str
    title: str
    source: str
    expected: str
    differs: bool
    """Whether Python-Markdown shows other words."""

    @property
    def name(self) -> str:
        """Its name in URLs and messages."""
        return re.sub(r"\W+", "-", f"{self.file} {self.title}".lower()).strip("-")

    @property
    def digest(self) -> str:
        """What tells whether a picture is of this source."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:16]


def read_cases() -> list[Case]:
    """Return all examples."""
    return [
        Case(file=file.stem, title=title, source=source, expected=expected.strip(), differs=bool(differs))
        for file in sorted(FOLDER.glob("*.md"))
        for title, differs, source, expected in _EXAMPLE.findall(file.read_text(encoding="utf-8"))
    ]


def site_of(cases: list[Case]) -> dict[str, str | bytes | None]:
    """Return the files of a site with a post for each example.

    :param cases: the examples.
    """
    posts: dict[str, str | bytes | None] = {
        f"blog/posts/{case.name}.md": f"---\ndate: 2024-06-18\nslug: {case.name}\n---\n\n# Example\n\n{case.source}\n"
        for case in cases
    }
    return {"conf.py": "", "index.md": INDEX, **FILES, **posts}


def content_of(page: str) -> Tag:
    """Return what a post shows, without its title.

    :param page: the HTML of its page.
    """
    body = BeautifulSoup(page, "html5lib").select_one(".e-content")
    assert isinstance(body, Tag)
    for element in body.select("h1, .headerlink"):
        element.decompose()
    if (section := body.find("section")) is not None:
        section.unwrap()
    return body


def simplify(content: Tag) -> str:
    """Return HTML without what Sphinx adds to any document.

    :param content: what a post shows.
    """
    for block in content.select("div.highlight"):
        pre, wrapper = block.find("pre"), block.parent
        assert isinstance(pre, Tag)
        assert isinstance(wrapper, Tag)
        pre["class"] = " ".join(name for name in _classes(wrapper) if name != "notranslate")
        wrapper.replace_with(pre)
    for element in content.find_all(True):
        if classes := [name for name in _classes(element) if not _NOISE.fullmatch(name)]:
            element["class"] = " ".join(classes)
        else:
            del element["class"]
    for span in content.find_all("span"):
        in_code = span.find_parent(["pre", "code"]) and not {"hll", "linenos"} & set(_classes(span))
        if not span.find_parent(class_="keys") and (in_code or not span.attrs):
            span.unwrap()
    return re.sub(r"\n\s*\n+", "\n", content.decode_contents(formatter="minimal").strip())


def _classes(element: Tag) -> list[str]:
    value = element.get("class") or ""
    return value.split() if isinstance(value, str) else list(value)


def words(html: str) -> Counter[str]:
    """Return how often each word is seen.

    :param html: rendered Markdown.
    """
    return Counter(visible_words(html))


def main() -> None:
    """Write what the examples show now."""
    cases = read_cases()
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder=Path(folder), conf={"newsroom_markdown_extensions": EXTENSIONS})
        site.write(site_of(cases)).build()
        shown = {case: simplify(content_of(site.text(f"blog/2024/06/18/{case.name}"))) for case in cases}
    for file in sorted(FOLDER.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for case in cases:
            if case.file == file.stem:
                head = f"## {case.title}\n\n{FENCE} example{' differs' * case.differs}\n{case.source}\n.\n"
                begin = text.index(head) + len(head)
                text = text[:begin] + shown[case] + "\n" + text[text.index(FENCE, begin) :]
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
