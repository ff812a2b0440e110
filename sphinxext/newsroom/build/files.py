"""Files of the blog that are no pages of Sphinx's: its feed, and the pages at old addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from sphinxext.newsroom.build.builders import html_builder
from sphinxext.newsroom.core.feeds import Entry, Feed, build_atom
from sphinxext.newsroom.core.fragments import feed_html, place, text_of
from sphinxext.newsroom.core.models import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

    from sphinxext.newsroom.build.pages import Pages
    from sphinxext.newsroom.build.rendering import Renderer
    from sphinxext.newsroom.build.site import Site
    from sphinxext.newsroom.core.models import Post

FEED_NAME = "atom.xml"


def feed_path(app: Sphinx, site: Site) -> str:
    """Return the path of the feed from the root of the site, empty if there is none.

    :param app: the application.
    :param site: its site.
    """
    published = any(post.state == PUBLISHED for post in site.blog.posts.values())
    if not (site.options.feed and app.config.html_baseurl and published):
        return ""
    return f"{site.options.blog_dir}/{FEED_NAME}".removeprefix("./")


class Files:
    """Writes the files of one build."""

    def __init__(
        self, app: Sphinx, site: Site, pages: Pages, renderer: Renderer, redirects: Mapping[str, Post]
    ) -> None:
        """Prepare for an application.

        :param app: the application.
        :param site: its site.
        :param pages: what pages show.
        :param renderer: renders templates.
        :param redirects: the post that each old address leads to.
        """
        self._app, self._site, self._pages = app, site, pages
        self._renderer, self._redirects = renderer, redirects

    def write(self) -> list[str]:
        """Write every file whose content has changed; return the paths of all of them."""
        files = {path: content for path, content in (self._feed_file(), *self._redirect_files()) if path}
        for path, content in files.items():
            file = Path(self._app.outdir) / path
            if not file.is_file() or file.read_bytes() != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                new = file.with_name(file.name + ".new")
                new.write_bytes(content)
                new.replace(file)
        return list(files)

    def _redirect_files(self) -> list[tuple[str, bytes]]:
        builder, files = self._app.builder, []
        for pagename, post in self._redirects.items():
            output = Path(html_builder(self._app).get_outfilename(pagename))
            is_file = pagename.endswith(".html")
            path = pagename if is_file else output.relative_to(self._app.outdir).as_posix()
            target = builder.get_target_uri(post.docname) + (f"#{post.anchor}" if post.anchor else "")
            url = "../" * path.count("/") + target
            content = self._renderer.render(
                "newsroom/redirect.html",
                {},
                language=(self._app.config.language or "en").replace("_", "-"),
                title=self._pages.title_of(post),
                url=url,
                canonical=self._pages.absolute(target) or url,
            )
            files.append((path, content.encode()))
        return files

    def _feed_file(self) -> tuple[str, bytes]:
        path = feed_path(self._app, self._site)
        return path, build_atom(self._feed(path)) if path else b""

    def _feed(self, path: str) -> Feed:
        config, options, pages = self._app.config, self._site.options, self._pages
        posts = [post for post in self._site.blog.recent() if post.state == PUBLISHED][: options.feed_length]
        return Feed(
            title=options.title,
            subtitle=str(config.blog_feed_subtitle or ""),
            url=pages.absolute(path),
            page_url=pages.page_url(self._site.blog.index),
            language=(config.language or "en").replace("_", "-"),
            rights=config.copyright if isinstance(config.copyright, str) else "",
            publisher=str(config.author if config.author != "Author name not set" else config.project),
            entries=[self._entry(post) for post in posts],
        )

    def _entry(self, post: Post) -> Entry:
        pages, options = self._pages, self._site.options
        fragment = self._site.fragments.load(post.docname).get(post.key)
        url = pages.page_url(post.docname) + (f"#{post.anchor}" if post.anchor else "")
        base = pages.absolute("./")
        content = ""
        if fragment is not None:
            target = self._app.builder.get_target_uri(post.docname)
            content = (
                feed_html(fragment.body, page_url=target, base_url=base)
                if options.feed_fulltext
                else place(fragment.excerpt, base)
            )
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
