"""The blog of the build that is running: the one place where its state lives."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinxext.newsroom.build.ablog import (
    complete_post,
    configured_authors,
    declared_posts,
    pattern_matches,
    with_updates,
)
from sphinxext.newsroom.build.config import read_options, shows_drafts
from sphinxext.newsroom.build.fragments import FragmentStore
from sphinxext.newsroom.build.records import Records
from sphinxext.newsroom.build.warnings import warn
from sphinxext.newsroom.core.authors import parse_authors
from sphinxext.newsroom.core.blog import build_blog
from sphinxext.newsroom.core.front_matter import line_of, split
from sphinxext.newsroom.core.options import babel_locale
from sphinxext.newsroom.core.permalinks import Addresses, join_address
from sphinxext.newsroom.core.posts import make_posts
from sphinxext.newsroom.core.problems import Problem, Subtype
from sphinxext.newsroom.core.scan import Candidate, Scanner

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.build.output import Output
    from sphinxext.newsroom.build.project import BlogProject
    from sphinxext.newsroom.core.blog import Blog
    from sphinxext.newsroom.core.models import Author, Post


class Site:
    """What one build knows of its blog; made when the builder is, filled in two steps.

    :meth:`plan` reads the front matter of all posts before Sphinx looks for documents. :meth:`complete` adds the posts
    that ABlog's directive declares, once all documents are read. From then on :attr:`blog` is what everything is made of.
    """

    blog: Blog
    posts: tuple[Post, ...]

    def __init__(self, app: Sphinx) -> None:
        """Read the options.

        :param app: the application.
        """
        self.app = app
        self.options, problems = read_options(app.config)
        self.problems: list[Problem] = list(problems)
        self.srcdir = Path(app.srcdir)
        self.locale = babel_locale(app.config.language or "en")
        self.now = build_time()
        self.show_drafts = shows_drafts(app, self.options)
        self.authors: dict[str, Author] = {}
        self.posts = ()
        self.planned: dict[str, Post] = {}
        """The posts that were known before reading, by docname."""
        state = Path(app.doctreedir) / "newsroom"
        self._scanner = Scanner(self.srcdir, cache_file=state / "scan.pickle", timezone=self.options.timezone)
        # Sphinx never takes a file with this prefix for a document, wherever the folder of doctrees is.
        self._suffix = ".md" if ".md" in app.project.source_suffix else next(iter(app.project.source_suffix), ".rst")
        self._generated_index = state / f".#index{self._suffix}"
        self.fragments = FragmentStore(state, app.builder)
        self.records = Records(state, app.builder)
        self.blog, _ = build_blog((), options=self.options, locale=self.locale, documents=())

    @property
    def post_dir(self) -> str:
        """The folder of the posts, relative to the source folder."""
        return _join(self.options.post_dir.format(blog=self.options.blog_dir))

    @property
    def authors_file(self) -> str:
        """The authors file, relative to the source folder."""
        return _join(self.options.authors_file.format(blog=self.options.blog_dir))

    @property
    def project(self) -> BlogProject:
        """The project, which knows the documents."""
        return cast("BlogProject", self.app.project)

    def plan(self, files: list[str]) -> None:
        """Read all posts and decide which documents there are.

        :param files: every source file, relative to the source folder.
        """
        self._read_authors()
        folder = self.post_dir
        matches = pattern_matches(self.app)
        candidates = [
            Candidate(
                path=file,
                declared=not _is_below(file, folder) or self.project.plain_docname(file) in matches,
                matched=self.project.plain_docname(file) in matches,
            )
            for file in files
        ]
        sources = self._scanner.scan(candidates)
        own = {
            path: self.project.plain_docname(path)
            for path, source in sources.items()
            if source.front_matter.blogpost
            or not _is_below(path, folder)
            or self.project.plain_docname(path) in matches
        }
        pages = {self.project.plain_docname(file): file for file in files if file not in sources or file in own}
        index = join_address(self.options.blog_dir, "index")
        addresses = Addresses()
        for docname, file in pages.items():
            addresses.claim(docname, file)
        addresses.claim(index, "the index of the blog") if addresses.owner(index) is None else None
        made = make_posts(
            sources,
            own_docnames=own,
            options=self.options,
            authors=self.authors,
            authors_file=self.authors_file,
            addresses=addresses,
            locale=self.locale,
            now=self.now,
            show_drafts=self.show_drafts,
            locate=self.locate,
        )
        self.posts = tuple(complete_post(post, self.app.config, self.authors) for post in made.posts)
        self.planned = {post.docname: post for post in self.posts}
        self.problems += [*self._scanner.problems, *made.problems]
        generated = {} if index in pages else {index: self._write_generated_index()}
        self.project.arrange(
            permalinks={post.path: post.docname for post in made.posts if post.path not in own},
            hidden=made.hidden | self._scanner.unreadable,
            generated=generated,
        )
        warn(self.problems, self.srcdir)
        self.problems.clear()

    def complete(self, env: BuildEnvironment) -> None:
        """Arrange the blog, now that ABlog's directives are read too.

        :param env: the environment, all documents read.
        """
        posts = (*with_updates(self.posts, env), *declared_posts(env, self))
        of_posts = {post.docname for post in posts}
        self.blog, problems = build_blog(
            posts, options=self.options, locale=self.locale, documents=env.found_docs - of_posts
        )
        warn(problems, self.srcdir)

    def locate(self, path: str, key: str, item: str | None = None) -> int | None:
        """Return the line of a front matter key, or of an item in it.

        :param path: the file.
        :param key: the key.
        :param item: the item.
        """
        text = (self.srcdir / path).read_text(encoding="utf-8-sig", errors="replace")
        return line_of(split(text, is_rst=path.endswith((".rst", ".txt"))), key, item)

    def is_shown(self, post: Post) -> bool:
        """Return whether a post stands in lists and feeds of this build."""
        return self.show_drafts or post.state == "published"

    def _read_authors(self) -> None:
        file = self.srcdir / self.authors_file
        self.authors = configured_authors(self.app.config)
        if not self.options.authors or not file.is_file():
            return
        content = file.read_bytes()
        authors, problems = parse_authors(content.decode("utf-8", errors="replace"), path=self.authors_file)
        try:
            content.decode()
        except UnicodeDecodeError as error:
            message = "the file is not UTF-8, so some names are garbled; save it as UTF-8."
            line = content.count(b"\n", 0, error.start) + 1
            self.problems.append(
                Problem(subtype=Subtype.ENCODING, message=message, path=self.authors_file, line=line)
            )
        self.authors |= authors
        self.problems += problems

    def _write_generated_index(self) -> Path:
        """Make the document that heads the blog where nobody wrote one; it is kept out of the source folder."""
        title = self.options.title
        content = f"# {escape_markdown(title)}\n" if self._suffix == ".md" else f"{title}\n{'=' * 2 * len(title)}\n"
        if not self._generated_index.is_file() or self._generated_index.read_bytes() != content.encode():
            self._generated_index.parent.mkdir(parents=True, exist_ok=True)
            self._generated_index.write_bytes(content.encode())
        return self._generated_index


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


def _is_below(path: str, folder: str) -> bool:
    return folder in {"", "."} or path.startswith(folder + "/")


def _join(path: str) -> str:
    parts = [part for part in path.split("/") if part not in {"", "."}]
    return "/".join(parts)


def set_site(app: Sphinx, site: Site, output: Output) -> None:
    """Give an application its site and what writes it.

    :param app: the application.
    :param site: the site.
    :param output: its output.
    """
    app.newsroom = (site, output)  # type: ignore[attr-defined]


def get_site(app: Sphinx) -> Site:
    """Return the site of an application.

    :param app: the application.
    """
    return cast("Site", app.newsroom[0])  # type: ignore[attr-defined]


def get_output(app: Sphinx) -> Output:
    """Return what writes the site of an application.

    :param app: the application.
    """
    return cast("Output", app.newsroom[1])  # type: ignore[attr-defined]
