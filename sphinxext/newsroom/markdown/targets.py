"""References to other files: images, links, and raw HTML tags."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from myst_parser.mdit_to_docutils.base import REGEX_SCHEME
from sphinx import addnodes

from sphinxext.newsroom.markdown.base import BaseRenderer
from sphinxext.newsroom.markdown.media import divide_html, find_document, find_file, path_of
from sphinxext.newsroom.markdown.nodes import newsroom_autoref, newsroom_media
from sphinxext.newsroom.utils.files import is_regular

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.tree import SyntaxTreeNode

_VARIANTS: Mapping[str, str] = {
    "only-dark": "only-dark",
    "only-light": "only-light",
    "gh-dark-mode-only": "only-dark",
    "gh-light-mode-only": "only-light",
}
_FILES = re.compile(r"\b(?:src|poster|href)\s*=", re.IGNORECASE)
# Attributes of images that docutils has a place for, where it can read their values.
_LENGTH = re.compile(r"\d+(?:\.\d+)?(?:px|em|ex|in|cm|mm|pt|pc|rem|vw|vh)?")
_OF_IMAGES = ("class", "id", "title", "align", "src", "alt", "w", "h", "a")


class TargetRenderer(BaseRenderer):
    """Renders images and links to files, and to URLs as seen from the page."""

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        """Render raw HTML, with the files that it shows."""
        content = self.with_snippets(token.content, token)
        if not _FILES.search(content):
            if token.token is not None:
                token.token.content = content
            before = len(self.current_node)
            super().render_html_block(token)
            self._note_raw(before)
            return
        parts = divide_html(self.sphinx_env, content)
        for part in parts:
            self.add_line_and_source_path(part, token)
        before = len(self.current_node)
        self.current_node.extend(parts)
        self._note_raw(before)

    def render_html_inline(self, token: SyntaxTreeNode) -> None:
        """Render raw HTML within text."""
        before = len(self.current_node)
        super().render_html_inline(token)
        self._note_raw(before)

    def _note_raw(self, begin: int) -> None:
        """Let other formats than HTML find raw HTML of posts."""
        for node in self.current_node.children[begin:]:
            if isinstance(node, nodes.raw):
                node["newsroom"] = True

    # -- Images and links

    def render_image(self, token: SyntaxTreeNode) -> None:
        """Render an image; its path can have spaces, be a URL as seen from the page, and say for which scheme it is."""
        source = str(token.attrGet("src") or "")
        path, _, fragment = source.partition("#")
        if variant := _VARIANTS.get(fragment):
            source = path
            token.attrs["class"] = f"{token.attrs.get('class', '')} {variant}".strip()
        if not REGEX_SCHEME.match(source) and (file := find_file(self.sphinx_env, source)) is not None:
            source = f"/{file}"
        token.attrs["src"] = source
        extra: dict[str, str] = {}
        for name in list(token.attrs):
            value = str(token.attrs[name])
            is_length = name in {"width", "height"} and (
                _LENGTH.fullmatch(value) or (name == "width" and _LENGTH.fullmatch(value.removesuffix("%")))
            )
            if name in _OF_IMAGES and (name != "align" or value in {"left", "center", "right"}):
                continue
            if not is_length:
                extra[name] = value
                del token.attrs[name]
        if title := token.attrs.get("title"):
            extra["title"] = str(title)
        super().render_image(token)
        image = self.last
        if "width" in image or "height" in image:
            # Material does not link an image to itself.
            image["classes"].append("no-scaled-link")
        if extra:
            media = newsroom_media("", **image.attributes)
            media["attributes"] = extra
            media.source, media.line = image.source, image.line
            self.current_node.replace(image, media)

    def render_link_url(self, token: SyntaxTreeNode, conversion: Any = None) -> None:
        """Render a link to a URL; its text is shown unchanged, even if the theme would shorten it."""
        super().render_link_url(token, conversion)
        link = self.last
        if len(link.children) == 1 and link.children[0] == link.get("refuri"):
            shown = nodes.inline("", "", *link.children)
            link.clear()
            link += shown

    def render_link_unknown(self, token: SyntaxTreeNode) -> None:
        """Render a link to a file or page of the site."""
        target = str(token.attrGet("href") or "")
        path, _, fragment = target.partition("#")
        env = self.sphinx_env
        candidate = path_of(env, unquote(path))
        if not path or (candidate is not None and is_regular(candidate)):
            super().render_link_unknown(token)
        elif (docname := find_document(env, path)) is not None:
            xref = addnodes.pending_xref(
                refdomain="doc",
                reftarget=docname,
                reftargetid=unquote(fragment) or None,
                refdoc=env.docname,
                reftype="myst",
                refexplicit=True,
            )
            self._process_wrap_node(xref, token, True, ["xref", "myst"], path)
        elif (file := find_file(env, path)) is not None:
            token.attrs["href"] = f"/{file}" + (f"#{fragment}" if fragment else "")
            super().render_link_unknown(token)
        elif posixpath.basename(path) == "":
            # A URL without document: a list, or another site on this server.
            self.render_link_url(token)
        else:
            # MyST would ask pathlib for the file once more, which raises an error for some names.
            xref = addnodes.pending_xref(
                refdomain=None, reftarget=unquote(target), refdoc=env.docname, reftype="myst", refexplicit=True
            )
            self._process_wrap_node(xref, token, True, ["xref", "myst"], path)

    def render_autoref(self, token: SyntaxTreeNode) -> None:
        """Render ``[text][package.object]``."""
        text = newsroom_autoref("", behind=token.meta["behind"])
        xref = addnodes.pending_xref(
            "",
            refdomain="",
            reftype="any",
            reftarget=token.meta["target"],
            refdoc=self.sphinx_env.docname,
            refexplicit=True,
            refwarn=False,
        )
        self.add_line_and_source_path(xref, token)
        with self.current_node_context(xref, append=True):
            self.render_into(text, token)

    def _process_wrap_node(
        self, wrap_node: nodes.Element, token: SyntaxTreeNode, explicit: bool, classes: list[str], path_dest: str
    ) -> None:
        # Resolving the reference preserves only the classes of the text inside.
        own = str(token.attrs.get("class", "")).split()
        super()._process_wrap_node(wrap_node, token, explicit, [*classes, *own], path_dest)
