"""The mentions of one build, resolved when the first page asks for them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from sphinxext.newsroom.backlinks.index import MentionIndex, Target
from sphinxext.newsroom.backlinks.sphinx_targets import TargetFinder
from sphinxext.newsroom.environment.post_references import post_references
from sphinxext.newsroom.environment.post_source import post_links
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.utils.sphinx_state import build_state

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.models import Post

# Of the standard domain: sections and documents, which are not objects.
_PLACES = frozenset({"label", "doc"})


class Mentions:
    """Tells which posts mention a page or an object."""

    def __init__(self, app: Sphinx) -> None:
        """Prepare for an application.

        :param app: the application.
        """
        self._app = app
        self._finder = TargetFinder(app)
        self._of_objects: dict[tuple[str, ...], dict[str, dict[str, list[Post]]]] = {}

    @cached_property
    def _index(self) -> MentionIndex:
        index = MentionIndex()
        blog, references = get_site(self._app).blog, post_references(self._app.env)
        links = post_links(self._app.env)
        for post in sorted(blog.posts.values(), key=lambda post: post.created, reverse=True):
            targets = {
                target
                for attributes, sections, _line in references.get(post.docname, ())
                if not sections or not post.anchor or post.anchor in sections
                for target in self._finder.of_reference(attributes, post.docname)
            }
            if not post.anchor:
                targets |= {Target(docname) for docname in links.get(post.docname, {}).values() if docname}
            index.add(post.key, targets, page=post.docname)
        return index

    def on_page(self, docname: str) -> list[Post]:
        """Return the posts that mention a page or anything on it, the newest first.

        :param docname: the page.
        """
        return self._posts(self._index.on_page(docname))

    def of_name(self, name: str, docname: str) -> list[Post]:
        """Return the posts that mention what has a name, the newest first.

        :param name: a page or an object; ``.`` is the page that asks.
        :param docname: the page that asks.
        """
        return self._posts(self._index.of(self._finder.of_name(name, docname)))

    def exists(self, name: str, docname: str) -> bool:
        """Return whether there is a page or an object of a name.

        :param name: the name.
        :param docname: the page that asks.
        """
        return bool(self._finder.of_name(name, docname))

    def mentioned_by(self, post: Post) -> list[Target]:
        """Return what a post refers to, each target once, in the order of its text; nothing on its own page.

        :param post: the post.
        """
        targets: dict[Target, None] = {}
        for attributes, sections, _line in post_references(self._app.env).get(post.docname, ()):
            if not sections or not post.anchor or post.anchor in sections:
                targets |= dict.fromkeys(sorted(self._finder.of_reference(attributes, post.docname)))
        return [target for target in targets if target.page != post.docname]

    @cached_property
    def _object_names(self) -> dict[Target, str]:
        """The names of all objects, by where they are."""
        return {
            Target(docname, anchor): shown
            for domain in self._app.env.domains.sorted()
            for _name, shown, kind, docname, anchor, _priority in domain.get_objects()
            if anchor and (domain.name != "std" or kind not in _PLACES)
        }

    def object_at(self, target: Target) -> str:
        """Return the name of the object at a target, empty for a section or page.

        :param target: the target.
        """
        return self._object_names.get(target, "")

    def targets(self, attributes: Mapping[str, Any], docname: str) -> frozenset[Target]:
        """Return where a reference leads; nothing if it leads nowhere.

        :param attributes: the attributes of the reference.
        :param docname: the document that contains it.
        """
        return self._finder.of_reference(attributes, docname)

    def names(self) -> Iterator[str]:
        """Yield every name that there is."""
        return self._finder.names()

    def of_objects(self, domains: Collection[str]) -> dict[str, dict[str, list[Post]]]:
        """Return the mentions of all objects of some domains, by docname and anchor.

        :param domains: the names of the domains.
        """
        # Asked for each document that is written.
        key = tuple(domains)
        if key not in self._of_objects:
            self._of_objects[key] = self._find_objects(domains) if domains else {}
        return self._of_objects[key]

    def _find_objects(self, domains: Collection[str]) -> dict[str, dict[str, list[Post]]]:
        objects = {
            Target(docname, anchor)
            for name in domains
            for _name, _shown, kind, docname, anchor, _priority in self._app.env.domains[name].get_objects()
            if name != "std" or kind not in _PLACES
        }
        found: dict[str, dict[str, list[Post]]] = {}
        for target in sorted(objects.intersection(self._index.targets())):
            found.setdefault(target.page, {})[target.anchor] = self._posts(self._index.of([target]))
        return found

    def pages(self) -> set[str]:
        """Return the documents that posts mention."""
        return {target.page for target in self._index.targets()} & self._app.env.found_docs

    def _posts(self, keys: Collection[str]) -> list[Post]:
        posts = get_site(self._app).blog.posts
        return [posts[key] for key in keys]


def get_mentions(app: Sphinx) -> Mentions:
    """Return the mentions of the build of an application.

    :param app: the application, all documents read.
    """
    state = build_state(app)
    if state.mentions is None:
        state.mentions = Mentions(app)
    return cast("Mentions", state.mentions)


def forget_mentions(app: Sphinx) -> None:
    """Have mentions found again, because documents were read.

    :param app: the application.
    """
    build_state(app).mentions = None
