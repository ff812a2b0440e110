"""One blog of a site: its options, folder, authors and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.content.citations import INSTALL, NO_BIBLIOGRAPHY, Bibliography
from sphinxext.newsroom.environment.data_files import parse_cached, read_data_file
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.urls import join_docname

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.config.options import Options
    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
    from sphinxext.newsroom.event_models import Place
    from sphinxext.newsroom.models import Author, Post


class BlogSection:
    """A blog, filled in the two steps of the site that it belongs to."""

    def __init__(
        self, options: Options, blog: Blog, *, show_drafts: bool, kinds: Sequence[TaxonomyKind] = KINDS
    ) -> None:
        """Start without posts.

        :param options: the options of this blog.
        :param blog: an index without posts.
        :param show_drafts: whether drafts and scheduled posts exist in this build.
        :param kinds: the kinds of taxonomy that there are.
        """
        self._kinds = frozenset(kind.name for kind in kinds)
        self.options = options
        self.blog = blog
        self.show_drafts = show_drafts
        self.authors: dict[str, Author] = {}
        self.venues: dict[str, Place] = {}
        self.bibliography = NO_BIBLIOGRAPHY
        self.posts: tuple[Post, ...] = ()
        """The posts that were known before reading."""
        self.undated: tuple[Post, ...] = ()
        """The posts that are left out only because their date is missing or not understood."""

    @property
    def post_dir(self) -> str:
        """The folder of the posts, relative to the source folder."""
        return tidy_path(self.options.post_dir.format(blog=self.options.blog_dir))

    @property
    def authors_file(self) -> str:
        """The authors file, relative to the source folder."""
        return tidy_path(self.options.authors_file.format(blog=self.options.blog_dir))

    @property
    def venues_file(self) -> str:
        """The venues file, relative to the source folder."""
        return tidy_path(self.options.venues_file.format(blog=self.options.blog_dir))

    @property
    def bibliography_file(self) -> str:
        """The bibliography file, relative to the source folder."""
        return tidy_path(self.options.bibliography.format(blog=self.options.blog_dir))

    @property
    def index(self) -> str:
        """The document that heads the blog."""
        return join_docname(self.options.blog_dir, "index")

    def can_introduce_list(self, docname: str) -> bool:
        """Return whether a document may have the path of the index, an overview or a list of posts.

        :param docname: the document.
        """
        folder = join_docname(self.options.blog_dir, "x").removesuffix("x")
        first = docname.removeprefix(folder).partition("/")[0]
        releases = self.options.release_page
        is_special = docname == self.index or (
            releases != "" and docname == join_docname(self.options.blog_dir, releases)
        )
        return is_special or (docname.startswith(folder) and first in self._kinds)

    def holds(self, path: str) -> bool:
        """Return whether a file is in the folder of the posts.

        :param path: relative to the source folder.
        """
        return not self.post_dir or path.startswith(self.post_dir + "/")

    def read_authors(self, root: Path, known: dict[str, Author], *, cache_folder: Path | None) -> list[Problem]:
        """Read the authors file; return problems with it.

        :param root: the source folder.
        :param known: authors that are known otherwise.
        :param cache_folder: the folder of cache files; None for no cache.
        """
        self.authors = dict(known)
        path = self.authors_file
        if not self.options.authors:
            return []
        content = read_data_file(root, path, name="authors", subtype=Subtype.AUTHOR)
        if not isinstance(content, bytes):
            return [content] if content else []

        def parse(text: str, *, path: str) -> tuple[dict[str, Author], tuple[Problem, ...]]:
            from sphinxext.newsroom.content.authors import parse_authors

            return parse_authors(text, path=path)

        authors, problems = parse_cached(path, content, parse, kind="authors", cache_folder=cache_folder)
        self.authors |= authors
        try:
            content.decode()
        except UnicodeDecodeError as error:
            message = "the file is not UTF-8, so some names are garbled; save it as UTF-8."
            line = content.count(b"\n", 0, error.start) + 1
            encoding = Problem(subtype=Subtype.ENCODING, message=message, path=path, line=line)
            return [encoding, *problems]
        return list(problems)

    def read_venues(self, root: Path) -> list[Problem]:
        """Read the venues file, which few sites have; return what is wrong with it.

        :param root: the source folder.
        """
        self.venues, path = {}, self.venues_file
        content = read_data_file(root, path, name="venues", subtype=Subtype.EVENT)
        if not isinstance(content, bytes):
            return [content] if content else []
        from sphinxext.newsroom.events.venues import parse_venues

        self.venues, problems = parse_venues(content.decode("utf-8", errors="replace"), path=path)
        return list(problems)

    def read_bibliography(self, root: Path, *, cache_folder: Path | None) -> list[Problem]:
        """Read the bibliography file, which few sites have; return what is wrong with it.

        :param root: the source folder.
        :param cache_folder: the folder of cache files; None for no cache.
        """
        path = self.bibliography_file
        self.bibliography = Bibliography(path=path)
        content = read_data_file(root, path, name="bibliography", subtype=Subtype.FRONT_MATTER)
        if not isinstance(content, bytes):
            return [content] if content else []
        from sphinxext.newsroom.citations.bibliography import can_parse, parse_bibliography

        if not can_parse():
            self.bibliography = Bibliography(path=path, is_readable=False)
            message = f"newsroom_bibliography: {path} is not read, because a package is missing; {INSTALL} installs it."
            return [Problem(subtype=Subtype.CONFIG, message=message)]
        works, problems = parse_cached(
            path, content, parse_bibliography, kind="bibliography", cache_folder=cache_folder
        )
        self.bibliography = Bibliography(path=path, works=works)
        return list(problems)


def tidy_path(path: str) -> str:
    """Return a relative path without empty parts and dots.

    :param path: a path with ``/``.
    """
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def section_of(path: str, sections: Iterable[BlogSection]) -> BlogSection | None:
    """Return the blog whose folder of posts a file is in, None for a file in no such folder.

    :param path: relative to the source folder.
    :param sections: the blogs of the site.
    """
    holders = [section for section in sections if section.holds(path)]
    return max(holders, key=lambda section: len(section.post_dir)) if holders else None
