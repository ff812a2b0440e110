"""Render tokens to nodes where MyST's renderer has no support or differs from Material."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from myst_parser.mdit_to_docutils.base import token_line

from sphinxext.newsroom.markdown.code import CodeRenderer
from sphinxext.newsroom.markdown.icons import find_icon, icon_font, icon_sign, icon_words
from sphinxext.newsroom.markdown.nodes import (
    newsroom_details,
    newsroom_element,
    newsroom_icon,
    newsroom_inline,
    newsroom_summary,
    newsroom_tab,
    newsroom_tab_title,
    newsroom_tabs,
)
from sphinxext.newsroom.markdown.page_targets import TABS
from sphinxext.newsroom.markdown.targets import TargetRenderer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.tree import SyntaxTreeNode

    from sphinxext.newsroom.config.markdown_extensions import MarkdownExtensions
    from sphinxext.newsroom.markdown.syntax_hints import Presence

# The kinds of admonition that themes for Sphinx know, by those that only Material's has.
_LIKE: Mapping[str, str] = {
    "abstract": "seealso",
    "summary": "seealso",
    "tldr": "seealso",
    "info": "note",
    "todo": "note",
    "success": "tip",
    "check": "tip",
    "done": "tip",
    "question": "hint",
    "help": "hint",
    "faq": "hint",
    "failure": "danger",
    "fail": "danger",
    "missing": "danger",
    "bug": "danger",
    "example": "note",
    "quote": "note",
    "cite": "note",
}
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


class PostRenderer(CodeRenderer, TargetRenderer):
    """MyST's renderer, with what Python-Markdown and its extensions have besides."""

    def prepare(self, presence: Presence, extensions: MarkdownExtensions) -> None:
        """Look for what is rare only in a document that has it: each paragraph and each text is asked.

        :param presence: what the document may hold.
        :param extensions: the site's extensions.
        """
        rules: dict[str, Any] = self.rules
        if "nl2br" in extensions:
            rules["render_softbreak"] = self.render_hardbreak
        if "attr_list" in extensions and presence.has("{"):
            rules["render_em"] = self.render_em_with_attributes
            rules["render_strong"] = self.render_strong_with_attributes
        if "pymdownx.inlinehilite" in extensions and presence.has("#!", ":::"):
            rules["render_code_inline"] = self.render_highlighted_inline
        if presence.matches(_MACRO):
            rules["render_text"] = self._render_text_with_macros
        if presence.has(_toc_marker(extensions)):
            rules["render_paragraph"] = self._render_contents

    def _render_text_with_macros(self, token: SyntaxTreeNode) -> None:
        if match := _MACRO.search(token.content):
            message = f"{match[0]} is a macro, and macros are not supported; it is shown unchanged."
            self.warn_once("macro", message, token)
        self.render_text(token)

    def _render_contents(self, token: SyntaxTreeNode) -> None:
        """Render a paragraph, or the table of contents that it requests."""
        content = token.children[0].content if token.children else ""
        if content.strip() == _toc_marker(self.settings.extensions):
            self.nested_render_text("```{contents}\n:local:\n```", token_line(token, 0))
        else:
            self.render_paragraph(token)

    # -- Admonitions

    def render_admonition(self, token: SyntaxTreeNode) -> None:
        """Render ``!!! note``."""
        node = nodes.admonition("", classes=_admonition_classes(token.meta["classes"]))
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_admonition_title(self, token: SyntaxTreeNode) -> None:
        """Render the title of an admonition."""
        self.render_into(nodes.title(_source(token)), token)

    def render_folded(self, token: SyntaxTreeNode) -> None:
        """Render ``??? note``."""
        classes = ["admonition", "newsroom-details", *_admonition_classes(token.meta["classes"])]
        node = newsroom_details("", classes=classes, open=token.meta["open"])
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    def render_folded_title(self, token: SyntaxTreeNode) -> None:
        """Render what is seen of a folded admonition."""
        self.render_into(newsroom_summary(_source(token)), token)

    # -- Tabs

    def render_tab_set(self, token: SyntaxTreeNode) -> None:
        """Render content tabs; with sphinx-design as its tabs."""
        tabs = token.children
        selected = next((i for i, tab in enumerate(tabs) if tab.meta["selected"]), 0)
        designed = "sphinx_design" in self.settings.app.extensions
        number = self.number("tabs")
        node: nodes.Element
        if designed:
            node = nodes.container("", is_div=True, design_component="tab-set", classes=["sd-tab-set"])
        else:
            node = newsroom_tabs()
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            for index, tab in enumerate(tabs):
                chosen = index == selected
                if designed:
                    self._render_designed_tab(tab, chosen)
                else:
                    self._render_tab(tab, chosen, f"newsroom-tabs-{number}", index + 1)

    def _render_tab(self, token: SyntaxTreeNode, selected: bool, tab_set: str, number: int) -> None:
        tab = newsroom_tab("", selected=selected, set=tab_set, tab=f"{tab_set}-{number}")
        content = newsroom_element("", tag="div", attributes={}, classes=["newsroom-tab"])
        self._fill_tab(token, tab, newsroom_tab_title(_source(token.children[0])), content)

    def _render_designed_tab(self, token: SyntaxTreeNode, selected: bool) -> None:
        tab = nodes.container(
            "", is_div=True, design_component="tab-item", classes=["sd-tab-item"], has_title=True, selected=selected
        )
        content = nodes.container("", is_div=True, design_component="tab-content", classes=["sd-tab-content"])
        self._fill_tab(token, tab, nodes.rubric(_source(token.children[0]), classes=["sd-tab-label"]), content)

    def _fill_tab(
        self, token: SyntaxTreeNode, tab: nodes.Element, title: nodes.Element, content: nodes.Element
    ) -> None:
        tab[TABS] = token.meta["extension"]
        self.add_line_and_source_path(tab, token)
        heading, *rest = token.children
        with self.current_node_context(tab, append=True):
            self.render_into(title, heading)
            with self.current_node_context(content, append=True):
                for child in rest:
                    self.rules[f"render_{child.type}"](child)

    # -- HTML

    def render_html_element(self, token: SyntaxTreeNode) -> None:
        """Render ``<div markdown>``."""
        attributes = dict(token.meta["attributes"])
        node = newsroom_element("", tag=token.meta["tag"], attributes=attributes)
        self.add_line_and_source_path(node, token)
        with self.current_node_context(node, append=True):
            self.render_children(token)

    # -- Text

    def render_hr(self, token: SyntaxTreeNode) -> None:
        """Render a horizontal rule; unlike docutils' transitions, it may be anywhere."""
        self.current_node.append(nodes.raw("", "<hr />\n", format="html"))
        self.current_node.append(nodes.raw("", "\n\n\\bigskip\\hrule\\bigskip\n\n", format="latex"))

    def render_mark(self, token: SyntaxTreeNode) -> None:
        """Render ``==marked==``."""
        self._render_inline("mark", token)

    def render_insert(self, token: SyntaxTreeNode) -> None:
        """Render ``^^inserted^^``."""
        self._render_inline("ins", token)

    def render_delete(self, token: SyntaxTreeNode) -> None:
        """Render ``~~deleted~~``."""
        self._render_inline("del", token)

    def render_comment(self, token: SyntaxTreeNode) -> None:
        """Render ``{>>a comment<<}``."""
        node = newsroom_inline("", tag="span", attributes={}, classes=["critic", "comment"])
        self.render_into(node, token)

    def render_superscript(self, token: SyntaxTreeNode) -> None:
        """Render ``x^2^``."""
        self.render_into(nodes.superscript(), token)

    def render_subscript(self, token: SyntaxTreeNode) -> None:
        """Render ``H~2~O``."""
        self.render_into(nodes.subscript(), token)

    def render_em_with_attributes(self, token: SyntaxTreeNode) -> None:
        """Render emphasis, with its attributes."""
        self.render_em(token)
        self.copy_attributes(token, self.last, ("class", "id"))

    def render_strong_with_attributes(self, token: SyntaxTreeNode) -> None:
        """Render strong text, with its attributes."""
        self.render_strong(token)
        self.copy_attributes(token, self.last, ("class", "id"))

    def render_keys(self, token: SyntaxTreeNode) -> None:
        """Render ``++ctrl+c++``."""
        group = newsroom_inline("", tag="span", attributes={}, classes=["keys"])
        for index, (name, text) in enumerate(token.meta["keys"]):
            if index:
                group += newsroom_inline("", nodes.Text(token.meta["separator"]), tag="span", attributes={})
            group += newsroom_inline("", nodes.Text(text), tag="kbd", attributes={}, classes=[name] if name else [])
        self.add_line_and_source_path(group, token)
        self.copy_attributes(token, group)
        self.current_node.append(group)

    def render_abbreviation(self, token: SyntaxTreeNode) -> None:
        """Render an abbreviation with its meaning."""
        with self.current_node_context(nodes.abbreviation(explanation=token.meta["meaning"]), append=True):
            self.render_children(token)

    def render_emoji(self, token: SyntaxTreeNode) -> None:
        """Render an emoji as the character that it is."""
        self.current_node.append(nodes.Text(token.content))

    def render_icon(self, token: SyntaxTreeNode) -> None:
        """Render an icon."""
        name = token.meta["name"]
        node = newsroom_icon("", words=icon_words(name), sign=icon_sign(name))
        node["drawing"] = find_icon(name, self.settings.icon_folders)
        node["font"] = icon_font(name)
        self.add_line_and_source_path(node, token)
        self.copy_attributes(token, node)
        self.current_node.append(node)

    def render_unknown_block(self, token: SyntaxTreeNode) -> None:
        """Say that a block between slashes is none that is known."""
        name = token.meta["name"]
        message = f"/// {name} is not a block of the enabled extensions; it is shown unchanged."
        self.warn_once(f"block {name}", message, token)

    def render_snippet_missing(self, token: SyntaxTreeNode) -> None:
        """Say that a snippet is not put in."""
        self.warn_missing(token.content, token, token.meta["refusal"])

    def render_list_item(self, token: SyntaxTreeNode) -> None:
        """Render an item of a list, which can have a box to tick."""
        super().render_list_item(token)
        for paragraph in self.last.children[:1]:
            for box in paragraph.children[:1]:
                if isinstance(box, nodes.raw):
                    box["newsroom"] = True
                    if "checked" in token.meta:
                        _name_box(box)

    def render_table_row(self, token: SyntaxTreeNode) -> None:
        """Render a row of a table, its cells with their attributes."""
        super().render_table_row(token)
        for cell, entry in zip(token.children, self.last.children, strict=True):
            self.copy_attributes(cell, cast("nodes.Element", entry))

    def _render_inline(self, tag: str, token: SyntaxTreeNode) -> None:
        self.render_into(newsroom_inline("", tag=tag, attributes={}), token)


def _name_box(box: nodes.raw) -> None:
    """Label the checkbox of a task with its text, for screen readers."""
    words = "".join(text for text in box.parent.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    box[0] = nodes.Text(box.astext().replace(" ", f' aria-label="{escape(words)}" ', 1))


def _source(token: SyntaxTreeNode) -> str:
    """Return the Markdown of a title, which is what translators see."""
    return token.children[0].content if token.children else ""


def _toc_marker(extensions: MarkdownExtensions) -> str:
    return str(extensions.option("toc", "marker", "[TOC]")) or "[TOC]"


def _admonition_classes(classes: list[str]) -> list[str]:
    like = [_LIKE[classes[0]]] if classes and classes[0] in _LIKE else []
    return [nodes.make_id(name) or "admonition-other" for name in [*like, *classes]]
