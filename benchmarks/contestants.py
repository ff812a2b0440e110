"""The programs that are compared: how each wants its posts and settings, and how its build is run."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

from benchmarks.corpus import AUTHORS

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.corpus import Corpus, Post

SPEEDUPS = "sphinxext.newsroom.speedups"
URL = "https://bench.example/"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="120" height="80"/></svg>\n'
AUTHORS_FILE = "authors:\n" + "".join(
    f"  {key}:\n    name: {name}\n    description: Writes posts\n    avatar: {URL}avatar.png\n"
    for key, name in AUTHORS.items()
)


class Contestant(ABC):
    """A program, with a site in a folder."""

    name: ClassVar[str]
    title: ClassVar[str]
    posts_folder: ClassVar[str]

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        """Name the folder; nothing is written.

        :param folder: where sources and output are.
        :param corpus: the posts.
        """
        self.corpus = corpus
        self.source = folder / "src"
        self.output = folder / "out"
        self.caches = folder / "caches"

    def write(self) -> None:
        """Write the sources."""
        for name, text in self.settings().items():
            self._write(name, text)
        self._write(f"{self.posts_folder}/picture.svg", PICTURE)
        for post in self.corpus:
            self._write(f"{self.posts_folder}/{post.name}.md", self.text(post))

    def edit(self, edition: str) -> None:
        """Write the newest post again, with another word in its excerpt.

        :param edition: the word.
        """
        post = self.corpus.post(self.corpus.posts - 1, edition=edition)
        self._write(f"{self.posts_folder}/{post.name}.md", self.text(post))

    def _write(self, name: str, text: str) -> None:
        file = self.source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    @abstractmethod
    def settings(self) -> dict[str, str]:
        """Return the files next to the posts."""

    @abstractmethod
    def text(self, post: Post) -> str:
        """Return a post in the dialect of the program.

        :param post: the post.
        """

    @abstractmethod
    def arguments(self, jobs: str) -> list[str]:
        """Return the arguments of a Python that builds the site.

        :param jobs: how many processes it may use, if it can.
        """

    def command(self, jobs: str) -> list[str]:
        """Return the command that builds the site.

        :param jobs: how many processes it may use, if it can.
        """
        return [self.python, *self.arguments(jobs)]

    @property
    def python(self) -> str:
        """The Python that has the program."""
        return sys.executable


class Sphinx(Contestant):
    """Sphinx with some extensions."""

    posts_folder = "blog/posts"
    extensions: ClassVar[tuple[str, ...]]
    index = "# Home\n"
    more: ClassVar[str] = ""

    def settings(self) -> dict[str, str]:
        """Return ``conf.py``, which differs in the extensions, and the home page."""
        conf = (
            'project = "Benchmark"\n'
            f"extensions = {['myst_parser', *self.extensions]}\n"
            'html_theme = "pydata_sphinx_theme"\n'
            f'html_baseurl = "{URL}"\n'
        )
        return {"conf.py": conf + self.more, "index.md": self.index}

    def arguments(self, jobs: str) -> list[str]:
        """Return a call of Sphinx.

        :param jobs: how many processes.
        """
        folders = [str(self.source), str(self.output)]
        return ["-m", "sphinx", "-q", "-b", "dirhtml", "-j", jobs, "-d", str(self.caches), *folders]


class Plain(Sphinx):
    """The posts as pages outside any toctree, as posts of a blog are.

    In a toctree, the sidebar of the theme would list all posts on each page, and comparing would be easy.
    """

    name, title = "plain", "plain Sphinx"
    extensions: ClassVar[tuple[str, ...]] = ()

    def text(self, post: Post) -> str:
        """Return the post without what a blog needs.

        :param post: the post.
        """
        return f"---\norphan: true\n---\n# {post.title}\n\n{post.excerpt}\n\n{post.text}\n"


class PlainWithSpeedups(Plain):
    """The same, with the extension that makes builds of any site faster."""

    name, title = "plain-speedups", "plain Sphinx, with speedups"
    extensions: ClassVar[tuple[str, ...]] = (SPEEDUPS,)


class Newsroom(Sphinx):
    """Newsroom, with the posts of Material."""

    name, title = "newsroom", "Newsroom"
    extensions: ClassVar[tuple[str, ...]] = ("sphinxext.newsroom",)
    index = "# Home\n\n```{toctree}\nblog/index\n```\n"

    def settings(self) -> dict[str, str]:
        """Return the files with the authors."""
        return {**super().settings(), "blog/.authors.yml": AUTHORS_FILE}

    def text(self, post: Post) -> str:
        """Return the post in Material's dialect.

        :param post: the post.
        """
        return material_text(post)


class NewsroomWithSpeedups(Newsroom):
    """The same, with the extension that makes builds of any site faster."""

    name, title = "newsroom-speedups", "Newsroom, with speedups"
    extensions: ClassVar[tuple[str, ...]] = (*Newsroom.extensions, SPEEDUPS)


class NewsroomComparingContent(Newsroom):
    """The same, comparing contents of files, as in continuous integration with a cache."""

    name, title = "newsroom-content", "Newsroom, comparing contents"
    more: ClassVar[str] = "newsroom_compare_content = True\n"


class NewsroomWithObjects(Newsroom):
    """The same with as many documented functions as posts; each post refers to three of them and to a page."""

    name, title = "newsroom-objects", "Newsroom, with objects"
    above: ClassVar[str] = ""
    _on_page = 50

    def settings(self) -> dict[str, str]:
        """Return the pages with the functions as well."""
        pages = range(-(-self.corpus.posts // self._on_page))
        toctree = "\n".join(["# Home", "", "```{toctree}", "blog/index", *(f"api/page-{n}" for n in pages), "```", ""])
        return {
            **super().settings(),
            "index.md": toctree,
            **{f"api/page-{number}.md": self._page(number) for number in pages},
        }

    def _page(self, number: int) -> str:
        first = number * self._on_page
        functions = (
            f"```{{py:function}} bench.function_{n}(values)\nReturn the total of the values.\n```"
            for n in range(first, min(first + self._on_page, self.corpus.posts))
        )
        return "\n\n".join([f"# Page {number}", *filter(None, [self.above]), *functions]) + "\n"

    def text(self, post: Post) -> str:
        """Return the post with its references.

        :param post: the post.
        """
        numbers = [(post.number * factor + 1) % self.corpus.posts for factor in (1, 7, 13)]
        functions = " ".join(f"{{py:func}}`bench.function_{number}`" for number in numbers)
        return f"{super().text(post)}\nSee {functions} and [](/api/page-{numbers[0] // self._on_page}.md).\n"


class NewsroomWithMentions(NewsroomWithObjects):
    """The same, with mentions everywhere: below each function, in a list on each page, and in its sidebar."""

    name, title = "newsroom-mentions", "Newsroom, with mentions of objects"
    above = "```{mentions}\n```"
    more: ClassVar[str] = (
        'newsroom_mentions_domains = ["py"]\n'
        'html_sidebars = {"api/*": ["sidebar-nav-bs.html", "newsroom/sidebars/mentions.html"]}\n'
    )


class ABlog(Sphinx):
    """ABlog as its manual has it, with a feed, and with what keeps it from reading everything at each build."""

    name, title = "ablog", "ABlog"
    extensions = ("ablog",)
    more = (
        'blog_path = "blog"\n'
        'blog_title = "Benchmark"\n'
        f'blog_baseurl = "{URL}"\n'
        'blog_post_pattern = "blog/posts/*.md"\n'
        f"blog_authors = { {key: (name, None) for key, name in AUTHORS.items()} }\n"
        "fontawesome_included = True\n"
    )

    def text(self, post: Post) -> str:
        """Return the post in ABlog's dialect.

        :param post: the post.
        """
        labels = {"author": post.authors, "category": post.categories, "tags": post.tags}
        matter = [f"{key}: {', '.join(values)}" for key, values in labels.items() if values]
        head = "\n".join(["---", f"date: {post.date}", *matter, "---"])
        return f"{head}\n# {post.title}\n\n{post.excerpt}\n\n{post.text}\n"


class Material(Contestant):
    """Material for MkDocs with search, blog, and profiles of authors."""

    name, title = "material", "Material for MkDocs"
    posts_folder = "docs/blog/posts"

    def __init__(self, folder: Path, corpus: Corpus, *, python: str = sys.executable) -> None:
        """Name the folder; nothing is written.

        :param folder: where sources and output are.
        :param corpus: the posts.
        :param python: the Python of the environment that has it.
        """
        super().__init__(folder, corpus)
        self._python = python

    @property
    def python(self) -> str:
        """The Python that has the program."""
        return self._python

    def settings(self) -> dict[str, str]:
        """Return ``mkdocs.yml``, home page, index and authors."""
        mkdocs = (
            f"site_name: Benchmark\nsite_url: {URL}\n"
            "theme:\n  name: material\n  font: false\n"
            "plugins:\n  - search\n  - blog:\n      authors_profiles: true\n"
            "markdown_extensions:\n  - pymdownx.highlight\n  - pymdownx.superfences\n"
        )
        pages = {"docs/index.md": "# Home\n", "docs/blog/index.md": "# Blog\n"}
        return {"mkdocs.yml": mkdocs, **pages, "docs/blog/.authors.yml": AUTHORS_FILE}

    def text(self, post: Post) -> str:
        """Return the post in Material's dialect.

        :param post: the post.
        """
        return material_text(post)

    def arguments(self, jobs: str) -> list[str]:
        """Return a call of MkDocs, which has one process.

        :param jobs: not used.
        """
        return ["-m", "mkdocs", "build", "-q", "-f", str(self.source / "mkdocs.yml"), "-d", str(self.output)]


def material_text(post: Post) -> str:
    """Return a post in Material's dialect.

    :param post: the post.
    """
    labels = {"authors": post.authors, "categories": post.categories, "tags": post.tags}
    matter = [f"{key}: [{', '.join(values)}]" for key, values in labels.items() if values]
    head = "\n".join(["---", f"date: {post.date}", *matter, "---"])
    return f"{head}\n# {post.title}\n\n{post.excerpt}\n\n<!-- more -->\n\n{post.text}\n"


CONTESTANTS: dict[str, type[Contestant]] = {
    kind.name: kind
    for kind in (
        Newsroom,
        NewsroomWithSpeedups,
        NewsroomComparingContent,
        NewsroomWithObjects,
        NewsroomWithMentions,
        Plain,
        PlainWithSpeedups,
        ABlog,
        Material,
    )
}
