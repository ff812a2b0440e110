"""Make toctrees of the navigation of a MkDocs site."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from sphinxext.newsroom.cli.migrate.navigation import INDEXES, SUFFIX
from sphinxext.newsroom.utils.text import collapse_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinxext.newsroom.cli.migrate.navigation import NavItem


def docname_of(page: str) -> str:
    """Return the docname of a page of MkDocs.

    :param page: its file, relative to the folder of documents.
    """
    folder, name = posixpath.split(page)
    return posixpath.join(folder, "index") if name in INDEXES else page.removesuffix(SUFFIX)


class ToctreeMaker:
    """Makes toctrees of a navigation."""

    def __init__(self, documents: Iterable[str]) -> None:
        """Take what there is.

        :param documents: the docnames of the pages of the site.
        """
        self._documents = set(documents)
        self.files: dict[str, str] = {}
        """The texts to add to documents, or of documents that have to be made, by docname."""
        self.made: list[str] = []
        """The docnames of sections that have no page in the old site."""
        self.listed: set[str] = set()
        """The docnames of the pages in the navigation."""

    def make(self, nav: Sequence[NavItem], *, title: str) -> None:
        """Make the toctrees of a site.

        :param nav: the navigation.
        :param title: the title of the site, for a home page if there is none.
        """
        self.listed.add("index")
        entries = [entry for item in nav for entry in self._entry(item) if item.page not in INDEXES or item.children]
        heading = "" if "index" in self._documents else f"# {escape(title)}\n\n"
        self.files["index"] = heading + toctree(entries, hidden=not heading)

    def _entry(self, item: NavItem) -> Iterator[str]:
        if item.url:
            yield f"{item.title} <{item.url}>"
            return
        if not item.children:
            docname = docname_of(item.page)
            if docname not in self.listed:
                # Sphinx takes one place in the navigation for that of the page.
                self.listed.add(docname)
                yield f"{item.title} </{docname}>" if item.title else f"/{docname}"
            return
        docname = docname_of(item.page) if item.page else self._free_docname(item)
        self.listed.add(docname)
        entries = [entry for child in item.children for entry in self._entry(child)]
        if not entries and not item.page:
            return
        heading = "" if item.page else f"# {escape(item.title)}\n\n"
        if not item.page:
            self.made.append(docname)
        if entries:
            self.files[docname] = heading + toctree(entries, hidden=not heading)
        yield f"{item.title} </{docname}>" if item.title and item.page else f"/{docname}"

    def _free_docname(self, item: NavItem) -> str:
        """Return a docname for a section that has no page: that of the folder of its pages, if nothing else has it."""
        folders = {posixpath.dirname(page) for page in _pages(item)}
        folder = posixpath.commonpath(folders) if folders and "" not in folders else ""
        slug = re.sub(r"[^\w]+", "-", item.title.casefold()).strip("-") or "section"
        candidates = [f"{folder}/index"] if folder else []
        candidates += [posixpath.join(folder, slug, "index")]
        candidates += [posixpath.join(folder, f"{slug}-{number}", "index") for number in range(2, 1000)]
        taken = self._documents | self.listed | set(self.made)
        # A page next to the folder has the same URL as the index of the folder.
        free = (name for name in candidates if name not in taken and posixpath.dirname(name) not in taken)
        found = next(free)
        self.listed.add(found)
        return found


def _pages(item: NavItem) -> Iterator[str]:
    if item.page:
        yield item.page
    for child in item.children:
        yield from _pages(child)


def toctree(entries: Iterable[str], *, hidden: bool) -> str:
    """Return a toctree in Markdown.

    :param entries: its entries.
    :param hidden: whether only the navigation shows it.
    """
    options = ":hidden:\n\n" if hidden else ":maxdepth: 1\n\n"
    return f"```{{toctree}}\n{options}" + "".join(f"{entry}\n" for entry in entries) + "```\n"


def escape(text: str) -> str:
    """Return plain text as a heading in Markdown has it.

    :param text: the text.
    """
    return re.sub(r"([\\`*_{}\[\]<>#|!$~^:&])", r"\\\1", collapse_whitespace(text))
