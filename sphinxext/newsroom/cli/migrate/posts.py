"""Plan the move of posts from another generator: what changes in them, and what keeps their URLs."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from babel.core import Locale

from sphinxext.newsroom.cli.config import SiteConfig, load_config
from sphinxext.newsroom.cli.errors import CommandError
from sphinxext.newsroom.cli.locate import CONF, FOLDERS, Place, find_site
from sphinxext.newsroom.cli.migrate.conf_text import conf_text
from sphinxext.newsroom.cli.migrate.old_site import url_path
from sphinxext.newsroom.cli.migrate.plan import Plan, PlannedFile, unsafe_path
from sphinxext.newsroom.cli.new_post import to_yaml
from sphinxext.newsroom.cli.site import StaticSite
from sphinxext.newsroom.models import PUBLISHED
from sphinxext.newsroom.utils.dates import NotADateError, format_date, read_date
from sphinxext.newsroom.utils.urls import safe_segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext.newsroom.cli.migrate.old_site import OldPost, OldSite
    from sphinxext.newsroom.models import Post

DOCS = "docs"
STATIC = "static"
_MYST = "myst_parser"
DATE_PATTERNS = ("yyyy/MM/dd", "yyyy/MM", "yyyy", "yyyy-MM-dd", "")
"""Patterns of dates in URLs of posts; the first that suits most posts is taken."""
MARKDOWN = ("attr_list", "footnotes", "tables", "def_list", "md_in_html", "sane_lists", "pymdownx.tilde")


def plan_posts(old: OldSite, target: Path) -> Plan:
    """Return the plan for the posts of a site.

    :param old: the old site.
    :param target: the folder of the new site; where there is none yet, one is planned.
    """
    return _PostsPlanner(old, target).plan()


class _PostsPlanner:
    def __init__(self, old: OldSite, target: Path) -> None:
        self._old = old
        self._plan = Plan(generator=old.generator, source=old.root, target=target)
        self._has_site = any((target / folder / CONF).is_file() for folder in FOLDERS)
        if self._has_site:
            place = find_site(target)
            self._config = load_config(place)
            self._docs = place.source.relative_to(target.resolve()).as_posix().removeprefix("./")
            self._builder = "dirhtml"
            self._options: dict[str, Any] = {}
        else:
            self._builder = self._usual_builder()
            self._options = self._new_options()
            self._config = self._new_config()
            self._docs = DOCS

    def plan(self) -> Plan:
        """Return the plan."""
        old, plan = self._old, self._plan
        if not old.posts and not old.todos:
            message = f"there are no posts of {old.generator} in {old.root}"
            raise CommandError(message)
        for todo in old.todos:
            plan.todo(todo.what, todo.advice, path=todo.path, line=todo.line)
        posts = [post for post in old.posts if self._is_safe(post)]
        for post in posts:
            _read_dates(post)
        if not self._has_site:
            self._choose_format(posts)
        self._set_slugs(posts)
        site, found = self._read(posts)
        self._keep_urls(posts, site, found)
        site, _found = self._read(posts)
        section = site.sections[0]
        for post in posts:
            path = posixpath.normpath(posixpath.join(self._docs, section.post_dir, post.target))
            before = post.source.raw.encode()
            plan.add(
                PlannedFile(path=path, content=post.text().encode(), purpose="a post", before=before, source=post.path)
            )
        self._add_authors(section.authors_file)
        self._add_files(section.post_dir, posts)
        if not self._has_site:
            self._add_site()
        self._report(posts, site)
        return plan

    def _is_safe(self, post: OldPost) -> bool:
        if reason := unsafe_path(post.target):
            self._plan.todo(f"the post is left out: {reason}", "rename it in the old site", path=post.path)
        return not reason

    # -- Options of a new site

    def _usual_builder(self) -> str:
        urls = [post.url for post in self._old.posts if post.url]
        return "html" if sum(url.endswith(".html") for url in urls) * 2 > len(urls) else "dirhtml"

    def _new_options(self) -> dict[str, Any]:
        urls = [post.url for post in self._old.posts if post.url]
        first = {url.partition("/")[0] for url in urls if "/" in url.rstrip("/")}
        has_folder = (
            len(first) == 1 and not next(iter(first)).isdecimal() and all("/" in url.rstrip("/") for url in urls)
        )
        options: dict[str, Any] = {"newsroom_blog_dir": next(iter(first)) if has_folder else "."}
        if self._old.separator:
            options["newsroom_post_excerpt_separator"] = self._old.separator
        if self._old.excerpt_paragraphs:
            options["newsroom_post_excerpt_paragraphs"] = self._old.excerpt_paragraphs
        if self._old.myst_extensions:
            options["myst_enable_extensions"] = list(self._old.myst_extensions)
        options["newsroom_markdown_extensions"] = list(MARKDOWN)
        return options

    def _new_config(self) -> SiteConfig:
        return SiteConfig({"extensions": [_MYST], **self._options})

    def _choose_format(self, posts: Sequence[OldPost]) -> None:
        """Choose the format of URLs that most posts have already."""
        _site, found = self._read(posts)
        folder = self._options["newsroom_blog_dir"]
        counts: Counter[str] = Counter()
        for post in posts:
            record = found.get(post.target)
            if record is not None and post.url:
                actual = posixpath.dirname(post.url.rstrip("/"))
                for pattern in DATE_PATTERNS:
                    counts[pattern] += actual == self._folder_of(record, pattern, folder)
        best = max(DATE_PATTERNS, key=lambda pattern: (counts[pattern], -DATE_PATTERNS.index(pattern)))
        if best:
            self._options |= {"newsroom_post_url_date_format": best}
        else:
            self._options |= {"newsroom_post_url_format": "{slug}"}
        self._config = self._new_config()

    @staticmethod
    def _folder_of(post: Post, pattern: str, blog_dir: str) -> str:
        date = format_date(post.created, pattern, Locale("en")) if pattern else ""
        path = posixpath.normpath(posixpath.join(blog_dir, date))
        return "" if path == "." else path

    # -- URLs

    def _read(self, posts: Sequence[OldPost]) -> tuple[StaticSite, dict[str, Post]]:
        """Return the new site as it would be, and its posts by their file below the folder of posts."""
        with TemporaryDirectory(prefix="newsroom-migrate-") as name:
            root = Path(name).resolve()
            place = Place(source=root, conf=root / CONF)
            # Each in its own configuration, because a site changes that.
            section = StaticSite(place, config=self._config.copy()).sections[0]
            folder, authors_file = section.post_dir, section.authors_file
            texts = {posixpath.join(folder, post.target): post.text() for post in posts}
            if (known := self._known_authors(authors_file)) is not None:
                texts[authors_file] = known
            for path, text in texts.items():
                file = root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            site = StaticSite(place, config=self._config.copy())
            prefix = f"{folder}/" if folder != "." else ""
            return site, {post.path.removeprefix(prefix): post for post in site.posts}

    def _known_authors(self, authors_file: str) -> str | None:
        """Return the text of the authors file as it will be, None if there is none."""
        file = self._plan.target / self._docs / authors_file
        if file.is_file():
            return file.read_text(encoding="utf-8-sig", errors="replace")
        return self._authors_text() if self._old.authors else None

    def _authors_text(self) -> str:
        return to_yaml({"authors": self._old.authors})

    def _set_slugs(self, posts: Sequence[OldPost]) -> None:
        """Give posts the slugs of their old URLs, where only these differ."""
        site, found = self._read(posts)
        for post in posts:
            record = found.get(post.target)
            if record is None or not post.url:
                continue
            new = url_path(site.path(record.docname, self._builder))
            if new.rstrip("/") == post.url.rstrip("/") or posixpath.dirname(new.rstrip("/")) != posixpath.dirname(
                post.url.rstrip("/")
            ):
                continue
            slug = posixpath.basename(post.url.rstrip("/"))
            slug = slug.removesuffix(".html") if self._builder == "html" else slug
            is_same_kind = post.url.endswith("/") == new.endswith("/") or "." not in slug
            if is_same_kind and slug == safe_segment(slug):
                post.changes["slug"] = slug

    def _keep_urls(self, posts: Sequence[OldPost], site: StaticSite, found: Mapping[str, Post]) -> None:
        plan = self._plan
        for post in posts:
            record = found.get(post.target)
            if not post.url or record is None or record.state != PUBLISHED:
                continue
            new = url_path(site.path(record.docname, self._builder))
            if new.rstrip("/") == post.url.rstrip("/"):
                plan.urls[post.url] = "the permalink of the post"
                continue
            if unsafe_path(post.url.rstrip("/")):
                plan.lost[post.url] = f"the path cannot be a file; the post is at `/{new}`"
                continue
            key, before = self._redirects_of(post)
            post.changes[key] = [*before, post.url.rstrip("/")]
            plan.urls[post.url] = "a redirect in the front matter"

    @staticmethod
    def _redirects_of(post: OldPost) -> tuple[str, list[str]]:
        for key in ("redirects", "redirect", "aliases", "url_alias"):
            value = post.value(key)
            if isinstance(value, list):
                return key, [str(item) for item in value]
            if isinstance(value, str) and value.strip():
                return key, [part.strip() for part in value.split(",")]
        return "redirects", []

    # -- Files

    def _add_authors(self, path: str) -> None:
        if not self._old.authors:
            return
        target = posixpath.normpath(posixpath.join(self._docs, path))
        text = self._authors_text()
        if (self._plan.target / target).is_file():
            self._plan.todo(f"{len(self._old.authors)} authors", f"add them to the authors file:\n{text}", path=target)
            return
        self._plan.add(PlannedFile(path=target, content=text.encode(), purpose="authors"))

    def _add_files(self, post_dir: str, posts: Sequence[OldPost]) -> None:
        plan, old = self._plan, self._old
        folder = posixpath.normpath(posixpath.join(self._docs, post_dir))
        for path, file in sorted(old.attachments.items()):
            self._copy(posixpath.join(folder, path), file)
        texts = "\n".join(post.text() for post in posts)
        for path, file in sorted(old.files.items()):
            # Once at its URL, and once more where Sphinx looks for the pictures of a page.
            self._copy(posixpath.join(STATIC, path), file)
            if f"](/{path}" in texts or re.search(rf"^[^\S\n]*image:\s*['\"]?/{re.escape(path)}", texts, re.MULTILINE):
                self._copy(posixpath.normpath(posixpath.join(self._docs, path)), file)
            plan.urls[path] = f"the file in `{STATIC}`"
        if old.files and self._has_site:
            plan.todo(f"the files in `{STATIC}`", f"add {STATIC!r} to `html_extra_path`", path=CONF)

    def _copy(self, path: str, file: Path) -> None:
        try:
            # A link that leads out of the old site is not followed.
            if not file.resolve().is_relative_to(self._old.root.resolve()):
                return
            content = file.read_bytes()
        except OSError as error:
            self._plan.todo(f"the file cannot be read: {error.strerror}", "copy it yourself", path=str(file))
            return
        source = file.relative_to(self._old.root).as_posix()
        self._plan.add(PlannedFile(path=path, content=content, purpose="a file", before=content, source=source))

    def _add_site(self) -> None:
        old, plan = self._old, self._plan
        site: dict[str, Any] = {"project": old.title or "Blog"}
        if old.url:
            site["html_baseurl"] = old.url.rstrip("/") + "/"
        if old.language:
            site["language"] = old.language.replace("-", "_")
        site["extensions"] = [_MYST, "sphinxext.newsroom"]
        looks: dict[str, Any] = {"html_theme": "pydata_sphinx_theme"}
        if old.files:
            looks["html_extra_path"] = [STATIC]
        intro = f"Configuration of Sphinx, made by 'newsroom migrate' for posts from {old.generator}."
        text = conf_text(
            intro, [("The site.", site), ("The blog.", self._options), ("Looks, and files at their URLs.", looks)]
        )
        plan.add(PlannedFile(path=CONF, content=text.encode(), purpose="settings of Sphinx"))
        folder = self._options["newsroom_blog_dir"]
        if folder != ".":
            title = old.title or "Home"
            entry = f"# {title}\n\n```{{toctree}}\n:hidden:\n\n{folder}/index\n```\n"
            plan.add(PlannedFile(path=f"{DOCS}/index.md", content=entry.encode(), purpose="the home page"))

    # -- The report

    def _report(self, posts: Sequence[OldPost], site: StaticSite) -> None:
        plan, old = self._plan, self._old
        same = sum(not post.changes and post.text() == post.source.raw for post in posts)
        plan.facts.append(("Posts", f"{len(posts)}, of which {same} stay exactly as they are"))
        if old.authors:
            plan.facts.append(("Authors", f"{len(old.authors)}, in the authors file"))
        if old.files or old.attachments:
            plan.facts.append(("Files", f"{len(old.files)} at their URLs, {len(old.attachments)} next to posts"))
        for name, value in self._options.items():
            if not name.endswith("_extensions"):
                plan.facts.append((f"`{name}`", f"`{value}`"))
        section = site.sections[0]
        files = {posixpath.normpath(posixpath.join(section.post_dir, post.target)) for post in posts}
        for problem in site.problems:
            if problem.path in files:
                path = posixpath.normpath(posixpath.join(self._docs, problem.path))
                plan.todo(problem.message, "correct it in the new file", path=path, line=problem.line)
        docs = self._docs
        plan.steps += [
            'Install: `python -m pip install "sphinxext-newsroom[pydata]"`',
            f"Build: `python -m sphinx -c . -b {self._builder} {docs} _site`"
            if not self._has_site
            else "Build the site as usual",
            "Check the posts: `newsroom check`",
            "Compare the URLs: `newsroom urls _site --against` and the sitemap of the old site",
        ]


def _read_dates(post: OldPost) -> None:
    """Write dates as dates that are texts in the old site."""
    for key in ("date", "updated", "lastmod"):
        value = post.value(key)
        if isinstance(value, str) and post.source.style != "fields":
            with suppress(NotADateError):
                post.changes[key] = read_date(value)
