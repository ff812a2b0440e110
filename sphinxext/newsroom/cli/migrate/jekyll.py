"""Read the posts of a Jekyll site."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinxext.newsroom.cli.migrate.fields import date_of_name, first_text, names, slugify, with_suffix_md
from sphinxext.newsroom.cli.migrate.old_site import OldPost, OldSite, url_path
from sphinxext.newsroom.utils.dates import NotADateError, build_time, read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SUFFIXES = (".md", ".markdown", ".mkd", ".html")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_FORMATS = {
    "year": "%Y", "short_year": "%y", "month": "%m", "day": "%d", "y_day": "%j", "week": "%V", "hour": "%H",
    "minute": "%M", "second": "%S", "short_month": "%b", "long_month": "%B", "short_day": "%a", "long_day": "%A",
    "w_day": "%u", "w_year": "%G",
}  # fmt: skip
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#-]+)[^%]*%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_POST_URL = re.compile(r"(?:\{\{\s*site\.(?:baseurl|url)\s*\}\}/?)?\{%-?\s*post_url\s+(\S+?)\s*-?%\}")
_SITE = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_RELATIVE = re.compile(r"\{\{-?\s*['\"]([^'\"]+)['\"]\s*\|\s*(?:relative|absolute)_url\s*-?\}\}")
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_LEFT = (
    (re.compile(r"\{%-?\s*include\b.*?%\}"), "write what it includes; templates of Jekyll are not used"),
    (re.compile(r"\{%.*?%\}"), "write what it makes; Liquid is not run"),
    (re.compile(r"\{\{.*?\}\}"), "write what it makes; Liquid is not run"),
)
# Folders of the site itself, and of tools.
_NOT_FILES = ("vendor", "node_modules", "_site")


def read_jekyll(root: Path) -> OldSite:
    """Return what a Jekyll site has.

    :param root: its folder.
    """
    reader = _Jekyll(root)
    reader.read()
    return reader.site


class _Jekyll:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.site = OldSite(generator="Jekyll", root=root)
        self._config = self._yaml("_config.yml")

    def read(self) -> None:
        site, config = self.site, self._config
        site.title, site.language = first_text(config, "title", "name"), first_text(config, "lang", "locale")
        if first_text(config, "url"):
            site.url = first_text(config, "url").rstrip("/") + "/" + first_text(config, "baseurl").strip("/")
        separator = config.get("excerpt_separator")
        if isinstance(separator, str) and separator.strip().startswith("<!--"):
            site.separator = "" if separator.replace(" ", "") == "<!--more-->" else separator.strip()
        elif not separator or not str(separator).strip():
            site.excerpt_paragraphs = 1
        self._authors()
        files = sorted(self._files())
        self._targets = {name: target for path, name, target in map(self._named, files) if path}
        for path in files:
            self._post(path)
        self._static()

    def _yaml(self, name: str) -> dict[str, Any]:
        data = self.site.read_data(name)
        return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}

    def _files(self) -> Iterator[str]:
        for folder in ("_posts", "_drafts"):
            for found in self._root.rglob(folder):
                if found.is_dir() and not any(part in _NOT_FILES for part in found.relative_to(self._root).parts):
                    for file in found.rglob("*"):
                        if file.is_file() and not file.name.startswith("."):
                            yield self.site.shown(file)

    @staticmethod
    def _named(path: str) -> tuple[str, str, str]:
        """Return the path of a post, its name as ``post_url`` has it, and its file in the new site."""
        _before, _, below = path.partition("_posts/" if "_posts/" in path else "_drafts/")
        name = posixpath.splitext(below)[0]
        return path, posixpath.basename(name), with_suffix_md(below)

    def _post(self, path: str) -> None:
        site = self.site
        if not path.endswith(SUFFIXES):
            site.todo("the file is left out", "only Markdown and HTML can be read; convert it", path)
            return
        source = site.read_source(self._root / path)
        if source is None:
            return
        is_draft = "_drafts/" in path
        named_date, title = date_of_name(posixpath.splitext(posixpath.basename(path))[0])
        if not named_date and not is_draft:
            site.todo("the post is left out", "its name has no date, so Jekyll does not publish it either", path)
            return
        post = OldPost(path=path, source=source, target=self._named(path)[2])
        meta = source.meta
        self._keys(post, named_date, is_draft=is_draft)
        if not (is_draft or meta.get("published") is False):
            post.url = self._url(post, named_date, first_text(meta, "slug") or title)
        body = self._body(post)
        site.add_post(post, body, _LEFT)

    def _keys(self, post: OldPost, named_date: str, *, is_draft: bool) -> None:
        meta, changes = post.source.meta, post.changes
        if "date" not in meta and named_date:
            changes["date"] = date.fromisoformat(named_date)
        elif is_draft and "date" not in meta:
            changes["date"] = build_time().date()
        if is_draft or meta.get("published") is False:
            changes["draft"] = True
            changes |= {"published": None} if "published" in meta else {}
        self._terms(post)
        self._image(post)
        if modified := meta.get("last_modified_at"):
            changes["updated"] = modified
        if isinstance(excerpt := meta.get("excerpt"), str):
            changes["excerpt"] = None
            if "description" not in meta:
                changes["description"] = excerpt
        if moved := names(meta.get("redirect_from")):
            changes["redirects"] = [url_path(url).rstrip("/") for url in moved if url_path(url)]

    def _terms(self, post: OldPost) -> None:
        meta, changes, categories = post.source.meta, post.changes, self._categories(post)
        if categories != (meta.get("categories") or []):
            changes["categories"] = categories or None
        if "category" in meta:
            changes["category"] = None
        tags = names(meta["tags"], separator=None) if isinstance(meta.get("tags"), str) else names(meta.get("tag"))
        if tags and tags != meta.get("tags"):
            changes["tags"] = tags

    @staticmethod
    def _image(post: OldPost) -> None:
        meta, changes = post.source.meta, post.changes
        image = meta.get("image")
        if isinstance(image, dict) and isinstance(image.get("path"), str):
            changes["image"] = {"src": image["path"], **{key: image[key] for key in ("alt",) if image.get(key)}}
        elif image is None and isinstance(header := meta.get("header"), dict) and isinstance(header.get("teaser"), str):
            changes["image"] = header["teaser"]

    def _categories(self, post: OldPost) -> list[str]:
        meta, folder = post.source.meta, post.path.partition("_posts/")[0].strip("/")
        own = names(meta.get("categories"), separator=None) if meta.get("categories") else names(meta.get("category"))
        return list(dict.fromkeys([*(folder.split("/") if folder and "_drafts/" not in post.path else []), *own]))

    def _url(self, post: OldPost, named_date: str, title: str) -> str:
        pattern = first_text(post.source.meta, "permalink") or first_text(self._config, "permalink") or "date"
        pattern = _STYLES.get(pattern, pattern)
        written = post.source.meta.get("date", named_date)
        try:
            moment = read_date(str(written))
        except NotADateError:
            return ""
        values = {name: moment.strftime(code) for name, code in _FORMATS.items()}
        values |= {"i_month": str(moment.month), "i_day": str(moment.day)}
        slug = slugify(title)
        categories = [category.casefold().replace(" ", "%20") for category in self._categories(post)]
        values |= {"title": quote(title), "slug": slug, "output_ext": ".html", "categories": "/".join(categories)}
        values["slugified_categories"] = "/".join(slugify(category) for category in self._categories(post))
        found = re.sub(r":(\w+)", lambda match: _placeholder(match[1], values), pattern)
        return url_path(re.sub(r"/+", "/", found))

    def _body(self, post: OldPost) -> str:
        text = post.source.body
        if "{" not in text:
            return text
        text = _HIGHLIGHT.sub(lambda match: f"```{match[1]}\n{match[2]}\n```", text)
        here = posixpath.dirname(post.target) or "."
        text = _POST_URL.sub(lambda match: self._link(match, here), text)
        text = _RELATIVE.sub(lambda match: "/" + match[1].lstrip("/"), text)
        return _RAW.sub("", _SITE.sub("", text))

    def _link(self, match: re.Match[str], here: str) -> str:
        target = self._targets.get(posixpath.basename(match[1]))
        return posixpath.relpath(target, here) if target else match.group()

    def _authors(self) -> None:
        for identifier, data in self._yaml("_data/authors.yml").items():
            if isinstance(data, dict):
                found = {"name": first_text(data, "name", "display_name") or identifier}
                found |= {key: text for key in ("avatar", "email", "description") if (text := first_text(data, key))}
                if text := first_text(data, "bio"):
                    found.setdefault("description", text)
                if text := first_text(data, "url", "web", "uri", "home"):
                    found["url"] = text
                self.site.authors[identifier] = found

    def _static(self) -> None:
        """Find the files that Jekyll publishes as they are: those without front matter, outside of folders with ``_``."""
        for file in sorted(self._root.rglob("*")):
            path = file.relative_to(self._root)
            if any(part.startswith(("_", ".", "#")) or part in _NOT_FILES for part in path.parts) or not file.is_file():
                continue
            if (
                file.suffix in {".md", ".markdown", ".html", ".scss", ".sass", ".rb", ".gemspec"}
                or len(path.parts) == 1
            ):
                continue
            self.site.files[path.as_posix()] = file


def _placeholder(name: str, values: Mapping[str, str]) -> str:
    """Return a value; a name can be followed by letters that belong to the URL."""
    for known in sorted(values, key=len, reverse=True):
        if name.startswith(known):
            return values[known] + name.removeprefix(known)
    return f":{name}"
