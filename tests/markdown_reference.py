"""What Python-Markdown makes of a post, with its quirks taken out where readers of Material never saw them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import markdown
from bs4 import BeautifulSoup, Tag
from pymdownx.emoji import to_alt, twemoji
from pymdownx.superfences import fence_code_format

from sphinxext.newsroom.config.markdown_extensions import parse_markdown_extensions
from sphinxext.newsroom.markdown.fences import parse_fence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ICON = re.compile(r":(material|fontawesome|octicons|simple)-[\w-]+:")
FENCE = re.compile(r"(?P<before>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")
# What is not text of the post: its title, what is only drawn, and the numbers of footnotes.
UNSEEN = (
    "h1, .headerlink, script, style, .linenos, .footnote-ref, .footnote-backref, "
    ".footnote-reference, .footnote > .label, .footnote > .backrefs"
)
WORD = re.compile(r"\w+")
FOOTNOTES = "div.footnote > ol > li, aside.footnote"


class Emoji(dict[str, Any]):
    """The emoji of pymdown-extensions, and every icon that Material could have."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return what is known of an emoji or icon."""
        return {"name": "icon", "icon": True} if ICON.fullmatch(key) else super().get(key, default)


def emoji_and_icons(options: dict[str, Any], md: markdown.Markdown) -> dict[str, Any]:
    """Return the index of emoji, with the icons."""
    index = twemoji(options, md)
    return {**index, "emoji": Emoji(index["emoji"])}


def draw(*arguments: Any) -> Any:
    """Return an emoji as character, an icon as an element without text."""
    return Element("span", {"class": "icon"}) if ICON.fullmatch(arguments[1]) else to_alt(*arguments)


def python_markdown(source: str, extensions: list[Any], *, snippets: Sequence[Path] = ()) -> str:
    """Return what Python-Markdown makes of a source.

    :param source: the source.
    :param extensions: the extensions of the site, as ``mkdocs.yml`` has them.
    :param snippets: the folders with snippets.
    """
    options = {name: dict(values) for name, values in parse_markdown_extensions(extensions).options.items()}
    if "pymdownx.superfences" in options:
        options.pop("fenced_code")
        for fence in options["pymdownx.superfences"].get("custom_fences") or []:
            fence["format"] = fence_code_format
    if "pymdownx.snippets" in options:
        options["pymdownx.snippets"] |= {"base_path": [str(folder) for folder in snippets]}
    if "pymdownx.emoji" in options:
        options["pymdownx.emoji"] = {"emoji_index": emoji_and_icons, "emoji_generator": draw}
    return markdown.markdown(source, extensions=list(options), extension_configs=options)


def with_known_fences(source: str) -> str:
    """Return a source whose code blocks Python-Markdown takes for code, each with a first line that it knows.

    It would take the line that ends such a block for the beginning of another, and show prose as code from there on.

    :param source: the source.
    """
    lines, open_fence = [], ""
    for written in source.split("\n"):
        line = written
        match = FENCE.fullmatch(line)
        if match and open_fence:
            if match["marks"].startswith(open_fence) and not match["info"]:
                open_fence = ""
        elif match:
            open_fence = match["marks"]
            info = match["info"].strip()
            fence = parse_fence(info)
            if (fence is None and not info.startswith("{")) or (fence is not None and fence.unknown):
                language = info.split(maxsplit=1)[0]
                title = fence.title if fence is not None and fence.title else info
                line = f'{match["before"]}{open_fence}{language} title="{title.replace(chr(34), chr(39))}"'
        lines.append(line)
    return "\n".join(lines)


def visible_words(html: str) -> list[str]:
    """Return the words of rendered Markdown, in the order in which they are read.

    Footnotes come last, sorted: Sphinx numbers them as they are met in the text, Python-Markdown as they are defined.

    :param html: the rendered Markdown.
    """
    soup = BeautifulSoup(html, "html5lib")
    for element in soup.select(UNSEEN):
        element.decompose()
    for tabs in soup.select(".tabbed-set"):
        _labels_to_their_tabs(tabs)
    notes = sorted(WORD.findall(note.extract().get_text(" ")) for note in soup.select(FOOTNOTES))
    return WORD.findall(soup.get_text(" ")) + [word for note in notes for word in note]


def _labels_to_their_tabs(tabs: Tag) -> None:
    """Move the labels of tabs, which are grouped, before their contents."""
    content = tabs.find("div", class_="tabbed-content", recursive=False)
    labels = tabs.select(":scope > .tabbed-labels > label")
    blocks = content.find_all("div", class_="tabbed-block", recursive=False) if isinstance(content, Tag) else []
    for label, block in zip(labels, blocks, strict=False):
        block.insert(0, label)
