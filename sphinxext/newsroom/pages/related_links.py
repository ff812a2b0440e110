"""Related links of posts: to pages, sections, files and other sites."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from docutils import nodes

from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.environment.copy_rules import Restriction
from sphinxext.newsroom.pages.images import TOLD
from sphinxext.newsroom.problems import suggestion
from sphinxext.newsroom.utils.file_names import readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_project import BlogProject
    from sphinxext.newsroom.models import Link
    from sphinxext.newsroom.pages.context_types import RelatedLink
    from sphinxext.newsroom.pages.images import Images

NO_LINK: RelatedLink = {"title": "", "subtitle": "", "page": "", "anchor": "", "url": "", "file": "", "children": []}


class Links:
    """Finds what related links lead to."""

    def __init__(self, app: Sphinx, project: BlogProject, files: Images) -> None:
        """Prepare for an application.

        :param app: the application.
        :param project: knows the documents.
        :param files: has files of the source folder copied.
        """
        self._app, self._project, self._files = app, project, files
        # A post may have thousands of links to one document, and to many that are not there.
        self._headings, self._anchors = (
            lru_cache(maxsize=64)(self._find_headings),
            lru_cache(maxsize=64)(self._find_anchors),
        )

    def resolved(self, links: Iterable[Link]) -> list[RelatedLink]:
        """Return links as a page shows them, except for those to unpublished posts.

        :param links: the links of a post.
        """
        found: list[RelatedLink] = []
        for link in links:
            if not link.target:
                found.append({**NO_LINK, "title": link.title, "children": self.resolved(link.children)})
            elif is_url(link.target) or not self._is_unpublished(link.target):
                found.append(self._resolve(link))
        return found

    def _is_unpublished(self, target: str) -> bool:
        path, _anchor = _parts(target)
        return self._document(path) is None and self._files.restriction(path) is Restriction.UNPUBLISHED

    def _resolve(self, link: Link) -> RelatedLink:
        """Return a link with the title of what it leads to, unless it has its own one."""
        if is_url(link.target):
            return {**NO_LINK, "title": link.title or link.target, "url": link.target}
        path, anchor = _parts(link.target)
        if (docname := self._document(path)) is not None:
            resolve_root = self._headings(docname).get(anchor, "") if anchor else ""
            known = bool(resolve_root) or (bool(anchor) and anchor in self._anchors(docname))
            subtitle = self._app.env.metadata[docname].get("subtitle", "")
            return {
                **NO_LINK,
                "title": link.title or str(self._app.env.titles[docname].astext()),
                "subtitle": resolve_root or str(subtitle),
                "page": docname,
                "anchor": anchor if known else "",
            }
        return {**NO_LINK, "title": link.title or unquote(path).rpartition("/")[2], "file": self._files.copied(path)}

    def problems(self, links: Iterable[Link]) -> Iterator[tuple[str, str]]:
        """Yield each missing target, with the problem.

        :param links: the links of a post.
        """
        for link in links:
            yield from self.problems(link.children)
            if not link.target or is_url(link.target):
                continue
            path, anchor = _parts(link.target)
            if (docname := self._document(path)) is None:
                if self._files.exists(path):
                    continue
                restriction = self._files.restriction(path)
                near = suggestion(path, self._paths) if restriction not in TOLD else ""
                reason = f"is left out: {restriction}" if restriction in TOLD else "leads nowhere"
                expected = "expected a URL, or the path of a page below the source folder."
                yield link.target, f"the related link {link.target!r} {reason}; {expected}{near}"
            elif anchor and anchor not in self._headings(docname) and anchor not in self._anchors(docname):
                near = suggestion(anchor, self._headings(docname))
                yield link.target, f"the related link {link.target!r}: {path!r} has no place called {anchor!r}.{near}"

    def _document(self, path: str) -> str | None:
        docnames = (self._project.path2doc(name) for name in readings(path))
        return next((docname for docname in docnames if docname in self._app.env.all_docs), None)

    @cached_property
    def _paths(self) -> list[str]:
        return [str(self._project.doc2path(docname, absolute=False)) for docname in sorted(self._app.env.all_docs)]

    def _find_headings(self, docname: str) -> dict[str, str]:
        """Return the headings of a document, text by id."""
        references = self._app.env.tocs[docname].findall(nodes.reference)
        return {
            str(node["anchorname"]).removeprefix("#"): str(node.astext())
            for node in references
            if node.get("anchorname")
        }

    def _find_anchors(self, docname: str) -> frozenset[str]:
        return frozenset(self._app.env.get_doctree(docname).ids)


def _parts(target: str) -> tuple[str, str]:
    path, _hash, anchor = target.partition("#")
    return path.removeprefix("/"), anchor
