"""Redirects from old URLs."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sphinxext.newsroom.blog.pagination import page_name, posts_per_page
from sphinxext.newsroom.content.reserved_paths import ReservedPaths
from sphinxext.newsroom.content.url_registry import url_key
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.urls import PermalinkError, is_web_url, join_docname

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.problems import Locate

HOME = "index"
"""The page at the root of a site."""
KEYS = ("redirects", "redirect", "aliases", "url_alias")


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """A redirect page."""

    pagename: str
    """The old URL, as a pagename; with ``.html`` where the URL is that of a file."""
    docname: str = ""
    """The page that it leads to."""
    title: str = ""
    """The title of that page, if it is not a document."""
    anchor: str = ""
    url: str = ""
    """The URL that it leads to, if it is not a document of the site."""


class Redirects:
    """The old URLs of a site; each is reserved once."""

    def __init__(
        self,
        pagenames: Iterable[str],
        *,
        file_of: Callable[[str], str] | None = None,
        reserved: ReservedPaths | None = None,
        copied: Callable[[str], str | None] = lambda _file: None,
    ) -> None:
        """Start with the URLs that are in use.

        :param pagenames: every page of the site; their URLs are never taken.
        :param file_of: returns the file of a page in the output; nothing can be below a file.
        :param reserved: paths of other files.
        :param copied: returns what the site copies to a path in the output, None for nothing.
        """
        self._reserved, self._copied = reserved or ReservedPaths(), copied
        pagenames = list(pagenames)
        self._file_of = file_of or _html_file
        self._files: set[str] = set()
        self._folders: set[str] = {""}
        for pagename in pagenames:
            self._note_file(pagename)
        self._owners = {url_key(pagename): pagename for pagename in pagenames}
        self._targets: dict[str, tuple[str, str, str]] = {}
        self.found: list[Redirect] = []
        self._unique: set[Redirect] = set()
        self.problems: list[Problem] = []

    def add_home(self, docname: str) -> None:
        """Redirect from the root of the site to its first page, unless something else is at the root.

        :param docname: that page.
        """
        key = url_key(HOME)
        if key not in self._owners and not self.obstacle(HOME):
            self._note_file(HOME)
            self._owners[key] = docname
            self.found.append(Redirect(pagename=HOME, docname=docname))

    def add_posts(self, posts: Iterable[Post], locate: Locate) -> None:
        """Add the old URLes that posts name.

        :param posts: the posts.
        :param locate: finds lines, for messages.
        """
        for post in posts:
            for written in post.front_matter.redirects:
                if (message := self._add(written, owner=post.path, docname=post.docname, anchor=post.anchor)) is None:
                    continue
                line = next((line for key in KEYS if (line := locate(post.path, key)) is not None), None)
                problem = Problem(subtype=Subtype.PERMALINK, message=message, path=post.path, line=line)
                self.problems.append(problem)

    def add_pages(
        self, redirects: Mapping[str, str], *, find: Callable[[str], str | None], suffixes: Sequence[str]
    ) -> None:
        """Add the old URLes that ``conf.py`` names.

        :param redirects: old page to new page or URL.
        :param find: returns the docname for the path of a file below the source folder.
        :param suffixes: suffixes of documents.
        """
        for written, target in redirects.items():
            old = next((written.removesuffix(suffix) for suffix in suffixes if written.endswith(suffix)), written)
            path, _hash, anchor = target.partition("#")
            if is_web_url(target):
                message = self._add(old, owner=target, url=target)
            elif (docname := find(path)) is not None:
                message = self._add(old, owner=target, docname=docname, anchor=anchor)
            else:
                message = f"{target!r} is not a page of this site; no redirect from {written!r} is written."
            if message is not None:
                self.problems.append(Problem(subtype=Subtype.PERMALINK, message=f"newsroom_redirects: {message}"))

    def add_merged_labels(self, blog: Blog) -> None:
        """Redirect Material's separate lists for each spelling of a category to the merged list.

        :param blog: the index of a blog.
        """
        for taxonomy in blog.taxonomies:
            per_page = posts_per_page(blog.options, taxonomy.kind)
            for collection in taxonomy.collections:
                for first, posts in collection.merged.items():
                    count = -(-posts // per_page) if per_page else 1
                    for pagename in [page_name(first, number, blog.options) for number in range(1, count + 1)]:
                        key = url_key(pagename)
                        if key not in self._owners and not self.obstacle(pagename):
                            self._note_file(pagename)
                            self._owners[key] = collection.name
                            redirect = Redirect(pagename=pagename, docname=collection.pagename, title=collection.name)
                            self.found.append(redirect)

    def _note_file(self, pagename: str) -> None:
        """Note the file of a page and the folders that it is in, as file systems that ignore case see them."""
        file = self._file_of(pagename).casefold()
        self._files.add(file)
        folder = posixpath.dirname(file)
        while folder not in self._folders:
            self._folders.add(folder)
            folder = posixpath.dirname(folder)

    def obstacle(self, pagename: str) -> str:
        """Return why a URL cannot have a file, empty if it can.

        :param pagename: the URL.
        """
        try:
            join_docname("", pagename)
        except PermalinkError as error:
            return str(error)
        file = self._file_of(pagename)
        if (owner := self._reserved.owner(pagename)) is not None:
            return f"is the URL of {owner}" if self._reserved.file_at(pagename) else f"is in the way of {owner}"
        if (copied := self._copied(file)) is not None:
            return f"is the URL of {copied}"
        if file.casefold() in self._folders:
            return f"is the folder of other pages ({file!r})"
        folder = posixpath.dirname(file)
        while folder:
            if folder.casefold() in self._files:
                return f"is below the file {folder!r}"
            folder = posixpath.dirname(folder)
        return ""

    def _add(self, written: str, *, owner: str, docname: str = "", anchor: str = "", url: str = "") -> str | None:
        """Add one; return what is wrong with it."""
        try:
            pagename = _pagename(written)
        except PermalinkError as error:
            return f"{error}; no redirect is written."
        redirect = Redirect(pagename=pagename, docname=docname, anchor=anchor, url=url)
        key, target = url_key(pagename.removesuffix(".html")), (docname, anchor, url)
        if key == url_key(docname):
            return None  # the page is there already
        if key not in self._owners:
            if message := self.obstacle(pagename):
                return f"the old URL {written!r} {message}; no redirect is written."
            self._owners[key], self._targets[key] = owner, target
            self._note_file(pagename)
        elif self._targets.get(key) != target:
            return f"the old URL {written!r} is that of {self._owners[key]!r}; no redirect is written."
        if redirect not in self._unique:
            self._unique.add(redirect)
            self.found.append(redirect)
        return None


def _pagename(written: str) -> str:
    try:
        path = unquote(urlsplit(written).path).strip("/")
    except ValueError as error:
        message = f"the old URL {written!r} cannot be read ({error})"
        raise PermalinkError(message) from error
    pagename = join_docname("", path)
    if posixpath.basename(pagename) == "index.html":
        return pagename.removesuffix(".html")
    return pagename


def _html_file(pagename: str) -> str:
    return pagename if pagename.endswith(".html") else f"{pagename}.html"
