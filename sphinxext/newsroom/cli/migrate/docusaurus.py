"""Read the blog of a Docusaurus site."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sphinxext.newsroom.cli.migrate.data_files import read_data
from sphinxext.newsroom.cli.migrate.fields import date_of_name, first_text, with_suffix_md
from sphinxext.newsroom.cli.migrate.old_site import OldPost, OldSite, url_path
from sphinxext.newsroom.utils.dates import NotADateError, read_date
from sphinxext.newsroom.utils.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".md", ".mdx")
TRUNCATE = "<!-- truncate -->"
_MDX_TRUNCATE = re.compile(r"\{/\*\s*truncate\s*\*/\}")
_ADMONITION = re.compile(
    r"^([ \t]*)(:{3,})(note|tip|info|warning|danger|caution)(?:\[(.*?)\]|[ \t]+(\S.*))?[ \t]*$", re.MULTILINE
)
_SETTING = r"\b{}\s*:\s*['\"`]([^'\"`\n]+)['\"`]"
_CONFIGS = ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs")
_LEFT = (
    (re.compile(r"^(?:import|export)\s.+"), "MDX is not run; write what it shows"),
    (re.compile(r"</?[A-Z]\w*(?:\.\w+)?[^>]*>"), "components of MDX are not shown; write Markdown or HTML"),
    (re.compile(r"\bclassName="), "write `class`"),
    (re.compile(r"(?<![\\$`\w])\{[^{}%\n]*\}"), "expressions of MDX are not run; write their value"),
)
# By MyST, and what the others of Docusaurus look like here.
_KINDS = {"info": "note"}


def read_docusaurus(root: Path) -> OldSite:
    """Return what the blog of a Docusaurus site has.

    :param root: its folder.
    """
    reader = _Docusaurus(root)
    reader.read()
    return reader.site


class _Docusaurus:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.site = OldSite(generator="Docusaurus", root=root, separator=TRUNCATE, myst_extensions=("colon_fence",))
        self._text = ""
        for name in _CONFIGS:
            if (root / name).is_file():
                self._text = read_bytes(root / name).decode("utf-8", errors="replace")
                break
        # It is a program, and not run; only texts are looked for.
        self._blog = self._setting("routeBasePath", after="blog:") or "blog"
        self._base = self._setting("baseUrl").strip("/")

    def _setting(self, name: str, *, after: str = "") -> str:
        start = self._text.find(after) if after else 0
        match = re.search(_SETTING.format(name), self._text[start:]) if start >= 0 else None
        return match[1] if match else ""

    def read(self) -> None:
        site = self.site
        site.title = self._setting("title")
        if url := self._setting("url"):
            site.url = url.rstrip("/") + "/" + self._base
        folder = self._root / (self._setting("path", after="blog:").removeprefix("./") or "blog")
        if not folder.is_dir():
            folder = self._root if (self._root / "authors.yml").is_file() else folder
        self._authors(folder / "authors.yml")
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder).as_posix()
            if not file.is_file() or any(part.startswith((".", "_")) for part in path.split("/")):
                continue
            if file.suffix in SUFFIXES:
                self._post(path, file)
            elif path not in {"authors.yml", "tags.yml"}:
                site.attachments[path] = file
        site.add_static_files()

    def _post(self, path: str, file: Path) -> None:
        site = self.site
        source = site.read_source(file)
        if source is None:
            return
        post = OldPost(path=site.shown(file), source=source, target=with_suffix_md(path))
        named_date, rest = self._named(path)
        self._keys(post, named_date)
        meta = source.meta
        if meta.get("draft") is not True and meta.get("unlisted") is not True:
            post.url = self._url(post, named_date, rest)
        body = self._body(source.body)
        # The new text can have more lines.
        site.add_post(post, body, _LEFT, checked=_MDX_TRUNCATE.sub(TRUNCATE, source.body))

    @staticmethod
    def _named(path: str) -> tuple[str, str]:
        """Return the date in the path of a post, and the rest of it, as Docusaurus reads it."""
        stem = re.sub(r"(?:/index)?\.mdx?$", "", path)
        match = re.fullmatch(r"(.*/|)(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/](.+)", stem)
        if match:
            return f"{match[2]}-{int(match[3]):02}-{int(match[4]):02}", match[1] + match[5]
        found, rest = date_of_name(posixpath.basename(stem))
        return found, rest if found else stem

    def _keys(self, post: OldPost, named_date: str) -> None:
        meta, changes = post.source.meta, post.changes
        if "date" not in meta and named_date:
            changes["date"] = date.fromisoformat(named_date)
        elif "date" not in meta:
            self.site.todo("the post has no date", "write the `date` that git knows of it", post.path)
        if meta.get("unlisted") is True:
            changes["draft"] = True
            self.site.todo("`unlisted`", "the post is a draft now; publish it, or leave it out", post.path)
        tags = meta.get("tags")
        if isinstance(tags, list) and any(isinstance(tag, dict) for tag in tags):
            changes["tags"] = [str(tag.get("label", "")) if isinstance(tag, dict) else str(tag) for tag in tags]
        authors = meta.get("authors")
        if isinstance(authors, (dict, str)):
            authors = [authors]
        if isinstance(authors, list) and any(isinstance(author, dict) for author in authors):
            changes["authors"] = [_author(a) if isinstance(a, dict) and "key" not in a else _key(a) for a in authors]
        elif name := first_text(meta, "author"):
            old = {"name": name, "title": meta.get("author_title"), "url": meta.get("author_url")}
            changes["authors"] = [_author({**old, "image_url": meta.get("author_image_url")})]
            changes |= dict.fromkeys(key for key in meta if key == "author" or key.startswith("author_"))
        updated = meta.get("last_update")
        if isinstance(updated, dict) and updated.get("date"):
            changes["updated"] = updated["date"]
        if isinstance(meta.get("slug"), str) and "/" in meta["slug"].strip("/"):
            changes["slug"] = None

    def _url(self, post: OldPost, named_date: str, rest: str) -> str:
        slug = first_text(post.source.meta, "slug")
        if not slug:
            try:
                moment = read_date(str(post.value("date"))) if named_date else None
            except NotADateError:
                return ""
            slug = f"{moment:%Y/%m/%d}/{rest}" if moment else rest
        return url_path(posixpath.normpath(posixpath.join("/", self._blog.strip("/"), slug.lstrip("/"))))

    def _body(self, text: str) -> str:
        text = _MDX_TRUNCATE.sub(TRUNCATE, text)
        return _ADMONITION.sub(_admonition, text)

    def _authors(self, file: Path) -> None:
        try:
            data = read_data(file)
        except FileNotFoundError:
            return
        except OSError as error:
            self.site.todo("the authors cannot be read", f"correct the file: {error}", self.site.shown(file))
            return
        for identifier, author in data.items() if isinstance(data, dict) else ():
            if isinstance(author, dict):
                self.site.authors[str(identifier)] = _author(author, str(identifier))


def _key(author: Any) -> str:
    return str(author["key"] if isinstance(author, dict) else author)


def _author(old: dict[str, Any], identifier: str = "") -> dict[str, Any]:
    """Return an author with the keys of the authors file."""
    found: dict[str, Any] = {"name": first_text(old, "name") or identifier}
    for new, key in (("description", "title"), ("url", "url"), ("avatar", "image_url"), ("email", "email")):
        if text := first_text(old, key, "imageURL" if key == "image_url" else key):
            found[new] = text
    if isinstance(old.get("socials"), dict):
        found["socials"] = {str(name): str(value) for name, value in old["socials"].items()}
    return found


def _admonition(match: re.Match[str]) -> str:
    indent, colons, kind, bracketed, plain = match.groups()
    title = bracketed or plain
    if title:
        return f"{indent}{colons}{{admonition}} {title}\n{indent}:class: {_KINDS.get(kind, kind)}"
    return f"{indent}{colons}{{{_KINDS.get(kind, kind)}}}"
