"""The Sphinx domain: links to posts, categories, tags and authors by name, from documents and other projects."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.utils import get_source_line
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.docutils import is_role_registered

from sphinxext.newsroom.config.sphinx_registry import taxonomy_kinds
from sphinxext.newsroom.config.taxonomy_kinds import KINDS
from sphinxext.newsroom.environment.site import get_site
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.references.ref_labels import link
from sphinxext.newsroom.references.xref_index import POST, RELEASE, XrefIndex, build_xref_index
from sphinxext.newsroom.releases.sphinx_releases import get_releases
from sphinxext.newsroom.utils.fingerprint import fingerprint
from sphinxext.newsroom.utils.sphinx_builders import builds_html_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinxext.newsroom.config.taxonomy_kinds import TaxonomyKind
    from sphinxext.newsroom.pages.titles import Titles
    from sphinxext.newsroom.references.xref_index import XrefTarget

NAME = "newsroom"


class BlogRole(XRefRole):
    """A link to what has a name in the blog."""

    innernodeclass = nodes.inline

    def __init__(self) -> None:
        super().__init__(warn_dangling=True)

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, to be resolved when everything has its name."""
        if ":" not in self.name:
            self.name = f"{NAME}:{self.name}"
        return super().run()

    def create_xref_node(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link without Sphinx's classes of domain and role: our style sheet has them for parts of pages."""
        self.classes = ["xref"]
        return super().create_xref_node()

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Note the link, so that the document is written again when what it leads to has changed."""
        title, target = super().process_link(env, refnode, has_explicit_title, title, target)
        get_domain(env).note(env.docname, self.reftype, target)
        return title, target


class BlogDomain(Domain):
    """The names of posts and lists. They come from the index; the environment only stores which documents link to them."""

    name = NAME
    label = "Blog"
    object_types: ClassVar = {name: ObjType(name, name) for name in (POST, RELEASE, *(kind.name for kind in KINDS))}
    roles: ClassVar = {name: BlogRole() for name in (POST, RELEASE, *(kind.name for kind in KINDS))}
    initial_data: ClassVar = {"links": {}}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._app: Sphinx | None = None
        self._build_xref_index: Callable[[], XrefIndex] = partial(XrefIndex, written={})

    @property
    def links(self) -> dict[str, set[tuple[str, str]]]:
        """Kind and name of what each document links to."""
        return cast("dict[str, set[tuple[str, str]]]", self.data["links"])

    def fill(self, app: Sphinx, titles: Titles) -> None:
        """Give posts and lists their names, now that the index is complete.

        :param app: the application.
        """
        self._app = app
        site = get_site(app)
        self._build_xref_index = partial(
            build_xref_index,
            site.blog,
            title_of=titles.of_post,
            name_of=titles.of_collection,
            projects=get_releases(app).index.projects,
            main=site.options.release_project or str(app.config.project),
        )
        self.__dict__.pop("_names", None)

    @cached_property
    def _names(self) -> XrefIndex:
        """Worked out at the first question: most builds ask none."""
        return self._build_xref_index()

    def fingerprints(self) -> dict[str, str]:
        """Return what changes, for each document with such links, when one of them leads elsewhere or is called otherwise."""
        return {
            docname: fingerprint(
                [
                    (
                        kind,
                        name,
                        [(target.page, target.anchor, target.title) for target in self._names.find(kind, name)],
                    )
                    for kind, name in sorted(links)
                ]
            )
            for docname, links in self.links.items()
        }

    def find(self, kind: str, name: str) -> Sequence[XrefTarget]:
        """Return what has a name in the blog.

        :param kind: a kind of object of this domain.
        :param name: the name.
        """
        return self._names.find(kind, name)

    # -- While documents are read

    def note(self, docname: str, kind: str, name: str) -> None:
        """Note a link.

        :param docname: the document that has it.
        :param kind: the kind of its target.
        :param name: the name.
        """
        self.links.setdefault(docname, set()).add((kind, name))

    def clear_doc(self, docname: str) -> None:
        """Forget the links of a document.

        :param docname: the document.
        """
        self.links.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read.

        :param docnames: the documents that it has read.
        :param otherdata: its data.
        """
        self.links.update({docname: links for docname, links in otherdata["links"].items() if docname in docnames})

    # -- While links are resolved

    def resolve_xref(  # noqa: PLR0917 - Sphinx fixes the parameters
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return a link to what has a name, None if nothing has it."""
        if self._app is None or not (found := self._names.find(typ, target)):
            return None
        first, *others = found
        if others:
            paths = ", ".join(repr(other.page) for other in found)
            clear = "the project with the version" if typ == RELEASE else "the path"
            self._report(node, f"{target!r} is ambiguous ({paths}); use {clear}. The first is used.")
        shown = contnode
        if not node.get("refexplicit"):
            shown = nodes.inline(first.title, first.title, classes=contnode.get("classes", []))
        resolved = link(self._app, fromdocname, first.page, shown, anchor=first.anchor)
        return cast("nodes.reference", resolved)

    def resolve_any_xref(  # noqa: PLR0917 - see above
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return nothing: words such as the name of a category are too common to be links wherever they are written."""
        return []

    def report_unknown(self, node: pending_xref) -> None:
        """Say that nothing has the name that a link gives.

        :param node: the link.
        """
        kind, name = node["reftype"], node["reftarget"]
        expected = (
            f"no post announces the release {name!r}."
            if kind == RELEASE
            else f"no {kind} is called {name!r}; expected its name or path."
        )
        self._report(node, expected + suggestion(name, self._names.written.get(kind, ())))

    def _report(self, node: pending_xref, message: str) -> None:
        if self._app is None:
            return
        path = str(self.env.doc2path(node["refdoc"], base=False))
        problem = Problem(subtype=Subtype.LINK, message=message, path=path, line=get_source_line(node)[1])
        get_site(self._app).reporter.report([problem])

    # -- For the inventory

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield everything that has a name; the search does not show it, which finds the pages themselves."""
        with_lists = self._app is not None and builds_html_pages(self._app.builder)
        for name, target in self._names.objects(with_lists=with_lists):
            yield name, target.title or name, target.kind, target.page, target.anchor, -1


def get_domain(env: BuildEnvironment) -> BlogDomain:
    """Return the domain of an environment.

    :param env: the environment.
    """
    return cast("BlogDomain", env.get_domain(NAME))


def add_short_roles(app: Sphinx, _config: Config) -> None:
    """Let the roles be called without the name of the domain, where no other extension has a role of that name.

    :param app: the application, all extensions loaded.
    """
    for name in (POST, RELEASE, *(kind.name for kind in taxonomy_kinds(app) if kind.has_short_role)):
        if not is_role_registered(name):
            app.add_role(name, BlogRole())


def add_kind(app: Sphinx, kind: TaxonomyKind) -> None:
    """Let documents link to the terms of a taxonomy that an extension has registered.

    :param app: the application, the domain registered.
    :param kind: the kind of taxonomy.
    """
    app.add_role_to_domain(NAME, kind.name, BlogRole())
    app.registry.domain_object_types.setdefault(NAME, {})[kind.name] = ObjType(kind.name, kind.name)


def warn_of_unknown_name(_app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Report a link to a name that nothing has, here or in another project.

    :param domain: the domain of the link.
    :param node: the link.
    """
    if not isinstance(domain, BlogDomain):
        return None
    domain.report_unknown(node)
    return True
