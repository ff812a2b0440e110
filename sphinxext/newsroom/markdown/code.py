"""Code blocks with options, annotations and snippets, and inline code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.highlighting import lexers

from sphinxext.newsroom.markdown.base import BaseRenderer
from sphinxext.newsroom.markdown.fences import Fence, parse_fence
from sphinxext.newsroom.markdown.nodes import newsroom_code

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_ANNOTATION = re.compile(r"\(\d+\)!")
_INLINE_CODE = re.compile(r"(?:#!|:::)([\w+-]+)\s+(.+)", re.DOTALL)


class CodeRenderer(BaseRenderer):
    """Renders code as pymdown-extensions writes it."""

    def render_fence(self, token: SyntaxTreeNode) -> None:
        """Render a code block with the options that its first line can have."""
        content = self.with_snippets(token.content, token)
        if token.token is not None:
            token.token.content = content
        info = token.info.strip()
        fence = parse_fence(info)
        if _is_directive(info) or (fence is None and info.startswith("{")):
            super().render_fence(token)
        elif (
            fence is not None
            and fence.language == "mermaid"
            and "sphinxcontrib.mermaid" in self.settings.app.extensions
        ):
            self.render_directive(token, "mermaid", "")
        else:
            self.current_node.append(self._code(content, fence, info, token))

    def _code(self, content: str, fence: Fence | None, info: str, token: SyntaxTreeNode) -> nodes.Element:
        title = "" if fence is None else fence.title
        shown: nodes.Node | None = None
        if fence is None or fence.unknown:
            # Python-Markdown would not take this for code at all, and show the line.
            shown = None if title else nodes.literal(info, info)
            fence = fence or Fence(language=info.split(maxsplit=1)[0])
            message = f"the code block's first line says {info!r}, which is not understood; it is shown as a title."
            self.warn_once("fence", message, token)
        language = known_language(fence.language) if fence.language else self._default_language()
        numbered = fence.first_line
        if numbered is None and self.settings.extensions.option("pymdownx.highlight", "linenums", default=False):
            numbered = 1
        annotated = _ANNOTATION.search(content) is not None
        last = content.count("\n")
        node = self.create_highlighted_code_block(
            content,
            language,
            number_lines=numbered is not None,
            lineno_start=numbered or 1,
            source=self.document["source"],
            line=token_line(token, 0) or None,
            node_cls=newsroom_code if annotated else nodes.literal_block,
            emphasize_lines=[line for line in fence.highlighted if line <= last] or None,
        )
        # What is not valid code is highlighted as far as it goes.
        node["force"] = True
        node["classes"] += fence.classes
        self.copy_attributes(token, node, ("class", "id"))
        if annotated:
            node["annotations"] = f"newsroom-note-{self.number('annotations')}"
        if fence.identifier:
            node["names"].append(nodes.fully_normalize_name(fence.identifier))
            self.document.note_explicit_target(node, node)
        if shown is None and not title:
            return node
        caption = nodes.caption(title or info, "", shown or nodes.Text(title))
        wrapper = nodes.container("", caption, node, literal_block=True, classes=["literal-block-wrapper"])
        self.add_line_and_source_path(caption, token)
        self.add_line_and_source_path(wrapper, token)
        return wrapper

    def _default_language(self) -> str:
        default = self.settings.extensions.option("pymdownx.highlight", "default_lang")
        return known_language(str(default)) if default else "text"

    def render_code_block(self, token: SyntaxTreeNode) -> None:
        """Render indented code."""
        super().render_code_block(token)
        self.last["force"] = True

    def render_highlighted_inline(self, token: SyntaxTreeNode) -> None:
        """Render code within text, highlighted if it says its language."""
        if match := _INLINE_CODE.fullmatch(token.content):
            node = nodes.literal(match[2], match[2], language=match[1], classes=["code"])
            self.add_line_and_source_path(node, token)
            self.copy_attributes(token, node, ("class", "id"))
            self.current_node.append(node)
            return
        self.render_code_inline(token)

    def render_ordered_list(self, token: SyntaxTreeNode) -> None:
        """Render a numbered list; behind annotated code it holds the texts of the annotations."""
        previous = self.last if self.current_node.children else None
        if isinstance(previous, nodes.container) and previous.get("literal_block"):
            previous = cast("nodes.Element", previous.children[-1])
        super().render_ordered_list(token)
        if isinstance(previous, newsroom_code):
            self.last["classes"].append("newsroom-annotations")
            items = [item for item in self.last.children if isinstance(item, nodes.list_item)]
            for number, item in enumerate(items, 1):
                item["ids"].append(f"{previous['annotations']}-{number}")


def known_language(name: str) -> str:
    """Return a language that code can be highlighted as, plain text if this one is not known.

    :param name: what a code block says.
    """
    return name if name in lexers else _pygments_language(name.lower())


@cache
def _pygments_language(name: str) -> str:
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return "text"
    return name


def _is_directive(info: str) -> bool:
    """Return whether a first line is MyST's: ``{name}`` with or without arguments, and no attribute list."""
    return re.match(r"\{[A-Za-z][\w:.+-]*\}", info) is not None
