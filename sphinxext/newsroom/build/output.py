"""While Sphinx writes: which pages have to be written, in which order, and which files are left over."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinxext.newsroom.build.ablog import fill_blog
from sphinxext.newsroom.build.builders import html_builder, makes_pages
from sphinxext.newsroom.build.files import Files, feed_path
from sphinxext.newsroom.build.pages import Pages
from sphinxext.newsroom.build.reading import list_documents
from sphinxext.newsroom.build.records import fingerprint
from sphinxext.newsroom.build.rendering import Renderer
from sphinxext.newsroom.build.warnings import warn
from sphinxext.newsroom.core.redirects import build_redirects
from sphinxext.newsroom.core.views import ListPage, build_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.models import Post
    from sphinxext.newsroom.core.views import Overview


class Output:
    """Writes the blog of one build."""

    # What a theme shows of pages that are not documents.
    PAGE_DEFAULTS: ClassVar[Mapping[str, Any]] = {"parents": [], "toc": "", "display_toc": False, "sourcename": ""}

    def __init__(self, app: Sphinx, site: Site) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        """
        self.app, self.site = app, site
        self.views: dict[str, ListPage | Overview] = {}
        self._prepare({})

    def _prepare(self, redirects: Mapping[str, Post]) -> None:
        self.pages = Pages(self.app, self.site)
        self.renderer = Renderer(self.app, self.site, self.pages, self.views, feed_path(self.app, self.site))
        self.files = Files(self.app, self.site, self.pages, self.renderer, redirects)
        self._site_mark: str | None = None

    # -- Before writing

    def complete(self, env: BuildEnvironment) -> list[str]:
        """Finish the index, and return the documents that have to be written again because what they show has changed.

        :param env: the environment, all documents read.
        """
        self.site.complete(env)
        fill_blog(self.app, self.site.blog, feed=feed_path(self.app, self.site))
        if not makes_pages(self.app.builder):
            return []
        title = self.site.options.title
        self.views = {view.pagename: view for view in build_views(self.site.blog, title=title)}
        posts, pagenames = self.site.blog.posts.values(), env.found_docs | self.views.keys()
        redirects, problems = build_redirects(posts, pagenames=pagenames, locate=self.site.locate)
        self._prepare(redirects)
        warn([*problems, *self.pages.problems()], self.site.srcdir)
        records, fragments = self.site.records, self.site.fragments
        outdated = []
        for docname in self.site.blog.by_docname:
            mark = self._post_mark(docname)
            if records.before.get(docname) != mark or not fragments.exists(docname):
                outdated.append(docname)
            records.outputs[docname] = mark
        # A list made by a directive can show anything of any post, its text as it was last read among it.
        marks = fingerprint(sorted((d, records.outputs[d], env.all_docs.get(d)) for d in self.site.blog.by_docname))
        for docname in list_documents(env) & env.found_docs:
            if records.before.get(docname) != marks:
                outdated.append(docname)
            records.outputs[docname] = marks
        return outdated

    def _post_mark(self, docname: str) -> str:
        blog = self.site.blog
        return fingerprint([self.pages.post(blog.posts[key]) for key in blog.by_docname[docname]])

    def write_lists_last(self) -> None:
        """Have documents that show excerpts written after those that the excerpts are from.

        Sphinx writes in the order of names, or several documents at once. The wrapped method is meant to be overridden
        by builders; an extension has no other way to put documents into an order.
        """
        builder = self.app.builder
        write_documents = builder.write_documents

        def write_documents_in_two_steps(docnames: AbstractSet[str]) -> None:
            if not self.views:
                write_documents(docnames)
                return
            self.enter_navigation()
            lists = {docname for docname in docnames if docname in self.views}
            write_documents(docnames - lists)
            self._note_fragments(docnames)
            if lists:
                write_documents(lists)
            for docname in lists:
                self.site.records.outputs[docname] = self._list_mark(docname)

        builder.write_documents = write_documents_in_two_steps  # type: ignore[method-assign]

    def _note_fragments(self, docnames: AbstractSet[str]) -> None:
        """Look at what was written, by other processes perhaps."""
        self.site.fragments.forget()
        blog, records = self.site.blog, self.site.records
        for docname in docnames:
            for key in blog.by_docname.get(docname, ()):
                if (fragment := self.site.fragments.load(docname).get(key)) is not None:
                    records.fragments[key] = fragment.digest
        records.fragments = {key: digest for key, digest in records.fragments.items() if key in blog.posts}

    def enter_navigation(self) -> None:
        """Put every page of the blog below its index, so that themes show where in the site a reader is.

        This is done only now, when documents have been related to each other: the pages of the blog would else stand
        between its index and the next chapter.
        """
        includes = self.app.env.toctree_includes
        index = self.site.blog.index
        ours = {*self.site.blog.by_docname, *self.views} - {index}
        own = [docname for docname in includes.get(index, ()) if docname not in ours]
        linked = {child for parent, children in includes.items() if parent != index for child in children}
        includes[index] = [*own, *sorted(ours - linked)]

    # -- Lists

    def collect_pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the pages of lists that have to be written, and write documents whose list has changed."""
        if not makes_pages(self.app.builder):
            return
        self.enter_navigation()
        self._forget_words()
        records = self.site.records
        documents = self.app.env.found_docs
        for pagename, view in self.views.items():
            mark = self._list_mark(pagename)
            if pagename in documents:
                if records.outputs.get(pagename) != mark:
                    self._write_document(pagename)
            elif records.before.get(pagename) != mark or not self._output_file(pagename).is_file():
                yield pagename, {**self.PAGE_DEFAULTS, "newsroom_view": view, "meta": {}}, "page.html"
            records.outputs[pagename] = mark

    def _forget_words(self) -> None:
        """Take words out of the search index that no document has any more.

        Sphinx leaves them in it without a document, so that the words of a withdrawn post could still be read there.
        """
        indexer = getattr(self.app.builder, "indexer", None)
        for mapping in (getattr(indexer, "_mapping", {}), getattr(indexer, "_title_mapping", {})):
            for word in [word for word, documents in mapping.items() if not documents]:
                del mapping[word]

    def _write_document(self, docname: str) -> None:
        builder, env = self.app.builder, self.app.env
        doctree = env.get_and_resolve_doctree(docname, builder, tags=self.app.tags)
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)

    def _list_mark(self, pagename: str) -> str:
        view = self.views[pagename]
        data = self.pages.list_page(view) if isinstance(view, ListPage) else self.pages.overview(view)
        head = self.renderer.kept_head(view)
        if self._site_mark is None:
            self._site_mark = self.pages.site_fingerprint()
        return fingerprint([data, head, self._site_mark])

    def _output_file(self, pagename: str) -> Path:
        return Path(html_builder(self.app).get_outfilename(pagename))

    # -- After writing

    def finish(self) -> None:
        """Write the feed, remove what is gone, and note what was written."""
        if not makes_pages(self.app.builder):
            return
        files = ["/" + path for path in self.files.write()]
        records, documents = self.site.records, self.app.env.found_docs
        current = {*self.views, *self.site.blog.by_docname, *list_documents(self.app.env), *files}
        records.outputs |= dict.fromkeys(files, "")
        for name in sorted(records.outputs.keys() - current):
            del records.outputs[name]
            if name.startswith("/"):
                _remove(Path(self.app.outdir) / name[1:], Path(self.app.outdir))
            elif name not in documents:
                self._remove_page(name)
        records.save()

    def _remove_page(self, pagename: str) -> None:
        outdir = Path(self.app.outdir)
        _remove(self._output_file(pagename), outdir)
        for source in (outdir / "_sources" / pagename).parent.glob(f"{Path(pagename).name}.*"):
            if source.name.split(".")[0] == Path(pagename).name.split(".")[0]:
                _remove(source, outdir)
        self.site.fragments.remove(pagename)


def _remove(file: Path, root: Path) -> None:
    """Delete a file, and the folders that it leaves empty."""
    if not file.is_relative_to(root):
        return
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == root:
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
            continue
        return
