"""The files of the output that are not pages of Sphinx: feeds, redirects, attachments of posts, social cards, assets."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext.newsroom.environment.copied_files import copied_files, used_sources
from sphinxext.newsroom.output.attachments import copy_attachment, find_attachments, only_named_in
from sphinxext.newsroom.output.calendars import CalendarFiles
from sphinxext.newsroom.output.citation_files import CitationFiles
from sphinxext.newsroom.output.redirects import find_redirects, redirect_path, write_redirects
from sphinxext.newsroom.output.social_cards import CardFiles
from sphinxext.newsroom.output.static_files import StaticFiles
from sphinxext.newsroom.problems import Problem, Subtype
from sphinxext.newsroom.utils.sphinx_builders import html_builder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx

    from sphinxext.newsroom.blog.redirects import Redirect
    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.output.blog_writer import BlogWriter
    from sphinxext.newsroom.output.fingerprints import Fingerprints
    from sphinxext.newsroom.output.write_order import WriteOrder


class OutputFiles:
    """Finds the files before Sphinx writes, and writes them afterwards. All paths are relative to the output folder."""

    def __init__(self, app: Sphinx, site: Site, blog_writers: Sequence[BlogWriter]) -> None:
        """Find nothing yet.

        :param app: the application.
        :param site: its site, the index complete.
        :param blog_writers: of all blogs.
        """
        self._app, self._site, self._blog_writers = app, site, blog_writers
        self._cards = CardFiles(app, site.manifest, [writer.pages.social_cards for writer in blog_writers])
        self._static = StaticFiles(app, site)
        self.calendars = CalendarFiles(app, site, blog_writers)
        self._citations = CitationFiles(app, site, blog_writers)
        self._redirects: list[Redirect] = []
        self._attachments: dict[str, str] = {}
        """Source file by path."""
        self._copied: set[str] = set()
        """Images and downloads that documents use, which Sphinx copies."""
        self._previous_images: frozenset[str] = frozenset()
        """Images that front matter named in the last build, if it still does."""

    # -- Before writing

    def find(self, pagenames: AbstractSet[str]) -> list[Problem]:
        """Find redirects, attachments and static files; return their problems.

        :param pagenames: every page of the site.
        """
        site = self._site
        problems = self._find_attachments()
        reserved = site.reserved_paths.with_files(self._feeds(), "a feed")
        reserved = reserved.with_files(self.calendars.paths, "a calendar")
        reserved = reserved.with_files(self._citations.paths, "a file for citations")
        reserved = reserved.with_files(self._attachments, "a file next to posts")
        self._redirects, redirect_problems = find_redirects(
            self._app, site, pagenames, reserved, self._static.what_is_copied_to
        )
        previous = {name[1:] for name in site.manifest.previous if name.startswith("/")}
        self._static.find(self._uncopied(), pagenames, previous)
        return [*redirect_problems, *problems, *self._static.problems]

    @property
    def on_every_page(self) -> list[tuple[str, int, int]]:
        """Fingerprint of the stylesheets and scripts that every page loads."""
        return self._static.stamps()

    @property
    def card_style(self) -> list[str]:
        """Fingerprint of the design of social cards."""
        return self._cards.card_style

    def plan(self, fingerprints: Fingerprints) -> list[str]:
        """Return the paths of all files, for the manifest.

        :param fingerprints: tells whether posts have changed since the last build.
        """
        # If nothing has changed, the images in front matter have not been checked.
        self._previous_images = frozenset(self._site.manifest.images if fingerprints.is_unchanged else ())
        self._copied = {*copied_files(self._app), *self.images}
        self._cards.plan(fingerprints)
        return self._paths()

    def copy_assets(self) -> None:
        """Copy the stylesheets and scripts that every page loads, before pages name their checksums."""
        self._static.copy_assets()

    @property
    def images(self) -> frozenset[str]:
        """The images that front matter, authors and options name."""
        return self._previous_images.union(*(writer.pages.images.targets for writer in self._blog_writers))

    # -- After writing

    def write(self, fingerprints: Fingerprints, write_order: WriteOrder, generated: AbstractSet[str]) -> dict[str, str]:
        """Write all files, and return their fingerprints by path.

        :param fingerprints: tells which feeds have changed.
        :param write_order: renders posts again that feeds need.
        :param generated: pages without a document that this build has written, also by other extensions.
        """
        if not self._blog_writers:
            return {}  # the files of a blog that is gone are removed
        self._copied |= self.images
        self._give_up_redirects(generated)
        written = dict.fromkeys(self._paths(), "") | self._cards.write()
        for writer in self._blog_writers:
            written |= writer.feeds.write(fingerprints, ensure_rendered=write_order.ensure_posts_rendered)
        self.calendars.write(write_order)
        self._citations.write(write_order)
        write_redirects(self._app, self._redirects)
        for target, source in self._attachments.items():
            copy_attachment(self._app, source, target)
        for path in set(self._static.paths) - set(self._static.copy()):
            # Another extension has written it in this build, so it is not ours to remove either.
            del written[path], self._site.manifest.outputs["/" + path]
        return written

    def _give_up_redirects(self, generated: AbstractSet[str]) -> None:
        """Give up redirects whose file is a page of another extension."""
        files = page_files(self._app, generated)
        for redirect in list(self._redirects):
            path = redirect_path(self._app, redirect)
            if path.casefold() in files:
                message = (
                    f"the old URL {redirect.pagename!r} is that of a page of another extension; no redirect is written."
                )
                self._site.reporter.report([Problem(subtype=Subtype.PERMALINK, message=message)])
                self._redirects.remove(redirect)
                self._site.manifest.outputs.pop("/" + path, None)

    # -- Paths

    def _feeds(self) -> list[str]:
        return [path for writer in self._blog_writers for path in writer.feeds.paths]

    def _uncopied(self) -> list[str]:
        """Return the paths of feeds, redirects and attachments."""
        redirects = [redirect_path(self._app, redirect) for redirect in self._redirects]
        return [*self._feeds(), *self.calendars.paths, *self._citations.paths, *redirects, *self._attachments]

    def _paths(self) -> list[str]:
        return [*self._uncopied(), *self._static.paths, *self._cards.paths, *sorted(self._copied)]

    # -- Attachments

    def _find_attachments(self) -> list[Problem]:
        """Find the files next to posts; return their problems."""
        site = self._site
        published = {posixpath.dirname(post.path) for post in site.blog.posts.values()}
        unpublished = {posixpath.dirname(path) for path in site.unpublished} - published
        feeds = {*self._feeds(), *self.calendars.paths, *self._citations.paths}
        problems: dict[Problem, None] = {}
        for writer in self._blog_writers:
            section = writer.section
            found = find_attachments(
                self._app, section.options, section.post_dir, site.copy_rules, unpublished=unpublished
            )
            unused = self._used_by_unpublished(section, found.targets)
            self._attachments |= {
                target: source
                for source, target in found.targets.items()
                if target not in feeds and source not in unused
            }
            problems |= dict.fromkeys(found.problems)
        return list(problems)

    def _used_by_unpublished(self, section: BlogSection, files: Mapping[str, str]) -> set[str]:
        """Return the files next to posts that only unpublished posts use."""
        site = self._site
        unpublished = [path for path in sorted(site.unpublished) if section.holds(path)]
        if not unpublished:
            return set()
        used = used_sources(self._app.env)
        published = [section.authors_file, *(post.path for post in section.blog.posts.values())]
        return only_named_in(
            [path for path in files if path not in used],
            [site.srcdir / path for path in unpublished],
            others=[site.srcdir / path for path in published],
        )


def page_file(app: Sphinx, pagename: str) -> Path:
    """Return the file of a page.

    :param app: the application, its builder for HTML.
    :param pagename: the page.
    """
    return Path(html_builder(app).get_outfilename(pagename))


def page_files(app: Sphinx, pagenames: Iterable[str]) -> set[str]:
    """Return the paths of pages, in lower case as many disks compare them.

    :param app: the application, its builder for HTML.
    :param pagenames: the pages.
    """
    root = Path(app.outdir)
    files = (page_file(app, pagename) for pagename in pagenames)
    return {file.relative_to(root).as_posix().casefold() for file in files if file.is_relative_to(root)}
