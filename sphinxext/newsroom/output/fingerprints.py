"""Fingerprints of pages. :mod:`.outdated_documents` and :mod:`.site_writer` compare them with those of the last build.

Computing the fingerprints of all pages takes longer than writing a few pages. The fingerprints of the last build are therefore
stored together with one of all their inputs: if nothing has changed, none is computed; if only texts have changed, only the
parts that depend on texts.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.blog.pagination import ListPage
from sphinxext.newsroom.environment.post_references import post_objects
from sphinxext.newsroom.environment.post_source import list_documents, post_links
from sphinxext.newsroom.releases.sphinx_releases import get_releases
from sphinxext.newsroom.utils.file_records import digest_of_files
from sphinxext.newsroom.utils.files import file_stamp
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import html_builder
from sphinxext.newsroom.utils.sphinx_events import POST_CONTEXT, has_handlers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.blog.pagination import View
    from sphinxext.newsroom.environment.manifest import Manifest
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.output.blog_writer import BlogWriter


class Change(IntEnum):
    """How much has changed since the last build."""

    NOTHING = 0
    TEXTS = 1
    """Only texts of documents; no metadata of posts, no options."""
    STRUCTURE = 2


class Fingerprints:
    """The fingerprints of one build, compared with the last build."""

    def __init__(
        self,
        site: Site,
        env: BuildEnvironment,
        writers_by_page: Mapping[str, BlogWriter],
        *,
        on_every_page: str,
        card_style: Any,
    ) -> None:
        """Compare all inputs with those of the last build.

        :param site: the site, its index complete.
        :param env: the environment, all documents read.
        :param writers_by_page: the writer of each page of a blog.
        :param on_every_page: a value that changes with the content of every page.
        :param card_style: the settings of social cards, as plain data.
        """
        self._site, self._env, self._writers_by_page = site, env, writers_by_page
        self.on_every_page, self._card_style = on_every_page, card_style
        """:attr:`on_every_page` changes with the content of every page."""
        self.inputs = ""
        """Fingerprint of everything that is known without texts."""
        self._post_fingerprints: dict[str, str] = {}
        self.change = self._compare(site.manifest)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has changed since the last build, and it had no problems."""
        return self.change is Change.NOTHING

    def record_state(self) -> None:
        """Record that documents are written, possibly for Sphinx's own reasons, because pages that show parts of them may change."""
        self.change = max(self.change, Change.TEXTS)

    def kept(self, files: dict[str, str]) -> dict[str, str]:
        """Return what is still known of the files that pages show, besides what this build has looked for.

        :param files: the stamps of the last build.
        """
        return {} if self.change is Change.STRUCTURE else files

    def _compare(self, manifest: Manifest) -> Change:
        site, env = self._site, self._env
        # The introduction of a list sets its title.
        heads = sorted(
            (name, env.all_docs.get(name))
            for name in self._writers_by_page.keys() & env.found_docs - site.blog.by_docname.keys()
        )
        titles = [(name, env.titles[name].astext()) for name in site.blog.by_docname if name in env.titles]
        # A handler can put in anything, whatever else is the same.
        handled = site.blog.by_docname if has_handlers(site.app, POST_CONTEXT) else {}
        inputs = [
            *site.inputs,
            [
                self._writers_by_page[name].pages.posts.summary(site.blog.posts[key])
                for name, keys in handled.items()
                for key in keys
            ],
            sorted(env.found_docs),
            heads,
            titles,
            post_objects(env, sorted(site.planned)),
            get_releases(site.app).inputs,
            self.on_every_page,
            self._card_style,
        ]
        previous = manifest.inputs, manifest.texts
        # The manifest omits it if there was a problem.
        manifest.inputs = self.inputs = fingerprint(inputs)
        manifest.texts = fingerprint([sorted(env.all_docs.items()), site.stamps])
        if previous[0] != manifest.inputs or any(
            file_stamp(site.srcdir / path) != stamp for path, stamp in manifest.files.items()
        ):
            return Change.STRUCTURE
        return Change.NOTHING if previous[1] == manifest.texts else Change.TEXTS

    # -- Documents

    def of_document(self, docname: str) -> str:
        """Return a value that changes whenever a document shows different data of posts, except an added list.

        :param docname: the document.
        """
        manifest = self._site.manifest
        if self.is_unchanged or (self.change is Change.TEXTS and not self._depends_on_others(docname)):
            return manifest.previous.get(docname, "")
        return fingerprint(self._shown(docname))

    def _depends_on_others(self, docname: str) -> bool:
        """Return whether a document shows the title or text of another document."""
        blog = self._site.blog
        return (
            docname in list_documents(self._env)
            or docname in post_links(self._env)
            or any(self._leads_elsewhere(blog.posts[key]) for key in blog.by_docname.get(docname, ()))
        )

    def _leads_elsewhere(self, post: Post) -> bool:
        """Return whether the page of a post names other pages outside its text."""
        front_matter, options = post.front_matter, self._site.section_with(post).options
        return bool(front_matter.links or front_matter.superseded_by or options.post_mentions)

    def _shown(self, docname: str) -> list[str]:
        env = self._env
        parts = [self._of_post(docname)] if docname in self._site.blog.by_docname else []
        if docname in list_documents(env):
            # The list of a directive can show any data of any post, including its text.
            parts.append(self._of_all_posts)
        # A link without text shows the title of its post.
        linked = post_links(env).get(docname, {}).values()
        return parts + [env.titles[target].astext() for target in linked if target in env.titles]

    @cached_property
    def _of_all_posts(self) -> str:
        read = self._env.all_docs
        return fingerprint([self.inputs, sorted((name, read.get(name)) for name in self._site.blog.by_docname)])

    def _of_post(self, docname: str) -> str:
        if docname not in self._post_fingerprints:
            pages, blog = self._writers_by_page[docname].pages, self._site.blog
            shown = [pages.posts.page(blog.posts[key]) for key in blog.by_docname[docname]]
            self._post_fingerprints[docname] = fingerprint(shown)
        return self._post_fingerprints[docname]

    # -- Lists and feeds: what is known without texts, and the texts

    def of_view(self, view: View, head_feeds: Any) -> str:
        """Return a value that changes whenever the page of a list changes; requires that all posts are written.

        :param view: the page.
        :param announced: the feeds in its head.
        """
        manifest, pagename = self._site.manifest, view.pagename
        previous = manifest.previous.get(pagename, "")
        if self.is_unchanged and previous:
            return previous
        blog_writer = self._writers_by_page[pagename]

        def inputs() -> list[Any]:
            return [blog_writer.lists.fingerprint_inputs(view), head_feeds]

        digests = [manifest.rendered_posts.get(key, "") for key in view.posts] if isinstance(view, ListPage) else []
        texts: list[Any] = [
            digests,
            blog_writer.renderer.repeated_intro(view),
            self._shown(pagename),
            self.on_every_page,
        ]
        if blog_writer.renderer.own_template(view):
            # It can show any data of any post.
            texts += [self._of_all_posts, sorted(manifest.rendered_posts.items())]
        return self.combine(pagename, inputs, texts)

    def combine(self, name: str, inputs: Any, texts: Any) -> str:
        """Return the fingerprint of everything known without texts, reused if possible, and of the texts.

        :param name: what is shown there.
        :param inputs: gives plain data.
        :param texts: plain data.
        """
        kept, dash, _of_texts = self._site.manifest.previous.get(name, "").partition("-")
        known = kept if dash and self.change is not Change.STRUCTURE else fingerprint(inputs())
        return f"{known}-{fingerprint(texts)}"


def fingerprint_of_site(app: Sphinx, ours: AbstractSet[str]) -> str:
    """Return a value that changes whenever all pages of the site change: navigation, theme, templates.

    :param app: the application.
    :param ours: the pages of blogs, which are in the navigation only as the current page.
    """
    env, config = app.env, app.config
    # Sphinx's own fingerprint of options: the same in every process, whatever kind of values they have.
    builder = html_builder(app)
    build_info = type(builder.build_info)(config, app.tags, frozenset({"env", "html"}))
    includes = {
        name: [child for child in children if child not in ours or child in env.files_to_rebuild]
        for name, children in sorted(env.toctree_includes.items())
    }
    in_toctree = sorted({config.root_doc, *(child for children in includes.values() for child in children)})
    return fingerprint(
        [
            [(name, env.titles[name].astext()) for name in in_toctree if name in env.titles],
            [(name, children) for name, children in includes.items() if children],
            [build_info.config_hash, build_info.tags_hash],
            # Packages that are installed again have newer templates, which may be the same.
            digest_of_files(builder.templates.pathchain, suffix=".html"),
        ]
    )
