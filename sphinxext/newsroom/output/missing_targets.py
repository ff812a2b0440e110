"""Report missing targets that posts, authors and options refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext.newsroom.content.age import is_old
from sphinxext.newsroom.pages.templates import USUAL
from sphinxext.newsroom.problems import Problem, Subtype, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.models import Post
    from sphinxext.newsroom.output.blog_writer import BlogWriter


class Checks:
    """Checks what the pages of one blog show."""

    def __init__(self, app: Sphinx, site: Site, blog_writer: BlogWriter) -> None:
        """Look at what writes the blog.

        :param app: the application.
        :param site: the site.
        :param blog_writer: what writes the blog.
        """
        self._app, self._site, self._blog_writer = app, site, blog_writer
        self._blog, self._pages = blog_writer.section.blog, blog_writer.pages

    def problems(self) -> Iterator[Problem]:
        """Yield everything that is not there."""
        yield from self._pages.authors.problems(undated=self._blog_writer.section.undated)
        yield from self._pages.social_cards.problems()
        picture = self._blog.options.social_image
        if picture and self._pages.social_image is None:
            message = (
                f"newsroom_social_image: {picture!r} is not there; expected a URL, or a path below the source folder."
            )
            yield Problem(subtype=Subtype.CONFIG, message=message)
        for page in self._list_intros():
            path = str(self._app.env.doc2path(page, base=False))
            yield from self._template_problem(path, self._pages.titles.list_intro(page).template)
        for post in (*self._blog.posts.values(), *self._blog_writer.section.undated):
            is_event = post.front_matter.event is not None
            yield from self._template_problem(post.path, post.front_matter.template, is_event=is_event)
            # An old post may well lead to what has been removed since.
            subtype = Subtype.STALE if is_old(post, self._blog.options, self._site.now) else Subtype.LINK
            for target, message in self._pages.links.problems(post.front_matter.links):
                yield self._problem(post, subtype, message, "links", target)
            for target, message in self._pages.links.problems(post.front_matter.superseded_by):
                yield self._problem(post, Subtype.LINK, message, "superseded_by", target)
            yield from self._image_problems(post)
            yield from self._event_problems(post)
        yield from self._pages.citations.problems()
        yield from self._blog_writer.feeds.problems()

    def _image_problems(self, post: Post) -> Iterator[Problem]:
        image = post.front_matter.image
        if image is None:
            return
        missing = self._pages.images.missing(image, post)
        for source in missing:
            reason = self._pages.images.why_missing(source, post)
            message = f"the image {source!r} {reason}; expected a URL, or a path relative to the post."
            yield self._problem(post, Subtype.FRONT_MATTER, message, "image")
        if image.alt is None and not missing:
            message = (
                f"the image {image.src!r} has no 'alt'; expected what it shows, in a few words, or an empty text if it only "
                "decorates."
            )
            yield self._problem(post, Subtype.IMAGE, message, "image")

    def _event_problems(self, post: Post) -> Iterator[Problem]:
        """Yield what registries miss in the event of a post."""
        event, level = post.front_matter.event, self._blog.options.event_check
        if event is None or level == "off":
            return
        from sphinxext.newsroom.metadata.event_profiles import profile_gaps

        keywords = self._pages.posts.keywords(post)
        for profile, keys in profile_gaps(event, keywords=keywords, recommended=level == "recommended"):
            names = ", ".join(keys)
            message = f"registries that read {profile} of Bioschemas also expect: {names}. newsroom_event_check sets what is reported."
            line = event.lines.get("")
            yield Problem(subtype=Subtype.EVENT, message=message, path=post.path, line=line)

    def _problem(self, post: Post, subtype: Subtype, message: str, key: str, item: str | None = None) -> Problem:
        line = self._site.reporter.locate(post.path, key, item)
        return Problem(subtype=subtype, message=message, path=post.path, line=line)

    def _list_intros(self) -> list[str]:
        """Return the pages that somebody wrote above a list."""
        blog = self._blog
        lists = [collection.pagename for taxonomy in blog.taxonomies for collection in taxonomy.collections]
        return sorted({blog.index, blog.releases_page, *lists, *(c.pagename for c in blog.taxonomies)} & blog.documents)

    def _template_problem(self, path: str, name: str, *, is_event: bool = False) -> Iterator[Problem]:
        # Everything that a template of the site is for is shown of an event without one.
        if name in USUAL or is_event or self._pages.templates.choose(name, usual=""):
            return
        expected = "one that you put into a folder 'newsroom' in templates_path, or one of the blog's"
        message = (
            f"'template' is {name!r}, which this site does not have; the page is made by the usual one and lacks what that "
            f"template adds. Expected {expected}."
        )
        message += suggestion(name, self._pages.templates.names)
        line = self._site.reporter.locate(path, "template")
        yield Problem(subtype=Subtype.FRONT_MATTER, message=message, path=path, line=line)
