"""What pages, files and feeds say of citable posts."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinxext.newsroom.citation_models import REFERENCES_TITLES
from sphinxext.newsroom.config.sphinx_config import is_set
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.files import is_regular
from sphinxext.newsroom.utils.html import text_of
from sphinxext.newsroom.utils.identifiers import permalink_urn
from sphinxext.newsroom.utils.sphinx_builders import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.citation_models import Reference
    from sphinxext.newsroom.citations.styles import ReferenceFormatter
    from sphinxext.newsroom.metadata.signposting import TypedLink
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.context_builders import ContextBuilders


_NUMBER = re.compile(r"^[\d.\s]+")
_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
# Of sphinxcontrib-bibtex, and of citeproc elsewhere.
_LIST = re.compile(r"""class=["'][^"']*\b(?:csl-bib-body|citation-list)\b""")


def has_references(body: str) -> bool:
    """Return whether a text has a list of references.

    :param body: rendered HTML.
    """
    if _LIST.search(body):
        return True
    headings = (text_of(match.replace("¶", "")) for match in _HEADING.findall(body))
    return any(_NUMBER.sub("", heading).strip(" :#").casefold() in REFERENCES_TITLES for heading in headings)


class Citations:
    """Makes what is said of the citable posts of one blog."""

    def __init__(self, app: Sphinx, blog: Blog, pages: ContextBuilders) -> None:
        """Use a blog whose index is complete.

        :param app: the application.
        :param blog: the blog.
        :param pages: makes the contexts of what posts name.
        """
        self._app, self._blog, self._pages = app, blog, pages
        self._language = language_tag(app)

    def is_citable(self, post: Post) -> bool:
        """Return whether the page of a post says how to cite it.

        :param post: the post.
        """
        return bool(post.front_matter.doi) or self._blog.options.citation

    @cached_property
    def posts(self) -> list[Post]:
        """The citable posts that have a separate page."""
        return [post for post in self._blog.posts.values() if self.is_citable(post) and not post.anchor]

    def urn(self, post: Post) -> str:
        """Return the URI that identifies a post for ever: its ``id``, else a UUID of its permalink.

        :param post: the post.
        """
        page = self._pages.urls.of_page(post.docname)
        url = page + (f"#{post.anchor}" if post.anchor else "")
        return post.front_matter.id or permalink_urn(url if page else f"{self._app.config.project}/{post.key}")

    @property
    def publisher(self) -> str:
        """The name of who publishes the site, empty if no option says it."""
        config = self._app.config
        return next((str(config[name]) for name in ("author", "project") if is_set(config, name)), "")

    @property
    def issn(self) -> str:
        """The ISSN of the blog, or empty."""
        return self._blog.options.issn

    def item(self, post: Post, *, abstract: str = "") -> dict[str, Any]:
        """Return a post as CSL-JSON.

        :param post: the post.
        :param abstract: what it is about.
        """
        from sphinxext.newsroom.citations.csl import post_item

        titles = self._pages.titles
        return post_item(
            post,
            title=titles.of_post(post),
            url=post.front_matter.canonical_link or self._pages.urls.of_page(post.docname),
            blog=titles.of_index(),
            language=self._language,
            keywords=self._pages.posts.keywords(post),
            abstract=abstract,
            publisher=self.publisher,
            issn=self._blog.options.issn,
        )

    def of_page(self, post: Post) -> context_types.Citation | None:
        """Return what the page of a post says about citing it, None if it says nothing.

        :param post: the post.
        """
        if not self.is_citable(post) or post.anchor:
            return None
        from sphinxext.newsroom.citations.formats import FILES, bibtex

        doi, item = post.front_matter.doi, self.item(post)
        return {
            "doi": doi,
            "url": f"https://doi.org/{doi}" if doi else item.get("URL", ""),
            "urn": self.urn(post),
            "bibtex": bibtex(item),
            "item": item,
            "files": [{"path": post.docname + suffix, "format": name, "type": type_} for name, suffix, type_ in FILES],
        }

    def style(self, post: Post) -> list[Any]:
        """Return what differs whenever the references on the page of a post look different; nothing if it shows none.

        :param post: the post.
        """
        if not (self.is_citable(post) or post.front_matter.references):
            return []
        return [self._blog.options.citation_style, *self._style_stamp]

    def references(self, post: Post) -> list[context_types.ReferenceData]:
        """Return the works that a post cites.

        :param post: the post.
        """
        return [
            {"url": found.link, "doi": found.doi, "text": found.text, "item": dict(found.item)}
            for found in post.front_matter.references
        ]

    def funding(self, post: Post) -> list[context_types.FundingData]:
        """Return who funded the work that a post describes.

        :param post: the post.
        """
        return [
            {
                "funder": found.funder,
                "funder_url": found.funder_id,
                "award": found.award,
                "title": found.title,
                "url": found.url,
            }
            for found in post.front_matter.funding
        ]

    def roles(self, post: Post) -> list[context_types.Roles]:
        """Return what each author did, as far as it is said.

        :param post: the post.
        """
        given = post.front_matter.author_roles
        return [
            {"name": author.name, "roles": list(roles)}
            for author in post.authors
            if (roles := given.get(author.id, author.roles))
        ]

    def typed_links(self, post: Post) -> list[TypedLink]:
        """Return the typed links of a citable post, as its head and its linkset have them.

        :param post: the post.
        """
        from sphinxext.newsroom.citations.formats import FILES
        from sphinxext.newsroom.metadata.signposting import typed_links

        license_ = self._pages.posts.license_of(post)
        files = [(self._pages.urls.absolute(quote(post.docname + suffix)), type_) for _name, suffix, type_ in FILES]
        return typed_links(post, license_url=license_.url if license_ else "", files=files)

    def linkset_url(self, post: Post) -> str:
        """Return the full URL of the linkset of a citable post, empty without base URL.

        :param post: the post.
        """
        from sphinxext.newsroom.metadata.signposting import SUFFIX

        return self._pages.urls.absolute(quote(post.docname + SUFFIX))

    # -- References

    @property
    def _style_file(self) -> Path | None:
        """The file of the site that the option names, None for the name of a style."""
        style = self._blog.options.citation_style
        return Path(self._app.srcdir) / style if style.endswith(".csl") else None

    @cached_property
    def _style_stamp(self) -> list[Any]:
        """What differs whenever the file of the style does, or what formats references."""
        from sphinxext.newsroom.citations.styles import installed_versions

        file = self._style_file
        versions = list(installed_versions())
        if file is None or not is_regular(file):
            return versions
        status = file.stat()
        return [*versions, status.st_size, status.st_mtime_ns]

    @cached_property
    def formatter(self) -> ReferenceFormatter:
        """Formats references."""
        from sphinxext.newsroom.citations.styles import APA, ReferenceFormatter, find_style, is_installed

        file, style = self._style_file, self._blog.options.citation_style
        if file is not None:
            return ReferenceFormatter(file if is_regular(file) else APA, language=self._language)
        return ReferenceFormatter(style if is_installed() and find_style(style) else APA, language=self._language)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the option that chooses the style, if the style is used."""
        from sphinxext.newsroom.citations.styles import APA

        style = self._blog.options.citation_style
        is_used = bool(self.posts) or any(post.front_matter.references for post in self._blog.posts.values())
        if style == APA or not is_used:
            return
        from sphinxext.newsroom.citations.styles import UnusableStyleError, find_style, is_installed, style_names
        from sphinxext.newsroom.content.citations import INSTALL

        reason, hint = "", ""
        if not is_installed():
            reason = f"a package is missing; {INSTALL} installs it"
        elif self._style_file is not None and not is_regular(self._style_file):
            reason = "there is no such file below the source folder"
        elif self._style_file is None and not find_style(style):
            reason, hint = "there is no such style", suggestion(style, style_names())
        else:
            try:
                self.formatter.check()
            except UnusableStyleError as error:
                reason = f"it cannot be used: {error}"
        if reason:
            message = f"newsroom_citation_style is {style!r}; {reason}. APA is used.{hint}"
            yield Problem(subtype=Subtype.CONFIG, message=message)

    def reference_list(self, post: Post, body: str) -> list[str]:
        """Return the works that a post cites, each in inline HTML; none if the text has a list of references itself.

        :param post: the post.
        :param body: its text, rendered HTML.
        """
        references = post.front_matter.references
        if not references or has_references(body):
            return []
        return [self.reference_html(reference) for reference in references]

    def reference_html(self, reference: Reference) -> str:
        """Return a work that a post cites, in inline HTML.

        :param reference: the work.
        """
        from sphinxext.newsroom.citations.styles import reference_html

        return reference_html(self.formatter, text=reference.text, link=reference.link, item=reference.item)

    def reference_text(self, reference: Reference) -> str:
        """Return a work that a post cites, as plain text.

        :param reference: the work.
        """
        return text_of(self.reference_html(reference))
