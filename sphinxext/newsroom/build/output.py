"""While Sphinx writes: the pages of posts, the pages of lists, the feed; nothing that has not changed, nothing left over."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin

from babel.core import get_locale_identifier
from docutils import nodes
from lxml import html as lxml_html
from markupsafe import Markup
from sphinx.errors import ExtensionError
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.docutils import new_document

from sphinxext.newsroom.build.ablog import excerpt_nodes, fill_blog
from sphinxext.newsroom.build.builders import makes_pages
from sphinxext.newsroom.build.excerpts import transplant
from sphinxext.newsroom.build.pages import DOMAIN, Pages, way_to_root
from sphinxext.newsroom.build.reading import list_documents
from sphinxext.newsroom.build.records import fingerprint
from sphinxext.newsroom.build.site import get_site
from sphinxext.newsroom.build.warnings import warn
from sphinxext.newsroom.core.feeds import Entry, Feed, build_atom
from sphinxext.newsroom.core.fragments import build_fragment, feed_html, from_root, place, text_of
from sphinxext.newsroom.core.models import PUBLISHED
from sphinxext.newsroom.core.problems import Problem, Subtype
from sphinxext.newsroom.core.redirects import build_redirects
from sphinxext.newsroom.core.structured_data import blog_posting, dump_for_script
from sphinxext.newsroom.core.views import ListPage, Overview, build_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.fragments import Fragment
    from sphinxext.newsroom.core.models import Author, Post
    from sphinxext.newsroom.core.views import ListPage as ListPageType

logger = logging.getLogger(__name__)
_ = get_translation(DOMAIN)

FEED_NAME = "atom.xml"


class post_title(nodes.title):  # noqa: N801 - docutils finds visitors by the name of the class
    """The title of a post in a document about to be written: searched like any title, but shown by our template."""


def skip_title(_translator: Any, _node: post_title) -> None:
    """Leave the title out of the text."""
    raise nodes.SkipNode


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
        self.pages = Pages(app, site)
        self.views: dict[str, ListPageType | Overview] = {}
        self.redirects: dict[str, Post] = {}
        self._written: set[str] = set()

    # -- Before writing

    def complete(self, env: BuildEnvironment) -> list[str]:
        """Finish the index, and return the documents that have to be written again because what they show has changed.

        :param env: the environment, all documents read.
        """
        self.site.complete(env)
        fill_blog(self.app, self.site.blog, feed=self.feed_path if self._has_feed() else "")
        if not makes_pages(self.app.builder):
            return []
        self.pages = Pages(self.app, self.site)
        title = self.site.options.title
        self.views = {view.pagename: view for view in build_views(self.site.blog, title=title)}
        posts, pagenames = self.site.blog.posts.values(), env.found_docs | self.views.keys()
        self.redirects, problems = build_redirects(posts, pagenames=pagenames, locate=self.site.locate)
        warn(problems, self.site.srcdir)
        records, fragments = self.site.records, self.site.fragments
        outdated = []
        for docname in self.site.blog.by_docname:
            mark = self._post_mark(docname)
            if records.before.get(docname) != mark or not fragments.exists(docname):
                outdated.append(docname)
            records.outputs[docname] = mark
        marks = fingerprint(sorted((d, records.outputs[d]) for d in self.site.blog.by_docname))
        for docname in list_documents(env) & env.found_docs:
            # ABlog's lists can show anything of any post.
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

    # -- Pages of documents

    def mark_title(self, doctree: nodes.document, docname: str) -> None:
        """Take the title of a post out of its text; the template shows it above author and date.

        :param doctree: a document about to be written.
        :param docname: its name.
        """
        if self.single_post(docname) is None or not makes_pages(self.app.builder):
            return
        title = next(iter(doctree.findall(nodes.title)), None)
        if title is not None and isinstance(title.parent, nodes.section) and title.parent.parent is doctree:
            title.replace_self(post_title(title.rawsource, "", *title.children, **title.attributes))

    def single_post(self, docname: str) -> Post | None:
        """Return the post that a document is, None if it is none or holds several.

        :param docname: the document.
        """
        keys = self.site.blog.by_docname.get(docname, ())
        return self.site.blog.posts[keys[0]] if keys == (docname,) else None

    def add_context(self, pagename: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
        """Put our part into the context of a page.

        :param pagename: the page.
        :param context: its context, changed in place.
        :param doctree: its document, None for a generated page.
        """
        if not makes_pages(self.app.builder):
            return
        blog = self.site.blog
        if doctree is not None:
            self._mend_source(pagename, context)
            if pagename in blog.by_docname:
                self._add_post(pagename, context)
            elif (view := self.views.get(pagename)) is not None:
                self._add_view(view, context)
        head: dict[str, Any] = {"feed": self._feed_link(), **context.pop("newsroom_head", {})}
        context["metatags"] = context.get("metatags", "") + self._render("newsroom/head.html", context, head=head)

    def _mend_source(self, docname: str, context: dict[str, Any]) -> None:
        """Put right what Sphinx derives from a docname that is not the path of its file."""
        path = str(self.app.env.doc2path(docname, base=False))
        if path.startswith(docname):
            return
        suffix = Path(path).suffix
        context["page_source_suffix"] = suffix
        if context.get("sourcename"):
            shown = self.app.config.html_sourcelink_suffix
            context["sourcename"] = docname + suffix + ("" if suffix == shown else shown)

    def _add_post(self, docname: str, context: dict[str, Any]) -> None:
        body = context["body"]
        page_url = self.app.builder.get_target_uri(docname)
        fragments: dict[str, Fragment] = {}
        for key in self.site.blog.by_docname[docname]:
            post = self.site.blog.posts[key]
            part = _section_html(body, post.anchor) if post.anchor else body
            title = context["title"] if not post.anchor else Markup.escape(post.title)
            fragments[key] = self._fragment(post, part, title, page_url + (f"#{post.anchor}" if post.anchor else ""))
        self.site.fragments.save(docname, fragments)
        post = self.single_post(docname)
        if post is None:
            return
        fragment = fragments[post.key]
        data = self.pages.post(post)
        minutes = post.front_matter.readtime or (fragment.minutes if self.site.options.post_readtime else None)
        has_title = self.app.env.titles.get(docname) is not None
        view = {
            **data,
            "title": Markup(fragment.title) if has_title else post.title,
            "minutes": minutes,
            "words": fragment.words,
            "body": Markup(body),
        }
        context["body"] = self._render("newsroom/post.html", context, view=view)
        context["newsroom_post"] = view
        context["prev"] = context["next"] = None
        if not context.get("parents"):
            context["parents"] = self._parents(context)
        if post.front_matter.title:
            context["title"] = str(Markup.escape(post.front_matter.title))
        if post.front_matter.canonical_link:
            context["pageurl"] = post.front_matter.canonical_link
        hidden = "navigation" in post.front_matter.hide
        if hidden or docname in self.site.project.permalinks:
            # A page that was declared to be a post stands where its author put it, among chapters perhaps.
            self._choose_sidebars(docname, context, hidden=hidden)
        description = post.front_matter.description or fragment.description
        context["newsroom_head"] = {
            "description": description if 'name="description"' not in context.get("metatags", "") else "",
            "authors": [author.name for author in post.authors],
            "prev": data["older"],
            "next": data["newer"],
            "robots": "noindex" if post.state != PUBLISHED else "",
            "json_ld": Markup(dump_for_script(self._json_ld(post, fragment, data, minutes, description))),
        }

    def _fragment(self, post: Post, body: str, title: str, page_url: str) -> Fragment:
        options = self.site.options
        declared = excerpt_nodes(self.app.env, post.docname, post.anchor)
        own_rules = declared is not None or post.docname not in self.site.project.permalinks
        paragraphs = options.post_excerpt_paragraphs
        if own_rules:
            paragraphs = int(self.app.config.post_auto_excerpt or 0)
        fragment = build_fragment(
            body,
            title=title,
            page_url=page_url,
            unique=fingerprint(post.key)[:8],
            separator=options.post_excerpt_separator,
            paragraphs=post.front_matter.excerpt_paragraphs or paragraphs,
            words_per_minute=options.post_readtime_words_per_minute,
        )
        if declared is not None and not fragment.marked:
            fragment = self._with_excerpt(fragment, declared, post, page_url)
        if options.post_excerpt == "required" and not own_rules and not fragment.marked:
            message = f"the post has no excerpt marker; expected {options.post_excerpt_separator!r} after its first lines"
            warn([Problem(subtype=Subtype.EXCERPT, message=message, path=post.path)], self.site.srcdir)
        return fragment

    def _with_excerpt(self, fragment: Fragment, excerpt: list[nodes.Node], post: Post, page_url: str) -> Fragment:
        """Return a fragment with the excerpt that ABlog's directive gives, which need not be in the text."""
        builder = self.app.builder
        document = new_document("")
        document += transplant(self.app, excerpt, source=post.docname, target=post.docname)
        self.app.env.resolve_references(document, post.docname, builder)
        body = "".join(builder.render_partial(node)["fragment"] for node in document.children)  # type: ignore[attr-defined]
        shown = build_fragment(body, title="", page_url=page_url, unique=fingerprint(post.key)[:8])
        rest = text_of(fragment.body).removeprefix(text_of(fragment.title))
        return replace(fragment, excerpt=shown.excerpt, more=text_of(shown.excerpt) != rest.strip())

    def _json_ld(
        self, post: Post, fragment: Fragment, data: Mapping[str, Any], minutes: int | None, description: str
    ) -> dict[str, Any]:
        pages = self.pages
        cover = data["cover"]
        people = {author["id"]: author for author in data["authors"]}

        def author_url(author: Author) -> str:
            return author.url or pages.page_url(people[author.id]["page"])

        return blog_posting(
            post,
            headline=text_of(fragment.title) or post.title,
            description=description,
            url=pages.page_url(post.docname),
            image=pages.absolute(cover["src"]) if cover else "",
            language=(self.app.config.language or "en").replace("_", "-"),
            categories=[label["name"] for label in data["category"]],
            tags=[label["name"] for label in data["tag"]],
            words=fragment.words,
            minutes=minutes,
            author_url=author_url,
        )

    def _parents(self, context: Mapping[str, Any], *, above: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """Return the breadcrumbs of a page of the blog."""
        env, index = self.app.env, self.site.blog.index
        builder = self.app.builder
        parents = []
        relations = getattr(builder, "relations", {})
        related = relations.get(index)
        while related and related[0] and related[0] != env.config.root_doc:
            title = str(Markup.escape(env.titles[related[0]].astext()))
            parents.insert(0, {"link": context["pathto"](related[0]), "title": title})
            related = relations.get(related[0])
        title = env.titles[index].astext() if index in env.titles else self.site.options.title
        parents.append({"link": context["pathto"](index), "title": str(Markup.escape(title))})
        if above is not None:
            parents.append({"link": context["pathto"](above["page"]), "title": str(Markup.escape(above["title"]))})
        return parents

    def _choose_sidebars(self, pagename: str, context: dict[str, Any], *, hidden: bool = False) -> None:
        """Leave the navigation of chapters away from the blog, unless the site asks for it there."""
        from sphinx.util.matching import patmatch  # noqa: PLC0415

        patterns = [p for p in self.app.config.html_sidebars if p != "**"]
        if hidden or not any(patmatch(pagename, pattern) for pattern in patterns):
            context["sidebars"] = []

    # -- Pages of lists

    def _add_view(self, view: ListPage | Overview, context: dict[str, Any]) -> None:
        """Put a list below the text that somebody wrote above it."""
        head = context["body"]
        if self.site.options.pagination_keep_content:
            page_url = self.app.builder.get_target_uri(view.pagename)
            self.site.fragments.save_head(view.pagename, from_root(head, page_url))
        self._fill(view, context, head=head)

    def _fill(self, view: ListPage | Overview, context: dict[str, Any], *, head: str) -> None:
        first = not isinstance(view, ListPage) or view.number == 1
        if isinstance(view, ListPage):
            data = self.pages.with_excerpts(self.pages.list_page(view), context)
            template = "newsroom/list.html"
            numbered = "" if first else _("%s – page %d") % (data["title"], view.number)
            context["newsroom_head"] = {
                "prev": {"page": data["newer"]} if data["newer"] else None,
                "next": {"page": data["older"]} if data["older"] else None,
            }
            if not head or not first:
                context["title"] = str(Markup.escape(numbered or data["title"]))
        else:
            data = self.pages.overview(view)
            template = "newsroom/overview.html"
            if not head:
                context["title"] = str(Markup.escape(data["title"]))
        context["meta"] = {**(context.get("meta") or {}), "html_theme.sidebar_secondary.remove": "true", "hide-toc": ""}
        context["body"] = self._render(template, context, view={**data, "head": Markup(head)})
        context["newsroom_list"] = data
        context["prev"] = context["next"] = None
        if view.pagename != self.site.blog.index:
            context["parents"] = self._parents(context, above=data.get("overview"))
        self._choose_sidebars(view.pagename, context)

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

    def fill_generated(self, context: dict[str, Any]) -> None:
        """Make the body of a list page that no document stands for.

        :param context: the context of the page, as :meth:`collect_pages` gave it.
        """
        if (view := context.pop("newsroom_view", None)) is not None:
            head = ""
            if isinstance(view, ListPage) and view.number > 1 and self.site.options.pagination_keep_content:
                head = place(self.site.fragments.load_head(view.first), way_to_root(context))
            self._fill(view, context, head=head)

    def _write_document(self, docname: str) -> None:
        builder, env = self.app.builder, self.app.env
        doctree = env.get_and_resolve_doctree(docname, builder, tags=self.app.tags)
        builder.write_doc_serialized(docname, doctree)
        builder.write_doc(docname, doctree)

    def _list_mark(self, pagename: str) -> str:
        view = self.views[pagename]
        data = self.pages.list_page(view) if isinstance(view, ListPage) else self.pages.overview(view)
        is_later = isinstance(view, ListPage) and view.number > 1 and self.site.options.pagination_keep_content
        head = self.site.fragments.load_head(view.first) if is_later else ""
        return fingerprint([data, head, self._site_mark()])

    def _site_mark(self) -> str:
        if not hasattr(self, "_site_mark_"):
            self._site_mark_ = self.pages.site_fingerprint()
        return self._site_mark_

    def _output_file(self, pagename: str) -> Path:
        return Path(self.app.builder.get_outfilename(pagename))  # type: ignore[attr-defined]

    def _output_path(self, pagename: str) -> str:
        return self._output_file(pagename).relative_to(self.app.outdir).as_posix()

    # -- Feed

    @property
    def feed_path(self) -> str:
        """The path of the feed from the root of the site."""
        return f"{self.site.options.blog_dir}/{FEED_NAME}".removeprefix("./")

    def _feed_link(self) -> dict[str, str] | None:
        if not self._has_feed():
            return None
        return {"path": self.feed_path, "title": self.site.options.title}

    def _has_feed(self) -> bool:
        published = any(post.state == PUBLISHED for post in self.site.blog.posts.values())
        return bool(self.site.options.feed and self.app.config.html_baseurl and published)

    def write_feed(self) -> None:
        """Write the feed, if what it says has changed."""
        if self._has_feed():
            self._write_file(self.feed_path, build_atom(self._feed()))

    def write_redirects(self) -> None:
        """Write a page at each old address of a post."""
        builder = self.app.builder
        for pagename, post in self.redirects.items():
            path = pagename if pagename.endswith(".html") else self._output_path(pagename)
            target = builder.get_target_uri(post.docname) + (f"#{post.anchor}" if post.anchor else "")
            url = "../" * path.count("/") + target
            html = self._render(
                "newsroom/redirect.html",
                {},
                language=(self.app.config.language or "en").replace("_", "-"),
                title=self.pages.title_of(post),
                url=url,
                canonical=self.pages.absolute(target) or url,
            )
            self._write_file(path, html.encode())

    def _write_file(self, path: str, content: bytes) -> None:
        """Write a file that is no page of Sphinx's, whole or not at all, if its content has changed."""
        file = Path(self.app.outdir) / path
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(file.name + ".new")
            new.write_bytes(content)
            new.replace(file)
        self.site.records.outputs["/" + path] = ""
        self._written.add("/" + path)

    def _feed(self) -> Feed:
        config, options, pages = self.app.config, self.site.options, self.pages
        posts = [post for post in self.site.blog.recent() if post.state == PUBLISHED][: options.feed_length]
        return Feed(
            title=options.title,
            subtitle=str(config.blog_feed_subtitle or ""),
            url=pages.absolute(self.feed_path),
            page_url=pages.page_url(self.site.blog.index),
            language=(config.language or "en").replace("_", "-"),
            rights=config.copyright if isinstance(config.copyright, str) else "",
            publisher=str(config.author if config.author != "Author name not set" else config.project),
            entries=[self._entry(post) for post in posts],
        )

    def _entry(self, post: Post) -> Entry:
        pages, options = self.pages, self.site.options
        fragment = self.site.fragments.load(post.docname).get(post.key)
        url = pages.page_url(post.docname) + (f"#{post.anchor}" if post.anchor else "")
        base = pages.absolute("./")
        content = ""
        if fragment is not None:
            target = self.app.builder.get_target_uri(post.docname)
            content = (
                feed_html(fragment.body, page_url=target, base_url=base)
                if options.feed_fulltext
                else place(fragment.excerpt, base)
            )
        data = pages.entry(post)
        return Entry(
            id=url,
            url=urljoin(base, post.front_matter.external_link) if post.front_matter.external_link else url,
            title=text_of(fragment.title) if fragment else post.title,
            summary=post.front_matter.description or (fragment.description if fragment else ""),
            content=content,
            published=post.created,
            updated=post.updated or post.created,
            authors=tuple(
                (author, author.url or pages.page_url(shown["page"]))
                for author, shown in zip(post.authors, data["authors"], strict=True)
            ),
            categories=tuple(label["name"] for label in (*data["category"], *data["tag"])),
        )

    # -- After writing

    def finish(self) -> None:
        """Write the feed, remove what is gone, and note what was written."""
        if not makes_pages(self.app.builder):
            return
        self.write_feed()
        self.write_redirects()
        records, documents = self.site.records, self.app.env.found_docs
        current = {*self.views, *self.site.blog.by_docname, *list_documents(self.app.env), *self._written}
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

    # -- Rendering

    def _render(self, template: str, context: Mapping[str, Any], **data: Any) -> str:
        templates = self.app.builder.templates  # type: ignore[attr-defined]
        return str(templates.render(template, {**context, "_": _, "feed": self._feed_link(), **data}))


def prepare_templates(builder: Builder) -> None:
    """Have our templates and ABlog's escape what they show; Sphinx's own leave that to their authors.

    :param builder: the builder.
    """
    templates = getattr(builder, "templates", None)
    if templates is None:
        return
    if not hasattr(templates, "environment"):
        message = "sphinxext.newsroom needs Sphinx's own templates (template_bridge is set to something else)"
        raise ExtensionError(message)
    templates.environment.autoescape = _is_escaped


def _is_escaped(template: str | None) -> bool:
    return template is not None and template.startswith(("newsroom/", "ablog/"))


def _section_html(body: str, anchor: str) -> str:
    """Return the part of a page that is one post."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    found = root.xpath("//*[@id=$anchor]", anchor=anchor)
    return lxml_html.tostring(found[0], encoding="unicode", with_tail=False) if found else ""


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
