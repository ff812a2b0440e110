"""The order in which documents are written: those that show excerpts come after the posts whose excerpts they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.pagination import ListPage
from sphinxext.newsroom.directives.post_list import listed_posts, queries
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_builders import html_builder, resolved_doctree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.excerpts.rendered_post import RenderedPost
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.output.blog_writer import BlogWriter


class WriteOrder:
    """Writes documents, and ensures that their excerpts are cached for other pages."""

    def __init__(
        self, app: Sphinx, site: Site, writers_by_page: Mapping[str, BlogWriter], views: Mapping[str, View]
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site, the index complete.
        :param owners: which part writes a page of a blog.
        :param views: the pages of lists.
        """
        self._app, self._site, self._writers_by_page, self._views = app, site, writers_by_page, views
        self._sound: set[str] = set()
        """Documents whose rendered posts are known to be stored."""

    def groups(self, docnames: AbstractSet[str]) -> list[AbstractSet[str]]:
        """Return documents in groups, each to be written after those before it.

        :param docnames: the documents.
        """
        listings = queries(self._app.env).keys() & docnames
        views = docnames & self._views.keys()
        # A post with a list in it has an excerpt itself, which others show.
        posts = listings & self._site.blog.by_docname.keys()
        return [group for group in (docnames - views - listings, posts, (views | listings) - posts) if group]

    def begin(self, group: AbstractSet[str], docnames: AbstractSet[str]) -> None:
        """Have everything ready that a group of documents shows.

        :param group: the documents.
        :param docnames: all that are written in this build.
        """
        self._sound |= docnames
        for docname in group & (self._views.keys() | queries(self._app.env).keys()):
            self.ensure_rendered(docname)

    def record_written(self, docnames: AbstractSet[str]) -> None:
        """Look at what was written, by other processes perhaps.

        :param docnames: the documents.
        """
        self._site.rendered_posts.forget()
        blog, manifest = self._site.blog, self._site.manifest
        for docname in docnames:
            for key in blog.by_docname.get(docname, ()):
                if (rendered_post := self._site.rendered_posts.load(docname).get(key)) is not None:
                    manifest.rendered_posts[key] = rendered_post.digest
                    self._check_excerpt(blog.posts[key], rendered_post)
        manifest.rendered_posts = {key: digest for key, digest in manifest.rendered_posts.items() if key in blog.posts}

    def _check_excerpt(self, post: Post, rendered_post: RenderedPost) -> None:
        """Report a post without excerpt marker, if its blog requires one."""
        options = self._writers_by_page[post.docname].section.options
        is_ours = post.docname in self._site.project.permalinks
        if options.post_excerpt == "required" and is_ours and not rendered_post.marked:
            marker = options.post_excerpt_separator
            message = f"the post has no excerpt marker; expected {marker!r} after its first lines"
            self._site.reporter.report([Problem(subtype=Subtype.EXCERPT, message=message, path=post.path)])

    def ensure_rendered(self, pagename: str) -> None:
        """Ensure that all posts on a page are cached in their current state before it is written.

        :param pagename: the page.
        """
        view = self._views.get(pagename)
        if view is not None and self._writers_by_page[pagename].renderer.own_template(view):
            self.ensure_posts_rendered(self._site.blog.posts)
        elif isinstance(view, ListPage):
            self.ensure_posts_rendered(view.posts)
        if pagename in queries(self._app.env):
            self.ensure_posts_rendered(listed_posts(self._app, pagename))

    def ensure_posts_rendered(self, keys: Iterable[str]) -> None:
        """Write posts again whose cached data is missing or damaged, before they are shown.

        :param keys: the posts.
        """
        posts, rendered_posts = self._site.blog.posts, self._site.rendered_posts
        for docname in dict.fromkeys(posts[key].docname for key in keys):
            if docname not in self._sound:
                self._sound.add(docname)
                if not rendered_posts.load(docname):
                    self.write(docname)
                    rendered_posts.forget()

    def ensure_intro_rendered(self, view: View) -> None:
        """Write the first page of a list again if its introduction, which later pages repeat, is not cached.

        :param view: a page of a list.
        """
        first = self._writers_by_page[view.pagename].renderer.intro_document(view)
        if first and self._site.rendered_posts.load_intro(first) is None:
            self.write(first)

    def write(self, docname: str) -> None:
        """Write a document that Sphinx does not write.

        :param docname: the document.
        """
        builder = html_builder(self._app)
        doctree = resolved_doctree(self._app, docname)
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)
