"""The old site, as the readers of generators describe it: posts with what changes in them, authors, files and URLs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sphinxext.newsroom.cli.markdown_lines import lines_without_code
from sphinxext.newsroom.cli.migrate.front_matter_text import changed_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinxext.newsroom.cli.migrate.front_matter_text import SourceText


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
    todos: list[tuple[str, str, str, int | None]] = field(default_factory=list)
    """What has no equivalent: text, advice, file and line."""
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
        self.todos.append((what, advice, path, line))


def url_path(url: str) -> str:
    """Return the path of a URL, without the slash at the beginning; that of an index is that of its folder.

    :param url: a URL, or a path.
    """
    path = unquote(urlsplit(url).path).lstrip("/")
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def report_lines(
    old: OldSite, post: OldPost, patterns: Iterable[tuple[re.Pattern[str], str]], text: str | None = None
) -> None:
    """Report the lines of a post that have no equivalent, outside of code.

    :param old: the old site, which takes the report.
    :param post: the post.
    :param patterns: what to look for, each with advice.
    :param text: the text; that of the post if there is none.
    """
    body = post.source.body if text is None else text
    checked = list(patterns)
    for number, line in lines_without_code(body, post.source.body_line):
        for pattern, advice in checked:
            if found := pattern.search(line):
                old.todo(f"`{found.group().replace('`', '')}`", advice, post.path, number)
                break
