"""Which files of a site are posts and which are pages: the steps that a build and the command have in common.

Nothing here needs Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.blog.taxonomies import OWN_INDEX
from sphinxext.newsroom.content.posts import build_posts
from sphinxext.newsroom.content.scanner import Candidate
from sphinxext.newsroom.environment.blog_section import section_of
from sphinxext.newsroom.front_matter.cascade import read_folder_defaults
from sphinxext.newsroom.utils.stubs import find_stubs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from babel.core import Locale

    from sphinxext.newsroom.content.scanner import Scanner, Source
    from sphinxext.newsroom.content.url_registry import UrlRegistry
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.problems import Locate, Problem


class PostFiles:
    """The source files of a site with its blogs; the first blog is the one of posts outside of all folders."""

    def __init__(
        self, docnames: Mapping[str, str], sections: Sequence[BlogSection], *, matches: Collection[str], root_doc: str
    ) -> None:
        """Find the blog of each file.

        :param docnames: the docname of each file without a permalink, by path relative to the source folder.
        :param sections: the blogs.
        :param matches: the docnames that ABlog's ``blog_post_pattern`` matches.
        :param root_doc: the home page.
        """
        self.docnames, self._sections = docnames, sections
        self._matches, self._root_doc = matches, root_doc
        self._section_by_path = {path: section_of(path, sections) for path in docnames}

    def section_of(self, path: str) -> BlogSection:
        """Return the blog of a post.

        :param path: its file.
        """
        return self._section_by_path[path] or self._sections[0]

    def scan(self, scanner: Scanner, root: Path) -> tuple[Mapping[str, Source], tuple[Problem, ...]]:
        """Return the front matter of the files that may be posts, by path, and what is wrong with that of folders.

        :param scanner: reads the files.
        :param root: the source folder.
        """
        candidates = [
            Candidate(
                path=path,
                declared=self._section_by_path[path] is None or docname in self._matches,
                matched=docname in self._matches,
                introduces_list=docname == self._root_doc
                or any(section.can_introduce_list(docname) for section in self._sections),
            )
            for path, docname in self.docnames.items()
        ]
        in_post_dirs = [path for path in self.docnames if self._section_by_path[path] is not None]
        defaults, problems = read_folder_defaults(root, in_post_dirs)
        return scanner.scan(candidates, defaults), tuple(problems)

    def without_front_matter(self, sources: Mapping[str, Source]) -> list[str]:
        """Return the files in folders of posts that have no front matter, which may be generated pages.

        :param sources: what was scanned.
        """
        return [
            path
            for path, source in sources.items()
            if not source.has_front_matter and self._section_by_path[path] is not None
        ]

    def find_stubs(self, sources: Mapping[str, Source]) -> set[str]:
        """Return the stubs that posts have requested.

        :param sources: what was scanned.
        """
        folders = [folder for source in sources.values() for folder in source.stub_folders]
        return find_stubs(self.without_front_matter(sources), folders)

    def find_kept_docnames(self, sources: Mapping[str, Source]) -> dict[str, str]:
        """Return the docnames of ABlog's posts, by path: they keep their docnames.

        :param sources: the posts.
        """
        return {
            path: self.docnames[path]
            for path, source in sources.items()
            if source.front_matter.blogpost
            or self._section_by_path[path] is None
            or self.docnames[path] in self._matches
        }

    def reserve_pages(
        self,
        registry: UrlRegistry,
        sources: Mapping[str, Source],
        kept_docnames: Mapping[str, str],
        *,
        unpublished: Collection[str] = (),
    ) -> tuple[frozenset[str], list[BlogSection]]:
        """Reserve the URLs of all pages; return their docnames, and the blogs that have no page at their index.

        :param registry: the URLs in use.
        :param sources: the posts.
        :param kept_docnames: those of ABlog.
        :param unpublished: files that are not documents.
        """
        pages = {
            docname: path
            for path, docname in self.docnames.items()
            if path not in unpublished and (path not in sources or path in kept_docnames)
        }
        for docname, path in pages.items():
            registry.reserve(docname, path)
        without_index = []
        for section in self._sections:
            if registry.owner(section.index) is None:
                registry.reserve(section.index, OWN_INDEX)
                without_index.append(section)
        return frozenset(pages), without_index

    def build_posts(
        self,
        sources: Mapping[str, Source],
        kept_docnames: Mapping[str, str],
        registry: UrlRegistry,
        *,
        locale: Locale,
        now: datetime,
        locate: Locate,
        complete: Callable[[Post, BlogSection], Post],
    ) -> tuple[set[str], list[Problem]]:
        """Give each blog its posts; return the files of unpublished ones, and what is wrong.

        :param sources: the posts.
        :param kept_docnames: those of ABlog.
        :param registry: the URLs in use.
        :param locale: the language of names in dates.
        :param now: the time of the build.
        :param locate: finds lines.
        :param complete: adds to a post of a blog what ABlog's options say.
        """
        unpublished: set[str] = set()
        problems: list[Problem] = []
        for section in self._sections:
            built = build_posts(
                {path: source for path, source in sources.items() if self.section_of(path) is section},
                own_docnames=kept_docnames,
                options=section.options,
                authors=section.authors,
                authors_file=section.authors_file,
                venues=section.venues,
                venues_file=section.venues_file,
                bibliography=section.bibliography,
                url_registry=registry,
                locale=locale,
                now=now,
                show_drafts=section.show_drafts,
                locate=locate,
            )
            section.posts = tuple(complete(post, section) for post in built.posts)
            section.undated = built.undated
            problems += built.problems
            unpublished |= built.unpublished
        return unpublished, problems
