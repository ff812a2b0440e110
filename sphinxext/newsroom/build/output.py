"""While Sphinx writes: which pages have to be written, in which order, and which files are left over."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.build.ablog.index import fill_blog
from sphinxext.newsroom.build.ablog.store import env_drafts
from sphinxext.newsroom.build.announcement import add_announcement, find_announcement
from sphinxext.newsroom.build.builders import html_builder, makes_pages, resolved_doctree
from sphinxext.newsroom.build.comments import add_comments
from sphinxext.newsroom.build.domain import get_domain
from sphinxext.newsroom.build.feed_plans import FeedPlans
from sphinxext.newsroom.build.feeds import Feeds
from sphinxext.newsroom.build.listings import listed_posts, queries
from sphinxext.newsroom.build.listings import mark as listing_mark
from sphinxext.newsroom.build.media import copy_media, find_media
from sphinxext.newsroom.build.pages import Pages
from sphinxext.newsroom.build.pictures import file_stamp
from sphinxext.newsroom.build.reading import list_documents, post_links
from sphinxext.newsroom.build.records import fingerprint
from sphinxext.newsroom.build.redirects import find_redirects, redirect_path, write_redirects
from sphinxext.newsroom.build.rendering import Renderer, head_html, mend_source
from sphinxext.newsroom.build.shells import PAGE, Shells
from sphinxext.newsroom.build.sidebars import Sidebars
from sphinxext.newsroom.build.whole_files import remove_new_files
from sphinxext.newsroom.core.problems import Problem, Subtype
from sphinxext.newsroom.core.views import ListPage, build_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.section import Section
    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.fragments import Fragment
    from sphinxext.newsroom.core.models import Post
    from sphinxext.newsroom.core.redirects import Redirect
    from sphinxext.newsroom.core.views import View


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What writes one blog of the site."""

    section: Section
    pages: Pages
    views: Mapping[str, View]
    renderer: Renderer
    feeds: Feeds


class Output:
    """Writes the blogs of one build."""

    def __init__(self, app: Sphinx, site: Site) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        """
        self.app, self.site = app, site
        self.parts: tuple[Part, ...] = ()
        self.owners: dict[str, Part] = {}
        """Which part writes a page of a blog."""
        self.redirects: list[Redirect] = []
        self.sidebars = Sidebars(app, site)
        self.announcement: dict[str, str] | None = None
        self._media: dict[str, str] = {}
        self._sound: set[str] = set()
        """Documents whose fragments are known to be there."""
        self._post_marks: dict[str, str] = {}
        self._site_mark = ""
        self._is_unchanged = False
        """Whether everything is as it was when the last build ended, and nothing was wrong then."""

    # -- Before writing

    def complete(self, env: BuildEnvironment) -> list[str]:
        """Finish the index, and return the documents that have to be written again because what they show has changed.

        :param env: the environment, all documents read.
        """
        site = self.site
        if not site.options.enabled:
            return []
        site.complete(env)
        titles = Pages(self.app, site, site.blog)
        get_domain(env).fill(self.app, titles)
        plans = FeedPlans(self.app, site.sections)
        fill_blog(self.app, site.blog, feed=plans.main(site.main), title_of=titles.title_of)
        if not makes_pages(self.app.builder):
            return []
        self.parts = tuple(self._part(section, plans) for section in site.sections)
        self.owners = {name: part for part in self.parts for name in (*part.section.blog.by_docname, *part.views)}
        self.announcement = find_announcement(site, titles.title_of)
        self.sidebars.feeds = [part.feeds.of_blog for part in self.parts]
        self._site_mark = self.parts[0].pages.site_fingerprint(self.owners.keys())
        if not self.sidebars.are_sound():
            site.records.distrust()
        self._is_unchanged = self._compare_inputs(env)
        for pagename in self.owners.keys() & env.found_docs - {section.index for section in site.sections}:
            # Posts and lists are reached from the index, whether a toctree has them or not.
            env.metadata[pagename].setdefault("orphan", True)
        self.redirects, problems = find_redirects(self.app, site, env.found_docs | self.owners.keys())
        problems += plans.problems
        if not self._is_unchanged:
            problems += [problem for part in self.parts for problem in (*part.pages.problems(), *part.feeds.problems())]
        if problems:
            site.records.inputs = ""
        site.report(problems)
        self._media = dict(self._find_media())
        files = ["/" + path for path in self._files()]
        if not site.records.is_complete:
            remove_new_files(self.app)
            self.sidebars.forget()
        # They may have been ordinary pages, of which nothing else is known.
        names = [*files, *site.project.withdrawn]
        site.records.begin([*self.owners, *names])
        site.records.outputs |= dict.fromkeys(names, "")
        return self._outdated(env)

    def _compare_inputs(self, env: BuildEnvironment) -> bool:
        """Note what everything is made of; return whether it is what it was."""
        site, records = self.site, self.site.records
        before, records.inputs = records.inputs, fingerprint([site.inputs(env), self._site_mark])
        return before == records.inputs and all(
            file_stamp(site.srcdir / path) == stamp for path, stamp in records.files.items()
        )

    def _find_media(self) -> Iterator[tuple[str, str]]:
        """Yield the files beside posts, each path in the output with that in the source folder."""
        shown = {PurePosixPath(post.path).parent.as_posix() for post in self.site.blog.posts.values()}
        withheld = {PurePosixPath(path).parent.as_posix() for path in self.site.hidden} - shown
        feeds = {path for part in self.parts for path in part.feeds.paths}
        for part in self.parts:
            section = part.section
            for source, target in find_media(self.app, section.options, section.post_dir, withheld=withheld):
                if target not in feeds:
                    yield target, source

    def _files(self) -> list[str]:
        """Return the paths of what is no page of Sphinx's: feeds, redirects, files beside posts."""
        feeds = [path for part in self.parts for path in part.feeds.paths]
        return [*feeds, *(redirect_path(self.app, redirect) for redirect in self.redirects), *self._media]

    def _part(self, section: Section, plans: FeedPlans) -> Part:
        app, site = self.app, self.site
        pages = Pages(app, site, section.blog)
        planned = plans.of(section)
        made = build_views(section.blog, title=section.options.title, has_feeds=bool(planned))
        views = {view.pagename: view for view in made}
        feeds = Feeds(app, site, section, pages=pages, planned=planned)
        return Part(
            section=section,
            pages=pages,
            views=views,
            renderer=Renderer(app, site, section, pages=pages, views=views, feeds=feeds),
            feeds=feeds,
        )

    def _outdated(self, env: BuildEnvironment) -> list[str]:
        records, posts = self.site.records, self.site.blog.by_docname
        outdated = []
        for docname in {*posts, *list_documents(env), *post_links(env)} & env.found_docs:
            if self._view(docname) is not None:
                continue  # its mark is known when its list is
            mark = records.before.get(docname, "") if self._is_unchanged else fingerprint(self._shown(docname))
            missing = docname in posts and not self.site.fragments.exists(docname)
            if records.before.get(docname) != mark or missing:
                outdated.append(docname)
            records.outputs[docname] = mark
        references = get_domain(env).marks()
        outdated += [docname for docname, mark in references.items() if records.references.get(docname) != mark]
        records.references = references
        everywhere = fingerprint([self.announcement, self.sidebars.feeds])
        if records.everywhere != everywhere or not records.is_complete:
            # As when an option of the theme changes, all pages are written again; and after an interrupted build, when
            # nobody knows which pages are as they should be.
            outdated = sorted(env.found_docs)
        records.everywhere = everywhere
        return outdated

    def _shown(self, docname: str) -> list[str]:
        """Return what changes whenever a document shows something else of posts, but for the list below it."""
        env, posts = self.app.env, self.site.blog.by_docname
        parts = [self._post_mark(docname)] if docname in posts else []
        if docname in list_documents(env):
            # A list made by a directive can show anything of any post, its text as it was last read among it.
            parts.append(self._all_posts_mark)
        # A link without words of its own shows the title of its post.
        linked = post_links(env).get(docname, {}).values()
        return parts + [env.titles[target].astext() for target in linked if target in env.titles]

    @cached_property
    def _all_posts_mark(self) -> str:
        read = self.app.env.all_docs
        return fingerprint(sorted((name, self._post_mark(name), read.get(name)) for name in self.site.blog.by_docname))

    def _post_mark(self, docname: str) -> str:
        if docname not in self._post_marks:
            pages, blog = self.owners[docname].pages, self.site.blog
            shown = [pages.post(blog.posts[key]) for key in blog.by_docname[docname]]
            self._post_marks[docname] = fingerprint(shown)
        return self._post_marks[docname]

    def write_lists_last(self) -> None:
        """Have documents that show excerpts written after those that the excerpts are from.

        Sphinx writes in the order of names, or several documents at once. The wrapped method is meant to be overridden
        by builders; an extension has no other way to put documents into an order.
        """
        builder = self.app.builder
        write_documents = builder.write_documents

        def write_documents_in_two_steps(docnames: AbstractSet[str]) -> None:
            if not self.owners:
                write_documents(docnames)
                return
            self._is_unchanged = False
            self.enter_navigation()
            self._sound |= docnames
            views = {docname for docname in docnames if self._view(docname) is not None}
            listings = queries(self.app.env).keys() & docnames
            # A post with a list in it has an excerpt itself, which others show.
            posts = listings & self.site.blog.by_docname.keys()
            for group in (docnames - views - listings, posts, (views | listings) - posts):
                if group:
                    for docname in group & (views | listings):
                        self._mend(docname)
                    write_documents(group)
                    self._note_fragments(group)
            for docname in views:
                self.site.records.outputs[docname] = self._list_mark(docname)
            for docname in listings:
                self.site.records.listings[docname] = listing_mark(self.app, docname)

        builder.write_documents = write_documents_in_two_steps  # type: ignore[method-assign]

    def _note_fragments(self, docnames: AbstractSet[str]) -> None:
        """Look at what was written, by other processes perhaps."""
        self.site.fragments.forget()
        blog, records = self.site.blog, self.site.records
        for docname in docnames:
            for key in blog.by_docname.get(docname, ()):
                if (fragment := self.site.fragments.load(docname).get(key)) is not None:
                    records.fragments[key] = fragment.digest
                    self._check_excerpt(blog.posts[key], fragment)
        records.fragments = {key: digest for key, digest in records.fragments.items() if key in blog.posts}

    def _mend_fragments(self, keys: Iterable[str]) -> None:
        """Write posts again of which nothing is kept, or something damaged, before it is shown."""
        posts, fragments = self.site.blog.posts, self.site.fragments
        for docname in dict.fromkeys(posts[key].docname for key in keys):
            if docname not in self._sound:
                self._sound.add(docname)
                if not fragments.load(docname):
                    self._write_document(docname)
                    fragments.forget()

    def _mend(self, pagename: str) -> None:
        """Have all posts that a page lists kept as they are, before it is written."""
        if isinstance(view := self._view(pagename), ListPage):
            self._mend_fragments(view.posts)
        if pagename in queries(self.app.env):
            self._mend_fragments(listed_posts(self.app, pagename))

    def _mend_head(self, docname: str) -> None:
        """Write the first page of a list again if the text above it, which later pages repeat, is not kept."""
        if self.site.fragments.load_head(docname) is None:
            self._write_document(docname)

    def _check_excerpt(self, post: Post, fragment: Fragment) -> None:
        """Report a post without excerpt marker, if its blog requires one."""
        options = self.owners[post.docname].section.options
        is_ours = post.docname in self.site.project.permalinks
        if options.post_excerpt == "required" and is_ours and not fragment.marked:
            marker = options.post_excerpt_separator
            message = f"the post has no excerpt marker; expected {marker!r} after its first lines"
            self.site.report([Problem(subtype=Subtype.EXCERPT, message=message, path=post.path)])

    def enter_navigation(self) -> None:
        """Put every page of the blog below its index, so that themes show where in the site a reader is.

        This is done only now, when documents have been related to each other: the pages of the blog would else stand
        between its index and the next chapter.
        """
        includes = self.app.env.toctree_includes
        for part in self.parts:
            index = part.section.blog.index
            ours = {*part.section.blog.by_docname, *part.views} - {index}
            own = [docname for docname in includes.get(index, ()) if docname not in ours]
            linked = {child for parent, children in includes.items() if parent != index for child in children}
            includes[index] = [*own, *sorted(ours - linked)]

    # -- Pages

    def _view(self, pagename: str) -> View | None:
        part = self.owners.get(pagename)
        return part.views.get(pagename) if part is not None else None

    def mark_title(self, doctree: nodes.document, docname: str) -> None:
        """Take the title of a post out of its text; the template shows it above author and date.

        :param doctree: a document about to be written.
        :param docname: its name.
        """
        if docname in self.owners:
            self.owners[docname].renderer.mark_title(doctree, docname)

    def add_context(self, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        """Put our part into the context of a page.

        :param pagename: the page.
        :param context: its context, changed in place.
        :param doctree: its document, None for a generated page.
        """
        if not makes_pages(self.app.builder):
            return
        context["newsroom_sidebar"] = self.sidebars.function(pagename, context)
        if self.announcement is not None:
            add_announcement(self.app, self.announcement, context)
        if (fill := context.pop("newsroom_fill", None)) is not None:
            fill(context)
            return
        if doctree is not None:
            mend_source(self.app, pagename, context)
            if any(env_drafts(self.app.env).get(pagename, {}).values()):
                # Its source has the posts in it that were cut out.
                context["sourcename"] = ""
                self._remove_source(pagename)
        if (part := self.owners.get(pagename)) is not None:
            part.renderer.fill_generated(context)
            part.renderer.add_context(pagename, context, doctree)
        if doctree is not None and self.parts and self._view(pagename) is None:
            post = part.renderer.single_post(pagename) if part is not None else None
            url = self.parts[0].pages.page_url(pagename)
            add_comments(self.app, pagename, context, post=post, url=url)
        context["metatags"] = context.get("metatags", "") + self._head_html(context)

    def _head_html(self, context: dict[str, Any]) -> str:
        return head_html(self.app, context, self._announced(context["pagename"]))

    def _announced(self, pagename: str) -> list[dict[str, str]]:
        """Return the feeds that a page leads programs to, first those of what it lists."""
        part = self.owners.get(pagename)
        if part is None:
            return [feed for part in self.parts for feed in part.feeds.of_blog]
        view = part.views.get(pagename)
        own = part.feeds.of_page(view.first) if isinstance(view, ListPage) and view.kind != "index" else []
        return [*own, *part.feeds.of_blog]

    # -- Lists

    def collect_pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the pages of lists that have to be written, and write documents whose list has changed."""
        if not makes_pages(self.app.builder):
            return
        self.enter_navigation()
        self._forget_words()
        self._write_listings()
        records = self.site.records
        documents = self.app.env.found_docs
        shells = Shells(self.app, self.site.state, self._head_html)
        views = {pagename: view for part in self.parts for pagename, view in part.views.items()}
        for pagename, view in views.items():
            if head := self.owners[pagename].renderer.headed_by(view):
                self._mend_head(head)
            mark = records.before.get(pagename, "") if self._is_unchanged else self._list_mark(pagename)
            if pagename in documents:
                if records.outputs.get(pagename) != mark:
                    self._mend(pagename)
                    self._write_document(pagename)
            elif records.before.get(pagename) == mark and self._output_file(pagename).is_file():
                pass
            else:
                self._mend(pagename)
                if not (isinstance(view, ListPage) and shells.write(view, self.owners[pagename])):
                    yield pagename, {**PAGE, "newsroom_view": view}, "page.html"
            records.outputs[pagename] = mark

    def _write_listings(self) -> None:
        """Write documents with lists that show something else now; posts first, whose excerpts others show."""
        if self._is_unchanged:
            return
        records, posts = self.site.records, self.site.blog.by_docname
        documents = queries(self.app.env).keys() & self.app.env.found_docs
        for docname in sorted(documents, key=lambda docname: (docname not in posts, docname)):
            mark = listing_mark(self.app, docname)
            if records.listings.get(docname) != mark:
                self._mend(docname)
                self._write_document(docname)
                if docname in posts:
                    self._note_fragments({docname})
            records.listings[docname] = mark
        records.listings = {docname: mark for docname, mark in records.listings.items() if docname in documents}

    def _forget_words(self) -> None:
        """Take words out of the search index that no document has any more.

        Sphinx leaves them in it without a document, so that the words of a withdrawn post could still be read there.
        """
        indexer = getattr(self.app.builder, "indexer", None)
        for mapping in (getattr(indexer, "_mapping", {}), getattr(indexer, "_title_mapping", {})):
            for word in [word for word, documents in mapping.items() if not documents]:
                del mapping[word]

    def _write_document(self, docname: str) -> None:
        builder = self.app.builder
        doctree = resolved_doctree(self.app, docname)
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)

    def _list_mark(self, pagename: str) -> str:
        part = self.owners[pagename]
        view = part.views[pagename]
        renderer = part.renderer
        data = part.pages.list_mark(view) if isinstance(view, ListPage) else renderer.data_of(view)
        head = renderer.kept_head(view), renderer.subscribe, self._announced(pagename)
        return fingerprint([data, head, self._shown(pagename), self._site_mark, self.site.records.everywhere])

    def _output_file(self, pagename: str) -> Path:
        return Path(html_builder(self.app).get_outfilename(pagename))

    # -- After writing

    def finish(self) -> None:
        """Write the feeds, remove what is gone, and note what was written."""
        if not makes_pages(self.app.builder):
            return
        self.sidebars.refresh()
        files = {"/" + path: mark for path, mark in self._write_files().items()}
        records, documents = self.site.records, self.app.env.found_docs
        current = {*self.owners, *list_documents(self.app.env), *post_links(self.app.env), *files}
        records.outputs |= files
        for name in sorted(records.outputs.keys() - current):
            del records.outputs[name]
            if name.startswith("/"):
                _remove(Path(self.app.outdir) / name[1:], Path(self.app.outdir))
            elif name not in documents:
                self._remove_page(name)
        if not self._is_unchanged:
            records.files = {path: stamp for part in self.parts for path, stamp in part.pages.files.items()}
        records.save()

    def _write_files(self) -> dict[str, str]:
        """Write what is no page of Sphinx's: feeds, redirects, files beside posts; return the fingerprints by path."""
        marks = dict.fromkeys(self._files(), "")
        for part in self.parts:
            marks |= part.feeds.write(is_unchanged=self._is_unchanged, mend=self._mend_fragments)
        write_redirects(self.app, self.redirects)
        for target, source in self._media.items():
            copy_media(self.app, source, target)
        return marks

    def _remove_page(self, pagename: str) -> None:
        _remove(self._output_file(pagename), Path(self.app.outdir))
        self._remove_source(pagename)
        self.site.fragments.remove(pagename)

    def _remove_source(self, pagename: str) -> None:
        outdir = Path(self.app.outdir)
        for source in (outdir / "_sources" / pagename).parent.glob(f"{Path(pagename).name}.*"):
            if source.name.split(".")[0] == Path(pagename).name.split(".")[0]:
                _remove(source, outdir)


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
