"""The site of the running build: its blogs and their state."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from sphinxext.newsroom import __version__
from sphinxext.newsroom.ablog.posts import declared_posts, with_updates
from sphinxext.newsroom.blog.index import build_blog, merge_blogs
from sphinxext.newsroom.config.options import babel_locale
from sphinxext.newsroom.config.sphinx_config import explicit_settings, is_preview, read_options, shows_drafts
from sphinxext.newsroom.config.sphinx_mkdocs_site import docs_filter, lost_settings, read_mkdocs_site
from sphinxext.newsroom.config.sphinx_registry import feed_formats, taxonomy_kinds
from sphinxext.newsroom.content.scanner import Scanner
from sphinxext.newsroom.environment.blog_section import BlogSection, tidy_path
from sphinxext.newsroom.environment.copy_rules import CopyRules
from sphinxext.newsroom.environment.discovery import PostDiscovery, is_unpublished
from sphinxext.newsroom.environment.generated_files import GeneratedFiles
from sphinxext.newsroom.environment.manifest import Manifest
from sphinxext.newsroom.environment.output_paths import reserved_paths
from sphinxext.newsroom.environment.reporter import ProblemReporter
from sphinxext.newsroom.environment.toctree_files import ToctreeFiles
from sphinxext.newsroom.events.states import days_left, event_states
from sphinxext.newsroom.excerpts.rendered_post_store import RenderedPostStore
from sphinxext.newsroom.front_matter.sphinx_rst_outline import read_outline
from sphinxext.newsroom.utils.cache import remove_leftovers
from sphinxext.newsroom.utils.dates import build_time
from sphinxext.newsroom.utils.file_records import digest_of_files
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import cache_name
from sphinxext.newsroom.utils.sphinx_doctrees import remove_doctree
from sphinxext.newsroom.utils.sphinx_events import POSTS_DISCOVERED, has_handlers
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.config.docs_filter import DocsFilter
    from sphinxext.newsroom.environment.blog_project import BlogProject
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.problems import Problem


class Site:
    """The blogs of one build; created with the builder, completed in two steps.

    :meth:`discover` reads the front matter of all posts before Sphinx looks for documents. :meth:`complete` adds the posts
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
        self.copy_rules = CopyRules(
            app,
            excludes=self.excludes,
            decides=self._is_in_docs,
            own_files=self._own_files(),
            post_dirs=[tidy_path(options.post_dir.format(blog=options.blog_dir)) for options in self._of_sections],
        )
        """Tells which files may be copied into the output."""
        self.reserved_paths = reserved_paths(app, self._of_sections)
        """The paths in the output that no page of a blog and no redirect takes."""
        self.srcdir = Path(app.srcdir)
        self.locale = babel_locale(app.config.language or "en")
        self.is_complete = False
        """Whether all documents are read, so that the index of each blog has its posts."""
        self.kinds = taxonomy_kinds(app)
        """The kinds of taxonomy of its blogs."""
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
        """The folder of cache files."""
        remove_leftovers(self.state)
        self.reporter = ProblemReporter(app, self.state, self.options.severity)
        self.scanner = Scanner(
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
                kinds=self.kinds,
            )
            for options in self._of_sections
        )
        self.generated_files = GeneratedFiles(
            self.srcdir,
            self.state,
            [section.post_dir for section in self.sections if section.options.enabled],
            without=(Path(app.outdir), Path(app.doctreedir)),
        )
        self.blog = merge_blogs([section.blog for section in self.sections])
        folder = self.options.toctrees
        self.toctree_files = ToctreeFiles(Path(app.confdir) / folder if folder else None)

    def _stamp(self) -> str:
        """Return what all pages depend on besides the documents."""
        # Sphinx writes all pages when its own digests of options and tags differ, but not if that build is interrupted.
        info = getattr(self.app.builder, "build_info", None)
        digests = [info.config_hash, info.tags_hash] if info is not None else []
        options = [options.model_dump(mode="json") for options in (self.options, *self._of_sections)]
        # Sphinx looks for newer templates, but does not see when one is gone.
        templates = digest_of_files(Path(self.app.confdir) / name for name in self.app.config.templates_path)
        return fingerprint([self.app.extensions["sphinxext.newsroom"].version, digests, options, templates])

    def excludes(self, path: str) -> bool:
        """Return whether ``mkdocs.yml`` says that a file is not published in this build.

        :param path: relative to the source folder.
        """
        if self.mkdocs is None or self._docs_filter is None:
            return False
        in_docs = self.mkdocs.in_docs(path)
        return in_docs is not None and self._docs_filter.excludes(in_docs)

    def _is_draft_doc(self, path: str) -> bool:
        in_docs = self.mkdocs.in_docs(path) if self.mkdocs is not None else None
        return in_docs is not None and self._docs_filter is not None and self._docs_filter.is_draft(in_docs)

    def _is_in_docs(self, path: str) -> bool:
        return self.mkdocs is not None and self.mkdocs.in_docs(path) is not None

    @property
    def exclusion_rules(self) -> list[Any]:
        """The inputs of :meth:`excludes`, as plain data."""
        if self.mkdocs is None:
            return []
        values = self.mkdocs.settings.values
        return [values.get("exclude_docs"), values.get("draft_docs"), self._shows_draft_docs]

    def _own_files(self) -> set[str]:
        """Return the files that say how the blogs are built."""
        own = {
            file.format(blog=options.blog_dir)
            for options in self._of_sections
            for file in (options.authors_file, options.venues_file, options.bibliography)
        }
        return own | ({str(self.mkdocs.file)} if self.mkdocs is not None else set())

    @property
    def main(self) -> BlogSection:
        """The section that posts declared with ABlog's syntax belong to, wherever they are."""
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

    def section_with(self, post: Post) -> BlogSection:
        """Return the section whose index has a post.

        :param post: the post.
        """
        return next((section for section in self.sections if post.key in section.blog.posts), self.main)

    def discover(self, files: list[str]) -> None:
        """Read the front matter of all posts, and decide which documents there are.

        :param files: every source file, relative to the source folder.
        """
        found = PostDiscovery(self, files).run()
        self.unpublished = found.unpublished
        self.__dict__.pop("docnames", None)
        self.planned = {post.docname: post for section in self.sections for post in section.posts}
        not_documents = found.unpublished | found.unreadable
        self.scanner.save(without=not_documents)
        drafts = filter(self._is_draft_doc, self.project.excluded)
        self.copy_rules.mark_unpublished(not_documents.union(drafts), partly=found.partly_unpublished)
        # The same file under another name, by a symbolic link to it or to its folder, is not a document either.
        not_documents |= {file for file in files if self.copy_rules.is_unpublished(file, partly=False)}
        documents = {self.project.plain_docname(file): file for file in files if file not in not_documents}
        documents |= {docname: path for path, docname in found.permalinks.items()}
        documents |= {docname: path.name for docname, path in found.generated.items()}
        indexes = self._readme_indexes(documents)
        documents |= {docname: path for path, docname in indexes.items()}
        generated = {**found.generated, **self.toctree_files.arrange(documents)}
        self.project.arrange(
            permalinks=found.permalinks, indexes=indexes, unpublished=not_documents, generated=generated
        )
        self.reporter.report([*self.problems, *found.problems, *self.toctree_files.problems])
        self.problems.clear()
        self.toctree_files.problems.clear()

    def _readme_indexes(self, documents: Mapping[str, str]) -> dict[str, str]:
        """Return the docname of each ``README.md`` that is the index of its folder, as MkDocs takes it, by path.

        :param documents: the files of documents, by docname.
        """
        if self.mkdocs is None or not self.mkdocs.is_whole:
            return {}
        found = {
            path: docname.removesuffix("README") + "index"
            for docname, path in documents.items()
            if PurePosixPath(path).name == "README.md" and PurePosixPath(docname).name == "README"
        }
        return {path: docname for path, docname in found.items() if docname not in documents}

    def is_post(self, docname: str) -> bool:
        """Return whether a document holds posts.

        :param docname: the document.
        """
        return docname in self.planned or str(self.project.doc2path(docname, absolute=False)) in self.scanner.directives

    @cached_property
    def docnames(self) -> dict[str, str]:
        """The document of each file that is known to be a post before documents are read; known once posts are."""
        shown = self.scanner.directives.keys() - self.unpublished
        return {path: self.project.plain_docname(path) for path in shown} | {p.path: p.docname for p in self.posts}

    def is_unpublished(self, date: str) -> bool:
        """Return whether a post of ABlog's directive is not part of this build.

        :param date: what the directive says.
        """
        return is_unpublished(self, date)

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
                kinds=self.kinds,
            )
            self.reporter.report(problems)
        self.blog = merge_blogs([section.blog for section in self.sections])
        self.is_complete = True

    def record_removed(self, docnames: Iterable[str], copied: Iterable[str]) -> None:
        """Note what the last build had, before Sphinx forgets it; delete the doctrees of documents that are gone.

        :param docnames: the documents that are gone.
        :param copied: paths in the output of the images and downloads of all documents.
        """
        self.removed, self.previously_copied = frozenset(docnames), frozenset(copied)
        for docname in docnames:
            remove_doctree(self.app, docname)

    @property
    def inputs(self) -> list[Any]:
        """All that the blogs are made of, as plain data, except for the texts of documents and the looks of the site."""
        config = {value.name: value.value for value in self.app.config if value.name.startswith(("blog_", "post_"))}
        return [
            __version__,
            self.now.date(),
            # Events begin and end, and registration closes, at any time of the day.
            [
                [event_states(event, self.now), days_left(event, self.now)]
                for post in self.posts
                if (event := post.front_matter.event)
            ],
            self.scanner.digests,
            [(post.path, post.docname, post.state) for post in self.posts],
            [
                (repr(section.options), repr(section.authors), repr(section.venues), repr(section.bibliography))
                for section in self.sections
            ],
            config,
            repr(self.kinds),
            [(found.name, found.title, found.media_type, found.version) for found in feed_formats(self.app).values()],
            # A handler can have changed anything of a post.
            [repr(post) for post in self.posts] if has_handlers(self.app, POSTS_DISCOVERED) else [],
            # Those that ABlog's directives declare or change.
            [repr(post) for post in self.blog.posts.values() if self.planned.get(post.docname) is not post],
        ]

    @property
    def stamps(self) -> dict[str, str]:
        """Fingerprints of the files of posts, by path."""
        return self.scanner.stamps


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
