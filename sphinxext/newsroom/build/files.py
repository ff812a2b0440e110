"""Files of the blog that are no pages of Sphinx's: its feed, and the pages at old addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sphinxext.newsroom.build.builders import html_builder, language_tag
from sphinxext.newsroom.build.rendering import render
from sphinxext.newsroom.core.feeds import Entry, Feed, build_atom
from sphinxext.newsroom.core.fragments import feed_html, place, text_of
from sphinxext.newsroom.core.models import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from sphinxext.newsroom.build.pages import Pages
    from sphinxext.newsroom.build.section import Section
    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.models import Post
    from sphinxext.newsroom.core.redirects import Redirect

FEED_NAME = "atom.xml"


def feed_path(app: Sphinx, section: Section) -> str:
    """Return the path of the feed of a blog from the root of the site, empty if there is none.

    :param app: the application.
    :param section: the blog.
    """
    published = any(post.state == PUBLISHED for post in section.blog.posts.values())
    if not (section.options.feed and app.config.html_baseurl and published):
        return ""
    return f"{section.options.blog_dir}/{FEED_NAME}".removeprefix("./")


def write_file(app: Sphinx, path: str, content: bytes) -> None:
    """Write a file whole or not at all, if its content has changed.

    :param app: the application.
    :param path: its path from the root of the site.
    :param content: what it holds.
    """
    file = Path(app.outdir) / path
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)


def write_redirects(app: Sphinx, redirects: Iterable[Redirect]) -> list[str]:
    """Write a page at each old address; return their paths.

    :param app: the application.
    :param redirects: the old addresses.
    """
    builder, paths = html_builder(app), []
    for redirect in redirects:
        output = Path(builder.get_outfilename(redirect.pagename)).relative_to(app.outdir)
        path = redirect.pagename if redirect.pagename.endswith(".html") else output.as_posix()
        target = "" if redirect.url else builder.get_target_uri(redirect.docname)
        target += f"#{redirect.anchor}" if redirect.anchor else ""
        url = redirect.url or "../" * path.count("/") + target
        base = app.config.html_baseurl
        title = app.env.titles[redirect.docname].astext() if redirect.docname in app.env.titles else url
        content = render(
            app,
            "newsroom/redirect.html",
            {},
            language=language_tag(app),
            title=title,
            url=url,
            canonical=redirect.url or (urljoin(base.rstrip("/") + "/", target) if base else url),
        )
        write_file(app, path, content.encode())
        paths.append(path)
    return paths


class FeedWriter:
    """Writes the feed of a blog."""

    def __init__(self, app: Sphinx, site: Site, section: Section, pages: Pages) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        :param section: the blog.
        :param pages: what pages show.
        """
        self._app, self._site, self._section, self._pages = app, site, section, pages

    def write(self) -> list[str]:
        """Write the feed, if there is one; return its path."""
        path = feed_path(self._app, self._section)
        if not path:
            return []
        write_file(self._app, path, build_atom(self._content(path)))
        return [path]

    def _content(self, path: str) -> Feed:
        config, options, pages = self._app.config, self._section.options, self._pages
        posts = [post for post in self._section.blog.recent() if post.state == PUBLISHED][: options.feed_length]
        return Feed(
            title=options.title,
            subtitle=str(config.blog_feed_subtitle or ""),
            url=pages.absolute(path),
            page_url=pages.page_url(self._section.blog.index),
            language=language_tag(self._app),
            rights=config.copyright if isinstance(config.copyright, str) else "",
            publisher=str(config.author if config.author != "Author name not set" else config.project),
            entries=[self._entry(post) for post in posts],
        )

    def _entry(self, post: Post) -> Entry:
        pages, options = self._pages, self._section.options
        fragment = self._site.fragments.load(post.docname).get(post.key)
        url = pages.page_url(post.docname) + (f"#{post.anchor}" if post.anchor else "")
        base = pages.absolute("./")
        content = ""
        if fragment is not None:
            target = self._app.builder.get_target_uri(post.docname)
            shown = fragment.body if options.feed_fulltext else place(fragment.excerpt, base)
            content = feed_html(shown, page_url=target, base_url=base)
        data = pages.entry(post)
        return Entry(
            id=url,
            url=urljoin(base, post.front_matter.external_link) if post.front_matter.external_link else url,
            title=text_of(fragment.title) if fragment else post.title,
            summary=post.front_matter.description or (fragment.description if fragment else ""),
            content=content,
            published=post.created,
            updated=post.updated or post.created,
            authors=tuple(
                (author, author.url or pages.page_url(shown["page"]))
                for author, shown in zip(post.authors, data["authors"], strict=True)
            ),
            categories=tuple(label["name"] for label in (*data["category"], *data["tag"])),
        )
