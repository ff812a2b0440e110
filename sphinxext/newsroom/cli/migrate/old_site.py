"""The old site, as the readers of generators describe it: posts with what changes in them, authors, files and URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sphinxext.newsroom.cli.markdown_lines import lines_without_code
from sphinxext.newsroom.cli.migrate.data_files import parse_yaml, read_data
from sphinxext.newsroom.cli.migrate.front_matter_text import FrontMatterError, changed_text, read_text
from sphinxext.newsroom.cli.migrate.plan import Todo
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sphinxext.newsroom.cli.migrate.front_matter_text import SourceText

    Patterns = Sequence[tuple[re.Pattern[str], str]]


@dataclass(kw_only=True)
class OldPost:
    """A post of the old site."""

    path: str
    """Its file, relative to the folder of the old site."""
    source: SourceText
    target: str
    """Its file in the new site, relative to the folder of posts."""
    changes: dict[str, Any] = field(default_factory=dict)
    """The keys whose values change; None removes a key."""
    body: str | None = None
    """The new text, None if it stays."""
    url: str = ""
    """Its URL in the old site, as a path; empty if it has none, or is a draft."""

    def text(self) -> str:
        """Return the text in the new site."""
        return changed_text(self.source, self.changes, self.body)

    def value(self, key: str) -> Any:
        """Return a value as it will be in the new site.

        :param key: the key.
        """
        return self.changes[key] if key in self.changes else self.source.meta.get(key)


@dataclass(kw_only=True)
class OldSite:
    """What a generator's module has found."""

    generator: str
    root: Path
    title: str = ""
    url: str = ""
    language: str = ""
    separator: str = ""
    """The comment that ends the excerpt, if it is not the usual one."""
    posts: list[OldPost] = field(default_factory=list)
    authors: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """Files that are published as they are, by their path below the URL of the site."""
    attachments: dict[str, Path] = field(default_factory=dict)
    """Files next to posts, by their path below the folder of posts in the new site."""
    todos: list[Todo] = field(default_factory=list)
    excerpt_paragraphs: int = 0
    """How many paragraphs are the excerpt of a post without marker; 0 for all."""
    myst_extensions: tuple[str, ...] = ()
    """Extensions of MyST's syntax that posts need."""

    def todo(self, what: str, advice: str, path: str = "", line: int | None = None) -> None:
        """Note what has no equivalent.

        :param what: what it is.
        :param advice: what to do.
        :param path: where it is.
        :param line: on which line.
        """
        self.todos.append(Todo(what=what, advice=advice, path=path, line=line))

    def shown(self, file: Path) -> str:
        """Return the path of a file, relative to the folder of the site.

        :param file: the file.
        """
        return file.relative_to(self.root).as_posix()

    def read_data(self, path: str, parse: Callable[[bytes], Any] = parse_yaml) -> Any:
        """Return what a file contains; None if there is none, or if it cannot be read, which is reported.

        :param path: relative to the folder of the site.
        :param parse: reads its content.
        """
        try:
            return read_data(self.root / path, parse)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.todo("the file cannot be read", f"correct it: {error}", path)
            return None

    def read_source(
        self, file: Path, read: Callable[[str], SourceText] = read_text, *, kind: str = "post"
    ) -> SourceText | None:
        """Return the text of a post; None if it cannot be read, which is reported.

        :param file: its file.
        :param read: reads the front matter.
        :param kind: what the generator calls a post.
        """
        try:
            return read(read_bytes(file).decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError, FrontMatterError) as error:
            self.todo(f"the {kind} is left out", str(error), self.shown(file))
            return None

    def add_post(self, post: OldPost, body: str, unsupported: Patterns, *, checked: str | None = None) -> None:
        """Add a post, and report the lines that have no equivalent, outside of code.

        :param post: the post.
        :param body: its text in the new site.
        :param unsupported: what to look for, each with advice.
        :param checked: the text to look through, if it is not the new one.
        """
        if body != post.source.body:
            post.body = body
        for number, line in lines_without_code(body if checked is None else checked, post.source.body_line):
            for pattern, advice in unsupported:
                if found := pattern.search(line):
                    self.todo(f"`{found.group().replace('`', '')}`", advice, post.path, number)
                    break
        self.posts.append(post)

    def add_static_files(self) -> None:
        """Add the files in the folder whose content is published at the root of the site."""
        folder = self.root / "static"
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.is_file() and not file.name.startswith("."):
                self.files[file.relative_to(folder).as_posix()] = file


def url_path(url: str) -> str:
    """Return the path of a URL, without the slash at the beginning; that of an index is that of its folder.

    :param url: a URL, or a path.
    """
    path = unquote(urlsplit(url).path).lstrip("/")
    return re.sub(r"(^|/)index\.html$", r"\1", path)
