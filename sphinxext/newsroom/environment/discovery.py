"""Discover the posts of a site: which files are posts, which are published, and what their permalinks are.

This happens in the parent process, before Sphinx looks for documents. It decides which posts are unpublished;
``BlogProject`` leaves them out when it discovers documents, so that no later step can read them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from sphinxext.newsroom.ablog.dates import read_post_date
from sphinxext.newsroom.ablog.settings import complete_post, configured_authors, pattern_matches
from sphinxext.newsroom.blog.terms import read_terms
from sphinxext.newsroom.content.url_registry import UrlRegistry
from sphinxext.newsroom.environment.generated_index import write_generated_index
from sphinxext.newsroom.environment.post_files import PostFiles
from sphinxext.newsroom.models import Post
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.dates import NotADateError
from sphinxext.newsroom.utils.sphinx_events import POSTS_DISCOVERED, has_handlers
from sphinxext.newsroom.utils.stubs import find_stubs
from sphinxext.newsroom.utils.urls import PermalinkError, join_docname
from sphinxext.newsroom.validation.coerce import format_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sphinxext.newsroom.content.scanner import Source
    from sphinxext.newsroom.environment.site import Site


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """The files of a site, sorted into posts and pages."""

    permalinks: Mapping[str, str]
    """The docnames of the posts that have a permalink of the blog, by path."""
    unpublished: frozenset[str]
    """The files that are not documents in this build: unpublished posts, and stubs that only they request."""
    unreadable: frozenset[str]
    """The files that cannot be documents, such as named pipes."""
    partly_unpublished: frozenset[str]
    """The documents with unpublished sections."""
    generated: Mapping[str, Path]
    """The files of generated index pages, by docname."""
    problems: tuple[Problem, ...]


class PostDiscovery:
    """Discovers the posts of all blogs of a site."""

    def __init__(self, site: Site, files: Collection[str]) -> None:
        """Take the source files of the site.

        :param site: the site; its blogs get their authors and posts.
        :param files: every source file, relative to the source folder.
        """
        self._site = site
        self._files = PostFiles(
            {file: site.project.plain_docname(file) for file in files},
            site.sections,
            matches=pattern_matches(site.app),
            root_doc=site.app.config.root_doc,
        )
        self._problems: list[Problem] = []

    def run(self) -> Discovery:
        """Read all posts, and return what was found."""
        site, scanner, files = self._site, self._site.scanner, self._files
        for section in site.sections:
            known = configured_authors(site.app.config)
            self._problems += section.read_authors(site.srcdir, known, cache_folder=site.state)
            self._problems += section.read_venues(site.srcdir)
            self._problems += section.read_bibliography(site.srcdir, cache_folder=site.state)
        scanned, problems = files.scan(scanner, site.srcdir)
        self._problems += problems
        stubs = site.generated_files.find(files.without_front_matter(scanned)) | files.find_stubs(scanned)
        sources = {path: source for path, source in scanned.items() if path not in stubs}
        kept_docnames = files.find_kept_docnames(sources)
        by_directive = self._find_unpublished_directives()
        url_registry = UrlRegistry(reserved=site.reserved_paths)
        _pages, without_index = files.reserve_pages(url_registry, sources, kept_docnames, unpublished=by_directive)
        generated = {section.index: write_generated_index(site.project, section) for section in without_index}
        unpublished, problems_of_posts = files.build_posts(
            sources,
            kept_docnames,
            url_registry,
            locale=site.locale,
            now=site.now,
            locate=site.reporter.locate,
            complete=lambda post, section: complete_post(
                post, site.app.config, section.authors, declared=post.path in kept_docnames
            ),
        )
        self._problems += problems_of_posts
        unpublished |= by_directive
        self._check_terms()
        unpublished |= self._emit_posts(kept_docnames, url_registry)
        unpublished |= _find_unpublished_stubs(stubs, scanned, unpublished)
        self._problems += scanner.problems
        posts = [post for section in site.sections for post in section.posts]
        return Discovery(
            permalinks={post.path: post.docname for post in posts if post.path not in kept_docnames},
            unpublished=frozenset(unpublished),
            unreadable=frozenset(scanner.unreadable),
            partly_unpublished=frozenset(self._find_unpublished_sections(unpublished)),
            generated=generated,
            problems=tuple(self._problems),
        )

    def _check_terms(self) -> None:
        """Report what is not a term in the keys of taxonomies that extensions have registered."""
        for kind in self._site.kinds:
            if not kind.key:
                continue
            for post in (post for section in self._site.sections for post in section.posts):
                for item in read_terms(post.front_matter.extra.get(kind.key))[1]:
                    message = (
                        f"{kind.key!r} has {format_value(item)}; expected text, or a list of texts. It is left out."
                    )
                    line = self._site.reporter.locate(post.path, kind.key)
                    self._problems.append(
                        Problem(subtype=Subtype.FRONT_MATTER, message=message, path=post.path, line=line)
                    )

    # -- What other extensions change

    def _emit_posts(self, kept_docnames: dict[str, str], registry: UrlRegistry) -> set[str]:
        """Let handlers add, change and remove posts; return the files of those that they have removed."""
        site = self._site
        if not has_handlers(site.app, POSTS_DISCOVERED):
            return set()
        before = {post.path: post for section in site.sections for post in section.posts}
        posts = list(before.values())
        site.app.emit(POSTS_DISCOVERED, posts)
        accepted: dict[str, Post] = {}
        for post in posts:
            check_post(post)
            if post.path in accepted:
                message = f"{POSTS_DISCOVERED}: {post.path!r} is in the list twice."
                raise ExtensionError(message)
            if (found := self._accept(post, before.get(post.path), kept_docnames, registry)) is not None:
                accepted[post.path] = found
        for section in site.sections:
            section.posts = tuple(post for path, post in accepted.items() if self._files.section_of(path) is section)
        return before.keys() - accepted.keys()

    def _accept(
        self, post: Post, before: Post | None, kept_docnames: dict[str, str], registry: UrlRegistry
    ) -> Post | None:
        """Return a post of a handler's list with a URL that nothing else has; None if there is no document for it."""
        if post.path not in self._files.docnames:
            message = f"{POSTS_DISCOVERED}: a post of {post.path!r} was added, which is not a document; it is left out."
            self._problems.append(Problem(subtype=Subtype.CONFIG, message=message))
            return None
        usual = self._files.docnames[post.path] if before is None else before.docname
        if before is None and post.docname == usual:
            kept_docnames[post.path] = usual
        if post.docname != usual:
            if (owner := registry.owner(post.docname)) is not None:
                message = (
                    f"{POSTS_DISCOVERED}: the URL {post.docname!r} was given to this post, but is that of {owner}; "
                    f"it stays at {usual!r}."
                )
                self._problems.append(Problem(subtype=Subtype.DUPLICATE, message=message, path=post.path))
                kept_docnames |= {post.path: usual} if before is None else {}
                return replace(post, docname=usual)
            registry.reserve(post.docname, post.path)
            kept_docnames.pop(post.path, None)
        return post

    # -- ABlog's directives, which need no front matter

    def _find_unpublished_directives(self) -> set[str]:
        """Return the files that are one unpublished post, declared with ABlog's directive."""
        if self._site.app.config.post_always_section:
            return set()
        return {
            path
            for path, dates in self._site.scanner.directives.items()
            if len(dates) == 1 and is_unpublished(self._site, dates[0])
        }

    def _find_unpublished_sections(self, unpublished: Collection[str]) -> set[str]:
        """Return the published files in which ABlog's directive declares an unpublished post."""
        directives = self._site.scanner.directives.items()
        return {
            path
            for path, dates in directives
            if path not in unpublished and any(is_unpublished(self._site, date) for date in dates)
        }


def check_post(post: object) -> None:
    """Check a post that a handler may have made.

    :param post: the post.
    :raises ~sphinx.errors.ExtensionError: when it cannot be used.
    """
    if not isinstance(post, Post):
        message = f"{POSTS_DISCOVERED}: the list has {format_value(post)} in it; expected posts."
        raise ExtensionError(message)
    if any(date is not None and date.tzinfo is None for date in (post.created, post.updated)):
        message = f"{POSTS_DISCOVERED}: a date of {post.path!r} has no time zone."
        raise ExtensionError(message)
    try:
        is_safe = join_docname(".", post.docname) == post.docname
    except PermalinkError:
        is_safe = False
    if not is_safe:
        message = f"{POSTS_DISCOVERED}: {post.docname!r} cannot be the docname of {post.path!r}."
        raise ExtensionError(message)


def is_unpublished(site: Site, date: str) -> bool:
    """Return whether a post of ABlog's directive is a draft or scheduled, and so not part of this build.

    :param site: the site.
    :param date: what the directive says; text that is not a date is reported when the document is read.
    """
    if site.main.show_drafts:
        return False
    try:
        return not date or read_post_date(date, site.app.config.post_date_format, site.zone) > site.now
    except NotADateError:
        return False


def _find_unpublished_stubs(stubs: set[str], sources: Mapping[str, Source], unpublished: set[str]) -> set[str]:
    """Return the stubs that only unpublished posts request."""
    of_unpublished, of_published = (
        [
            folder
            for path, source in sources.items()
            if (path in unpublished) is wanted
            for folder in source.stub_folders
        ]
        for wanted in (True, False)
    )
    return find_stubs(stubs, of_unpublished) - find_stubs(stubs, of_published)
