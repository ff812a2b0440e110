"""The blog of the build that is running: the one place where its state lives."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from sphinx.util.rst import escape, textwidth

from sphinxext.newsroom import __version__
from sphinxext.newsroom.ablog.dates import read_post_date
from sphinxext.newsroom.ablog.posts import declared_posts, with_updates
from sphinxext.newsroom.ablog.settings import complete_post, configured_authors, pattern_matches
from sphinxext.newsroom.blog.index import build_blog, merge_blogs
from sphinxext.newsroom.blog.taxonomies import OWN_INDEX
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.config.sphinx_config import explicit_settings, is_preview, read_options, shows_drafts
from sphinxext.newsroom.config.sphinx_mkdocs_site import docs_filter, lost_settings, read_mkdocs_site
from sphinxext.newsroom.content.permalinks import UrlRegistry
from sphinxext.newsroom.content.posts import build_posts
from sphinxext.newsroom.content.scanner import Candidate, Scanner
from sphinxext.newsroom.environment.blog_section import BlogSection, tidy_path
from sphinxext.newsroom.environment.generated_files import GeneratedFiles
from sphinxext.newsroom.environment.known_problems import KnownProblems
from sphinxext.newsroom.environment.manifest import Manifest
from sphinxext.newsroom.environment.output_paths import reserved_paths
from sphinxext.newsroom.environment.publishing import Publishing
from sphinxext.newsroom.excerpts.store import RenderedPostStore
from sphinxext.newsroom.front_matter.cascade import read_folder_defaults
from sphinxext.newsroom.front_matter.parse import source_map_of, split
from sphinxext.newsroom.front_matter.rst_outline import SUFFIXES as RST_SUFFIXES
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.log import ErrorWatch, warn
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.cache import remove_leftovers, write_atomically
from sphinxext.newsroom.utils.dates import NotADateError
from sphinxext.newsroom.utils.files import is_regular
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import cache_name
from sphinxext.newsroom.utils.sphinx_doctrees import remove_doctree
from sphinxext.newsroom.utils.sphinx_state import build_state
from sphinxext.newsroom.utils.stubs import find_stubs
from sphinxext.newsroom.utils.text import collapse_whitespace
from sphinxext.newsroom.utils.yaml import YamlSourceMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.config.docs_filter import DocsFilter
    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.environment.project import BlogProject
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.problems import TemplateMistake
    from sphinxext.newsroom.validation.coerce import SourceMap


class Site:
    """What one build knows of its blogs; made when the builder is, filled in two steps.

    :meth:`plan` reads the front matter of all posts before Sphinx looks for documents. :meth:`complete` adds the posts
    that ABlog's directive declares, once all documents are read. From then on the index of each section, and
    :attr:`blog`, which holds the posts of all of them, are what everything is made of.
    """

    def __init__(self, app: Sphinx) -> None:
        """Read the options.

        :param app: the application.
        """
        self.app = app
        self.options, self._of_sections, problems = read_options(app)
        self.problems: list[Problem] = [*build_state(app).config_problems, *problems]
        self.mkdocs = read_mkdocs_site(app)
        """The site that a ``mkdocs.yml`` describes, None if there is none."""
        self._docs_filter: DocsFilter | None = None
        self._shows_draft_docs = is_preview() or app.tags.has("drafts")
        if self.mkdocs is not None:
            self.problems += lost_settings(self.mkdocs, app.config, explicit_settings(app.config))
            self._docs_filter, problems_of_filter = docs_filter(self.mkdocs, shows_drafts=self._shows_draft_docs)
            self.problems += problems_of_filter
        self.publishing = Publishing(
            app,
            excludes=self.excludes,
            decides=self._is_in_docs,
            own_files=self._own_files(),
            post_dirs=[tidy_path(options.post_dir.format(blog=options.blog_dir)) for options in self._of_sections],
        )
        """Tells which files may be copied into the output."""
        self.reserved_paths = reserved_paths(app, self._of_sections)
        """The paths in the output that no page of a blog and no redirect takes."""
        self._errors = ErrorWatch()
        self._template_mistakes: set[TemplateMistake] = set()
        self.srcdir = Path(app.srcdir)
        self._source_maps: dict[str, tuple[int, SourceMap]] = {}
        self.locale = babel_locale(app.config.language or "en")
        self.zone = ZoneInfo(self.options.timezone)
        """The time zone of dates that name none."""
        self.now = build_time()
        self.planned: dict[str, Post] = {}
        """The posts that were known before reading, by docname."""
        self.unpublished: frozenset[str] = frozenset()
        """The files of posts that do not exist in this build."""
        self.removed: frozenset[str] = frozenset()
        """The documents of the last build that this one does not have."""
        self.previously_copied: frozenset[str] = frozenset()
        """Paths in the output of the images and downloads that the documents of the last build used."""
        self.state = Path(app.doctreedir) / "newsroom"
        """The folder of what is kept between builds."""
        remove_leftovers(self.state)
        self._known_problems = KnownProblems(app, self.state)
        self._scanner = Scanner(
            self.srcdir,
            read_rst=read_outline,
            cache_file=self.state / "scan.pickle",
            timezone=self.options.timezone,
            version=__version__,
        )
        self.rendered_posts = RenderedPostStore(self.state / cache_name(app.builder))
        self.manifest = Manifest(self.state, app.builder, stamp=self._stamp())
        self.sections = tuple(
            BlogSection(
                options,
                build_blog((), options=options, locale=self.locale, documents=())[0],
                show_drafts=shows_drafts(app, options),
            )
            for options in self._of_sections
        )
        self._generated_files = GeneratedFiles(
            self.srcdir,
            self.state,
            [section.post_dir for section in self.sections if section.options.enabled],
            without=(Path(app.outdir), Path(app.doctreedir)),
        )
        self.blog = merge_blogs([section.blog for section in self.sections])

    def _stamp(self) -> str:
        """Return what all pages depend on besides the documents."""
        # Sphinx writes all pages when its own digests of options and tags differ, but not if that build is interrupted.
        info = getattr(self.app.builder, "build_info", None)
        digests = [info.config_hash, info.tags_hash] if info is not None else []
        options = [options.model_dump(mode="json") for options in (self.options, *self._of_sections)]
        # Sphinx looks for newer templates, but does not see when one is gone.
        folders = [Path(self.app.confdir) / name for name in self.app.config.templates_path]
        files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
        templates = [(str(file), file.stat().st_mtime_ns) for file in files]
        return fingerprint([self.app.extensions["sphinxext.newsroom"].version, digests, options, templates])

    def excludes(self, path: str) -> bool:
        """Return whether ``mkdocs.yml`` says that a file is not published in this build.

        :param path: relative to the source folder.
        """
        if self.mkdocs is None or self._docs_filter is None:
            return False
        in_docs = self.mkdocs.in_docs(path)
        return in_docs is not None and self._docs_filter.excludes(in_docs)

    def _is_in_docs(self, path: str) -> bool:
        return self.mkdocs is not None and self.mkdocs.in_docs(path) is not None

    @property
    def exclusion_rules(self) -> list[Any]:
        """What decides about :meth:`excludes`, as plain data."""
        if self.mkdocs is None:
            return []
        values = self.mkdocs.settings.values
        return [values.get("exclude_docs"), values.get("draft_docs"), self._shows_draft_docs]

    def _own_files(self) -> set[str]:
        """Return the files that say how the blogs are built."""
        own = {options.authors_file.format(blog=options.blog_dir) for options in self._of_sections}
        return own | ({str(self.mkdocs.file)} if self.mkdocs is not None else set())

    @property
    def main(self) -> BlogSection:
        """The section that posts belong to wherever they stand, if they are declared ABlog's way."""
        return self.sections[0]

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts of all sections that were known before reading."""
        return tuple(self.planned.values())

    @property
    def authors(self) -> Mapping[str, Author]:
        """The authors of the main section."""
        return self.main.authors

    @property
    def project(self) -> BlogProject:
        """The project, which knows the documents."""
        return cast("BlogProject", self.app.project)

    def section_of(self, path: str) -> BlogSection | None:
        """Return the section whose folder of posts a file is in.

        :param path: relative to the source folder.
        """
        holders = [section for section in self.sections if section.holds(path)]
        return max(holders, key=lambda section: len(section.post_dir)) if holders else None

    def section_with(self, post: Post) -> BlogSection:
        """Return the section whose index has a post.

        :param post: the post.
        """
        return next((section for section in self.sections if post.key in section.blog.posts), self.main)

    def plan(self, files: list[str]) -> None:
        """Read all posts and decide which documents there are.

        :param files: every source file, relative to the source folder.
        """
        for section in self.sections:
            self.problems += section.read_authors(
                self.srcdir, configured_authors(self.app.config), cache_folder=self.state
            )
        plain = {file: self.project.plain_docname(file) for file in files}
        matches = pattern_matches(self.app)
        at_home = {file: self.section_of(file) for file in files}
        candidates = [
            Candidate(
                path=file,
                declared=at_home[file] is None or plain[file] in matches,
                matched=plain[file] in matches,
                introduces_list=plain[file] == self.app.config.root_doc
                or any(section.can_introduce_list(plain[file]) for section in self.sections),
            )
            for file in files
        ]
        defaults, problems = read_folder_defaults(self.srcdir, [file for file in files if at_home[file] is not None])
        self.problems += problems
        sources = self._scanner.scan(candidates, defaults)
        # What another extension has written is a page, unless it has front matter.
        bare = [path for path, source in sources.items() if not source.has_front_matter and at_home[path] is not None]
        folders = [folder for source in sources.values() for folder in source.stub_folders]
        of_extensions = self._generated_files.find(bare) | find_stubs(bare, folders)
        all_sources, sources = sources, {path: found for path, found in sources.items() if path not in of_extensions}
        own = {
            path: plain[path]
            for path, source in sources.items()
            if source.front_matter.blogpost or at_home[path] is None or plain[path] in matches
        }
        unpublished_directives = self._files_of_unpublished_directives()
        url_registry = UrlRegistry(reserved=self.reserved_paths)
        pages = {
            plain[file]: file
            for file in files
            if file not in unpublished_directives and (file not in sources or file in own)
        }
        for docname, file in pages.items():
            url_registry.reserve(docname, file)
        generated = {}
        for section in self.sections:
            if url_registry.owner(section.index) is None:
                url_registry.reserve(section.index, OWN_INDEX)
                generated[section.index] = self._write_generated_index(section)
        unpublished = set(unpublished_directives)
        for section in self.sections:
            made = build_posts(
                {path: source for path, source in sources.items() if (at_home[path] or self.main) is section},
                own_docnames=own,
                options=section.options,
                authors=section.authors,
                authors_file=section.authors_file,
                url_registry=url_registry,
                locale=self.locale,
                now=self.now,
                show_drafts=section.show_drafts,
                locate=self.locate,
            )
            section.posts = tuple(
                complete_post(post, self.app.config, section.authors, declared=post.path in own) for post in made.posts
            )
            section.undated = made.undated
            self.problems += made.problems
            unpublished |= made.unpublished
        unpublished |= self._stubs_of_unpublished(of_extensions, all_sources, unpublished)
        self.unpublished = frozenset(unpublished)
        self.__dict__.pop("docnames", None)
        self.planned = {post.docname: post for section in self.sections for post in section.posts}
        self.problems += self._scanner.problems
        unreadable = self._scanner.unreadable
        self._scanner.save(without=self.unpublished | unreadable)
        self.publishing.mark_unpublished(self.unpublished | unreadable, partly=self._files_with_unpublished_sections())
        self.project.arrange(
            permalinks={post.path: post.docname for post in self.posts if post.path not in own},
            unpublished=self.unpublished | unreadable,
            generated=generated,
        )
        self.report(self.problems)
        self.problems.clear()

    @staticmethod
    def _stubs_of_unpublished(stubs: set[str], sources: Mapping[str, Source], unpublished: set[str]) -> set[str]:
        """Return the stubs that only posts ask for which do not exist in this build."""
        of_unpublished, of_shown = (
            [
                folder
                for path, source in sources.items()
                if (path in unpublished) is flag
                for folder in source.stub_folders
            ]
            for flag in (True, False)
        )
        return find_stubs(stubs, of_unpublished) - find_stubs(stubs, of_shown)

    def _files_of_unpublished_directives(self) -> set[str]:
        """Return the files that are one post, declared with ABlog's directive, whose time has not come."""
        if self.app.config.post_always_section:
            return set()
        return {
            path
            for path, dates in self._scanner.directives.items()
            if len(dates) == 1 and self.is_unpublished(dates[0])
        }

    def _files_with_unpublished_sections(self) -> set[str]:
        """Return the files with several posts, declared with ABlog's directive, that hold one whose time has not come."""
        directives = self._scanner.directives.items()
        return {
            path for path, dates in directives if path not in self.unpublished and any(map(self.is_unpublished, dates))
        }

    def is_post(self, docname: str) -> bool:
        """Return whether a document holds posts.

        :param docname: the document.
        """
        return (
            docname in self.planned or str(self.project.doc2path(docname, absolute=False)) in self._scanner.directives
        )

    @cached_property
    def docnames(self) -> dict[str, str]:
        """The document of each file that is known to be a post before documents are read; known once posts are."""
        shown = self._scanner.directives.keys() - self.unpublished
        return {path: self.project.plain_docname(path) for path in shown} | {p.path: p.docname for p in self.posts}

    def is_unpublished(self, date: str) -> bool:
        """Return whether a post with this date, as ABlog's directive has it, does not exist in this build.

        :param date: what the directive says; one that is no date is reported when the document is read.
        """
        if self.main.show_drafts:
            return False
        try:
            return not date or read_post_date(date, self.app.config.post_date_format, self.zone) > self.now
        except NotADateError:
            return False

    def mark_unpublished(self, docnames: AbstractSet[str]) -> None:
        """Take documents out that turned out to be posts that do not exist in this build.

        :param docnames: the documents.
        """
        self.unpublished |= {str(self.project.doc2path(docname, absolute=False)) for docname in docnames}
        self.project.remove_documents(docnames)

    def complete(self, env: BuildEnvironment) -> None:
        """Arrange the blogs, now that ABlog's directives are read too.

        :param env: the environment, all documents read.
        """
        posts = {id(section): [*with_updates(section.posts, env)] for section in self.sections}
        posts[id(self.main)] += declared_posts(
            env, authors=self.authors, zone=self.zone, now=self.now, show_drafts=self.main.show_drafts
        )
        of_posts = {post.docname: post.path for found in posts.values() for post in found}
        for section in self.sections:
            mine = posts[id(section)]
            own = {post.docname for post in mine}
            others = {docname: path for docname, path in of_posts.items() if docname not in own}
            section.blog, problems = build_blog(
                mine,
                options=section.options,
                locale=self.locale,
                documents=env.found_docs - of_posts.keys(),
                taken=others,
                reserved=self.reserved_paths,
            )
            self.report(problems)
        self.blog = merge_blogs([section.blog for section in self.sections])

    def record_removed(self, docnames: Iterable[str], copied: Iterable[str]) -> None:
        """Note what the last build had, before Sphinx forgets it; delete the doctrees of documents that are gone.

        :param docnames: the documents that are gone.
        :param copied: paths in the output of the images and downloads of all documents.
        """
        self.removed, self.previously_copied = frozenset(docnames), frozenset(copied)
        for docname in docnames:
            remove_doctree(self.app, docname)

    def report(self, problems: Iterable[Problem]) -> None:
        """Log problems, each with the severity that the site gives it.

        :param problems: what is wrong.
        """
        warn(self._known_problems.new(problems), self.srcdir, self.options.severity)

    def finish(self) -> None:
        """Keep what was reported, at the end of a build that succeeds."""
        self._known_problems.save()

    def report_template(self, mistake: TemplateMistake) -> None:
        """Report a mistake in a template of the site, once in each process.

        :param mistake: the mistake.
        """
        if mistake in self._template_mistakes:
            return
        self._template_mistakes.add(mistake)
        message = (
            f"{mistake.name} cannot be used: {mistake.reason}; the template of the extension is shown in its place."
        )
        path = os.path.relpath(mistake.file, self.srcdir).replace(os.sep, "/")
        self.report([Problem(subtype=Subtype.TEMPLATE, message=message, path=path, line=mistake.line)])

    @property
    def has_wrong_template(self) -> bool:
        """Whether a template of the site has a mistake, as far as it was used."""
        return self._errors.has_seen_template

    @property
    def failed(self) -> bool:
        """Whether there was a problem of a kind that ends the build."""
        return self._errors.has_seen_one

    @property
    def inputs(self) -> list[Any]:
        """All that the blogs are made of, as plain data, but for the texts of documents and the looks of the site."""
        config = {value.name: value.value for value in self.app.config if value.name.startswith(("blog_", "post_"))}
        return [
            __version__,
            self.now.date(),
            self._scanner.digests,
            [(post.path, post.docname, post.state) for post in self.posts],
            [(repr(section.options), repr(section.authors)) for section in self.sections],
            config,
            # Those that ABlog's directives declare or change.
            [repr(post) for post in self.blog.posts.values() if self.planned.get(post.docname) is not post],
        ]

    @property
    def stamps(self) -> dict[str, str]:
        """What differs whenever the file of a post does, by path."""
        return self._scanner.stamps

    def locate(self, path: str, key: str, item: str | None = None) -> int | None:
        """Return the line of a front matter key, or of an item in it.

        :param path: the file.
        :param key: the key.
        :param item: the item.
        """
        source_map = self._source_map_of(path)
        return source_map.item_line(item, key) if item is not None else source_map.line(key)

    def _source_map_of(self, path: str) -> SourceMap:
        """Return where the keys of the front matter of a file stand; a post with many mistakes is parsed once."""
        file = self.srcdir / path
        stamp = file.stat().st_mtime_ns
        if self._source_maps.get(path, (0, None))[0] != stamp:
            text = file.read_text(encoding="utf-8-sig", errors="replace")
            parts = split(text, read_rst=read_outline if path.endswith(RST_SUFFIXES) else None)
            self._source_maps = {path: (stamp, source_map_of(parts))}
        return self._source_maps[path][1]

    def locate_author(self, author: Author, post: Post) -> tuple[str, int | None]:
        """Return the file and the line where an author is described.

        :param author: the author.
        :param post: one of their posts.
        """
        for section in self.sections:
            file = self.srcdir / section.authors_file
            if author.id in section.authors and is_regular(file):
                stamp = file.stat().st_mtime_ns
                if self._source_maps.get(section.authors_file, (0, None))[0] != stamp:
                    places_in_file = YamlSourceMap(file.read_text(encoding="utf-8", errors="replace"))
                    self._source_maps = {section.authors_file: (stamp, places_in_file)}
                source_map = self._source_maps[section.authors_file][1]
                return section.authors_file, source_map.line("authors", author.id) or source_map.line(author.id)
        return post.path, self.locate(post.path, "authors") or self.locate(post.path, "author")

    def _write_generated_index(self, section: BlogSection) -> Path:
        """Make the document that heads a blog where nobody wrote one; it is kept out of the source folder."""
        suffixes = self.project.source_suffix
        suffix = ".md" if ".md" in suffixes else next(iter(suffixes), ".rst")
        title = section.options.title
        content = f"# {escape_markdown(title)}\n" if suffix == ".md" else rst_heading(title)
        file = self.project.generated_file(section.index, suffix)
        if not file.is_file() or file.read_bytes() != content.encode():
            write_atomically(file, content.encode())
        return file


def build_time() -> datetime:
    """Return the time of the build: ``SOURCE_DATE_EPOCH`` where it is set, else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def escape_markdown(text: str) -> str:
    """Return plain text so that Markdown shows it as it is, on one line.

    :param text: any text.
    """
    escaped = "".join(f"\\{c}" if c.isascii() and not c.isalnum() and not c.isspace() else c for c in text)
    return " ".join(escaped.split())


def rst_heading(text: str) -> str:
    """Return plain text as a section title of reStructuredText.

    :param text: any text.
    """
    title = escape(collapse_whitespace(text))
    return f"{title}\n{'=' * textwidth(title)}\n"


def set_site(app: Sphinx, site: Site) -> None:
    """Give an application its site.

    :param app: the application.
    :param site: the site.
    """
    build_state(app).site = site


def get_site(app: Sphinx) -> Site:
    """Return the site of an application.

    :param app: the application, its builder made.
    """
    return cast("Site", build_state(app).site)
