"""Template data of authors: names, pictures, links, and biographies in Markdown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from urllib.parse import unquote

from markdown_it import MarkdownIt

from sphinxext.newsroom.content.posts import is_url
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.problems import Problem, Subtype, suggestion
from sphinxext.newsroom.utils.html_links import ROOT_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markdown_it.token import Token
    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.index import Blog
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Author, Post
    from sphinxext.newsroom.pages import context_types
    from sphinxext.newsroom.pages.images import Images

# Markup for a few sentences. Headings, images and HTML would break the pages that show them.
ZERO_WIDTH_NON_JOINER = "\u200c"
RULES = ("autolink", "backticks", "emphasis", "entity", "escape", "link", "list", "newline")


class AuthorContexts:
    """Makes the data of authors."""

    def __init__(self, app: Sphinx, site: Site, blog: Blog, images: Images) -> None:
        """Use a blog whose index is complete.

        :param app: the application.
        :param site: the site.
        :param blog: the index of the blog.
        :param images: finds their pictures.
        """
        self._app, self._site, self._blog, self._pictures = app, site, blog, images
        self._bios: dict[str, str] = {}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The pages of authors by id."""
        taxonomy = self._blog.taxonomy("author")
        return {collection.id: collection.pagename for collection in taxonomy.collections} if taxonomy else {}

    def summary(self, author: Author) -> context_types.Author:
        """Return what bylines and lists show of an author.

        :param author: the author.
        """
        return {
            "id": author.id,
            "name": author.name,
            "description": author.description,
            "affiliation": author.affiliation,
            "orcid": author.orcid,
            "url": author.url,
            "links": [[_(label), url] for label, url in author.links],
            "page": self.pages.get(author.id, ""),
            "avatar": self._pictures.avatar(author),
            "initials": initials(author.name),
        }

    def with_bio(self, author: Author) -> context_types.AuthorWithBio:
        """Return what the page of an author and the foot of their posts show.

        :param author: the author.
        """
        if author.bio not in self._bios:
            self._bios[author.bio] = self._rendered(author.bio)
        return {**self.summary(author), "bio": self._bios[author.bio]}

    def _rendered(self, bio: str) -> str:
        """Return Markdown as HTML with links from the root of the site; what leads nowhere is not a link."""
        if not bio:
            return ""
        parser, environment = _parser(), dict[str, Any]()
        tokens = parser.parse(bio, environment)
        for start, end in _links(tokens):
            if (url := self._link_url(_target(start))) is not None:
                start.attrSet("href", url)
            else:
                start.type = end.type = "text"
        return str(parser.renderer.render(tokens, parser.options, environment)).strip()

    def _link_url(self, target: str) -> str | None:
        """Return where a link leads, None if that is nowhere."""
        if is_url(target):
            return target
        path, hash_, anchor = target.partition("#")
        docname = self._site.project.path2doc(unquote(path).lstrip("/"))
        if docname not in self._app.env.all_docs:
            return None
        return ROOT_MARK + self._app.builder.get_target_uri(docname) + hash_ + anchor

    def problems(self, *, undated: Iterable[Post] = ()) -> Iterator[Problem]:
        """Yield what authors name that is not there.

        :param undated: posts that are left out because of their date.
        """
        posts = (*self._blog.posts.values(), *undated)
        authors = {author.id: (author, post) for post in reversed(posts) for author in post.authors}
        for author, post in authors.values():
            messages = list(self._mistakes(author))
            path, line = (
                self._site.reporter.locate_author(author, post, self._site.sections) if messages else ("", None)
            )
            for message in messages:
                yield Problem(subtype=Subtype.AUTHOR, message=message, path=path, line=line)

    def _mistakes(self, author: Author) -> Iterator[str]:
        if self._pictures.is_missing(author):
            reason = self._pictures.why_missing(author.avatar)
            expected = "expected a URL, or a path below the source folder."
            yield f"the picture {author.avatar!r} of {author.id!r} {reason}; {expected}"
        for start, _end in _links(_parser().parse(author.bio)) if author.bio else ():
            target = unquote(_target(start))
            if self._link_url(target) is None:
                path = target.partition("#")[0]
                known = [str(self._app.env.doc2path(name, base=False)) for name in sorted(self._app.env.all_docs)]
                yield (
                    f"the link {target!r} in the bio of {author.id!r} leads nowhere; expected a URL, or the path of a page "
                    f"below the source folder.{suggestion(path, known)}"
                )


def initials(name: str) -> str:
    """Return the initials of an author, one or two letters.

    :param name: a name.
    """
    letters = [word[0].upper() for word in name.split() if word[0].isalnum()][:2]
    # Arabic letters would join and be read as a syllable.
    is_joined = any(bidirectional(letter) == "AL" for letter in letters)
    return (ZERO_WIDTH_NON_JOINER if is_joined else "").join(letters) or "?"


def _parser() -> MarkdownIt:
    return MarkdownIt("zero").enable(RULES)


def _target(link: Token) -> str:
    return str(link.attrGet("href"))


def _links(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the first and the last token of each link; there are no links in links."""
    for token in tokens:
        inside = token.children or []
        starts = [child for child in inside if child.type == "link_open"]
        ends = [child for child in inside if child.type == "link_close"]
        yield from zip(starts, ends, strict=True)
