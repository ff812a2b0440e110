"""Cut the excerpt from a post while its page is rendered, by our rules or ABlog's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import html as lxml_html
from sphinx.util.docutils import new_document

from sphinxext.newsroom.excerpts.rendered_post import build_rendered_post
from sphinxext.newsroom.excerpts.sphinx_excerpt_from_doctree import excerpt_rule, transplant
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.html import text_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.models import Post


class RenderedPostBuilder:
    """Builds the rendered posts of one blog."""

    def __init__(self, app: Sphinx, options: Options) -> None:
        """Prepare for an application.

        :param app: the application.
        :param options: the options of the blog.
        """
        self._app, self._options = app, options

    def make(self, post: Post, body: str, *, title: str) -> RenderedPost:
        """Return the cached data of a post.

        :param post: the post.
        :param body: its page, which may hold others, as HTML.
        :param title: its title as HTML.
        """
        page_url = self._app.builder.get_target_uri(post.docname) + (f"#{post.anchor}" if post.anchor else "")
        if post.anchor:
            body = _section_html(body, post.anchor)
        options = self._options
        rule = excerpt_rule(self._app, options, post)
        rendered_post = build_rendered_post(
            body,
            title=title,
            page_url=page_url,
            unique=fingerprint(post.key)[:8],
            separator=rule.separator,
            paragraphs=rule.paragraphs,
            image=rule.image,
            words_per_minute=options.post_readtime_words_per_minute,
            count_title=not post.insert_heading,
        )
        if rule.from_directive is not None and not rendered_post.marked:
            rendered_post = self._with_excerpt(rendered_post, rule.from_directive, post, page_url)
        return rendered_post

    def _with_excerpt(
        self, rendered_post: RenderedPost, excerpt: list[nodes.Node], post: Post, page_url: str
    ) -> RenderedPost:
        """Return a rendered post with the excerpt that ABlog's directive gives, which need not be in the text."""
        builder = self._app.builder
        document = new_document("")
        document += transplant(self._app, excerpt, source=post.docname, target=post.docname)
        self._app.env.resolve_references(document, post.docname, builder)
        body = "".join(builder.render_partial(node)["fragment"] for node in document.children)  # type: ignore[attr-defined]
        shown = build_rendered_post(body, title="", page_url=page_url, unique=fingerprint(post.key)[:8])
        rest = text_of(rendered_post.body).removeprefix(text_of(rendered_post.title))
        more = text_of(shown.excerpt) != rest.strip()
        return replace(
            rendered_post, excerpt=shown.excerpt, more=more, description=shown.description or rendered_post.description
        )


def _section_html(body: str, anchor: str) -> str:
    """Return the part of a page that is one post."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    found = root.xpath("//*[@id=$anchor]", anchor=anchor)
    return lxml_html.tostring(found[0], encoding="unicode", with_tail=False) if found else ""
