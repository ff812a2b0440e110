"""Sidebar components: recent posts, terms, the archive, feeds.

They can be on every page of a site, and change with every post. So that a new post does not cause every page to be written, a
component is the same text on all pages except for the relative path to the root of the site. When it changes, the old text is
replaced in the files that were written earlier; the result is the same as that of a clean build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.event_models import COURSE
from sphinxext.newsroom.i18n import gettext as _
from sphinxext.newsroom.pages import mentions
from sphinxext.newsroom.pages.announcement import coming_events
from sphinxext.newsroom.pages.context_builders import ContextBuilders
from sphinxext.newsroom.pages.jinja import path_from_root, path_to_root, render
from sphinxext.newsroom.utils.cache import load_cached, store_cached
from sphinxext.newsroom.utils.html_links import ROOT_MARK, resolve_root
from sphinxext.newsroom.utils.markup import rendered
from sphinxext.newsroom.utils.sphinx_atomic import write_output_file
from sphinxext.newsroom.utils.sphinx_builders import cache_name, html_builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markupsafe import Markup
    from sphinx.application import Sphinx

    from sphinxext.newsroom.environment.blog_section import BlogSection
    from sphinxext.newsroom.environment.site import Site
    from sphinxext.newsroom.pages import context_types

KEPT = "sidebars"
RECENT = 5
"""How many posts the part with recent ones shows."""


class Sidebars:
    """Makes the parts of one build, and keeps those that earlier builds wrote into pages."""

    def __init__(self, app: Sphinx, site: Site) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        """
        self._app, self._site = app, site
        self._folder = site.state / cache_name(app.builder) / "sidebars"
        self._made: dict[str, str] = {}
        self._kinds = {kind.sidebar: kind.name for kind in site.kinds if kind.sidebar}
        """The kind of taxonomy of each part that shows terms."""
        self._templates = {
            **dict.fromkeys(self._kinds, "terms"),
            "recent": "recent",
            "feeds": "feeds",
            "events": "events",
        }
        self.feeds: Sequence[Sequence[context_types.Feed]] = ()
        """The feeds of each blog, as :attr:`Feeds.of_blog` gives them."""

    def function(self, pagename: str, context: dict[str, Any]) -> Callable[[str], Markup | str]:
        """Return what a template calls to get a part by its name.

        :param pagename: the page that the template makes.
        :param context: its context.
        """

        def newsroom_sidebar(name: str) -> Markup | str:
            if name == mentions.SIDEBAR:
                return self._mentions(pagename, context)
            if name not in self._templates:
                return ""
            part = self._part(self._key(name, pagename))
            return rendered(_on_page(part, path_to_root(context), self._app.builder.get_target_uri(pagename)))

        return newsroom_sidebar

    def _mentions(self, pagename: str, context: dict[str, Any]) -> Markup | str:
        """Return the posts that mention a page. This part is written with its page, as it is another on each."""
        posts = mentions.sidebar_entries(self._app, pagename)
        if not posts:
            return ""
        values = {**html_builder(self._app).globalcontext, "pathto": path_from_root(self._app)}
        html = render(self._app, "newsroom/partials/sidebars/mentions.html", values, view={"posts": posts})
        return rendered(resolve_root(html.strip(), path_to_root(context)))

    def _key(self, name: str, pagename: str) -> str:
        """Return the cache key of a component: on pages of one of several blogs it shows only that blog."""
        sections = self._site.sections
        if len(sections) > 1:
            for number, section in enumerate(sections):
                if pagename in section.blog.by_docname or pagename.startswith(section.options.blog_dir + "/"):
                    return f"{name}-{number}"
        return name

    def _part(self, key: str) -> str:
        """Return a component with root-relative links; it is stored until it is replaced."""
        if key not in self._made:
            html = self._made[key] = self._render(key)
            file = self._folder / key / f"{hashlib.blake2b(html.encode(), digest_size=8).hexdigest()}.part"
            if not file.is_file():
                store_cached(file, html.encode(), version=KEPT)
        return self._made[key]

    def _render(self, key: str) -> str:
        name, _dash, number = key.partition("-")
        section = self._site.sections[int(number)] if number else None
        blog = section.blog if section else self._site.blog
        pages = ContextBuilders(self._app, self._site, blog)
        view: (
            context_types.SidebarRecent
            | context_types.SidebarEvents
            | context_types.SidebarFeeds
            | context_types.SidebarTerms
        )
        if name == "recent":
            posts = [pages.posts.list_entry(post) for post in blog.recent()[:RECENT]]
            view = {"name": name, "posts": posts, "page": blog.index}
        elif name == "events":
            view = self._events([section] if section else self._site.sections, pages)
        elif name == "feeds":
            of_blogs = [self.feeds[int(number)]] if number else self.feeds
            view = {"name": name, "feeds": [feed for feeds in of_blogs for feed in feeds]}
        elif (taxonomy := blog.taxonomy(self._kinds[name])) is not None:
            title, terms = pages.titles.of_taxonomy(taxonomy), pages.taxonomies.terms(taxonomy)
            view = {"name": name, "title": title, "page": taxonomy.pagename, "terms": terms}
        else:
            view = {"name": name, "title": "", "page": "", "terms": []}
        context = {**html_builder(self._app).globalcontext, "pathto": path_from_root(self._app)}
        return render(self._app, f"newsroom/partials/sidebars/{self._templates[name]}.html", context, view=view).strip()

    def _events(self, sections: Sequence[BlogSection], pages: ContextBuilders) -> context_types.SidebarEvents:
        coming = [post for _begins, post, _occurrence in coming_events(sections, self._site.now)][:RECENT]
        posts = []
        for post in coming:
            entry = pages.posts.list_entry(post)
            entry["event"] = pages.events.summary(post.front_matter.event, ("running", "upcoming"))
            posts.append(entry)
        events = [post.front_matter.event for post in coming]
        are_courses = all(event is not None and event.kind == COURSE for event in events)
        return {"name": "events", "title": _("Next courses") if are_courses else _("Next events"), "posts": posts}

    def are_sound(self) -> bool:
        """Return whether what was written into pages is known, so that it can be exchanged."""
        return all(load_cached(file, version=KEPT) is not None for file in self._folder.glob("*/*.part"))

    def forget(self) -> None:
        """Forget what was written into pages, because all of them are written again."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._made.clear()

    def refresh(self) -> None:
        """Exchange parts that have changed in the pages that this build did not write."""
        for folder in sorted(self._folder.glob("*")):
            name, _dash, number = folder.name.partition("-")
            if name not in self._templates or (number and int(number) >= len(self._site.sections)):
                _forget(folder, folder.glob("*.part"))
                continue
            new = self._part(folder.name)
            versions = {file: _read(file) for file in sorted(folder.glob("*.part"))}
            old = [text for text in versions.values() if text != new]
            if not old:
                continue
            is_used = self._exchange(old, new)
            _forget(folder, (file for file, text in versions.items() if text != new or not is_used))

    def _exchange(self, old: Sequence[str], new: str) -> bool:
        """Put a part into the place of its earlier versions on all pages; return whether any page has it."""
        builder = html_builder(self._app)
        encoding = self._app.config.html_output_encoding
        is_used = False
        for file in sorted(Path(builder.outdir).rglob(f"*{builder.out_suffix}")):
            root = "../" * (len(file.relative_to(builder.outdir).parts) - 1)
            try:
                before = content = file.read_bytes()
            except FileNotFoundError:
                continue  # another build has removed it
            uri = self._uri(file)
            after = _stored(_on_page(new, root, uri), encoding)
            for text in old:
                content = content.replace(_stored(_on_page(text, root, uri), encoding), after)
            if content != before:
                write_output_file(self._app, file, content)
            is_used = is_used or after in content
        return is_used

    def _uri(self, file: Path) -> str:
        """Return the URL of a page from the root of the site, as links have it."""
        builder = html_builder(self._app)
        name = file.relative_to(builder.outdir).as_posix().removesuffix(builder.out_suffix)
        return builder.get_target_uri(name)


def _on_page(part: str, root: str, uri: str) -> str:
    """Return a component as a page shows it, in which the link to that page is marked as current.

    :param part: a component with root-relative links.
    :param root: the path from the page to the root of the site.
    :param uri: the URL of the page from the root of the site.
    """
    link = f'href="{ROOT_MARK}{uri}"'
    return resolve_root(part.replace(link, f'{link} aria-current="page"') if uri else part, root)


def _read(file: Path) -> str:
    return (load_cached(file, version=KEPT) or b"").decode()


def _stored(html: str, encoding: str) -> bytes:
    """Return text as Sphinx writes it into a file."""
    return html.replace("\n", os.linesep).encode(encoding, "xmlcharrefreplace")


def _forget(folder: Path, files: Iterator[Path]) -> None:
    for file in list(files):
        file.unlink(missing_ok=True)
    # It may hold others still, or another build may have been faster.
    with suppress(OSError):
        folder.rmdir()
