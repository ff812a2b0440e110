"""The navigation of a MkDocs site: from ``nav``, from the files of plugins, or from the folders."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from sphinxext.newsroom.cli.migrate.data_files import read_data
from sphinxext.newsroom.utils.files import read_bytes
from sphinxext.newsroom.utils.text import collapse_whitespace, sanitize
from sphinxext.newsroom.utils.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

INDEX, README = "index.md", "README.md"
INDEXES = (INDEX, README)
SUFFIX = ".md"
AWESOME = ("awesome-pages", "awesome-nav")
LITERATE_NAV = "literate-nav"
LITERATE_FILE = "SUMMARY.md"
_REST = "..."
_NESTED = 20
_LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """An entry of the navigation: a page, a link, or a section with more."""

    title: str = ""
    """Empty for a page that is called by its own title."""
    page: str = ""
    """The file of a page, relative to the folder of documents; for a section, that of its index page."""
    url: str = ""
    children: tuple[NavItem, ...] = ()


class NavReader:
    """Reads the navigation of a site, and notes what in it cannot be used."""

    def __init__(
        self, docs: Path, pages: Iterable[str], plugins: Sequence[str], *, literate_file: str = LITERATE_FILE
    ) -> None:
        """Take what there is.

        :param docs: the folder of documents.
        :param pages: all pages that the navigation may have, relative to it.
        :param plugins: the names of the site's plugins.
        :param literate_file: the file of the plugin ``literate-nav``.
        """
        self._docs, self._literate_file = docs, literate_file
        self.pages = frozenset(pages)
        self._plugins = [name.removeprefix("mkdocs-").removeprefix("material/") for name in plugins]
        self.problems: list[tuple[str, str, str]] = []
        """What is wrong: text, advice, and the file, empty for ``mkdocs.yml``."""

    def read(self, nav: Any) -> tuple[NavItem, ...]:
        """Return the navigation.

        :param nav: the setting ``nav``, None if there is none.
        """
        if nav is None and self._has_literate_file(""):
            items = self._literate("", 0)
        elif nav is None and any(name in self._plugins for name in AWESOME):
            items = self._folder("", 0)
        elif nav is None:
            items = self._by_folders("")
        else:
            items = tuple(self._items(nav, "", 0))
        return tuple(_with_index(item) for item in items)

    # -- nav of mkdocs.yml

    def _items(self, entries: Any, folder: str, depth: int) -> Iterator[NavItem]:
        if not isinstance(entries, list) or depth > _NESTED:
            self._problem(f"nav: {entries!r} is no list", "write a list of pages")
            return
        for entry in entries:
            if isinstance(entry, str):
                yield from self.target("", entry, folder, depth)
            elif isinstance(entry, dict):
                for title, value in entry.items():
                    if isinstance(value, list):
                        children = tuple(self._items(value, folder, depth + 1))
                        if children:
                            yield NavItem(title=_text(title), children=children)
                    else:
                        yield from self.target(_text(title), str(value or ""), folder, depth)
            else:
                self._problem(f"nav: {entry!r} is no page", "write the path of a page")

    def target(self, title: str, target: str, folder: str, depth: int) -> Iterator[NavItem]:
        """Yield what an entry leads to: a page, a link, or the pages of a folder.

        :param title: its title, empty for that of the page.
        :param target: the path or URL that it names.
        :param folder: the folder that a path is relative to.
        :param depth: how deeply the entry is nested.
        """
        if is_web_url(target):
            yield NavItem(title=title or target, url=target)
            return
        path = posixpath.normpath(posixpath.join(folder, target)) if target else ""
        if path in self.pages:
            yield NavItem(title=title, page=path)
        elif "*" in target and LITERATE_NAV in self._plugins:
            yield from self._matching(path, target.endswith("/"))
        elif target.endswith("/") and (self._docs / path).is_dir() and depth < _NESTED:
            children = self._literate(path, depth + 1) if self._has_literate_file(path) else self._by_folders(path)
            yield NavItem(title=title or folder_title(path), children=children)
        else:
            advice = "link to it from a page, or add its whole URL to a toctree"
            if target.endswith(SUFFIX):
                advice = "there is no such page; remove the entry, or correct its path"
            self._problem(f"nav: `{target}` is not in the navigation", advice)

    # -- folders, as MkDocs sorts them

    def _by_folders(self, folder: str) -> tuple[NavItem, ...]:
        prefix = f"{folder}/" if folder else ""
        names = sorted(page.removeprefix(prefix) for page in self.pages if page.startswith(prefix))
        here = [name for name in names if "/" not in name]
        here.sort(key=lambda name: name not in INDEXES)
        below = dict.fromkeys(name.partition("/")[0] for name in names if "/" in name)
        sections = ((name, self._by_folders(f"{prefix}{name}")) for name in below)
        return (
            *(NavItem(page=f"{prefix}{name}") for name in here),
            *(NavItem(title=folder_title(name), children=children) for name, children in sections if children),
        )

    def _matching(self, pattern: str, folders_only: bool) -> Iterator[NavItem]:
        folder = posixpath.dirname(pattern.rstrip("/"))
        for item in self._by_folders(folder):
            name = item.page or (posixpath.dirname(_first_page(item)) if item.children else "")
            if fnmatch.fnmatchcase(name, pattern.rstrip("/")) and (bool(item.children) or not folders_only):
                yield item

    # -- awesome-pages (.pages) and awesome-nav (.nav.yml)

    def _folder(self, folder: str, depth: int) -> tuple[NavItem, ...]:
        settings = self._settings(folder)
        prefix = f"{folder}/" if folder else ""
        plain: dict[str, NavItem] = {}
        for item in self._by_folders(folder):
            name = (item.page or _first_page(item)).removeprefix(prefix).partition("/")[0]
            if item.children:
                own = self._settings(prefix + name)
                children = self._folder(prefix + name, depth + 1) if depth < _NESTED else item.children
                if own.get("hide") is True or not children:
                    continue
                plain[name] = NavItem(title=_text(own.get("title")) or item.title, children=children)
            else:
                plain[name] = item
        names = sorted(plain, key=_natural) if settings.get("sort_type") == "natural" else list(plain)
        if settings.get("order") == "desc" or settings.get("sort") == {"direction": "desc"}:
            names.reverse()
        names.sort(key=lambda name: name not in INDEXES)
        entries = settings.get("nav", settings.get("arrange"))
        if not isinstance(entries, list):
            return tuple(plain[name] for name in names)
        return tuple(self._arranged(entries, plain, names, f"{prefix}.pages"))

    def _arranged(
        self, entries: list[Any], plain: dict[str, NavItem], names: list[str], file: str
    ) -> Iterator[NavItem]:
        listed = set(_names_in(entries))
        rest = [name for name in names if name not in listed and not _matches_any(name, listed)]
        for entry in entries:
            title, target = next(iter(entry.items())) if isinstance(entry, dict) and entry else ("", entry)
            if isinstance(target, list):
                if children := tuple(self._arranged(target, plain, names, file)):
                    yield NavItem(title=_text(title), children=children)
                continue
            text = str(target).strip()
            if text.split("|")[0].strip() == _REST:
                pattern = text.partition("|")[2].strip()
                yield from (plain[name] for name in rest if not pattern or fnmatch.fnmatchcase(name, pattern))
            elif is_web_url(text):
                yield NavItem(title=_text(title) or text, url=text)
            elif text.rstrip("/") in plain:
                found = plain[text.rstrip("/")]
                yield replace(found, title=_text(title) or found.title)
            elif "*" in text:
                pattern = text.removesuffix("/**").removesuffix("/*") if text != "*" else "*"
                yield from (plain[name] for name in names if fnmatch.fnmatchcase(name, pattern))
            else:
                self._problem(f"`{text}` is not in the navigation", "there is no such page; correct its path", file)

    def _settings(self, folder: str) -> dict[str, Any]:
        names = [".pages", *([".nav.yml"] if "awesome-nav" in self._plugins else [])]
        for name in names:
            file = self._docs / folder / name
            if not file.is_file():
                continue
            try:
                data = read_data(file)
            except OSError as error:
                self._problem(
                    f"it cannot be read: {error}",
                    "correct it; the pages are in the order of files",
                    posixpath.join(folder, name),
                )
                continue
            if isinstance(data, dict):
                return data
        return {}

    # -- Lists of the plugin literate-nav

    def _has_literate_file(self, folder: str) -> bool:
        return LITERATE_NAV in self._plugins and (self._docs / folder / self._literate_file).is_file()

    def _literate(self, folder: str, depth: int) -> tuple[NavItem, ...]:
        path = posixpath.join(folder, self._literate_file)
        try:
            text = read_bytes(self._docs / path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._problem(f"it cannot be read: {error}", "correct it", path)
            return ()
        tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(text))
        return tuple(_ListReader(self, folder, depth).read(tree))

    def _problem(self, what: str, advice: str, file: str = "") -> None:
        if (what, advice, file) not in self.problems:
            self.problems.append((what, advice, file))


class _ListReader:
    """Reads nested lists of links."""

    def __init__(self, reader: NavReader, folder: str, depth: int) -> None:
        self._reader, self._folder, self._depth = reader, folder, depth

    def read(self, node: SyntaxTreeNode) -> Iterator[NavItem]:
        """Yield the entries of all lists in a part of a text."""
        for child in node.children:
            if child.type in _LISTS:
                for item in child.children:
                    yield from self._item(item)
            else:
                yield from self.read(child)

    def _item(self, node: SyntaxTreeNode) -> Iterator[NavItem]:
        inline = next((child.token for child in node.walk() if child.type == "inline"), None)
        if inline is None:
            return
        # The tokens as they are: the tree would have the texts of images among them.
        links = [token for token in inline.children or () if token.type == "link_open"]
        title = "".join(token.content for token in inline.children or () if token.type in {"text", "code_inline"})
        target = str(links[0].attrs["href"]) if links else ""
        if children := tuple(self.read(node)):
            own = next(self._leads_to("", target), None) if links else None
            yield NavItem(title=_text(title), page=own.page if own else "", children=children)
        elif links:
            yield from self._leads_to(_text(title), target)
        else:
            yield from self._leads_to("", title.strip())

    def _leads_to(self, title: str, target: str) -> Iterator[NavItem]:
        return self._reader.target(title, target, self._folder, self._depth)


def _names_in(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        values = entry.values() if isinstance(entry, dict) else [entry]
        for value in values:
            if isinstance(value, list):
                yield from _names_in(value)
            else:
                yield str(value).strip().rstrip("/")


def _matches_any(name: str, patterns: Iterable[str]) -> bool:
    return any("*" in pattern and fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _natural(name: str) -> list[tuple[int, str]]:
    pieces = re.findall(r"\d+|\D+", name)
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


def _text(value: Any) -> str:
    return collapse_whitespace(sanitize(str(value))) if value is not None else ""


def _first_page(item: NavItem) -> str:
    return item.page or next((page for child in item.children if (page := _first_page(child))), "")


def folder_title(path: str) -> str:
    """Return the title that MkDocs gives a section for a folder.

    :param path: the folder.
    """
    title = posixpath.basename(path.rstrip("/")).replace("-", " ").replace("_", " ")
    return title.capitalize() if title.lower() == title else title


def _with_index(item: NavItem) -> NavItem:
    """Return a section with its index page, if that is its first page."""
    children = tuple(_with_index(child) for child in item.children)
    first = children[0] if children else None
    if not item.page and first is not None and first.page and not first.children:
        is_index = posixpath.basename(first.page) in INDEXES and first.page not in INDEXES
        if is_index:
            return replace(item, page=first.page, children=children[1:])
    return replace(item, children=children)
